//! A repository in memory with GitHub's rules as far as an apply meets them, and with faults at any call.

use std::{
    cell::{Cell, RefCell},
    panic::resume_unwind,
};

use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Reader, Refused, Writer},
        fields::{FieldKind, FieldValue},
        plan::{Done, Field},
        remote::{
            Blocker, Fetched, Gone, IssueKey, IssueName, Reason, RemoteIssue, RemoteLabel, RemoteMilestone,
            Repository,
        },
    },
    io::{Failure, FailureKind},
    source::schema::State,
};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The run is killed before the request goes out: nothing happens, and nothing goes on.
    KilledBefore,
    /// The run is killed before the answer comes: it happens, and nothing goes on.
    KilledAfter,
    /// It happens, and the answer is lost.
    AnswerLost,
    /// It does not happen, and no answer comes.
    RequestLost,
    /// It is refused.
    Refused,
}

/// The repository.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) labels: RefCell<Vec<RemoteLabel>>,
    pub(super) milestones: RefCell<Vec<RemoteMilestone>>,
    pub(super) issues: RefCell<Vec<RemoteIssue>>,
    pub(super) blockers: RefCell<Vec<(u64, Blocker)>>,
    /// How many calls were made.
    pub(super) calls: Cell<usize>,
    /// What goes wrong, and at which call.
    pub(super) fault: Cell<Option<(usize, Fault)>>,
    /// Whether people are dropped in silence, as where whoever asks may not set them.
    pub(super) drops_people: Cell<bool>,
    /// How many listings do not show an issue that was just made.
    pub(super) lag: Cell<usize>,
    /// The issues that lists do not show yet, and for how many listings more.
    hidden: RefCell<Vec<(u64, usize)>>,
    clock: Cell<u64>,
}

/// What a run that is killed unwinds with.
pub(super) struct Killed;

/// What becomes of a call.
enum Fate {
    Killed,
    KilledBut,
    Done,
    Never(Refused),
    DoneBut(Refused),
}

impl Memory {
    fn stop() -> Failure {
        Failure::new(FailureKind::GitHub, "GitHub cannot be reached")
    }

    fn now(&self) -> String {
        self.clock.set(self.clock.get() + 1);
        format!("2026-01-01T00:00:{:06}Z", self.clock.get())
    }

    fn fate(&self) -> Fate {
        self.calls.set(self.calls.get() + 1);
        match self.fault.get().filter(|(at, _)| *at == self.calls.get()) {
            None => Fate::Done,
            Some((_, Fault::KilledBefore)) => Fate::Killed,
            Some((_, Fault::KilledAfter)) => Fate::KilledBut,
            Some((_, Fault::AnswerLost)) => Fate::DoneBut(Refused::Unknown("no answer came".into())),
            Some((_, Fault::RequestLost)) => Fate::Never(Refused::Unknown("no answer came".into())),
            Some((_, Fault::Refused)) => Fate::Never(Refused::This("GitHub refuses it".into())),
        }
    }

    fn write<T>(&self, act: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
        match self.fate() {
            Fate::Done => act(),
            Fate::Never(refused) => Err(refused),
            Fate::DoneBut(refused) => act().and(Err(refused)),
            Fate::Killed => resume_unwind(Box::new(Killed)),
            Fate::KilledBut => {
                let _ = act();
                resume_unwind(Box::new(Killed))
            }
        }
    }

    fn read<T>(&self, act: impl FnOnce() -> T) -> Result<T, Failure> {
        match self.fate() {
            Fate::Done => Ok(act()),
            Fate::Killed | Fate::KilledBut => resume_unwind(Box::new(Killed)),
            _ => Err(Self::stop()),
        }
    }

    fn touch(&self, number: u64, act: impl FnOnce(&mut RemoteIssue)) -> Result<RemoteIssue, Refused> {
        let now = self.now();
        let mut issues = self.issues.borrow_mut();
        let issue = issues.iter_mut().find(|issue| issue.number == number);
        let issue = issue.ok_or_else(|| Refused::This("not there".into()))?;
        act(issue);
        issue.updated_at = now;
        Ok(issue.clone())
    }

    /// An issue as it is answered: without the people that were sent, where those are dropped.
    fn with_people(&self, sent: &IssueChange, got: RemoteIssue) -> Result<RemoteIssue, Refused> {
        if !self.drops_people.get() || sent.assignees.as_ref().is_none_or(Vec::is_empty) {
            return Ok(got);
        }
        self.touch(got.number, |issue| issue.assignees.clear())?;
        let done = Done::Issue(IssueKey { id: got.id, number: got.number });
        Err(Refused::Dropped { words: "not its assignees".into(), fields: vec![Field::Assignees], done })
    }

