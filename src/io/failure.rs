//! What the world refused: what was being done, to which path, and why.

use std::{io, path::Path};

/// What kind of failure ended a run; each has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// The command line asks for something that does not exist.
    Usage,
    /// What was asked for would leave something behind that does not fit.
    Refused,
    /// The source cannot be read, or an output cannot be written.
    Files,
    /// A file changed while it was worked on, so that nothing was written: what is done anew may succeed.
    Changed,
    /// GitHub or the login.
    GitHub,
    /// Whatever it was has been said already: the run ends with this exit code.
    Said(u8),
}

impl FailureKind {
    /// The exit code, as the README's table has it.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::Refused => 1,
            Self::Usage => 2,
            Self::Files | Self::Changed => 3,
            Self::GitHub => 4,
            Self::Said(code) => code,
        }
    }
}

/// Why a run ended before it was done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// What kind.
    pub(crate) kind: FailureKind,
    /// What was being done, to what, and why it failed.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
}

impl Failure {
    /// A failure of files: `cannot {doing} {path}: {why}`.
    pub fn files(doing: &str, path: &Path, why: &io::Error) -> Self {
        Self::new(FailureKind::Files, format!("cannot {doing} `{}`: {}", path.display(), words(why)))
    }

    /// A file is no longer what was read of it: nothing was written.
    pub(crate) fn changed(path: impl std::fmt::Display) -> Self {
        Self::new(FailureKind::Changed, format!("`{path}` changed while it was worked on"))
            .help("run the command again")
    }

    /// A failure in its own words.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), help: None }
    }

    /// The end of a run that has said why.
    pub(crate) fn said(code: u8) -> Self {
        Self::new(FailureKind::Said(code), "the run ends here")
    }

    /// The same with what to do.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with what to do, where that is not said yet.
    #[must_use]
    pub(crate) fn or_help(self, help: &str) -> Self {
        if self.help.is_some() { self } else { self.help(help) }
    }
}

/// The system's words, without its number and in lower case.
pub(super) fn words(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}
