//! A journal that git tracks is nobody's record of a run: it came with a clone, and would let a pull request speak for this
//! machine.

use std::{ffi::OsStr, path::Path};

use crate::{
    github::journal,
    io::{Failure, FailureKind, Io},
};

/// Refuses a journal beside this lock that git tracks. Without git, or outside a repository, none is.
///
/// # Errors
/// Where it is tracked, or cannot be looked at.
pub(super) fn refuse_committed_journal(io: &Io<'_>, lock: &Path) -> Result<(), Failure> {
    let path = lock.with_file_name(journal::NAME);
    let Some(folder) = path.parent() else { return Ok(()) };
    if io.files.entry(&path)?.is_none() {
        return Ok(());
    }
    let args = ["-c", "core.fsmonitor=false", "ls-files", "--error-unmatch", "--", journal::NAME];
    let asked = io.process.run("git", &args.map(OsStr::new), folder)?;
    if !asked.is_some_and(|output| output.success) {
        return Ok(());
    }
    let message = format!("`{}` is tracked by git: it says what somebody else's run did", path.display());
    Err(Failure::new(FailureKind::Files, message).help(format!(
        "`git rm --cached {}`, put it into `.gitignore`, and delete the file unless your own run wrote it",
        journal::NAME
    )))
}
