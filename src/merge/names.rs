//! Which items of three versions are the same one, and what each is called in the end.
//!
//! An item is known by its id; a rename is known by what it leaves behind (`aliases`, `was`). References are given the final
//! names in all three versions before anything is compared, so that a rename on one side and an edit on the other do not meet.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Known, Renames, Side, Three, number::Taken, version::Version};
use crate::model::{Id, id_in_title, made_id, title_without_id};

/// How many former ids may lead to each other.
const MOST_STEPS: usize = 100;

/// Lists whose items are known by a name that nothing else refers to.
const NAMED: [(&str, &str); 3] = [("label_groups", "prefix"), ("phases", "title"), ("sections", "title")];

/// What is called how.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// For each list what each item of each version is known by.
    pub(super) places: BTreeMap<&'static str, Three<Vec<String>>>,
    /// Ids in lower case that are others in the end.
    pub(super) ids: Three<Renames>,
    /// Titles of milestones that are others in the end.
    pub(super) titles: Three<Renames>,
    /// Labels in lower case that are called otherwise in the end.
    pub(super) labels: Three<Renames>,
    /// Ids that both sides gave away.
    pub(super) renumbered: Vec<(Side, String, String)>,
    /// Ids and labels in lower case that each side changed in its own way: they stay what they are, to be compared.
    pub(super) undecided: BTreeSet<String>,
}

/// A milestone or an issue of a version.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) list: &'static str,
    pub(super) id: Id,
    pub(super) title: String,
    /// The id that it had in the base, in lower case.
    origin: Option<String>,
    /// The id that it gets in place of its own.
    renumbered: Option<String>,
}

impl Item {
    fn place(&self) -> String {
        match &self.origin {
            Some(origin) => origin.clone(),
            None => format!("+{}", self.renumbered.as_deref().unwrap_or(self.id.key()).to_ascii_lowercase()),
        }
    }

    fn wanted(&self) -> String {
        self.renumbered.clone().unwrap_or_else(|| self.id.to_string())
    }
}

/// The milestones and issues of a version; `None` where one is not as a source has it, or two have the same id.
pub(super) fn items(version: &Version<'_>) -> Option<Vec<Item>> {
    let mut items = Vec::new();
    for list in ["milestones", "issues"] {
        for item in version.items(list)? {
            let title = item.get("title")?.as_str()?.to_owned();
            let id = match item.get("id") {
                None | Some(Value::Null) => {
                    id_in_title(&title).and_then(Id::new).unwrap_or_else(|| made_id(&title))
                }
                Some(id) => Id::new(id.as_str()?)?,
            };
            items.push(Item { list, id, title, origin: None, renumbered: None });
        }
    }
    let keys: BTreeSet<_> = items.iter().map(|item| item.id.key()).collect();
    (keys.len() == items.len()).then_some(items)
}

impl Names {
    /// The names of these versions; `None` where one is no source that can be read.
    pub(super) fn of(versions: &Three<Version<'_>>, known: &Known) -> Option<Self> {
        let mut items = versions.as_ref().map(items).whole()?;
        let base: BTreeSet<_> = items.base.iter().map(|it| it.id.key().to_owned()).collect();
        items.base.iter_mut().for_each(|it| it.origin = Some(it.id.key().to_owned()));
        for side in [Side::Ours, Side::Theirs] {
            trace(items.side_mut(side), &base, &former_ids(versions.side(side)));
        }
        let mut names = Self::default();
        names.renumber(versions, &mut items, &base, known)?;
        names.settle(&items);
        for list in ["milestones", "issues"] {
            let places = |all: &Vec<Item>| all.iter().filter(|it| it.list == list).map(Item::place).collect();
            names.places.insert(list, items.as_ref().map(places));
        }
        names.settle_titles(&items);
        names.settle_labels(versions);
        for (list, key) in NAMED {
            let places = versions.as_ref().map(|it| named(it, list, key)).whole();
            names.places.extend(places.map(|places| (list, places)));
        }
        Some(names)
    }

