//! A source out of a repository, with the lock between the two: what is planned then is nothing.
//!
//! States, days of closing and assignees are left to GitHub: said in the source, the next apply would open again what
//! people closed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    actual::actual,
    api::Reader,
    desired::Desired,
    identity::identify,
    normal,
    plan::{Options, agree},
    remote::{IssueName, RemoteIssue, RemoteLabel, RemoteMilestone},
    snapshot::refresh,
    text::{Body, calling},
    world::World,
};
use crate::{
    io::Failure,
    model::{Day, Id, id_in_title},
    source::Lock,
};

/// A source file, its keys in the order in which people read them.
#[derive(Debug, Serialize)]
struct File {
    #[serde(skip_serializing_if = "String::is_empty")]
    repository: String,
    labels: Vec<Label>,
    milestones: Vec<Milestone>,
    issues: Vec<Issue>,
}

#[derive(Debug, Serialize)]
struct Label {
    name: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    color: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

#[derive(Debug, Serialize)]
struct Milestone {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_on: Option<String>,
}

#[derive(Debug, Serialize)]
struct Issue {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<Vec<String>>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocked_by: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// A source, and which number in GitHub each of its items has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Imported {
    /// The JSON.
    pub(crate) source: String,
    /// A lock with the numbers, and nothing applied yet.
    lock: Lock,
    world: World,
}

impl Imported {
    /// The lock, with all that the source says taken for applied: it is what GitHub has.
    pub(crate) fn lock(self, desired: &Desired, today: Day) -> Lock {
        let Self { mut lock, world, .. } = self;
        let identity = identify(desired, &world, &lock, &Options::default());
        let actual = actual(world, identity);
        agree(&mut lock, desired);
        refresh(&mut lock, &actual, today);
        lock
    }
}

/// Makes a source out of all labels, milestones and issues, closed ones too. Where it is not known which labels issues have,
/// the source says nothing of them.
///
/// # Errors
/// Where the repository cannot be read.
pub(crate) fn import(reader: &dyn Reader, has_labels: bool) -> Result<Imported, Failure> {
    let mut world = World::read(reader, &Lock::default())?;
    let waiting = world.issues.iter().filter(|issue| issue.blockers.is_some_and(|count| count > 0));
    let waiting: BTreeSet<_> = waiting.map(|issue| issue.number).collect();
    world.read_blockers(reader, &waiting)?;
    let blockers = world.blocked_by.iter().flat_map(BTreeMap::values).flatten().map(|it| &it.name);
    let parents = world.issues.iter().filter_map(|issue| issue.parent.as_ref()?.as_ref());
    let elsewhere = blockers.chain(parents).filter(|name| name.repository.is_some()).cloned().collect();
    world.read_elsewhere(reader, &elsewhere)?;
    let bodies: Vec<_> = world.issues.iter().map(|issue| Body::read(&issue.body)).collect();
    let ids = Ids { has_labels, ..Ids::new(&world, &bodies) };
    let file = File {
        repository: world.repository.full_name.clone(),
        labels: world.labels.iter().map(label).collect(),
        milestones: world.milestones.iter().map(|milestone| ids.milestone(milestone)).collect(),
        issues: world
            .issues
            .iter()
            .zip(&bodies)
            .map(|(issue, body)| ids.issue(&world, issue, body))
            .collect(),
    };
    let lock = ids.lock(&world);
    let source = serde_json::to_string_pretty(&file).unwrap_or_default() + "\n";
    Ok(Imported { source, lock, world })
}

fn label(label: &RemoteLabel) -> Label {
    let description = label.description.clone().filter(|text| !text.trim().is_empty());
    Label { name: label.name.clone(), color: label.color.to_lowercase(), description }
}

/// The ids of everything, by number.
struct Ids {
    milestones: BTreeMap<u64, String>,
    issues: BTreeMap<u64, String>,
    /// Whether it is known which labels issues have.
    has_labels: bool,
}

impl Ids {
    /// An id is the marker's or the one that the title begins with, where nothing else has it; else it is made of the
    /// number, which lasts.
    fn new(world: &World, bodies: &[Body]) -> Self {
        let mut taken = BTreeSet::new();
        let mut pick = |wanted: [Option<&str>; 2], number: u64, noun: &str| {
            let wanted = wanted.into_iter().flatten().filter(|id| Id::new(id).is_some()).map(str::to_owned);
            let mut wanted = wanted.chain([format!("{noun}-{number}"), format!("{noun}-{number}.gh")]);
            wanted.find(|id| taken.insert(id.to_lowercase())).unwrap_or_default()
        };
        let milestones = world.milestones.iter().map(|milestone| {
            (milestone.number, pick([None, id_in_title(&milestone.title)], milestone.number, "milestone"))
        });
        let milestones = milestones.collect();
        let issues = world.issues.iter().zip(bodies).map(|(issue, body)| {
            let wanted = [body.marker.as_deref(), id_in_title(&issue.title)];
            (issue.number, pick(wanted, issue.number, "issue"))
        });
        Self { milestones, issues: issues.collect(), has_labels: true }
    }

    fn milestone(&self, milestone: &RemoteMilestone) -> Milestone {
        Milestone {
            id: unsaid(&self.milestones[&milestone.number], &milestone.title),
            title: milestone.title.clone(),
            description: milestone.description.as_deref().and_then(normal::filled),
            due_on: milestone.due_on.map(|day| day.to_string()),
        }
    }

    /// The id of an issue of this repository, the full name of one of another.
    fn named(&self, place: &IssueName) -> Option<String> {
        match &place.repository {
            // A file may call a repository anything; the source takes what can be one.
            Some(_) => IssueName::elsewhere(&place.to_string()).map(|name| name.to_string()),
            None => self.issues.get(&place.number).cloned(),
        }
    }

    fn issue(&self, world: &World, issue: &RemoteIssue, body: &Body) -> Issue {
        let blockers = world.blocked_by.as_ref().and_then(|known| known.get(&issue.number));
        // One that the source cannot name would be taken away by the next apply: then none is said.
        let blockers = blockers.into_iter().flatten().map(|it| self.named(&it.name));
        let blocked_by = blockers.collect::<Option<Vec<_>>>().unwrap_or_default();
        Issue {
            id: unsaid(&self.issues[&issue.number], &issue.title),
            title: issue.title.clone(),
            milestone: issue.milestone.and_then(|number| self.milestones.get(&number).cloned()),
            labels: self.has_labels.then(|| issue.labels.clone()),
            kind: issue.kind.clone(),
            parent: issue.parent.as_ref().and_then(|parent| self.named(parent.as_ref()?)),
            blocked_by,
            body: Some(calling(&body.text)).filter(|text| !text.trim().is_empty()),
        }
    }

    fn lock(&self, world: &World) -> Lock {
        let mut lock = Lock { repository: Some(world.repository.full_name.clone()), ..Lock::default() };
        for milestone in &world.milestones {
            let line = lock.milestones.entry(self.milestones[&milestone.number].to_lowercase()).or_default();
            (line.number, line.id) = (Some(milestone.number), Some(milestone.id));
        }
        for issue in &world.issues {
            let line = lock.issues.entry(self.issues[&issue.number].to_lowercase()).or_default();
            (line.number, line.id) = (Some(issue.number), Some(issue.id));
        }
        lock
    }
}

/// An id that the title does not say itself.
fn unsaid(id: &str, title: &str) -> Option<String> {
    (id_in_title(title) != Some(id)).then(|| id.to_owned())
}
