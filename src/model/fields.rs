//! The catalogue of fields: what there is to say of each member of an object of the source, in one place.
//!
//! Whoever goes through fields goes through these tables: edits, `add` and `set`, imports, cards and pages, SUMMARY.md's columns,
//! what two revisions differ by, the rules on texts and days. Their order is that of the types in [`crate::source::schema`], which a
//! new member of an object follows in a file.

mod items;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use serde_json::Value;

use super::{Day, Issue, Purpose, When};
use crate::json::inexact;
pub use items::{CLOSED, ISSUE, LABEL, MILESTONE};

/// A field of an object of the source.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key, in the source and in data.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What it is called within a sentence, as `estimate`; empty where no sentence tells it in this way.
    pub name: &'static str,
    /// What is said before its value on a page and above a column, as `Estimate`; empty where it is not shown as it is, but in a
    /// form of its own. What is shown as it is has a name as well.
    pub title: &'static str,
    /// What it is called in documents of others, between commas, as it is looked up: names that mean nothing else, and names that may.
    pub heads: [&'static str; 2],
    /// How `add` takes it, where it is given by one text.
    pub flag: Option<Flag>,
    /// Whether another value is another scope: what is to be done, or how much it is.
    pub(crate) is_scope: bool,
    /// What an issue says of it by itself; nothing for what refers to other items, and for long texts.
    pub(crate) said: fn(&Issue) -> Option<Said<'_>>,
}

/// How a field is given on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Its name, without `--`.
    pub long: &'static str,
    /// Another name that is understood; empty where there is none.
    pub(crate) alias: &'static str,
    /// What stands for its value.
    pub(crate) value: &'static str,
    /// What help says of it.
    pub(crate) help: &'static str,
}

/// What an item says of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Said<'i> {
    /// A name, or a line of plain text.
    Text(&'i str),
    /// A day on which something happened.
    Day(Day),
    /// When something is planned.
    When(When),
    /// An amount of work.
    Points(f64),
}

impl Said<'_> {
    /// The value in JSON; a whole number without decimals.
    pub(crate) fn json(self) -> Value {
        // Beyond 2^53 a number of JSON holds no fractions, and programs read it with an exponent.
        const WHOLE: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Text(text) => text.into(),
            Self::Day(day) => day.to_string().into(),
            Self::When(when) => when.to_string().into(),
            Self::Points(points) if points.fract() == 0.0 && points.abs() < WHOLE => (points as i64).into(),
            Self::Points(points) => points.into(),
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A whole day.
    Day,
    /// A day, a month, a quarter, a half or a year; what is due may be `later`.
    When(Purpose),
    /// A number of points.
    Points,
    /// Yes or no.
    Flag,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Several texts.
    List,
    /// Several values, each in JSON.
    Values,
    /// Any value, in JSON.
    Json,
}

/// A field that nothing but its key and its kind is said of.
const fn field(key: &'static str, kind: Kind) -> Field {
    Field { key, kind, name: "", title: "", heads: ["", ""], flag: None, is_scope: false, said: |_| None }
}

/// The fields of a label group.
pub(crate) const LABEL_GROUP: &[Field] = &[
    field("prefix", Kind::Text),
    field("title", Kind::Text),
    field("counts", Kind::Flag),
    field("required", Kind::Flag),
    field("exclusive", Kind::Flag),
];

/// The fields of a phase.
pub(crate) const PHASE: &[Field] =
    &[field("title", Kind::Text), field("milestones", Kind::List), field("body", Kind::Text)];

/// The fields of a free section.
pub(crate) const SECTION: &[Field] = &[field("title", Kind::Text), field("body", Kind::Text)];

/// The fields of what is said of SUMMARY.md.
pub(crate) const SUMMARY: &[Field] = &[
    field("columns", Kind::Json),
    field("links", Kind::Flag),
    field("marker", Kind::Flag),
    field("subject", Kind::Text),
];

