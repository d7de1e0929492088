//! What is larger than its kind can be is refused before it is read.

use std::{fs::File, path::Path};

use super::{says, world};
use crate::io::{Files, Limit};

#[test]
fn a_file_is_refused_by_its_size_before_it_is_read() {
    let (folder, disk) = world();
    // Holes: none of these takes room on the disk, and all of them would in memory.
    for (limit, words) in [
        (Limit::Template, "it is larger than 1 MiB"),
        (Limit::Document, "it is larger than 64 MiB"),
        (Limit::Source, "it is larger than 1 GiB"),
    ] {
        let file = File::create(folder.path().join("a")).expect("a file");
        file.set_len(limit.bytes() + 1).expect("it grows");
        says(disk.read_at_most(Path::new("a"), limit), words);
        says(disk.read_inside(disk.here(), Path::new("a"), limit), words);
    }
    says(disk.read(Path::new("a")), "`a`: it is larger than 1 GiB");
    let file = File::create(folder.path().join("a")).expect("a file");
    file.set_len(Limit::Template.bytes()).expect("it grows");
    let read = disk.read_at_most(Path::new("a"), Limit::Template).expect("it is read").expect("it is there");
    assert_eq!(read.len() as u64, Limit::Template.bytes());
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_says_it_is_empty_is_bounded_as_well() {
    let (_folder, disk) = world();
    let path = Path::new("/proc/kallsyms");
    let is_large = std::fs::read(path).is_ok_and(|bytes| bytes.len() as u64 > Limit::Template.bytes());
    if is_large {
        says(disk.read_at_most(path, Limit::Template), "it is larger than 1 MiB");
    }
    assert!(disk.read(Path::new("/dev/zero")).is_err(), "a device has no end");
}
