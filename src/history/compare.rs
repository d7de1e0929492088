//! What two editions of a roadmap differ by, item by item. An item is the same under another id where the source says so
//! (`aliases`, `was`), or where one item went, one came and both have the same title.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    change::{Change, Difference, FieldChange, TextChange, What},
    edition::{Edition, Item, folded},
};
use crate::{data::v1::Kind, github::text::unticked, model::When, report::diff, source::schema::State};

/// What two editions differ by.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Comparison {
    /// The changes: milestones, issues, labels, each in the order of their ids.
    pub(crate) changes: Vec<Change>,
    /// Items that have another id now: kind, the id before and after, in lower case.
    pub(super) renamed: Vec<(Kind, String, String)>,
}

/// Compares two editions.
pub(crate) fn compare(old: &Edition, new: &Edition) -> Comparison {
    let mut comparison = Comparison::default();
    let kinds = [Kind::Milestone, Kind::Issue];
    let partners = kinds.map(|kind| partners(new, old.items(kind), new.items(kind)));
    let names = Names {
        milestones: written(new, Kind::Milestone, &partners[0]),
        issues: written(new, Kind::Issue, &partners[1]),
        labels: renamed_labels(old, new),
    };
    for (kind, partners) in kinds.into_iter().zip(partners) {
        items((old.items(kind), new.items(kind)), kind, partners, &names, &mut comparison);
    }
    labels(old, new, &mut comparison);
    comparison
}

/// Items by their keys.
type Items = BTreeMap<String, Item>;

/// What is called otherwise now: names before, in lower case, with those of now. What only names such a thing is no change.
struct Names {
    milestones: BTreeMap<String, String>,
    issues: BTreeMap<String, String>,
    labels: BTreeMap<String, String>,
}

impl Names {
    fn now<'n>(names: &'n BTreeMap<String, String>, name: &'n str) -> &'n str {
        names.get(&folded(name)).map_or(name, String::as_str)
    }
}

/// The ids of now of items that had others.
fn written(new: &Edition, kind: Kind, partners: &BTreeMap<&str, &str>) -> BTreeMap<String, String> {
    let renamed = partners.iter().filter(|(was, is)| was != is);
    renamed.map(|(was, is)| ((*was).to_owned(), new.items(kind)[*is].id.clone())).collect()
}

fn renamed_labels(old: &Edition, new: &Edition) -> BTreeMap<String, String> {
    let gone = |was: &&String| old.labels.contains_key(*was) && !new.labels.contains_key(*was);
    let labels = new.labels.values();
    labels
        .flat_map(|label| label.was.iter().filter(gone).map(|was| (was.clone(), label.name.clone())))
        .collect()
}

fn items(
    (was, is): (&Items, &Items),
    kind: Kind,
    partners: BTreeMap<&str, &str>,
    names: &Names,
    out: &mut Comparison,
) {
    for (key, item) in was {
        match partners.get(key.as_str()) {
            Some(partner) => {
                let now = &is[*partner];
                if key != partner {
                    out.renamed.push((kind, key.clone(), (*partner).to_owned()));
                }
                differences(item, now, names, &mut out.changes);
            }
            None => out.changes.push(change(item, item, What::Dropped { milestone: item.milestone.clone() })),
        }
    }
    let known: BTreeSet<_> = partners.into_values().collect();
    for (_, item) in is.iter().filter(|(key, _)| !known.contains(key.as_str())) {
        out.changes.push(change(item, item, What::Added { milestone: item.milestone.clone() }));
        // What begins its life closed was work that is done all the same.
        if item.state == Some(State::Closed) {
            out.changes.push(change(item, item, closed(item)));
        }
    }
}

