//! Values of GitHub's as edits of the source: each in the file that holds its item, and nothing else touched.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde_json::Value;

use crate::{
    commands::{
        editing::{Draft, EditSession},
        lookup,
    },
    edit::{Change, Edit},
    github::{
        desired::Desired,
        normal::folded,
        plan::{Field, Item, SourceChange},
        state::label_key,
    },
    io::Failure,
    model::{LabelIx, MilestoneIx},
};

/// What is written where: by file, and by the path of its object.
pub(super) type Places<T> = BTreeMap<(Arc<str>, String), T>;

/// The edits that changes come to.
#[derive(Debug, Default)]
pub(in crate::commands) struct Edits {
    /// The edits.
    pub(in crate::commands) edits: Vec<Edit>,
    /// Where each item is written.
    pub(super) places: Places<Item>,
    /// What the source cannot be made to say, in words.
    pub(in crate::commands) left: Vec<(Item, String)>,
}

/// What changes need to know of each other: names that change are written by their new ones.
pub(super) struct Names<'d, 'a> {
    desk: &'d EditSession<'a>,
    desired: &'d Desired,
    milestones: BTreeMap<&'d str, MilestoneIx>,
    labels: BTreeMap<String, LabelIx>,
    issues: BTreeMap<&'d str, lookup::Item>,
    titles: BTreeMap<MilestoneIx, String>,
    renamed: BTreeMap<String, String>,
    by_title: bool,
}

impl<'d, 'a> Names<'d, 'a> {
    pub(super) fn new(desk: &'d EditSession<'a>, desired: &'d Desired, changes: &[SourceChange]) -> Self {
        let roadmap = &desk.roadmap;
        let milestones: BTreeMap<_, _> = roadmap.milestones().map(|(ix, it)| (it.id.key(), ix)).collect();
        let (mut titles, mut renamed) = (BTreeMap::new(), BTreeMap::new());
        for SourceChange { item, field, value } in changes {
            match (item, field, value.as_str()) {
                (Item::Milestone(id), Field::Title, Some(title)) => {
                    titles.extend(milestones.get(id.key()).map(|ix| (*ix, title.to_owned())));
                }
                (Item::Label(name), Field::Name, Some(new)) => {
                    renamed.insert(label_key(name), new.to_owned());
                }
                _ => {}
            }
        }
        let labels =
            roadmap.labels.iter().enumerate().map(|(at, label)| (label_key(&label.name), LabelIx(at)));
        Self {
            desk,
            desired,
            milestones,
            labels: labels.collect(),
            issues: roadmap.issues().map(|(ix, it)| (it.id.key(), lookup::Item::Issue(ix))).collect(),
            titles,
            renamed,
            by_title: desk.names_milestones_by_title(),
        }
    }

    fn find(&self, item: &Item) -> Option<lookup::Item> {
        match item {
            Item::Label(name) => self.labels.get(&label_key(name)).copied().map(lookup::Item::Label),
            Item::Milestone(id) => self.milestones.get(id.key()).copied().map(lookup::Item::Milestone),
            Item::Issue(id) => self.issues.get(id.key()).copied(),
        }
    }

    /// How an issue names the milestone of this id.
    pub(super) fn milestone(&self, id: &str) -> Value {
        let Some(ix) = self.milestones.get(id.to_lowercase().as_str()).filter(|_| self.by_title) else {
            return id.into();
        };
        let title = &self.desk.roadmap.milestones[ix.0].title;
        match self.desk.titled(title) {
            Ok(_) => self.titles.get(ix).unwrap_or(title).as_str().into(),
            Err(_) => id.into(),
        }
    }

    /// How an issue names a label.
    pub(super) fn label(&self, name: &str) -> Value {
        self.renamed.get(&label_key(name)).map_or(name, String::as_str).into()
    }

