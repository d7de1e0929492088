//! Raw HTML in Markdown: its tags and comments, by themselves.
//!
//! No HTML parser: only as much as finds them, after the tokenizer of the
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
    /// A declaration, a processing instruction, CDATA: up to the first `>`, browsers take it for a comment.
    Bogus,
    /// A tag or comment that never ends.
    Strange,
}

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

/// Whether a tag gives an anchor that could be one of ours, as `i-db-001`: links to that issue might then lead here.
pub(super) fn takes_anchor(attributes: &str) -> bool {
    let given = ["id", "name"].into_iter().flat_map(|name| attribute_values(attributes, name));
    let prefixes: Vec<_> = given.filter_map(|anchor| anchor.get(..2)).collect();
    prefixes.iter().any(|prefix| ["i-", "l-"].iter().any(|ours| prefix.eq_ignore_ascii_case(ours)))
}

/// What `html`, which begins with `<`, begins with, and how many bytes that takes.
fn piece(html: &str) -> Option<(Kind<'_>, usize)> {
    let strange = (Kind::Strange, html.len());
    if let Some(inside) = html.strip_prefix("<!--") {
        return Some(comment(inside).map_or(strange, |(text, len)| (Kind::Comment(text), 4 + len)));
    }
    match html.as_bytes().get(1)? {
        b'!' | b'?' => Some(html.find('>').map_or(strange, |end| (Kind::Bogus, end + 1))),
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

    #[test]
    fn attributes_are_found_however_they_are_quoted() {
        for attributes in ["id=a", "id='a'", "x ID = \"a\" y", "hidden id=a z=b"] {
            assert_eq!(attribute_values(attributes, "id"), ["a"], "{attributes}");
        }
        assert!(attribute_values("data-id=a idx=b id", "id").is_empty());
    }
}
