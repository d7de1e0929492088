//! Groups of labels that tell most issues apart: bars, tiles and columns are split by them.

use std::{borrow::Cow, collections::BTreeMap, ops::AddAssign};

use super::PageContext;
use crate::{
    facts::Facts,
    model::{Issue, IssueIx, LabelGroup, LabelIx, Roadmap},
    words::{self, word},
};

/// In per cent of all issues, how many have a label of a group that tells them apart.
const LEAST_COVERED: usize = 60;

/// In per cent of all issues, how many have a label that is told by itself.
const LEAST_OF_A_LABEL: usize = 2;

/// What labels are called that are not told by themselves.
const OTHER: &str = word!("other");

/// What issues are called that have several labels of a group.
const SEVERAL: &str = word!("several");

/// How many labels are told by themselves.
const MOST_SLOTS: usize = 7;

/// What groups are called whose labels say how issues stand.
const STATUS: [&str; 3] = ["status", "state", "stage"];

/// What groups are called whose labels stand in an order, as shades of one colour.
const RAMPS: [&str; 5] = ["priority", "severity", "size", "effort", "impact"];

/// What labels in an order are called, the most first: a group is put into that order if all of its names are here. The first two
/// lines are what matters most.
const RANKS: [&[&str]; 6] = [
    &["critical", "urgent", "blocker", "blocking", "highest", "p0", "s0", "must"],
    &["high", "major", "important", "p1", "s1", "should"],
    &["medium", "normal", "moderate", "p2", "s2", "could"],
    &["low", "minor", "p3", "s3", "wont"],
    &["lowest", "trivial", "p4", "s4"],
    &["none"],
];

/// The same of sizes.
const SIZES: [&[&str]; 7] = [
    &["xxl", "huge"],
    &["xl", "extra-large"],
    &["l", "large", "big"],
    &["m", "medium"],
    &["s", "small"],
    &["xs", "extra-small", "tiny"],
    &["xxs"],
];

/// A group of labels that tells issues apart.
#[derive(Debug)]
pub(in crate::render) struct Grouping {
    /// What it is called, as `Priority`.
    pub(super) name: String,
    /// The same in small letters, as its labels begin.
    pub(super) prefix: String,
    /// What it tells apart, in the order of the source; the last may stand for all other labels, and for issues with several.
    pub(super) slots: Vec<Slot>,
    /// For each issue its place among them.
    of: Vec<Option<u8>>,
}

/// Issues that have the same label of a group.
#[derive(Debug)]
pub(in crate::render) struct Slot {
    /// As `high`, [`OTHER`] or [`SEVERAL`].
    pub(super) name: String,
    /// The label; `None` where it stands for others, or for issues with several.
    pub(super) label: Option<LabelIx>,
}

impl Slot {
    /// What it is called, as it is read on this page.
    pub(super) fn said(&self) -> Cow<'_, str> {
        match self.label {
            Some(_) => self.name.as_str().into(),
            None if self.name == SEVERAL => words::of(SEVERAL),
            None => words::of(OTHER),
        }
    }
}

impl Grouping {
    /// All of a roadmap: those that say how issues stand first, then those in an order, then the others.
    pub(super) fn all(roadmap: &Roadmap, facts: &Facts) -> Vec<Self> {
        let mut all: Vec<_> =
            roadmap.groups.iter().filter_map(|group| Self::of(roadmap, facts, group)).collect();
        let rank = |name: &str| match name {
            name if STATUS.contains(&name) => 0,
            name if is_ramp(name) => 1,
            _ => 2,
        };
        all.sort_by_key(|group| rank(&group.prefix));
        all
    }

