//! What may be written, and what may be read for a root: nothing in git's own folder, and nothing that a link leads to
//! outside. Every function of [`super::Disk`] that changes something passes through here.
//!
//! Git's folder is known by its names ([`is_git_folder`]), wherever the path or a link on its way has one, and by what it
//! holds, since a worktree, a submodule and `--separate-git-dir` give it other names.
#![allow(clippy::disallowed_methods, reason = "io is where files are touched")]

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Component, Path, PathBuf},
    sync::{PoisonError, RwLock},
    time::{Duration, Instant},
};

use super::{Failure, FailureKind};
use crate::scalar::{is_device, is_git_folder};

/// How long what was seen of a folder is taken as known: a build asks once for each folder, and a preview that runs for
/// hours notices what has changed.
const KNOWN_FOR: Duration = Duration::from_secs(1);

/// How many links that lead nowhere may follow each other.
const MOST_LINKS: usize = 40;

/// The hooks that Roadbook installs.
const HOOKS: [&str; 2] = ["pre-commit", "pre-merge-commit"];

/// What is known of folders, by the paths that they were asked for.
#[derive(Debug, Default)]
pub(super) struct Borders {
    known: RwLock<BTreeMap<PathBuf, Known>>,
}

/// What is known of a folder.
#[derive(Debug)]
struct Known {
    since: Instant,
    /// Its path with every link followed.
    real: PathBuf,
    /// Whether it is git's, or lies in a folder that is.
    is_gits: bool,
}

/// Why a file is not read for a root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    Outside,
    Git,
}

impl Refused {
    /// Why what a path leads to, all links followed, is not read for a root, as far as its names tell.
    pub(super) fn of(root: &Path, real: &Path) -> Option<Self> {
        match real.strip_prefix(root) {
            Err(_) => Some(Self::Outside),
            Ok(below) => names_git(below).then_some(Self::Git),
        }
    }

    /// The failure.
    pub(super) fn reading(self, path: &Path) -> Failure {
        let why = match self {
            Self::Outside => "it leads out of the root",
            Self::Git => "it leads into git's own folder",
        };
        let message = format!("cannot read `{}`: {why}", path.display());
        Failure::new(FailureKind::Files, message).help("replace the link by a file or folder, or remove it")
    }
}

impl Borders {
    /// Whether the file at `target` may be made, replaced or removed. The folder is looked at anew.
    pub(super) fn writes(&self, doing: &str, shown: &Path, target: &Path) -> Result<(), Failure> {
        let folder = target.parent().unwrap_or(target);
        let real = resolve(folder).map_err(|why| Failure::files(doing, shown, &why))?;
        let is_gits = names_git(target)
            || self.ask(&real, |known| known.is_gits).map_err(|why| Failure::files(doing, shown, &why))?;
        if is_gits {
            return Err(in_git(doing, shown));
        }
        if cfg!(windows) && target.file_name().and_then(|name| name.to_str()).is_some_and(is_device) {
            let message =
                format!("cannot {doing} `{}`: Windows keeps this name for a device", shown.display());
            return Err(Failure::new(FailureKind::Files, message).help("choose another name"));
        }
        Ok(())
    }

    /// The same for one of many files of a folder, of which is known what was seen of it just before.
    pub(super) fn fills(&self, shown: &Path, target: &Path) -> Result<(), Failure> {
        let folder = target.parent().unwrap_or(target);
        let is_gits =
            self.ask(folder, |known| known.is_gits).map_err(|why| Failure::files("write", shown, &why))?;
        if is_gits || names_git(target) { Err(in_git("write", shown)) } else { Ok(()) }
    }

    /// Whether what stands in a folder may be changed.
    pub(super) fn changes(&self, doing: &str, shown: &Path, folder: &Path) -> Result<(), Failure> {
        // A name that is none: only the folder counts.
        self.writes(doing, shown, &folder.join("x"))
    }

