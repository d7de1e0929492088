//! How the milestones of now differ from those of an earlier revision, in the published form.

use crate::words::say;
use schemars::JsonSchema;
use serde::Serialize;

use super::words::short_commit;
use crate::{
    facts::Slip,
    model::{Day, Id, When, title_without_id},
};

/// An earlier revision, and what became of its milestones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Baseline {
    /// The revision, as it was named.
    pub(crate) revision: String,
    /// The whole name of the commit.
    pub(crate) commit: String,
    /// The day of the commit, in UTC.
    pub(crate) day: Day,
    /// The milestones that are in both, in the order of their ids.
    pub(crate) milestones: Vec<Based>,
    /// The milestones that are new since.
    pub(crate) new: Vec<Based>,
    /// The milestones that are gone since, with the days that they had.
    pub(crate) dropped: Vec<Based>,
}

/// A milestone then and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Based {
    /// Its id as it is now; of one that is gone, as it was.
    pub(crate) id: String,
    /// Its title, with the id that it may begin with.
    pub(crate) title: String,
    /// The day on which it was to begin.
    pub(crate) start_on: Option<When>,
    /// The day by which it was due.
    pub(crate) due_on: Option<When>,
    /// The day by which it is due now; `null` for one that is gone, too.
    pub(crate) now_due_on: Option<When>,
    /// By how many days that is later than then; `null` where it was or is due on no day.
    pub(crate) by_days: Option<i64>,
}

impl Baseline {
    /// As `v1 (2026-10-01, 0123abcde)`.
    pub(crate) fn words(&self) -> String {
        let short = short_commit(&self.commit);
        if self.commit.starts_with(&self.revision) {
            return format!("{short} ({})", self.day);
        }
        format!("{} ({}, {short})", self.revision, self.day)
    }

    /// The milestone of this id as it was then.
    pub(crate) fn of(&self, id: &str) -> Option<&Based> {
        let found = self.milestones.binary_search_by(|based| key(&based.id).cmp(&key(id)));
        found.ok().map(|ix| &self.milestones[ix])
    }

    /// Whether the milestone of this id was not there then.
    pub(crate) fn is_new(&self, id: &str) -> bool {
        self.new.binary_search_by(|named| key(&named.id).cmp(&key(id))).is_ok()
    }
}

/// An id as ids are compared, which is also the order of the lists.
fn key(id: &str) -> String {
    id.to_lowercase()
}

impl Based {
    /// Its title without the id, which is what people read.
    pub(crate) fn short_title(&self) -> &str {
        Id::new(&self.id).map_or(&self.title, |id| title_without_id(&self.title, &id))
    }

    /// By how much its due date moved.
    pub(crate) fn slip(&self) -> Option<Slip> {
        Slip::between(self.due_on?, self.now_due_on?)
    }

    /// As `14 days later`, `as then`, `no due date now`; empty where it never was due.
    pub(crate) fn by_words(&self) -> String {
        let last = |due: Option<When>| due.and_then(When::last);
        match (last(self.due_on), last(self.now_due_on), self.slip()) {
            (_, _, Some(slip)) => slip.words(),
            (Some(_), Some(_), None) => say!("as then"),
            (Some(_), None, None) => say!("no due date now"),
            (None, Some(_), None) => say!("no due date then"),
            (None, None, None) => String::new(),
        }
    }
}
