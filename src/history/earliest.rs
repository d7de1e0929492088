//! What a change did to earliest days: both ends of a history judged on the day of the later one, so that a branch can be
//! read as a scenario.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    data::v1::Kind,
    facts::{
        Bounds,
        bounds::words::{self, ARROW, due_of, id_of},
        days_words,
    },
    model::{Day, Roadmap, Target, When},
};

/// How many sentences people read; the rest is counted.
const MOST: usize = 5;

/// An item that cannot be done before another day than at the other end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct EarliestChange {
    /// What kind of item.
    pub(crate) kind: Kind,
    /// Its id, as it is now.
    pub(crate) id: String,
    /// Its title, with the id that it may begin with.
    pub(crate) title: String,
    /// Before which day it could not be done; `null` where no stated day said so, or it could never be done.
    pub(crate) from: Option<Day>,
    /// Before which day it cannot be done now; `null` where no stated day says so, or it can never be done.
    pub(crate) to: Option<Day>,
    /// By how many days that moved: later where it is above 0; `null` where there was or is no day.
    pub(crate) days: Option<i64>,
    /// The same as `to` if every issue took one day.
    pub(crate) earliest_floor: Option<Day>,
    /// Whether it could never be done: it waited for itself, or for something that did.
    pub(crate) was_never: bool,
    /// Whether it can never be done now.
    pub(crate) never: bool,
    /// When it is due, as it is written.
    pub(crate) due_on: Option<When>,
    /// The items that hold it up, and it: what is done first comes first.
    pub(crate) chain: Vec<String>,
}

/// What a change did to earliest days.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    /// The day that both ends were judged on; `None` where the later one states none.
    pub(crate) as_of: Option<Day>,
    /// All items that moved and are still to be done: milestones, then issues, in the order of the source.
    pub(crate) items: Vec<EarliestChange>,
    /// The sentences that people read, the weightiest first.
    sentences: Vec<String>,
    /// How many other items moved.
    rest: usize,
}

impl Effect {
    /// What lies between two public or whole roadmaps. `renamed` says which ids have others afterwards.
    pub(super) fn between(
        old: &Roadmap,
        new: &Roadmap,
        renamed: &[(Kind, String, String)],
        as_of: Option<Day>,
    ) -> Self {
        let (before, after) = (Bounds::derive(old, as_of), Bounds::derive(new, as_of));
        let known = known(old, renamed);
        let ends = Ends { new, before, after };
        let moved: Vec<_> = items(new)
            .filter_map(|(kind, key, item)| {
                let was = *known.get(&(kind, key.to_owned()))?;
                Some((item, was, ends.change(kind, was, item)?))
            })
            .collect();
        let mut told = ends.told(old, &moved);
        told.truncate(MOST);
        let sentences = told.iter().map(|ix| ends.sentence(moved[*ix].0, &moved[*ix].2)).collect();
        let rest = moved.len() - told.len();
        let items = moved.into_iter().map(|(_, _, change)| change).collect();
        Self { as_of, items, sentences, rest }
    }

    /// What people read, in sentences without a full stop, as `so ML3 cannot be done before 2027-03-12, 20 days later`; none
    /// where nothing that matters to people moved.
    pub(crate) fn sentences(&self) -> Vec<String> {
        let rest = match self.rest {
            0 => None,
            _ if self.sentences.is_empty() => None,
            1 => Some("the earliest day of 1 more item moves".into()),
            rest => Some(format!("the earliest days of {rest} more items move")),
        };
        self.sentences.iter().cloned().chain(rest).collect()
    }
}

/// All milestones and issues with their keys.
fn items(roadmap: &Roadmap) -> impl Iterator<Item = (Kind, &str, Target)> {
    let milestones =
        roadmap.milestones().map(|(ix, it)| (Kind::Milestone, it.id.key(), Target::Milestone(ix)));
    milestones.chain(roadmap.issues().map(|(ix, it)| (Kind::Issue, it.id.key(), Target::Issue(ix))))
}

/// The items of the earlier roadmap by the ids that they have in the later one.
fn known(old: &Roadmap, renamed: &[(Kind, String, String)]) -> BTreeMap<(Kind, String), Target> {
    let now = |kind: Kind, key: &str| {
        let mut key = key.to_owned();
        for (_, was, is) in renamed.iter().filter(|(of, ..)| *of == kind) {
            if *was == key {
                key.clone_from(is);
            }
        }
        key
    };
    items(old).map(|(kind, key, item)| ((kind, now(kind, key)), item)).collect()
}

/// Both ends.
struct Ends<'a> {
    new: &'a Roadmap,
    before: Bounds,
    after: Bounds,
}

