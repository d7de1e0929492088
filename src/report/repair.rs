//! A repair: the change of the source that mends a finding, as a value.
//!
//! It names what changes by its place, as the finding does; the bytes are found where the repair is applied or printed.

use serde_json::Value;

use super::Place;

/// What is done to the value, the key or the bytes at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// The value is replaced by this JSON text.
    Value(String),
    /// The member gets this key; its value stays.
    Key(String),
    /// The member or item is removed.
    Remove,
    /// The member moves under `extra` of the object that it is in.
    Extra,
    /// The bytes are replaced: for what is no JSON, or has no path.
    Text(String),
    /// The bytes of two lists, and what stands between them, are replaced by one list that has the items of both.
    Join(String),
}

/// A change of the source that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    /// What changes.
    pub(crate) place: Place,
    /// How.
    pub(crate) action: Action,
    /// Whether the source says the same afterwards, so that nobody has to be asked.
    pub(crate) is_certain: bool,
}

impl Action {
    /// Another text as the value.
    pub(crate) fn text(text: &str) -> Self {
        Self::Value(Value::from(text).to_string())
    }

    /// What it does, as an order: ``write `"open"` ``.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Value(value) => format!("write `{}`", cut(value)),
            Self::Key(key) => format!("call it `{}`", cut(key)),
            Self::Remove => "remove it".into(),
            Self::Extra => "move it under `extra`".into(),
            Self::Text(text) if text.is_empty() => "delete it".into(),
            Self::Text(text) => format!("write `{}`", cut(text)),
            Self::Join(_) => "join the two lists".into(),
        }
    }
}

/// How many characters of a new value are shown.
const SHOWN: usize = 60;

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A part of a text that a repair replaces: its bytes, and what comes in their place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Splice {
    /// The bytes of the old text.
    pub(crate) range: std::ops::Range<usize>,
    /// The new text.
    pub(crate) text: String,
}
