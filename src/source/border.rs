//! Where a git repository ends: what lies in another one is another one's.

use std::path::Path;

use super::names::{FOLDER, POINTER, sources_in};
use crate::io::{Entry, Failure, Files};

/// The top of the git repository that holds a folder; `None` where there is none. A worktree and a submodule have a file
/// `.git` there.
///
/// # Errors
/// Where a folder above cannot be looked at.
pub(crate) fn git_top<'p>(files: &dyn Files, folder: &'p Path) -> Result<Option<&'p Path>, Failure> {
    for above in folder.ancestors() {
        if files.entry(&above.join(".git"))?.is_some() {
            return Ok(Some(above));
        }
    }
    Ok(None)
}

/// Whether a folder is a repository of its own: a clone, a worktree, a submodule, or a bare one.
pub(super) fn is_repository(files: &dyn Files, folder: &Path) -> bool {
    let is = |name: &str, entry: Entry| files.entry(&folder.join(name)).is_ok_and(|it| it == Some(entry));
    files.entry(&folder.join(".git")).is_ok_and(|it| it.is_some())
        || (is("HEAD", Entry::File) && is("objects", Entry::Folder) && is("refs", Entry::Folder))
}

/// Whether a folder says that it is the root of a roadmap: by `.roadbook`, or by JSON in `roadmap`.
///
/// # Errors
/// Where it cannot be looked at.
pub(crate) fn is_root(files: &dyn Files, folder: &Path) -> Result<bool, Failure> {
    Ok(files.entry(&folder.join(POINTER))? == Some(Entry::File)
        || !sources_in(files, &folder.join(FOLDER))?.is_empty())
}
