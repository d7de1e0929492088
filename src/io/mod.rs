//! The one door through which the world comes in: files, the clock, the terminal, other programs, the network.
//!
//! `run(args, &Io)` is given an [`Io`]; nothing else in the crate touches the machine. Tests bring their own, and so can
//! make a disk full or a day another.

mod borders;
mod browser;
mod clock;
mod command;
mod exchange;
mod failure;
mod files;
mod guard;
mod holder;
mod http;
mod limit;
mod lock;
mod modes;
mod network;
mod process;
mod program;
mod progress;
mod save_as;
mod scratch;
mod temporary;
mod terminal;
mod walk;
#[cfg(feature = "serve")]
mod watch;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

pub(crate) use browser::{browse, has_desktop};
pub use clock::{Clock, SystemClock};
pub use failure::{Failure, FailureKind};
pub use files::Disk;
pub(crate) use guard::Guarded;
pub(crate) use holder::Holder;
pub use http::{Answer, Lost, Method, Network, Request};
pub(crate) use limit::Limit;
pub use lock::{Attempt, Lock};
pub use network::Internet;
pub(crate) use network::is_loopback;
pub use process::Machine;
pub use program::{Call, Output, Process, Talk};
pub(crate) use progress::Progress;
pub use temporary::TEMPORARY;
pub(crate) use terminal::Wire;
pub use terminal::{Console, Terminal};
#[cfg(feature = "serve")]
pub use watch::Watcher;

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
    /// Where it is no file, cannot be read, or is larger than a source may be.
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure>;

    /// The bytes of a file that is no larger than its kind may be; `None` where there is none.
    ///
    /// # Errors
    /// Where it is no file, cannot be read, or is larger.
    fn read_at_most(&self, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        let bytes = self.read(path)?;
        let is_larger = bytes.as_ref().is_some_and(|bytes| bytes.len() as u64 > most.bytes());
        if is_larger { Err(most.exceeded_at(path)) } else { Ok(bytes) }
    }

    /// The same for a file of a repository, whose links may not leave `root` (whose own links are followed) and may not lead
    /// into git's folder: who wrote them need not be who runs this. What a person names on the command line is read with
    /// [`Files::read_at_most`].
    ///
    /// # Errors
    /// As above, and where a link leads out.
    fn read_inside(&self, root: &Path, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        match borders::Refused::of(root, &self.real(path)?) {
            Some(refused) => Err(refused.reading(path)),
            None => self.read_at_most(path, most),
        }
    }

    /// All files below a folder of a repository, as [`Files::walk`] lists them, where no link leads there from outside `root`.
    ///
    /// # Errors
    /// As [`Files::walk`], and where a link leads out.
    fn walk_inside(&self, root: &Path, folder: &Path) -> Result<Vec<String>, Failure> {
        match borders::Refused::of(root, &self.real(folder)?) {
            Some(refused) => Err(refused.reading(folder)),
            None => self.walk(folder),
        }
    }

    /// Whether a path stays below `root` (whose own links are followed) and out of git's folder, all links followed.
    fn is_inside(&self, root: &Path, path: &Path) -> bool {
        self.real(path).is_ok_and(|real| borders::Refused::of(root, &real).is_none())
    }

    /// The names of what stands in a folder, sorted; none where there is no folder. Names that are not Unicode are left
    /// out: no path of a roadmap can mean them.
    ///
    /// # Errors
    /// Where it is no folder, or cannot be read.
    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure>;

    /// Whether a path lies in git's own folder, all links followed.
    fn is_gits(&self, path: &Path) -> bool {
        self.real(path).is_ok_and(|real| borders::names_git(&real))
    }

    /// All files below a folder, `/`-separated from it, sorted; links are not followed. None where there is no folder.
    ///
    /// # Errors
    /// Where a folder cannot be read.
    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure>;

    /// The same of those folders that `enters` says so of, by their paths from it. The path of one that cannot be
    /// read is told to `unread`, and the others are read.
    ///
    /// # Errors
    /// Where the folder itself cannot be read.
    fn roam(
        &self,
        folder: &Path,
        enters: &dyn Fn(&str) -> bool,
        _unread: &mut dyn FnMut(String),
    ) -> Result<Vec<String>, Failure> {
        let is_entered = |path: &String| {
            path.match_indices('/').all(|(end, _)| enters(path.get(..end).unwrap_or_default()))
        };
        Ok(self.walk(folder)?.into_iter().filter(is_entered).collect())
    }

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

    /// Where a link leads, as it says; `None` of what is no link, and in a world without links.
    ///
    /// # Errors
    /// Where the path cannot be looked at.
    fn link(&self, _path: &Path) -> Result<Option<PathBuf>, Failure> {
        Ok(None)
    }

    /// Whether these are the files of a commit, among which there is nothing that git does not track.
    fn are_tracked(&self) -> bool {
        false
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

    /// Why nothing can be written here. Files that are only looked at name their reason and leave all that writes as it is
    /// here: it is refused.
    fn read_only(&self) -> &'static str {
        "it is only read"
    }

    /// The refusal to write something.
    fn refused(&self, path: &Path) -> Failure {
        let message = format!("cannot write `{}`: {}", path.display(), self.read_only());
        Failure::new(FailureKind::Files, message)
    }

    /// Writes a file whole or not at all, with the folders that it needs.
    ///
    /// # Errors
    /// Where it cannot be written; what stood there before then still does.
    fn write(&self, path: &Path, _bytes: &[u8]) -> Result<(), Failure> {
        Err(self.refused(path))
    }

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
    fn append(&self, path: &Path, _bytes: &[u8]) -> Result<(), Failure> {
        Err(self.refused(path))
    }

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
    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        Err(self.refused(folder))
    }

    /// Gives a staged folder its name, in one step.
    ///
    /// # Errors
    /// Where something stands there by now, or it cannot be renamed.
    fn publish(&self, _staged: &Path, folder: &Path) -> Result<(), Failure> {
        Err(self.refused(folder))
    }

    /// Makes an empty folder that nobody misses, where the system keeps such; `name` stands in its name. Those that were made
    /// under this name and for the same `purpose` before are removed, and so is each of this name that is a day old.
    ///
    /// # Errors
    /// Where it cannot be made.
    fn scratch(&self, name: &str, purpose: &str) -> Result<PathBuf, Failure> {
        let _ = purpose;
        Err(Failure::new(FailureKind::Files, format!("cannot make a scratch folder for {name} here")))
    }

    /// Leaves a folder that [`Files::scratch`] made to whoever works in it: no other run removes it.
    fn leave(&self, _scratch: &Path) {}

    /// Removes a folder that [`Files::scratch`] made, with all that is in it. One that cannot be removed stays.
    fn discard(&self, _scratch: &Path) {}

    /// Lets a file be run as a program. A world without such permissions has nothing to do.
    ///
    /// # Errors
    /// Where its permissions cannot be changed.
    fn allow_to_run(&self, _path: &Path) -> Result<(), Failure> {
        Ok(())
    }

    /// Installs a hook of git, which is run as a program: the one writer to which git's own folder is open.
    ///
    /// # Errors
    /// Where the path is none of a hook, or cannot be written.
    fn install_hook(&self, path: &Path, text: &[u8]) -> Result<(), Failure> {
        self.write(path, text)?;
        self.allow_to_run(path)
    }

    /// Removes a file, and the folder it stood in where that is empty then.
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn remove(&self, path: &Path) -> Result<(), Failure> {
        Err(self.refused(path))
    }

    /// Removes a file that people write too, links followed: only where it still holds `old`, else nothing is removed and the
    /// answer is `false`. What somebody saves in the middle of it is not lost.
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn remove_same(&self, path: &Path, old: &[u8]) -> Result<bool, Failure> {
        Ok(self.read(path)?.as_deref() == Some(old) && self.remove(path).map(|()| true)?)
    }

    /// Writes a new file; `false` where one is there, which stays as it is.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn create(&self, path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
        Ok(self.entry(path)?.is_none() && self.write(path, bytes).map(|()| true)?)
    }

    /// Removes what a killed run left in a folder under a temporary name, see [`TEMPORARY`]; what another run may still be
    /// writing stays. Returns what somebody saved into it, under the name under which it is kept.
    ///
    /// # Errors
    /// Where it cannot be removed.
    fn sweep(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        Err(self.refused(folder))
    }

    /// Calls `changed`, on a thread of its own, whenever something changes in the folders that the watcher is given
    /// later; `None` where this machine or this build cannot tell.
    #[cfg(feature = "serve")]
    fn watcher(&self, changed: Box<dyn Fn() + Send>) -> Option<Box<dyn Watcher>> {
        drop(changed);
        None
    }
}
