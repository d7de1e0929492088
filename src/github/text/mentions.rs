//! `@name` in a body calls somebody, each time that the body is new. An empty comment inside the word stops that and
//! shows nothing. In a block of raw HTML that holds for the words between its tags.

use std::{collections::BTreeSet, ops::Range};

use crate::markdown::read;

/// What stands in place of the `@` of a name that is not called.
const SILENT: &str = "@<!-- -->";

/// The text without a call: each `@name` in its words is broken; code and addresses stay.
pub(crate) fn silent(text: &str) -> String {
    let mut new = String::with_capacity(text.len());
    let mut done = 0;
    for name in names(text) {
        new.push_str(&text[done..name.start]);
        new.push_str(SILENT);
        done = name.start + 1;
    }
    new + &text[done..]
}

/// The text with each call that was broken whole again.
pub(crate) fn calling(text: &str) -> String {
    text.replace(SILENT, "@")
}

/// The logins and teams that a text calls, in lower case.
pub(crate) fn mentioned(text: &str) -> BTreeSet<String> {
    names(text).into_iter().map(|range| text[range.start + 1..range.end].to_lowercase()).collect()
}

/// The bytes of each `@name` and `@org/team` in the words of a text.
fn names(text: &str) -> Vec<Range<usize>> {
    if !text.contains('@') {
        return Vec::new();
    }
    let mut names = Vec::new();
    let read::Outline { mut prose, html_words, .. } = read::read(text);
    prose.extend(html_words);
    prose.sort_unstable_by_key(|words| words.start);
    for prose in prose {
        for (at, _) in text[prose.clone()].match_indices('@') {
            let at = prose.start + at;
            let rest = &text[at + 1..];
            let end = rest
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '/'))
                .unwrap_or(rest.len());
            let begins = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
            let is_inside = text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            if begins && !is_inside && !is_address(text, at) {
                names.push(at..at + 1 + end);
            }
        }
    }
    names
}

/// Whether a place stands in an address without brackets.
fn is_address(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
    word.contains("://") || word.contains("www.")
}