    fn of(roadmap: &Roadmap, facts: &Facts, group: &LabelGroup) -> Option<Self> {
        let total = roadmap.issues.len();
        if group.prefix.is_empty() || total == 0 {
            return None;
        }
        // Of very many groups few get further than here.
        let uses: usize = group.labels.iter().map(|label| facts.label(*label).issues.len()).sum();
        if uses * 100 < total * LEAST_COVERED {
            return None;
        }
        let own: Vec<_> = roadmap.issues.iter().map(|issue| Own::of(issue, group)).collect();
        if own.iter().filter(|own| **own != Own::None).count() * 100 < total * LEAST_COVERED {
            return None;
        }
        let slots = slots(roadmap, group, &own);
        let of_label = |label: LabelIx| {
            let place = slots.iter().position(|slot| slot.label == Some(label));
            place.or_else(|| slots.iter().position(|slot| slot.label.is_none() && slot.name == OTHER))
        };
        let slot = |own: &Own| match own {
            Own::None => None,
            Own::One(label) => of_label(*label),
            Own::Several => slots.len().checked_sub(1),
        };
        let of = own.iter().map(|own| slot(own).and_then(|slot| u8::try_from(slot).ok())).collect();
        let mut letters = group.prefix.chars();
        let upper = letters.next().map(|first| first.to_uppercase().collect::<String>());
        let name = upper.unwrap_or_default() + letters.as_str();
        (slots.len() > 1).then_some(Self { name, prefix: group.prefix.to_lowercase(), slots, of })
    }

    /// How many of these issues stand in each slot, and behind them how many in none.
    pub(super) fn counts(&self, issues: impl IntoIterator<Item = IssueIx>) -> Vec<usize> {
        self.sums(issues, |_| 1)
    }

    /// The same with each issue by its size.
    pub(super) fn sums<T: Copy + Default + AddAssign>(
        &self,
        issues: impl IntoIterator<Item = IssueIx>,
        size: impl Fn(IssueIx) -> T,
    ) -> Vec<T> {
        let mut sums = vec![T::default(); self.slots.len() + 1];
        for ix in issues {
            sums[self.of[ix.0].map_or(self.slots.len(), usize::from)] += size(ix);
        }
        sums
    }

    /// The place of an issue among its slots.
    pub(super) fn slot(&self, ix: IssueIx) -> Option<usize> {
        self.of[ix.0].map(usize::from)
    }

    /// The anchor of a slot's column.
    pub(super) fn anchor(&self, slot: &Slot) -> String {
        let place = self.slots.iter().position(|other| std::ptr::eq(other, slot)).unwrap_or_default();
        format!("{}-{}", self.prefix.replace(char::is_whitespace, "-"), place + 1)
    }

    /// Whether its labels say how issues stand.
    pub(super) fn is_status(&self) -> bool {
        STATUS.contains(&self.prefix.as_str())
    }

    /// Whether each issue has one of its labels at most, so that a count of them is all there are.
    pub(super) fn is_exclusive(&self) -> bool {
        !self.slots.iter().any(|slot| slot.label.is_none() && slot.name == SEVERAL)
    }

    /// The slots that matter most, where its order is known: those of the first two ranks.
    pub(super) fn highest(&self) -> &[Slot] {
        let is_high = |slot: &Slot| rank(&RANKS, &slot.name).is_some_and(|rank| rank < 2);
        let count = self.slots.iter().take_while(|slot| is_high(slot)).count();
        &self.slots[..count]
    }
}

/// The labels of a group that an issue has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Own {
    None,
    One(LabelIx),
    /// It counts for none of them, so that what is said of each is true and a bar is as long as there are issues.
    Several,
}

impl Own {
    fn of(issue: &Issue, group: &LabelGroup) -> Self {
        let own = issue.labels().iter().map(|link| link.to);
        let mut own = own.filter(|label| group.labels.binary_search(label).is_ok());
        match (own.next(), own.next()) {
            (None, _) => Self::None,
            (Some(label), None) => Self::One(label),
            (Some(_), Some(_)) => Self::Several,
        }
    }
}

