//! Several roadmaps side by side: those of one repository, or what other repositories published of theirs.
//!
//! A [`Card`] holds what is told of one roadmap, whichever way it came here; a [`Fleet`] is all cards in their order, with what
//! could not be read. The front page, the report and the JSON are made of that value and count nothing of their own. What was
//! read of other repositories is text of strangers: it is made harmless where it is read, and only addresses of the web lead on.

mod card;
mod front;
mod json;
mod read;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use card::{Card, Due, Overdue};
pub(crate) use front::{Front, front};
pub(crate) use json::{Document, json};
pub(crate) use read::card;
pub(crate) use words::{human, markdown};

use crate::{data::v1::Progress, model::Day};

/// How many due dates are told of all roadmaps together.
const MOST_DUE: usize = 12;

/// Roadmaps side by side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fleet {
    /// The title for all of them.
    pub(crate) title: String,
    /// The language of the front page; empty for English.
    pub(crate) lang: String,
    /// The roadmaps, in their order.
    pub(crate) cards: Vec<Card>,
    /// What could not be read: where, and why.
    pub(crate) unread: Vec<(String, String)>,
    /// The day on which their age counts; `None` where it does not.
    pub(crate) today: Option<Day>,
    /// How many days old one may be.
    pub(crate) max_age: i64,
}

impl Fleet {
    /// How many days ago a roadmap spoke last; `None` where it does not say, or nobody asks.
    pub(crate) fn age(&self, card: &Card) -> Option<i64> {
        Some(self.today?.days_since(card.as_of?))
    }

    /// Whether a roadmap is older than it may be.
    pub(crate) fn is_stale(&self, card: &Card) -> bool {
        self.age(card).is_some_and(|age| age > self.max_age)
    }

    /// Those that are older than they may be.
    pub(crate) fn stale(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| self.is_stale(card))
    }

    /// Those of which nobody says how old they are, where that is asked.
    pub(crate) fn undated(&self) -> impl Iterator<Item = &Card> {
        self.cards.iter().filter(|card| self.today.is_some() && card.as_of.is_none())
    }

    /// How far all of them have come together.
    pub(crate) fn progress(&self) -> Progress {
        let sum = |of: fn(&Progress) -> usize| self.cards.iter().map(|card| of(&card.progress)).sum();
        let (issues, closed, unknown) = (sum(|it| it.issues), sum(|it| it.closed), sum(|it| it.unknown));
        Progress {
            issues,
            closed,
            open: sum(|it| it.open),
            unknown,
            dropped: sum(|it| it.dropped),
            percent: if unknown > 0 { None } else { (closed * 100).checked_div(issues) },
        }
    }

    /// How many milestones there are, and how many of them are closed.
    pub(crate) fn milestones(&self) -> (usize, usize) {
        self.cards
            .iter()
            .fold((0, 0), |(all, closed), card| (all + card.milestones, closed + card.closed_milestones))
    }

    /// What is late in those roadmaps of which that is known; `None` where it is of none.
    pub(crate) fn overdue(&self) -> Option<Overdue> {
        self.cards.iter().filter_map(|card| card.overdue).reduce(|one, other| Overdue {
            milestones: one.milestones + other.milestones,
            issues: one.issues + other.issues,
        })
    }

    /// What is due next in all of them, the soonest first.
    pub(crate) fn due(&self) -> Vec<(&Card, &Due)> {
        let of = |card| self.due_of(card).map(move |due| (card, due));
        let mut due: Vec<_> = self.cards.iter().flat_map(of).collect();
        due.sort_by_key(|(_, due)| due.last);
        due.truncate(MOST_DUE);
        due
    }

    /// What is due next in one of them, by the day that it speaks for, as its documents say it: what had passed by then is
    /// overdue. Where it names no day, the one on which their age counts stands for it.
    pub(crate) fn due_of<'c>(&self, card: &'c Card) -> impl Iterator<Item = &'c Due> + use<'c> {
        let today = card.as_of.or(self.today);
        card.due.iter().filter(move |due| today.is_none_or(|today| due.last >= today))
    }

    /// Gives each roadmap a name that no other has: where two are called the same, the second gets a number.
    pub(crate) fn tell_apart(&mut self) {
        let mut taken = std::collections::BTreeSet::new();
        for card in &mut self.cards {
            let name = card.name.clone();
            let mut number = 1;
            while !taken.insert(card.name.to_lowercase()) {
                number += 1;
                card.name = format!("{name} ({number})");
            }
        }
    }
}