    /// Gives another id to new items of which both sides have one of the same id.
    fn renumber(
        &mut self,
        versions: &Three<Version<'_>>,
        items: &mut Three<Vec<Item>>,
        base: &BTreeSet<String>,
        known: &Known,
    ) -> Option<()> {
        let mut taken: Taken = known.taken.iter().cloned().collect();
        taken.extend(known.our_lock.iter().chain(&known.their_lock).cloned());
        taken.extend(items.all().into_iter().flatten().map(|it| it.id.key().to_owned()));
        taken.extend(versions.all().into_iter().flat_map(|it| former_ids(it).into_keys()));
        let is_new = |it: &&Item| !base.contains(it.id.key());
        let theirs: BTreeMap<_, _> = items
            .theirs
            .iter()
            .enumerate()
            .filter(|(_, it)| is_new(it))
            .map(|(n, it)| (it.id.key().to_owned(), n))
            .collect();
        for mine in 0..items.ours.len() {
            let own = &items.ours[mine];
            let Some(&other) = theirs.get(own.id.key()).filter(|_| is_new(&own)) else { continue };
            let (locked, also) =
                (known.our_lock.contains(own.id.key()), known.their_lock.contains(own.id.key()));
            if is_same(own, &items.theirs[other]) || (locked && also && own.list == items.theirs[other].list)
            {
                continue;
            }
            let side = if also && !locked { Side::Ours } else { Side::Theirs };
            let loser = &mut items.side_mut(side)[if side == Side::Ours { mine } else { other }];
            let new = taken.give(&loser.id, &loser.title)?;
            self.renumbered.push((side, loser.id.to_string(), new.clone()));
            loser.renumbered = Some(new);
        }
        Some(())
    }

    /// Decides on the id of each item.
    fn settle(&mut self, items: &Three<Vec<Item>>) {
        let by_place = items
            .as_ref()
            .map(|all| all.iter().map(|it| (it.place(), it.wanted())).collect::<BTreeMap<_, _>>());
        let finals = self.finals(&by_place);
        let renamed = |all: &Vec<Item>| {
            let pairs = all.iter().filter_map(|it| Some((it, finals.get(&it.place())?)));
            pairs
                .filter(|(it, new)| it.id.as_str() != **new)
                .map(|(it, new)| (it.id.key().to_owned(), new.clone()))
                .collect()
        };
        self.ids = items.as_ref().map(renamed);
    }

    /// Decides on the title of each milestone, by which issues may name it.
    fn settle_titles(&mut self, items: &Three<Vec<Item>>) {
        let title = |it: &Item, ids: &Renames| match ids.get(it.id.key()) {
            Some(new) => with_id(&it.title, &it.id, new).trim().to_owned(),
            None => it.title.trim().to_owned(),
        };
        let milestones = |all: &[Item], ids: &Renames| -> BTreeMap<String, String> {
            let all = all.iter().filter(|it| it.list == "milestones");
            all.map(|it| (it.place(), title(it, ids))).collect()
        };
        let by_place = Three {
            base: milestones(&items.base, &self.ids.base),
            ours: milestones(&items.ours, &self.ids.ours),
            theirs: milestones(&items.theirs, &self.ids.theirs),
        };
        let finals = self.finals(&by_place);
        let renamed = |all: &Vec<Item>| -> Renames {
            let own = all.iter().filter(|it| it.list == "milestones");
            let pairs =
                own.filter_map(|it| Some((it.title.trim().to_owned(), finals.get(&it.place())?.clone())));
            pairs.filter(|(old, new)| old != new).collect()
        };
        self.titles = items.as_ref().map(renamed);
    }

