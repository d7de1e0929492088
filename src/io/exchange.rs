//! Replacing a file that people write too, so that what somebody saves in the middle of it is not lost.
//!
//! The new text is written beside the file, and the two exchange their names in one step. Then what came out is compared
//! with what the new text was made from. Where it is something else, somebody saved just before: it is put back by the same
//! step. Where a file system cannot exchange names, the file is compared right before it is replaced: then a save within
//! a few microseconds can still be lost.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    fmt,
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::Path,
    sync::Arc,
};

use super::{modes, temporary::swapped};

/// How often a file is put back while others keep saving it.
const MOST_TURNS: usize = 100;

/// Something that is done between the steps of a replacement: tests make the gaps between them wide.
#[derive(Clone, Default)]
pub(super) struct Pause(Option<Arc<dyn Fn() + Send + Sync>>);

impl Pause {
    #[cfg(feature = "internals")]
    pub(super) fn new(pause: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(pause)))
    }

    pub(super) fn take(&self) {
        self.0.iter().for_each(|pause| pause());
    }
}

impl fmt::Debug for Pause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Pause" } else { "No pause" })
    }
}

/// A file and its new text.
pub(super) struct Replacement<'a> {
    /// The file, with its links followed.
    pub(super) target: &'a Path,
    /// What it is thought to hold; `None` where it is thought not to be there.
    pub(super) old: Option<&'a [u8]>,
    /// What it is to hold.
    pub(super) new: &'a [u8],
    /// What was found there, whose permissions the new text gets.
    pub(super) found: Option<fs::Metadata>,
    /// What the names of unfinished files begin with.
    pub(super) prefix: &'a str,
    /// What happens between the steps.
    pub(super) pause: &'a Pause,
}

impl Replacement<'_> {
    /// Replaces the file; `false` where it holds something else than was thought.
    pub(super) fn make(&self) -> io::Result<bool> {
        let folder = self.target.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        if self.read(self.target)?.as_deref() != self.old {
            return Ok(false);
        }
        let name = self.target.file_name().unwrap_or_default().to_string_lossy();
        let end = swapped(&name, self.old.unwrap_or_default(), self.new);
        let mut builder = modes::beside(self.prefix, self.found.as_ref());
        let mut beside = builder.suffix(&end).tempfile_in(folder)?;
        beside.write_all(self.new)?;
        modes::keep(beside.path(), self.target, self.found.as_ref())?;
        beside.as_file().sync_all()?;
        self.pause.take();
        let Some(old) = self.old else { return is_first(beside.persist_noclobber(self.target), folder) };
        let (new, beside) = beside.into_parts();
        let done = self.exchanged(&new, &beside, old, folder);
        if done.is_err() && ![Some(old), Some(self.new)].contains(&self.read(&beside)?.as_deref()) {
            // It is what somebody saved: rather left under an odd name than lost.
            beside.keep().map_err(|failed| failed.error)?;
        }
        done
    }

    /// Exchanges the file with the one beside it, which is no longer needed afterwards.
    fn exchanged(&self, new: &File, beside: &Path, old: &[u8], folder: &Path) -> io::Result<bool> {
        match exchange(beside, self.target) {
            Ok(()) => {}
            Err(why) if why.kind() == ErrorKind::NotFound => return Ok(false),
            Err(why) if cannot_exchange(&why) => return self.renamed(beside, old, folder),
            Err(why) => return Err(why),
        }
        self.pause.take();
        if self.read(beside)?.as_deref() == Some(old) {
            sync_folder(folder)?;
            self.pause.take();
            // Somebody who has opened it before writes into it now.
            if self.read(beside)?.as_deref() == Some(old) {
                return Ok(true);
            }
        }
        self.put_back(new, beside)
    }

    /// Gives the file its name back; and the latest of all, where it was saved once more meanwhile.
    fn put_back(&self, new: &File, beside: &Path) -> io::Result<bool> {
        // A file that is held open keeps its number, so that another cannot be taken for it.
        let (mut placed, mut known) = (new.try_clone()?, Some(self.new.to_vec()));
        for _ in 0..MOST_TURNS {
            let (saved, text) = (File::open(beside)?, self.read(beside)?);
            exchange(beside, self.target)?;
            self.pause.take();
            if is_same(&placed, beside)? && self.read(beside)? == known {
                return Ok(false);
            }
            (placed, known) = (saved, text);
        }
        Err(io::Error::other("it is saved over and over"))
    }

    /// Replaces the file where names cannot be exchanged.
    fn renamed(&self, beside: &Path, old: &[u8], folder: &Path) -> io::Result<bool> {
        if self.read(self.target)?.as_deref() != Some(old) {
            return Ok(false);
        }
        fs::rename(beside, self.target)?;
        sync_folder(folder)?;
        Ok(true)
    }

    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(why),
        }
    }
}

