//! The names of unfinished files and folders, and removing those that nobody will finish.
//!
//! A name says which run it belongs to. A run that holds the lock of a root uses names that follow from that root alone:
//! whoever holds the lock next knows that nobody is writing under them any more. Everybody else's are left alone until
//! they are old. A process id decides nothing: in another container it means another process.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{holder, save_as::save_as};

/// What the names of unfinished files and folders begin with. A run that is killed may leave one; a later one removes it.
pub const TEMPORARY: &str = ".roadbook-tmp-";

/// What the name of a file ends with that was exchanged with one that people write too.
const SWAPPED: &str = ".swap";

/// How many bytes of a file's name that of the unfinished one has: most file systems take 255, and the rest needs 69.
const MOST_OF_NAME: usize = 180;

/// What is nobody's is swept once it is this old.
const OLD: Duration = Duration::from_secs(60 * 60);

/// The prefix of the names that this run uses now.
#[derive(Debug, Clone)]
pub(super) struct Names(Arc<RwLock<Arc<str>>>);

/// Puts the former prefix back when it goes.
#[derive(Debug)]
pub(super) struct Scope {
    names: Names,
    former: Arc<str>,
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.names.set(Arc::clone(&self.former));
    }
}

impl Names {
    /// Names that nobody else uses.
    pub(super) fn new() -> Self {
        static RUNS: AtomicU64 = AtomicU64::new(0);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let run = (std::process::id(), now.as_nanos(), RUNS.fetch_add(1, Ordering::Relaxed));
        Self(Arc::new(RwLock::new(prefix(&run))))
    }

    /// Uses the names of this root until the answer goes.
    pub(super) fn of_root(&self, root: &Path) -> Scope {
        let former = self.prefix();
        // On another machine nobody is known to hold the lock: not every network file system tells.
        self.set(prefix(&(holder::host(), root)));
        Scope { names: self.clone(), former }
    }

    /// What names begin with.
    pub(super) fn prefix(&self) -> Arc<str> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn set(&self, prefix: Arc<str>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = prefix;
    }

    /// Removes from a folder what is ours or old; what somebody saved is kept under a name of its own, and named. Returns the
    /// first path that could not be removed, with the reason.
    pub(super) fn sweep(&self, folder: &Path, entries: fs::ReadDir) -> io::Result<Vec<PathBuf>> {
        let ours = self.prefix();
        let mut kept = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            let bytes = name.as_encoded_bytes();
            if !bytes.starts_with(TEMPORARY.as_bytes()) {
                continue;
            }
            let path = folder.join(&name);
            // Another run may have swept it just now.
            let Ok(found) = fs::symlink_metadata(&path) else { continue };
            if !bytes.starts_with(ours.as_bytes()) && !is_old(&found) {
                continue;
            }
            let is_swapped = bytes.ends_with(SWAPPED.as_bytes()) && found.is_file();
            if is_swapped && let Some(name) = saved_name(&path) {
                kept.push(save(&path, &name)?);
            }
            let removed = if found.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            match removed {
                Err(why) if why.kind() != ErrorKind::NotFound => return Err(why),
                _ => {}
            }
        }
        Ok(kept)
    }
}

/// Whether nobody can be writing it any more.
fn is_old(found: &fs::Metadata) -> bool {
    let age = found.modified().ok().and_then(|then| SystemTime::now().duration_since(then).ok());
    age.is_some_and(|age| age > OLD)
}

fn prefix(run: &impl Hash) -> Arc<str> {
    format!("{TEMPORARY}{:08x}-", number(run) >> 32).into()
}

