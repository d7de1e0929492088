//! Plain text as Markdown that reads as exactly that text, escaped as little as possible.
//!
//! What might matter is a list of spots. Those that no parser judges (GitHub's own passes, marks that only start a block
//! beside other lines) are always broken; of the others only those that have to be, which is found by trying.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Context, github, place::Place};

/// How many spots are tried one by one, and how long a text may be for that; beyond it every spot is escaped.
const TRIED: usize = 64;
const TRIED_LENGTH: usize = 2_000;

/// The longest text that is tried at all, in bytes: no title or name comes near it.
const READ_LENGTH: usize = 200_000;

/// A byte of a text that Markdown or GitHub might take for a mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Where it is in the text.
    pub(super) at: usize,
    /// How its meaning is taken from it.
    pub(super) way: Way,
    /// Whether that is never tried without.
    pub(super) must: bool,
}

/// How the meaning is taken from a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// A backslash before it.
    Backslash,
    /// An empty comment behind it, which parts it from what follows.
    Comment,
    /// A bare `<span>` around it.
    Span,
}

/// The words that a reader is meant to see: white space folded to single spaces, none at the edges, no control characters.
pub(crate) fn seen(text: &str) -> String {
    folded(text).into_owned()
}

/// The same, which most texts already are.
fn folded(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let is_kept = |(at, byte): (usize, &u8)| match byte {
        b'!'..=b'~' => true,
        b' ' => at > 0 && bytes.get(at + 1).is_some_and(|next| *next != b' '),
        // The first bytes of U+0080 to U+009F, of which all are control characters, and of U+2028 and U+2029.
        0xc2 => bytes.get(at + 1).is_some_and(|next| *next >= 0xa0),
        0xe2 => !matches!(&bytes[at + 1..], [0x80, 0xa8 | 0xa9, ..]),
        byte => !byte.is_ascii(),
    };
    if bytes.iter().enumerate().all(is_kept) { Cow::Borrowed(text) } else { Cow::Owned(refolded(text)) }
}

/// The words of a text, character by character.
fn refolded(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii_whitespace() || matches!(char, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}') {
            if !seen.is_empty() && !seen.ends_with(' ') {
                seen.push(' ');
            }
        } else if !char.is_control() {
            seen.push(char);
        }
    }
    seen.truncate(seen.trim_end_matches(' ').len());
    seen
}

/// Plain text as Markdown that *reads* as exactly that text on GitHub, escaped as little as possible.
///
/// What reads the same unescaped is left alone (`nc.*`, `snake_case`, `C++ & C#`); what would become markup, a link, a
/// mention, an emoji or mathematics is broken. White space folds and control characters go, as [`seen`] says.
pub fn text(text: &str, context: Context) -> String {
    spell(text, Place { context, in_link: false }).into_owned()
}

/// `[text](dest)`, of plain text. Mentions and references stay in it: GitHub makes none inside a link. What could end the
/// destination is percent-encoded, which leads to the same place.
pub(crate) fn link(text: &str, dest: &str, context: Context) -> String {
    let words = spell(text, Place { context, in_link: true });
    ["[", &words, "](", &destination(dest), ")"].concat()
}

/// A code span that shows exactly `text` (white space folded); empty for a text that shows nothing.
pub(crate) fn code(text: &str, context: Context) -> String {
    let seen = folded(text);
    if seen.is_empty() {
        return String::new();
    }
    let is_split = context == Context::Cell && seen.contains('|');
    let Some(inside) = (if is_split { in_cell(&seen).map(Cow::Owned) } else { Some(Cow::Borrowed(&*seen)) })
    else {
        return format!("<code>{}</code>", self::text(&seen, context));
    };
    if !seen.contains('`') {
        return ["`", &inside, "`"].concat();
    }
    let runs: Vec<usize> = seen.split(|c| c != '`').map(str::len).collect();
    let ticks = "`".repeat((1..).find(|len| !runs.contains(len)).unwrap_or(1));
    let pad = if seen.starts_with('`') || seen.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{inside}{pad}{ticks}")
}

