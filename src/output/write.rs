//! Writing what differs.

use std::{collections::BTreeMap, path::PathBuf};

use rayon::prelude::*;

use super::{Found, Tree, as_on_disk, tree::Stop};
use crate::render::{Page, PageKind, PagePath, Renderer};

/// Writes pages, each whole or not at all. A folder of pages that is not there yet is filled under a temporary name, with
/// the folders in it, and renamed once, so that a run that is killed leaves none of it.
///
/// # Errors
/// Where the disk refuses, or a template fails on a page. Pages that were written before stay.
pub fn write(tree: Tree<'_>, renderer: &Renderer, pages: &[(&Page, &Found)]) -> Result<(), Stop> {
    let staged = Staged::new(tree, pages)?;
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
        let target = match staged.target(&page.path) {
            Some(target) => target,
            None => tree.target(&page.path)?,
        };
        Ok(tree.files.write(&target, &bytes)?)
    });
    for (folder, target) in staged.tops.into_values() {
        match &written {
            Ok(()) => tree.files.publish(&folder, &target)?,
            Err(_) => tree.files.sweep(target.parent().unwrap_or(tree.root))?,
        }
    }
    written
}

/// Folders to be filled under a temporary name: of those that are not there yet the topmost ones.
struct Staged {
    /// For each folder of pages, by its path from the root, the topmost folder above it that is not there; empty where
    /// it is there itself.
    folders: BTreeMap<String, String>,
    /// For each topmost missing folder its temporary place and its own.
    tops: BTreeMap<String, (PathBuf, PathBuf)>,
}

impl Staged {
    fn new(tree: Tree<'_>, pages: &[(&Page, &Found)]) -> Result<Self, Stop> {
        let mut staged = Self { folders: BTreeMap::new(), tops: BTreeMap::new() };
        for (page, _) in pages.iter().filter(|(_, found)| **found == Found::Missing) {
            let folder = folder(&page.path);
            if staged.folders.contains_key(folder) {
                continue;
            }
            let top = topmost_missing(tree, folder)?;
            staged.folders.insert(folder.to_owned(), top.to_owned());
            if !top.is_empty() && !staged.tops.contains_key(top) {
                // A link that leaves the root is refused before anything is made.
                let target = tree.target(&PagePath::new(top))?;
                staged.tops.insert(top.to_owned(), (tree.files.stage(&target)?, target));
            }
        }
        Ok(staged)
    }

    /// Where a page is written to for now; `None` where its folder is there.
    fn target(&self, page: &PagePath) -> Option<PathBuf> {
        let top = self.folders.get(folder(page))?;
        let (staged, _) = self.tops.get(top)?;
        Some(staged.join(page.as_str().get(top.len() + 1..)?))
    }
}

/// The folder of a page, from the root; empty for the root itself.
fn folder(page: &PagePath) -> &str {
    page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Of a folder and those above it the topmost one that is not there; empty where all are.
fn topmost_missing<'p>(tree: Tree<'_>, folder: &'p str) -> Result<&'p str, Stop> {
    let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
    for end in ends.filter(|end| *end > 0) {
        if tree.files.entry(&tree.root.join(&folder[..end]))?.is_none() {
            return Ok(&folder[..end]);
        }
    }
    Ok("")
}
