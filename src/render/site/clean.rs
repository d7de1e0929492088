//! Users' texts on their way to a page: escaped, and without the characters that no page may hold.
//!
//! Control characters are forbidden in HTML, and marks that turn the direction of the text around can make a page say
//! something else than its source. Both are shown as what they are (`U+202E`), so that a reader sees that they stand there.

use std::{
    borrow::Cow,
    io::{self, Write},
};

/// Writes a text as HTML shows it, between tags and in an attribute.
///
/// # Errors
/// Where what is written to fails.
pub(in crate::render) fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let bytes = text.as_bytes();
    let (mut written, mut at) = (0, 0);
    while let Some(found) = bytes[at..].iter().position(|byte| IS_WATCHED[usize::from(*byte)]) {
        at += found;
        let (length, code) = match bytes[at] {
            b'&' => (1, "&amp;".into()),
            b'<' => (1, "&lt;".into()),
            b'>' => (1, "&gt;".into()),
            b'"' => (1, "&quot;".into()),
            b'\'' => (1, "&#39;".into()),
            _ => match forbidden(&bytes[at..]) {
                Some((length, code)) => (length, Cow::Owned(shown(code))),
                None => {
                    at += 1;
                    continue;
                }
            },
        };
        out.write_all(&bytes[written..at])?;
        out.write_all(code.as_bytes())?;
        at += length;
        written = at;
    }
    out.write_all(&bytes[written..])
}

/// For each byte whether something begins with it that cannot stand as it is.
static IS_WATCHED: [bool; 256] = {
    let mut watched = [false; 256];
    let mut byte = 0;
    while byte < watched.len() {
        watched[byte] = is_suspect(byte as u8) || matches!(byte as u8, b'&' | b'<' | b'>' | b'"' | b'\'');
        byte += 1;
    }
    watched
};

/// Makes such characters visible in what `out` holds from `start` on. Pages without one, nearly all, are left alone.
pub(super) fn clean(out: &mut Vec<u8>, start: usize) {
    let Some(first) = next(&out[start..]) else { return };
    let tail = out.split_off(start + first.0);
    let mut rest = tail.as_slice();
    while let Some((at, length, code)) = next(rest) {
        out.extend(&rest[..at]);
        out.extend(shown(code).bytes());
        rest = &rest[at + length..];
    }
    out.extend(rest);
}

/// The next such character: where it is, how many bytes it takes, and its code.
fn next(bytes: &[u8]) -> Option<(usize, usize, u32)> {
    let mut from = 0;
    while let Some(at) = suspect(&bytes[from..]).map(|at| from + at) {
        if let Some((length, code)) = forbidden(&bytes[at..]) {
            return Some((at, length, code));
        }
        from = at + 1;
    }
    None
}

/// The character that begins here with a suspect byte, where no page may hold it: how many bytes it takes, and its code.
fn forbidden(bytes: &[u8]) -> Option<(usize, u32)> {
    Some(match *bytes {
        [byte, ..] if byte < 0x80 => (1, u32::from(byte)),
        // C1 control characters: U+0080 to U+009F.
        [0xC2, byte @ 0x80..=0x9F, ..] => (2, u32::from(byte)),
        // U+202A to U+202E.
        [0xE2, 0x80, byte @ 0xAA..=0xAE, ..] => (3, 0x2000 + u32::from(byte - 0x80)),
        // U+2066 to U+2069.
        [0xE2, 0x81, byte @ 0xA6..=0xA9, ..] => (3, 0x2040 + u32::from(byte - 0x80)),
        // U+FDD0 to U+FDEF and U+FFFE, U+FFFF: no characters at all.
        [0xEF, 0xB7, byte @ 0x90..=0xAF, ..] => (3, 0xFDC0 + u32::from(byte - 0x80)),
        [0xEF, 0xBF, byte @ 0xBE..=0xBF, ..] => (3, 0xFFC0 + u32::from(byte - 0x80)),
        _ => return None,
    })
}

/// How many bytes are looked at together: a compiler makes a few instructions of it.
const TOGETHER: usize = 32;

/// The first byte that such a character can begin with.
fn suspect(bytes: &[u8]) -> Option<usize> {
    let (chunks, _) = bytes.as_chunks::<TOGETHER>();
    let holds_one = |chunk: &[u8; TOGETHER]| chunk.iter().fold(false, |any, byte| any | is_suspect(*byte));
    let from = TOGETHER * chunks.iter().position(holds_one).unwrap_or(chunks.len());
    bytes[from..].iter().position(|byte| is_suspect(*byte)).map(|at| from + at)
}

/// Whether such a character can begin with this byte. Without branches, so that many are judged at once.
const fn is_suspect(byte: u8) -> bool {
    ((byte < 0x20) & (byte != b'\n') & (byte != b'\t'))
        | (byte == 0x7F)
        | (byte == 0xC2)
        | (byte == 0xE2)
        | (byte == 0xEF)
}

fn shown(code: u32) -> String {
    // A carriage return is a line's end in another system's words.
    if code == 0x0D { String::new() } else { format!("U+{code:04X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn a_text_is_escaped_as_if_it_were_cleaned_afterwards(text in "[ -~\\u{0}-\\u{1f}\\u{7f}-\\u{a0}\\u{2020}-\\u{2070}\\u{fdd0}-\\u{fdf0}\\u{fff0}-\\u{ffff}]{0,40}") {
            let mut expected = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            expected = expected.replace('"', "&quot;").replace('\'', "&#39;");
            let mut expected = expected.into_bytes();
            clean(&mut expected, 0);
            let mut found = Vec::new();
            escape(&text, &mut found).expect("memory takes it");
            proptest::prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn what_a_page_may_not_hold_is_shown_and_all_else_is_left() {
        for (from, to) in [
            ("a\u{7}b\u{1b}[31m", "aU+0007bU+001B[31m"),
            ("x\u{202e}y\u{2066}z", "xU+202EyU+2066z"),
            ("\u{85}\u{9f}\r\n", "U+0085U+009F\n"),
            ("\u{ffff}\u{fdd0}", "U+FFFFU+FDD0"),
            ("é – ‘x’ … 日本 \u{200f} עברית \u{200d}\t\n", "é – ‘x’ … 日本 \u{200f} עברית \u{200d}\t\n"),
        ] {
            let mut out = format!("\u{7}{from}").into_bytes();
            clean(&mut out, 1);
            assert_eq!(String::from_utf8(out).expect("text"), format!("\u{7}{to}"));
        }
    }
}
