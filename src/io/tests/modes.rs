//! Permissions: those of git's kind where a file is new, those of the file where it is replaced. The umask is the whole
//! process's: what it takes away is tested with processes, in `tests/suite/disk.rs`.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::world;
use crate::io::Files;

#[test]
fn a_file_that_is_replaced_keeps_its_permissions() {
    let (folder, disk) = world();
    let at = folder.path().join("a");
    for mode in [0o600, 0o640, 0o664, 0o755, 0o777, 0o444] {
        let _ = fs::remove_file(&at);
        fs::write(&at, "old").expect("a file");
        fs::set_permissions(&at, fs::Permissions::from_mode(mode)).expect("its mode");
        disk.write(Path::new("a"), b"new").expect("it is written");
        let found = fs::metadata(&at).expect("it is there").permissions().mode() & 0o7777;
        assert_eq!(found, mode, "{found:o} is not {mode:o}");
        assert_eq!(fs::read(&at).expect("it is read"), b"new");
    }
}

#[test]
fn what_ran_as_its_owner_does_so_no_longer() {
    let (folder, disk) = world();
    let at = folder.path().join("a");
    fs::write(&at, "old").expect("a file");
    fs::set_permissions(&at, fs::Permissions::from_mode(0o4755)).expect("its mode");
    disk.write(Path::new("a"), b"new").expect("it is written");
    assert_eq!(fs::metadata(&at).expect("it is there").permissions().mode() & 0o7777, 0o755);
}
