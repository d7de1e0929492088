//! The timeline: milestones and their issues in time, as rows and as the same facts in a table.

mod chart;
mod lead;

use serde::Serialize;

use super::{
    Here, Part,
    frame::Frame,
    milestone::{PartView, parts},
    overview::{Table, table, tiles},
    progress::{ProgressView, progress},
    rows::{Items, milestone_items},
    say::Say,
    words::{DueView, StatusView, due},
    write,
};
use crate::{
    data::{Based, Baseline},
    model::{MilestoneIx, When},
    report::Diagnostic,
};

/// What `site/timeline.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// What the page is called.
    title: &'static str,
    /// The key that would draw it; `None` where it is drawn.
    hint: Option<tiles::Hint>,
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
    /// By their due days; those without one come last.
    milestones: Vec<Row<'a>>,
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
    /// When it was due in the baseline, and what became of that; empty where none was named, or it says nothing.
    then: String,
    by: String,
}

/// Makes the timeline, or a part of it.
pub(super) fn timeline(here: &Here<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let mut order: Vec<_> = here.roadmap.milestones().collect();
    order.sort_by_key(|(ix, milestone)| {
        let due = milestone.known_due_on();
        (due.is_none(), due.map(When::order), *ix)
    });
    let description = format!("The milestones of {} in time.", here.roadmap.title);
    let known = here.known();
    let title = if known.days { "Timeline" } else { "Order" };
    let shown: Vec<_> = order[part.issues.clone()].iter().map(|(ix, _)| *ix).collect();
    let view = View {
        page: Frame::new(here, title.into(), description)?,
        title,
        order: if known.days { None } else { table(here, part) },
        hint: tiles::Hint::of_days(here),
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::timeline(number))),
        as_of: here.facts.as_of.map(|day| day.to_string()).unwrap_or_default(),
        say: if part.number == 0 { lead::lead(here) } else { Say::default() },
        chart: chart::chart(here, &shown, part.issues.end == order.len()),
        baseline: baseline(here).map(Baseline::words).unwrap_or_default(),
        dropped: baseline(here).filter(|_| part.number == 0).map(dropped).unwrap_or_default(),
        milestones: order[part.issues.clone()].iter().map(|(ix, _)| row(here, *ix)).collect(),
    };
    write(here, "site/timeline.html", &view, out)
}

/// What became of the milestones of the revision that was named.
fn baseline<'a>(here: &Here<'a>) -> Option<&'a Baseline> {
    here.renderer.changes.as_ref()?.baseline.as_ref()
}

fn dropped(baseline: &Baseline) -> Vec<DroppedView<'_>> {
    let shown = baseline.dropped.iter().take(MOST_DROPPED);
    let due = |of: &Based| of.due_on.map(|day| day.to_string()).unwrap_or_default();
    shown.map(|of| DroppedView { id: &of.id, title: of.short_title(), due: due(of) }).collect()
}

/// How many milestones that are gone are named.
const MOST_DROPPED: usize = 40;

fn row<'a>(here: &Here<'a>, ix: MilestoneIx) -> Row<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    let then = baseline(here).and_then(|baseline| baseline.of(milestone.id.as_str()));
    let is_new = baseline(here).is_some_and(|baseline| baseline.is_new(milestone.id.as_str()));
    Row {
        then: then.and_then(|then| then.due_on).map(|day| day.to_string()).unwrap_or_default(),
        by: if is_new { "new".into() } else { then.map(Based::by_words).unwrap_or_default() },
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
