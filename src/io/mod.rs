//! The one door through which the world comes in: files, the clock, the terminal, other programs, the network.
//!
//! `run(args, &Io)` is given an [`Io`]; nothing else in the crate touches the machine. Tests bring their own, and so can
//! make a disk full or a day another.

mod browser;
mod clock;
mod failure;
mod files;
mod guard;
mod network;
mod process;
mod terminal;
#[cfg(feature = "serve")]
mod watch;

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::model::Day;

pub use browser::{browse, has_desktop};
pub use clock::SystemClock;
pub use failure::{Failure, FailureKind};
pub use files::{Disk, TEMPORARY};
pub use guard::Guarded;
pub use network::Internet;
pub use process::Machine;
pub use terminal::{Console, Terminal, Wire};

/// The world, as far as Roadbook sees it.
#[derive(Clone, Copy)]
pub struct Io<'a> {
    /// Files and folders.
    pub files: &'a dyn Files,
    /// What day it is.
    pub clock: &'a dyn Clock,
    /// Where people type and read.
    pub terminal: &'a dyn Terminal,
    /// Other programs and the environment.
    pub process: &'a dyn Process,
    /// Other machines.
    pub network: &'a dyn Network,
}

/// What stands at a path, links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A pipe, a device, a link that leads nowhere.
    Other,
}

/// Files and folders. Paths are the machine's; a relative one is meant from [`Files::here`].
pub trait Files: Sync {
    /// The folder in which the user stands, absolute.
    fn here(&self) -> &Path;

    /// What stands at a path; `None` where nothing does.
    ///
    /// # Errors
    /// Where the path cannot be looked at.
    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure>;

    /// The bytes of a file; `None` where there is none.
    ///
    /// # Errors
    /// Where it is no file, or cannot be read.
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure>;

    /// The names of what stands in a folder, sorted; none where there is no folder. Names that are not Unicode are left
    /// out: no path of a roadmap can mean them.
    ///
    /// # Errors
    /// Where it is no folder, or cannot be read.
    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure>;

    /// All files below a folder, `/`-separated from it, sorted; links are not followed. None where there is no folder.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure>;

    /// All files below a folder with their sizes in bytes, `/`-separated from it, sorted; folders are entered where
    /// `enters` says so of their path from it. Links are not followed, and what cannot be read is passed over.
    ///
    /// # Errors
    /// Where the folder itself cannot be read.
    fn survey(&self, folder: &Path, enters: &dyn Fn(&str) -> bool) -> Result<Vec<(String, u64)>, Failure> {
        let is_entered = |path: &String| {
            path.match_indices('/').all(|(end, _)| enters(path.get(..end).unwrap_or_default()))
        };
        let size = |path: String| {
            let bytes = self.read(&folder.join(&path)).ok()??;
            Some((path, u64::try_from(bytes.len()).unwrap_or(u64::MAX)))
        };
        Ok(self.walk(folder)?.into_iter().filter(is_entered).filter_map(size).collect())
    }

    /// The path with every link in it followed, as far as it exists.
    ///
    /// # Errors
    /// Where a part of it cannot be looked at.
    fn real(&self, path: &Path) -> Result<PathBuf, Failure>;

    /// Whether a file may be written over: one that its owner made read-only may not, although its folder would let it be
    /// replaced. A world without permissions lets everything be written.
    ///
    /// # Errors
    /// Where it may not.
    fn writable(&self, _path: &Path) -> Result<(), Failure> {
        Ok(())
    }

    /// Writes a file whole or not at all, with the folders that it needs.
    ///
    /// # Errors
    /// Where it cannot be written; what stood there before then still does.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure>;

    /// Writes behind what a file holds, and returns once the disk has it: what stands there then outlasts a loss of power.
    ///
    /// # Errors
    /// Where it cannot be written; a part of it may stand there then.
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure>;

    /// Writes a new file below a staged folder, with the folders that it needs. It needs no temporary name: nobody looks
    /// there before the folder is whole.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn fill(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.write(path, bytes)
    }

    /// Makes an empty folder beside `folder`, to be filled and then given its name by [`Files::publish`].
    ///
    /// # Errors
    /// Where it cannot be made.
    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure>;

    /// Gives a staged folder its name, in one step.
    ///
    /// # Errors
    /// Where something stands there by now, or it cannot be renamed.
    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure>;

    /// Makes an empty folder that nobody misses, where the system keeps such; `name` stands in its name.
    ///
    /// # Errors
    /// Where it cannot be made.
    fn scratch(&self, name: &str) -> Result<PathBuf, Failure> {
        Err(Failure::new(FailureKind::Files, format!("cannot make a scratch folder for {name} here")))
    }

    /// Lets a file be run as a program. A world without such permissions has nothing to do.
    ///
    /// # Errors
    /// Where its permissions cannot be changed.
    fn allow_to_run(&self, _path: &Path) -> Result<(), Failure> {
        Ok(())
    }

    /// Removes a file, and the folder it stood in where that is empty then.
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn remove(&self, path: &Path) -> Result<(), Failure>;

    /// Removes what a killed run left in a folder under a temporary name, see [`TEMPORARY`].
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn sweep(&self, folder: &Path) -> Result<(), Failure>;

    /// Calls `changed`, on a thread of its own, whenever something changes in the folders that the watcher is given
    /// later; `None` where this machine or this build cannot tell.
    fn watcher(&self, changed: Box<dyn Fn() + Send>) -> Option<Box<dyn Watcher>> {
        drop(changed);
        None
    }
}

/// What looks out for changes in folders.
pub trait Watcher {
    /// Looks at these folders from now on, with all below them where that is `true`, and at no others. A folder that has
    /// gone and come back is found again when it is named again. Returns whether all of them can be looked at.
    fn look_at(&mut self, folders: &BTreeMap<PathBuf, bool>) -> bool;
}

/// The clock. Only what speaks for today asks it; what is committed never does.
pub trait Clock: Sync {
    /// Today, or the day of `SOURCE_DATE_EPOCH`, which stands in for it.
    fn today(&self) -> Day;

    /// The time since 1970-01-01 00:00 UTC. Nothing stands in for it: waiting is about the real clock.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, time: Duration);
}

/// Other programs, and the environment.
pub trait Process: Sync {
    /// The value of an environment variable; `None` where it is unset, empty or not Unicode.
    fn variable(&self, name: &str) -> Option<String>;

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

/// HTTP to other machines.
pub trait Network: Sync {
    /// Sends a request once and waits for its answer, whatever its status. No redirect is followed.
    ///
    /// # Errors
    /// Where no whole answer came.
    fn send(&self, request: &Request) -> Result<Answer, Lost>;
}

/// What an HTTP request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create.
    Post,
    /// Change.
    Patch,
    /// Remove.
    Delete,
}

/// An HTTP request.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What is asked for.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// Names and values; among them the token, so that this type is never printed.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent along.
    pub body: Option<Vec<u8>>,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status, as 200.
    pub status: u16,
    /// Names in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// What came along.
    pub body: Vec<u8>,
}

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// The other side never heard of the request.
    NotSent(String),
    /// The other side may have done what was asked.
    Unknown(String),
}
