//! Says in plain words why a text is no JSON, and where.
//!
//! serde_json decides whether there is a fault and at which byte; here the bytes around it are looked at again to find
//! out what the writer most likely meant.

use std::{fmt, ops::Range, sync::Arc};

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::json::BOM;
use crate::report::{Action, Code, Diagnostic, Place};

mod fixes;

/// What is said of a comment.
pub(crate) const NO_COMMENTS: &str = "JSON has no comments";

/// The first fault of a text that is no JSON; `None` where it is JSON, whatever it says.
pub(crate) fn fault(file: &Arc<str>, text: &str) -> Option<Diagnostic> {
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let error = serde_json::from_str::<Anything>(body).err()?;
    let near = Near { text, at: offset(text, text.len() - body.len(), &error) };
    let words = near.words(&error);
    let mut finding = Diagnostic::new(
        Code::Syntax,
        Place::bytes(Arc::clone(file), words.at.clone()),
        words.message.clone(),
    );
    finding.help = words.help.clone();
    if let Some((range, text, is_certain)) = near.fix(&words) {
        let place = Place::bytes(Arc::clone(file), range);
        let action = Action::Text(text);
        finding = if is_certain { finding.certainly(action) } else { finding.perhaps(action) }.at(place);
    }
    if let Some((range, why)) = words.related {
        finding = finding.related(Place::bytes(Arc::clone(file), range), why);
    }
    Some(finding)
}

/// The byte that serde_json's line and column mean, counted from the start of the text.
fn offset(text: &str, start: usize, error: &serde_json::Error) -> usize {
    let lines: usize =
        text[start..].split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    text.floor_char_boundary((start + lines + error.column()).saturating_sub(1).min(text.len()))
}

/// What is told of a fault.
struct Words {
    at: Range<usize>,
    message: String,
    help: Option<String>,
    related: Option<(Range<usize>, &'static str)>,
}

impl Words {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None, related: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The surroundings of a fault.
struct Near<'t> {
    text: &'t str,
    at: usize,
}

impl Near<'_> {
    fn words(&self, error: &serde_json::Error) -> Words {
        if error.is_eof() {
            return self.ended();
        }
        let said = error.to_string();
        let said = said.split(" at line ").next().unwrap_or_default();
        match said {
            "trailing comma" => self.comma_too_many(),
            "key must be a string" => self.no_key(),
            "expected value" | "expected ident" => self.no_value(),
            "expected `:`" => self.no_colon(),
            "trailing characters" => self.more(),
            "recursion limit exceeded" => Words::new(self.token(), "nested deeper than 128 levels")
                .help("Roadbook needs seven levels; put deep data of your own into a file of its own"),
            "invalid number" => self.no_number(
                "is no number in JSON",
                "numbers are written as `3`, `-3` or `0.5`; quote what is not a number",
            ),
            "number out of range" => self
                .no_number("is too large a number", "numbers go up to 1.8e308; write a larger one as a text"),
            "invalid escape" => self.no_escape(),
            _ if said.starts_with("expected `,`") => self.no_comma(),
            _ if said.starts_with("control character") => self.control(),
            _ if said.contains("surrogate") || said.contains("hex escape") => self.half_a_pair(),
            _ => Words::new(self.token(), said),
        }
    }

    /// The file is cut off.
    fn ended(&self) -> Words {
        let end = self.text.trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
        let start = self.text[..end].char_indices().next_back().map_or(0, |(start, _)| start);
        let last = start..end;
        if self.text[..end].trim_start_matches(BOM).is_empty() {
            return Words::new(0..0, "the file is empty").help("the smallest roadmap is `{}`");
        }
        let Some(open) = innermost(self.text) else {
            return Words::new(last, "the file ends in the middle of a value");
        };
        let (what, close) = match self.text.as_bytes()[open] {
            b'{' => ("an object", '}'),
            b'[' => ("a list", ']'),
            _ => ("a string", '"'),
        };
        let mut words = Words::new(last, format!("the file ends in the middle of {what}"))
            .help(format!("close it with `{close}`, or bring back the rest of the file if it was cut off"));
        words.related = Some((open..open + 1, "it begins here"));
        words
    }

    fn comma_too_many(&self) -> Words {
        let comma = self.text[..self.at].rfind(',').map_or(self.at..self.at, |at| at..at + 1);
        Words::new(comma, "nothing follows this comma").help("delete the comma")
    }

    fn no_key(&self) -> Words {
        self.foreign().unwrap_or_else(|| match self.byte() {
            Some(b',') => Words::new(self.token(), "one comma too many").help("delete the comma"),
            _ => Words::new(self.token(), "a key must be in double quotes")
                .help(format!("write `\"{}\"`", self.shown())),
        })
    }

