//! The files below the root, as pages see them.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{same_lines, unmarked};
use crate::{
    io::{Entry, Failure, FailureKind, Files, Limit},
    render::{Page, PageKind, PagePath, Renderer, is_marked},
    report::Diagnostic,
};

/// The folder that every page lies below.
#[derive(Clone, Copy)]
pub(crate) struct Tree<'a> {
    /// The machine's files.
    pub(crate) files: &'a dyn Files,
    /// The root, with its links followed.
    pub(crate) root: &'a Path,
}

/// What stands where a page belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    /// The page, line ends apart.
    Same,
    /// Nothing; with the page's bytes, where they were made to try its template.
    Missing(Option<Vec<u8>>),
    /// Another text, which is Roadbook's to write over.
    Differs(Vec<u8>),
    /// A file that is not Roadbook's.
    Foreign(Vec<u8>),
}

impl Tree<'_> {
    /// What stands at a path; `None` where nothing does.
    ///
    /// # Errors
    /// Where it is no file, cannot be read, is too large, or is a link that leads out of the root.
    pub(crate) fn read(&self, path: &PagePath) -> Result<Option<Vec<u8>>, Failure> {
        let is_text = [".md", ".html"].iter().any(|ending| path.as_str().ends_with(ending));
        let most = if is_text { Limit::Document } else { Limit::Source };
        self.files.read_inside(self.root, &self.path(path), most)
    }

    /// The path of the machine.
    pub(crate) fn path(&self, path: &PagePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// The path of the machine that a page is written to: its links are followed, and they may not leave the root.
    ///
    /// # Errors
    /// Where they do, or a folder stands there.
    pub(crate) fn target(&self, path: &PagePath) -> Result<PathBuf, Failure> {
        let target = self.files.real(&self.path(path))?;
        if !target.starts_with(self.root) {
            let message =
                format!("cannot write `{path}`: it leads out of the root, to `{}`", target.display());
            return Err(
                Failure::new(FailureKind::Files, message).help("replace the link by a file or folder")
            );
        }
        match self.files.entry(&target)? {
            Some(Entry::Folder) => {
                Err(Failure::new(FailureKind::Files, format!("cannot write `{path}`: a folder stands there")))
            }
            _ => Ok(target),
        }
    }

    /// The folders of pages in which nothing can stand yet, since they are not there.
    ///
    /// # Errors
    /// Where one cannot be looked at.
    pub(crate) fn missing_folders<'p>(&self, pages: &'p [Page]) -> Result<BTreeSet<&'p str>, Failure> {
        let folders: BTreeSet<_> = firsts(pages.iter()).map(|page| page.path.folder()).collect();
        let mut missing = BTreeSet::new();
        for folder in folders {
            if self.files.entry(&self.root.join(folder))?.is_none() {
                missing.insert(folder);
            }
        }
        Ok(missing)
    }

    /// Compares a page with what stands in its place; `bytes` is room for the page's bytes, which are left in it where
    /// they were made. A page that is missing is not made.
    ///
    /// # Errors
    /// Where the disk refuses, or a template fails on the page.
    pub(crate) fn compare(
        &self,
        renderer: &Renderer,
        page: &Page,
        bytes: &mut Vec<u8>,
    ) -> Result<Found, Stop> {
        bytes.clear();
        let Some(old) = self.read(&page.path)? else { return Ok(Found::Missing(None)) };
        renderer.bytes(page, bytes)?;
        Ok(match &page.kind {
            _ if same_lines(bytes, &old) => Found::Same,
            PageKind::Doc(ix) if renderer.docs[*ix].text.as_bytes() != old => {
                return Err(Failure::changed(&page.path).into());
            }
            _ if is_ours(renderer, page, &old, bytes) => Found::Differs(old),
            _ => Found::Foreign(old),
        })
    }
}

/// Whether what stands in a page's place is Roadbook's to write over.
fn is_ours(renderer: &Renderer, page: &Page, old: &[u8], new: &[u8]) -> bool {
    match page.kind {
        PageKind::Doc(_) => true,
        PageKind::Summary if renderer.roadmap.summary.marker == Some(false) => {
            is_marked(&page.path, old) || unmarked::is_summary(&page.path, old, new)
        }
        _ => is_marked(&page.path, old),
    }
}

/// Why a run over the pages stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The disk refused.
    Failure(Failure),
    /// A template failed on a page.
    Finding(Box<Diagnostic>),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Diagnostic> for Stop {
    fn from(finding: Diagnostic) -> Self {
        Self::Finding(Box::new(finding))
    }
}

/// The pages less those that follow another of their own folder: these pass by in long rows.
pub(super) fn firsts<'p>(pages: impl Iterator<Item = &'p Page>) -> impl Iterator<Item = &'p Page> {
    let mut last = None;
    pages.filter(move |page| {
        let folder = page.path.folder();
        last.replace(folder) != Some(folder)
    })
}

/// The paths of pages.
pub(super) fn paths(pages: &[Page]) -> BTreeSet<&str> {
    pages.iter().map(|page| page.path.as_str()).collect()
}