/// Code with its pipes escaped for a cell. A backslash right before a pipe cannot be written in one: `\\|` ends the cell.
fn in_cell(code: &str) -> Option<String> {
    let mut cell = String::with_capacity(code.len());
    let mut backslashes = 0;
    for char in code.chars() {
        if char == '|' {
            if backslashes % 2 == 1 {
                return None;
            }
            cell.push('\\');
        }
        backslashes = if char == '\\' { backslashes + 1 } else { 0 };
        cell.push(char);
    }
    Some(cell)
}

/// Where a link leads, so written that neither a bracket nor a space nor a cell ends it.
fn destination(dest: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-'..=b'/' | b'_' | b'~' | b'#' | b'+' | b':')
    };
    if dest.bytes().all(is_plain) {
        return Cow::Borrowed(dest);
    }
    let mut written = String::with_capacity(dest.len());
    for (at, char) in dest.char_indices() {
        match char {
            '&' if begins_entity(&dest[at + 1..]) => written.push_str("&amp;"),
            '<' | '>' | '(' | ')' | '\\' | '|' | '`' | '"' => encode(char, &mut written),
            char if char.is_whitespace() || char.is_control() => encode(char, &mut written),
            char => written.push(char),
        }
    }
    Cow::Owned(written)
}

/// Whether `&` and this would be read as one character.
fn begins_entity(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}

fn encode(char: char, written: &mut String) {
    written.extend(utf8_percent_encode(char.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC));
}

fn spell(text: &str, place: Place) -> Cow<'_, str> {
    let seen = folded(text);
    if is_harmless(&seen) {
        return seen;
    }
    Cow::Owned(broken(&seen, place))
}

/// A text that may hold marks, with those broken that have to be.
fn broken(seen: &str, place: Place) -> String {
    let mut spots = spots(seen, place);
    if spots.iter().all(|spot| spot.must || is_lone_tick(seen, spot.at)) {
        return written(seen, spots.iter());
    }
    let needed = written(seen, spots.iter().filter(|spot| spot.must));
    if seen.len() <= READ_LENGTH && place.reads_as(&needed, seen) {
        return needed;
    }
    if seen.len() <= TRIED_LENGTH && spots.iter().filter(|spot| !spot.must).count() <= TRIED {
        spots = fewest(seen, spots, place);
    }
    written(seen, spots.iter())
}

/// Whether a backtick stands alone. One that is left would begin code that another ends, in the text or behind it: it need
/// not be tried.
fn is_lone_tick(seen: &str, at: usize) -> bool {
    let is_tick = |at: usize| seen.as_bytes().get(at) == Some(&b'`');
    is_tick(at) && !is_tick(at + 1) && !at.checked_sub(1).is_some_and(is_tick)
}

/// The spots that cannot be done without. Tried from the end, so that of a pair it is the first half that is escaped.
fn fewest(seen: &str, mut spots: Vec<Spot>, place: Place) -> Vec<Spot> {
    for at in (0..spots.len()).rev() {
        if spots[at].must {
            continue;
        }
        let spot = spots.remove(at);
        if !place.reads_as(&written(seen, spots.iter()), seen) {
            spots.insert(at, spot);
        }
    }
    spots
}

/// The bytes that mean nothing to anybody, whatever stands beside them.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = matches!(
            byte as u8,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. | b' ' | b',' | b';' | b'\'' | b'"' | b'?' | b'%' | b'/'
                | b'(' | b')' | b'{' | b'}' | b'^' | b'+' | b'='
        );
        byte += 1;
    }
    plain
};

/// Whether a text holds nothing that could matter anywhere: most titles, names and sentences.
pub(super) fn is_harmless(seen: &str) -> bool {
    let bytes = seen.as_bytes();
    let in_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let is_plain = |(at, &byte): (usize, &u8)| {
        PLAIN[usize::from(byte)]
            || match byte {
                b'_' => at > 0 && in_word(at - 1) && in_word(at + 1),
                b'&' => bytes.get(at + 1) == Some(&b' '),
                // One alone names no emoji, and begins no address.
                b':' => bytes.get(at + 1) != Some(&b'/') && !bytes[at + 1..].contains(&b':'),
                b'.' => !bytes[..at].ends_with(b"www"),
                b'-' => !(at >= 2 && bytes[at - 2..at].eq_ignore_ascii_case(b"gh")),
                _ => false,
            }
    };
    bytes.first().is_none_or(|first| !first.is_ascii() || first.is_ascii_alphabetic())
        && bytes.iter().enumerate().all(is_plain)
}

