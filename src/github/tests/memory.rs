//! A repository in memory, and what doing a plan makes of it.

use std::collections::BTreeMap;

use crate::{
    github::{
        api::Reader,
        fields::{FieldValue, Fillable},
        plan::{
            Base, Done, IssueField, IssueRef, LabelField, MilestoneField, MilestoneRef, NewIssue, Operation,
            Plan, Pruned,
        },
        remote::{
            Blocker, Fetched, Gone, IssueKey, IssueName, Reason, RemoteIssue, RemoteLabel, RemoteMilestone,
            Repository,
        },
        state::{IssueState, Label, label_key},
        world::World,
    },
    io::Failure,
    source::{Lock, schema::State},
};

/// A repository without anything in it.
pub(super) fn empty() -> World {
    let repository =
        Repository { full_name: "o/r".into(), can_push: true, has_issues: true, is_archived: false };
    World {
        repository,
        labels: Vec::new(),
        milestones: Vec::new(),
        issues: Vec::new(),
        blocked_by: Some(BTreeMap::new()),
        gone: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        pulls: BTreeMap::new(),
        pull_labels: BTreeMap::new(),
        fillable: Fillable::default(),
    }
}

/// Does what can be done; how many operations were refused, since the world had moved on.
pub(super) fn simulate(plan: &Plan, world: &mut World, lock: &mut Lock) -> usize {
    plan.records.iter().for_each(|record| record.put(lock));
    let mut refused = 0;
    let mut run = Run { world, made: BTreeMap::new(), milestones: BTreeMap::new() };
    for operation in &plan.operations {
        match run.one(operation) {
            Some(done) => operation.record(lock, done),
            None => refused += 1,
        }
    }
    refused
}

struct Run<'w> {
    world: &'w mut World,
    made: BTreeMap<String, IssueKey>,
    milestones: BTreeMap<String, u64>,
}

