//! The disk's borders, with the real disk: git's folder, links, permissions, sizes.
#![allow(clippy::disallowed_methods, reason = "a test lays out its folder itself")]

mod borders;
#[cfg(unix)]
mod modes;
mod sizes;

use super::{Disk, Failure};

/// A folder, and the disk seen from it.
fn world() -> (tempfile::TempDir, Disk) {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk::new(std::fs::canonicalize(folder.path()).expect("a real path"));
    (folder, disk)
}

/// That a failure says this.
#[track_caller]
fn says<T: std::fmt::Debug>(result: Result<T, Failure>, words: &str) {
    let failure = result.expect_err("it is refused");
    assert!(failure.message.contains(words), "{}", failure.message);
    assert!(failure.help.is_some(), "{}: without help", failure.message);
}
