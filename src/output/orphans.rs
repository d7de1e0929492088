//! Files that have the mark and that the source no longer makes.

use super::{Tree, tree::paths};
use crate::{
    io::{Entry, Failure},
    model::Roadmap,
    render::{Page, PagePath, is_marked},
    source::joined,
};

/// The orphans, sorted: marked Markdown files beside the JSON and in the folder of the milestones' pages, and marked files
/// of any kind in the site's folder, where the site is looked at.
///
/// # Errors
/// Where a folder or a file in it cannot be read.
pub(crate) fn orphans(
    tree: Tree<'_>,
    roadmap: &Roadmap,
    pages: &[Page],
    with_site: bool,
) -> Result<Vec<PagePath>, Failure> {
    let milestones =
        roadmap.outputs.milestones.clone().unwrap_or_else(|| joined(&roadmap.base, "milestones"));
    let beside = tree.files.list(&tree.root.join(&roadmap.base))?;
    let below = inside(tree, &milestones, roadmap.outputs.milestones.is_some())?;
    let mut candidates: Vec<_> = beside.iter().map(|name| joined(&roadmap.base, name)).chain(below).collect();
    candidates.retain(|path| path.ends_with(".md"));
    if with_site {
        let site = roadmap.outputs.site.as_deref().unwrap_or("site");
        candidates.extend(inside(tree, site, roadmap.outputs.site.is_some())?);
    }
    candidates.sort();
    candidates.dedup();
    if !candidates.is_empty() {
        let pages = paths(pages);
        candidates.retain(|path| !pages.contains(path.as_str()));
    }
    let mut orphans = Vec::new();
    for path in candidates.into_iter().map(PagePath::new) {
        let place = tree.path(&path);
        // What a link leads to outside was not made here.
        let is_ours =
            tree.files.is_inside(tree.root, &place) && tree.files.entry(&place)? == Some(Entry::File);
        if is_ours && tree.read(&path)?.is_some_and(|bytes| is_marked(&path, &bytes)) {
            orphans.push(path);
        }
    }
    Ok(orphans)
}

/// The files in a folder of outputs. One that leads out of the root is refused where something is to be written in it, and
/// otherwise none of ours.
fn inside(tree: Tree<'_>, folder: &str, is_output: bool) -> Result<Vec<String>, Failure> {
    let place = tree.root.join(folder);
    if !is_output && !tree.files.is_inside(tree.root, &place) {
        return Ok(Vec::new());
    }
    let names = tree.files.walk_inside(tree.root, &place)?;
    Ok(names.iter().map(|name| joined(folder, name)).collect())
}
