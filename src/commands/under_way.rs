//! A merge, rebase or cherry-pick that git has begun and not ended: its commits, and what it has left to be done in files that git merged
//! one by one.

mod bodies;
mod commits;
mod left;

use std::path::{Path, PathBuf};

pub(super) use commits::{Commits, HEADS, UnderWay, locked};
pub(super) use left::{left, unfinished};

use crate::{
    io::{Failure, FailureKind, Files, Io},
    source,
};

/// The path of a file below a folder, from there.
///
/// # Errors
/// Where it cannot be looked at.
pub(super) fn from_top(files: &dyn Files, top: &Path, path: &Path) -> Result<Option<String>, Failure> {
    Ok(source::below(top, &files.real(path)?))
}

/// The top of the repository that a root lies in, with links followed.
///
/// # Errors
/// Where there is none.
pub(super) fn top_of(io: &Io<'_>, root: &Path) -> Result<PathBuf, Failure> {
    let top = source::git_top(io.files, root)?.map(Path::to_owned);
    top.ok_or_else(|| {
        let message = format!("`{}` is not in a git repository: there is no merge to finish", root.display());
        Failure::new(FailureKind::Usage, message)
    })
}
