//! Raw HTML in Markdown: its tags and comments, and whether it leaves anything open.
//!
//! No HTML parser: only as much as tells whether a person's HTML ends where it says it does, after the tokenizer of the
//! HTML standard (<https://html.spec.whatwg.org/multipage/parsing.html>). What is not plainly right counts as wrong.

use std::ops::Range;

/// A tag or a comment, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// What it is.
    pub(super) kind: Kind<'a>,
    /// Its bytes in the text that was given, angle brackets included.
    pub(super) range: Range<usize>,
}

/// What stands between angle brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// `<name attributes>`.
    Open {
        /// The name, as written.
        name: &'a str,
        /// All between the name and `>`, trimmed.
        attributes: &'a str,
    },
    /// `</name>`.
    Close(&'a str),
    /// What stands inside `<!--` and `-->`.
    Comment(&'a str),
    /// A tag or comment that never ends, a declaration, a processing instruction, CDATA.
    Strange,
}

/// Elements without an end tag (HTML standard, "void elements").
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Elements that their parent's end tag ends (HTML standard, "optional tags").
const ENDED_BY_PARENT: [&str; 13] =
    ["li", "p", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "option", "rt", "rp"];

/// Elements in which tags are text: what they leave open swallows the rest of a page (GFM, "disallowed raw HTML").
const SWALLOWING: [&str; 9] =
    ["title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext"];

/// The tags and comments of some raw HTML, in order. Nothing follows one that never ends.
pub(super) fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(piece) = next_piece(html, from) {
        from = piece.range.end;
        found.push(piece);
    }
    found
}

/// The first tag or comment that begins at this byte or behind it.
pub(super) fn next_piece(html: &str, from: usize) -> Option<Piece<'_>> {
    let mut from = from;
    loop {
        let start = from + html[from..].find('<')?;
        if let Some((kind, len)) = piece(&html[start..]) {
            return Some(Piece { kind, range: start..start + len });
        }
        from = start + 1;
    }
}

/// The value of each attribute called `name`, as written, in a tag's `attributes`.
pub(super) fn attribute_values<'a>(attributes: &'a str, name: &str) -> Vec<&'a str> {
    let named = self::attributes(attributes).into_iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
    named.filter_map(|(_, value)| value).collect()
}

/// The attributes of a tag, names and values as written; one without `=` has no value.
pub(super) fn attributes(attributes: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    let mut rest = attributes.trim_start_matches(is_before_name);
    while !rest.is_empty() {
        let end = rest.find(|c: char| is_gap(c) || c == '=').unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = attribute_value(after.trim_start_matches(is_gap));
        found.push((key, value));
        rest = after.trim_start_matches(is_before_name);
    }
    found
}

/// Whether raw HTML ends all that it begins.
#[derive(Debug, Default)]
pub(super) struct Balance {
    open: Vec<String>,
    broken: bool,
}

impl Balance {
    /// Takes in one more run of raw HTML.
    pub(super) fn read(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece.kind {
                Kind::Open { name, .. } => self.start(name),
                Kind::Close(name) => self.end(name),
                Kind::Comment(text) => self.broken |= text.contains("--!>") || text.contains("roadbook:"),
                Kind::Strange => self.broken = true,
            }
        }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Says that a block has ended that began when `depth` elements were open: it must have left as many.
    pub(super) fn block_ended(&mut self, depth: usize) {
        self.broken |= self.open.len() != depth;
    }

    /// Whether all is well and nothing is open.
    pub(super) fn is_even(&self) -> bool {
        !self.broken && self.open.is_empty()
    }

    fn start(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        self.broken |= SWALLOWING.contains(&name.as_str());
        if !VOID.contains(&name.as_str()) {
            self.open.push(name);
        }
    }

    fn end(&mut self, name: &str) {
        while let Some(open) = self.open.pop() {
            if open.eq_ignore_ascii_case(name) {
                return;
            }
            if !ENDED_BY_PARENT.contains(&open.as_str()) {
                break;
            }
        }
        self.broken = true;
    }
}

/// What `html`, which begins with `<`, begins with, and how many bytes that takes.
fn piece(html: &str) -> Option<(Kind<'_>, usize)> {
    let strange = (Kind::Strange, html.len());
    if let Some(inside) = html.strip_prefix("<!--") {
        return Some(comment(inside).map_or(strange, |(text, len)| (Kind::Comment(text), 4 + len)));
    }
    match html.as_bytes().get(1)? {
        b'!' | b'?' => Some(strange),
        b'/' if html[2..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
            let Some(end) = html.find('>') else { return Some(strange) };
            Some((Kind::Close(name(&html[2..end])), end + 1))
        }
        b'a'..=b'z' | b'A'..=b'Z' => {
            let Some(end) = tag_end(html) else { return Some(strange) };
            let inside = html[1..end].trim_end_matches('/');
            let name = name(inside);
            Some((Kind::Open { name, attributes: inside[name.len()..].trim() }, end + 1))
        }
        _ => None,
    }
}

/// The text of a comment whose `<!--` has been read, and how many bytes follow that.
fn comment(inside: &str) -> Option<(&str, usize)> {
    for empty in [">", "->"] {
        if inside.starts_with(empty) {
            return Some(("", empty.len()));
        }
    }
    inside.find("-->").map(|end| (&inside[..end], end + 3))
}

/// Where the `>` of a start tag is: the first that stands in no quotes.
fn tag_end(html: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The name that the inside of a tag begins with.
fn name(inside: &str) -> &str {
    inside.split(|c: char| is_gap(c) || c == '/').next().unwrap_or_default()
}

/// The value behind an attribute's name, and what follows it.
fn attribute_value(after: &str) -> (Option<&str>, &str) {
    let Some(value) = after.strip_prefix('=').map(|value| value.trim_start_matches(is_gap)) else {
        return (None, after);
    };
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote) {
            let (value, rest) = inside.split_once(quote).unwrap_or((inside, ""));
            return (Some(value), rest);
        }
    }
    let end = value.find(is_gap).unwrap_or(value.len());
    (Some(&value[..end]), &value[end..])
}

/// Between attributes a slash is as good as a gap.
fn is_before_name(char: char) -> bool {
    is_gap(char) || char == '/'
}

fn is_gap(char: char) -> bool {
    char.is_ascii_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_even(html: &str) -> bool {
        let mut balance = Balance::default();
        balance.read(html);
        balance.is_even()
    }

    #[test]
    fn html_that_ends_what_it_begins_is_even() {
        for html in [
            "",
            "<kbd>x</kbd>",
            "<br><hr/><img src='a>b'>",
            "<details open><summary>x</summary></details>",
            "<ul><li>a<li>b</ul>",
            "<!-- a <b> -->",
            "<!--><!--->",
            "a < b",
        ] {
            assert!(is_even(html), "{html}");
        }
    }

    #[test]
    fn html_that_could_swallow_what_follows_is_not() {
        for html in [
            "<div>",
            "</div>",
            "<b><i></b></i>",
            "<!-- x",
            "<a href=\"x",
            "<?php",
            "<!doctype html>",
            "<style></style>",
            "<plaintext>",
            "<!-- roadbook:begin x -->",
            "<!-- --!> -->",
        ] {
            assert!(!is_even(html), "{html}");
        }
    }

    #[test]
    fn attributes_are_found_however_they_are_quoted() {
        for attributes in ["id=a", "id='a'", "x ID = \"a\" y", "hidden id=a z=b"] {
            assert_eq!(attribute_values(attributes, "id"), ["a"], "{attributes}");
        }
        assert!(attribute_values("data-id=a idx=b id", "id").is_empty());
    }
}