/// All spots of a text, in order, one for a byte.
fn spots(seen: &str, place: Place) -> Vec<Spot> {
    let mut spots = github::spots(seen, place);
    spots.extend(line_start(seen, place.context));
    for (at, char) in seen.char_indices() {
        let rest = &seen[at + char.len_utf8()..];
        let must = match char {
            '|' if place.context == Context::Cell => true,
            '[' if rest.starts_with('^') => true,
            // `[^` is a footnote's, whatever comes behind it.
            '^' if at == 0 && place.in_link => true,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '&' | '#' => false,
            ':' if rest.starts_with("//") => false,
            '.' if seen[..at].ends_with("www") => false,
            '@' => {
                spots.push(Spot { at, way: Way::Comment, must: false });
                continue;
            }
            _ => continue,
        };
        spots.push(Spot { at, way: Way::Backslash, must });
    }
    spots.sort_by_key(|spot| (spot.at, !spot.must));
    spots.dedup_by_key(|spot| spot.at);
    spots
}

/// The mark at the start of a line that would begin a block, also where it would do so only below another line.
pub(super) fn line_start(line: &str, context: Context) -> Option<Spot> {
    if context != Context::Line {
        return None;
    }
    let first = line.chars().next()?;
    let run = line.len() - line.trim_start_matches(first).len();
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ends_at = |at: usize| line[at..].is_empty() || line[at..].starts_with(' ');
    let at = match first {
        '#' if run <= 6 && ends_at(run) => 0,
        '>' => 0,
        '-' | '+' | '*' if ends_at(1) => 0,
        '=' if ends_at(run) => 0,
        '`' | '~' if run >= 3 => 0,
        '[' if is_box(line) || line.starts_with("[!") => 0,
        _ if (1..=9).contains(&digits) && line[digits..].starts_with(['.', ')']) && ends_at(digits + 1) => {
            digits
        }
        _ => rule(line)?,
    };
    Some(Spot { at, way: Way::Backslash, must: true })
}

/// `[ ]` or `[x]`, as at the start of a task.
fn is_box(line: &str) -> bool {
    ["[ ]", "[x]", "[X]"].iter().any(|task| line.starts_with(task))
}

/// Where to break a line that is nothing but a rule, the underline of a heading or the second row of a table.
fn rule(line: &str) -> Option<usize> {
    let only = |marks: &str| line.chars().all(|c| marks.contains(c));
    if only("-|: ") {
        line.find('-')
    } else if only("* ") || only("_ ") {
        Some(0)
    } else {
        None
    }
}

/// The text with these spots, which are in order, broken.
fn written<'a>(seen: &str, spots: impl Iterator<Item = &'a Spot>) -> String {
    let mut written = String::with_capacity(seen.len() + 16);
    let mut from = 0;
    for spot in spots {
        written.push_str(&seen[from..spot.at]);
        let mark = &seen[spot.at..spot.at + 1];
        match spot.way {
            Way::Backslash => written.extend(["\\", mark]),
            Way::Comment => written.extend([mark, "<!-- -->"]),
            Way::Span => written.extend(["<span>", mark, "</span>"]),
        }
        from = spot.at + 1;
    }
    written.push_str(&seen[from..]);
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_lone_backtick_is_escaped_as_it_is_where_it_is_tried() {
        for seen in
            ["Mend the `users` table", "`", "a`b", "(`a`, `b` and `c`)", "1. `a`", "x ` y", "-`z`", "日`本`"]
        {
            for context in [Context::Line, Context::Heading, Context::Cell] {
                for in_link in [false, true] {
                    let place = Place { context, in_link };
                    let tried = fewest(seen, spots(seen, place), place);
                    assert_eq!(spell(seen, place), written(seen, tried.iter()), "{seen} {place:?}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_text_that_is_left_alone_is_what_it_would_be_folded_to(
            chars in prop::collection::vec(r"[ -~]| |[\t\x7f\u{80}-\u{a1}]|[\u{2020}-\u{2030}]|.", 0..9)
        ) {
            let text = chars.concat();
            prop_assert_eq!(folded(&text), refolded(&text), "{:?}", text);
        }
    }
}
