//! How milestones wait for each other by the issues in them: a row for each that waits, a column for each that is waited for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::{PageContext, words::and_more};
use crate::model::{IssueIx, MilestoneIx, is_after};

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

/// How many dependencies there are between each two milestones: what waits, and what it waits for.
type Counts = BTreeMap<(MilestoneIx, MilestoneIx), usize>;

/// The matrix of what is left to wait for, of so many milestones; `None` where no milestone waits for another.
pub(super) fn matrix<'a>(here: &PageContext<'a>, apart: usize) -> Option<Matrix<'a>> {
    let counts = counts(here);
    let most = counts.iter().filter(|((waits, on), _)| waits != on).map(|(_, count)| *count).max()?;
    let (shown, more) = busiest(&counts, apart);
    let phases = phases(here);
    let cell = |waits: MilestoneIx, on: MilestoneIx| {
        let count = counts.get(&(waits, on)).copied().unwrap_or_default();
        Count {
            words: if count > 0 { count.to_string() } else { String::new() },
            class: class(count, most, waits == on),
            is_against: count > 0 && comes_after(here, &phases, on, waits),
        }
    };
    let row = |waits: &MilestoneIx| Row {
        head: head(here, *waits),
        cells: shown.iter().map(|on| cell(*waits, *on)).collect(),
    };
    let rows: Vec<_> = shown.iter().map(row).collect();
    let has_against = rows.iter().any(|row| row.cells.iter().any(|cell| cell.is_against));
    Some(Matrix { heads: shown.iter().map(|ix| head(here, *ix)).collect(), rows, has_against, more })
}

/// What is left to wait for, counted by milestones.
fn counts(here: &PageContext<'_>) -> Counts {
    let live = here.facts.live();
    let milestone = |ix: IssueIx| here.roadmap.issues[ix.0].milestone.get().copied();
    let mut counts = Counts::new();
    let pairs =
        live.joined().iter().flat_map(|ix| live.waits_for(*ix).map(|on| (milestone(*ix), milestone(on))));
    for pair in pairs.filter_map(|(waits, on)| Some((waits?, on?))) {
        *counts.entry(pair).or_default() += 1;
    }
    counts
}

/// The milestones with the most dependencies on others and of others, in the order of the source, and how many more have some.
fn busiest(counts: &Counts, apart: usize) -> (BTreeSet<MilestoneIx>, String) {
    let mut sums = BTreeMap::<MilestoneIx, usize>::new();
    for ((waits, on), count) in counts {
        // What waits within a milestone gives it a place, and no rank.
        let count = if waits == on { 0 } else { *count };
        *sums.entry(*waits).or_default() += count;
        *sums.entry(*on).or_default() += count;
    }
    let more = and_more(sums.len(), apart);
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(ix, count)| (std::cmp::Reverse(*count), *ix));
    (sums.into_iter().take(apart).map(|(ix, _)| ix).collect(), more)
}

fn head<'a>(here: &PageContext<'a>, ix: MilestoneIx) -> Head<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let is_short = milestone.title.chars().count() <= MOST_SAID;
    let title = if is_short { milestone.title.as_str() } else { milestone.short_name() };
    Head { title, link: here.milestone(ix) }
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
