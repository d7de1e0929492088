//! The ids of a roadmap in several files, after git has merged each of them by itself: a new id that two files have now is
//! renumbered, and what refers to an item of another file that was renumbered follows.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Known, Renames, Side, Three,
    edits::change,
    made,
    names::{Item, items, with_id},
    number::Taken,
    translate::{LISTS, id_of, renamed, replaced, texts_at, texts_of},
    version::Version,
};
use crate::{
    model::{Id, title_without_id},
    report::JsonPath,
    rules::mentions::KnownIds,
};

/// A file of the source before the merge, and as it is merged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileVersions<'t> {
    /// The three versions; a text is empty where there was no file.
    pub(crate) texts: Three<&'t str>,
    /// What git made of them.
    pub(crate) merged: &'t str,
}

/// What a roadmap in several files becomes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Renumbered {
    /// The new text of each file; nothing where it stays.
    pub(crate) texts: Vec<Option<String>>,
    /// Ids that were given away twice, and what took their place.
    pub(crate) ids: Vec<(String, String)>,
    /// The same for each side, with what the merge of one file had renumbered before: the id in that side's commit and the one
    /// that it has now.
    pub(crate) of_side: [Vec<(String, String)>; 2],
}

/// A file with what is known of its items.
struct File<'t> {
    versions: Three<Version<'t>>,
    merged: Version<'t>,
    items: Three<Vec<Item>>,
    own: Vec<Item>,
    /// What the merge of this file has renumbered already, of each side.
    done: [Renames; 2],
}

const SIDES: [Side; 2] = [Side::Ours, Side::Theirs];

