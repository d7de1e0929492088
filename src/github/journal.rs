//! The journal of an apply: what was about to be made, and what was done, a line of JSON each, beside the lock.
//!
//! The line that something is about to be made is on the disk before the request goes out. So a run that was killed leaves
//! behind what may have been made, and the next one settles that before it makes anything. The lines of what was done hold
//! what was before, for `--undo`. Git ignores the file; where it is lost, markers and a listing say the same but for
//! what a listing does not show yet.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::plan::{Done, Operation, Record};
use crate::{
    io::{Failure, Files},
    model::Id,
    source::{Lock, objects},
};

/// The name of the file, beside the lock.
pub(crate) const NAME: &str = "roadbook.journal.jsonl";

/// The version of its lines.
const VERSION: u32 = 1;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub(crate) enum Line {
    /// An apply begins.
    Begin {
        /// The version of the lines that follow.
        version: u32,
        /// The repository, as `owner/name`.
        repository: String,
    },
    /// An issue is about to be made.
    Intent {
        /// Which one.
        item: Id,
        /// When, in milliseconds since 1970.
        at: u64,
    },
    /// It is known whether it was made: if it was, a listing shows it.
    Settled {
        /// Which one.
        item: Id,
    },
    /// An operation is done.
    Done {
        /// Which one.
        operation: Box<Operation>,
        /// What it made.
        done: Option<Done>,
        /// The line that the lock held before, where it held one.
        before: Option<Box<Record>>,
    },
    /// Something that was done is taken back.
    Undone {
        /// Its place among the lines of what was done.
        at: usize,
    },
    /// The apply came to its end.
    End,
}

/// What a journal tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Told {
    /// The repository.
    pub(crate) repository: String,
    /// What was done, in this order.
    pub(crate) done: Vec<Deed>,
    /// What may have been made, and when it was about to be, in milliseconds since 1970.
    pub(crate) open: BTreeMap<Id, u64>,
    /// Whether the apply came to its end.
    pub(crate) is_ended: bool,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deed {
    /// What.
    pub(crate) operation: Operation,
    /// What it made.
    pub(crate) done: Option<Done>,
    /// The line that the lock held before.
    pub(crate) before: Option<Record>,
    /// Whether it was taken back since.
    pub(crate) is_undone: bool,
}

impl Deed {
    /// Writes into the lock what it said before.
    pub(crate) fn restore(&self, lock: &mut Lock) {
        match (&self.operation, &self.before) {
            // A label that is made again has another id than its line.
            (Operation::MergeLabel { .. }, _) => {}
            (_, Some(before)) => before.put(lock),
            (operation, None) => operation.forget(lock),
        }
    }
}

/// The journal beside one lock.
pub(crate) struct Journal<'a> {
    files: &'a dyn Files,
    path: PathBuf,
}

impl<'a> Journal<'a> {
    /// The journal beside this lock.
    pub(crate) fn beside(files: &'a dyn Files, lock: &Path) -> Self {
        Self { files, path: lock.with_file_name(NAME) }
    }

