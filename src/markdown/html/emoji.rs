//! Emoji by their short codes (`:tada:`), as GitHub shows them: anywhere in a text, but not in code.

use crate::markdown::scan;
use std::{borrow::Cow, collections::BTreeSet, sync::LazyLock};

/// The characters that emoji are made of, but for those of ASCII: `1` is a part of one and a text of its own.
static PARTS: LazyLock<BTreeSet<char>> = LazyLock::new(|| {
    emojis::iter().flat_map(|emoji| emoji.as_str().chars()).filter(|char| !char.is_ascii()).collect()
});

/// Whether a text says something, and all of it in emoji.
pub(crate) fn is_emoji_alone(text: &str) -> bool {
    let mut chars = text.chars().filter(|char| !char.is_whitespace()).peekable();
    chars.peek().is_some() && chars.all(|char| PARTS.contains(&char))
}

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
    fn a_word_beside_an_emoji_is_more_than_emoji() {
        for text in ["🚀", "🚀 🐛", "👩\u{200d}💻", "🇩🇪", "❤\u{fe0f}"] {
            assert!(is_emoji_alone(text), "{text}");
        }
        for text in ["🚀 launch", "1", "é", "日本", "→", ""] {
            assert!(!is_emoji_alone(text), "{text}");
        }
    }

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
