//! The tags of a template, cut as Tera's lexer cuts them; what stands between them does not matter here.

use std::ops::Range;

/// A tag (`{% … %}`) or an output (`{{ … }}`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// Whether it is an output.
    pub(super) is_output: bool,
    /// Where it is, with its delimiters.
    pub(super) range: Range<usize>,
    /// Where the text between its delimiters is.
    pub(super) inside: Range<usize>,
    /// Whether it takes away white space behind it.
    pub(super) trims: bool,
    /// What it is made of.
    pub(super) tokens: Vec<Token<'t>>,
}

/// A part of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name or a keyword.
    Word(&'t str),
    /// A string, without its quotes.
    Text(&'t str),
    /// Any other sign; of a longer operator, each of its signs.
    Sign(u8),
}

impl<'t> Tag<'t> {
    /// The keyword of a tag: its first word.
    pub(super) fn keyword(&self) -> Option<&'t str> {
        match self.tokens.first() {
            Some(Token::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// The word or the text at a place.
    pub(super) fn word(&self, at: usize) -> Option<&'t str> {
        match self.tokens.get(at) {
            Some(Token::Word(word) | Token::Text(word)) => Some(word),
            _ => None,
        }
    }
}

/// The tags of a template in their order. Where one does not end, it ends there: Tera refuses the template.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text.as_bytes()[at..].windows(2).position(is_start) {
        let start = at + found;
        let next = match &text.as_bytes()[start + 1] {
            b'#' => text[start..].find("#}").map(|end| start + end + 2),
            b'%' if raw_end(&text[start + 2..]).is_some() => {
                raw_end(&text[start + 2..]).flatten().map(|end| start + 2 + end)
            }
            kind => tag(text, start, *kind == b'{').map(|tag| {
                let end = tag.range.end;
                tags.push(tag);
                end
            }),
        };
        match next {
            Some(next) => at = next,
            None => break,
        }
    }
    tags
}

fn is_start(pair: &[u8]) -> bool {
    matches!(pair, b"{{" | b"{%" | b"{#")
}

/// Behind `{%`: where a raw block ends, if this is one; `Some(None)` for one that does not end.
fn raw_end(rest: &str) -> Option<Option<usize>> {
    let mut at = named(rest, "raw")?;
    while let Some(found) = rest[at..].find("{%") {
        at += found + 2;
        if let Some(end) = named(&rest[at..], "endraw") {
            return Some(Some(at + end));
        }
    }
    Some(None)
}

/// Behind `{%`: where a tag of this name and nothing else ends.
fn named(rest: &str, name: &str) -> Option<usize> {
    let space = |c: char| c.is_ascii_whitespace();
    let inside = rest.strip_prefix('-').unwrap_or(rest).trim_start_matches(space);
    let behind = inside.strip_prefix(name)?.trim_start_matches(space);
    let behind = behind.strip_prefix('-').unwrap_or(behind).strip_prefix("%}")?;
    Some(rest.len() - behind.len())
}

/// The tag that begins here; `None` where it does not end.
fn tag(text: &str, start: usize, is_output: bool) -> Option<Tag<'_>> {
    let end: &[u8] = if is_output { b"}}" } else { b"%}" };
    let bytes = text.as_bytes();
    let begin = start + 2 + usize::from(bytes.get(start + 2) == Some(&b'-'));
    let (mut at, mut tokens) = (begin, Vec::new());
    loop {
        at += bytes.get(at..)?.iter().position(|byte| !byte.is_ascii_whitespace())?;
        let rest = &bytes[at..];
        let trims = rest[0] == b'-' && rest[1..].starts_with(end);
        if trims || rest.starts_with(end) {
            let behind = at + 2 + usize::from(trims);
            return Some(Tag { is_output, range: start..behind, inside: begin..at, trims, tokens });
        }
        let length = match rest[0] {
            quote @ (b'"' | b'\'' | b'`') => {
                let length = quoted(rest, quote)?;
                tokens.push(Token::Text(text.get(at + 1..at + length - 1)?));
                length
            }
            first if first.is_ascii_alphabetic() || first == b'_' => {
                let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_';
                let length = rest.iter().take_while(is_part).count();
                tokens.push(Token::Word(text.get(at..at + length)?));
                length
            }
            sign if sign.is_ascii() => {
                tokens.push(Token::Sign(sign));
                1
            }
            _ => return None,
        };
        at += length;
    }
}

/// The length of a string with its quotes.
fn quoted(rest: &[u8], quote: u8) -> Option<usize> {
    let mut is_escaped = false;
    let end = rest[1..].iter().position(|byte| {
        let ends = !is_escaped && *byte == quote;
        is_escaped = !is_escaped && *byte == b'\\';
        ends
    });
    end.map(|end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_cut_as_tera_cuts_them() {
        let text = "a {# {{ no }} #}{{- x | f(a=\"}}\\\"%}\") -}} {% raw -%} {% for %} {%- endraw %}{%if a%}{{ '{%' }}";
        let found: Vec<_> = tags(text).iter().map(|tag| (&text[tag.range.clone()], tag.trims)).collect();
        let wanted = [("{{- x | f(a=\"}}\\\"%}\") -}}", true), ("{%if a%}", false), ("{{ '{%' }}", false)];
        assert_eq!(found, wanted);
        assert_eq!(tags("{{ x").len() + tags("{% raw %}{{ x }}").len() + tags("{{ \"x }}").len(), 0);
        assert_eq!(tags("{% for a in b %}")[0].keyword(), Some("for"));
        assert_eq!(tags("{{ {\"a\": 1} }}").len(), 1);
    }
}
