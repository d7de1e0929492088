//! From what should be, what is, and what was last applied, to what is to be done.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Change, Conflict, Estimate, Field, Guard, IssueRef, Item, MilestoneRef, Operation, Options, PLAN_VERSION,
    Plan, Record, SourceChange, Titled, estimate, leftovers, merge, names, only,
};
use crate::{
    github::{
        actual::Actual,
        desired::Desired,
        identity::{Lost, Trust, is_label_of, label_proofs},
        remote::{Fetched, IssueKey, IssueName},
        state::{IssueLink, label_key},
        world::World,
    },
    model::Id,
    source::{AppliedLabel, Lock, LockItem},
};

/// Plans. A function of values: neither the world nor the clock is asked.
pub fn plan(desired: &Desired, actual: &Actual, lock: &Lock, options: &Options) -> Plan {
    let mut making = Making::new(desired, actual, lock, options);
    making.unfit_fields();
    desired.labels.iter().for_each(|key| making.label(key));
    desired.milestones.iter().for_each(|id| making.milestone(id));
    desired.issues.iter().for_each(|id| making.issue(id));
    merge::take(&mut making);
    leftovers::take(&mut making);
    making.finish()
}

/// A plan on its way.
pub(super) struct Making<'a> {
    pub(super) desired: &'a Desired,
    pub(super) actual: &'a Actual,
    pub(super) lock: &'a Lock,
    pub(super) options: &'a Options,
    /// The names under which labels can be put on issues, by key, once the plan is done.
    pub(super) label_names: BTreeMap<String, String>,
    /// The new names of labels that get one, by their names in GitHub.
    pub(super) renamed: BTreeMap<String, String>,
    /// The keys of labels under the names that the lock has for them.
    pub(super) label_keys: BTreeMap<String, String>,
    /// The keys of labels that the lock proves to be the roadmap's, by their names in GitHub.
    pub(super) proven_labels: BTreeSet<String>,
    /// The REST ids of issues.
    ids: BTreeMap<IssueName, u64>,
    pub(super) items: Vec<Operation>,
    pub(super) parents: Vec<Operation>,
    pub(super) unblocks: Vec<Operation>,
    pub(super) blocks: Vec<Operation>,
    pub(super) closes: Vec<Operation>,
    pub(super) merges: Vec<Operation>,
    /// The REST ids of labels that are merged into others.
    pub(super) merged: BTreeSet<u64>,
    pub(super) prunes: Vec<Operation>,
    pub(super) fields: Vec<Operation>,
    pub(super) plan: Plan,
}

impl<'a> Making<'a> {
    fn new(desired: &'a Desired, actual: &'a Actual, lock: &'a Lock, options: &'a Options) -> Self {
        let world = &actual.world;
        let proofs = label_proofs(lock);
        let proven = world.labels.iter().filter(|label| is_label_of(&proofs, label));
        Self {
            desired,
            actual,
            lock,
            options,
            label_names: BTreeMap::new(),
            renamed: BTreeMap::new(),
            label_keys: label_keys(actual, lock),
            proven_labels: proven.map(|label| label_key(&label.name)).collect(),
            ids: issue_ids(world),
            items: Vec::new(),
            parents: Vec::new(),
            unblocks: Vec::new(),
            blocks: Vec::new(),
            closes: Vec::new(),
            merges: Vec::new(),
            merged: BTreeSet::new(),
            prunes: Vec::new(),
            fields: Vec::new(),
            plan: nothing(&world.repository.full_name),
        }
    }

    /// The plan, with what follows from it.
    fn finish(self) -> Plan {
        let Self {
            mut plan,
            items,
            parents,
            unblocks,
            blocks,
            closes,
            merges,
            prunes,
            fields,
            actual,
            options,
            ..
        } = self;
        // What is undone comes before what is done, so that no cycle and no second parent stands in between.
        let (unset, set): (Vec<_>, Vec<_>) =
            parents.into_iter().partition(|it| matches!(it, Operation::SetParent { becomes: None, .. }));
        let set = names::top_down(set);
        let names::Ordered { operations: items, cycles } = names::order(items);
        plan.notes.extend(cycles.iter().map(|cycle| places_changed(cycle)));
        plan.operations = [items, unset, set, unblocks, blocks, closes, merges, prunes, fields]
            .into_iter()
            .flatten()
            .collect();
        only::narrow(&mut plan, options);
        let identity = &actual.identity;
        let known = identity.labels.values().filter(|seen| seen.is_ok()).count()
            + identity.milestones.values().filter(|seen| seen.is_ok()).count()
            + identity.issues.values().filter(|seen| seen.is_ok()).count();
        plan.guard = estimate::guard(&plan, known);
        plan.estimate = estimate::estimate(&plan);
        plan
    }

