//! The timeline: the milestones in time, as a picture and as the same facts in a table.

use serde::Serialize;

use super::{
    Here, Part,
    frame::Frame,
    milestone::{PartView, parts},
    progress::{ProgressView, progress},
    rows::{Items, milestone_items},
    words::{DueView, StatusView, due},
    write,
};
use crate::{model::MilestoneIx, render::picture, report::Diagnostic};

/// What `site/timeline.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// The day that it speaks for; empty where nobody says.
    as_of: String,
    /// SVG; empty where nothing has a date.
    picture: String,
    /// By their due days; those without one come last.
    milestones: Vec<Row<'a>>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    title: &'a str,
    link: String,
    status: StatusView,
    start: String,
    due: DueView,
    owner: &'a str,
    progress: ProgressView,
    waits_for: Items<'a>,
    /// Whether its plan contradicts itself.
    broken: bool,
}

/// Makes the timeline, or a part of it.
pub(super) fn timeline(here: &Here<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut order: Vec<_> = here.roadmap.milestones().collect();
    order.sort_by_key(|(ix, milestone)| {
        let due = milestone.known_due_on();
        (due.is_none(), due, *ix)
    });
    let description = format!("The milestones of {} in time.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, "Timeline".into(), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::timeline(number))),
        as_of: here.facts.as_of.map(|day| day.to_string()).unwrap_or_default(),
        picture: if part.number == 0 { picture(here) } else { String::new() },
        milestones: order[part.issues.clone()].iter().map(|(ix, _)| row(here, *ix)).collect(),
    };
    write(here, "site/timeline.html", &view, out)
}

/// The drawing; it says itself how many rows it has no room for.
fn picture(here: &Here<'_>) -> String {
    if here.roadmap.milestones.is_empty() {
        return String::new();
    }
    picture::timeline::milestones(here.roadmap, here.facts, &|item| here.item(item)).svg
}

fn row<'a>(here: &Here<'a>, ix: MilestoneIx) -> Row<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    Row {
        title: &milestone.title,
        link: here.milestone(ix),
        status: facts.status.into(),
        start: milestone.start_on.map(|day| day.to_string()).unwrap_or_default(),
        due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
        owner: milestone.owner.as_deref().unwrap_or_default(),
        progress: progress(&facts.progress, &facts.statuses),
        waits_for: milestone_items(here, milestone.blocked_by.iter().map(|link| link.to)),
        broken: facts.broken,
    }
}
