//! Bodies of which one look at their lines tells where their headings are, without a parser.
//!
//! What is looked for is not how Markdown reads a body, but whether it is one that nobody can read otherwise: no raw HTML,
//! no footnotes, no link definitions, no marks of headings or code but at the start of a line behind a blank one, no line
//! of marks alone. Most bodies are. Whatever else stands in them (lists, tables, quotes, emphasis) neither makes a heading
//! nor reaches past a blank line and one. The two parsers are asked about all other bodies, and a test asks them about these.

use crate::markdown::scan;

/// How many bytes are looked at together, to see whether each has to be looked at.
const CHUNK: usize = 64;

/// The first byte and the level of each heading; `None` where only the parsers can tell.
pub(super) fn headings(body: &str) -> Option<Vec<(usize, u8)>> {
    let mut headings = Vec::new();
    let mut fence: Option<&str> = None;
    // Whether nothing above reaches into the line: it is the first, or behind a blank line, a heading or a fence.
    let mut is_free = !body.starts_with('\u{feff}');
    let mut suspects = suspects(body).into_iter().peekable();
    let mut at = 0;
    for line in body.split('\n') {
        let mut is_plain = true;
        while suspects.next_if(|suspect| *suspect < at + line.len()).is_some() {
            is_plain = false;
        }
        is_free = match fence {
            Some(marks) if line.trim_start_matches(' ').starts_with(marks) => {
                is_closing(line, marks).then_some(())?;
                fence = None;
                true
            }
            Some(_) => false,
            None if is_fence(line) => {
                fence = Some(opening(line).filter(|_| is_free)?);
                false
            }
            None if line.starts_with('#') => {
                headings.push((at, level(line).filter(|_| is_free && is_plain)?));
                true
            }
            None if is_blank(line) => true,
            None => {
                (is_plain && !is_of_marks(line)).then_some(())?;
                false
            }
        };
        at += line.len() + 1;
    }
    (fence.is_none() && is_printable(body)).then_some(headings)
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