    pub(super) fn conflict(&mut self, conflict: Conflict) {
        self.plan.conflicts.push(conflict);
    }

    pub(super) fn record(&mut self, record: Record) {
        self.plan.records.push(record);
    }

    pub(super) fn note(&mut self, note: String) {
        if !self.plan.notes.contains(&note) {
            self.plan.notes.push(note);
        }
    }

    pub(super) fn source(&mut self, item: &Item, changes: Vec<(Field, serde_json::Value)>) {
        let change = |(field, value)| SourceChange { item: item.clone(), field, value };
        self.plan.source_changes.extend(changes.into_iter().map(change));
    }

    /// Tells why an item has no place; `true` where it is only that it is to be made.
    pub(super) fn is_new(&mut self, item: Item, lost: &Lost) -> bool {
        match (lost.clone(), item) {
            (Lost::New, _) => return true,
            (Lost::Deleted(number), item) => self.conflict(Conflict::Deleted { item, number }),
            (Lost::Ambiguous(found, numbers), item) => {
                self.conflict(Conflict::Ambiguous { item, found, numbers })
            }
            (Lost::Alike(numbers), item) => self.alike(item, &numbers),
            (Lost::Gone(number, gone), item) => self.conflict(Conflict::Gone { item, number, gone }),
            (Lost::Taken { number, marker }, Item::Issue(item)) => {
                self.conflict(Conflict::Taken { item, number, marker });
            }
            (Lost::Unmarked(number), Item::Issue(item)) => self.conflict(Conflict::Unmarked { item, number }),
            (Lost::Taken { .. } | Lost::Unmarked(_), Item::Label(_) | Item::Milestone(_)) => {}
        }
        false
    }

    /// Asks about issues that share only the id in their titles with an item, and about milestones that are called almost alike.
    fn alike(&mut self, item: Item, numbers: &[u64]) {
        let (world, wanted) = (&self.actual.world, &self.desired.state);
        let titled = |(number, title): (u64, &String)| {
            numbers.contains(&number).then(|| Titled { number, title: title.clone() })
        };
        let (title, others) = match &item {
            Item::Issue(id) => (
                wanted.issues.get(id).map(|it| it.title.clone()),
                world.issues.iter().map(|it| (it.number, &it.title)).filter_map(titled).collect(),
            ),
            Item::Milestone(id) => (
                wanted.milestones.get(id).map(|it| it.title.clone()),
                world.milestones.iter().map(|it| (it.number, &it.title)).filter_map(titled).collect(),
            ),
            Item::Label(_) => return,
        };
        self.conflict(Conflict::Alike { item, title: title.unwrap_or_default(), others });
    }

    /// The issue that a relation leads to; `None` where it has no place and is not made.
    pub(super) fn issue_ref(&self, whose: &IssueLink) -> Option<IssueRef> {
        match whose {
            IssueLink::Theirs(place) => {
                let (id, number) = (self.ids.get(place).copied(), place.number);
                match &place.repository {
                    Some(_) => Some(IssueRef::Elsewhere { elsewhere: place.clone(), id }),
                    None => Some(IssueRef::There { item: None, key: IssueKey { id: id?, number } }),
                }
            }
            IssueLink::Ours(id) => match self.actual.identity.issues.get(id)? {
                Ok(seen) => Some(self.there(id, seen.at)),
                Err(Lost::New) => Some(IssueRef::Made { made: id.clone() }),
                Err(_) => None,
            },
        }
    }

