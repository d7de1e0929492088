//! Folders that are made to be looked at, and go away with the next one of their kind.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use super::{Failure, modes};

/// Beside the folder's content: what it was made for. Nothing without this file is ever removed.
const PURPOSE: &str = ".purpose";

/// One that is as old as this was looked at, whatever it was made for.
const OLD: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes an empty folder below `top`, the system's own; see [`super::Files::scratch`].
pub(super) fn make(top: &Path, name: &str, purpose: &str) -> Result<PathBuf, Failure> {
    let prefix = format!("{name}-");
    sweep(top, &prefix, purpose);
    made(top, &prefix, purpose).map_err(|why| Failure::files("make a folder in", top, &why))
}

fn made(top: &Path, prefix: &str, purpose: &str) -> io::Result<PathBuf> {
    let folder = modes::private_folder(prefix).tempdir_in(top)?;
    fs::write(folder.path().join(PURPOSE), purpose)?;
    Ok(folder.keep())
}

/// Removes earlier folders of the same purpose, and old ones. What cannot be looked at or removed is somebody else's.
fn sweep(top: &Path, prefix: &str, purpose: &str) {
    let entries = fs::read_dir(top).into_iter().flatten().flatten();
    let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
    for folder in named.map(|entry| entry.path()) {
        let said = folder.join(PURPOSE);
        let is_folder = fs::symlink_metadata(&folder).is_ok_and(|found| found.is_dir());
        let is_same = is_folder && fs::read_to_string(&said).is_ok_and(|said| said == purpose);
        if is_same || is_folder && is_old(&said) {
            discard(&folder);
        }
    }
}

fn is_old(file: &Path) -> bool {
    let written =
        fs::symlink_metadata(file).ok().filter(fs::Metadata::is_file).and_then(|found| found.modified().ok());
    written.and_then(|written| SystemTime::now().duration_since(written).ok()).is_some_and(|age| age > OLD)
}

/// Leaves a folder that was made here to its user: without a purpose it is nobody's to remove.
pub(super) fn leave(folder: &Path) {
    // Where that fails it is only removed after a day.
    let _ = fs::remove_file(folder.join(PURPOSE));
}

/// Removes a folder that was made here.
pub(super) fn discard(folder: &Path) {
    let is_ours = fs::symlink_metadata(folder.join(PURPOSE)).is_ok_and(|found| found.is_file());
    if is_ours {
        // Whoever looks at it still keeps it; the next run tries again.
        let _ = fs::remove_dir_all(folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_takes_the_place_of_the_one_before() {
        let top = tempfile::tempdir().expect("a folder");
        let make = |purpose: &str| {
            sweep(top.path(), "roadbook-try-", purpose);
            made(top.path(), "roadbook-try-", purpose).expect("a folder")
        };
        let (first, other) = (make("/a"), make("/b"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&first).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "nobody else looks into it");
        }
        let strange = top.path().join("roadbook-try-strange");
        fs::create_dir(&strange).expect("a folder");
        let second = make("/a");
        assert!(!first.exists() && second.exists() && other.exists() && strange.exists());
        let yesterday = SystemTime::now() - OLD - Duration::from_secs(60);
        let said = fs::File::options().write(true).open(other.join(PURPOSE)).expect("a file");
        said.set_modified(yesterday).expect("a time");
        make("/c");
        assert!(!other.exists() && second.exists() && strange.exists());
        discard(&strange);
        discard(&second);
        assert!(strange.exists() && !second.exists());
    }
}
