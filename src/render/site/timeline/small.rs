//! The small timeline of the overview: a row for each of the first milestones that are not done, filled up with the last ones that are.

use serde::Serialize;

use super::{
    groups::{Head, of_milestone},
    pages::order,
    room::has_day,
};
use crate::{
    model::{IssueIx, MilestoneIx},
    render::{
        picture::lanes::{Group, Lanes},
        site::{PageContext, words::and_more},
    },
};

/// How many milestones have a row.
const MOST: usize = 12;

/// What the overview shows of the timeline.
#[derive(Debug, Serialize)]
pub(in crate::render::site) struct Small<'a> {
    /// SVG: the names of days.
    days: String,
    /// SVG: the lines behind all rows.
    grid: String,
    rows: Vec<Row<'a>>,
    /// As `and 30 more`; empty where all milestones have a row: those without a day have none.
    more: String,
}

/// The row of a milestone.
#[derive(Debug, Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    /// SVG.
    lane: String,
}

/// The small timeline; `None` where no milestone says when it begins or is due.
pub(in crate::render::site) fn small<'a>(here: &PageContext<'a>) -> Option<Small<'a>> {
    let is_dated = |ix: MilestoneIx| {
        let milestone = &here.roadmap.milestones[ix.0];
        milestone.start_on.or(milestone.known_due_on().filter(|due| !due.is_later())).is_some()
    };
    let all = order(here.roadmap);
    if !all.iter().any(|ix| is_dated(*ix)) {
        return None;
    }
    let placed = all.iter().map(|ix| (*ix, deriving(here, *ix)));
    let placed = placed.filter(|(ix, issues)| is_dated(*ix) || !issues.is_empty()).collect();
    let groups: Vec<_> =
        chosen(here, placed).into_iter().map(|(ix, issues)| Group { milestone: Some(ix), issues }).collect();
    let lanes = Lanes::new(here.roadmap, here.facts, None, &groups, true)?;
    // The table of milestones says how far each has come.
    let head = |group| Head { line: String::new(), ..of_milestone(here, group) };
    Some(Small {
        days: lanes.head(),
        grid: lanes.grid(),
        more: and_more(all.len(), groups.len()),
        rows: groups
            .iter()
            .enumerate()
            .map(|(at, group)| Row { head: head(group), lane: lanes.small(at) })
            .collect(),
    })
}

/// The issues that a milestone takes a day from: where some say when they begin or are due, the days on which others were closed are
/// left out.
fn deriving(here: &PageContext<'_>, ix: MilestoneIx) -> Vec<IssueIx> {
    let milestone = &here.roadmap.milestones[ix.0];
    if milestone.start_on.is_some() && milestone.known_due_on().is_some() {
        return Vec::new();
    }
    let issue = |ix: &IssueIx| &here.roadmap.issues[ix.0];
    let of = here.facts.milestone(ix).issues.iter().copied().filter(|ix| has_day(issue(ix)));
    let (planned, closed): (Vec<_>, Vec<_>) =
        of.partition(|ix| issue(ix).begins().is_some() || issue(ix).due_on.is_some());
    if planned.is_empty() { closed } else { planned }
}

/// Those that have a row, in the order of all.
fn chosen(here: &PageContext<'_>, all: Vec<(MilestoneIx, Vec<IssueIx>)>) -> Vec<(MilestoneIx, Vec<IssueIx>)> {
    let is_closed = |ix: MilestoneIx| here.facts.milestone(ix).status.is_closed();
    let mut closed = all.iter().filter(|(ix, _)| is_closed(*ix)).count();
    let keep = MOST.saturating_sub(all.len() - closed);
    let is_shown = |(ix, _): &(MilestoneIx, Vec<IssueIx>)| {
        let is_closed = is_closed(*ix);
        closed -= usize::from(is_closed);
        !is_closed || closed < keep
    };
    all.into_iter().filter(is_shown).take(MOST).collect()
}