/// For each old item that is still there its key now.
pub(super) fn partners<'k>(new: &'k Edition, was: &'k Items, is: &'k Items) -> BTreeMap<&'k str, &'k str> {
    let mut partners: BTreeMap<&str, &str> =
        was.keys().filter(|key| is.contains_key(*key)).map(|key| (key.as_str(), key.as_str())).collect();
    let mut came: BTreeMap<&str, &Item> = is
        .iter()
        .filter(|(key, _)| !was.contains_key(*key))
        .map(|(key, item)| (key.as_str(), item))
        .collect();
    let went = || was.iter().filter(|(key, _)| !is.contains_key(*key));
    let mut titles = BTreeMap::<&str, usize>::new();
    went().for_each(|(_, item)| *titles.entry(&item.title).or_default() += 1);
    for (key, item) in went() {
        // Of several that went nobody knows which one came back.
        let is_alone = titles[item.title.as_str()] == 1;
        let is_former = |other: &Item| is_alone && other.was.contains(&item.whole_title);
        let alias = new.aliases.get(key).and_then(|to| came.get_key_value(to.as_str())).map(|(key, _)| *key);
        let found = alias
            .or_else(|| only(&came, |other| is_former(other)))
            .or_else(|| only(&came, |other| is_alone && other.title == item.title));
        if let Some(found) = found {
            came.remove(found);
            partners.insert(key.as_str(), found);
        }
    }
    partners
}

/// The one item that fits; none where several do.
fn only<'k>(items: &BTreeMap<&'k str, &Item>, fits: impl Fn(&Item) -> bool) -> Option<&'k str> {
    let mut found = items.iter().filter(|(_, item)| fits(item)).map(|(key, _)| *key);
    found.next().filter(|_| found.next().is_none())
}

/// A change of an item that was so and is so.
fn change(was: &Item, is: &Item, what: What) -> Change {
    let internal = was.internal || is.internal;
    Change {
        kind: is.kind,
        id: is.id.clone(),
        title: Some(is.whole_title.clone()),
        short_title: is.title.clone(),
        internal,
        what,
    }
}

fn differences(was: &Item, is: &Item, names: &Names, out: &mut Vec<Change>) {
    let mut add = |what| out.push(change(was, is, what));
    if was.due_on != is.due_on {
        let last = |due: Option<When>| due.and_then(When::last);
        let days = last(is.due_on).zip(last(was.due_on)).map(|(is, was)| is.days_since(was));
        add(What::Rescheduled { from: was.due_on, to: is.due_on, days });
    }
    if was.start_on != is.start_on {
        add(What::Restarted { from: was.start_on, to: is.start_on });
    }
    match (was.state, is.state) {
        (before, Some(State::Closed))
            if before != Some(State::Closed) || was.is_dropped() != is.is_dropped() =>
        {
            add(closed(is));
        }
        (Some(State::Closed), Some(State::Open)) => add(What::Reopened),
        _ => {}
    }
    if let Some((from, to)) = other(&was.milestone, &is.milestone, &names.milestones) {
        add(What::Moved { from, to });
    }
    let from_id = (!was.id.eq_ignore_ascii_case(&is.id)).then(|| was.id.clone());
    let from_title = (was.title != is.title).then(|| was.title.clone());
    if from_id.is_some() || from_title.is_some() {
        add(What::Renamed { from_id, from_title });
    }
    if let Some(what) = rescoped(was, is, names) {
        add(what);
    }
    let nobody = BTreeMap::new();
    let waited = if is.kind == Kind::Milestone { &names.milestones } else { &names.issues };
    for (was, is, names, what) in [
        (&was.waits_for, &is.waits_for, waited, What::Dependencies as fn(Difference) -> What),
        (&was.people, &is.people, &nobody, What::People),
        (&was.labels, &is.labels, &names.labels, What::Labels),
    ] {
        if let Some(difference) = difference(was, is, names) {
            add(what(difference));
        }
    }
}

fn closed(item: &Item) -> What {
    What::Closed { on: item.closed_on, reason: item.state_reason }
}

