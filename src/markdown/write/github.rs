//! What GitHub makes of text after its Markdown is rendered, which no parser sees: mentions, references to issues, emoji,
//! mathematics.
//!
//! These passes run over the finished HTML, so that neither a backslash nor an entity stops them
//! (<https://github.com/github/cmark-gfm/issues/181>). What stops them and shows nothing is an empty comment inside the
//! word, and for `$` the `<span>` that GitHub's own documentation of mathematics names.

use super::place::Place;
use super::text::{Spot, Way};

/// The spots in a text that have to be broken lest GitHub make something of it.
///
/// In a link neither mentions nor references are made; emoji and mathematics are.
pub(super) fn spots(text: &str, place: Place) -> Vec<Spot> {
    let mut spots = Vec::new();
    let broken = |at| Spot { at, way: Way::Comment, must: true };
    let bytes = text.as_bytes();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'@' if !place.in_link && is_mention(bytes, at) => spots.push(broken(at)),
            b'#' if !place.in_link && digit(bytes, at + 1) => spots.push(broken(at)),
            b'-' if !place.in_link && is_gh_number(bytes, at) => spots.push(broken(at)),
            b':' if is_shortcode(bytes, at) => spots.push(broken(at)),
            _ => {}
        }
    }
    if holds_mathematics(bytes) {
        let dollars = text.match_indices('$');
        spots.extend(dollars.map(|(at, _)| Spot { at, way: Way::Span, must: true }));
    }
    spots
}

/// `@name` and `@org/team` at the start of a word.
fn is_mention(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric)
        && !at.checked_sub(1).is_some_and(|before| is_word(bytes[before]))
}

/// The hyphen of `GH-12`.
fn is_gh_number(bytes: &[u8], at: usize) -> bool {
    at >= 2
        && bytes[at - 2..at].eq_ignore_ascii_case(b"gh")
        && !at.checked_sub(3).is_some_and(|before| is_word(bytes[before]))
        && digit(bytes, at + 1)
}

/// The first colon of `:rocket:`. A name is small letters, digits and `_+-`; of those without a letter, GitHub knows four.
fn is_shortcode(bytes: &[u8], at: usize) -> bool {
    let name = &bytes[at + 1..];
    let end =
        name.iter().position(|&byte| !(is_word(byte) || matches!(byte, b'+' | b'-'))).unwrap_or(name.len());
    name.get(end) == Some(&b':')
        && (name[..end].iter().any(u8::is_ascii_lowercase)
            || [&b"100"[..], b"1234", b"+1", b"-1"].contains(&&name[..end]))
}

/// Whether one `$` opens mathematics (no space behind it) and a later one closes it (no space before, no digit behind).
fn holds_mathematics(bytes: &[u8]) -> bool {
    let dollar = |at: usize| bytes[at] == b'$';
    let gap = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let Some(opens) = (0..bytes.len()).find(|&at| dollar(at) && !gap(at + 1)) else { return false };
    (opens + 1..bytes.len()).any(|at| dollar(at) && !gap(at - 1) && !digit(bytes, at + 1))
}

fn digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