    /// A person edits an issue.
    pub(super) fn edit(&self, number: u64, act: impl FnOnce(&mut RemoteIssue)) {
        self.touch(number, act).unwrap();
    }
}

impl Reader for Memory {
    fn repository(&self) -> Result<Repository, Failure> {
        self.read(|| Repository {
            full_name: "o/r".into(),
            can_push: true,
            has_issues: true,
            is_archived: false,
        })
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        self.read(|| self.labels.borrow().clone())
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        self.read(|| self.milestones.borrow().clone())
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        self.read(|| {
            let mut hidden = self.hidden.borrow_mut();
            let is_shown = |issue: &&RemoteIssue| !hidden.iter().any(|(number, _)| *number == issue.number);
            let shown = self.issues.borrow().iter().filter(is_shown).cloned().collect();
            hidden.iter_mut().for_each(|(_, left)| *left -= 1);
            hidden.retain(|(_, left)| *left > 0);
            shown
        })
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        let found = || self.issues.borrow().iter().find(|issue| issue.number == number).cloned();
        self.read(|| found().map_or(Fetched::Gone(Gone::Deleted), |issue| Fetched::Issue(Box::new(issue))))
    }

    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        let blockers = self.blockers.borrow();
        let blockers = blockers.iter().filter(|(issue, _)| *issue == number);
        let blockers = blockers.map(|(_, blocker)| blocker.clone()).collect();
        self.read(|| Some(blockers))
    }
}

impl Writer for Memory {
    fn create_label(&self, label: &LabelChange) -> Result<RemoteLabel, Refused> {
        self.write(|| {
            let mut labels = self.labels.borrow_mut();
            let name = label.name.clone().unwrap();
            if labels.iter().any(|known| known.name.eq_ignore_ascii_case(&name)) {
                return Err(Refused::Exists(format!("the label `{name}` exists already")));
            }
            let color = label.color.clone().unwrap_or_else(|| "ededed".into());
            let made = RemoteLabel {
                id: 1 + labels.len() as u64,
                name,
                color,
                description: label.description.clone().filter(|text| !text.is_empty()),
            };
            labels.push(made.clone());
            Ok(made)
        })
    }

    fn update_label(&self, name: &str, change: &LabelChange) -> Result<RemoteLabel, Refused> {
        self.write(|| {
            let mut labels = self.labels.borrow_mut();
            let label = labels.iter_mut().find(|label| label.name == name);
            let label = label.ok_or_else(|| Refused::This("not there".into()))?;
            if let Some(new) = &change.name {
                for issue in &mut *self.issues.borrow_mut() {
                    issue
                        .labels
                        .iter_mut()
                        .filter(|label| *label == name)
                        .for_each(|label| label.clone_from(new));
                }
                label.name.clone_from(new);
            }
            label.color = change.color.clone().unwrap_or_else(|| label.color.clone());
            if change.description.is_some() {
                label.description = change.description.clone().filter(|text| !text.is_empty());
            }
            Ok(label.clone())
        })
    }

    fn delete_label(&self, name: &str) -> Result<(), Refused> {
        self.write(|| {
            self.labels.borrow_mut().retain(|label| label.name != name);
            Ok(())
        })
    }

    fn create_milestone(&self, milestone: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        self.write(|| {
            let mut milestones = self.milestones.borrow_mut();
            let title = milestone.title.clone().unwrap();
            if milestones.iter().any(|known| known.title == title) {
                return Err(Refused::Exists(format!("the milestone `{title}` exists already")));
            }
            let number = 1 + milestones.len() as u64;
            let made = RemoteMilestone {
                id: 500 + number,
                number,
                title,
                description: milestone.description.clone().filter(|text| !text.is_empty()),
                due_on: milestone.due_on.flatten(),
                state: milestone.state.unwrap_or(State::Open),
                closed_on: None,
            };
            milestones.push(made.clone());
            Ok(made)
        })
    }

