//! A second name for a file that is about to be replaced, so that its contents outlast that.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

/// Gives a file another name as well; `false` where that name is taken. The name leads to the same file, so that what
/// somebody writes into it meanwhile is kept too; where the file system cannot do that, it is a copy.
pub(super) fn save_as(path: &Path, name: &Path) -> io::Result<bool> {
    match fs::hard_link(path, name) {
        Ok(()) => Ok(true),
        Err(why) if why.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(_) => copy(path, name),
    }
}

fn copy(path: &Path, name: &Path) -> io::Result<bool> {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    // Nobody else reads it before it has the permissions of the other one.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut from = fs::File::open(path)?;
    let mut to = match options.open(name) {
        Err(why) if why.kind() == ErrorKind::AlreadyExists => return Ok(false),
        made => made?,
    };
    let done = io::copy(&mut from, &mut to)
        .and_then(|_| to.set_permissions(from.metadata()?.permissions()))
        .and_then(|()| to.sync_all());
    if done.is_err() {
        // Half of a file is no copy.
        let _ = fs::remove_file(name);
    }
    done.map(|()| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_has_the_same_permissions_and_takes_no_name_that_is_taken() {
        let folder = tempfile::TempDir::new().expect("a folder");
        let (path, name) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&path, "words").expect("it is written");
        let mut mode = fs::metadata(&path).expect("it is there").permissions();
        mode.set_readonly(true);
        fs::set_permissions(&path, mode.clone()).expect("it is ours");
        for (save, name) in [(copy as fn(&Path, &Path) -> _, &name), (save_as, &folder.path().join("c"))] {
            assert!(save(&path, name).expect("it is kept"));
            assert_eq!(fs::read(name).expect("it is there"), b"words");
            assert_eq!(fs::metadata(name).expect("it is there").permissions(), mode);
            assert!(!save(&path, name).expect("it is looked at"), "the name is taken");
            assert!(save(&folder.path().join("none"), &folder.path().join("d")).is_err());
            assert!(!folder.path().join("d").exists());
        }
    }
}