/// The fields of a file.
pub(crate) const FILE: &[Field] = &[
    field("$schema", Kind::Text),
    field("roadbook", Kind::Text),
    field("title", Kind::Text),
    field("description", Kind::Text),
    field("repository", Kind::Text),
    field("mentions", Kind::Flag),
    field("as_of", Kind::Day),
    field("milestones", Kind::Values),
    field("issues", Kind::Values),
    field("labels", Kind::Values),
    field("label_groups", Kind::Values),
    field("phases", Kind::Values),
    field("github", Kind::Json),
    field("states", Kind::Json),
    field("sections", Kind::Values),
    field("docs", Kind::List),
    field("rules", Kind::Json),
    field("outputs", Kind::Json),
    field("summary", Kind::Json),
    field("words", Kind::Text),
    field("site", Kind::Json),
    field("aliases", Kind::Json),
    field("extra", Kind::Json),
];

/// The fields of the roadmap itself that are set by themselves: those of a file up to its lists.
pub(crate) const HEAD: &[Field] = FILE.split_at(7).0;

/// Fields are the same by their keys: what is said of them besides follows.
impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Field {}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Field {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key.cmp(other.key)
    }
}

impl Field {
    /// Whether it is shown as it is, wherever an item's facts are.
    pub fn is_plain(&self) -> bool {
        !self.title.is_empty()
    }

    /// The value that a text means; an empty one, and `null`, leave the field given and empty.
    ///
    /// # Errors
    /// Where it means none; the answer is what to write instead.
    pub(crate) fn read(&self, text: &str) -> Result<Value, String> {
        let json = |example: &str| match inexact(text).next() {
            Some(number) => Err(format!(
                "{} has more digits than a number has room for here: write it as a text, or into the file yourself",
                &text[number]
            )),
            None => serde_json::from_str(text).map_err(|_| format!("write it in JSON, as in `{example}`")),
        };
        match self.kind {
            Kind::List | Kind::Values if matches!(text, "" | "null" | "[]") => Ok(Value::Array(Vec::new())),
            _ if matches!(text, "" | "null") => Ok(Value::Null),
            Kind::Text => Ok(text.into()),
            Kind::Day if Day::parse(text).is_some() => Ok(text.into()),
            Kind::Day => Err("write a day as in `2026-11-22`".to_owned()),
            Kind::When(purpose) => {
                When::read(text, purpose).map(|_| text.into()).map_err(|misread| misread.help)
            }
            Kind::Points => json("1.5").and_then(|value: Value| {
                if value.is_number() { Ok(value) } else { Err("write a number, as in `1.5`".to_owned()) }
            }),
            Kind::Flag => text.parse::<bool>().map(Value::from).map_err(|_| "write `true` or `false`".into()),
            Kind::OneOf(words) => one_of(words, text),
            Kind::List => list(text),
            Kind::Values => match json(r#"[{"on": "2026-11-22"}]"#)? {
                Value::Array(values) => Ok(Value::Array(values)),
                one => Ok(Value::Array(vec![one])),
            },
            Kind::Json => json(r#"{"team": "blue"}"#),
        }
    }
}

/// A list of names: with commas between them, or in JSON, where a name may hold a comma.
fn list(text: &str) -> Result<Value, String> {
    let names: Vec<_> = text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    if let Ok(names) = serde_json::from_str::<Vec<String>>(text) {
        return Ok(names.into());
    }
    let is_meant_as_json = text.starts_with('"') || text.starts_with('[') && text.ends_with(']');
    // `[WIP]` may be the name of a label.
    if is_meant_as_json
        && (names.len() > 1 || text.contains('"') || serde_json::from_str::<Value>(text).is_ok())
    {
        return Err(r#"write names with commas between them, or a JSON list, as in `["a", "b"]`"#.to_owned());
    }
    Ok(names.into())
}

/// The one of the words that is meant; a hyphen may stand for `_`, as on other command lines.
fn one_of(words: &[&str], text: &str) -> Result<Value, String> {
    let plain = text.replace('-', "_").to_ascii_lowercase();
    let found = words.iter().find(|word| **word == plain);
    found.map(|word| (*word).into()).ok_or_else(|| format!("write one of `{}`", words.join("`, `")))
}