    /// Whether a hook may be installed here: the one thing of ours that may lie in git's folder, and not beside what git
    /// itself keeps there.
    pub(super) fn installs(&self, shown: &Path, target: &Path) -> Result<(), Failure> {
        let name = target.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = target.parent().unwrap_or(target);
        let real = resolve(folder).map_err(|why| Failure::files("write", shown, &why))?;
        let is_git_itself = real.file_name().and_then(|name| name.to_str()).is_some_and(is_git_folder);
        // A copy of one has its name with an ending: git does not run it.
        let is_hook = HOOKS.iter().any(|hook| name.split('.').next() == Some(hook));
        if is_hook && !is_git_itself && !is_git_dir(&real) {
            return Ok(());
        }
        self.writes("write", shown, target)
    }

    /// Whether the file at `path` may be read for a root whose links are followed. What the file itself is stays to be
    /// looked at, see [`Borders::leads`].
    pub(super) fn reads(&self, root: &Path, path: &Path) -> io::Result<Option<Refused>> {
        let folder = path.parent().unwrap_or(path);
        if path.file_name().and_then(|name| name.to_str()).is_some_and(is_git_folder) {
            return Ok(Some(Refused::Git));
        }
        self.ask(folder, |known| match known.real.strip_prefix(root) {
            Err(_) => Some(Refused::Outside),
            Ok(_) => known.is_gits.then_some(Refused::Git),
        })
    }

    /// The same for a path that is a link itself.
    pub(super) fn leads(&self, root: &Path, link: &Path) -> io::Result<Option<Refused>> {
        self.reads(root, &resolve(link)?)
    }

    /// Whether a path, all links followed, lies in git's own folder.
    pub(super) fn is_gits(&self, path: &Path) -> io::Result<bool> {
        let real = resolve(path)?;
        Ok(names_git(&real) || self.ask(&real, |known| known.is_gits)?)
    }

    /// What is known of a folder, looked at anew after a while.
    fn ask<T>(&self, folder: &Path, answer: impl Fn(&Known) -> T) -> io::Result<T> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(folder).filter(|known| known.since.elapsed() < KNOWN_FOR) {
            return Ok(answer(known));
        }
        drop(known);
        let real = resolve(folder)?;
        let is_gits = names_git(&real) || lies_in_git(&real);
        let known = Known { since: Instant::now(), real, is_gits };
        let answer = answer(&known);
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned(), known);
        Ok(answer)
    }
}

fn in_git(doing: &str, shown: &Path) -> Failure {
    let message = format!("cannot {doing} `{}`: it lies in git's own folder", shown.display());
    Failure::new(FailureKind::Files, message)
        .help("name a place in the working tree; a link that leads into git's folder must go")
}

/// Whether a part of a path is a name of git's folder.
pub(super) fn names_git(path: &Path) -> bool {
    path.components().any(|part| match part {
        Component::Normal(name) => is_git_folder(&name.to_string_lossy()),
        _ => false,
    })
}

/// Whether a folder lies in one that git made for itself. A working tree may lie in one, beside a bare repository: below its
/// top nothing is git's.
fn lies_in_git(real: &Path) -> bool {
    for folder in real.ancestors() {
        if is_git_dir(folder) {
            return true;
        }
        if is_there(&folder.join(".git")) {
            return false;
        }
    }
    false
}

/// Whether a folder holds what git keeps in its own: that of a repository, or that of a worktree.
fn is_git_dir(folder: &Path) -> bool {
    is_there(&folder.join("HEAD"))
        && (is_there(&folder.join("commondir"))
            || (is_there(&folder.join("objects")) && is_there(&folder.join("refs"))))
}

fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// An absolute path with every link in it followed; what is not there yet stands behind what is. A link that leads to
/// nothing is followed as well: what is written through it would be made where it leads.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    follow(path, 0)
}

fn follow(path: &Path, links: usize) -> io::Result<PathBuf> {
    if links > MOST_LINKS {
        return Err(io::Error::other("too many links lead to each other"));
    }
    let known = path.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    let Some((above, mut reached)) = known else { return Ok(path.to_owned()) };
    for part in path.strip_prefix(above).unwrap_or(Path::new("")).components() {
        match part {
            Component::ParentDir => {
                reached.pop();
            }
            Component::Normal(name) => {
                let next = reached.join(name);
                reached = match fs::read_link(&next) {
                    Ok(target) => follow(&reached.join(target), links + 1)?,
                    Err(_) => next,
                };
            }
            _ => {}
        }
    }
    Ok(reached)
}
