//! What is written there.

use super::{Memory, found, next};
use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Refused, Writer},
        fields::{FieldKind, FieldValue},
        plan::{Done, Field},
        remote::{Blocker, IssueKey, IssueName, Reason, RemoteIssue, RemoteLabel, RemoteMilestone},
        state::label_key,
        world::World,
    },
    source::schema::{State, StateReason},
};

impl Memory {
    /// An issue as it is answered: without the people that were sent, where those are dropped.
    fn with_people(&self, sent: &IssueChange, got: RemoteIssue) -> Result<RemoteIssue, Refused> {
        if !self.drops_people.get() || sent.assignees.as_ref().is_none_or(Vec::is_empty) {
            return Ok(got);
        }
        self.touch(got.number, |issue| issue.assignees.clear())?;
        let done = Done::Issue(IssueKey { id: got.id, number: got.number });
        Err(Refused::Dropped { words: "not its assignees".into(), fields: vec![Field::Assignees], done })
    }

    /// Changes what an issue waits for, and what it says of their number.
    fn relate(&self, issue: u64, act: impl FnOnce(&mut Vec<Blocker>)) -> Result<(), Refused> {
        let missing = || Refused::Missing("this server knows no dependencies".into());
        let mut world = self.world.borrow_mut();
        let blockers = world.blocked_by.as_mut().ok_or_else(missing)?.entry(issue).or_default();
        act(blockers);
        let count = blockers.len() as u64;
        drop(world);
        self.touch(issue, |issue| issue.blockers = Some(count)).map(drop)
    }

    /// Changes the labels of an issue or a pull request.
    fn relabel(&self, number: u64, act: impl FnOnce(&mut Vec<String>)) -> Result<(), Refused> {
        if let Some(labels) = self.world.borrow_mut().pull_labels.get_mut(&number) {
            act(labels);
            return Ok(());
        }
        self.touch(number, |issue| act(&mut issue.labels)).map(drop)
    }
}

/// A text as GitHub keeps it: an empty one is none.
fn kept(text: &Option<String>) -> Option<String> {
    text.clone().filter(|text| !text.is_empty())
}

/// Refuses a name that is taken already.
fn free(is_taken: bool, what: &str, name: &str) -> Result<(), Refused> {
    if is_taken { Err(Refused::Exists(format!("the {what} `{name}` exists already"))) } else { Ok(()) }
}

impl Writer for Memory {
    fn create_label(&self, label: &LabelChange) -> Result<RemoteLabel, Refused> {
        self.write(|| {
            let labels = &mut self.world.borrow_mut().labels;
            let name = label.name.clone().unwrap();
            free(labels.iter().any(|it| label_key(&it.name) == label_key(&name)), "label", &name)?;
            let color = label.color.clone().unwrap_or_else(|| "ededed".into());
            let id = next(7000, labels.iter().map(|label| label.id));
            labels.push(RemoteLabel { id, name, color, description: kept(&label.description) });
            found(labels.last().cloned())
        })
    }

    fn update_label(&self, name: &str, change: &LabelChange) -> Result<RemoteLabel, Refused> {
        self.write(|| {
            let World { labels, issues, .. } = &mut *self.world.borrow_mut();
            let at = found(labels.iter().position(|label| label.name == name))?;
            if let Some(new) = &change.name {
                let mut others = labels.iter().filter(|label| label.name != name);
                free(others.any(|it| label_key(&it.name) == label_key(new)), "label", new)?;
                let bearers = issues.iter_mut().flat_map(|issue| &mut issue.labels);
                bearers.filter(|label| *label == name).for_each(|label| label.clone_from(new));
                labels[at].name.clone_from(new);
            }
            let label = &mut labels[at];
            label.color = change.color.clone().unwrap_or_else(|| label.color.clone());
            if change.description.is_some() {
                label.description = kept(&change.description);
            }
            Ok(label.clone())
        })
    }

    fn delete_label(&self, name: &str) -> Result<(), Refused> {
        self.write(|| {
            let World { labels, issues, .. } = &mut *self.world.borrow_mut();
            labels.retain(|label| label.name != name);
            issues.iter_mut().for_each(|issue| issue.labels.retain(|it| label_key(it) != label_key(name)));
            Ok(())
        })
    }

    fn create_milestone(&self, milestone: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        self.write(|| {
            let milestones = &mut self.world.borrow_mut().milestones;
            let title = milestone.title.clone().unwrap();
            free(milestones.iter().any(|known| known.title == title), "milestone", &title)?;
            let number = next(0, milestones.iter().map(|it| it.number));
            milestones.push(RemoteMilestone {
                id: 500 + number,
                number,
                title,
                description: kept(&milestone.description),
                due_on: milestone.due_on.flatten(),
                state: milestone.state.unwrap_or(State::Open),
                closed_on: None,
            });
            found(milestones.last().cloned())
        })
    }

