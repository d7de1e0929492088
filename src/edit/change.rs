//! What an edit does, and what it means: the value that the new text must parse to.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Edit, rounds};
use crate::{
    model::fields::Field,
    report::{JsonPath, Step},
};

/// What becomes of a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Change {
    /// It is replaced where it stands; a member that is not there yet is added at the spot.
    Set(New, Spot),
    /// The list that the path leads to gets one more item.
    Append(New),
    /// The member or item is taken out.
    Remove,
    /// The file holds this text, whatever it held, or is removed. It is the only change of its file.
    File(Option<String>),
}

/// Where in its object a member is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Before all others.
    First,
    /// After the member of this key; before all others where there is none.
    After(&'static str),
    /// After the member that comes before it in this order, as far as one is there; before all others where none is.
    Among(&'static [Field]),
    /// After the last one of these that is there; before all others where none is.
    Behind(&'static [&'static str]),
    /// After all others.
    Last,
}

/// A value that is written into the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum New {
    /// A value; the keys of an object in it are written in alphabetical order.
    Value(Value),
    /// An object with its keys in this order.
    Object(Vec<(String, New)>),
    /// A list of such.
    List(Vec<New>),
    /// A text that is spelled in ASCII, as some programs write all of theirs.
    Ascii(String),
}

impl New {
    /// What it means.
    pub(crate) fn value(&self) -> Value {
        match self {
            Self::Value(value) => value.clone(),
            Self::Ascii(text) => text.as_str().into(),
            Self::List(items) => items.iter().map(Self::value).collect(),
            Self::Object(members) => members.iter().map(|(key, new)| (key.clone(), new.value())).collect(),
        }
    }
}

impl<T: Into<Value>> From<T> for New {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

/// Why a text was not edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refused {
    /// The text is no JSON.
    #[error("it is no JSON")]
    NoJson,
    /// The path leads to nothing that can be changed so.
    #[error("there is no `{0}` in it")]
    Missing(JsonPath),
    /// The value holds a number that would become another.
    #[error(
        "`{0}` holds {1}, which has more digits than a number has room for here: change that in the file"
    )]
    Inexact(JsonPath, String),
    /// The text after the edit would not say what it should.
    #[error("the edit would change more than it should")]
    Unproven,
}

/// The value of a text, a byte order mark apart.
pub(super) fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
}

/// What a value is after the edits.
pub(super) fn changed(mut value: Value, edits: &[&Edit]) -> Result<Value, Refused> {
    for (path, edits) in rounds(edits).into_values().rev().flatten() {
        let done = match at_mut(&mut value, &path) {
            Some(Value::Object(members)) => edits.iter().try_for_each(|edit| change_object(members, edit)),
            Some(Value::Array(items)) => change_list(items, &edits),
            _ => None,
        };
        done.ok_or(Refused::Missing(path))?;
    }
    Ok(value)
}

/// The value that a path leads to.
pub(super) fn at<'v>(value: &'v Value, path: &JsonPath) -> Option<&'v Value> {
    path.0.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(*index),
    })
}

fn at_mut<'v>(value: &'v mut Value, path: &JsonPath) -> Option<&'v mut Value> {
    path.0.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(*index),
    })
}

fn change_object(members: &mut serde_json::Map<String, Value>, edit: &Edit) -> Option<()> {
    match (edit.path.0.last()?, &edit.change) {
        (Step::Key(key), Change::Set(new, _)) => {
            members.insert(key.clone(), new.value());
            Some(())
        }
        (Step::Key(key), Change::Remove) => members.remove(key).map(drop),
        _ => None,
    }
}

fn change_list(items: &mut Vec<Value>, edits: &[&Edit]) -> Option<()> {
    let mut removed = BTreeSet::new();
    let mut added = Vec::new();
    for edit in edits {
        match (edit.path.0.last(), &edit.change) {
            (Some(Step::Index(index)), Change::Set(new, _)) => *items.get_mut(*index)? = new.value(),
            (Some(Step::Index(index)), Change::Remove) => {
                items.get(*index)?;
                removed.insert(*index);
            }
            (_, Change::Append(new)) => added.push(new.value()),
            _ => return None,
        }
    }
    let mut index = 0;
    items.retain(|_| {
        index += 1;
        !removed.contains(&(index - 1))
    });
    items.extend(added);
    Some(())
}
