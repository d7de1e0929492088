//! The terminal: what is asked of one, and the real one.
#![allow(clippy::disallowed_methods, reason = "io is where the terminal's environment is read")]

use std::{
    env,
    io::{self, ErrorKind, IsTerminal, Write},
};

use unicode_width::UnicodeWidthChar;

use super::{Failure, FailureKind, Limit};
use crate::report::Styled;

/// What a program reads on standard output, where it is not plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// JSON.
    Json,
    /// HTML or XML.
    Markup,
    /// GitHub's workflow commands.
    Commands,
}

/// The terminal, and the pipes that may stand in its place. What the verbs are given stands behind [`super::Guarded`].
pub trait Terminal: Sync {
    /// Writes data to standard output. A reader that has gone away is no failure.
    ///
    /// # Errors
    /// Where it cannot be written, as on a full disk.
    fn out(&self, text: &str) -> Result<(), Failure>;

    /// The same for text with styles.
    ///
    /// # Errors
    /// As [`Terminal::out`].
    fn out_styled(&self, text: &Styled) -> Result<(), Failure> {
        self.out(&text.shown(str::to_owned))
    }

    /// The same for what a program reads: its characters are escaped as its form does that.
    ///
    /// # Errors
    /// As [`Terminal::out`].
    fn out_as(&self, wire: Wire, text: &str) -> Result<(), Failure> {
        let _ = wire;
        self.out(text)
    }

    /// Says something to people, on standard error; what cannot be said is dropped.
    fn say(&self, text: &str);

    /// The same for text with styles.
    fn say_styled(&self, text: &Styled) {
        self.say(&text.shown(str::to_owned));
    }

    /// Whether what goes to people may be coloured, unless they say otherwise.
    fn is_coloured(&self) -> bool;

    /// How many columns the terminal has that data goes to; `None` where data goes into a file or to a program.
    fn columns(&self) -> Option<usize> {
        None
    }

    /// Shows how far something has come, in a line that the next one takes the place of; an empty one takes it away. Where
    /// nobody watches a terminal, nothing is shown.
    fn progress(&self, _: &str) {}

    /// Asks people something, and returns the line that they type, `no` where they end the input instead; `None` where nobody
    /// sits at a terminal.
    fn ask(&self, _: &str) -> Option<String> {
        None
    }

    /// Whether somebody sits at a terminal, so that a program can take it over.
    fn is_interactive(&self) -> bool {
        false
    }

    /// All of standard input.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn input(&self) -> Result<Vec<u8>, Failure>;
}

/// Standard input, output and error.
#[derive(Debug, Clone, Copy)]
pub struct Console;

impl Terminal for Console {
    fn out(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(FailureKind::Files, format!("cannot write to standard output: {error}")))
            }
            _ => Ok(()),
        }
    }

    fn say(&self, text: &str) {
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Source: no-color.org (`NO_COLOR`), bixense.com/clicolors (`CLICOLOR_FORCE`).
    fn is_coloured(&self) -> bool {
        let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
        if is_set("NO_COLOR") {
            return false;
        }
        let is_forced =
            is_set("CLICOLOR_FORCE") && env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
        let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        is_forced || (io::stderr().is_terminal() && !is_dumb)
    }

    fn columns(&self) -> Option<usize> {
        let width = || terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| width.0.into());
        io::stdout().is_terminal().then(|| width().unwrap_or(80))
    }

    fn progress(&self, line: &str) {
        if io::stderr().is_terminal() {
            let width = terminal_size::terminal_size_of(io::stderr()).map_or(80, |(width, _)| width.0.into());
            let line = within(line, width);
            // To the first column, and what stood there is wiped.
            let _ = io::stderr().lock().write_all(format!("\r\x1b[2K{line}").as_bytes());
        }
    }

    fn ask(&self, question: &str) -> Option<String> {
        if !self.is_interactive() {
            return None;
        }
        self.say(question);
        let mut line = String::new();
        if io::stdin().read_line(&mut line).ok()? == 0 {
            self.say("\n");
            return Some("no".to_owned());
        }
        Some(line.trim().to_owned())
    }

    fn is_interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        let failed = |why| Failure::new(FailureKind::Files, format!("cannot read standard input: {why}"));
        let bytes = Limit::Source.read(io::stdin().lock(), 0).map_err(failed)?;
        bytes.ok_or_else(|| Limit::Source.exceeded("standard input"))
    }
}

/// As much of a line as the terminal has columns: what is wider would go on in the next line, and not be wiped.
fn within(line: &str, columns: usize) -> String {
    let mut left = columns;
    let fits = |c: &char| {
        let width = c.width().unwrap_or_default();
        let is_fitting = width <= left;
        left = left.saturating_sub(width);
        is_fitting
    };
    line.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn a_line_of_progress_is_no_wider_than_the_terminal() {
        assert_eq!(within("数据库", 5), "数据");
        assert_eq!(within("e\u{301}e\u{301}x", 2), "e\u{301}e\u{301}");
        assert_eq!(within("short", 80), "short");
    }
}
