//! Signs at either end of words that say how it stands, as people put them where they have no boxes: `✅ Login`, `Login (done)`,
//! `DONE: Login`; and boxes that Markdown does not know, `[]` and `[ X ]`.

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

/// Boxes as people type them: those of what is open, and of what is closed.
const BOXES: [(&str, &[&str]); 2] =
    [("open", &["[]", "[  ]"]), ("closed", &["[ X ]", "[ x ]", "[X ]", "[x ]", "[ X]", "[ x]"])];

/// Words at either end of a title that say closed, and nothing more.
const SAID_CLOSED: [&str; 5] = ["done", "closed", "completed", "complete", "finished"];

/// The same of what says more than closed.
const SAID_MORE: [&str; 3] = ["released", "shipped", "merged"];

/// The same of what has begun.
const SAID_BEGUN: [&str; 3] = ["wip", "in progress", "ongoing"];

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
        .or_else(|| boxed(text).map(|(state, start)| from(state, false, start)))
        .or_else(|| {
            let words = unticked(text).map(|rest| 0..rest.trim_end().len());
            words.filter(|words| !words.is_empty()).map(|words| Signed {
                state: "closed",
                is_dropped: false,
                words,
            })
        })
        .or_else(|| said(text))
}

/// The name before `(released)`: of a milestone nothing more than closed is meant by it.
pub(crate) fn before_release(text: &str) -> Option<&str> {
    let (word, words) = word_behind(text)?;
    let is_said = SAID_MORE.iter().any(|known| word.trim().eq_ignore_ascii_case(known));
    (is_said && !words.is_empty()).then(|| &text[words])
}

/// What a box that Markdown does not know says, and where the words behind it begin.
pub(crate) fn boxed(text: &str) -> Option<(&'static str, usize)> {
    BOXES.iter().find_map(|(state, boxes)| {
        let rest = boxes.iter().find_map(|typed| text.strip_prefix(typed)?.strip_prefix(' '))?.trim_start();
        (!rest.is_empty()).then(|| (*state, text.len() - rest.len()))
    })
}

/// What a word at either end says.
fn said(text: &str) -> Option<Signed> {
    [word_behind(text), word_before(text)].into_iter().flatten().find_map(|(word, words)| {
        let is = |said: &[&str]| said.iter().any(|known| word.trim().eq_ignore_ascii_case(known));
        match words.is_empty() {
            false if is(&SAID_CLOSED) => Some(Signed { state: "closed", is_dropped: false, words }),
            false if is(&SAID_MORE) => {
                Some(Signed { state: "closed", is_dropped: false, words: 0..text.len() })
            }
            false if is(&SAID_BEGUN) => {
                Some(Signed { state: "open", is_dropped: false, words: 0..text.len() })
            }
            _ => None,
        }
    })
}

/// The words before a sign of what is closed.
fn unticked(text: &str) -> Option<&str> {
    let text = text.trim_end().trim_end_matches(AS_EMOJI);
    CLOSED.iter().find_map(|sign| text.strip_suffix(sign))
}

/// The word of `Login (done)`, `Login [done]` and `Login - done`, and the bytes of those before it.
fn word_behind(text: &str) -> Option<(&str, Range<usize>)> {
    let text = text.trim_end();
    let (rest, word) = match text.strip_suffix([')', ']']) {
        Some(inside) => inside.rsplit_once(['(', '['])?,
        None => [" - ", " – ", " — "]
            .iter()
            .filter_map(|dash| text.rsplit_once(dash))
            .max_by_key(|it| it.0.len())?,
    };
    Some((word, 0..rest.trim_end().len()))
}

/// The word of `[DONE] Login` and `DONE: Login`, and the bytes of those behind it; in capitals, as the first word of a sentence may
/// be any.
fn word_before(text: &str) -> Option<(&str, Range<usize>)> {
    let (word, rest) = match text.strip_prefix('[') {
        Some(inside) => inside.split_once("] ")?,
        None => text.split_once(": ")?,
    };
    let is_told = text.starts_with('[') || !word.contains(char::is_lowercase);
    is_told.then(|| (word, text.len() - rest.trim_start().len()..text.len()))
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
            ("[] Login", Some(("open", "Login"))),
            ("[ X ] Login", Some(("closed", "Login"))),
            ("Login - DONE", Some(("closed", "Login"))),
            ("Login – done", Some(("closed", "Login"))),
            ("DONE: Login", Some(("closed", "Login"))),
            ("[DONE] Login", Some(("closed", "Login"))),
            ("[WIP] Login", Some(("open", "[WIP] Login"))),
            ("Login (WIP)", Some(("open", "Login (WIP)"))),
            ("Done: what it takes", None),
            ("Sign-in - what is done", None),
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
