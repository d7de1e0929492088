//! Signs at either end of words that say how it stands, as people put them where they have no boxes: `✅ Login`, `Login (done)`.

use std::ops::Range;

/// What a sign says of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Signed {
    /// `open` or `closed`.
    pub(crate) state: &'static str,
    /// Whether it is closed because nobody will do it.
    pub(crate) is_dropped: bool,
    /// The bytes of the words without the sign; with it where it says more than the state.
    pub(crate) words: Range<usize>,
}

/// Signs that say closed, and nothing more.
const CLOSED: [&str; 8] =
    ["✅", "✔", "✓", "☑", "🗹", ":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:"];

/// Signs that say open, and nothing more.
const OPEN: [&str; 5] = ["☐", "⬜", "🔲", "◻", ":white_large_square:"];

/// Signs of what is open and has begun, or waits.
const BEGUN: [&str; 9] = [
    "🚧",
    "🏗",
    "⏳",
    "⌛",
    ":construction:",
    ":building_construction:",
    ":hourglass_flowing_sand:",
    "[/]",
    "[~]",
];

/// The box of what nobody will do.
const DROPPED: [&str; 1] = ["[-]"];

/// Words in brackets behind a title that say closed, and nothing more.
const BRACKETED: [&str; 5] = ["done", "closed", "completed", "complete", "finished"];

/// What asks for the emoji before it.
const AS_EMOJI: char = '\u{fe0f}';

/// What the sign before or behind words says; `None` where there is none, or nothing but a sign.
pub(crate) fn signed(text: &str) -> Option<Signed> {
    let led = |signs: &[&str]| {
        let rest = signs.iter().find_map(|sign| text.strip_prefix(sign))?.trim_start_matches(AS_EMOJI);
        (!rest.trim().is_empty()).then(|| text.len() - rest.trim_start().len())
    };
    let from = |state, is_dropped, start| Signed { state, is_dropped, words: start..text.len() };
    led(&CLOSED)
        .map(|start| from("closed", false, start))
        .or_else(|| led(&OPEN).map(|start| from("open", false, start)))
        .or_else(|| led(&BEGUN).map(|_| from("open", false, 0)))
        .or_else(|| led(&DROPPED).map(|start| from("closed", true, start)))
        .or_else(|| {
            let rest = unticked(text).or_else(|| unbracketed(text))?.trim_end();
            (!rest.is_empty()).then_some(Signed { state: "closed", is_dropped: false, words: 0..rest.len() })
        })
}

/// The words before a sign of what is closed.
fn unticked(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches(AS_EMOJI);
    CLOSED.iter().find_map(|sign| text.strip_suffix(sign))
}

/// The words before `(done)` or `[done]`.
fn unbracketed(text: &str) -> Option<&str> {
    let inside = text.trim_end().strip_suffix([')', ']'])?;
    let (rest, word) = inside.rsplit_once(['(', '['])?;
    BRACKETED.iter().any(|done| word.trim().eq_ignore_ascii_case(done)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_says_how_it_stands() {
        for (text, said) in [
            ("✅ Login", Some(("closed", "Login"))),
            ("✔️ Login", Some(("closed", "Login"))),
            (":white_check_mark: Login", Some(("closed", "Login"))),
            ("Login ☑️", Some(("closed", "Login"))),
            ("Login (Done)", Some(("closed", "Login"))),
            ("Login [completed]", Some(("closed", "Login"))),
            ("☐ Login", Some(("open", "Login"))),
            ("🚧 Login", Some(("open", "🚧 Login"))),
            ("[~] Login", Some(("open", "[~] Login"))),
            ("[-] Login", Some(("closed", "Login"))),
            ("Login", None),
            ("Login (shipped to none)", None),
            ("❌ Login", None),
            ("✅", None),
            ("(done)", None),
        ] {
            let found = signed(text).map(|found| (found.state, text[found.words].to_owned()));
            assert_eq!(found.as_ref().map(|(state, words)| (*state, words.as_str())), said, "{text}");
        }
        assert!(signed("[-] Fax").is_some_and(|found| found.is_dropped));
    }
}
