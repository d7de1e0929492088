//! Labels in code at the end of an item, told from code that belongs to its sentence: `Build it (area:db)` and `Use nginx:1.27`.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chapter, Reading, lists::has_boxes};
use crate::{
    documents::{values, vocabulary},
    markdown::read::blocks::{Block, Words},
};

/// Prefixes that only labels have.
const USUAL: [&str; 9] =
    ["area", "kind", "priority", "prio", "component", "team", "severity", "effort", "difficulty"];

/// What stands between two labels, and between them and the title.
const BETWEEN: &str = " ,;()[]–—-·|";

/// The labels that a document knows before its items are read.
#[derive(Debug, Default)]
pub(super) struct KnownLabels {
    /// Those that it lists, in lower case.
    listed: BTreeSet<String>,
    /// The prefixes of code at the end of several items, in lower case.
    common: BTreeSet<String>,
}

impl KnownLabels {
    /// What the chapters of a document say.
    pub(super) fn of(chapters: &[Chapter]) -> Self {
        let mut listed = BTreeSet::new();
        let mut counts = BTreeMap::<String, usize>::new();
        for (at, chapter) in chapters.iter().enumerate() {
            let is_of_labels = is_of_labels(chapters, at);
            for placed in &chapter.blocks {
                match &placed.block {
                    Block::List(items) if is_of_labels && !has_boxes(items) => {
                        listed.extend(items.iter().flat_map(|item| codes(&item.words)));
                    }
                    Block::List(items) => {
                        let prefixes = items.iter().filter_map(|item| prefix_at_end(&item.words));
                        prefixes.for_each(|prefix| *counts.entry(prefix).or_default() += 1);
                    }
                    Block::Table(rows) if is_of_labels => {
                        let cells = rows.iter().skip(1).filter_map(|row| row.cells.first());
                        listed.extend(cells.map(|cell| cell.text.trim().to_lowercase()));
                    }
                    _ => {}
                }
            }
        }
        let common = counts.into_iter().filter(|(_, count)| *count > 1).map(|(prefix, _)| prefix);
        Self { listed, common: common.collect() }
    }

    fn lists(&self, name: &str) -> bool {
        self.listed.contains(&name.to_lowercase())
    }

    /// Whether code at the end of a sentence is a label by its prefix alone.
    fn knows_prefix(&self, name: &str) -> bool {
        USUAL.contains(&prefix_of(name).as_str()) || self.common.contains(&prefix_of(name))
    }

    /// Whether a name can be nothing but a label.
    fn is_sure(&self, name: &str) -> bool {
        self.lists(name) || USUAL.contains(&prefix_of(name).as_str())
    }
}

impl Reading<'_> {
    /// The title, and the labels that stand behind it in code: `Build it (area:db, type:docs)`.
    pub(super) fn labels_at_end<'w>(
        &self,
        words: &'w Words,
        from: usize,
        end: Option<usize>,
    ) -> (&'w str, Vec<String>) {
        let last = end.unwrap_or(words.text.len()).max(from);
        let codes: Vec<_> = words.code().filter(|code| code.start >= from && code.end <= last).collect();
        let (mut labels, mut end) = (Vec::new(), last);
        for code in codes.iter().rev() {
            let name = words.text[(*code).clone()].trim();
            let is_label = self.known_labels.lists(name) || is_plausible(name);
            if !is_between(&words.text[code.end..end]) || !is_label {
                break;
            }
            labels.insert(0, name.to_owned());
            end = code.start;
            if words.text[..end].trim_end().ends_with(['(', '[']) {
                break;
            }
        }
        let known = |name: &String| self.known_labels.lists(name) || self.known_labels.knows_prefix(name);
        // A number alone may be a version: `redis:7`.
        let is_told = |name: &String| known(name) && (self.known_labels.is_sure(name) || !is_number(name));
        let is_set_off =
            is_set_off(words, from, end) && labels.iter().any(|name| !is_number(name) || known(name));
        if labels.is_empty() || !(is_set_off || labels.iter().all(is_told)) {
            return (&words.text[from..last], Vec::new());
        }
        (words.text[from..end].trim_end_matches(|c: char| " ,;([–—-·|".contains(c)), labels)
    }
}

/// Whether a chapter or one that it stands below is a list of labels by its heading.
fn is_of_labels(chapters: &[Chapter], at: usize) -> bool {
    let mut at = Some(at);
    while let Some(chapter) = at.map(|at| &chapters[at]) {
        if vocabulary::is_of_labels(&chapter.title.text) {
            return true;
        }
        at = chapter.parent;
    }
    false
}

fn codes(words: &Words) -> impl Iterator<Item = String> {
    words.code().map(|code| words.text[code.clone()].trim().to_lowercase())
}

/// The prefix of the code that words end in, where that can be a label.
fn prefix_at_end(words: &Words) -> Option<String> {
    let title = values::tail(&words.text).title.trim_end_matches([')', ']', ' ']);
    let last = words.code().rfind(|code| code.end == title.len())?;
    let name = &words.text[last.clone()];
    is_plausible(name).then(|| prefix_of(name))
}

fn prefix_of(name: &str) -> String {
    name.split(':').next().unwrap_or_default().trim().to_lowercase()
}

/// Whether code is set off from the sentence before it: in brackets, behind a dash or a bar, on a line of its own.
fn is_set_off(words: &Words, from: usize, start: usize) -> bool {
    let before = words.text[from..start].trim_end();
    let is_line = [words.soft_break, words.first_line]
        .into_iter()
        .flatten()
        .any(|(end, _)| end <= start && words.text[end..start].trim().is_empty());
    is_line || before.is_empty() || before.ends_with(['(', '[', '–', '—', '|', '·']) || before.ends_with(" -")
}

fn is_between(text: &str) -> bool {
    text.chars().all(|c| BETWEEN.contains(c))
}

/// Whether code can be a label: a prefix and a value, the value no version.
fn is_plausible(name: &str) -> bool {
    let is_word = |text: &str| {
        let is_part = |c: char| c.is_alphanumeric() || "-_./ ".contains(c);
        !text.trim().is_empty() && !text.starts_with('/') && text.chars().all(is_part)
    };
    name.split_once(':')
        .is_some_and(|(prefix, value)| is_word(prefix) && is_word(value) && !is_version(value.trim()))
}

/// Whether a value is a version: `v2`, `1.27`, `3.12-slim`.
fn is_version(value: &str) -> bool {
    let digits = value.strip_prefix(['v', 'V']).unwrap_or(value);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit());
    is_number && (digits.len() < value.len() || digits.contains('.'))
}

fn is_number(name: &str) -> bool {
    name.split_once(':').is_some_and(|(_, value)| value.trim().parse::<u64>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_told_from_other_code_with_a_colon() {
        for name in ["area:db", "type: bug", "p:1", "good first issue:yes", "scope:a/b"] {
            assert!(is_plausible(name), "{name}");
        }
        for name in [
            "serde_json::Value",
            "nginx:1.27",
            "v1:2.0",
            "foo:v1",
            "http://localhost:8080",
            "{id: .id}",
            "a:",
            ":b",
            "a:b:c",
        ] {
            assert!(!is_plausible(name), "{name}");
        }
    }
}
