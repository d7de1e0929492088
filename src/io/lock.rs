//! Locks that die with their process: the only writer in a folder, the only apply for a lock file.
//!
//! A folder is locked as it is (`flock`): nothing is written for it, so that git sees nothing and a folder that may only be
//! read can be locked as well; a link to it leads to the same lock. Network file systems keep such a lock to one machine.
//! What must hold between machines is a lock on a file, which NFS and SMB pass on to the server.
//! Windows locks no folders and lets nobody read what is locked: there a file that is open for one writer, and that the
//! system removes when it is closed, is both.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use super::{Holder, temporary::Scope};

/// A lock that is held until it is dropped.
#[derive(Debug, Default)]
pub struct Lock {
    /// What it holds.
    held: Vec<Held>,
    /// The names of unfinished files that go with it.
    scope: Option<Scope>,
}

/// What came of trying to take a lock.
#[derive(Debug)]
pub enum Attempt {
    /// It is held now.
    Taken(Lock),
    /// Somebody else holds it, and this is who, where it is known.
    Busy(Option<Holder>),
    /// There are no locks here.
    Unsupported,
}

/// An open file or folder that is locked.
#[derive(Debug)]
struct Held {
    /// Closing it ends the lock.
    _file: File,
    /// The file to be removed before.
    goes: Option<PathBuf>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(path) = &self.goes {
            // It says who holds the lock. Who opened it meanwhile finds another file, or none, in its place.
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Lock {
    /// Holds these names of unfinished files as well.
    pub(super) fn with(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    fn of(file: File, goes: Option<PathBuf>) -> Attempt {
        Attempt::Taken(Self { held: vec![Held { _file: file, goes }], scope: None })
    }
}

/// Tries to lock folders, all or none of them. In whatever order they are named, two runs cannot wait for each other.
pub(super) fn folders(folders: &[PathBuf]) -> Attempt {
    let mut all = Lock::default();
    for folder in folders {
        match system::folder(folder) {
            Ok(Attempt::Taken(lock)) => all.held.extend(lock.held),
            Ok(busy @ Attempt::Busy(_)) => return busy,
            Ok(Attempt::Unsupported) | Err(_) => return Attempt::Unsupported,
        }
    }
    Attempt::Taken(all)
}

/// Tries to take a lock that is a file.
pub(super) fn file(path: &Path, verb: &str) -> io::Result<Attempt> {
    system::file(path, &Holder::this(verb))
}

#[cfg(unix)]
mod system {
    use std::{
        fs::{self, File, OpenOptions, TryLockError},
        io::{self, ErrorKind, Read, Write},
        os::unix::fs::{MetadataExt, OpenOptionsExt},
        path::Path,
    };

    use rustix::fs::OFlags;

    use super::{Attempt, Holder, Lock};

    pub(super) fn folder(path: &Path) -> io::Result<Attempt> {
        let folder = File::open(path)?;
        Ok(match folder.try_lock() {
            Ok(()) => Lock::of(folder, None),
            Err(TryLockError::WouldBlock) => Attempt::Busy(Holder::of(&folder)),
            Err(TryLockError::Error(_)) => Attempt::Unsupported,
        })
    }

    pub(super) fn file(path: &Path, holder: &Holder) -> io::Result<Attempt> {
        loop {
            let (mut file, is_new) = open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(Attempt::Busy(said(file))),
                // Without locks the file itself is one, and outlasts its process: whose it is, is not guessed.
                Err(TryLockError::Error(_)) if !is_new => return Ok(Attempt::Busy(said(file))),
                Err(TryLockError::Error(_)) => {}
            }
            // The one who held it has removed it since: what is locked is no longer what is there.
            let there = fs::symlink_metadata(path).ok().map(|found| (found.dev(), found.ino()));
            let locked = file.metadata()?;
            if there != Some((locked.dev(), locked.ino())) {
                continue;
            }
            file.set_len(0)?;
            file.write_all(holder.text().as_bytes())?;
            return Ok(Lock::of(file, Some(path.to_owned())));
        }
    }

    /// Opens a file, and makes it where there is none; whether it did. No link is followed: anybody can commit one.
    fn open(path: &Path) -> io::Result<(File, bool)> {
        let mut options = OpenOptions::new();
        let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
        options.read(true).write(true).custom_flags(flags);
        loop {
            match options.clone().create_new(true).open(path) {
                Err(why) if why.kind() == ErrorKind::AlreadyExists => {}
                made => return Ok((made?, true)),
            }
            match options.open(path) {
                Err(why) if why.kind() == ErrorKind::NotFound => {}
                opened => {
                    let file = opened?;
                    let is_file = file.metadata()?.is_file();
                    let not_ours = || io::Error::new(ErrorKind::InvalidInput, "it is not a regular file");
                    return is_file.then_some((file, false)).ok_or_else(not_ours);
                }
            }
        }
    }

    fn said(file: File) -> Option<Holder> {
        let mut text = Vec::new();
        file.take(4096).read_to_end(&mut text).ok()?;
        Holder::read(&text)
    }
}

#[cfg(windows)]
mod system {
    use std::{
        fs::OpenOptions,
        io::{self, Read, Write},
        os::windows::fs::OpenOptionsExt,
        path::Path,
    };

    use super::{Attempt, Holder, Lock};

    // Source: Microsoft, "CreateFileW function" and "System Error Codes".
    const GENERIC_WRITE: u32 = 0x4000_0000;
    const DELETE: u32 = 0x0001_0000;
    const SHARE_READ_AND_DELETE: u32 = 0x1 | 0x4;
    const SHARE_ALL: u32 = 0x1 | 0x2 | 0x4;
    const HIDDEN: u32 = 0x2;
    const DELETE_ON_CLOSE: u32 = 0x0400_0000;
    const SHARING_VIOLATION: i32 = 32;
    /// What is about to be removed cannot be opened either.
    const ACCESS_DENIED: i32 = 5;

    pub(super) fn folder(path: &Path) -> io::Result<Attempt> {
        let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
        file(&path.join(".roadbook-lock"), &Holder::this(&words.collect::<Vec<_>>().join(" ")))
    }

    pub(super) fn file(path: &Path, holder: &Holder) -> io::Result<Attempt> {
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true).access_mode(GENERIC_WRITE | DELETE);
        options.share_mode(SHARE_READ_AND_DELETE).attributes(HIDDEN).custom_flags(DELETE_ON_CLOSE);
        match options.open(path) {
            Ok(mut file) => {
                file.write_all(holder.text().as_bytes())?;
                Ok(Lock::of(file, None))
            }
            Err(why) if why.raw_os_error() == Some(SHARING_VIOLATION) => Ok(Attempt::Busy(said(path))),
            Err(why) if why.raw_os_error() == Some(ACCESS_DENIED) && path.exists() => {
                Ok(Attempt::Busy(said(path)))
            }
            Err(why) => Err(why),
        }
    }

    fn said(path: &Path) -> Option<Holder> {
        let file = OpenOptions::new().read(true).share_mode(SHARE_ALL).open(path).ok()?;
        let mut text = Vec::new();
        file.take(4096).read_to_end(&mut text).ok()?;
        Holder::read(&text)
    }
}

#[cfg(not(any(unix, windows)))]
mod system {
    use std::{io, path::Path};

