//! The last look at a page: characters that no page may hold, wherever a user's text brought them in.
//!
//! Control characters are forbidden in HTML, and marks that turn the direction of the text around can make a page say
//! something else than its source. Both are shown as what they are (`U+202E`), so that a reader sees that they stand there.

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
        let found = match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
            (byte, ..) if byte < 0x80 => Some((1, u32::from(byte))),
            // C1 control characters: U+0080 to U+009F.
            (0xC2, Some(byte @ 0x80..=0x9F), _) => Some((2, u32::from(*byte))),
            // U+202A to U+202E.
            (0xE2, Some(0x80), Some(byte @ 0xAA..=0xAE)) => Some((3, 0x2000 + u32::from(byte - 0x80))),
            // U+2066 to U+2069.
            (0xE2, Some(0x81), Some(byte @ 0xA6..=0xA9)) => Some((3, 0x2040 + u32::from(byte - 0x80))),
            // U+FDD0 to U+FDEF and U+FFFE, U+FFFF: no characters at all.
            (0xEF, Some(0xB7), Some(byte @ 0x90..=0xAF)) => Some((3, 0xFDC0 + u32::from(byte - 0x80))),
            (0xEF, Some(0xBF), Some(byte @ 0xBE..=0xBF)) => Some((3, 0xFFC0 + u32::from(byte - 0x80))),
            _ => None,
        };
        if let Some((length, code)) = found {
            return Some((at, length, code));
        }
        from = at + 1;
    }
    None
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
fn is_suspect(byte: u8) -> bool {
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
