//! The sink of everything that is printed: nothing passes that a terminal obeys, but for our own styles.
//!
//! [`crate::run`] puts it before the terminal that it is given, so that no verb can go past it. In the log of GitHub
//! Actions no line of a text may be a workflow command either: only [`Wire::Commands`] are.

use std::borrow::Cow;

use super::{Failure, Io, Terminal, Wire};
use crate::report::{Styled, is_direction, neutral_json, one_line, screened};

/// A terminal behind the guard.
pub(crate) struct Guarded<'a> {
    terminal: &'a dyn Terminal,
    /// Whether a runner of GitHub Actions reads along.
    in_actions: bool,
}

impl<'a> Guarded<'a> {
    /// The guard before a terminal.
    pub(crate) fn new(terminal: &'a dyn Terminal, in_actions: bool) -> Self {
        Self { terminal, in_actions }
    }

    /// The guard before the terminal of a world. The runner sets the variable in every step.
    pub(crate) fn of(io: &Io<'a>) -> Self {
        Self::new(io.terminal, io.process.variable("GITHUB_ACTIONS").is_some_and(|value| value == "true"))
    }

    fn text(&self, text: &str) -> String {
        let text = screened(text);
        if self.in_actions { defused(&text) } else { text.into_owned() }
    }
}

impl Terminal for Guarded<'_> {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.terminal.out(&self.text(text))
    }

    fn out_styled(&self, text: &Styled) -> Result<(), Failure> {
        self.terminal.out(&text.shown(|part| self.text(part)))
    }

    fn out_as(&self, wire: Wire, text: &str) -> Result<(), Failure> {
        self.terminal.out(&match wire {
            Wire::Json => json(text, self.in_actions),
            Wire::Markup => markup(text, self.in_actions),
            Wire::Commands => screened(text).into_owned(),
        })
    }

    fn say(&self, text: &str) {
        self.terminal.say(&self.text(text));
    }

    fn say_styled(&self, text: &Styled) {
        self.terminal.say(&text.shown(|part| self.text(part)));
    }

    fn is_coloured(&self) -> bool {
        self.terminal.is_coloured()
    }

    fn columns(&self) -> Option<usize> {
        self.terminal.columns()
    }

    fn progress(&self, line: &str) {
        self.terminal.progress(&one_line(line));
    }

    fn ask(&self, question: &str) -> Option<String> {
        self.terminal.ask(&one_line(question))
    }

    fn is_interactive(&self) -> bool {
        self.terminal.is_interactive()
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        self.terminal.input()
    }
}

/// The text with no line that the runner reads as a command: `::name::` at the start of a line, white space before it or
/// not, and the older `##[name]` anywhere in one. The backslash is what Markdown, too, escapes them with.
fn defused(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let words = line.trim_start();
        if words.starts_with("::") {
            let indent = &line[..line.len() - words.len()];
            Cow::from(format!("{indent}\\{words}"))
        } else {
            Cow::from(line)
        }
    });
    lines.collect::<String>().replace("##[", "##\\[")
}

/// JSON of the same value, every character that a terminal obeys as `\u` escape: outside of its strings it has none.
fn json(text: &str, in_actions: bool) -> String {
    // What breaks lines outside of strings is white space like any other.
    let text = neutral_json(text.replace("\r\n", "\n"));
    if in_actions { text.replace("##[", "#\\u0023[") } else { text }
}

