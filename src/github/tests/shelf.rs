//! A machine in memory, as far as an apply meets it: files on a disk that may be full, and a clock that only counts.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use crate::{
    io::{Clock, Entry, Failure, FailureKind, Files},
    model::Day,
};

/// A clock that only counts.
#[derive(Default)]
pub(in crate::github) struct Ticks(Mutex<Duration>);

impl Clock for Ticks {
    fn today(&self) -> Result<Day, Failure> {
        Ok(Day::FIRST)
    }
    fn now(&self) -> Duration {
        let mut now = self.0.lock().unwrap();
        *now += Duration::from_millis(1);
        *now
    }
    fn sleep(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

/// The files, and how many more times the disk takes something.
pub(in crate::github) struct Shelf {
    files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    pub(in crate::github) room: AtomicUsize,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { files: Mutex::default(), room: AtomicUsize::new(usize::MAX) }
    }
}

impl Shelf {
    fn take(&self) -> Result<(), Failure> {
        let less = |room: usize| room.checked_sub(1);
        let taken = self.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less);
        taken.map(drop).map_err(|_| Failure::new(FailureKind::Files, "the disk is full"))
    }
}

impl Files for Shelf {
    fn here(&self) -> &Path {
        Path::new("/")
    }
    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        Ok(self.files.lock().unwrap().contains_key(path).then_some(Entry::File))
    }
    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        Ok(self.files.lock().unwrap().get(path).cloned())
    }
    fn list(&self, _: &Path) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }
    fn walk(&self, _: &Path) -> Result<Vec<String>, Failure> {
        Ok(Vec::new())
    }
    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        Ok(path.to_owned())
    }
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.take()?;
        self.files.lock().unwrap().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
    fn append(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        self.take()?;
        self.files.lock().unwrap().entry(path.to_owned()).or_default().extend(bytes);
        Ok(())
    }
    fn stage(&self, folder: &Path) -> Result<PathBuf, Failure> {
        Ok(folder.to_owned())
    }
    fn publish(&self, _: &Path, _: &Path) -> Result<(), Failure> {
        Ok(())
    }
    fn remove(&self, path: &Path) -> Result<(), Failure> {
        self.files.lock().unwrap().remove(path);
        Ok(())
    }
    fn sweep(&self, _: &Path) -> Result<Vec<PathBuf>, Failure> {
        Ok(Vec::new())
    }
}
