//! A repository that holds what a roadmap wants, with the lock between the two: what planning is measured on.

use std::collections::BTreeMap;

use roadbook::internals::{
    github::{
        Blocker, Desired, Fillable, IssueLink, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone,
        Repository, World, agree, desired,
    },
    model::{Id, Roadmap},
    source::{Lock, schema::State},
};

/// What the roadmap wants, a repository that holds it, and the lock; then every second title of the source is another.
pub(crate) fn ground(roadmap: &Roadmap) -> (Desired, World, Lock) {
    let mut desired = desired(roadmap).expect("ids of its own");
    let repository =
        Repository { full_name: "o/r".into(), can_push: true, has_issues: true, is_archived: false };
    let world = World {
        repository,
        labels: (1..).zip(desired.state.labels.values()).map(|(id, it)| label(id, &it.name)).collect(),
        milestones: (1..)
            .zip(&desired.milestones)
            .map(|(number, id)| milestone(&desired, number, id))
            .collect(),
        issues: (1..).zip(&desired.issues).map(|(number, id)| issue(&desired, number, id)).collect(),
        blocked_by: Some(
            (1..).zip(&desired.issues).map(|(number, id)| (number, blockers(&desired, id))).collect(),
        ),
        gone: BTreeMap::new(),
        pulls: BTreeMap::new(),
        pull_labels: BTreeMap::new(),
        pull_milestones: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        fillable: Fillable::default(),
    };
    let mut lock = Lock::default();
    for (number, id) in (1..).zip(&desired.milestones) {
        let line = lock.milestones.entry(id.key().into()).or_default();
        (line.number, line.id) = (Some(number), Some(number));
    }
    for (number, id) in (1..).zip(&desired.issues) {
        let line = lock.issues.entry(id.key().into()).or_default();
        (line.number, line.id) = (Some(number), Some(number));
    }
    agree(&mut lock, &desired);
    desired.state.issues.values_mut().step_by(2).for_each(|issue| issue.title.push('!'));
    (desired, world, lock)
}

fn label(id: u64, name: &str) -> RemoteLabel {
    RemoteLabel { id, name: name.into(), color: "ededed".into(), description: None }
}

fn milestone(desired: &Desired, number: u64, id: &Id) -> RemoteMilestone {
    let wanted = &desired.state.milestones[id];
    RemoteMilestone {
        id: number,
        number,
        title: wanted.title.clone(),
        description: wanted.description.get().cloned(),
        due_on: wanted.due_on.get().copied(),
        state: wanted.state.get().copied().unwrap_or(State::Open),
        closed_on: None,
    }
}

fn issue(desired: &Desired, number: u64, id: &Id) -> RemoteIssue {
    let wanted = &desired.state.issues[id];
    let milestone = wanted.milestone.get().and_then(|whose| match whose {
        IssueLink::Ours(id) => desired.milestones.iter().position(|it| it == id).map(|at| at as u64 + 1),
        IssueLink::Theirs(name) => Some(name.number),
    });
    RemoteIssue {
        id: number,
        number,
        title: wanted.title.clone(),
        body: wanted.body.get().map(|body| body.written(id)).unwrap_or_default(),
        state: wanted.state.get().map_or(State::Open, |standing| standing.state()),
        state_reason: None,
        labels: wanted.labels.get().into_iter().flat_map(|labels| labels.values().cloned()).collect(),
        assignees: wanted.assignees.get().cloned().unwrap_or_default(),
        milestone,
        kind: wanted.kind.get().cloned(),
        parent: Some(None),
        blockers: Some(0),
        fields: None,
        updated_at: String::new(),
        closed_on: None,
        is_locked: false,
    }
}

fn blockers(desired: &Desired, id: &Id) -> Vec<Blocker> {
    let numbers =
        desired.state.issues[id].blocked_by.get().into_iter().flatten().filter_map(|whose| match whose {
            IssueLink::Ours(id) => desired.issues.iter().position(|it| it == id).map(|at| at as u64 + 1),
            IssueLink::Theirs(name) => Some(name.number),
        });
    numbers.map(|number| Blocker { name: IssueName::here(number), id: number }).collect()
}