/// A number that stands for a value.
pub(super) fn number(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The end of the name of a file that is exchanged with one of this name: it tells both texts, so that a third one that is
/// found under it later, since the run was killed, is known to be somebody's own.
pub(super) fn swapped(name: &str, old: &[u8], new: &[u8]) -> String {
    let most = name.floor_char_boundary(MOST_OF_NAME);
    format!("-{:016x}-{:016x}-{}{SWAPPED}", number(&old), number(&new), &name[..most])
}

/// The name of the file that a text was saved to which a killed run left under a temporary name; `None` where it is one of the
/// two that the name tells of. What cannot be read may be anybody's.
fn saved_name(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let name = name.strip_suffix(SWAPPED)?;
    let mut parts = name.strip_prefix(TEMPORARY)?.splitn(5, '-').skip(2);
    let (old, new, name) = (parts.next()?, parts.next()?, parts.next()?);
    let found = fs::read(path).ok().map(|bytes| format!("{:016x}", number(&bytes.as_slice())));
    found.is_none_or(|found| [old, new].iter().all(|known| **known != found)).then(|| name.to_owned())
}

/// Gives what somebody saved a name that nothing else has, beside its temporary one: `plan.json.saved`, `plan.json.2.saved`.
fn save(path: &Path, name: &str) -> io::Result<PathBuf> {
    let mut kept = path.with_file_name(format!("{name}.saved"));
    let mut count = 1;
    while !save_as(path, &kept)? {
        count += 1;
        kept.set_file_name(format!("{name}.{count}.saved"));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use std::fs::{File, FileTimes};

    use super::*;

    fn laid_out(names: &[&str]) -> (tempfile::TempDir, Vec<PathBuf>) {
        let folder = tempfile::tempdir().unwrap();
        let paths = names.iter().map(|name| folder.path().join(name)).collect::<Vec<_>>();
        paths.iter().for_each(|path| fs::write(path, "x").unwrap());
        (folder, paths)
    }

    #[test]
    fn what_another_run_may_be_writing_is_left_until_it_is_old() {
        let names = Names::new();
        let ours = format!("{}abc", names.prefix());
        let (folder, paths) = laid_out(&[&ours, ".roadbook-tmp-01234567-abc", "mine"]);
        let sweep = || names.sweep(folder.path(), fs::read_dir(folder.path()).unwrap()).unwrap();
        sweep();
        assert_eq!(paths.iter().map(|path| path.exists()).collect::<Vec<_>>(), [false, true, true]);
        let long_ago = SystemTime::now() - OLD - Duration::from_secs(1);
        let times = FileTimes::new().set_modified(long_ago);
        File::options().write(true).open(&paths[1]).unwrap().set_times(times).unwrap();
        sweep();
        assert!(!paths[1].exists());
    }

    #[test]
    fn the_next_holder_of_a_roots_lock_sweeps_what_the_last_one_left() {
        let (first, second) = (Names::new(), Names::new());
        let own = second.prefix();
        let left = {
            let _scope = first.of_root(Path::new("/r"));
            format!("{}abc", first.prefix())
        };
        let (folder, paths) = laid_out(&[&left]);
        {
            let _scope = second.of_root(Path::new("/r"));
            second.sweep(folder.path(), fs::read_dir(folder.path()).unwrap()).unwrap();
        }
        assert!(!paths[0].exists());
        assert_eq!(second.prefix(), own, "and then it uses names of its own again");
    }

    #[test]
    fn a_text_that_somebody_saved_is_not_swept() {
        let names = Names::new();
        let end = swapped("plan-a.json", b"old", b"new");
        let (folder, paths) = laid_out(&[&format!("{}one{end}", names.prefix())]);
        let sweep = || names.sweep(folder.path(), fs::read_dir(folder.path()).unwrap()).unwrap();
        let kept = ["plan-a.json.saved", "plan-a.json.2.saved"].map(|name| folder.path().join(name));
        assert_eq!(sweep(), kept[..1]);
        fs::write(&paths[0], "y").unwrap();
        assert_eq!(sweep(), kept[1..], "one that was kept before is kept");
        assert_eq!(kept.map(|kept| fs::read(kept).unwrap()), [b"x", b"y"]);
        assert!(!paths[0].exists());
        for known in ["old", "new"] {
            fs::write(&paths[0], known).unwrap();
            assert!(sweep().is_empty());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