    use super::{Attempt, Holder};

    pub(super) fn folder(_: &Path) -> io::Result<Attempt> {
        Ok(Attempt::Unsupported)
    }

    pub(super) fn file(_: &Path, _: &Holder) -> io::Result<Attempt> {
        Ok(Attempt::Unsupported)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    fn taken(attempt: Attempt) -> Lock {
        match attempt {
            Attempt::Taken(lock) => lock,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_folder_has_one_writer_whatever_way_leads_to_it_and_nothing_is_left_in_it() {
        let place = tempfile::tempdir().unwrap();
        let (own, link) = (place.path().join("own"), place.path().join("link"));
        fs::create_dir(&own).unwrap();
        std::os::unix::fs::symlink(&own, &link).unwrap();
        let first = taken(folders(std::slice::from_ref(&own)));
        let Attempt::Busy(holder) = folders(&[place.path().to_owned(), link.clone()]) else {
            panic!("it is locked")
        };
        if cfg!(target_os = "linux") {
            assert_eq!(holder.unwrap().pid, Some(std::process::id()));
        }
        assert!(matches!(folders(&[place.path().to_owned()]), Attempt::Taken(_)), "and nothing else is");
        drop(first);
        drop(taken(folders(&[link])));
        assert_eq!(fs::read_dir(&own).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_may_only_be_read_can_be_locked() {
        use std::os::unix::fs::PermissionsExt;
        let place = tempfile::tempdir().unwrap();
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o555)).unwrap();
        drop(taken(folders(&[place.path().to_owned()])));
        fs::set_permissions(place.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn a_file_says_who_holds_it_and_goes_with_its_lock() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("l.lock");
        // What a killed run left is locked by nobody.
        fs::write(&path, "left").unwrap();
        let first = taken(file(&path, "apply").unwrap());
        let Attempt::Busy(Some(holder)) = file(&path, "snapshot").unwrap() else { panic!("it is locked") };
        assert_eq!(holder.command, "roadbook apply");
        assert_eq!(holder.pid, Some(std::process::id()));
        drop(first);
        assert!(!path.exists());
        drop(taken(file(&path, "apply").unwrap()));
    }

    #[test]
    fn one_at_a_time_however_often_the_file_comes_and_goes() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let place = tempfile::tempdir().unwrap();
        let (path, inside, turns) = (place.path().join("l"), AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        let Attempt::Taken(_lock) = file(&path, "x").unwrap() else { continue };
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0, "two at once");
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        turns.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(turns.into_inner() > 4);
    }

    #[test]
    fn a_link_in_the_place_of_a_lock_is_not_followed() {
        let place = tempfile::tempdir().unwrap();
        let (path, victim) = (place.path().join("l"), place.path().join("victim"));
        fs::write(&victim, "mine").unwrap();
        std::os::unix::fs::symlink(&victim, &path).unwrap();
        assert!(file(&path, "apply").is_err());
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(file(&path, "apply").is_err());
        assert_eq!(fs::read(&victim).unwrap(), b"mine");
    }
}
