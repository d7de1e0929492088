//! Files that bear the mark and that the source no longer makes.

use super::{Tree, is_marked, tree::paths};
use crate::{
    io::Failure,
    model::Roadmap,
    render::{Page, PagePath},
    source::joined,
};

/// The orphans: marked Markdown files beside the JSON and in the folder of the milestones' pages, sorted.
///
/// # Errors
/// Where a folder or a file in it cannot be read.
pub fn orphans(tree: Tree<'_>, roadmap: &Roadmap, pages: &[Page]) -> Result<Vec<PagePath>, Failure> {
    let pages = paths(pages);
    let milestones =
        roadmap.outputs.milestones.clone().unwrap_or_else(|| joined(&roadmap.base, "milestones"));
    let beside = tree.files.list(&tree.root.join(&roadmap.base))?;
    let below = tree.files.walk(&tree.root.join(&milestones))?;
    let beside = beside.iter().map(|name| joined(&roadmap.base, name));
    let mut candidates: Vec<_> = beside.chain(below.iter().map(|name| joined(&milestones, name))).collect();
    candidates.sort();
    candidates.dedup();
    candidates.retain(|path| path.ends_with(".md") && !pages.contains(path.as_str()));
    let mut orphans = Vec::new();
    for path in candidates.into_iter().map(PagePath::new) {
        let is_file = tree.files.entry(&tree.path(&path))? == Some(crate::io::Entry::File);
        if is_file && tree.read(&path)?.is_some_and(|bytes| is_marked(&bytes)) {
            orphans.push(path);
        }
    }
    Ok(orphans)
}
