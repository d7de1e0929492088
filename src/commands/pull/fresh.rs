//! Issues that people opened, as objects of the source: each with an id of the series, behind the last one.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;
use serde_json::{Map, Value};

use super::edits::{Names, Places};
use crate::{
    commands::{add::series, editing::EditSession},
    edit::{Change, Edit, New, Spot},
    github::{actual::Actual, desired::Desired, pull::Opened, remote::IssueName, state::label_key},
    model::{
        Id,
        fields::{FILE, ISSUE},
        id_in_title,
    },
    report::JsonPath,
    source::{Lock, schema::Field},
};

/// An issue that the source takes in.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Fresh {
    /// The id that it is given.
    pub(super) id: String,
    /// Its number in GitHub.
    pub(super) number: u64,
    /// Its REST id.
    #[serde(skip)]
    pub(super) rest: u64,
    /// What it is called.
    pub(super) title: String,
    /// What of it the source cannot say.
    #[serde(skip)]
    pub(super) notes: Vec<String>,
    #[serde(skip)]
    object: Map<String, Value>,
}

/// What the objects are made of.
pub(super) struct Maker<'m, 'a> {
    pub(super) desk: &'m EditSession<'a>,
    pub(super) desired: &'m Desired,
    pub(super) actual: &'m Actual,
    pub(super) lock: &'m Lock,
    pub(super) names: &'m Names<'m, 'a>,
}

impl Maker<'_, '_> {
    /// The issues as the source takes them in.
    pub(super) fn make(&self, opened: &[Opened]) -> Vec<Fresh> {
        // What left the source keeps its id: the lock knows another issue by it.
        let mut given: BTreeSet<_> = self.lock.issues.keys().cloned().collect();
        let mut ids = BTreeMap::new();
        for issue in opened {
            let id = self.id(issue, &given);
            given.insert(id.to_ascii_lowercase());
            ids.insert(issue.number, id);
        }
        opened.iter().map(|issue| self.one(issue, &ids)).collect()
    }

    /// The id that the title begins with, where it is one of the series that is free and comes soon; else the next one.
    fn id(&self, issue: &Opened, given: &BTreeSet<String>) -> String {
        let desk = self.desk;
        let of_milestone = issue.milestone.as_ref().and_then(|id| {
            let is_in = |ix: &crate::model::MilestoneIx| desk.roadmap.milestones[ix.0].id == *id;
            series::issues_where(desk, |it| it.milestone.get().is_some_and(is_in))
        });
        let has_label = |it: &crate::model::Issue| {
            let links = it.labels.get().into_iter().flatten();
            links
                .into_iter()
                .any(|link| issue.known.contains(&label_key(&desk.roadmap.labels[link.to.0].name)))
        };
        let siblings = of_milestone
            .or_else(|| series::issues_where(desk, has_label))
            .or_else(|| series::issues_where(desk, |_| true))
            .unwrap_or_default();
        if let Some(reserved) = &issue.reserved {
            return siblings.written(reserved);
        }
        let said = id_in_title(&issue.title).and_then(Id::new);
        let said = said.filter(|id| siblings.is_near(desk, id) && !given.contains(id.key()));
        said.map_or_else(|| siblings.next_id(desk, &issue.title, given), |id| id.to_string())
    }

    fn one(&self, issue: &Opened, ids: &BTreeMap<u64, String>) -> Fresh {
        let id = ids.get(&issue.number).cloned().unwrap_or_default();
        let (mut object, mut notes) = (Map::new(), Vec::new());
        let mut put = |key: &str, value: Value| _ = object.insert(key.to_owned(), value);
        if id_in_title(&issue.title) != Some(&id) {
            put("id", id.as_str().into());
        }
        put("title", issue.title.as_str().into());
        if let Some(milestone) = &issue.milestone {
            put("milestone", self.names.milestone(milestone.as_str()));
        }
        if !issue.body.is_empty() {
            put("body", issue.body.as_str().into());
        }
        let labels = self.labels(issue);
        if !labels.is_empty() {
            put("labels", labels.into());
        }
        if let Some(kind) = &issue.kind {
            put("type", kind.as_str().into());
        }
        let named = |place: &IssueName| self.named(place, ids);
        match issue.parent.as_ref().map(|parent| (parent, named(parent))) {
            Some((_, Some(parent))) => put("parent", parent.into()),
            Some((place, None)) => notes.push(format!("`parent` of `{id}` leads to {place}: it is left out")),
            None => {}
        }
        let blockers: Option<Vec<_>> = issue.blocked_by.iter().map(named).collect();
        match blockers {
            Some(blockers) if !blockers.is_empty() => put("blocked_by", blockers.into()),
            Some(_) => {}
            // A part of them would have the next apply take the others away.
            None => notes
                .push(format!("`blocked_by` of `{id}` leads to what the source cannot name: it is left out")),
        }
        Fresh { id, number: issue.number, rest: issue.id, title: issue.title.clone(), notes, object }
    }

