//! A command line, what a run of it came to, and the terminal that it spoke to.

use std::sync::{Mutex, PoisonError};

use roadbook::internals::io::{Failure, Terminal};

/// The words of a command line: a line that is split at blanks, or one by one.
pub(crate) trait Words {
    fn words(&self) -> Vec<String>;
}

impl Words for str {
    fn words(&self) -> Vec<String> {
        self.split_whitespace().map(str::to_owned).collect()
    }
}

impl Words for String {
    fn words(&self) -> Vec<String> {
        self.as_str().words()
    }
}

impl<T: AsRef<str>> Words for [T] {
    fn words(&self) -> Vec<String> {
        self.iter().map(|word| word.as_ref().to_owned()).collect()
    }
}

impl<T: AsRef<str>, const N: usize> Words for [T; N] {
    fn words(&self) -> Vec<String> {
        self.as_slice().words()
    }
}

impl<T: AsRef<str>> Words for Vec<T> {
    fn words(&self) -> Vec<String> {
        self.as_slice().words()
    }
}

impl<W: Words + ?Sized> Words for &W {
    fn words(&self) -> Vec<String> {
        (**self).words()
    }
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The run, held to its exit code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: u8) -> Self {
        assert_eq!(self.code, code, "\n-- stdout\n{}\n-- stderr\n{}", self.out, self.err);
        self
    }

    /// The run, held to having told people these words.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.err.contains(words), "it does not say `{words}`:\n{}", self.err);
        self
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}:\n{}\n{}", self.out, self.err))
    }

    /// All that it said, to whomever.
    pub(crate) fn said(&self) -> String {
        [self.out.as_str(), &self.err].concat()
    }
}

/// A terminal that keeps what it is told.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    input: Vec<u8>,
    columns: Option<usize>,
    out: Mutex<String>,
    err: Mutex<String>,
}

impl Collected {
    /// A terminal that is this wide, if it is one, and this standard input.
    pub(crate) fn new(input: &[u8], columns: Option<usize>) -> Self {
        Self { input: input.to_vec(), columns, ..Self::default() }
    }

    /// What it was told as the answer.
    pub(crate) fn answer(&self) -> String {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What it was told for people.
    pub(crate) fn said(&self) -> String {
        self.err.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Terminal for Collected {
    fn out(&self, text: &str) -> Result<(), Failure> {
        self.out.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
        Ok(())
    }

    fn say(&self, text: &str) {
        self.err.lock().unwrap_or_else(PoisonError::into_inner).push_str(text);
    }

    fn is_coloured(&self) -> bool {
        self.columns.is_some()
    }

    fn columns(&self) -> Option<usize> {
        self.columns
    }

    fn input(&self) -> Result<Vec<u8>, Failure> {
        Ok(self.input.clone())
    }
}
