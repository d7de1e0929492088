//! Writing what differs.

use std::{collections::BTreeMap, path::PathBuf};

use rayon::prelude::*;

use super::{Found, Tree, as_on_disk, tree::Stop};
use crate::{
    io::Entry,
    render::{Page, PageKind, Renderer},
};

/// Writes pages, each whole or not at all. A folder of pages that is not there yet is filled under a temporary name and
/// renamed once, so that a run that is killed leaves none of it.
///
/// # Errors
/// Where the disk refuses, or a template fails on a page. Pages that were written before stay.
pub fn write(tree: Tree<'_>, renderer: &Renderer, pages: &[(&Page, &Found)]) -> Result<(), Stop> {
    let staged = stage(tree, pages)?;
    let written = pages.par_iter().try_for_each_init(Vec::new, |bytes, (page, found)| {
        bytes.clear();
        renderer.bytes(page, bytes)?;
        let old = match found {
            Found::Differs(old) | Found::Foreign(old) if !matches!(page.kind, PageKind::Doc(_)) => {
                Some(old.as_slice())
            }
            _ => None,
        };
        let bytes = as_on_disk(bytes, old);
        let (folder, name) = page.path.as_str().rsplit_once('/').unwrap_or(("", page.path.as_str()));
        let target = match staged.get(folder) {
            Some((folder, _)) => folder.join(name),
            None => tree.target(&page.path)?,
        };
        Ok(tree.files.write(&target, &bytes)?)
    });
    for (folder, target) in staged.into_values() {
        match &written {
            Ok(()) => tree.files.publish(&folder, &target)?,
            Err(_) => tree.files.sweep(target.parent().unwrap_or(tree.root))?,
        }
    }
    written
}

/// Folders to be filled: for each folder that is not there yet, by its path from the root, its temporary place and its
/// own.
fn stage(tree: Tree<'_>, pages: &[(&Page, &Found)]) -> Result<BTreeMap<String, (PathBuf, PathBuf)>, Stop> {
    let mut staged = BTreeMap::new();
    for (page, found) in pages {
        let Some((folder, _)) = page.path.as_str().rsplit_once('/').filter(|_| **found == Found::Missing)
        else {
            continue;
        };
        if staged.contains_key(folder) || tree.files.entry(&tree.root.join(folder))? == Some(Entry::Folder) {
            continue;
        }
        // Looked at for its own sake: a link that leaves the root is refused before anything is made.
        let target = tree.target(&page.path)?;
        let target = target.parent().unwrap_or(tree.root).to_owned();
        staged.insert(folder.to_owned(), (tree.files.stage(&target)?, target));
    }
    Ok(staged)
}
