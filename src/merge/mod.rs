//! Merging by meaning: three versions of a source or a lock become one, item by item and field by field.
//!
//! What one side changed is taken over; what both changed alike is there once; lists of names are merged as sets. A conflict
//! is left only where one field got two values. An id that both sides gave to different new items is renumbered on the side that
//! is merged in, with what refers to it. The text that is merged into keeps its form: only values that change are written.
//!
//! Nothing here reads a file or runs a program: versions come as texts, and what cannot be read as a roadmap is `None`, so that
//! the caller can fall back to merging lines.

mod across;
mod edits;
mod exact;
mod lines;
mod list;
mod names;
mod number;
mod order;
mod translate;
mod values;
mod version;

pub(crate) use across::{FileVersions, across};
pub(crate) use lines::conflicted;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::{
    edit::{Edit, edited},
    report::{JsonPath, Report},
    source::{Lock, parse_lock},
};
use edits::{Edits, change};
use exact::Exact;
use names::Names;
use values::Context;
use version::Version;

/// Something of each of the three versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Three<T> {
    /// Of the version that both sides started from.
    pub(crate) base: T,
    /// Of the side that is merged into.
    pub(crate) ours: T,
    /// Of the side that is merged in.
    pub(crate) theirs: T,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The side that is merged into.
    Ours,
    /// The side that is merged in.
    Theirs,
}

impl<T> Three<T> {
    /// The same of what this makes of each.
    pub(crate) fn map<U>(self, mut make: impl FnMut(T) -> U) -> Three<U> {
        Three { base: make(self.base), ours: make(self.ours), theirs: make(self.theirs) }
    }

    /// By reference.
    pub(crate) fn as_ref(&self) -> Three<&T> {
        Three { base: &self.base, ours: &self.ours, theirs: &self.theirs }
    }

    fn side(&self, side: Side) -> &T {
        match side {
            Side::Ours => &self.ours,
            Side::Theirs => &self.theirs,
        }
    }

    fn side_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Ours => &mut self.ours,
            Side::Theirs => &mut self.theirs,
        }
    }

    fn all(&self) -> [&T; 3] {
        [&self.base, &self.ours, &self.theirs]
    }
}

impl<T> Three<Option<T>> {
    fn whole(self) -> Option<Three<T>> {
        Some(Three { base: self.base?, ours: self.ours?, theirs: self.theirs? })
    }
}

/// What is known of ids beyond the file that is merged, in lower case.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// Ids that something else has.
    pub(crate) taken: BTreeSet<String>,
    /// Ids that our lock has: GitHub knows them.
    pub(crate) our_lock: BTreeSet<String>,
    /// Ids that their lock has.
    pub(crate) their_lock: BTreeSet<String>,
}

/// A field that got two values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// The field, as `` `due_on` of `HB-002` ``.
    pub(crate) what: String,
    /// What our side says, in words.
    pub(crate) ours: String,
    /// What their side says.
    pub(crate) theirs: String,
}

/// What came of a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Merged {
    /// The text where conflicts are decided for our side; the merged text where there are none.
    pub(crate) ours: String,
    /// The same with their values.
    pub(crate) theirs: String,
    /// What is left to decide.
    pub(crate) conflicts: Vec<Conflict>,
    /// Ids that were given to two new items: the side whose item has another one now, the former and the new one.
    pub(crate) renumbered: Vec<(Side, String, String)>,
}

/// Whether a text has the shape of a lock.
pub(crate) fn is_lock(text: &str) -> bool {
    Version::read(text).is_some_and(|it| {
        it.value.get("version").is_some_and(Value::is_u64)
            && it.value.get("issues").is_some_and(Value::is_object)
    })
}

/// The ids of milestones and issues of a source, in lower case; none of what is no source.
pub(crate) fn ids(text: &str) -> BTreeSet<String> {
    let items = Version::read(text).and_then(|version| names::items(&version)).unwrap_or_default();
    items.into_iter().map(|it| it.id.key().to_owned()).collect()
}