/// Removes a file that holds `old`, and its folder where that is empty then; `false` where it holds something else. It gets a
/// temporary name first, and is looked at under that: nobody saves into it any more.
pub(super) fn remove(target: &Path, old: &[u8], prefix: &str, pause: &Pause) -> io::Result<bool> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let end = swapped(&name, old, &[]);
    let beside = modes::beside(prefix, None).suffix(&end).tempfile_in(folder)?.into_temp_path();
    pause.take();
    match fs::rename(target, &beside) {
        Err(why) if why.kind() == ErrorKind::NotFound => return Ok(false),
        moved => moved?,
    }
    if fs::read(&beside)? == old {
        beside.close()?;
        sync_folder(folder)?;
        // It holds other files more often than not, and then stays.
        let _ = fs::remove_dir(folder);
        return Ok(true);
    }
    let put_back = match fs::hard_link(&beside, target) {
        Err(why) if why.kind() != ErrorKind::AlreadyExists => fs::rename(&beside, target).map(|()| true),
        linked => Ok(linked.is_ok()),
    };
    if !matches!(put_back, Ok(true)) {
        // Somebody made another file meanwhile: what was saved before that is left under an odd name rather than lost.
        beside.keep().map_err(|failed| failed.error)?;
    }
    put_back.map(|_| false)
}

/// Whether a new file got its name; `false` where somebody else made one.
fn is_first(persisted: Result<File, tempfile::PersistError>, folder: &Path) -> io::Result<bool> {
    match persisted {
        Ok(_) => sync_folder(folder).map(|()| true),
        Err(failed) if failed.error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(failed) => Err(failed.error),
    }
}

/// Has the disk keep the names in a folder.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Not every file system can, and then there is nothing more to be had.
    if cfg!(unix) {
        let _ = File::open(folder)?.sync_all();
    }
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether it is the file system that knows no exchange.
fn cannot_exchange(why: &io::Error) -> bool {
    matches!(why.kind(), ErrorKind::Unsupported | ErrorKind::InvalidInput)
}

/// Whether an open file is the one at a path.
#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;

    let (file, there) = (file.metadata()?, fs::symlink_metadata(path)?);
    Ok((file.dev(), file.ino()) == (there.dev(), there.ino()))
}

