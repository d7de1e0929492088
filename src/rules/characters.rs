//! Characters that a reader cannot see, by number and name: what the three rules on characters share.

use super::texts::{Text, TextKind};
use crate::report::{Code, Diagnostic, turns};

/// Control characters. Tabs and line ends are at home in texts, but not in titles and names; the two separators of
/// Unicode end a line like them.
pub(super) fn is_control(c: char, kind: TextKind) -> bool {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => kind.is_line(),
        _ => c.is_control(),
    }
}

/// Whether a text holds nothing but what every keyboard has: most do, and none of the three rules need look at it.
pub(super) fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~') | (byte == b'\n');
    text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(true, |all, byte| all & is_plain(*byte)))
}

/// Characters that turn the direction of what follows, whatever it is.
/// Source: Unicode TR36 and "Trojan Source" (CVE-2021-42574). Marks that turn nothing but themselves (U+200E, U+200F,
/// U+061C) are at home in right-to-left texts.
pub(super) fn is_bidi(c: char) -> bool {
    turns(c)
}

/// Characters that show nothing. Joiners are left out: emoji and Persian need them.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}')
}

/// The character as `U+202E (right-to-left override)`.
pub(super) fn named(c: char) -> String {
    format!("U+{:04X} ({})", u32::from(c), name(c))
}

fn name(c: char) -> &'static str {
    match c {
        '\0' => "null",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\t' => "tab",
        '\n' => "line feed",
        '\u{B}' => "vertical tab",
        '\u{C}' => "form feed",
        '\r' => "carriage return",
        '\u{1B}' => "escape",
        '\u{7F}' => "delete",
        '\u{85}' => "next line",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero width space",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202A}' => "left-to-right embedding",
        '\u{202B}' => "right-to-left embedding",
        '\u{202C}' => "pop directional formatting",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{FEFF}' => "zero width no-break space",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        _ => "control character",
    }
}

/// One finding for a text that holds such characters; the first is named, the others are counted.
pub(super) fn finding(
    code: Code,
    text: &Text<'_>,
    found: impl Iterator<Item = char>,
    help: &str,
) -> Option<Diagnostic> {
    let found: Vec<char> = found.collect();
    let first = *found.first()?;
    let more = match found.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more such"),
    };
    let message = format!("the {} holds {}{more}", text.kind.words(), named(first));
    // What ends a line, or is as wide as a blank, becomes one.
    let blank = |c: char| if matches!(c, '\n' | '\t' | '\r') { Some(' ') } else { None };
    let clean: String =
        text.value.chars().filter_map(|c| if found.contains(&c) { blank(c) } else { Some(c) }).collect();
    let start = text.value.find(first).unwrap_or_default();
    Some(text.mended(code, &(start..start + first.len_utf8()), message, &clean).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_told_by_number_and_name() {
        assert_eq!(named('\u{202E}'), "U+202E (right-to-left override)");
        assert_eq!(named('\u{1B}'), "U+001B (escape)");
        assert_eq!(named('\u{E0041}'), "U+E0041 (tag character)");
    }
}
