//! The versions with the names that everything has in the end, so that only what is meant is compared.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{
    Renames, Side, Three,
    names::{Names, with_id},
    version::Version,
};
use crate::{
    model::{Id, id_in_title},
    rules::mentions::KnownIds,
};

/// The texts of an item, and of the roadmap itself, that may name others.
const TEXTS: [&str; 6] = ["title", "description", "goal", "body", "text", "note"];

/// The lists whose items have such texts.
pub(super) const LISTS: [&str; 6] = ["milestones", "issues", "labels", "label_groups", "phases", "sections"];

/// The final names of one version.
struct FinalNames<'n> {
    ids: &'n Renames,
    titles: &'n Renames,
    labels: &'n Renames,
    undecided: &'n BTreeSet<String>,
    /// Ids of milestones, in lower case: before titles, issues name these.
    milestones: Vec<String>,
}

/// All three versions with final names.
pub(super) fn translated(versions: &Three<Version<'_>>, names: &Names) -> Three<Map<String, Value>> {
    let one = |version: &Version<'_>, ids, titles, labels| {
        let mut value = version.value.clone();
        let milestones = version.items("milestones").unwrap_or_default();
        let milestones = milestones.iter().filter_map(|it| id_of(it)).map(|id| id.key().to_owned()).collect();
        FinalNames { ids, titles, labels, undecided: &names.undecided, milestones }.translate(&mut value);
        value
    };
    let mut all = Three {
        base: one(&versions.base, &names.ids.base, &names.titles.base, &names.labels.base),
        ours: one(&versions.ours, &names.ids.ours, &names.titles.ours, &names.labels.ours),
        theirs: one(&versions.theirs, &names.ids.theirs, &names.titles.theirs, &names.labels.theirs),
    };
    for side in [Side::Ours, Side::Theirs] {
        let new = names.renumbered.iter().filter(|(of, ..)| *of == side);
        let new: Renames = new.map(|(_, old, new)| (old.to_ascii_lowercase(), new.clone())).collect();
        if !new.is_empty() {
            mention(&mut all, side, &new, names, versions);
        }
    }
    all
}

/// The id of an item that a version has, be it read from its title or made from it.
pub(super) fn id_of(item: &Map<String, Value>) -> Option<Id> {
    let title = item.get("title")?.as_str()?;
    let given = item.get("id").and_then(Value::as_str);
    given.or_else(|| id_in_title(title)).map_or_else(|| Some(crate::model::made_id(title)), Id::new)
}

impl FinalNames<'_> {
    fn translate(&self, value: &mut Map<String, Value>) {
        for list in ["milestones", "issues"] {
            each(value, list, |item| {
                self.rename(item);
                ["parent", "blocked_by"].iter().for_each(|key| renamed(item, key, |name| self.id(name)));
                renamed(item, "milestone", |name| self.milestone(name));
                renamed(item, "labels", |name| self.labels.get(&name.to_lowercase()).cloned());
            });
        }
        each(value, "labels", |item| {
            renamed(item, "name", |name| {
                self.labels.get(&name.to_lowercase()).filter(|_| !self.is_undecided(name)).cloned()
            });
        });
        each(value, "phases", |item| renamed(item, "milestones", |name| self.id(name)));
        if let Some(Value::Object(aliases)) = value.get_mut("aliases") {
            let former: Vec<_> = aliases.keys().cloned().collect();
            let id = |name: &str| self.id(name).filter(|_| !self.is_undecided(name));
            former.iter().for_each(|key| renamed(aliases, key, id));
        }
        for state in ["in_progress", "done", "dropped"] {
            if let Some(Value::Object(state)) =
                value.get_mut("states").and_then(|states| states.get_mut(state))
            {
                renamed(state, "labels", |name| self.labels.get(&name.to_lowercase()).cloned());
            }
        }
    }

    /// Gives an item its own final id, where it has it written and in its title.
    fn rename(&self, item: &mut Map<String, Value>) {
        let Some(id) = id_of(item).filter(|id| !self.is_undecided(id.key())) else { return };
        let Some(new) = self.ids.get(id.key()) else { return };
        let title = item.get("title").and_then(Value::as_str).unwrap_or_default();
        let retitled = with_id(title, &id, new);
        if item.get("id").is_some_and(Value::is_string) || id_in_title(&retitled) != Some(new) {
            item.insert("id".to_owned(), new.as_str().into());
        }
        item.insert("title".to_owned(), retitled.into());
    }

    fn is_undecided(&self, name: &str) -> bool {
        self.undecided.contains(&name.to_lowercase())
    }

    fn id(&self, name: &str) -> Option<String> {
        self.ids.get(&name.to_ascii_lowercase()).cloned()
    }

    fn milestone(&self, name: &str) -> Option<String> {
        if self.milestones.contains(&name.to_ascii_lowercase()) {
            return self.id(name);
        }
        self.titles.get(name.trim()).cloned()
    }
}

