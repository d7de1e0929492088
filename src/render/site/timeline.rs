//! The timeline: milestones, labels or people and their issues in time, as rows and as the same facts in a table.

mod chart;
mod cohorts;
mod groups;
mod lead;
mod load;
mod pages;
mod room;
mod small;

use crate::render::said;
use crate::render::status::StatusView;
use crate::words::{self, say, word};
use serde::Serialize;

pub(super) use pages::{Others, kinds};
pub(super) use small::{Small, small};

use super::{
    PageContext, Part, TimelineOf,
    drawn::FactsView,
    frame::Frame,
    hint::Hint,
    milestone::{PartView, parts},
    milestone_table::{self, Table},
    progress::{ProgressView, progress},
    rows::{Items, milestone_items},
    say::Say,
    words::{DueView, due},
    write,
};
use crate::{
    data::{Based, Baseline},
    model::MilestoneIx,
    report::Diagnostic,
};

/// What `site/timeline.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// What the page is called.
    #[serde(serialize_with = "words::serialize")]
    title: &'static str,
    /// What its rows are, where they are no milestones: `by priority`, or the milestone that it is of.
    of: String,
    /// The ways to the pages whose rows are others; empty where there are none.
    switch: Vec<pages::NavLink>,
    /// The key that would draw it; `None` where it is drawn.
    hint: Option<Hint>,
    part: String,
    parts: Vec<PartView>,
    /// The day that it speaks for; empty where nobody says.
    as_of: String,
    /// The milestones in the order of the roadmap; `None` where any day is known.
    order: Option<Table<'a>>,
    /// What it says first.
    say: Say,
    /// The rows; `None` where nothing has a day.
    chart: Option<chart::Chart<'a>>,
    /// What the rows show, where they are no milestones.
    facts: Option<FactsView>,
    /// By their due dates; those without one come last.
    milestones: Vec<Row<'a>>,
    has: Columns,
    /// When issues began, and what became of them; `None` beyond the first part, and where too little is known.
    cohorts: Option<cohorts::Cohorts>,
    /// Who has how much in which week, on the page of people; `None` where the source does not ask for it.
    load: Option<load::Load<'a>>,
    /// The revision that days are compared with, as `v1 (2026-10-01, 0123abcde)`; empty where none was named.
    baseline: String,
    /// What is gone since, on the first part.
    dropped: Vec<DroppedView<'a>>,
}

/// A milestone that is gone since the baseline.
#[derive(Debug, Serialize)]
struct DroppedView<'a> {
    id: &'a str,
    title: &'a str,
    /// Empty where it was due on no day.
    due: String,
}

/// Which columns of the table any milestone has something in.
#[derive(Debug, Serialize)]
struct Columns {
    status: bool,
    start: bool,
    due: bool,
    progress: bool,
    waits: bool,
    owner: bool,
}

