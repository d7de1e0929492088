//! Bounds in words. They say no more than they are: what cannot be done before a day, not when it will be done.

use super::{Bounds, Target};
use crate::words::say;
use crate::{
    facts::days_words,
    model::{Day, Roadmap, When},
};

/// Stands before what is waited for.
pub(crate) const ARROW: &str = " ← ";

/// How many items of a list are named.
const MOST: usize = 5;

/// What an item is called: commands name it by its id, pages as people do.
pub(crate) type Naming = fn(&Roadmap, Target) -> &str;

/// The id of a milestone or an issue.
pub(crate) fn id_of(roadmap: &Roadmap, item: Target) -> &str {
    match item {
        Target::Milestone(ix) => roadmap.milestones[ix.0].id.as_str(),
        Target::Issue(ix) => roadmap.issues[ix.0].id.as_str(),
    }
}

/// What people call it in a word or a few.
pub(in crate::facts) fn name_of(roadmap: &Roadmap, item: Target) -> &str {
    match item {
        Target::Milestone(ix) => roadmap.milestones[ix.0].short_name(),
        Target::Issue(ix) => roadmap.issues[ix.0].short_name(),
    }
}

/// When an item is due.
pub(crate) fn due_of(roadmap: &Roadmap, item: Target) -> Option<When> {
    match item {
        Target::Milestone(ix) => roadmap.milestones[ix.0].known_due_on(),
        Target::Issue(ix) => roadmap.issues[ix.0].due_on,
    }
}

/// As `A, B and 3 more`.
pub(crate) fn names(roadmap: &Roadmap, items: &[Target]) -> String {
    listed(items.iter().map(|item| id_of(roadmap, *item)), items.len(), ", ")
}

/// A chain from its last item to its first, as `C ← B ← A`.
pub(crate) fn chain(roadmap: &Roadmap, chain: &[Target], arrow: &str) -> String {
    chain_by(id_of, roadmap, chain, arrow)
}

fn chain_by(name: Naming, roadmap: &Roadmap, chain: &[Target], arrow: &str) -> String {
    listed(chain.iter().rev().map(|item| name(roadmap, *item)), chain.len(), arrow)
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

fn listed<'n>(names: impl Iterator<Item = &'n str>, count: usize, between: &str) -> String {
    let shown: Vec<_> = names.take(MOST).collect();
    let more = count.saturating_sub(MOST);
    let more = if more > 0 { say!(" and {more} more", more = more) } else { String::new() };
    format!("{}{more}", shown.join(between))
}

impl Bounds {
    /// Before which day an item is not done, where that is worth saying: it is due before, or due on no day and held up.
    pub(crate) fn said(&self, roadmap: &Roadmap, item: Target) -> Option<Day> {
        let earliest = self.earliest(item)?;
        let today = self.today();
        let is_held = today.is_none_or(|today| earliest > today);
        let is_said = match due_of(roadmap, item) {
            // What is due `later` is never late.
            Some(due) => due.last().is_some_and(|due| earliest > due),
            None => today.is_some(),
        };
        (is_held && is_said).then_some(earliest)
    }

    /// As `cannot be done before 2027-04-01`, or with less certainty `as planned, not before 2027-03-12`.
    pub(crate) fn not_before(&self, item: Target, earliest: Day) -> String {
        if self.floor(item) == Some(earliest) {
            say!("cannot be done before {earliest}", earliest = earliest)
        } else {
            say!("as planned, not before {earliest}", earliest = earliest)
        }
    }

    /// What holds an item up, as `cannot be done before 2027-04-01: C ← B ← A`; `None` where nothing has to be said.
    pub(crate) fn held_up(&self, roadmap: &Roadmap, item: Target, name: Naming) -> Option<String> {
        if self.is_never(item) {
            return Some(say!("can never be done: it waits for itself, or for something that does"));
        }
        let words = self.not_before(item, self.said(roadmap, item)?);
        let links = self.chain(item);
        Some(if links.len() > 1 {
            format!("{words}: {}", chain_by(name, roadmap, &links, ARROW))
        } else {
            words
        })
    }

    /// What a page says of an item, in sentences: that it cannot be done by its due date, what holds it up, that it comes too late
    /// for others. Most often nothing.
    pub(crate) fn notes(&self, roadmap: &Roadmap, item: Target) -> Vec<String> {
        let is_due = due_of(roadmap, item).is_some();
        let held = self.said(roadmap, item).filter(|_| is_due || self.chain_of(item, 2).len() > 1);
        let held = held.and_then(|_| self.held_up(roadmap, item, name_of));
        let late = self.room_at_best(roadmap, item).filter(|room| *room < 0);
        let late = late.and_then(|_| {
            Some(say!(
                "needed by {}: {}",
                self.needed_words(roadmap, item, name_of)?,
                self.room_words(roadmap, item)?
            ))
        });
        held.into_iter().chain(late).map(|words| sentence(&words)).collect()
    }

    /// By when an item is needed and what for, as `2027-04-12 so that M-2 can begin`.
    pub(crate) fn needed_words(&self, roadmap: &Roadmap, item: Target, name: Naming) -> Option<String> {
        let needed = self.needed(item)?;
        let by = name(roadmap, needed.by);
        Some(if needed.is_start {
            say!("{} so that {} can begin", needed.on, by)
        } else {
            say!("{} for {}", needed.on, by)
        })
    }

    /// What a delay of an item does to others, as `each day more pushes at most B, M-1`, or by when it is needed; `None` where no
    /// stated day comes after it.
    pub(crate) fn pushed_words(&self, roadmap: &Roadmap, item: Target) -> Option<String> {
        let room = self.room(item)?;
        if room > 0 {
            return Some(say!(
                "needed by {}: {}",
                self.needed_words(roadmap, item, id_of)?,
                self.room_words(roadmap, item)?
            ));
        }
        // What cannot hold anyhow fails by more with each day.
        let pushed = self.pushes(item, 1);
        (!pushed.is_empty()).then(|| say!("each day more pushes at most {}", names(roadmap, &pushed)))
    }

    /// How much room there is. What is due in a quarter can be done on any day of it, so it is too late only where its first day is.
    fn room_at_best(&self, roadmap: &Roadmap, item: Target) -> Option<i64> {
        let room = self.room(item)?;
        let due = due_of(roadmap, item).filter(|due| room < 0 && due.is_coarse());
        let Some(first) = due.and_then(When::first) else { return Some(room) };
        Some(self.needed(item)?.on.days_since(first.max(self.earliest(item)?)).min(0))
    }

    /// How much room is left, as `room for 2 days`, or `3 days too late`.
    pub(crate) fn room_words(&self, roadmap: &Roadmap, item: Target) -> Option<String> {
        let is_coarse = due_of(roadmap, item).is_some_and(When::is_coarse);
        Some(match self.room_at_best(roadmap, item)? {
            0 => say!("no room"),
            days if days < 0 && is_coarse => say!("at least {} too late", days_words(-days)),
            days if days < 0 => say!("{} too late", days_words(-days)),
            days => say!("room for {}", days_words(days)),
        })
    }
}
