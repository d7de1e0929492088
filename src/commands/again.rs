//! A terminal whose standard input can be read again, for a verb that is done anew.

use std::sync::OnceLock;

use crate::{
    io::{Failure, Terminal, Wire},
    report::Styled,
};

/// A terminal that keeps what it read.
pub(super) struct Again<'a> {
    terminal: &'a dyn Terminal,
    input: OnceLock<Vec<u8>>,
}

impl<'a> Again<'a> {
    /// This terminal, of which nothing was read yet.
    pub(super) fn new(terminal: &'a dyn Terminal) -> Self {
        Self { terminal, input: OnceLock::new() }
    }
}

impl Terminal for Again<'_> {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.terminal.out(text)
    }

    fn out_styled(&self, text: &Styled) -> Result<(), Failure> {
        self.terminal.out_styled(text)
    }

    fn out_as(&self, wire: Wire, text: &str) -> Result<(), Failure> {
        self.terminal.out_as(wire, text)
    }

    fn say(&self, text: &str) {
        self.terminal.say(text);
    }

    fn say_styled(&self, text: &Styled) {
        self.terminal.say_styled(text);
    }

    fn is_coloured(&self) -> bool {
        self.terminal.is_coloured()
    }

    fn columns(&self) -> Option<usize> {
        self.terminal.columns()
    }

    fn progress(&self, line: &str) {
        self.terminal.progress(line);
    }

    fn ask(&self, question: &str) -> Option<String> {
        self.terminal.ask(question)
    }

    fn is_interactive(&self) -> bool {
        self.terminal.is_interactive()
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        match self.input.get() {
            Some(input) => Ok(input.clone()),
            None => self.terminal.input().map(|input| self.input.get_or_init(|| input).clone()),
        }
    }
}