impl Run<'_> {
    fn one(&mut self, operation: &Operation) -> Option<Option<Done>> {
        match operation {
            Operation::CreateLabel { label, .. } => {
                let id = self.world.labels.len() as u64 + 7000;
                assert!(!self.has_label(&label.name), "already_exists {}", label.name);
                self.world.labels.push(RemoteLabel {
                    id,
                    name: label.name.clone(),
                    color: label.color.get().cloned().unwrap_or("ededed".into()),
                    description: label.description.get().cloned(),
                });
                return Some(Some(Done::Label(id)));
            }
            Operation::ChangeLabel { id, fields, base, .. } => self.change_label(*id, fields, base)?,
            Operation::CreateMilestone { item, milestone, .. } => {
                let number = self.world.milestones.iter().map(|it| it.number).max().unwrap_or(0) + 1;
                self.world.milestones.push(RemoteMilestone {
                    id: number + 500,
                    number,
                    title: milestone.title.clone(),
                    description: milestone.description.get().cloned(),
                    due_on: milestone.due_on.get().copied(),
                    state: milestone.state.get().copied().unwrap_or(State::Open),
                    closed_on: None,
                });
                self.milestones.insert(item.key().into(), number);
                return Some(Some(Done::Milestone(IssueKey { id: number + 500, number })));
            }
            Operation::ChangeMilestone { key, fields, base, .. } => {
                self.change_milestone(key.number, fields, base)?
            }
            Operation::CreateIssue { item, issue, .. } => {
                let key = self.create(issue);
                self.made.insert(item.key().into(), key);
                return Some(Some(Done::Issue(key)));
            }
            Operation::ChangeIssue { key, fields, base, .. } => self.change(key.number, fields, base)?,
            Operation::SetParent { issue, was, becomes } => {
                let (child, was) = (self.key(issue)?, was.as_ref().and_then(|it| self.name(it)));
                let becomes = becomes.as_ref().map(|parent| self.name(parent));
                let child = self.issue(child.number)?;
                if child.parent.clone().flatten() != was {
                    return None;
                }
                child.parent = Some(becomes.map_or(Some(None), |it| it.map(Some))?);
            }
            Operation::AddBlocker { issue, blocker } => {
                let (issue, blocker) = (self.key(issue)?, self.blocker(blocker)?);
                self.world.blocked_by.as_mut()?.entry(issue.number).or_default().push(blocker);
            }
            Operation::RemoveBlocker { issue, blocker } => {
                let (issue, blocker) = (self.key(issue)?, self.blocker(blocker)?);
                self.world
                    .blocked_by
                    .as_mut()?
                    .entry(issue.number)
                    .or_default()
                    .retain(|key| *key != blocker);
            }
            Operation::SetFields { issue, fields } => {
                let key = self.key(issue)?;
                let values = self.issue(key.number)?.fields.get_or_insert_default();
                for change in fields {
                    values.retain(|value| value.field != change.id);
                    let value = change.becomes.clone().map(|value| FieldValue { field: change.id, value });
                    values.extend(value);
                }
            }
            Operation::CloseIssue { issue, becomes: IssueState::Closed(reason), .. } => {
                let key = self.key(issue)?;
                let issue = self.issue(key.number)?;
                if issue.state != State::Open {
                    return None;
                }
                (issue.state, issue.state_reason) = (State::Closed, reason.map(Reason::Closed));
            }
            Operation::CloseIssue { .. } => panic!("a close that opens"),
            Operation::ReopenIssue { key, .. } => {
                let issue = self.issue(key.number)?;
                (issue.state, issue.state_reason) = (State::Open, Some(Reason::Reopened));
            }
            Operation::AddLabel { number, label, .. } => match self.world.pull_labels.get_mut(number) {
                Some(labels) => labels.push(label.clone()),
                None => self.issue(*number)?.labels.push(label.clone()),
            },
            Operation::MergeLabel { merged: Label { name, .. }, .. }
            | Operation::Prune { pruned: Pruned::Label { name, .. }, .. } => {
                let key = label_key(name);
                self.world.labels.retain(|label| label_key(&label.name) != key);
                self.world.issues.iter_mut().for_each(|it| it.labels.retain(|name| label_key(name) != key));
            }
            Operation::Prune { pruned: Pruned::Milestone { number, .. }, .. } => {
                self.world.milestones.retain(|milestone| milestone.number != *number);
                let of = self.world.issues.iter_mut().filter(|issue| issue.milestone == Some(*number));
                of.for_each(|issue| issue.milestone = None);
            }
        }
        Some(None)
    }

    fn has_label(&self, name: &str) -> bool {
        self.world.labels.iter().any(|label| label_key(&label.name) == label_key(name))
    }

    fn change_label(&mut self, id: u64, fields: &[LabelField], base: &Base) -> Option<()> {
        let others: Vec<_> = self
            .world
            .labels
            .iter()
            .filter(|label| label.id != id)
            .map(|label| label_key(&label.name))
            .collect();
        let is_taken = |name: &str| others.contains(&label_key(name));
        let label = self.world.labels.iter_mut().find(|label| label.id == id)?;
        let takes =
            |field: &LabelField| matches!(field, LabelField::Name(change) if is_taken(&change.becomes));
        if !Base::of_label(label).holds(base) || fields.iter().any(takes) {
            return None;
        }
        let was = label.name.clone();
        for field in fields {
            match field {
                LabelField::Name(change) => label.name.clone_from(&change.becomes),
                LabelField::Color(change) => label.color = change.becomes.clone()?,
                LabelField::Description(change) => label.description.clone_from(&change.becomes),
            }
        }
        let now = label.name.clone();
        for name in self.world.issues.iter_mut().flat_map(|issue| &mut issue.labels) {
            if *name == was {
                name.clone_from(&now);
            }
        }
        Some(())
    }

    fn change_milestone(&mut self, number: u64, fields: &[MilestoneField], base: &Base) -> Option<()> {
        let others: Vec<_> = self
            .world
            .milestones
            .iter()
            .filter(|it| it.number != number)
            .map(|it| it.title.clone())
            .collect();
        let takes = |field: &MilestoneField| matches!(field, MilestoneField::Title(change) if others.contains(&change.becomes));
        let milestone = self.world.milestones.iter_mut().find(|it| it.number == number)?;
        if !Base::of_milestone(milestone).holds(base) || fields.iter().any(takes) {
            return None;
        }
        for field in fields {
            match field {
                MilestoneField::Title(change) => milestone.title.clone_from(&change.becomes),
                MilestoneField::Description(change) => milestone.description.clone_from(&change.becomes),
                MilestoneField::DueOn(change) => milestone.due_on = change.becomes,
                MilestoneField::State(change) => milestone.state = change.becomes,
            }
        }
        Some(())
    }

    fn create(&mut self, issue: &NewIssue) -> IssueKey {
        let number = self.world.issues.iter().map(|it| it.number).max().unwrap_or(0) + 1;
        assert!(issue.labels.iter().all(|name| self.has_label(name)), "a label would be made by the way");
        let milestone = issue.milestone.as_ref().map(|it| self.milestone(it));
        self.world.issues.push(RemoteIssue {
            id: number + 1000,
            number,
            title: issue.title.clone(),
            body: issue.body.clone(),
            state: State::Open,
            state_reason: None,
            labels: issue.labels.clone(),
            assignees: issue.assignees.clone(),
            milestone,
            kind: issue.kind.clone(),
            parent: Some(None),
            blockers: Some(0),
            fields: Some(Vec::new()),
            updated_at: String::new(),
            closed_on: None,
            is_locked: false,
        });
        self.world.blocked_by.as_mut().expect("it is supported").insert(number, Vec::new());
        IssueKey { id: number + 1000, number }
    }

    fn change(&mut self, number: u64, fields: &[IssueField], base: &Base) -> Option<()> {
        let becomes = fields.iter().find_map(|field| match field {
            IssueField::Milestone(change) => Some(change.becomes.as_ref().map(|it| self.milestone(it))),
            _ => None,
        });
        let renamed: Vec<_> = self.world.labels.iter().map(|label| label.name.clone()).collect();
        let issue = self.issue(number)?;
        if !Base::of_issue(issue).holds(base) {
            return None;
        }
        for field in fields {
            match field {
                IssueField::Title(change) => issue.title.clone_from(&change.becomes),
                IssueField::Body(change) => issue.body.clone_from(&change.becomes),
                IssueField::Labels(change) => {
                    issue.labels.clone_from(&change.becomes);
                    let is_there = |name: &String| renamed.iter().any(|it| label_key(it) == label_key(name));
                    assert!(change.added.iter().all(is_there), "{:?} of {renamed:?}", change.added);
                }
                IssueField::Assignees(change) => issue.assignees.clone_from(&change.becomes),
                IssueField::Milestone(_) => issue.milestone = becomes?,
                IssueField::Kind(change) => issue.kind.clone_from(&change.becomes),
                IssueField::StateReason(change) => {
                    issue.state_reason = Some(Reason::Closed(change.becomes));
                }
                IssueField::Parent(_)
                | IssueField::BlockedBy(_)
                | IssueField::State(_)
                | IssueField::Custom(_) => panic!("an operation of its own"),
            }
        }
        Some(())
    }

    fn issue(&mut self, number: u64) -> Option<&mut RemoteIssue> {
        self.world.issues.iter_mut().find(|issue| issue.number == number)
    }

    fn milestone(&self, milestone: &MilestoneRef) -> u64 {
        match milestone {
            MilestoneRef::Made { made } => self.milestones[made.key()],
            MilestoneRef::There { number, .. } => *number,
        }
    }

    fn key(&self, issue: &IssueRef) -> Option<IssueKey> {
        match issue {
            IssueRef::Made { made } => self.made.get(made.key()).copied(),
            IssueRef::There { key, .. } => Some(*key),
            IssueRef::Elsewhere { elsewhere, id } => id.map(|id| IssueKey { id, number: elsewhere.number }),
        }
    }

    fn name(&self, issue: &IssueRef) -> Option<IssueName> {
        match issue {
            IssueRef::Elsewhere { elsewhere, .. } => Some(elsewhere.clone()),
            _ => self.key(issue).map(|key| IssueName::here(key.number)),
        }
    }

    fn blocker(&self, issue: &IssueRef) -> Option<Blocker> {
        Some(Blocker { name: self.name(issue)?, id: self.key(issue)?.id })
    }
}

/// A reader of a repository in memory.
pub(super) struct Reading<'w>(pub(super) &'w World);

impl Reader for Reading<'_> {
    fn repository(&self) -> Result<Repository, Failure> {
        Ok(self.0.repository.clone())
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        Ok(self.0.labels.clone())
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        Ok(self.0.milestones.clone())
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        Ok(self.0.issues.clone())
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        let found = self.0.issues.iter().find(|issue| issue.number == number).cloned();
        let gone = || Fetched::Gone(self.0.gone.get(&number).cloned().unwrap_or(Gone::Deleted));
        Ok(found.map_or_else(gone, |issue| Fetched::Issue(Box::new(issue))))
    }

    fn elsewhere(&self, name: &IssueName) -> Result<Fetched, Failure> {
        Ok(self.0.elsewhere.get(name).cloned().unwrap_or(Fetched::Gone(Gone::Hidden)))
    }

    fn marked_pulls(&self) -> BTreeMap<u64, String> {
        self.0.pulls.clone()
    }

    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        Ok(self.0.blocked_by.as_ref().map(|known| known.get(&number).cloned().unwrap_or_default()))
    }
}
