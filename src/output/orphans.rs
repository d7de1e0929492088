//! Files that bear the mark and that the source no longer makes.

use super::{Tree, tree::paths};
use crate::{
    io::Failure,
    model::Roadmap,
    render::{Page, PagePath, is_marked},
    source::joined,
};

/// The orphans, sorted: marked Markdown files beside the JSON and in the folder of the milestones' pages, and marked files
/// of any kind in the site's folder, where the site is looked at.
///
/// # Errors
/// Where a folder or a file in it cannot be read.
pub fn orphans(
    tree: Tree<'_>,
    roadmap: &Roadmap,
    pages: &[Page],
    with_site: bool,
) -> Result<Vec<PagePath>, Failure> {
    let milestones =
        roadmap.outputs.milestones.clone().unwrap_or_else(|| joined(&roadmap.base, "milestones"));
    let beside = tree.files.list(&tree.root.join(&roadmap.base))?;
    let below = tree.files.walk(&tree.root.join(&milestones))?;
    let beside = beside.iter().map(|name| joined(&roadmap.base, name));
    let mut candidates: Vec<_> = beside.chain(below.iter().map(|name| joined(&milestones, name))).collect();
    candidates.retain(|path| path.ends_with(".md"));
    if with_site {
        let site = roadmap.outputs.site.as_deref().unwrap_or("site");
        candidates.extend(tree.files.walk(&tree.root.join(site))?.iter().map(|name| joined(site, name)));
    }
    candidates.sort();
    candidates.dedup();
    if !candidates.is_empty() {
        let pages = paths(pages);
        candidates.retain(|path| !pages.contains(path.as_str()));
    }
    let mut orphans = Vec::new();
    for path in candidates.into_iter().map(PagePath::new) {
        let is_file = tree.files.entry(&tree.path(&path))? == Some(crate::io::Entry::File);
        if is_file && tree.read(&path)?.is_some_and(|bytes| is_marked(&path, &bytes)) {
            orphans.push(path);
        }
    }
    Ok(orphans)
}