    fn update_milestone(&self, number: u64, change: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        self.write(|| {
            let mut milestones = self.milestones.borrow_mut();
            let milestone = milestones.iter_mut().find(|milestone| milestone.number == number);
            let milestone = milestone.ok_or_else(|| Refused::This("not there".into()))?;
            milestone.title = change.title.clone().unwrap_or_else(|| milestone.title.clone());
            if change.description.is_some() {
                milestone.description = change.description.clone().filter(|text| !text.is_empty());
            }
            milestone.due_on = change.due_on.unwrap_or(milestone.due_on);
            milestone.state = change.state.unwrap_or(milestone.state);
            Ok(milestone.clone())
        })
    }

    fn delete_milestone(&self, number: u64) -> Result<(), Refused> {
        self.write(|| {
            self.milestones.borrow_mut().retain(|milestone| milestone.number != number);
            Ok(())
        })
    }

    fn create_issue(&self, issue: &IssueChange) -> Result<RemoteIssue, Refused> {
        self.write(|| {
            let number = 1 + self.issues.borrow().len() as u64;
            let made = RemoteIssue {
                id: 1000 + number,
                number,
                title: issue.title.clone().unwrap(),
                body: issue.body.clone().unwrap_or_default(),
                state: State::Open,
                state_reason: None,
                labels: issue.labels.clone().unwrap_or_default(),
                assignees: issue.assignees.clone().unwrap_or_default(),
                milestone: issue.milestone.flatten(),
                kind: issue.kind.clone().flatten(),
                parent: Some(None),
                blockers: Some(0),
                fields: Some(Vec::new()),
                updated_at: self.now(),
                closed_on: None,
                is_locked: false,
            };
            self.issues.borrow_mut().push(made.clone());
            if self.lag.get() > 0 {
                self.hidden.borrow_mut().push((number, self.lag.get()));
            }
            self.with_people(issue, made)
        })
    }

    fn update_issue(&self, number: u64, change: &IssueChange) -> Result<RemoteIssue, Refused> {
        self.write(|| {
            let changed = self.touch(number, |issue| {
                let IssueChange { title, body, labels, assignees, milestone, kind, state } = change.clone();
                issue.title = title.unwrap_or_else(|| issue.title.clone());
                issue.body = body.unwrap_or_else(|| issue.body.clone());
                issue.labels = labels.unwrap_or_else(|| issue.labels.clone());
                issue.assignees = assignees.unwrap_or_else(|| issue.assignees.clone());
                issue.milestone = milestone.unwrap_or(issue.milestone);
                issue.kind = kind.unwrap_or_else(|| issue.kind.clone());
                if let Some((state, reason)) = state {
                    issue.state = state;
                    issue.state_reason = reason.map(Reason::Closed);
                }
            })?;
            self.with_people(change, changed)
        })
    }

    fn add_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        self.write(|| self.touch(number, |issue| issue.labels.push(name.to_owned())).map(drop))
    }

    fn remove_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        self.write(|| self.touch(number, |issue| issue.labels.retain(|label| label != name)).map(drop))
    }

    fn set_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused> {
        self.write(|| self.touch(child.number, |issue| issue.parent = Some(Some(parent.clone()))).map(drop))
    }

    fn unset_parent(&self, _: &IssueName, child: IssueKey) -> Result<(), Refused> {
        self.write(|| self.touch(child.number, |issue| issue.parent = Some(None)).map(drop))
    }

    fn add_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        self.write(|| {
            let relation = (issue, blocker.clone());
            if !self.blockers.borrow().contains(&relation) {
                self.blockers.borrow_mut().push(relation);
                self.touch(issue, |issue| issue.blockers = issue.blockers.map(|count| count + 1))?;
            }
            Ok(())
        })
    }

    fn remove_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        self.write(|| {
            let relation = (issue, blocker.clone());
            if self.blockers.borrow().contains(&relation) {
                self.blockers.borrow_mut().retain(|known| *known != relation);
                self.touch(issue, |issue| issue.blockers = issue.blockers.map(|count| count - 1))?;
            }
            Ok(())
        })
    }

    fn set_fields(&self, issue: u64, values: &[(FieldKind, FieldValue)]) -> Result<Vec<FieldValue>, Refused> {
        let values: Vec<_> = values.iter().map(|(_, value)| value.clone()).collect();
        self.write(|| {
            self.touch(issue, |issue| issue.fields = Some(values.clone()))
                .map(|it| it.fields.unwrap_or_default())
        })
    }

    fn empty_field(&self, issue: u64, field: u64) -> Result<(), Refused> {
        self.write(|| {
            let fields = |issue: &mut RemoteIssue| {
                issue.fields.iter_mut().for_each(|values| values.retain(|value| value.field != field));
            };
            self.touch(issue, fields).map(drop)
        })
    }
}