/// Renumbers across files; `None` where a file cannot be read, which a check will tell.
pub(crate) fn across(files: &[FileVersions<'_>], known: &Known) -> Option<Renumbered> {
    let files: Vec<_> = files.iter().map(File::read).collect::<Option<_>>()?;
    let mut maps = SIDES.map(|side| {
        let own = files.iter().flat_map(|file| file.done[side as usize].clone());
        own.collect::<Renames>()
    });
    let mut out = Renumbered::default();
    let mut losers = BTreeMap::new();
    for (file, at, new) in renumbered(&files, known)? {
        let item = &files[file].own[at];
        out.ids.push((item.id.to_string(), new.clone()));
        let (side, old) = files[file].origin(item.id.key());
        maps[side as usize].insert(old, new.clone());
        losers.insert((file, at), new);
    }
    let known = SIDES.map(|side| {
        let all = files.iter().flat_map(|file| file.items.side(side)).map(|it| it.id.clone());
        KnownIds::named(&all.collect::<Vec<Id>>())
    });
    for (n, file) in files.iter().enumerate() {
        let new = file.rewritten(n, &losers, &maps, &known);
        let mut edits = Vec::new();
        let (old, new) = (Value::Object(file.merged.value.clone()), Value::Object(new));
        change(&mut edits, &JsonPath::default(), &old, &new, &[]);
        out.texts.push(if edits.is_empty() { None } else { Some(made(file.merged.text, &edits)?) });
    }
    out.of_side = maps.map(|map| map.into_iter().collect());
    Some(out)
}

/// The items that get another id: of several with one id the one that our side had keeps it, unless GitHub knows theirs.
fn renumbered(files: &[File<'_>], known: &Known) -> Option<Vec<(usize, usize, String)>> {
    let mut holders = BTreeMap::<&str, Vec<(usize, usize)>>::new();
    let mut taken: Taken =
        known.taken.iter().chain(&known.our_lock).chain(&known.their_lock).cloned().collect();
    for (n, file) in files.iter().enumerate() {
        for (at, item) in file.own.iter().enumerate() {
            holders.entry(item.id.key()).or_default().push((n, at));
            taken.extend([item.id.key().to_owned()]);
        }
    }
    let mut found = Vec::new();
    for (key, mut holders) in holders.into_iter().filter(|(_, all)| all.len() > 1) {
        let is_theirs = known.their_lock.contains(key) && !known.our_lock.contains(key);
        holders.sort_by_key(|(n, _)| {
            match (has(&files[*n].items.ours, key), has(&files[*n].items.theirs, key)) {
                (true, _) => u8::from(is_theirs),
                (_, true) => u8::from(!is_theirs),
                _ => 2,
            }
        });
        for (n, at) in holders.into_iter().skip(1) {
            let item = &files[n].own[at];
            let new = taken.give(&item.id, &item.title)?;
            found.push((n, at, new));
        }
    }
    Some(found)
}

fn has(items: &[Item], key: &str) -> bool {
    items.iter().any(|it| it.id.key() == key)
}

impl<'t> File<'t> {
    fn read(file: &FileVersions<'t>) -> Option<Self> {
        let versions = file.texts.map(Version::read).whole()?;
        let merged = Version::read(file.merged)?;
        let (all, own) = (versions.as_ref().map(items).whole()?, items(&merged)?);
        let done = SIDES.map(|side| done(&all, &own, side));
        Some(Self { versions, merged, items: all, own, done })
    }

    /// Which side an id of the merged file comes from, and what it was there.
    fn origin(&self, key: &str) -> (Side, String) {
        let former = |side: Side| {
            self.done[side as usize]
                .iter()
                .find(|(_, new)| new.eq_ignore_ascii_case(key))
                .map(|(old, _)| old.clone())
        };
        match (former(Side::Theirs), former(Side::Ours)) {
            (Some(old), _) => (Side::Theirs, old),
            (_, Some(old)) => (Side::Ours, old),
            _ if has(&self.items.ours, key) => (Side::Ours, key.to_owned()),
            _ => (Side::Theirs, key.to_owned()),
        }
    }

    /// What the merged file says with these ids.
    fn rewritten(
        &self,
        file: usize,
        losers: &BTreeMap<(usize, usize), String>,
        maps: &[Renames; 2],
        known: &[KnownIds; 2],
    ) -> Map<String, Value> {
        let mut new = self.merged.value.clone();
        self.refer_beside_items(&mut new, maps, known);
        let mut at = 0;
        for list in ["milestones", "issues"] {
            for item in new.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                if let Value::Object(item) = item {
                    self.refer(list, item, maps, known);
                    if let Some(id) = losers.get(&(file, at)) {
                        rename(item, id);
                    }
                }
                at += 1;
            }
        }
        new
    }

    /// Gives the references of an item, and its texts, the ids that those have whom the side meant that wrote them.
    fn refer(&self, list: &str, item: &mut Map<String, Value>, maps: &[Renames; 2], known: &[KnownIds; 2]) {
        let Some(id) = id_of(item) else { return };
        let on = SIDES.map(|side| {
            let was = self.done[side as usize].iter().find(|(_, new)| new.eq_ignore_ascii_case(id.as_str()));
            let was = was.map_or(id.key(), |(old, _)| old.as_str());
            let items = self.versions.side(side).items(list).unwrap_or_default();
            items.into_iter().find(|it| id_of(it).is_some_and(|it| it.key() == was))
        });
        self.refer_by_id(item, on, maps);
        let texts = |side: Side, key: &str| on[side as usize].map(|it| texts_at(it, key)).unwrap_or_default();
        self.refer_in_texts(item, texts, maps, known);
    }

    /// `on` is the item as either side has it.
    fn refer_by_id(
        &self,
        item: &mut Map<String, Value>,
        on: [Option<&Map<String, Value>>; 2],
        maps: &[Renames; 2],
    ) {
        for key in ["parent", "blocked_by", "milestone"] {
            let written = |side: Side, name: &str| {
                let names = on[side as usize].and_then(|it| it.get(key));
                let done = &self.done[side as usize];
                let is_it = |old: &&str| {
                    done.get(&old.to_ascii_lowercase())
                        .map_or(*old, String::as_str)
                        .eq_ignore_ascii_case(name)
                };
                names_of(names).into_iter().find(is_it).map(str::to_ascii_lowercase)
            };
            renamed(item, key, |name| {
                let (side, old) = match written(Side::Ours, name) {
                    Some(old) => (Side::Ours, old),
                    None => (Side::Theirs, written(Side::Theirs, name)?),
                };
                maps[side as usize].get(&old).filter(|new| *new != name).cloned()
            });
        }
    }

    /// The same for texts, of an item, of the roadmap or of what else has some; `on` gives the texts that either side has there.
    fn refer_in_texts<'v>(
        &self,
        item: &mut Map<String, Value>,
        on: impl Fn(Side, &str) -> Vec<&'v str>,
        maps: &[Renames; 2],
        known: &[KnownIds; 2],
    ) {
        texts_of(item, |key, text| {
            SIDES.into_iter().find_map(|side| {
                let (known, done) = (&known[side as usize], &self.done[side as usize]);
                let own = on(side, key).into_iter().find(|own| replaced(known, own, done) == text)?;
                Some(replaced(known, own, &maps[side as usize]))
            })
        });
    }

    /// The texts of the roadmap itself, and of what has no id.
    fn refer_beside_items(&self, new: &mut Map<String, Value>, maps: &[Renames; 2], known: &[KnownIds; 2]) {
        let on = |side: Side, key: &str| texts_at(&self.versions.side(side).value, key);
        self.refer_in_texts(new, on, maps, known);
        for list in LISTS.into_iter().filter(|list| !["milestones", "issues"].contains(list)) {
            let on = |side: Side, key: &str| {
                let items = self.versions.side(side).items(list).unwrap_or_default();
                items.into_iter().flat_map(|item| texts_at(item, key)).collect()
            };
            for item in new.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                item.as_object_mut().into_iter().for_each(|it| self.refer_in_texts(it, on, maps, known));
            }
        }
    }
}

fn names_of(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(name)) => vec![name],
        _ => Vec::new(),
    }
}

/// What the merge of a file gave other ids, as its text tells: an item of the side is there under an id that nobody had.
fn done(all: &Three<Vec<Item>>, own: &[Item], side: Side) -> Renames {
    let is_old = |it: &&Item| all.all().into_iter().any(|items| has(items, it.id.key()));
    let title = |it: &Item| title_without_id(&it.title, &it.id).trim().to_owned();
    let both = all.side(side).iter().filter(|it| {
        let key = it.id.key();
        !has(&all.base, key) && has(&all.ours, key) && has(&all.theirs, key)
    });
    let mut fresh: Vec<_> = own.iter().filter(|it| !is_old(it)).collect();
    let mut found = Renames::new();
    for item in both {
        let meant = |it: &&Item| it.list == item.list && title(it) == title(item);
        if let Some(at) = fresh.iter().position(meant) {
            found.insert(item.id.key().to_owned(), fresh.remove(at).id.to_string());
        }
    }
    found
}

/// Gives an item another id.
fn rename(item: &mut Map<String, Value>, new: &str) {
    let Some(id) = id_of(item) else { return };
    let title = item.get("title").and_then(Value::as_str).unwrap_or_default();
    let retitled = with_id(title, &id, new);
    if item.get("id").is_some_and(Value::is_string) || retitled == title {
        item.insert("id".to_owned(), new.into());
    }
    item.insert("title".to_owned(), retitled.into());
}
