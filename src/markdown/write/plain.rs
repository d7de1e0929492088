//! Bodies of which one look at their lines tells where their headings are, without a parser.
//!
//! What is looked for is not how Markdown reads a body, but whether it is one that nobody can read otherwise: no raw HTML,
//! no footnotes, no link definitions, no marks of headings or code but at the start of a line behind a blank one, no line
//! of marks alone. Most bodies are. Whatever else stands in them (lists, tables, quotes, emphasis) neither makes a heading
//! nor reaches past a blank line and one. Where the end of a line has to be told from the end of a block, [`joint`] looks at
//! two lines together. The two parsers are asked about all other bodies, and a test asks them about these.

mod joint;

use super::{contain::Shift, in_place, simple};
use crate::markdown::scan;
use std::ops::Range;

/// How many bytes are looked at together, to see whether each has to be looked at.
const CHUNK: usize = 64;

/// What changes in a plain body where it is moved.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// The first byte and the level of each heading.
    headings: Vec<(usize, u8)>,
    /// The lines of which each reader sees the end, without their line ends.
    broken: Vec<Range<usize>>,
}

impl Plain {
    /// The body with a few more `#` before its headings, and its lines broken.
    pub(super) fn changed(&self, body: &str, shift: &Shift) -> Option<String> {
        if self.broken.is_empty() {
            return Some(simple::moved(body, &self.headings, shift));
        }
        let marks =
            |(at, level): &(usize, u8)| (*at..*at, "#".repeat(usize::from(shift.level(*level) - level)));
        let breaks = self.broken.iter().map(|line| in_place::line_break(body, line.clone()));
        in_place::applied(body, self.headings.iter().map(marks).chain(breaks).collect())
    }
}

/// Reads a body; `None` where only the parsers can tell.
pub(super) fn read(body: &str, line_breaks: bool) -> Option<Plain> {
    if body.starts_with('\u{feff}') {
        return None;
    }
    let mut plain = Plain::default();
    let mut fence: Option<&str> = None;
    // The line above, where it reaches into this one; not where this one is the first, or behind a blank line, a heading or
    // a fence.
    let mut above: Option<&str> = None;
    let mut in_table = false;
    let mut suspects = suspects(body).into_iter().peekable();
    let mut at = 0;
    for line in body.split('\n') {
        let mut is_plain = true;
        while suspects.next_if(|suspect| *suspect < at + line.len()).is_some() {
            is_plain = false;
        }
        let is_free = above.is_none();
        above = match fence {
            Some(marks) if line.trim_start_matches(' ').starts_with(marks) => {
                is_closing(line, marks).then_some(())?;
                fence = None;
                None
            }
            Some(_) => Some(line),
            None if is_fence(line) => {
                fence = Some(opening(line).filter(|_| is_free)?);
                Some(line)
            }
            None if line.starts_with('#') => {
                plain.headings.push((at, level(line).filter(|_| is_free && is_plain)?));
                None
            }
            None if is_blank(line) => None,
            None => {
                (is_plain && !is_of_marks(line)).then_some(())?;
                match above.filter(|_| line_breaks) {
                    Some(above) => {
                        let breaks =
                            if in_table { !line.starts_with('|') } else { joint::breaks(above, line)? };
                        (!in_table || !breaks).then_some(())?;
                        plain.broken.extend(breaks.then(|| at - 1 - above.len()..at - 1));
                    }
                    None => in_table = line_breaks && joint::begins_table(line, &body[at + line.len()..]),
                }
                Some(line)
            }
        };
        at += line.len() + 1;
    }
    (fence.is_none() && is_printable(body)).then_some(plain)
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| byte == b' ')
}

/// Control characters, tabs and carriage returns among them, are for the parsers.
fn is_printable(body: &str) -> bool {
    let is_control = |byte: u8| ((byte < b' ') & (byte != b'\n')) | (byte == 0x7f);
    scan::find(body.as_bytes(), is_control).is_none()
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```") || line.starts_with("~~~")
}

/// The marks of a fence, where what stands behind them is plain.
fn opening(line: &str) -> Option<&str> {
    let mark = line.chars().next()?;
    let info = line.trim_start_matches(mark);
    let is_plain = !info.contains(['`', '~', '<', '\\', '&']);
    is_plain.then(|| &line[..line.len() - info.len()])
}

/// Whether a line in code that begins with the marks of its fence ends it, and nobody can doubt it.
fn is_closing(line: &str, marks: &str) -> bool {
    line.trim_end_matches(' ') == marks
}

/// The level of a line that begins with `#`.
fn level(line: &str) -> Option<u8> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    (level <= 6 && (rest.is_empty() || rest.starts_with(' '))).then_some(level as u8)
}

/// Where something stands that could begin raw HTML, a footnote, a link definition or code of several lines: in order, each
/// inside one line.
fn suspects(body: &str) -> Vec<usize> {
    let bytes = body.as_bytes();
    // What neither of two neighbours rules out; written without branches, so that many are looked at together.
    let may_be = |(at, next): (&u8, &u8)| {
        (*at == b'<')
            | (*at == b'[') & (*next == b'^')
            | (*at == b']') & (*next == b':')
            | (at == next) & ((*at == b'`') | (*at == b'~'))
    };
    let mut suspects = Vec::new();
    for (place, chunk) in bytes.chunks(CHUNK).enumerate() {
        let start = place * CHUNK;
        let next = &bytes[start + 1..];
        let is_last = start + chunk.len() == bytes.len();
        if is_last || chunk.iter().zip(next).fold(false, |any, pair| any | may_be(pair)) {
            suspects.extend((start..start + chunk.len()).filter(|at| is_suspect(&bytes[*at..])));
        }
    }
    suspects
}

fn is_suspect(bytes: &[u8]) -> bool {
    match bytes {
        // No tag has a colon behind its name: an address in angle brackets can be nothing else.
        [b'<', ..] => !bytes.starts_with(b"<https://") && !bytes.starts_with(b"<http://"),
        [b'[', b'^', ..] | [b']', b':', ..] | [b'`', b'`', b'`', ..] | [b'~', b'~', b'~', ..] => true,
        _ => false,
    }
}

/// Whether nothing stands behind the marks of quotes, lists and tasks that a line begins with, or a mark of a heading does; or
/// whether the line underlines one.
fn is_of_marks(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || " >-+*.)[]xX".contains(c));
    rest.is_empty() || rest.starts_with('#') || rest.bytes().all(|byte| matches!(byte, b'=' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_suspect_is_overlooked(
            words in prop::collection::vec("[a-z ]{0,40}|<|<br|<http://|<https://x>|\\[\\^?|\\]:?|`{1,4}|~{1,4}|\n", 0..24)
        ) {
            let body = words.concat();
            let all: Vec<_> = (0..body.len()).filter(|at| is_suspect(&body.as_bytes()[*at..])).collect();
            prop_assert_eq!(suspects(&body), all, "{:?}", body);
        }
    }
}
