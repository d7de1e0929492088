//! The chain that is drawn heavy and the cycles, in words: as much of both as the page has room for.

use super::{
    super::{
        room::Room,
        rows::{Items, MOST_ITEMS, items_within},
    },
    GraphOf, PageContext, counted_noun, is_of,
};
use crate::{
    model::{IssueIx, MilestoneIx},
    render::picture::graph::heavy,
    words::say,
};

/// How many cycles are told.
const MOST_CYCLES: usize = 10;

/// How many items of both have their own room on a page, and how many elements each is.
const OWN_ITEMS: usize = 40;
const OF_ITEM: usize = 5;

/// The chain and the cycles.
pub(super) struct Told<'a> {
    /// First one first; empty where the graph is of everything that ever waited.
    pub(super) chain: Items<'a>,
    pub(super) cycles: Vec<Items<'a>>,
}

impl<'a> Told<'a> {
    /// What a graph tells of them, in its own room and in a half of what its page has left.
    pub(super) fn new(here: &PageContext<'a>, of: GraphOf, room: &mut Room) -> Self {
        let chain = if of == GraphOf::All { Vec::new() } else { chain(here, of.milestone()) };
        let cycles: Vec<_> = cycles(here, of.milestone()).collect();
        let lists = || std::iter::once(&chain).chain(cycles.iter().copied());
        let wanted: usize = lists().map(|list| list.len().min(MOST_ITEMS)).sum();
        let mut left = OWN_ITEMS + room.rows(wanted.saturating_sub(OWN_ITEMS), OF_ITEM, 2);
        let mut items = |list: &Vec<IssueIx>| {
            let shown = list.len().min(MOST_ITEMS).min(left);
            left -= shown;
            items_within(here, list, shown)
        };
        let chain = items(&chain);
        Self { chain, cycles: cycles.into_iter().map(items).filter(|it| !it.is_empty()).collect() }
    }
}

/// The chain that is drawn heavy, or those of its issues that belong to a milestone.
fn chain(here: &PageContext<'_>, of: Option<MilestoneIx>) -> Vec<IssueIx> {
    heavy(here.facts).0.iter().copied().filter(|ix| is_of(here, of, *ix)).collect()
}

/// What makes the chain so, in a sentence or two.
pub(super) fn critical_words(here: &PageContext<'_>) -> String {
    let path =
        here.facts.bounds.critical_path().filter(|path| here.facts.bounds.has_lengths() && path.days > 0);
    let Some(path) = path else {
        return say!("No dependency chain of {} has more steps.", counted_noun(here));
    };
    let days = crate::facts::days_words(path.days);
    let without = match path.without_length {
        0 => String::new(),
        count => say!("; {} of {} say no length", count, path.items.len()),
    };
    say!(
        "The chain of open issues with the most stated days, at least {days} in all{without}.",
        days = days,
        without = without
    )
}

/// The cycles that are shown: the first ones, or the first ones with an issue of a milestone.
fn cycles<'h>(here: &'h PageContext<'_>, of: Option<MilestoneIx>) -> impl Iterator<Item = &'h Vec<IssueIx>> {
    let has_one = move |cycle: &&Vec<IssueIx>| cycle.iter().any(|ix| is_of(here, of, *ix));
    here.known().cycles.iter().filter(has_one).take(MOST_CYCLES)
}
