//! The small timeline of the overview: a row for each of the first milestones that are not done, filled up with the last ones that are.

use serde::Serialize;

use super::{
    chart::{self, Chart},
    groups::{Groups, Head, of_milestone},
    pages::order,
    room::has_day,
};
use crate::{
    model::{IssueIx, MilestoneIx},
    render::{picture::lanes::Group, site::PageContext},
    words::say,
};

/// How many milestones have a row.
const MOST: usize = 12;

/// What the overview shows of the timeline.
#[derive(Debug, Serialize)]
pub(in crate::render::site) struct Small<'a> {
    chart: Chart<'a>,
    /// As `and 30 more`; empty where all milestones have a row: those without a day have none.
    more: String,
    /// The whole timeline.
    link: String,
}

/// The small timeline; `None` where no milestone says when it begins or is due.
pub(in crate::render::site) fn small<'a>(here: &PageContext<'a>) -> Option<Small<'a>> {
    let is_dated = |ix: &MilestoneIx| {
        let milestone = &here.roadmap.milestones[ix.0];
        milestone.start_on.or(milestone.known_due_on().filter(|due| !due.is_later())).is_some()
    };
    let all = order(here.roadmap);
    if !all.iter().any(is_dated) {
        return None;
    }
    let is_placed = |ix: &MilestoneIx| is_dated(ix) || !deriving(here, *ix).is_empty();
    let shown = chosen(here, all.iter().copied().filter(is_placed).collect());
    let group = |ix: &MilestoneIx| Group { milestone: Some(*ix), issues: deriving(here, *ix) };
    let groups: Vec<_> = shown.iter().map(group).collect();
    // The table of milestones says how far each has come.
    let heads =
        groups.iter().map(|group| Head { line: String::new(), ..of_milestone(here, group) }).collect();
    let groups = Groups { groups, heads, rows: Vec::new(), open_only: false, name: say!("Milestones") };
    let left_out = all.len() - shown.len();
    Some(Small {
        chart: chart::small(here, groups)?,
        more: if left_out > 0 { say!("and {left_out} more", left_out = left_out) } else { String::new() },
        link: here.to("timeline.html"),
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
fn chosen(here: &PageContext<'_>, all: Vec<MilestoneIx>) -> Vec<MilestoneIx> {
    let is_closed = |ix: &MilestoneIx| here.facts.milestone(*ix).status.is_closed();
    let mut closed = all.iter().filter(|ix| is_closed(ix)).count();
    let keep = MOST.saturating_sub(all.len() - closed);
    let is_shown = |ix: &MilestoneIx| {
        let is_closed = is_closed(ix);
        closed -= usize::from(is_closed);
        !is_closed || closed < keep
    };
    all.into_iter().filter(is_shown).take(MOST).collect()
}
