//! The books of an apply: the lock, which says what was applied, and the journal, which says what may have been.

use std::{path::PathBuf, time::Duration};

use crate::{
    github::{
        journal::{Deed, Journal, Line, Told},
        plan::{Close, Done, Field, Operation, Pruned, Record},
        state::label_key,
    },
    io::{Clock, Failure, Files},
    model::Id,
    source::Lock,
};

/// The least time between two writes of the whole lock. Between them the journal holds what was done, and GitHub itself
/// is paced so that there is nothing between them.
const WRITE_EVERY: Duration = Duration::from_secs(1);

/// The lock and the journal beside it.
pub(crate) struct Ledger<'a> {
    files: &'a dyn Files,
    clock: &'a dyn Clock,
    path: PathBuf,
    /// What the lock file is known to hold.
    text: Option<Vec<u8>>,
    journal: Journal<'a>,
    /// What is known of GitHub.
    pub(crate) lock: Lock,
    written_at: Duration,
    /// Whether the journal tells of an apply that has not come to its end.
    is_open: bool,
}

impl<'a> Ledger<'a> {
    /// Opens the books. What a run that was killed had done is entered; what it told of that run is returned where it had
    /// not come to its end.
    ///
    /// # Errors
    /// Where they cannot be read or written.
    pub(crate) fn open(
        files: &'a dyn Files,
        clock: &'a dyn Clock,
        path: PathBuf,
        lock: Lock,
        repository: &str,
    ) -> Result<(Self, Option<Told>), Failure> {
        let journal = Journal::beside(files, &path);
        let text = files.read(&path)?;
        let (written_at, is_open) = (Duration::ZERO, false);
        let mut ledger = Self { files, clock, path, text, journal, lock, written_at, is_open };
        ledger.lock.repository = Some(repository.to_owned());
        let told = ledger.ours(ledger.journal.read()?).filter(|told| !told.is_ended);
        ledger.is_open = told.is_some();
        told.iter().for_each(|told| told.replay(&mut ledger.lock));
        Ok((ledger, told))
    }

    /// The same for a lock that was made from this text: a file that says something else by now is not written over.
    #[must_use]
    pub(crate) fn based_on(self, text: Option<Vec<u8>>) -> Self {
        Self { text, ..self }
    }

    /// What the journal tells of the last apply to this repository that did something.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(crate) fn deeds(&self) -> Result<Option<Told>, Failure> {
        Ok(self.ours(self.journal.deeds()?))
    }

    fn ours(&self, told: Option<Told>) -> Option<Told> {
        let ours = self.lock.repository.as_deref().unwrap_or_default();
        told.filter(|told| told.repository.eq_ignore_ascii_case(ours))
    }

    /// Begins the journal of a new apply: what the last one did is no longer to be undone once this one does something.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub(crate) fn begin(&mut self) -> Result<(), Failure> {
        self.is_open = true;
        self.journal.begin(self.lock.repository.as_deref().unwrap_or_default())
    }

    /// Says on the disk that an issue is about to be made.
    pub(super) fn intend(&self, item: &Id) -> Result<(), Failure> {
        self.journal.add(&Line::Intent { item: item.clone(), at: self.clock.now().as_millis() as u64 })
    }

    /// Says that a listing shows whether an issue was made.
    pub(super) fn settled(&self, item: &Id) -> Result<(), Failure> {
        self.journal.add(&Line::Settled { item: item.clone() })
    }

    /// What is left of an operation that GitHub did without these fields; `None` where nothing is.
    pub(super) fn without(&self, operation: &Operation, fields: &[Field]) -> Option<Operation> {
        operation.without(fields, before(operation, &self.lock).as_ref())
    }

    /// Enters what was done.
    pub(super) fn enter(&mut self, operation: &Operation, done: Option<Done>) -> Result<(), Failure> {
        let before = before(operation, &self.lock).map(Box::new);
        self.journal.add(&Line::Done { operation: Box::new(operation.clone()), done, before })?;
        operation.record(&mut self.lock, done);
        self.write_now_and_then()
    }

    /// Enters that what was done at this place of the journal is taken back.
    pub(super) fn take_back(&mut self, at: usize, deed: &Deed) -> Result<(), Failure> {
        self.journal.add(&Line::Undone { at })?;
        deed.restore(&mut self.lock);
        self.write_now_and_then()
    }

    fn write_now_and_then(&mut self) -> Result<(), Failure> {
        if self.clock.now() >= self.written_at + WRITE_EVERY { self.write() } else { Ok(()) }
    }

    /// Writes the lock.
    ///
    /// # Errors
    /// Where it cannot be written, or somebody else has written it. What was done then is in the journal, and the next run
    /// enters it into the lock that is there.
    pub(crate) fn write(&mut self) -> Result<(), Failure> {
        let text = self.lock.to_text().into_bytes();
        if !self.files.replace(&self.path, self.text.as_deref(), &text)? {
            return Err(Failure::changed(self.path.display()));
        }
        self.text = Some(text);
        self.written_at = self.clock.now();
        Ok(())
    }

    /// Writes the lock, and says that the apply came to its end.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        self.write()?;
        // What may have been made has to be settled by the next run.
        let is_settled = || Ok(self.journal.read()?.is_none_or(|told| told.open.is_empty()));
        if self.is_open && is_settled()? {
            self.is_open = false;
            self.journal.add(&Line::End)?;
        }
        Ok(())
    }

    /// Writes the lock, and removes the journal: it was undone.
    ///
    /// # Errors
    /// Where they cannot be written.
    pub(crate) fn forget(&mut self) -> Result<(), Failure> {
        self.write()?;
        self.journal.remove()
    }
}

/// The line of the lock that an operation changes.
fn before(operation: &Operation, lock: &Lock) -> Option<Record> {
    let of_issue = |item: &Id| {
        let entry = lock.issues.get(item.key())?.clone();
        Some(Record::Issue { item: item.clone(), entry })
    };
    let of_label = |is_it: &dyn Fn(&str, Option<u64>) -> bool| {
        let (key, entry) = lock.labels.iter().find(|(key, line)| is_it(key, line.id))?;
        Some(Record::Label { label: key.clone(), entry: entry.clone() })
    };
    match operation {
        Operation::CreateLabel { .. }
        | Operation::CreateMilestone { .. }
        | Operation::CreateIssue { .. }
        | Operation::AddLabel { .. } => None,
        Operation::ChangeLabel { id, .. } | Operation::MergeLabel { id, .. } => {
            of_label(&|_, known| known == Some(*id))
        }
        Operation::ChangeMilestone { item, .. } => {
            let entry = lock.milestones.get(item.key())?.clone();
            Some(Record::Milestone { item: item.clone(), entry })
        }
        Operation::ChangeIssue { item, .. } | Operation::ReopenIssue { item, .. } => of_issue(item),
        Operation::SetParent { issue, .. }
        | Operation::AddBlocker { issue, .. }
        | Operation::RemoveBlocker { issue, .. }
        | Operation::SetFields { issue, .. } => of_issue(issue.item()?),
        Operation::CloseIssue { close: Close::Pruned(id), .. } => of_issue(&Id::new(id)?),
        Operation::CloseIssue { issue, .. } => of_issue(issue.item()?),
        Operation::Prune { pruned: Pruned::Label { name, .. }, .. } => {
            of_label(&|key, _| *key == label_key(name))
        }
        Operation::Prune { pruned: Pruned::Milestone { .. }, .. } => None,
    }
}
