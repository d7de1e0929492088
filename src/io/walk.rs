//! Walks through folders: links are not followed, and git's own folder is not entered.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    io,
    path::{Component, Path},
};

use walkdir::{DirEntry, WalkDir};

use crate::scalar::is_git_folder;

/// All that is below a folder and is no folder, `/`-separated from it, sorted; folders are entered where `enters` says so
/// of their path. What cannot be read is told to `unread`, by its path.
pub(super) fn below(
    top: &Path,
    enters: &dyn Fn(&str) -> bool,
    unread: &mut dyn FnMut(String, io::Error),
) -> Vec<String> {
    let is_entered = |entry: &DirEntry| {
        let is_gits = entry.file_name().to_str().is_some_and(is_git_folder);
        !is_gits && (!entry.file_type().is_dir() || entry.depth() == 0 || enters(&inside(top, entry.path())))
    };
    let mut found = Vec::new();
    for entry in WalkDir::new(top).into_iter().filter_entry(is_entered) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => found.push(inside(top, entry.path())),
            Err(why) => unread(why.path().map(|path| inside(top, path)).unwrap_or_default(), why.into()),
        }
    }
    found.retain(|path| !path.is_empty());
    found.sort();
    found
}

/// All files below a folder with their sizes in bytes; what cannot be read is passed over.
pub(super) fn sized(top: &Path, enters: &dyn Fn(&str) -> bool) -> Vec<(String, u64)> {
    let is_entered = |entry: &DirEntry| {
        !entry.file_type().is_dir() || entry.depth() == 0 || enters(&inside(top, entry.path()))
    };
    let entries = WalkDir::new(top).into_iter().filter_entry(is_entered).filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let mut found: Vec<_> =
        files.filter_map(|entry| Some((inside(top, entry.path()), entry.metadata().ok()?.len()))).collect();
    found.retain(|(path, _)| !path.is_empty());
    found.sort();
    found
}

/// The path from a folder with `/`; empty where it is not Unicode.
fn inside(top: &Path, path: &Path) -> String {
    path.strip_prefix(top).ok().and_then(slashed).unwrap_or_default()
}

fn slashed(path: &Path) -> Option<String> {
    let parts = path.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}
