//! The one door through which the world comes in: files, the clock, the terminal, other programs, the network.
//!
//! `run(args, &Io)` is given an [`Io`]; nothing else in the crate touches the machine. Tests bring their own, and so can
//! make a disk full or a day another.

mod browser;
mod clock;
mod command;
mod exchange;
mod failure;
mod files;
mod guard;
mod holder;
mod lock;
mod network;
mod process;
mod program;
mod save_as;
mod temporary;
mod terminal;
#[cfg(feature = "serve")]
mod watch;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use crate::model::Day;

pub use browser::{browse, has_desktop};
pub use clock::SystemClock;
pub use failure::{Failure, FailureKind};
pub use files::Disk;
pub use guard::Guarded;
pub use holder::Holder;
pub use lock::{Attempt, Lock};
pub use network::{Internet, is_loopback};
pub use process::Machine;
pub use program::{Call, Output, Process, Talk};
pub use temporary::TEMPORARY;
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

    /// The same, and returns once the disk has it: what stands there then outlasts a loss of power.
    ///
    /// # Errors
    /// As [`Files::write`].
    fn keep(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.write(path, bytes)
    }

    /// Replaces a file that people write too, links followed: only where it still holds `old` (`None`: nothing is there),
    /// else nothing is written and the answer is `false`. What somebody saves in the middle of it is not lost.
    ///
    /// # Errors
    /// Where it cannot be written; what was there before is then still there.
    fn replace(&self, path: &Path, old: Option<&[u8]>, new: &[u8]) -> Result<bool, Failure> {
        if self.read(path)?.as_deref() != old {
            return Ok(false);
        }
        self.write(path, new).map(|()| true)
    }

    /// A number that changes when a file does; `None` where there is none.
    ///
    /// # Errors
    /// Where it cannot be looked at.
    fn stamp(&self, path: &Path) -> Result<Option<u64>, Failure> {
        Ok(self.read(path)?.map(|bytes| temporary::number(&bytes)))
    }

    /// Tries to become the only writer in these folders. A world without other programs has no other writer.
    ///
    /// # Errors
    /// Where a folder cannot be looked at.
    fn lock_folders(&self, _folders: &[PathBuf]) -> Result<Attempt, Failure> {
        Ok(Attempt::Taken(Lock::default()))
    }

    /// Tries to take a lock that is a file, in which it says who holds it. The file goes with the lock.
    ///
    /// # Errors
    /// Where it cannot be made.
    fn lock_file(&self, _path: &Path, _verb: &str) -> Result<Attempt, Failure> {
        Ok(Attempt::Taken(Lock::default()))
    }

    /// Gives a file that is about to be replaced another name as well, or copies it there; `false` where the name is taken.
    ///
    /// # Errors
    /// Where that cannot be done.
    fn save_as(&self, path: &Path, name: &Path) -> Result<bool, Failure> {
        let is_free = self.entry(name)?.is_none();
        is_free.then(|| self.write(name, &self.read(path)?.unwrap_or_default())).transpose()?;
        Ok(is_free)
    }

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

    /// Removes what a killed run left in a folder under a temporary name, see [`TEMPORARY`]; what another run may still be
    /// writing stays.
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