impl Ends<'_> {
    /// How the earliest day of an item moved; `None` where it did not, or nothing of it is left to be done.
    fn change(&self, kind: Kind, was: Target, is: Target) -> Option<EarliestChange> {
        if self.before.is_settled(was) || self.after.is_settled(is) {
            return None;
        }
        let (from, to) = (self.before.earliest(was), self.after.earliest(is));
        let (was_never, never) = (self.before.is_never(was), self.after.is_never(is));
        if (from, was_never) == (to, never) {
            return None;
        }
        let title = match is {
            Target::Milestone(ix) => &self.new.milestones[ix.0].title,
            Target::Issue(ix) => &self.new.issues[ix.0].title,
        };
        let chain = self.after.chain(is);
        Some(EarliestChange {
            kind,
            id: id_of(self.new, is).to_owned(),
            title: title.clone(),
            from,
            to,
            days: to.zip(from).map(|(to, from)| to.days_since(from)),
            earliest_floor: self.after.floor(is),
            was_never,
            never,
            due_on: due_of(self.new, is),
            chain: chain.into_iter().map(|item| id_of(self.new, item).to_owned()).collect(),
        })
    }

    /// Which changes are told, the weightiest first: of milestones that something holds up, and of issues the first ones of a
    /// chain that miss a due date now or did before. What is told with a milestone is not told again.
    fn told(&self, old: &Roadmap, moved: &[(Target, Target, EarliestChange)]) -> Vec<usize> {
        let is_said = |(is, was, change): &(Target, Target, EarliestChange)| {
            change.never
                || change.was_never
                || self.after.said(self.new, *is).is_some()
                || self.before.said(old, *was).is_some()
        };
        let said: BTreeSet<_> = moved.iter().filter(|moved| is_said(moved)).map(|(is, ..)| *is).collect();
        let milestones = moved.iter().filter(|(is, ..)| matches!(is, Target::Milestone(_)));
        let covered: BTreeSet<_> = milestones.clone().flat_map(|(is, ..)| self.after.chain(*is)).collect();
        let has_never = milestones.clone().any(|(.., change)| change.never || change.was_never);
        let is_told = |(is, was, change): &(Target, Target, EarliestChange)| match is {
            Target::Milestone(_) => {
                let held = self.after.chain_of(*is, 2).len() + self.before.chain_of(*was, 2).len();
                said.contains(is) || (held > 2 && change.days.is_some())
            }
            Target::Issue(_) => {
                let mut chain = self.after.chain(*is);
                chain.pop();
                let is_first = !chain.iter().any(|other| said.contains(other));
                let is_never = change.never || change.was_never;
                said.contains(is) && is_first && !covered.contains(is) && !(is_never && has_never)
            }
        };
        let mut told: Vec<_> = (0..moved.len()).filter(|ix| is_told(&moved[*ix])).collect();
        told.sort_by_key(|ix| weight(&moved[*ix].2));
        told
    }

    /// As `so ML3 cannot be done before 2027-03-12, 20 days later (it is due on 2027-03-08): ML3 ← B ← A`.
    fn sentence(&self, item: Target, change: &EarliestChange) -> String {
        let id = &change.id;
        if change.never {
            return format!("so {id} can never be done: it waits for itself, or for something that does");
        }
        let Some(to) = change.to else {
            return match change.from {
                Some(from) => format!("so no stated day holds {id} up any more; it was {from}"),
                None => format!("so {id} no longer waits for itself"),
            };
        };
        let is_certain = change.earliest_floor == Some(to);
        let bound = if is_certain { "cannot be done" } else { "as planned is not done" };
        let by = match change.days {
            Some(days) if days < 0 => format!(", {} sooner", days_words(-days)),
            Some(days) => format!(", {} later", days_words(days)),
            None => ", where no stated day held it up".into(),
        };
        let due = match change.due_on {
            Some(due) if misses(change.to, change.due_on) => format!(" (it is due {})", due.on()),
            Some(due) if misses(change.from, change.due_on) => {
                format!(" (no longer past its due date {due})")
            }
            _ => String::new(),
        };
        let chain = self.after.chain(item);
        let chain = match chain.len() {
            0 | 1 => String::new(),
            _ => format!(": {}", words::chain(self.new, &chain, ARROW)),
        };
        if change.was_never {
            let chain = chain.trim_start_matches(": ");
            let chain = if chain.is_empty() { String::new() } else { format!(" ({chain})") };
            return format!("so {id} no longer waits for itself: {bound} before {to}{due}{chain}");
        }
        format!("so {id} {bound} before {to}{by}{due}{chain}")
    }
}

/// Whether a day is past the last one by which something is due.
fn misses(day: Option<Day>, due: Option<When>) -> bool {
    day.zip(due.and_then(When::last)).is_some_and(|(day, due)| day > due)
}

/// What comes first: what can never be done, what misses its due date, milestones, what moved most.
fn weight(change: &EarliestChange) -> impl Ord + use<> {
    let misses = misses(change.to, change.due_on);
    let days = change.days.map(|days| (std::cmp::Reverse(days.abs()), days < 0));
    (!change.never, !misses, change.kind != Kind::Milestone, days.is_some(), days)
}