fn each(value: &mut Map<String, Value>, list: &str, change: impl FnMut(&mut Map<String, Value>)) {
    let items = value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten();
    items.filter_map(Value::as_object_mut).for_each(change);
}

/// Puts other names into a member that holds one, or several.
pub(super) fn renamed(item: &mut Map<String, Value>, key: &str, new: impl Fn(&str) -> Option<String>) {
    let one = |value: &mut Value| {
        if let Some(name) = value.as_str().and_then(&new) {
            *value = name.into();
        }
    };
    match item.get_mut(key) {
        Some(Value::Array(names)) => names.iter_mut().for_each(one),
        Some(value) => one(value),
        None => {}
    }
}

/// Puts the new ids into the texts that a side wrote, wherever they stand: what the base says cannot mean an item that is new.
fn mention(
    all: &mut Three<Map<String, Value>>,
    side: Side,
    new: &Renames,
    names: &Names,
    versions: &Three<Version<'_>>,
) {
    let items = ["milestones", "issues"].into_iter().filter_map(|list| versions.side(side).items(list));
    let ids: Vec<_> = items.flatten().filter_map(id_of).collect();
    let known = KnownIds::named(&ids);
    let follow = |item: &mut Map<String, Value>, old: &dyn Fn(&str, &str) -> bool| {
        texts_of(item, |key, text| (!old(key, text)).then(|| replaced(&known, text, new)));
    };
    let base = &versions.base.value;
    follow(all.side_mut(side), &|key, text| has_text(base, key, text));
    for list in LISTS {
        let before = versions.base.items(list).unwrap_or_default();
        let places = names.places.get(list);
        let named: BTreeMap<_, _> =
            places.into_iter().flat_map(|it| &it.base).zip(before.iter().copied()).collect();
        let mut own = places.into_iter().flat_map(|places| places.side(side));
        each(all.side_mut(side), list, |item| {
            let old = own.next().and_then(|place| named.get(place));
            follow(item, &|key, text| match places {
                Some(_) => old.is_some_and(|old| has_text(old, key, text)),
                // Without names nobody knows which item it was: a text that one of them had is no new one.
                None => before.iter().any(|old| has_text(old, key, text)),
            });
        });
    }
}

/// Gives the texts of an item, and those of its updates, what is made of them; nothing leaves one as it is.
pub(super) fn texts_of(item: &mut Map<String, Value>, mut new: impl FnMut(&str, &str) -> Option<String>) {
    let mut give = |item: &mut Map<String, Value>| {
        for key in TEXTS {
            if let Some(text) = item.get(key).and_then(Value::as_str).and_then(|text| new(key, text)) {
                item.insert(key.to_owned(), text.into());
            }
        }
    };
    give(item);
    each(item, "updates", give);
}

/// Whether an item has this text under this key, be it in one of its updates.
fn has_text(item: &Map<String, Value>, key: &str, text: &str) -> bool {
    texts_at(item, key).contains(&text)
}

/// The texts that an item, and its updates, have under a key.
pub(super) fn texts_at<'v>(item: &'v Map<String, Value>, key: &str) -> Vec<&'v str> {
    let updates = item.get("updates").and_then(Value::as_array).into_iter().flatten();
    let all = std::iter::once(item).chain(updates.filter_map(Value::as_object));
    all.filter_map(|it| it.get(key)?.as_str()).collect()
}

/// A text with other ids in place of those that it names.
pub(super) fn replaced(known: &KnownIds, text: &str, new: &Renames) -> String {
    let (mut out, mut done) = (String::new(), 0);
    for mention in known.mentions(text).ids {
        let Some(id) = new.get(&text[mention.range.clone()].to_ascii_lowercase()) else { continue };
        out.push_str(&text[done..mention.range.start]);
        out.push_str(id);
        done = mention.range.end;
    }
    out.push_str(&text[done..]);
    out
}
