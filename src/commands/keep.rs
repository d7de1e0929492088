//! What is replaced by adoption is kept: in a commit that has it already, else beside the new file under another name.
//!
//! Nothing but a commit counts as kept by git: what is only staged is lost with the next edit that is staged, and flags of
//! the index (`assume-unchanged`, sparse checkouts) are never asked. The bytes that are about to go are held against those
//! in `HEAD`. Where git is not there, fails or does not know, no commit has them.

use std::{
    ffi::{OsStr, OsString},
    path::{Path, PathBuf},
};

use crate::{
    io::{Call, Entry, Failure, Io},
    output::same_lines,
    render::KEPT,
    report::typed,
    source::below,
};

/// How a file is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kept {
    /// The last commit has it.
    Committed,
    /// It has this name as well, from the root.
    Beside {
        /// The name.
        name: String,
        /// Whether git ignores a file of this name.
        is_ignored: bool,
    },
}

impl Kept {
    /// What is told of it, and how to get it back: `path` is the file from the root, to which `way` leads from here.
    pub(super) fn told(&self, path: &str, way: &Path) -> String {
        let from_here = |path: &str| typed(&way.join(path).display().to_string()).into_owned();
        match self {
            Self::Committed => format!(
                "replacing `{path}`, which the last commit has; to undo: git checkout HEAD -- {}",
                from_here(path)
            ),
            Self::Beside { name, is_ignored } => {
                let ignored = if *is_ignored { " (git ignores it)" } else { "" };
                format!(
                    "replacing `{path}`; no commit has it, so it is kept as `{name}`{ignored}; to undo: mv {} {}",
                    from_here(name),
                    from_here(path)
                )
            }
        }
    }
}

/// Whether the last commit has these bytes of a file, whose links are followed, or the same with other line ends. What
/// filters would make of them is not asked: a filter is a program that the repository's configuration names.
pub(super) fn is_committed(io: &Io<'_>, target: &Path, bytes: &[u8]) -> bool {
    let (Some(folder), Some(name)) = (target.parent(), target.file_name()) else { return false };
    let mut blob = OsString::from("HEAD:./");
    blob.push(name);
    let said = git(io, folder, &["cat-file".as_ref(), "blob".as_ref(), &blob]);
    said.is_some_and(|said| same_lines(&said, bytes))
}

/// Keeps a file that holds `old` and is about to be replaced: `target` is where it is, with links followed.
///
/// # Errors
/// Where its owner made it read-only, or it cannot be kept: then it must not be replaced.
pub(super) fn keep(io: &Io<'_>, root: &Path, target: &Path, old: &[u8]) -> Result<Kept, Failure> {
    io.files.writable(target)?;
    if is_committed(io, target, old) {
        return Ok(Kept::Committed);
    }
    let name = beside(io, target, old).map_err(|failure| {
        let path = below(root, target).unwrap_or_else(|| target.display().to_string());
        failure.help(format!("commit the file first: git add -- {0} && git commit -- {0}", typed(&path)))
    })?;
    let is_ignored = match (name.parent(), name.file_name()) {
        (Some(folder), Some(own)) => {
            let own = [OsStr::new("./"), own].iter().copied().collect::<OsString>();
            git(io, folder, &["check-ignore".as_ref(), "--quiet".as_ref(), "--".as_ref(), &own]).is_some()
        }
        _ => false,
    };
    Ok(Kept::Beside { name: below(root, &name).unwrap_or_else(|| name.display().to_string()), is_ignored })
}

/// Gives a file another name that nothing else has: `SUMMARY.md.before-roadbook`, `SUMMARY.md.2.before-roadbook`. One that
/// was kept before and says the same is enough.
fn beside(io: &Io<'_>, target: &Path, old: &[u8]) -> Result<PathBuf, Failure> {
    let mut count = 1;
    loop {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        if count > 1 {
            name.push(format!(".{count}"));
        }
        name.push(KEPT);
        let name = target.with_file_name(name);
        if io.files.save_as(target, &name)? {
            return Ok(name);
        }
        // A link could lead back to the file that goes.
        let is_file = io.files.entry(&name)? == Some(Entry::File) && io.files.real(&name)? == name;
        if is_file && io.files.read(&name)?.as_deref() == Some(old) {
            return Ok(name);
        }
        count += 1;
    }
}

/// What git answers; `None` where it fails.
fn git(io: &Io<'_>, folder: &Path, args: &[&OsStr]) -> Option<Vec<u8>> {
    let said = io.process.call(&Call { program: "git", args, folder, variables: &[] }).ok()??;
    said.success.then_some(said.stdout)
}
