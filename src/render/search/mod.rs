//! The search index: which words stand in which items, as scripts that a page loads when somebody searches.
//!
//! It is made once per run, out of the public roadmap, and takes memory in proportion to it. A small one is one script,
//! `search/index.js`. A large one is split so that three things stay bounded whatever the size:
//!
//! - a file: items are halved into groups of neighbours until no file of a group passes [`MOST_BYTES`];
//! - a change: the words of a group are spread over [`words::BUCKETS`] files, so that another text touches at most those;
//! - a query: it loads one file of each group for each of its words, and the titles of what it shows.
//!
//! Items have numbers: issues count from 0, milestones from [`MILESTONES`], each in the order of the source.

mod batch;
mod build;
mod files;
mod groups;
mod vocabulary;
mod words;

#[cfg(test)]
pub(crate) use words::words;

use std::ops::Range;

use self::batch::Batch;
use crate::model::{IssueIx, MilestoneIx};

/// How long a file gets, about.
const MOST_BYTES: usize = 64 * 1024;

/// The number of the first milestone.
const MILESTONES: usize = 1 << 24;

/// How many neighbours are read by one thread before it takes others; a power of two, as groups are cut.
const BATCH: usize = 256;

/// How many titles stand in one file.
const BLOCK: usize = 256;

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    /// An issue.
    Issue(IssueIx),
    /// A milestone.
    Milestone(MilestoneIx),
}

/// Where a word stands in an item: in its title or id; in its labels, milestone or people; in its texts.
type Fields = u8;

/// The fields, each a bit.
const TITLE: Fields = 4;
const ABOUT: Fields = 2;
const TEXT: Fields = 1;

/// The words of all that is public.
#[derive(Debug)]
pub struct SearchIndex {
    /// The words of all items: issues, then milestones.
    batches: Vec<Batch>,
    /// Neighbours whose words share files, as ranges of batches.
    groups: Vec<Range<usize>>,
    /// How many items are issues, and how many milestones.
    issues: usize,
    milestones: usize,
    /// Whether all of it is one file.
    is_whole: bool,
}

impl SearchIndex {
    /// The item at this place.
    fn item(&self, place: usize) -> Item {
        match place.checked_sub(self.issues) {
            Some(milestone) => Item::Milestone(MilestoneIx(milestone)),
            None => Item::Issue(IssueIx(place)),
        }
    }

    /// The number of the item at this place.
    fn number(&self, place: usize) -> usize {
        place.checked_sub(self.issues).map_or(place, |milestone| MILESTONES + milestone)
    }

    /// The places of the issues, and those of the milestones.
    fn kinds(&self) -> [Range<usize>; 2] {
        [0..self.issues, self.issues..self.issues + self.milestones]
    }
}