impl Columns {
    fn of(rows: &[Row<'_>]) -> Self {
        let any = |is: fn(&Row<'_>) -> bool| rows.iter().any(is);
        Self {
            status: any(|row| row.status.is_some() || row.broken),
            start: any(|row| !row.start.is_empty()),
            due: any(|row| row.due.is_given()),
            progress: any(|row| row.has_issues),
            waits: any(|row| !row.waits_for.is_empty()),
            owner: any(|row| !row.owner.is_empty()),
        }
    }
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    title: &'a str,
    link: String,
    /// `None` where nobody says.
    status: Option<StatusView>,
    start: String,
    due: DueView,
    owner: &'a str,
    has_issues: bool,
    progress: ProgressView,
    waits_for: Items<'a>,
    /// Whether its plan contradicts itself.
    broken: bool,
    /// When it was due in the baseline, and what became of that; empty where none was named, or it says nothing.
    then: String,
    by: String,
}

/// Makes a page of the timeline.
pub(super) fn timeline(here: &PageContext<'_>, of: &TimelineOf, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let known = here.known();
    let title = if known.days { word!("Timeline") } else { word!("Order") };
    let (part, is_first) = (of.part(), of.part().is_none_or(|part| part.number == 0));
    // What the table below the rows has, where those are milestones.
    let whole = if let TimelineOf::Milestones(part) = of { Some(part) } else { None };
    let shown =
        whole.map(|part| pages::order(here.roadmap)[part.issues.clone()].to_vec()).unwrap_or_default();
    let load = if *of == TimelineOf::People { load::load(here) } else { None };
    let groups = groups::groups(here, of, if load.is_some() { load::ELEMENTS } else { 0 });
    let of_words = words_of(here, of);
    let milestones: Vec<_> = shown.iter().map(|ix| row(here, *ix)).collect();
    let view = View {
        page: frame(here, of, title, &of_words)?,
        title,
        switch: pages::switch(here, of),
        order: whole.filter(|_| !known.days).and_then(|part| milestone_table::part(here, part)),
        hint: whole.and_then(|_| Hint::of_days(here)),
        part: part.map(Part::words).unwrap_or_default(),
        parts: part.map(|part| parts(part, |number| link(here, of, number))).unwrap_or_default(),
        as_of: here.facts.as_of.map(|day| day.to_string()).unwrap_or_default(),
        say: if is_first { lead::lead(here, of) } else { Say::default() },
        facts: if whole.is_none() && part.is_none() { Some(groups::facts(here, &groups)) } else { None },
        chart: chart::chart(here, groups),
        baseline: baseline(here).filter(|_| whole.is_some()).map(Baseline::words).unwrap_or_default(),
        dropped: baseline(here).filter(|_| whole.is_some() && is_first).map(dropped).unwrap_or_default(),
        has: Columns::of(&milestones),
        milestones,
        cohorts: if whole.is_some() && is_first { cohorts::cohorts(here) } else { None },
        load,
        of: of_words,
    };
    write(here, "site/timeline.html", &view, out)
}

/// What the rows of a page are, where they are not all milestones.
fn words_of(here: &PageContext<'_>, of: &TimelineOf) -> String {
    match of {
        TimelineOf::Milestones(_) => String::new(),
        TimelineOf::Labels(at, _) => say!("by {}", here.known().groups[*at].prefix),
        TimelineOf::People => say!("by people"),
        TimelineOf::Milestone(ix, _) => here.roadmap.milestones[ix.0].title.clone(),
    }
}

fn frame<'a>(
    here: &PageContext<'a>,
    of: &TimelineOf,
    title: &str,
    words: &str,
) -> Result<Frame<'a>, Diagnostic> {
    let (roadmap, title) = (&here.roadmap.title, words::of(title));
    match of {
        TimelineOf::Milestones(_) => {
            Frame::new(here, title.into_owned(), say!("The milestones of {} over time.", roadmap))
        }
        TimelineOf::Labels(..) | TimelineOf::People => {
            let description = say!("The issues of {} over time, {}.", roadmap, words);
            Frame::new(here, format!("{title} {words}"), description)?.below(
                here,
                word!("Timeline"),
                "timeline.html",
            )
        }
        TimelineOf::Milestone(ix, _) => {
            let description = say!("The issues of milestone {} of {} over time.", words, roadmap);
            Frame::new(here, format!("{title}: {words}"), description)?.below_milestone(here, *ix)
        }
    }
}

/// The address of another part of a page.
fn link(here: &PageContext<'_>, of: &TimelineOf, number: usize) -> String {
    let other = |part: &Part| Part { number, ..part.clone() };
    let of = match of {
        TimelineOf::Milestones(part) => TimelineOf::Milestones(other(part)),
        TimelineOf::Milestone(ix, part) => TimelineOf::Milestone(*ix, other(part)),
        TimelineOf::Labels(..) | TimelineOf::People => of.clone(),
    };
    here.to(&super::places::timeline_of(here.roadmap, &of))
}

/// What became of the milestones of the revision that was named.
fn baseline<'a>(here: &PageContext<'a>) -> Option<&'a Baseline> {
    here.renderer.changes.as_ref()?.baseline.as_ref()
}

fn dropped(baseline: &Baseline) -> Vec<DroppedView<'_>> {
    let shown = baseline.dropped.iter().take(MOST_DROPPED);
    let due = |of: &Based| of.due_on.map(said::day).unwrap_or_default();
    shown.map(|of| DroppedView { id: &of.id, title: of.short_title(), due: due(of) }).collect()
}

/// How many milestones that are gone are named.
const MOST_DROPPED: usize = 40;

fn row<'a>(here: &PageContext<'a>, ix: MilestoneIx) -> Row<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    let then = baseline(here).and_then(|baseline| baseline.of(milestone.id.as_str()));
    let is_new = baseline(here).is_some_and(|baseline| baseline.is_new(milestone.id.as_str()));
    Row {
        then: then.and_then(|then| then.due_on).map(said::day).unwrap_or_default(),
        by: if is_new { say!("new") } else { then.map(Based::by_words).unwrap_or_default() },
        title: &milestone.title,
        link: here.milestone(ix),
        status: StatusView::known(here.facts, facts.status),
        has_issues: !facts.issues.is_empty(),
        start: milestone.start_on.map(|day| day.to_string()).unwrap_or_default(),
        due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
        owner: milestone.owner.as_deref().unwrap_or_default(),
        progress: progress(here, &facts.issues, &facts.progress, &facts.statuses),
        waits_for: milestone_items(here, milestone.blocked_by.iter().map(|link| link.to)),
        broken: facts.broken,
    }
}
