//! Emoji by their short codes (`:tada:`), as GitHub shows them: anywhere in a text, but not in code.

use crate::markdown::scan;
use std::borrow::Cow;

/// The text with the emoji that its short codes stand for; a code that GitHub shows as a picture stays as it is.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut shown = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(colon) = scan::find(&bytes[at..], |byte| byte == b':') {
        let name = at + colon + 1;
        let len = bytes[name..].iter().take_while(|byte| is_part(**byte)).count();
        at = name + len;
        if len == 0 || bytes.get(at) != Some(&b':') {
            continue;
        }
        if let Some(emoji) = emojis::get_by_shortcode(&text[name..at]) {
            shown.push_str(&text[from..name - 1]);
            shown.push_str(emoji.as_str());
            at += 1;
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    shown.push_str(&text[from..]);
    Cow::Owned(shown)
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_code_is_an_emoji_where_github_knows_it() {
        for (text, seen) in [
            (":tada:", "🎉"),
            ("done :+1:, :100:!", "done 👍, 💯!"),
            ("a:smile:b", "a😄b"),
            ("10:30:tada:", "10:30🎉"),
            ("::tada::", ":🎉:"),
            (":octocat: :no_such: : x: :Tada: 1:2:3", ":octocat: :no_such: : x: :Tada: 1:2:3"),
            (":", ":"),
        ] {
            assert_eq!(shown(text), seen, "{text}");
        }
    }
}
