//! Text for a terminal that may hold styles of ours and nothing else that a terminal obeys.
//!
//! Whatever formats text writes a style between two noncharacters, [`OPEN`] and [`CLOSE`]: `neutral` lets nobody else write
//! them. Only the sink turns them into escape sequences, after it has spelled out every other control character. So an
//! escape sequence in somebody's title cannot arrive as one, whichever formatter forgot about it.

use std::borrow::Cow;

use super::neutral::{is_obeyed, push};

/// What stands before the parameters of a style.
const OPEN: char = '\u{fdd2}';

/// What stands behind them.
const CLOSE: char = '\u{fdd3}';

/// The most parameters of a style, in characters.
const LONGEST: usize = 24;

/// A style by its parameters, as `1;31`; the empty one and `0` end it.
pub(crate) fn style(parameters: &str) -> String {
    format!("{OPEN}{parameters}{CLOSE}")
}

/// The text of a library that writes escape sequences for styles by itself. Whatever it was given was neutral.
pub(crate) fn restyled(ansi: &str) -> String {
    let mut parts = ansi.split("\u{1b}[");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('m').filter(|(parameters, _)| is_style(parameters)) {
            Some((parameters, rest)) => {
                out.push_str(&style(parameters));
                out.push_str(rest);
            }
            None => {
                out.push_str("\u{1b}[");
                out.push_str(part);
            }
        }
    }
    out
}

fn is_style(parameters: &str) -> bool {
    parameters.len() <= LONGEST && parameters.bytes().all(|byte| byte.is_ascii_digit() || byte == b';')
}

/// Text with styles in it, and whether they are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Styled {
    text: String,
    colour: bool,
}

impl Styled {
    /// What a formatter made for a terminal with colours, or for one without.
    pub(crate) fn new(text: impl Into<String>, colour: bool) -> Self {
        Self { text: text.into(), colour }
    }

    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Text without styles.
    #[cfg(feature = "serve")]
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, false)
    }

    /// The bytes for the terminal: our styles as escape sequences, all other control characters spelled out. `prepare` is
    /// asked for each stretch between two styles.
    pub(crate) fn shown(&self, prepare: impl Fn(&str) -> String) -> String {
        if !self.colour {
            return prepare(&self.text);
        }
        let mut out = String::with_capacity(self.text.len() + 16);
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find(OPEN) {
            out.push_str(&prepare(&rest[..at]));
            let behind = &rest[at + OPEN.len_utf8()..];
            match behind.split_once(CLOSE).filter(|(parameters, _)| is_style(parameters)) {
                Some((parameters, next)) => {
                    out.push_str(&format!("\u{1b}[{parameters}m"));
                    rest = next;
                }
                None => {
                    out.extend(OPEN.escape_unicode());
                    rest = behind;
                }
            }
        }
        out.push_str(&prepare(rest));
        out
    }
}

/// The text with everything spelled out that a terminal obeys or that turns the direction of the text, and with the marks of
/// styles. A carriage return stays where it ends a line together with a line feed.
pub(crate) fn screened(text: &str) -> Cow<'_, str> {
    let is_refused = |c: char| is_obeyed(c) || matches!(c, OPEN | CLOSE);
    if !text.contains(is_refused) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => shown.push(c),
            _ if is_refused(c) => push(&mut shown, c),
            _ => shown.push(c),
        }
    }
    shown.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, colour: bool) -> String {
        Styled::new(text, colour).shown(|text| screened(text).into_owned())
    }

    #[test]
    fn only_our_styles_become_escape_sequences() {
        let text = format!("{}a\u{1b}[31mb\u{9b}32mc{}", style("1;36"), style("0"));
        assert_eq!(shown(&text, true), "\u{1b}[1;36ma\\u{1b}[31mb\\u{9b}32mc\u{1b}[0m");
        assert!(!shown(&text, false).contains('\u{1b}'));
    }

    #[test]
    fn a_mark_that_is_no_style_is_spelled_out() {
        for text in
            ["\u{fdd2}", "\u{fdd2}2J\u{fdd3}", "\u{fdd3}", "\u{fdd2}\u{fdd2}1", "\u{fdd2}\u{1b}\u{fdd3}"]
        {
            for colour in [false, true] {
                let shown = shown(text, colour);
                assert!(!shown.contains(['\u{1b}', OPEN, CLOSE]), "{shown:?}");
            }
        }
    }

    #[test]
    fn styles_of_a_library_are_taken_over_and_nothing_else() {
        let ansi = "\u{1b}[1m\u{1b}[91merror\u{1b}[0m \u{1b}[2J\u{1b}]0;x\u{7}";
        let text = restyled(ansi);
        assert_eq!(shown(&text, true), "\u{1b}[1m\u{1b}[91merror\u{1b}[0m \\u{1b}[2J\\u{1b}]0;x\\u{7}");
    }

    #[test]
    fn line_ends_stay_and_lone_returns_do_not() {
        assert_eq!(screened("a\r\nb\rc\td\n"), "a\r\nb\\rc\td\n");
        assert!(matches!(screened("Grüße 数据 👩\u{200d}💻"), Cow::Borrowed(_)));
    }
}
