//! How due dates of milestones moved, as commits tell it: in the published form, for pictures and for people.

use crate::words::say;
use schemars::JsonSchema;
use serde::Serialize;

use super::words::short_commit;
use crate::{
    facts::{self, days_words},
    model::{Day, Id, When, title_without_id},
};

/// The due dates of milestones over time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Slips {
    /// The first day that was looked at; `null` where nothing was.
    pub(crate) from: Option<Day>,
    /// The day that all this speaks for.
    pub(crate) until: Option<Day>,
    /// The milestones that had a due date in some revision: those that moved most often first, then in the order of the source.
    pub(crate) milestones: Vec<Slip>,
}

/// How the due date of one milestone moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Slip {
    /// Its id as it is now; of what is gone, as it was last.
    pub(crate) id: String,
    /// Its title, with the id that it may begin with.
    pub(crate) title: String,
    /// The first day by which it was due, as it was written: a day, a month, a quarter, a half or a year.
    pub(crate) first: When,
    /// The day by which it is due now, as it is written; `null` where it has none any more, is due `later`, or is gone.
    pub(crate) now: Option<When>,
    /// By how many days it is due later than at first, from last day to last day; `null` where it is due on no day now.
    pub(crate) net_days: Option<i64>,
    /// How many days before the due date it was moved or taken, by the median: negative where the day had passed; `null` where
    /// it never was.
    pub(crate) median_notice: Option<i64>,
    /// The day on which it was reached, as far as it is known; else of the commit that says so. `null` where it is not reached.
    pub(crate) reached_on: Option<Day>,
    /// What happened to its due date, the oldest first.
    pub(crate) moves: Vec<Move>,
    /// Of each day on which commits say another due date than before, the last one that they say.
    pub(crate) line: Vec<Point>,
}

/// What happened to a due date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Move {
    /// The day of the commit, in UTC: never before that of an earlier one, and never after that of the last one.
    pub(crate) on: Day,
    /// What happened.
    pub(crate) kind: MoveKind,
    /// The due date before; of one that was given again, the last one before it was taken.
    pub(crate) from: Option<When>,
    /// The due date after; `null` where it was taken.
    pub(crate) to: Option<When>,
    /// By how many days that is later, from last day to last day; `null` where it was taken.
    pub(crate) days: Option<i64>,
    /// How many days before the due date that was: negative where the day had passed; `null` where it was given again.
    pub(crate) notice: Option<i64>,
    /// The whole name of the commit; `null` for the working tree.
    pub(crate) commit: Option<String>,
    /// The first line of its message; `null` for the working tree, empty where it may not be shown.
    pub(crate) subject: Option<String>,
}

/// What can happen to a due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MoveKind {
    /// It is another day.
    Moved,
    /// There is none any more, or the milestone is gone.
    Taken,
    /// There is one again.
    Given,
}

/// A due date, and since when it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Point {
    /// The day of the commit.
    pub(crate) on: Day,
    /// The last day by which it is due; `null` where there is none.
    pub(crate) due_on: Option<Day>,
}

impl Slips {
    /// The milestones whose due date moved, was taken or given again.
    pub(crate) fn moved(&self) -> impl Iterator<Item = &Slip> + Clone {
        self.milestones.iter().filter(|slip| !slip.moves.is_empty())
    }

    /// All moves with their milestones, the latest first.
    pub(crate) fn moves(&self) -> Vec<(&Slip, &Move)> {
        let mut moves: Vec<_> =
            self.moved().flat_map(|slip| slip.moves.iter().map(move |one| (slip, one))).collect();
        moves.sort_by_key(|(_, one)| std::cmp::Reverse(one.on));
        moves
    }

    /// What cannot be seen in the list of those that moved, as `4 other milestones kept their due dates`; empty where there is none.
    pub(crate) fn kept_words(&self) -> String {
        match self.milestones.iter().filter(|slip| slip.moves.is_empty()).count() {
            0 => String::new(),
            1 => say!("1 other milestone kept its due date"),
            count => say!("{count} other milestones kept their due dates", count = count),
        }
    }
}

impl Slip {
    /// Its title without the id, which is what people read.
    pub(crate) fn short_title(&self) -> &str {
        Id::new(&self.id).map_or(&self.title, |id| title_without_id(&self.title, &id))
    }

    /// What it is called in a word or a few: its id, or its title where that is what the id repeats.
    pub(crate) fn short_name(&self) -> &str {
        let repeats = Id::new(&self.id).is_some_and(|id| id.repeats(&self.title));
        if repeats { &self.title } else { &self.id }
    }

    /// As `50 days later`, `2 days sooner`, `as at first`; of one that is due on no day `no due date`.
    pub(crate) fn net_words(&self) -> String {
        match (self.now, self.net()) {
            (None, _) => say!("no due date"),
            (_, None) => say!("as at first"),
            (_, Some(net)) => net.words(),
        }
    }

    /// The median notice as `23 d` or `−2 d`; empty where it was never moved or taken.
    pub(crate) fn median_words(&self) -> String {
        let days = |days: i64| if days < 0 { format!("−{} d", -days) } else { format!("{days} d") };
        self.median_notice.map(days).unwrap_or_default()
    }

    /// By how much it is due later than at first; `None` where it is not, or has no due date now.
    pub(crate) fn net(&self) -> Option<facts::Slip> {
        facts::Slip::between(self.first, self.now?)
    }
}

impl Move {
    /// As much of the commit's name as people need; empty for the working tree.
    pub(crate) fn short_commit(&self) -> &str {
        self.commit.as_deref().map(short_commit).unwrap_or_default()
    }

    /// As `14 days later: 2027-03-01 → 2027-03-15`.
    pub(crate) fn words(&self) -> String {
        let by = |from, to| facts::Slip::between(from, to).map_or(say!("the same day"), facts::Slip::words);
        match (self.kind, self.from, self.to) {
            (MoveKind::Moved, Some(from), Some(to)) => format!("{}: {from} → {to}", by(from, to)),
            (MoveKind::Given, Some(from), Some(to)) => say!("due again, {}: {} → {}", by(from, to), from, to),
            (_, Some(from), _) => say!("no due date any more, it was {from}", from = from),
            (_, None, to) => to.map(|to| say!("due on {to}", to = to)).unwrap_or_default(),
        }
    }

    /// As `28 days before it came due`, `2 days after it had come due`; empty where there was no due date.
    pub(crate) fn notice_words(&self) -> String {
        match self.notice {
            None => String::new(),
            Some(0) => say!("on the day it came due"),
            Some(days) if days < 0 => say!("{} after it had come due", days_words(-days)),
            Some(days) => say!("{} before it came due", days_words(days)),
        }
    }
}