    /// The labels of an issue that the source can name.
    fn labels(&self, issue: &Opened) -> Vec<Value> {
        let is_sayable = !self.desk.roadmap.labels_listed;
        let known = issue.known.iter().filter_map(|key| self.desired.state.labels.get(key));
        let known = known.map(|label| self.names.label(&label.name));
        let others = issue.others.iter().filter(|_| is_sayable).map(|name| name.as_str().into());
        known.chain(others).collect()
    }

    /// The id of an issue of this repository.
    fn named(&self, place: &IssueName, ids: &BTreeMap<u64, String>) -> Option<String> {
        if place.repository.is_some() {
            return None;
        }
        let (identity, world) = (&self.actual.identity, &self.actual.world);
        let is_it = |at: usize| world.issues[at].number == place.number;
        let ours = identity.issues.iter().find(|(_, seen)| seen.as_ref().is_ok_and(|seen| is_it(seen.at)));
        ours.map(|(id, _)| id.to_string()).or_else(|| ids.get(&place.number).cloned())
    }

    /// The edits that put them behind the last issue of the last file that has any, and the place of each there.
    pub(super) fn edits(&self, fresh: &[Fresh]) -> (Vec<Edit>, Places<u64>) {
        let desk = self.desk;
        let list = |value: &Value| value.get("issues").and_then(Value::as_array).map(Vec::len);
        let mut files = desk.roadmap.files.iter().zip(&desk.values);
        let holder = files.rfind(|(_, value)| list(value).is_some());
        let path = JsonPath::default().key("issues");
        let bodies: Vec<_> = fresh.iter().map(|fresh| self.body(fresh)).collect();
        let objects: Vec<_> =
            fresh.iter().zip(&bodies).map(|(fresh, body)| fresh.written(body.is_some())).collect();
        let (file, before, mut edits): (_, _, Vec<_>) = match holder {
            Some((file, value)) => {
                let edit = |object| Edit {
                    file: Arc::clone(file),
                    path: path.clone(),
                    change: Change::Append(object),
                };
                (Arc::clone(file), list(value).unwrap_or_default(), objects.into_iter().map(edit).collect())
            }
            None => {
                let file = desk.roadmap.head_place("issues").file;
                let change = Change::Set(New::List(objects), Spot::Among(FILE));
                (Arc::clone(&file), 0, vec![Edit { file, path: path.clone(), change }])
            }
        };
        let place = |(n, fresh): (usize, &Fresh)| {
            ((Arc::clone(&file), path.clone().index(before + n).to_string()), fresh.number)
        };
        let places = fresh.iter().enumerate().map(place).collect();
        edits.extend(bodies.into_iter().flatten());
        (if fresh.is_empty() { Vec::new() } else { edits }, places)
    }

    /// The edit that gives one its body in a file, where bodies have files here. What is in the way there leaves it in the JSON.
    fn body(&self, fresh: &Fresh) -> Option<Edit> {
        let body = fresh.object.get("body")?.as_str()?;
        self.desk.new_body(&fresh.id, body).ok().flatten()
    }
}

impl Fresh {
    /// The object with its keys in their order, without a body that has a file.
    fn written(&self, has_body_file: bool) -> New {
        let member = |key: &'static str| Some((key.to_owned(), New::Value(self.object.get(key)?.clone())));
        let fields = ISSUE.iter().filter(|field| !(has_body_file && field.key == "body"));
        New::Object(fields.filter_map(|field| member(field.key)).collect())
    }
}

/// The lock with an entry for each, so that whoever comes next finds them by number.
pub(super) fn reserve(lock: &mut Lock, fresh: &[Fresh]) {
    for Fresh { id, number, rest, .. } in fresh {
        let line = lock.issues.entry(id.to_ascii_lowercase()).or_default();
        (line.number, line.id) = (Some(*number), Some(*rest));
        line.applied.title = Field::Absent;
    }
}
