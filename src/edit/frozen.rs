//! The disk as an edit sees it: what was read once is read as the same again, although somebody saves it meanwhile.
//!
//! An edit reads its files several times: to resolve the roadmap, to see what an item says, to splice the text, to judge the
//! outcome. All of these must speak of one text, the one that the file is compared with when it is replaced.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use crate::io::{Attempt, Entry, Failure, Files};

/// What was read.
type Texts = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// Files that stay as they were read first, until something is written.
pub(crate) struct Frozen<'a> {
    files: &'a dyn Files,
    /// `None` once something was written: what follows, as a build does, reads the disk.
    texts: Mutex<Option<Texts>>,
}

impl<'a> Frozen<'a> {
    /// These files, of which none was read yet.
    pub(crate) fn new(files: &'a dyn Files) -> Self {
        Self { files, texts: Mutex::new(Some(Texts::new())) }
    }

    fn thaw(&self) {
        *self.texts.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl Files for Frozen<'_> {
    fn here(&self) -> &Path {
        self.files.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        self.files.entry(path)
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        let known = |texts: &Option<Texts>| texts.as_ref().and_then(|texts| texts.get(path).cloned());
        if let Some(known) = known(&self.texts.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(known);
        }
        let read = self.files.read(path)?;
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(texts) = texts.as_mut() else { return Ok(read) };
        // Of two threads that read at the same time, both get what the first one noted.
        Ok(texts.entry(path.to_owned()).or_insert(read).clone())
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.files.list(folder)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.files.walk(folder)
    }

    fn survey(&self, folder: &Path, enters: &dyn Fn(&str) -> bool) -> Result<Vec<(String, u64)>, Failure> {
        self.files.survey(folder, enters)
    }

    fn link(&self, path: &Path) -> Result<Option<PathBuf>, Failure> {
        self.files.link(path)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.files.real(path)
    }

    fn writable(&self, path: &Path) -> Result<(), Failure> {
        self.files.writable(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.thaw();
        self.files.write(path, bytes)
    }

    fn keep(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.thaw();
        self.files.keep(path, bytes)
    }

    fn replace(&self, path: &Path, old: Option<&[u8]>, new: &[u8]) -> Result<bool, Failure> {
        self.thaw();
        self.files.replace(path, old, new)
    }

    fn stamp(&self, path: &Path) -> Result<Option<u64>, Failure> {
        self.files.stamp(path)
    }

    fn lock_folders(&self, folders: &[PathBuf]) -> Result<Attempt, Failure> {
        self.files.lock_folders(folders)
    }

    fn lock_file(&self, path: &Path, verb: &str) -> Result<Attempt, Failure> {
        self.files.lock_file(path, verb)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.thaw();
        self.files.append(path, bytes)
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.files.fill(path, bytes)
    }

    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        self.files.stage(folder)
    }

    fn publish(&self, staged: &Path, folder: &Path) -> Result<(), Failure> {
        self.files.publish(staged, folder)
    }

    fn scratch(&self, name: &str, purpose: &str) -> Result<PathBuf, Failure> {
        self.files.scratch(name, purpose)
    }

    fn discard(&self, scratch: &Path) {
        self.files.discard(scratch);
    }

    fn allow_to_run(&self, path: &Path) -> Result<(), Failure> {
        self.files.allow_to_run(path)
    }

    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.thaw();
        self.files.remove(path)
    }

    fn remove_same(&self, path: &Path, old: &[u8]) -> Result<bool, Failure> {
        self.thaw();
        self.files.remove_same(path, old)
    }

    fn create(&self, path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
        self.thaw();
        self.files.create(path, bytes)
    }

    fn sweep(&self, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        self.files.sweep(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Disk;

    #[test]
    fn what_was_read_stays_until_something_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().to_owned());
        let (frozen, a, b) = (Frozen::new(&disk), Path::new("a"), Path::new("b"));
        disk.write(a, b"1").unwrap();
        assert_eq!(frozen.read(a).unwrap().as_deref(), Some(&b"1"[..]));
        assert_eq!(frozen.read(b).unwrap(), None);
        disk.write(a, b"2").unwrap();
        disk.write(b, b"2").unwrap();
        assert_eq!(frozen.read(a).unwrap().as_deref(), Some(&b"1"[..]));
        assert_eq!(frozen.read(b).unwrap(), None);
        assert!(!frozen.replace(a, Some(b"1"), b"3").unwrap(), "the disk says otherwise");
        assert_eq!(frozen.read(a).unwrap().as_deref(), Some(&b"2"[..]));
    }
}
