//! What mends a fault of syntax: the bytes that change. Most of it is what other notations allow and JSON does not.

use std::ops::Range;

use super::{NO_COMMENTS, Near, Words, in_word};

/// What is replaced, by what, and whether nothing else can be meant.
pub(super) type Fix = (Range<usize>, String, bool);

impl Near<'_> {
    /// What mends the fault that these words tell of.
    pub(super) fn fix(&self, words: &Words) -> Option<Fix> {
        let rest = &self.text[self.at..];
        match &*words.message {
            "nothing follows this comma" | "one comma too many" => {
                Some((words.at.clone(), String::new(), true))
            }
            NO_COMMENTS => Some(self.no_comment(rest)),
            "a comma is missing after this" => {
                let end = words.at.end;
                Some((end..end, ",".into(), self.text[end..self.at].contains('\n')))
            }
            "a key must be in double quotes" => self.bare_key(words),
            "a tab inside a text" => Some((self.at..self.at + 1, "\\t".into(), true)),
            message if message.ends_with("is no quote in JSON") => self.quoted(rest),
            message if message.ends_with("is no JSON value") => self.word(words),
            _ => None,
        }
    }

    /// A comment goes, with the line that holds nothing else. What it said is lost.
    fn no_comment(&self, rest: &str) -> Fix {
        let end = match rest.strip_prefix("/*").and_then(|inner| inner.find("*/")) {
            Some(length) => self.at + length + 4,
            None => self.at + rest.find(['\n', '\r']).unwrap_or(rest.len()),
        };
        let before = self.text[..self.at].trim_end_matches([' ', '\t']);
        let is_alone = before.is_empty() || before.ends_with('\n');
        let after = self.text[end..].trim_start_matches([' ', '\t']);
        let ending = if after.starts_with("\r\n") { 2 } else { usize::from(after.starts_with('\n')) };
        match is_alone && ending > 0 {
            true => (before.len()..self.text.len() - after.len() + ending, String::new(), false),
            false => (before.len()..end, String::new(), false),
        }
    }

    /// A key that only lacks its quotes.
    fn bare_key(&self, words: &Words) -> Option<Fix> {
        let key = &self.text[words.at.clone()];
        let is_key = key.chars().all(in_word) && self.text[words.at.end..].trim_start().starts_with(':');
        is_key.then(|| (words.at.clone(), format!("\"{key}\""), true))
    }

    /// A text in other quotes that end on its line.
    fn quoted(&self, rest: &str) -> Option<Fix> {
        let open = rest.chars().next()?;
        let close = match open {
            '‘' => '’',
            '“' => '”',
            other => other,
        };
        let inner = &rest[open.len_utf8()..];
        let (inner, after) = inner.split_at(inner.find(close)?);
        let ends = after[close.len_utf8()..].trim_start().starts_with([',', ':', ']', '}']);
        let is_plain = ends && !inner.contains(['\n', '\r', '"', '\\']);
        let end = self.at + open.len_utf8() + inner.len() + close.len_utf8();
        is_plain.then(|| (self.at..end, format!("\"{inner}\""), true))
    }

    /// A word in the place of a value, as other languages write it.
    fn word(&self, words: &Words) -> Option<Fix> {
        let word = &self.text[words.at.clone()];
        let (new, is_certain) = match &*word.to_ascii_lowercase() {
            lower @ ("true" | "false" | "null") => (lower.to_owned(), true),
            "none" | "nil" | "undefined" => ("null".to_owned(), false),
            "yes" | "on" => ("true".to_owned(), false),
            "no" | "off" => ("false".to_owned(), false),
            _ if !word.is_empty() && word.chars().all(in_word) => (format!("\"{word}\""), false),
            _ => return None,
        };
        Some((words.at.clone(), new, is_certain))
    }
}
