//! Which files below a root count: those that git tracks, and those that no `.gitignore` leaves out.
//!
//! That is what `build` and `check` read of a folder of documents. What counts for a verdict where git tracks the source is
//! less than that: see [`crate::history::Tracked`].

use std::{path::Path, sync::OnceLock};

use super::{Found, Ignored, Index, below, git_top, joined};
use crate::io::{Failure, Files};

/// What the names of the files begin with that Emacs puts beside each file that it edits.
const EDITORS_LOCK: &str = ".#";

/// The files below a root that count.
pub(crate) struct Counted<'a> {
    files: &'a dyn Files,
    found: &'a Found,
    /// The top of the repository, where there is one.
    top: Option<&'a Path>,
    /// The way from there to the root.
    above: String,
    ignored: Ignored<'a>,
    /// Git's index, read only where something is ignored.
    index: OnceLock<Option<Index>>,
    /// Whether the source itself is ignored, so that the rules are not about this roadmap.
    is_source_ignored: OnceLock<bool>,
}

impl<'a> Counted<'a> {
    /// Those below the root of a source.
    ///
    /// # Errors
    /// Where a folder above the root cannot be looked at.
    pub(crate) fn new(files: &'a dyn Files, found: &'a Found) -> Result<Self, Failure> {
        let root = found.root.as_path();
        let top = git_top(files, root)?;
        Ok(Self {
            files,
            found,
            top,
            above: top.and_then(|top| below(top, root)).unwrap_or_default(),
            ignored: Ignored::new(files, top.unwrap_or(root)),
            index: OnceLock::new(),
            is_source_ignored: OnceLock::new(),
        })
    }

    /// Whether a file at this path from the root counts.
    pub(crate) fn file(&self, path: &str) -> bool {
        if self.files.are_tracked() {
            return true;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some(path) = self.seen_from_top(path) else { return true };
        let is_left_out =
            || name.starts_with(EDITORS_LOCK) || (self.ignored.file(&path) && !self.is_source_ignored());
        !is_left_out() || self.index().is_some_and(|index| index.get(&path).is_some())
    }

    /// Whether files that count may lie in a folder at this path from the root.
    pub(crate) fn folder(&self, path: &str) -> bool {
        if self.files.are_tracked() {
            return true;
        }
        let Some(inside) = self.seen_from_top(path) else { return true };
        if self.is_other(&self.found.root.join(path)) {
            return false;
        }
        let is_left_out = || self.ignored.folder(&inside) && !self.is_source_ignored();
        !is_left_out() || self.index().is_some_and(|index| index.is_folder(&inside))
    }

    /// Whether a rule leaves out a file that git does not track.
    pub(crate) fn is_ignored(&self, path: &str) -> bool {
        self.seen_from_top(path).is_some_and(|path| self.ignored.file(&path))
    }

    /// Whether a folder is another repository.
    fn is_other(&self, folder: &Path) -> bool {
        self.files.entry(&folder.join(".git")).is_ok_and(|entry| entry.is_some())
            && self.top.is_none_or(|top| top != folder)
    }

    /// A path from the top; `None` above it. A path out of the root begins with `../`.
    fn seen_from_top(&self, path: &str) -> Option<String> {
        let mut above = self.above.as_str();
        let mut inside = path;
        while let Some(rest) = inside.strip_prefix("..") {
            if above.is_empty() {
                return None;
            }
            above = above.rsplit_once('/').map_or("", |(above, _)| above);
            inside = rest.trim_start_matches('/');
        }
        Some(joined(above, inside))
    }

    fn index(&self) -> Option<&Index> {
        let read = || Index::alone(self.files, self.top?).ok().flatten();
        self.index.get_or_init(read).as_ref()
    }

    fn is_source_ignored(&self) -> bool {
        let is_ignored = |file: &str| {
            let path = joined(&self.above, file);
            self.ignored.file(&path) && self.index().is_none_or(|index| index.get(&path).is_none())
        };
        let files = &self.found.files;
        *self.is_source_ignored.get_or_init(|| !files.is_empty() && files.iter().all(|file| is_ignored(file)))
    }
}