    /// An issue of ours at its place.
    pub(super) fn there(&self, id: &Id, at: usize) -> IssueRef {
        let issue = &self.actual.world.issues[at];
        IssueRef::There { item: Some(id.clone()), key: IssueKey { id: issue.id, number: issue.number } }
    }

    /// The milestone that an issue is put into; `None` where it has no place, or one that may be somebody else's.
    pub(super) fn milestone_to_join(&self, whose: &IssueLink) -> Option<MilestoneRef> {
        let seen = match whose {
            IssueLink::Ours(id) => self.actual.identity.milestones.get(id)?.as_ref().ok(),
            IssueLink::Theirs(_) => None,
        };
        if seen.is_some_and(|seen| seen.trust == Trust::Doubted) { None } else { self.milestone_ref(whose) }
    }

    /// The name of the label that is put on an issue; `None` where it has no place, or one that may be somebody else's.
    pub(super) fn label_to_put_on(&self, key: &str) -> Option<&String> {
        let seen = self.actual.identity.labels.get(key).and_then(|seen| seen.as_ref().ok());
        let is_doubted = seen.is_some_and(|seen| seen.trust == Trust::Doubted);
        self.label_names.get(key).filter(|_| !is_doubted)
    }

    /// The milestone that an issue belongs to; `None` where it has no place and is not made.
    pub(super) fn milestone_ref(&self, whose: &IssueLink) -> Option<MilestoneRef> {
        let milestones = &self.actual.world.milestones;
        let there = |item, at: usize| MilestoneRef::There {
            item,
            number: milestones[at].number,
            title: milestones[at].title.clone(),
        };
        match whose {
            IssueLink::Theirs(place) => {
                let at = milestones.iter().position(|milestone| milestone.number == place.number)?;
                Some(there(None, at))
            }
            IssueLink::Ours(id) => match self.actual.identity.milestones.get(id)? {
                Ok(seen) => Some(there(Some(id.clone()), seen.at)),
                Err(Lost::New) => Some(MilestoneRef::Made { made: id.clone() }),
                Err(_) => None,
            },
        }
    }
}

/// A plan in which there is nothing to do.
fn nothing(repository: &str) -> Plan {
    Plan {
        version: PLAN_VERSION,
        repository: repository.to_owned(),
        operations: Vec::new(),
        conflicts: Vec::new(),
        source_changes: Vec::new(),
        unmanaged: Vec::new(),
        notes: Vec::new(),
        records: Vec::new(),
        guard: Guard::default(),
        estimate: Estimate::default(),
    }
}

/// The REST ids of all issues that are known.
fn issue_ids(world: &World) -> BTreeMap<IssueName, u64> {
    let blockers = world.blocked_by.iter().flat_map(BTreeMap::values).flatten();
    let blockers = blockers.map(|blocker| (blocker.name.clone(), blocker.id));
    let elsewhere = world.elsewhere.iter().filter_map(|(name, fetched)| match fetched {
        // Without a network an id may not be known.
        Fetched::Issue(issue) if issue.id != 0 => Some((name.clone(), issue.id)),
        Fetched::Issue(_) | Fetched::Gone(_) => None,
    });
    let issues = world.issues.iter().map(|issue| (IssueName::here(issue.number), issue.id));
    elsewhere.chain(blockers).chain(issues).collect()
}

/// The keys of labels that were found, under the names that the lock has for them.
fn label_keys(actual: &Actual, lock: &Lock) -> BTreeMap<String, String> {
    let there = actual.identity.labels.iter().filter_map(|(key, seen)| Some((key, seen.as_ref().ok()?)));
    let ids: BTreeMap<_, _> = there.map(|(key, seen)| (actual.world.labels[seen.at].id, key)).collect();
    let key = |line: &LockItem<AppliedLabel>| Some((*ids.get(&line.id?)?).clone());
    lock.labels.iter().filter_map(|(was, line)| Some((was.clone(), key(line)?))).collect()
}

/// What is said of names that GitHub cannot be made to exchange.
fn places_changed(cycle: &[Change<String>]) -> String {
    let names: Vec<_> = cycle.iter().map(|change| format!("`{}`", change.was)).collect();
    format!(
        "{} change places, and GitHub holds each name once: give one of them a name that is free, apply, then the name that it is to have",
        names.join(" and ")
    )
}