    /// A list with what stays as it is written, and what is new behind it.
    fn list(&self, old: Option<&Value>, new: &Value, field: Field) -> Value {
        let key = |value: &Value| {
            let text = value.as_str().unwrap_or_default();
            match field {
                Field::BlockedBy => self.desired.key_of(text),
                _ => folded(text),
            }
        };
        let (none, new) = (Vec::new(), new.as_array());
        let (old, new) = (old.and_then(Value::as_array).unwrap_or(&none), new.unwrap_or(&none));
        let wanted: BTreeSet<_> = new.iter().map(key).collect();
        let kept: Vec<_> = old.iter().filter(|value| wanted.contains(&key(value))).cloned().collect();
        let known: BTreeSet<_> = kept.iter().map(key).collect();
        let added = new.iter().filter(|value| !known.contains(&key(value)));
        let added = added.map(|value| match (field, value.as_str()) {
            (Field::Labels, Some(name)) => self.label(name),
            _ => value.clone(),
        });
        kept.iter().cloned().chain(added).collect()
    }
}

/// The edits that make the source say these values.
///
/// # Errors
/// Where an item cannot be edited.
pub(in crate::commands) fn edits(
    desk: &EditSession<'_>,
    desired: &Desired,
    changes: &[SourceChange],
) -> Result<Edits, Failure> {
    let names = Names::new(desk, desired, changes);
    let mut by_item = BTreeMap::<&Item, Vec<&SourceChange>>::new();
    for change in changes {
        by_item.entry(&change.item).or_default().push(change);
    }
    let (mut found, mut elsewhere) = (Edits::default(), Vec::new());
    for (item, changes) in by_item {
        let subject = names.find(item).map(|item| desk.subject(item)).transpose();
        let Ok(Some(subject)) = subject else {
            found.left.push((item.clone(), "the source does not list it".to_owned()));
            continue;
        };
        let place = (Arc::clone(&subject.file), subject.at.to_string());
        let mut draft = Draft::new(desk, subject);
        let taken = changes.iter().try_for_each(|change| take(&mut draft, &names, change));
        let (own, others) = match taken.and_then(|()| draft.edits()) {
            Ok(edits) => edits,
            Err(failure) => {
                found.left.push((item.clone(), failure.to_string()));
                continue;
            }
        };
        // What is found in a body's file is found in this item.
        let files = own.iter().filter(|edit| matches!(edit.change, Change::File(_)));
        found.places.extend(files.map(|edit| ((Arc::clone(&edit.file), String::new()), item.clone())));
        found.edits.extend(own);
        elsewhere.extend(others);
        found.places.insert(place, item.clone());
    }
    // What an issue says itself goes before what follows from another item's name.
    let own: BTreeSet<_> = found.edits.iter().map(place_of).collect();
    let others: Vec<_> = elsewhere.into_iter().filter(|edit| !own.contains(&place_of(edit))).collect();
    found.edits.extend(others);
    Ok(found)
}

fn place_of(edit: &Edit) -> (Arc<str>, String) {
    (Arc::clone(&edit.file), edit.path.to_string())
}

/// Writes one value into a draft.
fn take(draft: &mut Draft<'_, '_>, names: &Names<'_, '_>, change: &SourceChange) -> Result<(), Failure> {
    let (key, value) = (change.field.key(), &change.value);
    let text = value.as_str().unwrap_or_default();
    let value = match change.field {
        Field::Title => {
            draft.take_title(text);
            return Ok(());
        }
        Field::Name => {
            let lookup::Item::Label(ix) = draft.subject.item else { return Ok(()) };
            return draft.take_name(ix, text);
        }
        Field::Labels | Field::Assignees | Field::BlockedBy => {
            names.list(draft.subject.old.get(key), value, change.field)
        }
        Field::Milestone if !text.is_empty() => names.milestone(text),
        Field::State => {
            if text == "open" {
                // What is open has no end to speak of.
                draft.new.remove("state_reason");
                draft.new.remove("closed_on");
            }
            value.clone()
        }
        _ => value.clone(),
    };
    draft.new.insert(key.to_owned(), value);
    Ok(())
}
