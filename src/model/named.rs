//! What items are called before people. An id that was made of a title, by us or by who wrote it, only repeats that: beside the
//! title it is left out, and alone the title stands for it.

use super::{Issue, Milestone};

impl Issue {
    /// Its id where that tells more than its title; else nothing.
    pub(crate) fn own_id(&self) -> &str {
        if self.repeats { "" } else { self.id.as_str() }
    }

    /// What it is called in a word or a few: its id, or its title where that is what the id repeats.
    pub(crate) fn short_name(&self) -> &str {
        if self.repeats { self.title.trim() } else { self.id.as_str() }
    }
}

impl Milestone {
    /// Its id where that tells more than its title; else nothing.
    pub(crate) fn own_id(&self) -> &str {
        if self.repeats { "" } else { self.id.as_str() }
    }

    /// What it is called in a word or a few: its id, or its title where that is what the id repeats.
    pub(crate) fn short_name(&self) -> &str {
        if self.repeats { self.title.trim() } else { self.id.as_str() }
    }
}
