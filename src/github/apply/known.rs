//! A writer that remembers what it was answered. Lists of GitHub may lag minutes behind: an issue that this run wrote, and
//! that a list shows not at all or as it was before, is asked for by its number.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Reader, Refused, Writer},
        fields::{FieldKind, FieldValue, OrgFields},
        plan::Done,
        remote::{
            Blocker, Fetched, IssueKey, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository,
        },
    },
    io::Failure,
};

/// The writer, and what is known beside its lists.
pub(crate) struct Known<'a> {
    writer: &'a dyn Writer,
    labels: RefCell<BTreeMap<u64, RemoteLabel>>,
    milestones: RefCell<BTreeMap<u64, RemoteMilestone>>,
    /// Numbers of issues, and when each was last seen to change; empty where no answer said so.
    issues: RefCell<BTreeMap<u64, String>>,
    /// What issue fields were last seen to hold, by the numbers of issues.
    fields: RefCell<BTreeMap<u64, Vec<FieldValue>>>,
}

impl<'a> Known<'a> {
    /// A writer that has written nothing yet.
    pub(crate) fn new(writer: &'a dyn Writer) -> Self {
        let (labels, milestones, issues, fields) = Default::default();
        Self { writer, labels, milestones, issues, fields }
    }

    fn keep(&self, issue: &RemoteIssue) {
        self.issues.borrow_mut().insert(issue.number, issue.updated_at.clone());
    }
}

impl Reader for Known<'_> {
    fn repository(&self) -> Result<Repository, Failure> {
        self.writer.repository()
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        let mut labels = self.writer.labels()?;
        let listed: BTreeSet<_> = labels.iter().map(|label| label.id).collect();
        let known = self.labels.borrow();
        labels.extend(known.values().filter(|label| !listed.contains(&label.id)).cloned());
        Ok(labels)
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        let mut milestones = self.writer.milestones()?;
        let listed: BTreeSet<_> = milestones.iter().map(|milestone| milestone.id).collect();
        let known = self.milestones.borrow();
        milestones.extend(known.values().filter(|milestone| !listed.contains(&milestone.id)).cloned());
        Ok(milestones)
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        let mut issues: BTreeMap<_, _> =
            self.writer.issues()?.into_iter().map(|issue| (issue.number, issue)).collect();
        for (number, changed_at) in &*self.issues.borrow() {
            let is_listed = issues.get(number).is_some_and(|listed| listed.updated_at >= *changed_at);
            if !is_listed {
                match self.writer.issue(*number)?.issue() {
                    Some(issue) => issues.insert(*number, issue),
                    None => issues.remove(number),
                };
            }
        }
        for (number, values) in &*self.fields.borrow() {
            if let Some(issue) = issues.get_mut(number) {
                issue.fields = Some(values.clone());
            }
        }
        Ok(issues.into_values().collect())
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        self.writer.issue(number)
    }

    fn elsewhere(&self, name: &IssueName) -> Result<Fetched, Failure> {
        self.writer.elsewhere(name)
    }

    fn marked_pulls(&self) -> BTreeMap<u64, String> {
        self.writer.marked_pulls()
    }

    fn labelled_pulls(&self) -> BTreeMap<u64, Vec<String>> {
        self.writer.labelled_pulls()
    }

    fn planned_pulls(&self) -> BTreeMap<u64, u64> {
        self.writer.planned_pulls()
    }

    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        self.writer.blocked_by(number)
    }

    fn org_fields(&self) -> Result<OrgFields, Failure> {
        self.writer.org_fields()
    }

    fn field_values(&self, number: u64) -> Result<Option<Vec<FieldValue>>, Failure> {
        let values = self.writer.field_values(number)?;
        if let (Some(values), Some(known)) = (&values, self.fields.borrow_mut().get_mut(&number)) {
            known.clone_from(values);
        }
        Ok(values)
    }
}

impl Writer for Known<'_> {
    fn create_label(&self, label: &LabelChange) -> Result<RemoteLabel, Refused> {
        let made = self.writer.create_label(label)?;
        self.labels.borrow_mut().insert(made.id, made.clone());
        Ok(made)
    }

    fn update_label(&self, name: &str, change: &LabelChange) -> Result<RemoteLabel, Refused> {
        self.writer.update_label(name, change)
    }

    fn delete_label(&self, name: &str) -> Result<(), Refused> {
        self.labels.borrow_mut().retain(|_, label| label.name != name);
        self.writer.delete_label(name)
    }

    fn create_milestone(&self, milestone: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        let made = self.writer.create_milestone(milestone)?;
        self.milestones.borrow_mut().insert(made.id, made.clone());
        Ok(made)
    }

    fn update_milestone(&self, number: u64, change: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        self.writer.update_milestone(number, change)
    }

    fn delete_milestone(&self, number: u64) -> Result<(), Refused> {
        self.milestones.borrow_mut().retain(|_, milestone| milestone.number != number);
        self.writer.delete_milestone(number)
    }

    fn create_issue(&self, issue: &IssueChange) -> Result<RemoteIssue, Refused> {
        let made = self.writer.create_issue(issue);
        match &made {
            Ok(made) => self.keep(made),
            Err(Refused::Dropped { done: Done::Issue(key), .. }) => {
                self.issues.borrow_mut().insert(key.number, String::new());
            }
            Err(_) => {}
        }
        made
    }

    fn update_issue(&self, number: u64, change: &IssueChange) -> Result<RemoteIssue, Refused> {
        let changed = self.writer.update_issue(number, change)?;
        self.keep(&changed);
        Ok(changed)
    }

    fn add_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        self.writer.add_label(number, name)
    }

    fn remove_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        self.writer.remove_label(number, name)
    }

    fn set_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused> {
        self.writer.set_parent(parent, child)
    }

    fn unset_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused> {
        self.writer.unset_parent(parent, child)
    }

    fn add_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        self.writer.add_blocker(issue, blocker)
    }

    fn remove_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        self.writer.remove_blocker(issue, blocker)
    }

    fn set_fields(&self, issue: u64, values: &[(FieldKind, FieldValue)]) -> Result<Vec<FieldValue>, Refused> {
        let there = self.writer.set_fields(issue, values)?;
        self.fields.borrow_mut().insert(issue, there.clone());
        Ok(there)
    }

    fn empty_field(&self, issue: u64, field: u64) -> Result<(), Refused> {
        self.writer.empty_field(issue, field)?;
        self.fields.borrow_mut().entry(issue).or_default().retain(|value| value.field != field);
        Ok(())
    }
}
