//! Texts of others, made harmless for a terminal and for the eye.
//!
//! Titles, bodies and file names come from anywhere. A character that a terminal would obey (escape sequences), or that
//! moves or hides its neighbours (bidirectional overrides, zero-width marks), is shown as `\u{1b}` instead of sent.

use std::borrow::Cow;

use super::direction::is_direction;

/// Whether a terminal would obey this character, or a reader would not see what it does. Tab and line feed are not
/// among them; the joiners of emoji and of Persian are not either.
pub(super) fn is_hostile(c: char) -> bool {
    is_direction(c)
        || matches!(c,
        '\0'..='\u{8}'
        | '\u{b}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{200b}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Whether a terminal would obey this character, or it turns the direction of the text: what no sink lets through. It is a
/// part of what [`is_hostile`] names, without what is merely invisible.
pub(super) fn is_obeyed(c: char) -> bool {
    is_direction(c) || matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
}

/// Adds a character as it may be shown.
pub(super) fn push(shown: &mut String, c: char) {
    match c {
        '\r' => shown.push_str("\\r"),
        _ if is_hostile(c) => shown.extend(c.escape_unicode()),
        _ => shown.push(c),
    }
}

/// Whether a text holds a hostile character. Nearly all of nearly all texts is printable ASCII, which is passed over byte by
/// byte.
fn holds_hostile(text: &str) -> bool {
    let is_odd = |byte: u8| !matches!(byte, b' '..=b'~' | b'\t' | b'\n');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_odd) {
        let mut chars = rest[at..].chars();
        if chars.next().is_some_and(is_hostile) {
            return true;
        }
        rest = chars.as_str();
    }
    false
}

/// The text with hostile characters spelled out; its lines stay lines.
pub(crate) fn neutral(text: &str) -> Cow<'_, str> {
    if !holds_hostile(text) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|c| push(&mut shown, c));
    shown.into()
}

/// The same, and on one line: what is said in a heading cannot begin a second one.
pub(crate) fn one_line(text: &str) -> Cow<'_, str> {
    match neutral(text) {
        shown if shown.contains('\n') => shown.replace('\n', "\\n").into(),
        shown => shown,
    }
}

/// A path as it can be typed after a command: in quotes where a shell would take it apart, and never an option. Between
/// single quotes nothing has a meaning to a POSIX shell, fish or PowerShell; `cmd` knows double quotes alone.
pub(crate) fn typed(word: &str) -> Cow<'_, str> {
    if word.starts_with('-') {
        return typed(&format!("./{word}")).into_owned().into();
    }
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:".contains(c) || (cfg!(windows) && c == '\\');
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.into();
    }
    if cfg!(windows) && !word.contains(['$', '`', '"', '%']) {
        return format!("\"{word}\"").into();
    }
    format!("'{}'", word.replace('\'', "'\\''")).into()
}

/// JSON that says the same with hostile characters as `\u` escapes: outside of its strings it has none.
pub(crate) fn neutral_json(json: String) -> String {
    if !holds_hostile(&json) {
        return json;
    }
    let mut shown = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if is_hostile(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                shown.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_spelled_out() {
        assert_eq!(neutral("a\u{1b}[2Jb\u{9b}c\u{7}"), "a\\u{1b}[2Jb\\u{9b}c\\u{7}");
        assert_eq!(neutral("user\u{202e}nimda\u{200f}"), "user\\u{202e}nimda\\u{200f}");
        assert_eq!(neutral("two\r\nlines"), "two\\r\nlines");
    }

    #[test]
    fn harmless_texts_are_not_copied() {
        for text in ["Grüße, 数据库, 👩\u{200d}💻", "a\tb\nc", "می\u{200c}خواهم", ""] {
            assert!(matches!(neutral(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn one_line_is_one_line() {
        assert_eq!(one_line("x\nerror[fake]: y"), "x\\nerror[fake]: y");
    }

    #[test]
    fn what_is_typed_stays_one_word() {
        assert_eq!(typed("docs/SUMMARY.md"), "docs/SUMMARY.md");
        assert_eq!(typed("-x"), "./-x");
        if cfg!(windows) {
            assert_eq!(typed("my docs/Grüße.md"), "\"my docs/Grüße.md\"");
        } else {
            assert_eq!(typed("my docs/Grüße.md"), "'my docs/Grüße.md'");
            assert_eq!(typed("it's!"), "'it'\\''s!'");
            assert_eq!(typed(""), "''");
        }
        assert_eq!(typed("a\"b$c`d`"), "'a\"b$c`d`'");
    }

    #[test]
    fn json_says_the_same() {
        let value = serde_json::json!({ "t\u{202e}": "a\u{9b}\u{e0041}\u{1b}\n" });
        let shown = neutral_json(serde_json::to_string_pretty(&value).expect("JSON"));
        assert!(!shown.contains(is_hostile));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("JSON"), value);
    }

    #[test]
    fn a_hostile_character_is_found_wherever_it_stands() {
        for c in ('\0'..='\u{ff}').chain('\u{200b}'..='\u{206f}').chain('\u{e0000}'..='\u{e0080}') {
            for text in [format!("{c}"), format!("an é, {c}"), format!("{c} é\u{200d}")] {
                assert_eq!(holds_hostile(&text), text.contains(is_hostile), "{text:?}");
            }
        }
    }
}
