//! A plan, carried out: one operation after the other, each entered into the books before the next.
//!
//! ```text
//!  Plan ─▶ operate ─▶ Known (a writer that remembers) ─▶ GitHub
//!             │  └──▶ settle: was it made, where no answer came?
//!             └─────▶ Ledger: journal, lock
//! ```
//!
//! Whatever is changed is read again just before, and left alone where somebody changed it since it was planned: GitHub
//! knows no compare-and-swap. What is left is planned anew in the next round, against what is there then.

mod change;
mod fields;
mod known;
mod ledger;
mod merge;
mod operate;
mod preflight;
mod settle;
mod stale;
mod undo;

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

pub(crate) use known::Known;
pub(crate) use ledger::Ledger;
pub(crate) use preflight::{guard, may_write};
pub(crate) use stale::stale;
pub(crate) use undo::stays;

use super::{
    api::Refused,
    plan::{Base, Done, Field, FieldChange, IssueRef, MilestoneRef, Operation, Plan, Pruned},
    remote::{Blocker, IssueKey, IssueName, RemoteIssue},
};
use crate::{
    io::{Clock, Failure},
    model::Id,
};

/// Why an apply ended before it was through.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// GitHub, the network or the disk.
    Failure(Failure),
    /// It is not known whether something was made. Only time tells.
    Unknown(String),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// What came of carrying out a plan.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Round {
    /// How many operations were done.
    pub(crate) done: usize,
    /// What was not done, and why, in words.
    pub(crate) left: Vec<String>,
    /// How many operations were not done because they need something that was not made.
    pub(crate) waiting: usize,
    /// What this server does not know, and is left as it is.
    pub(crate) notes: BTreeSet<String>,
    /// Issue fields whose values were dropped, each with the issues.
    dropped: BTreeMap<String, Vec<String>>,
}

/// What came of one operation.
enum Outcome {
    /// It is done, and made this.
    Done(Option<Done>),
    /// It is done but for these fields, for this reason.
    Partly { done: Option<Done>, fields: Vec<Field>, why: String },
    /// Of the values for issue fields GitHub kept what is left of the operation, and dropped the others.
    Unfilled { kept: Option<Box<Operation>>, dropped: Vec<FieldChange> },
    /// It was not done, for this reason; others may be.
    Left(String),
    /// It cannot be done on this server.
    Lacking(String),
    /// It needs something that was not made.
    Waits,
}

/// Everything that an apply holds in hand.
pub(crate) struct Apply<'a> {
    /// Where it writes.
    pub(crate) writer: &'a Known<'a>,
    /// What it waits by.
    pub(crate) clock: &'a dyn Clock,
    /// Whether GitHub is on this machine, and lags by less.
    pub(crate) is_local: bool,
    /// The lock and the journal.
    pub(crate) ledger: Ledger<'a>,
    /// Where waits are told.
    pub(crate) notice: &'a dyn Fn(&str),
    /// Where it is told how far it has come.
    pub(crate) progress: &'a dyn Fn(&str),
    /// How many operations were done so far.
    pub(crate) done: usize,
    made: Made,
}

/// What this run made and wrote.
#[derive(Default)]
struct Made {
    issues: BTreeMap<Id, IssueKey>,
    milestones: BTreeMap<Id, u64>,
    /// The issues that got a label, and the label's key.
    labelled: BTreeSet<(u64, String)>,
    /// The issues that were written, as they were then.
    written: BTreeMap<u64, Base>,
}

