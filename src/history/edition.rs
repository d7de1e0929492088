//! What a roadmap said in one revision, as far as changes are told from it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    data::v1::Kind,
    facts::{dropped_milestones, internal_issues},
    model::{
        Day, Issue, Milestone, Roadmap, Target, When,
        fields::{Field, ISSUE},
    },
    source::schema::{State, StateReason},
};

/// A roadmap in one revision. Items are found by their ids in lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edition {
    /// The milestones.
    pub(super) milestones: BTreeMap<String, Item>,
    /// The issues.
    pub(super) issues: BTreeMap<String, Item>,
    /// The labels that the source lists, by their names in lower case.
    pub(super) labels: BTreeMap<String, Label>,
    /// Labels that are kept out of the site, by their names in lower case, listed or not.
    pub(super) internal_labels: BTreeSet<String>,
    /// Former ids, each with the id that took its place, in lower case.
    pub(super) aliases: BTreeMap<String, String>,
    /// The roadmap that it was made of, without the texts of its items; what of it has been taken is no longer there.
    pub(super) roadmap: Option<Box<Roadmap>>,
}

/// A milestone or an issue in one revision.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) id: String,
    /// Without the id that it begins with.
    pub(super) title: String,
    /// Whole, as it is written.
    pub(super) whole_title: String,
    /// Whether it is kept out of the site, by itself or by what it belongs to.
    pub(super) internal: bool,
    pub(super) state: Option<State>,
    pub(super) state_reason: Option<StateReason>,
    pub(super) closed_on: Option<Day>,
    pub(super) start_on: Option<When>,
    pub(super) due_on: Option<When>,
    /// What it says of fields that another scope changes, by their keys.
    pub(super) scope: BTreeMap<&'static str, Value>,
    /// The id of the milestone that it belongs to.
    pub(super) milestone: Option<String>,
    /// The id of the issue that it is a part of.
    pub(super) parent: Option<String>,
    /// Owner or assignees.
    pub(super) people: BTreeSet<String>,
    pub(super) labels: BTreeSet<String>,
    /// The ids of what it waits for.
    pub(super) waits_for: BTreeSet<String>,
    /// What is to be done, by the name of the field.
    pub(super) texts: Vec<(&'static str, String)>,
    /// Former titles.
    pub(super) was: Vec<String>,
}

/// A label in one revision.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) name: String,
    /// Former names, in lower case.
    pub(super) was: Vec<String>,
}

impl Item {
    /// Whether it was closed without having been done.
    pub(super) fn is_dropped(&self) -> bool {
        self.state == Some(State::Closed) && self.state_reason.is_some_and(StateReason::is_dropped)
    }
}

impl Edition {
    /// The edition that a roadmap is. The roadmap is taken apart: its texts are large and are not copied.
    pub(crate) fn new(mut roadmap: Roadmap) -> Self {
        let internal = internal_issues(&roadmap);
        let mut edition = Self {
            internal_labels: roadmap
                .labels
                .iter()
                .filter(|label| label.internal)
                .map(|l| folded(&l.name))
                .collect(),
            ..Self::default()
        };
        for label in roadmap.labels.iter().filter(|label| label.origin.is_some()) {
            let was = label.was.iter().map(|name| folded(name)).collect();
            edition.labels.insert(folded(&label.name), Label { name: label.name.clone(), was });
        }
        for alias in &roadmap.aliases {
            let to = match alias.to {
                Target::Milestone(ix) => &roadmap.milestones[ix.0].id,
                Target::Issue(ix) => &roadmap.issues[ix.0].id,
            };
            edition.aliases.insert(alias.was.key().to_owned(), to.key().to_owned());
        }
        // Texts leave first, since all other fields are read beside other items.
        let goals: Vec<_> = roadmap.milestones.iter_mut().map(milestone_texts).collect();
        let bodies: Vec<_> = roadmap.issues.iter_mut().map(issue_texts).collect();
        let dropped = dropped_milestones(&roadmap);
        for ((milestone, texts), is_dropped) in roadmap.milestones.iter().zip(goals).zip(dropped) {
            let item = milestone_item(&roadmap, milestone, texts, is_dropped);
            edition.milestones.insert(milestone.id.key().to_owned(), item);
        }
        for ((issue, texts), internal) in roadmap.issues.iter().zip(bodies).zip(internal) {
            edition.issues.insert(issue.id.key().to_owned(), issue_item(&roadmap, issue, texts, internal));
        }
        edition.roadmap = Some(Box::new(roadmap));
        edition
    }

