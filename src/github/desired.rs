//! What a repository should hold, as far as the roadmap says it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    fields::{self, Mapping},
    normal,
    state::{Issue, IssueLink, IssueState, Label, Milestone, State, label_key},
    text::{Body, silent},
};
use crate::{
    io::{Failure, FailureKind},
    model::{self, Id, IssueIx, IssueName, Roadmap},
    report::counted,
    source::schema::{self, Field},
};

/// What a repository should hold, and by which former names its items may be known there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desired {
    /// What it should hold.
    pub state: State,
    /// The labels in the order of the source, by key.
    pub(crate) labels: Vec<String>,
    /// The milestones in the order of the source.
    pub milestones: Vec<Id>,
    /// The issues in the order of the source, so that numbers follow it.
    pub issues: Vec<Id>,
    /// Former names of labels.
    pub(crate) label_was: BTreeMap<String, Vec<String>>,
    /// Former titles of milestones.
    pub(crate) milestone_was: BTreeMap<Id, Vec<String>>,
    /// What took the place of former ids, which stand in lower case.
    pub(crate) former: BTreeMap<String, Id>,
    /// Labels that are used without being listed: how their names are cased is not ours to say.
    pub(crate) unlisted: BTreeSet<String>,
    /// What goes into the organization's issue fields.
    pub(crate) mappings: Vec<Mapping>,
}

/// What the roadmap wants. The body is the source's own, without calling anybody unless the source says so; of a milestone
/// GitHub gets the description alone.
///
/// # Errors
/// Where ids are made from titles: they would change with them, and make everything again.
pub fn desired(roadmap: &Roadmap) -> Result<Desired, Failure> {
    refuse_made(roadmap)?;
    let mut desired = Desired::default();
    for label in &roadmap.labels {
        let key = label_key(&label.name);
        if label.origin.is_none() {
            desired.unlisted.insert(key.clone());
        }
        desired.label_was.insert(key.clone(), label.was.clone());
        desired.labels.push(key.clone());
        desired.state.labels.insert(key, label_state(label));
    }
    for milestone in &roadmap.milestones {
        desired.milestone_was.insert(milestone.id.clone(), milestone.was.clone());
        desired.milestones.push(milestone.id.clone());
        desired.state.milestones.insert(milestone.id.clone(), milestone_state(milestone));
    }
    desired.mappings = fields::mappings(roadmap);
    for issue in &roadmap.issues {
        desired.issues.push(issue.id.clone());
        let mut wanted = issue_state(roadmap, issue);
        wanted.fields = fields::wanted(&desired.mappings, issue, roadmap);
        desired.state.issues.insert(issue.id.clone(), wanted);
    }
    desired.former = roadmap.aliases.iter().map(|alias| former(roadmap, alias)).collect();
    Ok(desired)
}

fn former(roadmap: &Roadmap, alias: &model::Alias) -> (String, Id) {
    let id = match alias.to {
        model::Target::Milestone(ix) => &roadmap.milestones[ix.0].id,
        model::Target::Issue(ix) => &roadmap.issues[ix.0].id,
    };
    (alias.was.key().to_owned(), id.clone())
}

impl Desired {
    /// The issues in other repositories that relations lead to.
    pub(crate) fn elsewhere(&self) -> BTreeSet<IssueName> {
        let issues = self.state.issues.values();
        let all = issues
            .flat_map(|it| it.parent.get().into_iter().chain(it.blocked_by.get().into_iter().flatten()));
        let name = |whose: &IssueLink| match whose {
            IssueLink::Theirs(name) => Some(name.clone()),
            IssueLink::Ours(_) => None,
        };
        all.filter_map(name).collect()
    }

    /// The key that an item has today which GitHub knows by this id, be it a former one.
    pub(crate) fn key_of(&self, id: &str) -> String {
        let key = id.to_lowercase();
        self.former.get(&key).map_or(key, |id| id.key().to_owned())
    }
}

fn refuse_made(roadmap: &Roadmap) -> Result<(), Failure> {
    let milestones = roadmap.milestones.iter().filter(|it| it.made).map(|it| &it.id);
    let issues = roadmap.issues.iter().filter(|it| it.made).map(|it| &it.id);
    let made: Vec<_> = milestones.chain(issues).collect();
    let Some(first) = made.first() else { return Ok(()) };
    let ids = counted(made.len(), "id");
    let message = format!(
        "{ids} made from titles, such as `{first}`: a new title would change the id and create the item again"
    );
    Err(Failure::new(FailureKind::Files, message).help("`roadbook pin` writes them into the source"))
}

fn label_state(label: &model::Label) -> Label {
    let color = given(&label.color).map(|color| color.to_lowercase());
    let description = label.description.clone().and_then(|text| normal::filled(&text));
    Label { name: label.name.trim().to_owned(), color, description }
}

fn milestone_state(milestone: &model::Milestone) -> Milestone {
    Milestone {
        title: milestone.title.trim().to_owned(),
        description: milestone.description.clone().and_then(|text| normal::filled(&text)),
        // GitHub knows days alone: the last one of a span, and none for `later`.
        due_on: milestone.due_on.and_then(model::When::last),
        state: given(&milestone.state),
    }
}

fn issue_state(roadmap: &Roadmap, issue: &model::Issue) -> Issue {
    let ours = |ix: IssueIx| IssueLink::Ours(roadmap.issues[ix.0].id.clone());
    let body = |text: &String| {
        let text = if roadmap.mentions { text.clone() } else { silent(text) };
        Body::wanted(&text, &issue.id)
    };
    let name = |link: &model::Link<model::LabelIx>| roadmap.labels[link.to.0].name.trim().to_owned();
    let named = |links: &Vec<_>| links.iter().map(|link| (label_key(&name(link)), name(link))).collect();
    let standing = |state| match state {
        schema::State::Open => IssueState::Open,
        schema::State::Closed => IssueState::Closed(issue.state_reason.get().copied()),
    };
    Issue {
        title: issue.title.trim().to_owned(),
        body: issue.body.as_ref().map(body),
        labels: issue.labels.as_ref().map(named),
        assignees: issue.assignees.clone(),
        milestone: issue.milestone.as_ref().map(|ix| IssueLink::Ours(roadmap.milestones[ix.0].id.clone())),
        kind: issue.kind.clone(),
        parent: match &issue.parent_elsewhere {
            Some(parent) => Field::Given(Some(IssueLink::Theirs(parent.name.clone()))),
            None => issue.parent.as_ref().map(|ix| ours(*ix)),
        },
        blocked_by: issue.blocked_by.as_ref().map(|links| {
            let elsewhere =
                issue.blocked_elsewhere.iter().map(|link| IssueLink::Theirs(link.to.name.clone()));
            links.iter().map(|link| ours(link.to)).chain(elsewhere).collect()
        }),
        state: given(&issue.state).map(standing),
        fields: fields::Values::new(),
    }
}

/// A field that cannot be empty in GitHub: `null` says nothing about it.
fn given<T: Clone>(field: &Field<T>) -> Field<T> {
    match field.get() {
        Some(value) => Field::Given(Some(value.clone())),
        None => Field::Absent,
    }
}