    fn update_milestone(&self, number: u64, change: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        self.write(|| {
            let milestones = &mut self.world.borrow_mut().milestones;
            if let Some(title) = &change.title {
                let mut others = milestones.iter().filter(|milestone| milestone.number != number);
                free(others.any(|known| known.title == *title), "milestone", title)?;
            }
            let milestone = found(milestones.iter_mut().find(|milestone| milestone.number == number))?;
            milestone.title = change.title.clone().unwrap_or_else(|| milestone.title.clone());
            if change.description.is_some() {
                milestone.description = kept(&change.description);
            }
            milestone.due_on = change.due_on.unwrap_or(milestone.due_on);
            milestone.state = change.state.unwrap_or(milestone.state);
            Ok(milestone.clone())
        })
    }

    fn delete_milestone(&self, number: u64) -> Result<(), Refused> {
        self.write(|| {
            let World { milestones, issues, .. } = &mut *self.world.borrow_mut();
            milestones.retain(|milestone| milestone.number != number);
            let inside = issues.iter_mut().filter(|issue| issue.milestone == Some(number));
            inside.for_each(|issue| issue.milestone = None);
            Ok(())
        })
    }

    fn create_issue(&self, issue: &IssueChange) -> Result<RemoteIssue, Refused> {
        self.write(|| {
            let mut world = self.world.borrow_mut();
            let number = next(0, world.issues.iter().map(|it| it.number).chain(world.pulls.keys().copied()));
            world.issues.push(new_issue(number, issue));
            world.blocked_by.iter_mut().for_each(|all| drop(all.insert(number, Vec::new())));
            drop(world);
            if self.lag.get() > 0 {
                self.hidden.borrow_mut().push((number, self.lag.get()));
            }
            let made = self.touch(number, |_| {})?;
            self.with_people(issue, made)
        })
    }

    fn update_issue(&self, number: u64, change: &IssueChange) -> Result<RemoteIssue, Refused> {
        self.write(|| {
            let changed = self.touch(number, |issue| put(issue, change))?;
            self.with_people(change, changed)
        })
    }

    fn add_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        self.write(|| self.relabel(number, |labels| labels.push(name.to_owned())))
    }

    fn remove_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        self.write(|| self.relabel(number, |labels| labels.retain(|label| label != name)))
    }

    fn set_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused> {
        self.write(|| self.touch(child.number, |issue| issue.parent = Some(Some(parent.clone()))).map(drop))
    }

    fn unset_parent(&self, _: &IssueName, child: IssueKey) -> Result<(), Refused> {
        self.write(|| self.touch(child.number, |issue| issue.parent = Some(None)).map(drop))
    }

    fn add_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        self.write(|| {
            self.relate(issue, |blockers| {
                if !blockers.contains(blocker) {
                    blockers.push(blocker.clone());
                }
            })
        })
    }

    fn remove_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        self.write(|| self.relate(issue, |blockers| blockers.retain(|known| known != blocker)))
    }

    fn set_fields(&self, issue: u64, values: &[(FieldKind, FieldValue)]) -> Result<Vec<FieldValue>, Refused> {
        let put = |issue: &mut RemoteIssue| {
            let all = issue.fields.get_or_insert_default();
            for (_, value) in values {
                all.retain(|known| known.field != value.field);
                all.push(value.clone());
            }
        };
        self.write(|| self.touch(issue, put).map(|it| it.fields.unwrap_or_default()))
    }

    fn empty_field(&self, issue: u64, field: u64) -> Result<(), Refused> {
        let empty = |issue: &mut RemoteIssue| {
            issue.fields.iter_mut().for_each(|values| values.retain(|value| value.field != field));
        };
        self.write(|| self.touch(issue, empty).map(drop))
    }
}

/// An issue that was just made, and is open whatever was sent.
fn new_issue(number: u64, sent: &IssueChange) -> RemoteIssue {
    let mut issue = RemoteIssue {
        id: 1000 + number,
        number,
        title: String::new(),
        body: String::new(),
        state: State::Open,
        state_reason: None,
        labels: Vec::new(),
        assignees: Vec::new(),
        milestone: None,
        kind: None,
        parent: Some(None),
        blockers: Some(0),
        fields: Some(Vec::new()),
        updated_at: String::new(),
        closed_on: None,
        is_locked: false,
    };
    put(&mut issue, &IssueChange { state: None, ..sent.clone() });
    issue
}

/// Puts what was sent into an issue.
fn put(issue: &mut RemoteIssue, sent: &IssueChange) {
    let IssueChange { title, body, labels, assignees, milestone, kind, state } = sent.clone();
    issue.title = title.unwrap_or_else(|| issue.title.clone());
    issue.body = body.unwrap_or_else(|| issue.body.clone());
    issue.labels = labels.unwrap_or_else(|| issue.labels.clone());
    issue.assignees = assignees.unwrap_or_else(|| issue.assignees.clone());
    issue.milestone = milestone.unwrap_or(issue.milestone);
    issue.kind = kind.unwrap_or_else(|| issue.kind.clone());
    if let Some((state, reason)) = state {
        issue.state_reason = Some(match state {
            State::Open => Reason::Reopened,
            State::Closed => Reason::Closed(reason.unwrap_or(StateReason::Completed)),
        });
        issue.state = state;
    }
}