/// Merges a source; `None` where a version is none that can be read.
pub(crate) fn source(texts: Three<&str>, known: &Known) -> Option<Merged> {
    match Exact::of(texts) {
        Some(exact) => {
            let texts = exact.texts.as_ref().map(String::as_str);
            merged(texts, known).map(|merged| exact.unmasked(merged))
        }
        None => merged(texts, known),
    }
}

fn merged(texts: Three<&str>, known: &Known) -> Option<Merged> {
    let versions = texts.map(Version::read).whole()?;
    let names = Names::of(&versions, known)?;
    let translated = translate::translated(&versions, &names);
    let mut context = Context::default();
    let mut edits = Edits::new(&versions);
    let keys: BTreeSet<_> = translated.all().into_iter().flat_map(Map::keys).collect();
    for key in keys {
        match names.places.get(key.as_str()) {
            Some(places) => {
                let rows = list::rows(&mut context, key, places, &translated);
                let order = order::merged(&mut context, key, &rows);
                edits.list(key, &rows, &order);
            }
            None => {
                let pair = context.value(&[key], translated.as_ref().map(|it| it.get(key)));
                edits.member(key, &pair);
            }
        }
    }
    let (ours, theirs) = (edits.ours.text(texts.ours)?, edits.theirs.text(texts.ours)?);
    Some(Merged { ours, theirs, conflicts: context.conflicts, renumbered: names.renumbered })
}

/// Merges a lock by ids. Of what GitHub was seen to say, the later look holds.
pub(crate) fn lock(texts: Three<&str>) -> Option<Merged> {
    let versions = texts.map(Version::read).whole()?;
    let day =
        |version: &Version<'_>| version.value.get("snapshot_on").and_then(Value::as_str).map(str::to_owned);
    let newer = match (day(&versions.ours), day(&versions.theirs)) {
        (ours, theirs) if ours == theirs => None,
        (ours, theirs) if ours > theirs => Some(Side::Ours),
        _ => Some(Side::Theirs),
    };
    plain(texts, &versions, Context { newer, ..Context::default() }, |value| {
        let canonical = canonical(texts.ours)?;
        let new = canonical_of(&value.to_string())?;
        (canonical == texts.ours).then_some(new)
    })
}

/// Merges the file of accepted findings.
pub(crate) fn accepted(texts: Three<&str>) -> Option<Merged> {
    let versions = texts.map(Version::read).whole()?;
    plain(texts, &versions, Context::default(), |_| None)
}

/// Merges objects whose form is ours; `written` may write one anew, else our text is edited.
fn plain(
    texts: Three<&str>,
    versions: &Three<Version<'_>>,
    mut context: Context,
    written: impl Fn(&Value) -> Option<String>,
) -> Option<Merged> {
    let values = versions.as_ref().map(|version| Value::Object(version.value.clone()));
    let pair = context.value(&[], values.as_ref().map(Some));
    let text = |new: Option<Value>| {
        let new = new?;
        written(&new).or_else(|| {
            let mut edits = Vec::new();
            change(&mut edits, &JsonPath::default(), &values.ours, &new, &[]);
            made(texts.ours, &edits)
        })
    };
    let (ours, theirs) = (text(pair.ours)?, text(pair.theirs)?);
    Some(Merged { ours, theirs, conflicts: context.conflicts, renumbered: Vec::new() })
}

fn canonical(text: &str) -> Option<String> {
    canonical_of(text).filter(|own| own == text)
}

fn canonical_of(text: &str) -> Option<String> {
    let mut report = Report::default();
    let lock: Lock = parse_lock(&"lock".into(), text.as_bytes().to_vec(), &mut report)?;
    report.is_empty().then(|| lock.to_text())
}

fn made(text: &str, edits: &[Edit]) -> Option<String> {
    edited(text, &edits.iter().collect::<Vec<_>>()).ok()
}

/// Names by their forms in lower case, or by places.
type Renames = BTreeMap<String, String>;

#[cfg(test)]
mod tests;
