//! Characters on their way to a page: escaped, without what no page may hold, and none that hides what it does.

use crate::markdown::{scan, tree};
use std::{borrow::Cow, fmt::Write as _};

/// The longest name of an entity, with its `;`.
const LONGEST_ENTITY: usize = 34;

/// A text as it may stand in a page's source: lines end with LF, and what HTML forbids is gone.
pub(in crate::markdown) fn cleaned(text: &str) -> Cow<'_, str> {
    if scan::find(text.as_bytes(), may_be_forbidden).is_none() || !text.chars().any(is_forbidden) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(if lines.chars().any(is_forbidden) {
        lines.chars().filter(|&char| !is_forbidden(char)).collect()
    } else {
        lines
    })
}

/// Whether a character that [`is_forbidden`] may begin with this byte: those of ASCII are one, the others begin as few
/// scripts do.
fn may_be_forbidden(byte: u8) -> bool {
    let control = (byte < b' ') & (byte != b'\n') & (byte != b'\t');
    control | (byte == 0x7f) | (byte == 0xc2) | (byte >= 0xef)
}

/// Whether a character may begin with this byte that does not stand in a page as it is.
fn may_be_mark(byte: u8) -> bool {
    may_be_forbidden(byte) | (byte == b'&') | (byte == b'<') | (byte == b'>') | (byte == 0xe2)
}

/// Text between tags. What would turn the reading direction around stands there as a visible mark.
pub(super) fn push_text(html: &mut String, text: &str) {
    push(html, text, |html, code, name| {
        let _ = write!(html, "<span class=\"bidi\" title=\"U+{code:04X} {name}\">[U+{code:04X}]</span>");
    });
}

/// The value of an attribute, without its quotes, on one line.
pub(in crate::markdown) fn push_attribute(html: &mut String, value: &str) {
    let is_mark = |byte| may_be_mark(byte) | (byte == b'"') | (byte == b'\n') | (byte == b'\t');
    if scan::find(value.as_bytes(), is_mark).is_none() {
        return html.push_str(value);
    }
    let mut escaped = String::with_capacity(value.len());
    push(&mut escaped, value, |html, code, _| {
        let _ = write!(html, "[U+{code:04X}]");
    });
    html.push_str(&escaped.replace('"', "&quot;").replace(['\n', '\t'], " "));
}

/// Whether the value of an attribute is written as it is.
pub(super) fn is_attribute(value: &str) -> bool {
    let mut html = String::with_capacity(value.len());
    push_attribute(&mut html, value);
    html == value
}

/// Raw HTML's text or the value of one of its attributes, entities resolved.
pub(super) fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut decoded = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let len = entity_length(rest);
        match len.and_then(|len| entity(&rest[..len])) {
            Some(meant) => decoded.push_str(&meant),
            None => decoded.push_str(&rest[..len.unwrap_or(1)]),
        }
        rest = &rest[len.unwrap_or(1)..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The length of what might be an entity, from `&` to `;`.
fn entity_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let name = bytes
        .iter()
        .skip(1)
        .take(LONGEST_ENTITY)
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
    let end = 1 + name.count();
    (bytes.get(end) == Some(&b';')).then_some(end + 1)
}

fn entity(entity: &str) -> Option<Cow<'static, str>> {
    Some(match entity {
        "&amp;" => "&".into(),
        "&lt;" => "<".into(),
        "&gt;" => ">".into(),
        "&quot;" => "\"".into(),
        "&nbsp;" => "\u{a0}".into(),
        _ => tree::entity(entity)?.into(),
    })
}

/// Escapes as HTML's own serializer does, so that a sanitizer that comes after finds nothing to change.
fn push(html: &mut String, text: &str, mark: impl Fn(&mut String, u32, &str)) {
    let mut rest = text;
    loop {
        // Most of a text stands as it is.
        let plain = scan::find(rest.as_bytes(), may_be_mark).unwrap_or(rest.len());
        html.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let Some(char) = rest.chars().next() else { return };
        rest = &rest[char.len_utf8()..];
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\u{a0}' => html.push_str("&nbsp;"),
            _ if is_forbidden(char) => {}
            _ => match turn(char) {
                Some(name) => mark(html, u32::from(char), name),
                None => html.push(char),
            },
        }
    }
}

/// Control characters and noncharacters: no page may hold them.
pub(super) fn is_forbidden(char: char) -> bool {
    let code = u32::from(char);
    char.is_control() && !matches!(char, '\n' | '\t')
        || (0xfdd0..=0xfdef).contains(&code)
        || code & 0xfffe == 0xfffe
}

/// What a character is called that turns the reading direction of what follows (CVE-2021-42574).
fn turn(char: char) -> Option<&'static str> {
    Some(match char {
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "pop directional formatting",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let mut html = String::new();
        push_text(&mut html, text);
        html
    }

    #[test]
    fn text_shows_what_it_says() {
        assert_eq!(text("a<b> & \"c\" \u{a0}é"), "a&lt;b&gt; &amp; \"c\" &nbsp;é");
        assert_eq!(text("\u{7}\u{1b}[31m\u{0}\u{85}\u{fdd0}\u{1ffff}x"), "[31mx");
        assert_eq!(
            text("a\u{202e}b"),
            "a<span class=\"bidi\" title=\"U+202E right-to-left override\">[U+202E]</span>b"
        );
    }

    #[test]
    fn what_does_not_stand_as_it_is_is_found_by_the_byte_it_begins_with() {
        for char in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = char.encode_utf8(&mut bytes).as_bytes();
            let is_mark = text(&char.to_string()) != char.to_string();
            assert!(may_be_mark(bytes[0]) || !is_mark, "{char:?}");
            assert!(may_be_forbidden(bytes[0]) || !is_forbidden(char), "{char:?}");
            assert!(!bytes[1..].iter().any(|&byte| may_be_mark(byte)), "{char:?}");
            assert_eq!(turn(char).is_some(), crate::report::turns(char), "{char:?}");
        }
    }

    #[test]
    fn an_attribute_stays_in_its_quotes() {
        let mut html = "a ".to_owned();
        push_attribute(&mut html, "é");
        push_attribute(&mut html, "a\" onclick='x'>\n\u{202e}&amp;");
        assert_eq!(html, "a éa&quot; onclick='x'&gt; [U+202E]&amp;amp;");
    }

    #[test]
    fn entities_are_resolved_once() {
        for (raw, meant) in [
            ("a &lt;b&gt; &amp;amp; &#x3c; &#106;s", "a <b> &amp; < js"),
            ("javascript&colon;x&Tab;", "javascript:x\t"),
            ("&nonsense; & &; &#; &copy &eacute;", "&nonsense; & &; &#; &copy é"),
        ] {
            assert_eq!(decoded(raw), meant);
        }
    }
}
