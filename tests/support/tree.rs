//! What a folder holds, compared.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// All files of a folder and what they hold; a link holds `-> ` and where it leads.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// All files below a folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(folder.join(&inside)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = inside.join(entry.file_name());
            let kind = entry.file_type().expect("its kind");
            let name = path.to_str().expect("a Unicode name").replace('\\', "/");
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_symlink() {
                let target = fs::read_link(entry.path()).expect("where it leads");
                found.insert(name, format!("-> {}", target.display()).into());
            } else {
                found.insert(name, fs::read(entry.path()).expect("a file"));
            }
        }
    }
    found
}

/// The paths by which two states of a folder differ.
pub(crate) fn changed(before: &Tree, after: &Tree) -> Vec<String> {
    let all = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
    all.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

/// Holds two states of a folder to being the same, and names the files by which they differ.
#[track_caller]
pub(crate) fn same_tree(before: &Tree, after: &Tree) {
    assert_eq!(changed(before, after), Vec::<String>::new(), "these files changed");
}

/// JSON as people write it.
pub(crate) fn pretty(value: &serde_json::Value) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("JSON");
    text.push('\n');
    text
}