/// HTML or XML: direction marks as references, which say the same. Control characters cannot be said in them at all, and are
/// spelled out.
fn markup(text: &str, in_actions: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(is_direction) {
        match part.chars().next_back().filter(|c| is_direction(*c)) {
            Some(mark) => {
                out.push_str(&screened(&part[..part.len() - mark.len_utf8()]));
                out.push_str(&format!("&#x{:x};", u32::from(mark)));
            }
            None => out.push_str(&screened(part)),
        }
    }
    if !in_actions {
        return out;
    }
    let lines = out.split_inclusive('\n').map(|line| {
        let words = line.trim_start();
        let indent = &line[..line.len() - words.len()];
        words.strip_prefix("::").map_or_else(|| line.to_owned(), |rest| format!("{indent}&#58;:{rest}"))
    });
    lines.collect::<String>().replace("##[", "#&#35;[")
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Every kind of character that may reach no terminal, and texts that runners obey.
    const HOSTILE: &str = "a\u{1b}]0;pwn\u{7}\u{1b}[31m\u{9b}31m\u{202e}\u{2066}\u{61c}\u{200f}\u{8}\rb\u{7f}\n  ::set-output name=x::y\n::stop-commands::z\nx ##[add-mask]y\n";

    #[derive(Default)]
    struct Kept(Mutex<String>);

    impl Terminal for Kept {
        fn out(&self, text: &str) -> Result<(), Failure> {
            self.say(text);
            Ok(())
        }

        fn say(&self, text: &str) {
            self.0.lock().expect("nobody else").push_str(text);
        }

        fn is_coloured(&self) -> bool {
            true
        }

        fn progress(&self, line: &str) {
            self.say(line);
        }

        fn ask(&self, question: &str) -> Option<String> {
            self.say(question);
            None
        }

        fn input(&self) -> Result<Vec<u8>, Failure> {
            Ok(Vec::new())
        }
    }

    fn kept(in_actions: bool, write: impl Fn(&Guarded<'_>)) -> String {
        let kept = Kept::default();
        write(&Guarded::new(&kept, in_actions));
        kept.0.into_inner().expect("nobody else")
    }

    fn is_refused(c: char) -> bool {
        c.is_control() && !matches!(c, '\n' | '\t')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }

    #[test]
    fn no_door_lets_anything_pass_that_a_terminal_obeys() {
        let doors: [&dyn Fn(&Guarded<'_>); 8] = [
            &|terminal| terminal.out(HOSTILE).expect("memory"),
            &|terminal| terminal.say(HOSTILE),
            &|terminal| terminal.progress(HOSTILE),
            &|terminal| {
                terminal.ask(HOSTILE);
            },
            &|terminal| terminal.out_styled(&Styled::new(HOSTILE, true)).expect("memory"),
            &|terminal| terminal.say_styled(&Styled::new(HOSTILE, true)),
            &|terminal| terminal.out_as(Wire::Markup, HOSTILE).expect("memory"),
            &|terminal| terminal.out_as(Wire::Commands, HOSTILE).expect("memory"),
        ];
        for (nth, door) in doors.iter().enumerate() {
            for in_actions in [false, true] {
                let shown = kept(in_actions, door);
                assert!(!shown.contains(is_refused), "door {nth}: {shown:?}");
                assert!(shown.contains("\\u{1b}"), "door {nth}: it is shown");
            }
        }
    }

    #[test]
    fn no_line_is_a_command_of_the_runner() {
        let shown = kept(true, |terminal| terminal.out(HOSTILE).expect("memory"));
        assert!(shown.lines().all(|line| !line.trim_start().starts_with("::")), "{shown}");
        assert!(!shown.contains("##["), "{shown}");
        let markup = kept(true, |terminal| terminal.out_as(Wire::Markup, HOSTILE).expect("memory"));
        assert!(markup.lines().all(|line| !line.trim_start().starts_with("::")), "{markup}");
        assert!(!markup.contains("##["), "{markup}");
        assert!(kept(false, |terminal| terminal.say(HOSTILE)).contains("\n::stop-commands::z\n"));
        let ours = kept(true, |terminal| terminal.out_as(Wire::Commands, "::error::x\n").expect("memory"));
        assert_eq!(ours, "::error::x\n");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({ "t\u{202e}": HOSTILE });
        let text = serde_json::to_string_pretty(&value).expect("JSON");
        let shown = kept(true, |terminal| terminal.out_as(Wire::Json, &text).expect("memory"));
        assert!(!shown.contains(is_refused) && !shown.contains("##["), "{shown}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&shown).expect("JSON"), value);
    }
}
