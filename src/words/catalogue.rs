//! All texts that can be replaced, with their English.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{markup, script};

/// The texts that Rust makes, one a line: a test holds them to those that the code marks.
const MADE: &str = include_str!("made.txt");

/// The English of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum English {
    /// The text.
    One(String),
    /// By number: `one` and `other`.
    Plural(BTreeMap<&'static str, String>),
}

/// Texts that are made where nothing is replaced, and read here: states in words, and what is counted by names that vary.
const ELSEWHERE: [&str; 17] = [
    "open",
    "state not known here",
    "on track",
    "at risk",
    "off track",
    "not planned",
    "duplicate",
    "Completed task",
    "Incomplete task",
    "{n} open issues",
    "{n} more issues",
    "{n} more open issues",
    "{n} days",
    "{n} months",
    "{n} quarters",
    "{n} half-years",
    "{n} years",
];

/// All texts by their keys: those of these templates, of the scripts, and those that Rust makes.
pub(crate) fn catalogue<'t>(
    templates: impl Iterator<Item = (&'t str, &'t str)>,
) -> BTreeMap<String, English> {
    let mut all = BTreeMap::new();
    let texts = markup::texts(templates).into_iter().chain(script::texts().map(str::to_owned));
    all.extend(texts.map(|text| (text.clone(), English::One(text))));
    for line in MADE.lines().filter(|line| !line.is_empty()).chain(ELSEWHERE) {
        let english = match line.strip_prefix("{n} ").and_then(|nouns| nouns.strip_suffix('s')) {
            Some(noun) => English::Plural(BTreeMap::from([
                ("one", format!("{{n}} {noun}")),
                ("other", line.to_owned()),
            ])),
            None => English::One(line.to_owned()),
        };
        all.insert(line.to_owned(), english);
    }
    all
}
