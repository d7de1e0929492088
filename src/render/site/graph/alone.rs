//! Issues that the picture leaves out: those that nothing joins to others, and what waits for another repository.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{PageContext, and_more, noun};
use crate::{
    model::{IssueIx, MilestoneIx},
    words::{counted, say},
};

/// Of how many milestones it is said how many of their issues stand alone.
const MOST_ALONE: usize = 12;

/// Issues that wait for nothing, and that nothing waits for.
#[derive(Debug, Serialize)]
pub(super) struct Alone<'a> {
    /// As `70 more open issues wait for nothing and hold nothing up`.
    words: String,
    /// By milestone; empty where they are of one.
    groups: Vec<AloneIn<'a>>,
    /// `and 3 more` milestones.
    more: String,
}

#[derive(Debug, Serialize)]
struct AloneIn<'a> {
    count: usize,
    /// What the milestone is called; empty for issues without one.
    title: &'a str,
    link: String,
}

/// What stands alone among the issues of a milestone, or among all by milestone.
pub(super) fn alone<'a>(
    here: &PageContext<'a>,
    scope: &[IssueIx],
    of: Option<MilestoneIx>,
) -> Option<Alone<'a>> {
    let live = here.facts.live();
    let is_alone = |ix: &&IssueIx| is_open(here, **ix) && !live.has(**ix) && !waits_elsewhere(here, **ix);
    let mut counts = BTreeMap::<Option<MilestoneIx>, usize>::new();
    for ix in scope.iter().filter(is_alone) {
        *counts.entry(here.roadmap.issues[ix.0].milestone.get().copied()).or_default() += 1;
    }
    let count: usize = counts.values().sum();
    let mut groups: Vec<_> = counts.into_iter().collect();
    groups.sort_by_key(|(milestone, count)| (std::cmp::Reverse(*count), milestone.is_none(), *milestone));
    let more = and_more(groups.len(), MOST_ALONE);
    let group = |(milestone, count): (Option<MilestoneIx>, usize)| AloneIn {
        count,
        title: milestone.map_or("", |ix| here.roadmap.milestones[ix.0].title.as_str()),
        link: milestone.map_or_else(|| here.to("unplanned.html"), |ix| here.milestone(ix)),
    };
    let verbs = if count == 1 {
        say!("waits for nothing and holds nothing up")
    } else {
        say!("wait for nothing and hold nothing up")
    };
    (count > 0).then(|| Alone {
        words: format!("{} {verbs}", counted(count, &format!("more {}", noun(here)))),
        groups: if of.is_some() {
            Vec::new()
        } else {
            groups.into_iter().take(MOST_ALONE).map(group).collect()
        },
        more,
    })
}

/// That issues wait for issues of other repositories; empty where none does.
pub(super) fn elsewhere(here: &PageContext<'_>, scope: &[IssueIx]) -> String {
    match scope.iter().filter(|ix| is_open(here, **ix) && waits_elsewhere(here, **ix)).count() {
        0 => String::new(),
        1 => say!("{} waits for an issue of another repository.", counted(1, noun(here))),
        count => say!("{} wait for issues of other repositories.", counted(count, noun(here))),
    }
}

fn is_open(here: &PageContext<'_>, ix: IssueIx) -> bool {
    !here.facts.issue(ix).status.is_closed()
}

/// Whether an issue waits for one of another repository that is not known to be closed.
fn waits_elsewhere(here: &PageContext<'_>, ix: IssueIx) -> bool {
    here.roadmap.issues[ix.0].blocked_elsewhere.iter().any(|link| link.to.is_closed() != Some(true))
}