    /// Decides on the name of each label.
    fn settle_labels(&mut self, versions: &Three<Version<'_>>) {
        let Some(labels) = versions.as_ref().map(|it| named(it, "labels", "name")).whole() else { return };
        let base: BTreeSet<_> = labels.base.iter().cloned().collect();
        let mut places = labels.clone();
        for side in [Side::Ours, Side::Theirs] {
            let own: BTreeSet<_> = labels.side(side).iter().cloned().collect();
            let items = versions.side(side).items("labels").unwrap_or_default();
            for (place, item) in places.side_mut(side).iter_mut().zip(items) {
                let was =
                    item.get("was").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
                let former = was.map(str::to_lowercase).find(|was| base.contains(was) && !own.contains(was));
                if !base.contains(place) {
                    *place = former.unwrap_or_else(|| format!("+{place}"));
                }
            }
        }
        let written = versions.as_ref().map(|it| {
            let items = it.items("labels").unwrap_or_default();
            items.iter().map(|it| text(it, "name").to_owned()).collect::<Vec<_>>()
        });
        let pairs =
            |places: &[String], names: &[String]| places.iter().cloned().zip(names.iter().cloned()).collect();
        let by_place: Three<BTreeMap<String, String>> = Three {
            base: pairs(&places.base, &written.base),
            ours: pairs(&places.ours, &written.ours),
            theirs: pairs(&places.theirs, &written.theirs),
        };
        let finals = self.finals(&by_place);
        let renamed = |all: &BTreeMap<String, String>| {
            let pairs = all
                .iter()
                .filter_map(|(place, old)| Some((old.to_lowercase(), finals.get(place)?.clone(), old)));
            pairs.filter(|(_, new, old)| new != *old).map(|(key, new, _)| (key, new)).collect()
        };
        self.labels = by_place.as_ref().map(renamed);
        self.places.insert("labels", places);
    }

    /// The name of each place in the end: ours where both sides gave it another one.
    fn finals(&mut self, names: &Three<BTreeMap<String, String>>) -> BTreeMap<String, String> {
        let places: BTreeSet<_> = names.all().into_iter().flat_map(BTreeMap::keys).collect();
        let mut finals = BTreeMap::new();
        for place in places {
            let Three { base, ours, theirs } = names.as_ref().map(|it| it.get(place));
            let wanted = if ours.is_some() && ours != base { ours } else { theirs.or(ours).or(base) };
            if base.is_some() && ours != base && theirs != base && ours != theirs {
                self.undecided
                    .extend([base, ours, theirs].into_iter().flatten().map(|name| name.to_lowercase()));
            }
            finals.extend(wanted.map(|name| (place.clone(), name.clone())));
        }
        finals
    }
}

/// Whether two new items of one id are the same one, which both sides took from elsewhere or wrote alike.
fn is_same(ours: &Item, theirs: &Item) -> bool {
    let title = |it: &Item| title_without_id(&it.title, &it.id).trim().to_lowercase();
    ours.list == theirs.list
        && ours.origin == theirs.origin
        && (ours.origin.is_some() || title(ours) == title(theirs))
}

/// Finds for the items of a side what they were in the base.
fn trace(items: &mut [Item], base: &BTreeSet<String>, former: &Renames) {
    let own: BTreeSet<_> = items.iter().map(|it| it.id.key().to_owned()).collect();
    let mut origins = BTreeMap::new();
    for old in base.difference(&own) {
        let mut at = old;
        for _ in 0..MOST_STEPS {
            match former.get(at) {
                Some(next) if own.contains(next) && !base.contains(next) => {
                    origins.entry(next.clone()).or_insert_with(|| old.clone());
                    break;
                }
                Some(next) => at = next,
                None => break,
            }
        }
    }
    for item in items {
        let key = item.id.key();
        item.origin = if base.contains(key) { Some(key.to_owned()) } else { origins.remove(key) };
    }
}

/// Former ids and what they lead to, in lower case.
fn former_ids(version: &Version<'_>) -> Renames {
    let aliases = version.value.get("aliases").and_then(Value::as_object).into_iter().flatten();
    let lower =
        |(old, new): (&String, &Value)| Some((old.to_ascii_lowercase(), new.as_str()?.to_ascii_lowercase()));
    aliases.filter_map(lower).collect()
}

/// What the items of a list are known by; `None` where one has no name, or two have the same.
fn named(version: &Version<'_>, list: &str, key: &str) -> Option<Vec<String>> {
    let items = version.items(list)?;
    let names: Vec<_> = items.iter().map(|it| text(it, key).trim().to_lowercase()).collect();
    let all: BTreeSet<_> = names.iter().collect();
    (all.len() == names.len() && !names.iter().any(String::is_empty)).then_some(names)
}

fn text<'v>(item: &'v Map<String, Value>, key: &str) -> &'v str {
    item.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The title with another id before it, where it begins with its own.
pub(super) fn with_id(title: &str, old: &Id, new: &str) -> String {
    match id_in_title(title).filter(|found| found.eq_ignore_ascii_case(old.as_str())) {
        Some(found) => title.replacen(found, new, 1),
        None => title.to_owned(),
    }
}
