//! Other programs and the environment, as the rest of the program sees them.

use std::{ffi::OsStr, path::Path, time::Duration};

use super::Failure;

/// Other programs, and the environment.
pub trait Process: Sync {
    /// The value of an environment variable; `None` where it is unset, empty or not Unicode.
    fn variable(&self, name: &str) -> Option<String>;

    /// The environment variables whose names begin so, with their values; those that are not Unicode are left out.
    fn variables(&self, prefix: &str) -> Vec<(String, String)> {
        let _ = prefix;
        Vec::new()
    }

    /// Runs a program to its end in a folder, with nothing to read; `None` where there is no such program.
    ///
    /// # Errors
    /// Where it is there and cannot be started.
    fn run(&self, program: &str, args: &[&OsStr], folder: &Path) -> Result<Option<Output>, Failure>;

    /// Starts a program that may outlive this one, with nothing to read and nowhere to write. Whether it did not fail
    /// within `patience`; `None` where there is no such program.
    ///
    /// # Errors
    /// Where it is there and cannot be started.
    fn start(&self, program: &str, args: &[&str], patience: Duration) -> Result<Option<bool>, Failure> {
        let _ = (program, args, patience);
        Ok(None)
    }

    /// Starts a program that is asked and answers until it is dropped, which ends it; `None` where there is no such
    /// program, as in a world without any.
    ///
    /// # Errors
    /// Where it is there and cannot be started.
    fn talk(&self, call: &Call<'_>) -> Result<Option<Box<dyn Talk>>, Failure> {
        let _ = call;
        Ok(None)
    }

    /// Runs a program that people work with to its end, on their own terminal; without one it has nothing to read. Whether it
    /// ended well; `None` where there is no such program.
    ///
    /// # Errors
    /// Where it is there and cannot be started.
    fn attend(&self, call: &Call<'_>, has_terminal: bool) -> Result<Option<bool>, Failure> {
        let _ = (call, has_terminal);
        Ok(None)
    }

    /// Runs a program to its end as a [`Call`] says, with nothing to read; `None` where there is no such program.
    ///
    /// # Errors
    /// Where it is there and cannot be started.
    fn call(&self, call: &Call<'_>) -> Result<Option<Output>, Failure> {
        let _ = call;
        Ok(None)
    }
}

/// A program, and the surroundings that it is to be run in.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The program's name.
    pub program: &'a str,
    /// What it is given.
    pub args: &'a [&'a OsStr],
    /// Where it stands.
    pub folder: &'a Path,
    /// Variables that are set, or taken away where there is no value; all others it inherits.
    pub variables: &'a [(&'a str, Option<&'a str>)],
}

/// A running program that answers what it is asked.
pub trait Talk: Send {
    /// Writes to it.
    ///
    /// # Errors
    /// Where it no longer listens; the failure tells what it said.
    fn ask(&mut self, bytes: &[u8]) -> Result<(), Failure>;

    /// Reads a line of its answer, without the line end.
    ///
    /// # Errors
    /// Where it ended instead.
    fn line(&mut self) -> Result<Vec<u8>, Failure>;

    /// Reads so many bytes of its answer.
    ///
    /// # Errors
    /// Where it ended before.
    fn bytes(&mut self, count: usize) -> Result<Vec<u8>, Failure>;
}

/// What a program that ended left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// Whether it ended well.
    pub success: bool,
    /// What it wrote.
    pub stdout: Vec<u8>,
    /// What it said, without white space around it.
    pub stderr: String,
}