    /// The day that it speaks for; `None` where neither source nor lock states one.
    pub(crate) fn as_of(&self) -> Option<Day> {
        self.roadmap.as_ref().and_then(|roadmap| roadmap.as_of)
    }

    /// Whether anything in it is kept out of the site.
    pub(super) fn has_internal(&self) -> bool {
        let is_internal = |items: &BTreeMap<String, Item>| items.values().any(|item| item.internal);
        is_internal(&self.milestones) || is_internal(&self.issues) || !self.internal_labels.is_empty()
    }

    /// The items of a kind.
    pub(super) fn items(&self, kind: Kind) -> &BTreeMap<String, Item> {
        match kind {
            Kind::Milestone => &self.milestones,
            Kind::Issue | Kind::Label => &self.issues,
        }
    }

    /// How many milestones and issues it has; of a public one, how many are not internal.
    pub(super) fn counts(&self, public: bool) -> (usize, usize) {
        let count =
            |items: &BTreeMap<String, Item>| items.values().filter(|item| !(public && item.internal)).count();
        (count(&self.milestones), count(&self.issues))
    }
}

/// A name as GitHub compares it.
pub(super) fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn milestone_texts(milestone: &mut Milestone) -> Vec<(&'static str, String)> {
    let goal = milestone.goal.take().map(|text| ("goal", text));
    let description = milestone.description.get_mut().map(|text| ("description", std::mem::take(text)));
    goal.into_iter().chain(description).collect()
}

fn issue_texts(issue: &mut Issue) -> Vec<(&'static str, String)> {
    issue.body.get_mut().map(|text| ("body", std::mem::take(text))).into_iter().collect()
}

fn scope(issue: &Issue) -> BTreeMap<&'static str, Value> {
    let said = |field: &Field| Some((field.key, (field.said)(issue)?.json()));
    ISSUE.iter().filter(|field| field.is_scope).filter_map(said).collect()
}

fn milestone_item(
    roadmap: &Roadmap,
    milestone: &Milestone,
    texts: Vec<(&'static str, String)>,
    is_dropped: bool,
) -> Item {
    let ids = milestone.blocked_by.iter().map(|link| roadmap.milestones[link.to.0].id.to_string());
    Item {
        kind: Kind::Milestone,
        id: milestone.id.to_string(),
        title: crate::model::title_without_id(&milestone.title, &milestone.id).to_owned(),
        whole_title: milestone.title.clone(),
        internal: milestone.internal,
        state: milestone.known_state(),
        state_reason: is_dropped.then_some(StateReason::NotPlanned),
        closed_on: milestone.snapshot.closed_on,
        start_on: milestone.start_on,
        due_on: milestone.known_due_on(),
        scope: BTreeMap::new(),
        milestone: None,
        parent: None,
        people: milestone.owner.iter().cloned().collect(),
        labels: BTreeSet::new(),
        waits_for: ids.collect(),
        texts,
        was: milestone.was.clone(),
    }
}

fn issue_item(roadmap: &Roadmap, issue: &Issue, texts: Vec<(&'static str, String)>, internal: bool) -> Item {
    let id = |ix: usize| roadmap.issues[ix].id.to_string();
    let elsewhere = issue.blocked_elsewhere.iter().map(|link| link.to.text.clone());
    Item {
        kind: Kind::Issue,
        id: issue.id.to_string(),
        title: issue.short_title().to_owned(),
        whole_title: issue.title.clone(),
        internal,
        state: issue.known_state(),
        state_reason: issue.known_reason(),
        closed_on: issue.known_closed_on(),
        start_on: issue.start_on,
        due_on: issue.due_on,
        scope: scope(issue),
        milestone: issue.milestone.get().map(|ix| roadmap.milestones[ix.0].id.to_string()),
        parent: issue
            .parent
            .get()
            .map(|ix| id(ix.0))
            .or_else(|| Some(issue.parent_elsewhere.as_ref()?.text.clone())),
        people: issue.assignees().iter().cloned().collect(),
        labels: issue.labels().iter().map(|link| roadmap.labels[link.to.0].name.clone()).collect(),
        waits_for: issue.blocked_by().iter().map(|link| id(link.to.0)).chain(elsewhere).collect(),
        texts,
        was: Vec::new(),
    }
}
