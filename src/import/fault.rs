//! What is wrong with a file that no parser takes: told at its line, and nothing is made of the rest.

use std::{ops::Range, sync::Arc};

use super::Text;
use crate::report::{Code, Diagnostic, Place, Report};

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: &'static str,
    /// The bytes at fault.
    pub(super) range: Range<usize>,
    /// What it contradicts, as the first of two keys.
    pub(super) first: Option<Range<usize>>,
}

impl Fault {
    pub(super) fn new(message: impl Into<String>, range: Range<usize>, help: &'static str) -> Self {
        Self { message: message.into(), help, range, first: None }
    }

    pub(super) fn report(self, document: &Text) -> Report {
        let place = |range| Place::bytes(Arc::clone(&document.name), range);
        let found = Diagnostic::new(Code::Syntax, place(self.range), self.message).help(self.help);
        let mut report = Report::default();
        report.push(match self.first {
            Some(first) => found.related(place(first), "the first one is here"),
            None => found,
        });
        report
    }
}

/// The range of the character at a byte, or the end of the text.
pub(super) fn at(text: &str, byte: usize) -> Range<usize> {
    let start = (0..=byte.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    start..start + text[start..].chars().next().map_or(0, char::len_utf8)
}