#[cfg(not(unix))]
fn is_same(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

/// A number that changes when a file does.
pub(super) fn stamp(path: &Path) -> io::Result<Option<u64>> {
    let found = match fs::metadata(path) {
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => return Ok(None),
        found => found?,
    };
    #[cfg(unix)]
    let inode = std::os::unix::fs::MetadataExt::ino(&found);
    #[cfg(not(unix))]
    let inode = 0;
    Ok(Some(super::temporary::number(&(inode, found.len(), found.modified().ok()))))
}

#[cfg(test)]
mod tests {
    use std::{
        path::PathBuf,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use super::*;

    struct World {
        _place: tempfile::TempDir,
        path: PathBuf,
    }

    fn world(text: &str) -> World {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a.json");
        fs::write(&path, text).unwrap();
        World { path, _place: place }
    }

    impl World {
        /// Replaces `old` by `new`, with something that happens at the pause of this number.
        fn replace(&self, at: usize, meanwhile: impl Fn(&Path) + Send + Sync + 'static) -> io::Result<bool> {
            let (count, path) = (AtomicUsize::new(0), self.path.clone());
            let pause = Pause::new(move || {
                if count.fetch_add(1, Ordering::SeqCst) == at {
                    meanwhile(&path);
                }
            });
            let prefix = ".roadbook-tmp-t-";
            let (old, new) = (Some(&b"old"[..]), &b"new"[..]);
            Replacement { target: &self.path, old, new, found: None, prefix, pause: &pause }.make()
        }

        fn holds(&self, text: &str) {
            assert_eq!(fs::read_to_string(&self.path).unwrap(), text);
            assert_eq!(fs::read_dir(self.path.parent().unwrap()).unwrap().count(), 1, "nothing is left");
        }
    }

    #[test]
    fn a_file_is_removed_as_it_was_thought_to_be_and_a_save_in_the_middle_of_it_stays() {
        let prefix = ".roadbook-tmp-t-";
        let sound = world("old");
        assert!(remove(&sound.path, b"old", prefix, &Pause::default()).unwrap() && !sound.path.exists());
        for save in [save_by_rename, |path: &Path, text: &str| fs::write(path, text).unwrap()] {
            let world = world("old");
            let path = world.path.clone();
            let pause = Pause::new(move || save(&path, "mine"));
            assert!(!remove(&world.path, b"old", prefix, &pause).unwrap());
            world.holds("mine");
        }
        let gone = world("old");
        fs::remove_file(&gone.path).unwrap();
        assert!(!remove(&gone.path, b"old", prefix, &Pause::default()).unwrap());
    }

    fn save_by_rename(path: &Path, text: &str) {
        let beside = path.with_extension("new");
        fs::write(&beside, text).unwrap();
        fs::rename(beside, path).unwrap();
    }

    #[test]
    fn what_is_as_it_was_thought_to_be_is_replaced_and_nothing_else() {
        let sound = world("old");
        assert!(sound.replace(9, |_| ()).unwrap());
        sound.holds("new");
        let other = world("other");
        assert!(!other.replace(9, |_| ()).unwrap());
        other.holds("other");
        let gone = world("old");
        fs::remove_file(&gone.path).unwrap();
        assert!(!gone.replace(9, |_| ()).unwrap());
        assert!(!gone.path.exists());
    }

    #[test]
    fn a_save_just_before_the_exchange_is_put_back() {
        for save in [save_by_rename, |path: &Path, text: &str| fs::write(path, text).unwrap()] {
            let world = world("old");
            assert!(!world.replace(0, move |path| save(path, "mine")).unwrap());
            world.holds("mine");
        }
    }

    /// Saves twice while a file is replaced, the second time so.
    fn save_twice(second: impl Fn(&Path, &str) + Send + Sync + 'static) {
        let world = world("old");
        let count = AtomicUsize::new(0);
        let path = world.path.clone();
        let pause = Pause::new(move || match count.fetch_add(1, Ordering::SeqCst) {
            0 => save_by_rename(&path, "first"),
            1 => second(&path, "second"),
            _ => {}
        });
        let prefix = ".roadbook-tmp-t-";
        let (old, new) = (Some(&b"old"[..]), &b"new"[..]);
        let done = Replacement { target: &world.path, old, new, found: None, prefix, pause: &pause }.make();
        assert!(!done.unwrap());
        world.holds("second");
    }

    #[test]
    fn the_latest_of_two_saves_stays() {
        save_twice(save_by_rename);
    }

    #[test]
    fn the_latest_of_two_saves_stays_where_it_was_written_in_place() {
        save_twice(|path, text| fs::write(path, text).unwrap());
    }

    #[test]
    fn who_writes_into_what_was_open_before_the_exchange_loses_nothing() {
        let world = world("old");
        let file = File::options().write(true).open(&world.path).unwrap();
        let file = std::sync::Mutex::new(file);
        let replaced = world.replace(2, move |_| file.lock().unwrap().write_all(b"typed").unwrap());
        assert!(!replaced.unwrap());
        world.holds("typed");
    }

    #[test]
    fn a_save_behind_the_exchange_is_the_last_word() {
        let world = world("old");
        assert!(world.replace(2, |path| save_by_rename(path, "mine")).unwrap());
        world.holds("mine");
    }

    #[test]
    fn a_new_file_takes_nobodys_place() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("deep/a.json");
        let make = |pause: &Pause| {
            let prefix = ".roadbook-tmp-t-";
            Replacement { target: &path, old: None, new: b"new", found: None, prefix, pause }.make().unwrap()
        };
        let own = path.clone();
        assert!(!make(&Pause::new(move || fs::write(&own, "mine").unwrap())));
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        fs::remove_file(&path).unwrap();
        assert!(make(&Pause::default()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    }
}
