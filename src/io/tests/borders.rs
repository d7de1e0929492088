//! Git's folder is written by nothing, and nothing is read through a link that leads out.

use std::{fs, path::Path};

use super::{says, world};
use crate::io::{Disk, Files, Limit};

/// Everything that changes something is refused at this path, and leaves the folder as it is.
#[track_caller]
fn is_closed(disk: &Disk, path: &str) {
    let words = "git's own folder";
    let path = Path::new(path);
    says(disk.write(path, b"x"), words);
    says(disk.append(path, b"x"), words);
    says(disk.fill(path, b"x"), words);
    says(disk.stage(path), words);
    says(disk.remove(path), words);
    says(disk.allow_to_run(path), words);
    let staged = disk.stage(Path::new("staged")).expect("it is made");
    says(disk.publish(&staged, path), words);
    fs::remove_dir(staged).expect("it is empty");
}

#[test]
fn gits_folder_is_closed_under_every_name() {
    let (folder, disk) = world();
    fs::create_dir(folder.path().join(".git")).expect("a folder");
    fs::write(folder.path().join(".git/config"), "theirs").expect("a file");
    for name in [
        ".git",
        ".GIT",
        ".g\u{200c}it",
        "git~1",
        "GIT~2",
        ".git ",
        ".git.",
        ".git::$INDEX_ALLOCATION",
        ".git:x",
    ] {
        is_closed(&disk, name);
        is_closed(&disk, &format!("{name}/config"));
        is_closed(&disk, &format!("{name}/hooks/pre-commit"));
        is_closed(&disk, &format!("a/b/../{name}/new/x"));
    }
    says(disk.sweep(Path::new(".git")), "git's own folder");
    assert_eq!(fs::read(folder.path().join(".git/config")).expect("it is there"), b"theirs");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else was made");
    disk.write(Path::new(".github/x.yml"), b"x").expect("another folder");
    disk.write(Path::new("a/.gitignore"), b"x").expect("another file");
}

#[test]
fn a_folder_that_holds_what_git_keeps_is_closed_whatever_its_name_is() {
    let (folder, disk) = world();
    let at = |path: &str| folder.path().join(path);
    for path in ["bare/objects/ab", "bare/refs/heads", "bare/hooks", "linked/logs"] {
        fs::create_dir_all(at(path)).expect("a folder");
    }
    for path in ["bare/HEAD", "linked/HEAD", "linked/commondir"] {
        fs::write(at(path), "x").expect("a file");
    }
    for path in ["bare/config", "bare/hooks/post-checkout", "bare/new/x", "linked/config", "linked/logs/x"] {
        is_closed(&disk, path);
    }
    // A working tree may lie below a bare repository: it has a `.git` of its own.
    fs::create_dir(at("bare/main")).expect("a folder");
    fs::write(at("bare/main/.git"), "gitdir: ..\n").expect("a file");
    disk.write(Path::new("bare/main/docs/a.md"), b"x").expect("it is a working tree");
    is_closed(&disk, "bare/main/.git");
    assert_eq!(fs::read(at("bare/main/.git")).expect("it is there"), b"gitdir: ..\n");
}

#[test]
fn only_a_hook_goes_where_gits_hooks_lie() {
    let (folder, disk) = world();
    fs::create_dir_all(folder.path().join(".git/hooks")).expect("a folder");
    let hook = Path::new(".git/hooks/pre-commit");
    disk.install_hook(hook, b"#!/bin/sh\n").expect("it is installed");
    assert_eq!(fs::read(folder.path().join(hook)).expect("it is there"), b"#!/bin/sh\n");
    for path in [".git/pre-commit", ".git/config", ".git/hooks/post-checkout", ".git/hooks/pre-commit/x"] {
        says(disk.install_hook(Path::new(path), b"x"), "git's own folder");
    }
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn no_link_leads_into_gits_folder() {
        let (folder, disk) = world();
        let at = |path: &str| folder.path().join(path);
        fs::create_dir_all(at(".git/hooks")).expect("a folder");
        symlink(".git", at("link")).expect("a link");
        symlink("link/hooks", at("far")).expect("a link");
        symlink(".git/nothing/yet", at("dangling")).expect("a link");
        for path in ["link/config", "far/post-checkout", "link/new/x", "dangling/x", "dangling/a/b"] {
            is_closed(&disk, path);
        }
        assert_eq!(disk.real(Path::new("dangling/x")), Ok(disk.here().join(".git/nothing/yet/x")));
        symlink("dangling", at("journal")).expect("a link");
        says(disk.append(Path::new("journal"), b"x"), "it is a link");
        assert!(!at(".git/nothing").exists() && fs::read_dir(at(".git")).expect("a folder").count() == 1);
        // A link in the way of a file is replaced, never written through.
        symlink(".git/config", at("page.md")).expect("a link");
        disk.write(Path::new("page.md"), b"x").expect("it is written");
        assert!(!at(".git/config").exists() && at("page.md").is_file());
    }

    #[test]
    fn nothing_is_read_through_a_link_that_leads_out() {
        let (outside, _) = world();
        let (folder, disk) = world();
        let at = |path: &str| folder.path().join(path);
        let root = disk.here();
        fs::create_dir(at(".git")).expect("a folder");
        for path in [outside.path().join("secret"), at(".git/config"), at("own")] {
            fs::write(path, "words").expect("a file");
        }
        symlink(outside.path().join("secret"), at("a.json")).expect("a link");
        symlink(outside.path(), at("out")).expect("a link");
        symlink(".git", at("git")).expect("a link");
        symlink("own", at("in")).expect("a link");
        symlink("/dev/zero", at("zero")).expect("a link");
        symlink("loop", at("loop")).expect("a link");
        let read = |path: &str| disk.read_inside(root, &root.join(path), Limit::Document);
        for path in ["a.json", "out/secret", "zero", "out/nothing"] {
            says(read(path), "it leads out of the root");
            assert!(!disk.is_inside(root, &root.join(path)), "{path}");
        }
        for path in ["git/config", ".git/config"] {
            says(read(path), "it leads into git's own folder");
            assert!(!disk.is_inside(root, &root.join(path)) && disk.is_gits(Path::new(path)), "{path}");
        }
        says(disk.walk_inside(root, Path::new("out")), "it leads out of the root");
        assert!(read("loop").is_err() && !disk.is_inside(root, Path::new("loop")));
        assert_eq!(read("in"), Ok(Some(b"words".to_vec())));
        assert_eq!(read("own"), Ok(Some(b"words".to_vec())));
        assert_eq!((read("nothing"), read("none/of/it")), (Ok(None), Ok(None)));
        // What a person names is theirs to name.
        assert_eq!(disk.read(Path::new("out/secret")), Ok(Some(b"words".to_vec())));
    }
}
