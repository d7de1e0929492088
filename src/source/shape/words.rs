//! The words in which faults of shape are told.

use serde_json::Value;

use super::{
    choice::Choice,
    names::{self, Meant},
};
use crate::{
    json::{Kind, Node},
    report::{JsonPath, Step},
};

/// A value that is not what it must be.
pub(super) struct Wrong<'w, 't, 's> {
    /// The value.
    pub(super) node: &'w Node<'t>,
    /// The text that it stands in.
    pub(super) text: &'w str,
    /// Whether the object that it is in needs it.
    pub(super) is_required: bool,
    /// Where it stands.
    pub(super) path: &'w JsonPath,
    /// What it must be, with a description.
    pub(super) schema: &'s Value,
    /// The same, taken apart.
    pub(super) choices: &'w [Choice<'s>],
}

impl Wrong<'_, '_, '_> {
    /// What is wrong: ``"`labels` must be a list of strings, not a string"``.
    pub(super) fn message(&self) -> String {
        let names = self.names().count() > 0;
        let found = match (&self.node.kind, self.node.text(self.text)) {
            (Kind::Text, Some(text)) if names => quoted(&text),
            (Kind::Bool, _) => quoted(self.raw()),
            (Kind::Number, _) if self.allows("number") || self.allows("integer") => quoted(self.raw()),
            (kind, _) => noun(kind).into(),
        };
        format!("{} must be {}, not {found}", value_at(self.path), self.expected())
    }

    /// What to do about it.
    pub(super) fn help(&self) -> String {
        let raw = self.raw();
        let allows = |kind| self.allows(kind);
        let text = self.node.text(self.text);
        let number = text.as_ref().is_some_and(|text| text.parse::<f64>().is_ok_and(f64::is_finite));
        let truth = text.as_ref().is_some_and(|text| matches!(&**text, "true" | "false"));
        match &self.node.kind {
            Kind::Text if allows("array") && raw.len() < SHORT => format!("put it in brackets: `[{raw}]`"),
            Kind::Text if allows("number") && number || allows("boolean") && truth => {
                format!("write it without quotes: `{}`", raw.trim_matches('"'))
            }
            Kind::Number | Kind::Bool if allows("string") && self.names().count() == 0 => {
                format!("put it in quotes: `\"{raw}\"`")
            }
            Kind::Null if let Some(Step::Key(key)) = self.path.0.last() => match self.is_required {
                true => format!("a {key} is needed: write {}", self.expected()),
                false => "leave the key out".into(),
            },
            _ => self.meant().map_or_else(|| self.about(), |meant| format!("did you mean `{}`?", meant.name)),
        }
    }

    fn raw(&self) -> &str {
        &self.text[self.node.range.clone()]
    }

    fn allows(&self, kind: &str) -> bool {
        self.choices.iter().any(|choice| choice.allows(kind))
    }

    fn meant(&self) -> Option<Meant<'_>> {
        names::meant(&self.node.text(self.text)?, self.names())
    }

    /// What belongs here, where nothing better can be said.
    fn about(&self) -> String {
        match meaning(self.schema) {
            Some(meaning) => format!("what belongs here: {meaning}"),
            None => format!("write {} here", self.expected()),
        }
    }

    /// The names that the value may be one of.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.choices.iter().flat_map(Choice::names)
    }

    fn expected(&self) -> String {
        let names: Vec<String> = self.names().map(|name| format!("`{name}`")).collect();
        let mut kinds: Vec<String> = Vec::new();
        for choice in self.choices.iter().filter(|choice| choice.names().next().is_none()) {
            kinds.extend(KINDS.iter().filter(|(kind, _)| choice.allows(kind)).map(
                |(kind, noun)| match *kind {
                    "array" => list_of(choice),
                    "object" => object_with(choice),
                    _ => (*noun).into(),
                },
            ));
        }
        let separator = if names.len() > 1 { ", or " } else { " or " };
        [joined(&names, "or"), kinds.join(" or ")]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(separator)
    }
}

/// JSON Schema's words for types, and ours. `null` is not advertised.
const KINDS: [(&str, &str); 6] = [
    ("string", "a string"),
    ("number", "a number"),
    ("integer", "a whole number from 0"),
    ("boolean", "`true` or `false`"),
    ("array", "a list"),
    ("object", "an object"),
];

/// Up to how many bytes a value is repeated in a help.
const SHORT: usize = 60;

fn noun(kind: &Kind<'_>) -> &'static str {
    match kind {
        Kind::Null => "`null`",
        Kind::Bool => "`true` or `false`",
        Kind::Number => "a number",
        Kind::Text => "a string",
        Kind::List(_) => "a list",
        Kind::Object(_) => "an object",
    }
}

fn list_of(choice: &Choice<'_>) -> String {
    let of = match choice.items().get("type").and_then(Value::as_str) {
        Some("string") => "strings",
        _ => "objects",
    };
    format!("a list of {of}")
}

fn object_with(choice: &Choice<'_>) -> String {
    let keys: Vec<String> = choice.required().map(|key| format!("`{key}`")).collect();
    match keys.is_empty() {
        true => "an object".into(),
        false => format!("an object with {}", joined(&keys, "and")),
    }
}

/// `a, b and c`.
fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} {word} {last}", most.join(", ")),
    }
}

/// What a value is called: by its key, and its places in lists behind the key.
fn value_at(path: &JsonPath) -> String {
    let from = path.0.iter().rposition(|step| matches!(step, Step::Key(_)));
    match from {
        Some(from) => quoted(&JsonPath(path.0[from..].to_vec()).to_string()),
        None => "the file".into(),
    }
}

/// What an object is called: `this issue`, by its key, or the file.
pub(super) fn subject(path: &JsonPath, choice: &Choice<'_>) -> String {
    match (path.0.last(), choice.name) {
        (Some(Step::Index(_)), Some(name)) => format!("this {}", spaced(name)),
        (Some(_), _) => value_at(path),
        (None, _) => "this file".into(),
    }
}

/// `LabelGroup` as `label group`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    words
}

/// The first sentence of a schema's description, to stand inside another sentence.
pub(super) fn meaning(schema: &Value) -> Option<String> {
    let description = schema.get("description")?.as_str()?;
    let sentence = description.split(". ").next()?.trim_end_matches('.').replace('\n', " ");
    let mut chars = sentence.chars();
    let first = chars.next()?;
    Some(first.to_lowercase().chain(chars).collect())
}

/// What to do about a key that resembles none.
pub(super) fn known_keys(key: &str, choice: &Choice<'_>) -> String {
    let lower = key.to_ascii_lowercase();
    if matches!(lower.as_str(), "number" | "iid" | "issue_number") {
        return "leave it out: GitHub's numbers are kept in the lock".into();
    }
    let keys: Vec<String> = choice.keys().map(|key| format!("`{key}`")).collect();
    let extra = choice.keys().any(|key| key == "extra");
    let yours = if extra { "your own data goes under `extra`; " } else { "" };
    format!("{yours}known here: {}", joined(&keys, "and"))
}

/// A name from the source in backticks: not endless, and without what moves a cursor.
pub(super) fn quoted(name: &str) -> String {
    let mut shown: String = name
        .chars()
        .take(SHORT)
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if name.chars().nth(SHORT).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
