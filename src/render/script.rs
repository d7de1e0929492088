//! Values as they can stand in a script or a data file, whatever a browser takes the file for.

use std::borrow::Cow;

use serde::Serialize;

use crate::markdown::scan;

/// A value as JSON that holds no character which could end a script, turn the text around or be lost on the way.
pub(crate) fn literal(value: &impl Serialize) -> String {
    // What this is called with has text keys and finite numbers: it is always JSON.
    let json = serde_json::to_string(value).unwrap_or_default();
    match escaped(&json) {
        Cow::Borrowed(_) => json,
        Cow::Owned(escaped) => escaped,
    }
}

/// The same for what is JSON already.
pub(crate) fn escaped(json: &str) -> Cow<'_, str> {
    // The first byte of what is not ASCII is odd, so that each piece ends where a character does.
    let is_odd = |byte: u8| (byte >= 0x7f) | (byte == b'<') | (byte == b'>') | (byte == b'&');
    let (mut text, mut rest) = (String::new(), json);
    while let Some(at) = scan::find(rest.as_bytes(), is_odd) {
        text.reserve(rest.len());
        let (plain, odd) = rest.split_at(at);
        text.push_str(plain);
        let Some(c) = odd.chars().next() else { break };
        if is_escaped(c) {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| text += &format!("\\u{unit:04x}"));
        } else {
            text.push(c);
        }
        rest = &odd[c.len_utf8()..];
    }
    if text.is_empty() {
        return json.into();
    }
    text.push_str(rest);
    text.into()
}

/// Markup, line ends of scripts, control characters, marks that turn the direction of text, and what is no character.
fn is_escaped(c: char) -> bool {
    matches!(c, '<' | '>' | '&' | '\u{7f}'..='\u{9f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn what_could_end_a_script_is_escaped_and_reads_back_as_it_was() {
        let text = "</script><!--<script> & \u{2028}\u{2029} \u{202e} \u{85} \u{7} é 日本 \\u003c";
        let json = literal(&text);
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\u{202e}', '\u{85}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
        assert!(json.contains("é 日本"), "{json}");
    }
}