/// What a reference was and is, where these are not the same thing.
fn other(
    was: &Option<String>,
    is: &Option<String>,
    names: &BTreeMap<String, String>,
) -> Option<(Option<String>, Option<String>)> {
    let key = |name: &Option<String>| name.as_deref().map(|name| folded(Names::now(names, name)));
    (key(was) != is.as_deref().map(folded)).then(|| (was.clone(), is.clone()))
}

fn rescoped(was: &Item, is: &Item, names: &Names) -> Option<What> {
    let keys = was.scope.keys().chain(is.scope.keys()).collect::<BTreeSet<_>>();
    let value = |item: &Item, key| item.scope.get(key).cloned();
    let changed = keys.into_iter().filter(|key| was.scope.get(**key) != is.scope.get(**key));
    let fields: Vec<_> =
        changed.map(|key| FieldChange { field: key, from: value(was, key), to: value(is, key) }).collect();
    let parent = other(&was.parent, &is.parent, &names.issues);
    let names = was.texts.iter().chain(&is.texts).map(|(field, _)| *field).collect::<BTreeSet<_>>();
    let texts: Vec<_> = names.into_iter().filter_map(|field| text_change(was, is, field)).collect();
    let is_other = !fields.is_empty() || parent.is_some() || !texts.is_empty();
    is_other.then_some(What::Rescoped { fields, texts, parent })
}

/// How a text differs, line ends and ticks apart: work that is done on a list does not change what is to be done.
fn text_change(was: &Item, is: &Item, field: &'static str) -> Option<TextChange> {
    let text = |item: &Item| {
        let found = item.texts.iter().find(|(name, _)| *name == field);
        found.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let (old, new) = (text(was), text(is));
    if old == new {
        return None;
    }
    let normal = |text: &str| unticked(&text.replace("\r\n", "\n")).trim_end().to_owned() + "\n";
    let (old, new) = (normal(&old), normal(&new));
    let changed = diff::unified("text", Some(&old), Some(&new), 0);
    let lines = |sign: &str, head: &str| {
        changed.lines().filter(|line| line.starts_with(sign) && !line.starts_with(head)).count()
    };
    let (added_lines, removed_lines) = (lines("+", "+++ "), lines("-", "--- "));
    (added_lines + removed_lines > 0).then_some(TextChange { field, added_lines, removed_lines })
}

/// What a set of names gained and lost, case apart.
fn difference(
    was: &BTreeSet<String>,
    is: &BTreeSet<String>,
    names: &BTreeMap<String, String>,
) -> Option<Difference> {
    if was == is {
        return None;
    }
    let key = |name: &String| folded(Names::now(names, name));
    let old: BTreeSet<_> = was.iter().map(key).collect();
    let new: BTreeSet<_> = is.iter().map(|name| folded(name)).collect();
    let found = Difference {
        added: is.iter().filter(|name| !old.contains(&folded(name))).cloned().collect(),
        removed: was.iter().filter(|name| !new.contains(&key(name))).cloned().collect(),
    };
    (!found.added.is_empty() || !found.removed.is_empty()).then_some(found)
}

fn labels(old: &Edition, new: &Edition, out: &mut Comparison) {
    let internal = |key: &str| old.internal_labels.contains(key) || new.internal_labels.contains(key);
    let mut add = |key: &str, name: &str, what| {
        let (kind, id, short_title) = (Kind::Label, name.to_owned(), String::new());
        out.changes.push(Change { kind, id, title: None, short_title, internal: internal(key), what });
    };
    let mut gone: BTreeMap<_, _> =
        old.labels.iter().filter(|(key, _)| !new.labels.contains_key(*key)).collect();
    for (key, label) in new.labels.iter().filter(|(key, _)| !old.labels.contains_key(*key)) {
        match label.was.iter().find_map(|was| gone.remove(was)) {
            Some(was) => {
                let from_id = Some(was.name.clone());
                add(key, &label.name, What::Renamed { from_id, from_title: None });
            }
            None => add(key, &label.name, What::Added { milestone: None }),
        }
    }
    for (key, label) in gone {
        add(key, &label.name, What::Dropped { milestone: None });
    }
}
