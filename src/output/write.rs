//! Writing what differs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    Found, Tree, as_on_disk,
    tree::{Stop, firsts},
};
use crate::{
    io::{Entry, Failure, FailureKind, Progress},
    render::{Page, PageKind, PagePath, Renderer, SitePage},
};

/// How many bytes of room a thread keeps from page to page.
const MOST_ROOM: usize = 1 << 20;

/// Writes pages, each whole or not at all. A folder of pages that is not there yet is filled under a temporary name and
/// renamed once, so that a run that is killed leaves none of it.
///
/// # Errors
/// Where the disk refuses, or a template fails on a page. Where a place is refused, nothing was written; else pages that
/// were written before stay.
pub(crate) fn write(
    tree: Tree<'_>,
    renderer: &Renderer,
    pages: &[(&Page, &Found)],
    progress: &Progress<'_>,
) -> Result<(), Stop> {
    let mut missing = BTreeMap::new();
    for page in firsts(pages.iter().map(|(page, _)| *page)) {
        if !missing.contains_key(page.path.folder()) {
            let folder = missing_folder(tree, &page.path)?;
            // What is in it is not there either, so that no link but one on the way to it can lead out.
            folder.map_or(Ok(()), |_| tree.target(&page.path).map(drop))?;
            missing.insert(page.path.folder(), folder);
        }
    }
    let target = |(page, _): &(&Page, &Found)| match missing.get(page.path.folder()) {
        Some(Some(_)) => Ok(None),
        _ => tree.target(&page.path).map(Some),
    };
    let targets: Vec<_> = pages.par_iter().map(target).collect::<Result<_, _>>()?;
    let missing: BTreeSet<_> = missing.into_values().flatten().collect();
    let mut staged = Staged::new();
    let done = stage(tree, missing, &mut staged)
        .and_then(|()| fill(tree, renderer, pages, &targets, &staged, progress))
        .and_then(|()| Ok(staged.values().try_for_each(|(place, own)| tree.files.publish(place, own))?));
    if done.is_err() {
        // What failed first is told; what is left in spite of this is swept by the next run.
        staged.values().filter_map(|(_, own)| own.parent()).for_each(|beside| drop(tree.files.sweep(beside)));
    }
    done
}

/// Removes what killed runs left on the way to the pages, and in other folders where files are replaced. Returns what of it
/// somebody saved, which is kept.
///
/// # Errors
/// Where a folder cannot be read, or what was left in it cannot be removed.
pub(crate) fn sweep(
    tree: Tree<'_>,
    pages: &[Page],
    others: &BTreeSet<&str>,
) -> Result<Vec<PathBuf>, Failure> {
    let mut folders: BTreeSet<_> = firsts(pages.iter()).flat_map(|page| folders(&page.path)).collect();
    folders.extend(others);
    let mut kept = Vec::new();
    for folder in std::iter::once("").chain(folders) {
        let folder = tree.root.join(folder);
        if tree.files.real(&folder)?.starts_with(tree.root) {
            kept.extend(tree.files.sweep(&folder)?);
        }
    }
    Ok(kept)
}

/// Folders to be filled: for each that is not there yet, by its path from the root, its temporary place and its own.
type Staged = BTreeMap<String, (PathBuf, PathBuf)>;

/// Makes the temporary places.
fn stage(tree: Tree<'_>, missing: BTreeSet<&str>, staged: &mut Staged) -> Result<(), Stop> {
    for folder in missing {
        let own = tree.files.real(&tree.root.join(folder))?;
        staged.insert(folder.to_owned(), (tree.files.stage(&own)?, own));
    }
    Ok(())
}

/// Writes the pages, those of staged folders into the temporary places.
fn fill(
    tree: Tree<'_>,
    renderer: &Renderer,
    pages: &[(&Page, &Found)],
    targets: &[Option<PathBuf>],
    staged: &Staged,
    progress: &Progress<'_>,
) -> Result<(), Stop> {
    let mut all: Vec<_> = pages.iter().zip(targets).collect();
    // The files for machines are the largest: they are made while little else is held.
    all.sort_by_key(|((page, _), _)| !matches!(page.kind, PageKind::Site(SitePage::Data(_))));
    all.into_par_iter().try_for_each_init(Vec::new, |room, ((page, found), target)| {
        progress.count("writing page", pages.len());
        let bytes: &[u8] = match found {
            Found::Missing(Some(made)) => made,
            _ => {
                if room.capacity() > MOST_ROOM {
                    *room = Vec::new();
                }
                room.clear();
                renderer.bytes(page, room)?;
                room
            }
        };
        let (old, is_theirs) = match found {
            Found::Differs(old) => (Some(old.as_slice()), matches!(page.kind, PageKind::Doc(_))),
            Found::Foreign(old) => (Some(old.as_slice()), true),
            Found::Same | Found::Missing(_) => (None, false),
        };
        let bytes = as_on_disk(bytes, old.filter(|_| !matches!(page.kind, PageKind::Doc(_))));
        match (target, in_staged(staged, &page.path)) {
            (None, Some(place)) => tree.files.fill(&place, &bytes)?,
            (target, _) => {
                let path = tree.path(&page.path);
                let target = target.as_ref().unwrap_or(&path);
                // What people write too is replaced only as it was read, and what they made meanwhile not at all.
                let is_written = match found {
                    Found::Missing(_) => tree.files.create(target, &bytes)?,
                    _ if is_theirs => tree.files.replace(target, old, &bytes)?,
                    _ => tree.files.write(target, &bytes).map(|()| true)?,
                };
                if !is_written {
                    return Err(Failure::changed(&page.path).into());
                }
            }
        }
        Ok(())
    })
}

/// The temporary place of a page.
fn in_staged(staged: &Staged, path: &PagePath) -> Option<PathBuf> {
    folders(path).find_map(|folder| {
        let (place, _) = staged.get(folder)?;
        Some(place.join(Path::new(path.as_str().get(folder.len() + 1..)?)))
    })
}

/// The first folder on the way to a page that is not there yet.
fn missing_folder<'p>(tree: Tree<'_>, path: &'p PagePath) -> Result<Option<&'p str>, Failure> {
    for folder in folders(path) {
        match tree.files.entry(&tree.root.join(folder))? {
            Some(Entry::Folder) => {}
            None => return Ok(Some(folder)),
            Some(_) => {
                let message = format!("cannot write `{path}`: `{folder}` is not a folder");
                return Err(Failure::new(FailureKind::Files, message));
            }
        }
    }
    Ok(None)
}

/// The folders on the way to a page, from the root down.
fn folders(path: &PagePath) -> impl Iterator<Item = &str> {
    path.as_str().match_indices('/').map(|(end, _)| &path.as_str()[..end])
}
