//! Users' texts on their way to a page: escaped, and without the characters that no page may hold.
//!
//! Control characters are forbidden in HTML, and marks that turn the direction of the text around can make a page say
//! something else than its source. Both are shown as what they are (`U+202E`), so that a reader sees that they stand there.

use std::borrow::Cow;

use crate::report::turns;

/// A text as HTML shows it, between tags and in an attribute, piece by piece.
pub(super) fn escaped(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let plain = rest.bytes().position(|byte| IS_WATCHED[usize::from(byte)]).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at(if plain > 0 { plain } else { first.len_utf8() });
        rest = behind;
        Some(match first {
            _ if plain > 0 => piece.into(),
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\'' => "&#39;".into(),
            c if is_forbidden(c) => shown(c),
            _ => piece.into(),
        })
    })
}

/// A text with such characters made visible.
pub(super) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for c in text.chars() {
        if is_forbidden(c) {
            visible.push_str(&shown(c));
        } else {
            visible.push(c);
        }
    }
    visible
}

/// For each byte whether a character begins with it that may not stand as it is.
static IS_WATCHED: [bool; 256] = {
    let mut watched = [false; 256];
    let mut byte = 0;
    while byte < watched.len() {
        watched[byte] = matches!(byte as u8, b'&' | b'<' | b'>' | b'"' | b'\'' | 0x7F | 0xC2 | 0xE2 | 0xEF)
            || byte < 0x20 && !matches!(byte as u8, b'\n' | b'\t');
        byte += 1;
    }
    watched
};

/// Whether no page may hold a character.
fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || turns(c)
        || matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

/// What is shown for it. A carriage return is a line's end in another system's words.
fn shown(c: char) -> Cow<'static, str> {
    if c == '\r' { "".into() } else { format!("U+{:04X}", u32::from(c)).into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        escaped(text).collect()
    }

    #[test]
    fn every_character_is_escaped_or_made_visible_or_left() {
        for c in '\0'..=char::MAX {
            let expected = match c {
                '&' => "&amp;".into(),
                '<' => "&lt;".into(),
                '>' => "&gt;".into(),
                '"' => "&quot;".into(),
                '\'' => "&#39;".into(),
                c => visible(&c.to_string()),
            };
            assert_eq!(html(&c.to_string()), expected, "{c:?}");
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
            assert_eq!(visible(from), to);
            assert_eq!(html(from), to);
        }
        assert_eq!(html("a<b> & \"c\" 'd' é"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; é");
    }
}