    /// What it tells of the last apply; `None` where there is none that this version can read. A last line that a kill cut
    /// off was never acted upon: its request had not gone out.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub(crate) fn read(&self) -> Result<Option<Told>, Failure> {
        Ok(self.runs()?.pop().map(|(told, _)| told))
    }

    /// What it tells of the last apply that did something.
    ///
    /// # Errors
    /// Where it is there and cannot be read.
    pub(crate) fn deeds(&self) -> Result<Option<Told>, Failure> {
        Ok(self.runs()?.into_iter().rev().map(|(told, _)| told).find(|told| !told.done.is_empty()))
    }

    /// Begins anew. The lines of the last apply that did something stay above, to be undone as long as this one does nothing.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn begin(&self, repository: &str) -> Result<(), Failure> {
        let last = self.runs()?.into_iter().rev().find(|(told, _)| !told.done.is_empty());
        let mut text = last.map(|(_, text)| text.into_bytes()).unwrap_or_default();
        text.extend(bytes(&Line::Begin { version: VERSION, repository: repository.to_owned() }));
        self.files.keep(&self.path, &text)
    }

    /// Each apply that it tells of, with its lines.
    fn runs(&self) -> Result<Vec<(Told, String)>, Failure> {
        let bytes = self.files.read(&self.path)?.unwrap_or_default();
        let mut runs: Vec<(Told, String)> = Vec::new();
        for text in String::from_utf8_lossy(&bytes).lines() {
            let Ok(line) = objects::read_back::<Line>(text.as_bytes()) else { continue };
            match (line, runs.last_mut()) {
                (Line::Begin { version: VERSION, repository }, _) => {
                    runs.push((Told { repository, ..Told::default() }, format!("{text}\n")));
                }
                (_, None) => {}
                // What is taken back is what the last apply did that did something.
                (Line::Undone { at }, _) => {
                    if let Some((told, kept)) = runs.iter_mut().rev().find(|(told, _)| !told.done.is_empty())
                    {
                        told.take(Line::Undone { at });
                        kept.extend([text, "\n"]);
                    }
                }
                (line, Some((told, kept))) => {
                    told.take(line);
                    kept.extend([text, "\n"]);
                }
            }
        }
        Ok(runs)
    }

    /// Writes a line, and returns once the disk has it.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn add(&self, line: &Line) -> Result<(), Failure> {
        self.files.append(&self.path, &bytes(line))
    }

    /// Removes it: there is nothing left to undo.
    ///
    /// # Errors
    /// Where it cannot be removed.
    pub(crate) fn remove(&self) -> Result<(), Failure> {
        self.files.remove(&self.path)
    }
}

/// A line with a line end on both sides: the one before may have been cut off.
fn bytes(line: &Line) -> Vec<u8> {
    // Texts, numbers and lists of them always can be written.
    format!("\n{}\n", serde_json::to_string(line).unwrap_or_default()).into_bytes()
}

impl Told {
    fn take(&mut self, line: Line) {
        match line {
            Line::Begin { .. } => {}
            Line::Intent { item, at } => {
                self.open.insert(item, at);
            }
            Line::Settled { item } => {
                self.open.remove(&item);
            }
            Line::Done { operation, done, before } => {
                if let Operation::CreateIssue { item, .. } = &*operation {
                    self.open.remove(item);
                }
                let (operation, before) = (*operation, before.map(|before| *before));
                self.done.push(Deed { operation, done, before, is_undone: false });
            }
            Line::Undone { at } => {
                self.done.get_mut(at).into_iter().for_each(|deed| deed.is_undone = true);
            }
            Line::End => self.is_ended = true,
        }
    }

    /// Writes into the lock what was done and may not stand there: the run was killed before it could write.
    pub(crate) fn replay(&self, lock: &mut Lock) {
        let (undone, done): (Vec<_>, Vec<_>) = self.done.iter().partition(|deed| deed.is_undone);
        done.iter().for_each(|deed| deed.operation.record(lock, deed.done));
        undone.iter().rev().for_each(|deed| deed.restore(lock));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Disk;

    fn intent(id: &str) -> Line {
        Line::Intent { item: Id::new(id).unwrap(), at: 7 }
    }

    #[test]
    fn what_was_about_to_be_made_stays_open_until_it_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_owned());
        let journal = Journal::beside(&disk, Path::new("roadbook.lock.json"));
        assert_eq!(journal.read().unwrap(), None);
        journal.begin("o/r").unwrap();
        for line in [intent("A-1"), intent("A-2"), Line::Settled { item: Id::new("A-1").unwrap() }] {
            journal.add(&line).unwrap();
        }
        let told = journal.read().unwrap().unwrap();
        assert_eq!(told.repository, "o/r");
        assert_eq!(told.open, BTreeMap::from([(Id::new("A-2").unwrap(), 7)]));
        assert!(!told.is_ended);
        journal.add(&Line::End).unwrap();
        assert!(journal.read().unwrap().unwrap().is_ended);
    }

    #[test]
    fn a_line_that_was_cut_off_at_any_byte_spoils_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_owned());
        let journal = Journal::beside(&disk, Path::new("roadbook.lock.json"));
        let cut = bytes(&intent("A-1"));
        for end in 0..cut.len() - 2 {
            journal.begin("o/r").unwrap();
            disk.append(Path::new(NAME), &cut[..end]).unwrap();
            assert_eq!(journal.read().unwrap().unwrap().open, BTreeMap::new());
            journal.add(&intent("A-2")).unwrap();
            assert_eq!(journal.read().unwrap().unwrap().open.len(), 1);
        }
    }
}
