//! The overview: what is known in a sentence, in figures, and milestone by milestone; what to begin with, what wants to be
//! looked at. What nobody has stated is not shown.

use crate::words::{counted, say};
use serde::Serialize;

use super::{
    PageContext,
    data::badge,
    drawn::FactsView,
    frame::Frame,
    hint::Hint,
    known::Extent,
    lead,
    milestone_table::{self, Table},
    timeline::{Small, small},
    write,
};
use crate::{render::picture::burnup, report::Diagnostic};

mod attention;
mod begin;
mod people;
mod tiles;

/// What `site/overview.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The Markdown that shows its badge; empty where nobody says where the site is published.
    badge: String,
    title: &'a str,
    /// HTML.
    description: String,
    /// The repository, as `owner/name`; empty where nobody says.
    repository: &'a str,
    /// The day that the figures speak for; empty where nobody says.
    as_of: String,
    say: super::say::Say,
    tiles: Vec<tiles::Tile>,
    /// All issues by how they stand; `None` where nobody says.
    whole: Option<super::bars::BarView>,
    milestones: Option<Table<'a>>,
    /// What the roadmap lacks; `None` where it lacks nothing.
    hint: Option<Hint>,
    /// What wants to be looked at.
    attention: attention::Attention<'a>,
    begin: Option<begin::Panel<'a>>,
    spread: Option<begin::Panel<'a>>,
    people: people::People<'a>,
    /// The issues that belong to no milestone, as `3 issues`; empty where there is none.
    unplanned: String,
    unplanned_link: String,
    timeline_link: String,
    /// `None` where no milestone has a day. The table tells the same in words.
    timeline: Option<Small<'a>>,
    /// How the work was done over time; `None` where no closing date is known.
    burnup: Option<FactsView>,
}

/// Makes the overview.
pub(super) fn overview(here: &PageContext<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let description = say!("The roadmap of {}: its milestones and issues.", roadmap.title);
    let milestones = milestone_table::table(here);
    let view = View {
        page: Frame::new(here, String::new(), description)?,
        badge: badge(here, None),
        title: &roadmap.title,
        description: here.document(roadmap.description.as_ref(), "about", 2),
        repository: roadmap.repository.as_deref().unwrap_or_default(),
        as_of: facts.as_of.map(|day| day.to_string()).unwrap_or_default(),
        say: lead::of_roadmap(here),
        tiles: tiles::tiles(here),
        whole: tiles::whole(here),
        hint: Hint::of_roadmap(here),
        attention: attention::attention(here),
        begin: begin::begin(here),
        spread: begin::spread(here, |name| milestones.as_ref().is_some_and(|table| table.shows(name)))
            .or_else(|| (here.known().states == Extent::None).then(|| begin::most_named(here)).flatten()),
        milestones,
        people: people::people(here),
        unplanned: match facts.unplanned.len() {
            0 => String::new(),
            many => counted(many, "issue"),
        },
        unplanned_link: here.to("unplanned.html"),
        timeline_link: here.to("timeline.html"),
        timeline: small(here),
        burnup: burnup::burnup(roadmap, facts.as_of).map(FactsView::from),
    };
    write(here, "site/overview.html", &view, out)
}
