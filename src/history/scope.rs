//! How many issues there were, and how many came and went: from the changes of a walk, back from today's number.
//!
//! Changes of a public walk tell nothing of what is internal; so these numbers do not either.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, History, What};
use crate::{data::v1::Kind, model::Day};

/// How many issues there were from each day on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// The day of a commit that changed it, and the number from then on; those that were dropped do not count.
    pub(crate) days: BTreeMap<Day, usize>,
    /// How many were added and dropped on a day. The first commit adds nothing.
    moved: BTreeMap<Day, (usize, usize)>,
}

impl Scope {
    /// The scope of a roadmap that has so many issues now, out of its whole history; `None` where that is not whole.
    pub(crate) fn of(history: &History, total: usize, today: Day) -> Option<Self> {
        let began = history.began.as_ref().filter(|_| history.is_walk && history.from.is_none())?;
        let mut day = began.at.day.min(today);
        let (mut dropped, mut moved) = (BTreeSet::new(), BTreeMap::<Day, (usize, usize)>::new());
        for step in &history.steps {
            // Clocks of commits can be wrong: days never go back, and none is later than today.
            day = day.max(step.at.day).min(today);
            let (added, gone) = step.changes.iter().fold((0, 0), |(added, gone), change| {
                match change_of(change, &mut dropped) {
                    Some(true) => (added + 1, gone),
                    Some(false) => (added, gone + 1),
                    None => (added, gone),
                }
            });
            if (added, gone) != (0, 0) {
                let on_day = moved.entry(day).or_default();
                *on_day = (on_day.0 + added, on_day.1 + gone);
            }
        }
        let mut days = BTreeMap::new();
        let mut count = total;
        for (day, (added, gone)) in moved.iter().rev() {
            days.insert(*day, count);
            count = (count + gone).saturating_sub(*added);
        }
        days.entry(began.at.day.min(today)).or_insert(count);
        Some(Self { days, moved })
    }

    /// How many were added and dropped in the days from one to another, both counted; `None` where the roadmap was not there yet.
    pub(crate) fn moved(&self, from: Day, to: Day) -> Option<(usize, usize)> {
        let began = self.days.keys().next()?;
        let sum = |(added, gone): (usize, usize), (_, on_day): (&Day, &(usize, usize))| {
            (added + on_day.0, gone + on_day.1)
        };
        (*began <= to).then(|| self.moved.range(from..=to).fold((0, 0), sum))
    }
}

/// Whether a change adds an issue (or takes back that it was dropped), or drops one.
fn change_of(change: &Change, dropped: &mut BTreeSet<String>) -> Option<bool> {
    if change.kind != Kind::Issue {
        return None;
    }
    let key = change.id.to_lowercase();
    match &change.what {
        What::Added { .. } => Some(true),
        What::Dropped { .. } => (!dropped.remove(&key)).then_some(false),
        What::Closed { reason: Some(reason), .. } if reason.is_dropped() => {
            dropped.insert(key).then_some(false)
        }
        What::Reopened => dropped.remove(&key).then_some(true),
        What::Renamed { from_id: Some(was), .. } => {
            if dropped.remove(&was.to_lowercase()) {
                dropped.insert(key);
            }
            None
        }
        _ => None,
    }
}