impl<'a> Apply<'a> {
    /// Takes everything in hand; nothing is sent yet.
    pub(crate) fn new(
        writer: &'a Known<'a>,
        (clock, is_local): (&'a dyn Clock, bool),
        ledger: Ledger<'a>,
        notice: &'a dyn Fn(&str),
        progress: &'a dyn Fn(&str),
    ) -> Self {
        Self { writer, clock, is_local, ledger, notice, progress, done: 0, made: Made::default() }
    }

    /// Carries out a plan.
    ///
    /// # Errors
    /// Where nothing more can be done; what was done until then stands in the books.
    pub(crate) fn round(&mut self, plan: &Plan) -> Result<Round, Stop> {
        plan.records.iter().for_each(|record| record.put(&mut self.ledger.lock));
        let mut round = Round::default();
        let count = plan.operations.len();
        for (place, operation) in plan.operations.iter().enumerate() {
            let name = name(operation);
            (self.progress)(&format!("{}/{count} {name}", place + 1));
            match self.operate(operation)? {
                Outcome::Done(done) => {
                    self.enter(operation, done)?;
                    round.done += 1;
                }
                Outcome::Partly { done, fields, why } => {
                    if let Some(operation) = self.ledger.without(operation, &fields) {
                        self.enter(&operation, done)?;
                        round.done += 1;
                    }
                    round.left.push(format!("{name}: {why}"));
                }
                Outcome::Unfilled { kept, dropped } => {
                    if let Some(kept) = kept {
                        self.enter(&kept, None)?;
                        round.done += 1;
                    }
                    round.drop(operation, &dropped);
                }
                Outcome::Lacking(why) => {
                    round.notes.insert(why);
                }
                Outcome::Left(why) => round.left.push(format!("{name}: {why}")),
                Outcome::Waits => round.waiting += 1,
            }
        }
        round.tell_dropped();
        self.ledger.write()?;
        Ok(round)
    }

    /// Enters what was done into the books, and counts it.
    fn enter(&mut self, operation: &Operation, done: Option<Done>) -> Result<(), Failure> {
        self.ledger.enter(operation, done)?;
        self.remember(operation, done);
        self.done += 1;
        Ok(())
    }

    /// Keeps what later operations refer to.
    fn remember(&mut self, operation: &Operation, done: Option<Done>) {
        match (operation, done) {
            (Operation::CreateIssue { item, .. }, Some(Done::Issue(key))) => {
                self.made.issues.insert(item.clone(), key);
            }
            (Operation::CreateMilestone { item, .. }, Some(Done::Milestone(key))) => {
                self.made.milestones.insert(item.clone(), key.number);
            }
            _ => {}
        }
    }

    /// The numbers of an issue; `None` for one that was not made.
    fn key(&self, issue: &IssueRef) -> Option<IssueKey> {
        match issue {
            IssueRef::Made { made } => self.made.issues.get(made).copied(),
            IssueRef::There { key, .. } => Some(*key),
            IssueRef::Elsewhere { elsewhere, id } => id.map(|id| IssueKey { id, number: elsewhere.number }),
        }
    }

    /// Where an issue is; `None` for one that was not made.
    fn place(&self, issue: &IssueRef) -> Option<IssueName> {
        match issue {
            IssueRef::Elsewhere { elsewhere, .. } => Some(elsewhere.clone()),
            _ => self.key(issue).map(|key| IssueName::here(key.number)),
        }
    }

    /// An issue that is waited for; `None` for one that was not made, or whose REST id nobody said.
    fn blocker(&self, issue: &IssueRef) -> Option<Blocker> {
        Some(Blocker { name: self.place(issue)?, id: self.key(issue)?.id })
    }

    /// The number of a milestone; `None` for one that was not made.
    fn milestone(&self, milestone: &MilestoneRef) -> Option<u64> {
        match milestone {
            MilestoneRef::Made { made } => self.made.milestones.get(made).copied(),
            MilestoneRef::There { number, .. } => Some(*number),
        }
    }

    /// Keeps an issue as it was written, so that our own change is not taken for somebody else's.
    fn wrote(&mut self, issue: &RemoteIssue) {
        self.made.written.insert(issue.number, Base::of_issue(issue));
    }

    /// A wait of our own choice; hardly any where GitHub is on this machine.
    fn scaled(&self, wait: Duration) -> Duration {
        if self.is_local { wait / 1000 } else { wait }
    }
}

/// What became of a refusal that leaves others to be done.
fn left(refused: Refused) -> Result<Outcome, Stop> {
    match refused {
        Refused::This(words) | Refused::Exists(words) | Refused::Missing(words) => Ok(Outcome::Left(words)),
        Refused::Dropped { words, fields, done } => {
            Ok(Outcome::Partly { done: Some(done), fields, why: words })
        }
        Refused::Unknown(words) => Ok(Outcome::Left(format!("{words}; whether it was done is not known"))),
        Refused::All(failure) => Err(Stop::Failure(failure)),
    }
}

/// What an operation does, in a few words.
pub(crate) fn name(operation: &Operation) -> String {
    match operation {
        Operation::CreateLabel { label, .. } => format!("make label `{}`", label.name),
        Operation::ChangeLabel { name, .. } => format!("change label `{name}`"),
        Operation::CreateMilestone { item, .. } => format!("make milestone `{item}`"),
        Operation::ChangeMilestone { item, .. } => format!("change milestone `{item}`"),
        Operation::CreateIssue { item, .. } => format!("make `{item}`"),
        Operation::ChangeIssue { item, .. } => format!("change `{item}`"),
        Operation::SetParent { issue, .. } => format!("set the parent of {}", named(issue)),
        Operation::AddBlocker { issue, blocker } => {
            format!("let {} wait for {}", named(issue), named(blocker))
        }
        Operation::RemoveBlocker { issue, blocker } => {
            format!("let {} wait for {} no more", named(issue), named(blocker))
        }
        Operation::CloseIssue { issue, .. } => format!("close {}", named(issue)),
        Operation::SetFields { issue, .. } => format!("fill the issue fields of {}", named(issue)),
        Operation::ReopenIssue { item, .. } => format!("reopen `{item}`"),
        Operation::AddLabel { number, label, .. } => format!("put label `{label}` on #{number}"),
        Operation::MergeLabel { merged, into, .. } => format!("merge label `{}` into `{into}`", merged.name),
        Operation::Prune { pruned: Pruned::Label { name, .. }, .. } => format!("remove label `{name}`"),
        Operation::Prune { pruned: Pruned::Milestone { title, .. }, .. } => {
            format!("remove milestone `{title}`")
        }
    }
}

fn named(issue: &IssueRef) -> String {
    match issue {
        IssueRef::Made { made: item } | IssueRef::There { item: Some(item), .. } => format!("`{item}`"),
        IssueRef::There { item: None, key } => format!("#{}", key.number),
        IssueRef::Elsewhere { elsewhere, .. } => format!("`{elsewhere}`"),
    }
}

#[cfg(test)]
mod tests;
