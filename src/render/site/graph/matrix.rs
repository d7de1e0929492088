//! How milestones wait for each other by the issues in them: a row for each that waits, a column for each that is waited for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::{PageContext, words::and_more};
use crate::model::{MilestoneIx, is_after};

/// How many milestones are told apart at most: those with the most.
pub(super) const MOST_APART: usize = 20;

/// How many characters of a title a head holds; a longer one is told by its id.
const MOST_SAID: usize = 24;

/// What waits for what among milestones.
#[derive(Debug, Serialize)]
pub(super) struct Matrix<'a> {
    /// What is waited for.
    heads: Vec<Head<'a>>,
    rows: Vec<Row<'a>>,
    /// Whether something waits against the order of the days or phases.
    has_against: bool,
    /// `and 3 more` milestones; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct Head<'a> {
    title: &'a str,
    link: String,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    head: Head<'a>,
    cells: Vec<Count>,
}

/// A cell.
#[derive(Debug, Serialize)]
struct Count {
    /// How many dependencies it stands for; empty where there is none.
    words: String,
    /// `own` within a milestone, else `low`, `mid` or `high`; empty where there is none.
    class: &'static str,
    /// Whether the row comes before the column by their days or phases, and waits for it all the same.
    is_against: bool,
}

/// The matrix of what is left to wait for, of so many milestones; `None` where no milestone waits for another.
pub(super) fn matrix<'a>(here: &PageContext<'a>, apart: usize) -> Option<Matrix<'a>> {
    let live = here.facts.live();
    let milestone = |ix: crate::model::IssueIx| here.roadmap.issues[ix.0].milestone.get().copied();
    let mut counts = BTreeMap::<(MilestoneIx, MilestoneIx), usize>::new();
    let pairs =
        live.joined().iter().flat_map(|ix| live.waits_for(*ix).map(|on| (milestone(*ix), milestone(on))));
    for pair in pairs.filter_map(|(waits, on)| Some((waits?, on?))) {
        *counts.entry(pair).or_default() += 1;
    }
    if counts.keys().all(|(waits, on)| waits == on) {
        return None;
    }
    let mut most = BTreeMap::<MilestoneIx, usize>::new();
    for ((waits, on), count) in counts.iter().filter(|((waits, on), _)| waits != on) {
        *most.entry(*waits).or_default() += count;
        *most.entry(*on).or_default() += count;
    }
    counts
        .keys()
        .filter(|(waits, on)| waits == on)
        .for_each(|(waits, _)| _ = most.entry(*waits).or_default());
    let more = and_more(most.len(), apart);
    let mut shown: Vec<_> = most.into_iter().collect();
    shown.sort_by_key(|(ix, count)| (std::cmp::Reverse(*count), *ix));
    let shown: BTreeSet<_> = shown.into_iter().take(apart).map(|(ix, _)| ix).collect();
    let apart = counts.iter().filter(|((waits, on), _)| waits != on).map(|(_, count)| *count);
    let most = apart.max().unwrap_or(1);
    let phases = phases(here);
    let cell = |waits: MilestoneIx, on: MilestoneIx| {
        let count = counts.get(&(waits, on)).copied().unwrap_or_default();
        Count {
            words: if count > 0 { count.to_string() } else { String::new() },
            class: class(count, most, waits == on),
            is_against: count > 0 && comes_after(here, &phases, on, waits),
        }
    };
    let head = |ix: MilestoneIx| {
        let milestone = &here.roadmap.milestones[ix.0];
        let is_short = milestone.title.chars().count() <= MOST_SAID;
        let title = if is_short { milestone.title.as_str() } else { milestone.id.as_str() };
        Head { title, link: here.milestone(ix) }
    };
    let row = |waits: &MilestoneIx| Row {
        head: head(*waits),
        cells: shown.iter().map(|on| cell(*waits, *on)).collect(),
    };
    let rows: Vec<_> = shown.iter().map(row).collect();
    let has_against = rows.iter().any(|row| row.cells.iter().any(|cell| cell.is_against));
    Some(Matrix { heads: shown.iter().map(|ix| head(*ix)).collect(), rows, has_against, more })
}

fn class(count: usize, most: usize, is_own: bool) -> &'static str {
    match (count, is_own) {
        (0, _) => "",
        (_, true) => "own",
        (count, false) if count * 5 <= most => "low",
        (count, false) if count * 2 <= most => "mid",
        _ => "high",
    }
}

/// The phase of each milestone that is in one.
fn phases(here: &PageContext<'_>) -> BTreeMap<MilestoneIx, usize> {
    let phases = here.roadmap.phases.iter().enumerate();
    let links = phases.flat_map(|(phase, it)| it.milestones.iter().map(move |link| (link.to, phase)));
    let mut first = BTreeMap::new();
    links.for_each(|(ix, phase)| _ = first.entry(ix).or_insert(phase));
    first
}

/// Whether a milestone comes after another by their days, or where one has none by their phases.
fn comes_after(
    here: &PageContext<'_>,
    phases: &BTreeMap<MilestoneIx, usize>,
    one: MilestoneIx,
    other: MilestoneIx,
) -> bool {
    let due = |ix: MilestoneIx| here.roadmap.milestones[ix.0].known_due_on();
    match (due(one), due(other)) {
        (Some(_), Some(_)) => is_after(due(one), due(other)),
        _ => phases.get(&one).zip(phases.get(&other)).is_some_and(|(one, other)| one > other),
    }
}
