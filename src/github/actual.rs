//! What a repository holds, in the terms of the roadmap: its items under the ids that they were found to have.

use std::collections::BTreeMap;

use super::{
    fields,
    identity::{Identity, Lost, Seen},
    normal,
    remote::{IssueName, Reason, RemoteIssue},
    state::{Issue, IssueLink, IssueState, Label, Milestone, State, label_key},
    text::Body,
    world::World,
};
use crate::{
    model::Id,
    source::schema::{self, Field},
};

/// What a repository holds of the roadmap, and of which it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// The items that were found.
    pub(crate) state: State,
    /// How each was found, and where in the world it is.
    pub(crate) identity: Identity,
    /// All that was read.
    pub(crate) world: World,
}

/// The items of the world under their ids.
pub fn actual(world: World, identity: Identity) -> Actual {
    let names = Names::new(&world, &identity);
    let mut state = State::default();
    for (key, seen) in there(&identity.labels) {
        let label = &world.labels[seen.at];
        state.labels.insert(
            key.clone(),
            Label {
                name: label.name.clone(),
                color: Field::Given(Some(label.color.to_lowercase())),
                description: Field::Given(label.description.as_deref().and_then(normal::filled)),
            },
        );
    }
    for (id, seen) in there(&identity.milestones) {
        let milestone = &world.milestones[seen.at];
        state.milestones.insert(
            id.clone(),
            Milestone {
                title: milestone.title.trim().to_owned(),
                description: Field::Given(milestone.description.as_deref().and_then(normal::filled)),
                due_on: Field::Given(milestone.due_on),
                state: Field::Given(Some(milestone.state)),
            },
        );
    }
    for (id, seen) in there(&identity.issues) {
        let mut body = identity.bodies[seen.at].clone();
        if body.marker.is_none() {
            // As it will stand above a marker, so that what is left open in it is closed on both sides.
            body.text = Body::wanted(&body.text, id).text;
        }
        state.issues.insert(id.clone(), names.issue(&world.issues[seen.at], body));
    }
    Actual { state, identity, world }
}

fn there<K>(matches: &BTreeMap<K, Result<Seen, Lost>>) -> impl Iterator<Item = (&K, Seen)> {
    matches.iter().filter_map(|(key, seen)| Some((key, *seen.as_ref().ok()?)))
}

/// What numbers and names mean in the roadmap.
struct Names<'w> {
    world: &'w World,
    labels: BTreeMap<String, &'w str>,
    milestones: BTreeMap<u64, &'w Id>,
    issues: BTreeMap<u64, &'w Id>,
}

impl<'w> Names<'w> {
    fn new(world: &'w World, identity: &'w Identity) -> Self {
        let labels =
            there(&identity.labels).map(|(key, seen)| (label_key(&world.labels[seen.at].name), &**key));
        let milestones = there(&identity.milestones).map(|(id, seen)| (world.milestones[seen.at].number, id));
        // What is in doubt is related to all the same: a relation is not taken away because its other end is not proven.
        let doubted = identity.issues.iter().filter_map(|(id, seen)| match seen {
            Err(Lost::Unmarked(number)) => Some((*number, id)),
            _ => None,
        });
        let issues = there(&identity.issues).map(|(id, seen)| (world.issues[seen.at].number, id));
        let issues = doubted.chain(issues);
        Self { world, labels: labels.collect(), milestones: milestones.collect(), issues: issues.collect() }
    }

    fn issue(&self, issue: &RemoteIssue, body: Body) -> Issue {
        let whose = |known: &BTreeMap<u64, &Id>, place: &IssueName| {
            // A number names one of ours only in our own repository.
            let id = if place.repository.is_none() { known.get(&place.number) } else { None };
            id.map_or_else(|| IssueLink::Theirs(place.clone()), |id| IssueLink::Ours((*id).clone()))
        };
        let label = |name: &String| {
            let key = label_key(name);
            let key = self.labels.get(&key).map_or(key, |ours| (*ours).to_owned());
            (key, name.clone())
        };
        let blockers = self.world.blocked_by.as_ref().and_then(|known| known.get(&issue.number));
        let blockers = blockers.map(|keys| keys.iter().map(|key| whose(&self.issues, &key.name)).collect());
        Issue {
            title: issue.title.trim().to_owned(),
            body: Field::Given(Some(body)),
            labels: Field::Given(Some(issue.labels.iter().map(label).collect())),
            assignees: Field::Given(Some(issue.assignees.clone())),
            milestone: Field::Given(
                issue.milestone.map(|number| whose(&self.milestones, &IssueName::here(number))),
            ),
            kind: Field::Given(issue.kind.clone()),
            parent: match &issue.parent {
                Some(parent) => Field::Given(parent.as_ref().map(|place| whose(&self.issues, place))),
                None => Field::Absent,
            },
            blocked_by: blockers.map_or(Field::Absent, |blockers| Field::Given(Some(blockers))),
            state: Field::Given(Some(standing(issue))),
            fields: fields::there(issue.fields.as_ref(), &self.world.fillable),
        }
    }
}

fn standing(issue: &RemoteIssue) -> IssueState {
    match (issue.state, issue.state_reason) {
        (schema::State::Open, _) => IssueState::Open,
        (schema::State::Closed, Some(Reason::Closed(reason))) => IssueState::Closed(Some(reason)),
        (schema::State::Closed, _) => IssueState::Closed(None),
    }
}