/// The slots of a group: the labels with the most issues, one for all others, one for issues with several.
fn slots(roadmap: &Roadmap, group: &LabelGroup, issues: &[Own]) -> Vec<Slot> {
    let mut counts = BTreeMap::new();
    let mut several = 0_usize;
    for own in issues {
        match own {
            Own::None => {}
            Own::One(label) => *counts.entry(*label).or_insert(0_usize) += 1,
            Own::Several => several += 1,
        }
    }
    let used = in_order(roadmap, group).into_iter();
    let used: Vec<_> = used.filter_map(|label| Some((label, *counts.get(&label)?))).collect();
    let name = |label: &LabelIx| name_in(roadmap, group, *label);
    let mut kept = used.clone();
    kept.sort_by_key(|(label, count)| (std::cmp::Reverse(*count), *label));
    kept.retain(|(label, count)| {
        count * 100 >= roadmap.issues.len() * LEAST_OF_A_LABEL && !name(label).eq_ignore_ascii_case("other")
    });
    // One that would stand alone for all others has a place of its own.
    kept.truncate(if used.len() == MOST_SLOTS + 1 { MOST_SLOTS + 1 } else { MOST_SLOTS });
    let mut slots: Vec<_> = (used.iter().filter(|one| kept.contains(one)))
        .map(|(label, _)| Slot { name: name(label).to_owned(), label: Some(*label) })
        .collect();
    let rest = used.iter().filter(|one| !kept.contains(one)).map(|(_, count)| count).sum();
    let more = [(OTHER, rest), (SEVERAL, several)].into_iter().filter(|(_, count)| *count > 0);
    slots.extend(more.map(|(name, _)| Slot { name: name.to_owned(), label: None }));
    slots
}

/// Whether the labels of a group stand in an order.
pub(super) fn is_ramp(prefix: &str) -> bool {
    RAMPS.iter().any(|ramp| ramp.eq_ignore_ascii_case(prefix))
}

/// The labels of a group: by their names where those stand in an order, else as the source has them.
pub(super) fn in_order(roadmap: &Roadmap, group: &LabelGroup) -> Vec<LabelIx> {
    let mut labels = group.labels.clone();
    if is_ramp(&group.prefix) {
        for ranks in [&RANKS[..], &SIZES] {
            let of = |label: &LabelIx| rank(ranks, name_in(roadmap, group, *label));
            if labels.iter().all(|label| of(label).is_some()) {
                labels.sort_by_key(of);
                break;
            }
        }
    }
    labels
}

/// The name of a label without that of its group; `None` where it is of another.
pub(super) fn own_name<'n>(name: &'n str, prefix: &str) -> Option<&'n str> {
    let (before, own) = name.split_once(':')?;
    let is_of_it = before.to_lowercase() == prefix.to_lowercase();
    Some(own.trim()).filter(|own| is_of_it && !own.is_empty())
}

/// The label groups with a list, and what each is called: those that tell most issues apart first.
pub(super) fn groups<'a>(here: &PageContext<'a>) -> Vec<&'a LabelGroup> {
    let mut groups: Vec<_> = here.roadmap.groups.iter().filter(|group| !group.labels.is_empty()).collect();
    let place = |group: &&LabelGroup| {
        let known = here.known().groups.iter();
        let place = known.clone().position(|known| known.prefix.eq_ignore_ascii_case(&group.prefix));
        place.unwrap_or(known.len())
    };
    groups.sort_by_key(place);
    groups
}

/// The name of a label of a group without that of the group.
fn name_in<'r>(roadmap: &'r Roadmap, group: &LabelGroup, label: LabelIx) -> &'r str {
    let name = roadmap.labels[label.0].name.as_str();
    name.get(group.prefix.len()..).unwrap_or(name).trim_start_matches(':').trim()
}

fn rank(ranks: &[&[&str]], name: &str) -> Option<usize> {
    ranks.iter().position(|names| names.iter().any(|word| word.eq_ignore_ascii_case(name)))
}