    fn no_value(&self) -> Words {
        if let Some(words) = self.foreign() {
            return words;
        }
        let range = self.token();
        let word = &self.text[range.clone()];
        let words = match self.byte() {
            Some(b',' | b']' | b'}' | b':') => {
                return Words::new(range, format!("a value is missing before this `{word}`"));
            }
            _ => Words::new(range.clone(), format!("`{}` is no JSON value", self.shown())),
        };
        match word.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => words.help("write `true`"),
            "false" | "no" | "off" => words.help("write `false`"),
            "null" | "none" | "nil" | "undefined" | "nan" => words.help("write `null`, or leave the key out"),
            _ => words.help(format!("a string must be in double quotes: `\"{}\"`", self.shown())),
        }
    }

    fn no_colon(&self) -> Words {
        let words = Words::new(self.before(), "a `:` is missing after this key");
        match self.byte() {
            Some(b'=') => Words { at: self.token(), ..words }.help("write `:` instead of `=`"),
            Some(b',' | b'}') => words.help("a member of an object is a key, a `:` and a value"),
            _ => words,
        }
    }

    fn no_comma(&self) -> Words {
        if let Some(words) = self.foreign().filter(|_| self.byte() != Some(b'\'')) {
            return words;
        }
        match self.byte() {
            Some(b'}') => self.bracket("]"),
            Some(b']') => self.bracket("}"),
            Some(b'"' | b'{' | b'[' | b'0'..=b'9' | b'-') => {
                Words::new(self.before(), "a comma is missing after this")
                    .help("put a `,` between the two values")
            }
            _ => Words::new(
                self.token(),
                format!("`{}` stands where only a `,` or an end can be", self.shown()),
            )
            .help("a `\"` inside a text is written `\\\"`"),
        }
    }

    fn bracket(&self, close: &str) -> Words {
        let mut words = Words::new(self.token(), format!("this closes nothing: `{close}` comes first"));
        words.related = innermost(&self.text[..self.at]).map(|open| (open..open + 1, "this is open"));
        words
    }

    fn more(&self) -> Words {
        match self.byte() {
            Some(b'}' | b']') => Words::new(self.token(), "one bracket too many").help("delete it"),
            _ => self.foreign().unwrap_or_else(|| {
                Words::new(self.token(), "the JSON has ended before this").help("a file holds one `{ … }`")
            }),
        }
    }

    fn no_number(&self, what: &str, help: &str) -> Words {
        let before = self.text[..self.at].trim_end_matches(in_word).len();
        let token = self.token();
        let range = if before < token.start { before..self.at } else { token };
        Words::new(range.clone(), format!("`{}` {what}", cut(&self.text[range]))).help(help)
    }

    fn no_escape(&self) -> Words {
        let start = self.text[..self.at].rfind('\\').unwrap_or(self.at);
        let end = self.after(self.after(start));
        Words::new(start..end, format!("`{}` means nothing in a JSON text", &self.text[start..end]))
            .help("a backslash is written `\\\\`")
    }

    fn control(&self) -> Words {
        let open = innermost(&self.text[..self.at]).filter(|&at| self.text.as_bytes()[at] == b'"');
        match (self.byte(), open) {
            (Some(b'\n' | b'\r'), Some(open)) => {
                Words::new(open..self.at, "this string is not closed on its line")
                    .help("close it with `\"`; a line break inside a text is written `\\n`")
            }
            (Some(b'\t'), _) => Words::new(self.token(), "a tab inside a text").help("write it as `\\t`"),
            (Some(byte), _) => Words::new(self.token(), "a control character inside a text")
                .help(format!("delete it, or write it as `\\u{byte:04x}`")),
            (None, _) => Words::new(self.token(), "a control character inside a text"),
        }
    }

    fn half_a_pair(&self) -> Words {
        let start = self.text[..self.at].rfind("\\u").unwrap_or(self.at);
        let before = start.checked_sub(6).filter(|&at| {
            self.text[..start].is_char_boundary(at)
                && self.text[at..].to_ascii_lowercase().starts_with("\\ud")
        });
        let start = before.unwrap_or(start);
        let end = self.text.ceil_char_boundary((start + 6).min(self.text.len()));
        Words::new(start..end, "half a character: this escape needs its other half")
            .help("write the character itself, or both halves, as `\\ud83d\\ude80`")
    }

    /// What other notations allow and JSON does not.
    fn foreign(&self) -> Option<Words> {
        let rest = &self.text[self.at..];
        let line = self.at..self.at + rest.find(['\n', '\r']).unwrap_or(rest.len());
        if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') {
            return Some(Words::new(line, NO_COMMENTS).help("delete it, or keep it under `extra`"));
        }
        let quote = rest.chars().next().filter(|c| matches!(c, '\'' | '‘' | '’' | '“' | '”' | '`'))?;
        Some(Words::new(self.token(), format!("`{quote}` is no quote in JSON")).help("write `\"`"))
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The whole word at the fault, or the one character.
    fn token(&self) -> Range<usize> {
        let (before, rest) = self.text.split_at(self.at);
        let length = rest.find(|c| !in_word(c)).unwrap_or(rest.len());
        match length {
            0 => self.at..self.after(self.at),
            _ => before.trim_end_matches(in_word).len()..self.at + length,
        }
    }

    /// The word at the fault, as a message shows it.
    fn shown(&self) -> String {
        cut(&self.text[self.token()])
    }

    /// The last character before the fault that is no white space.
    fn before(&self) -> Range<usize> {
        let end = self.text[..self.at].trim_end_matches(|c: char| c.is_ascii_whitespace()).len();
        self.text[..end].char_indices().next_back().map_or(0..0, |(start, _)| start..end)
    }

    /// Where the character at `at` ends.
    fn after(&self, at: usize) -> usize {
        at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.')
}

fn cut(word: &str) -> String {
    word.chars().take(40).collect()
}

/// Where the innermost string, object or list begins that the text leaves open.
fn innermost(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let (mut string, mut escaped) = (None, false);
    for (at, byte) in text.bytes().enumerate() {
        match (string, byte) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), b'\\') => escaped = true,
            (Some(_), b'"') => string = None,
            (Some(_), _) => {}
            (None, b'"') => string = Some(at),
            (None, b'{' | b'[') => open.push(at),
            (None, b'}' | b']') => drop(open.pop()),
            (None, _) => {}
        }
    }
    string.or(open.pop())
}

/// Any JSON, read with all of serde_json's checks and kept nowhere.
struct Anything;

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Anything {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        while members.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}

#[cfg(test)]
mod tests;
