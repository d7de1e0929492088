//! What the `.gitignore` files of a repository leave out.
//!
//! Only these files are read: they are committed, and so the same for everybody. What a clone or a person ignores beside
//! them (`.git/info/exclude`, `core.excludesFile`) decides nothing here. gitoxide's crate reads the patterns, since it
//! matches as git does.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use gix_ignore::{Search, glob::pattern::Case, search::Ignore};

use super::joined;
use crate::io::{Entry, Files, Limit};

/// The rules of a repository, read folder by folder as they are asked for.
pub struct Ignored<'a> {
    files: &'a dyn Files,
    top: PathBuf,
    known: Mutex<BTreeMap<String, Folder>>,
}

/// What is known of a folder.
#[derive(Clone)]
struct Folder {
    /// Whether it is ignored, with all that lies in it.
    is_ignored: bool,
    /// The rules in it.
    rules: Option<Arc<Search>>,
}

impl<'a> Ignored<'a> {
    /// The rules below the top of a repository.
    pub fn new(files: &'a dyn Files, top: &Path) -> Self {
        Self { files, top: top.to_owned(), known: Mutex::default() }
    }

    /// Whether a file at this path from the top is ignored.
    pub fn file(&self, path: &str) -> bool {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.folder(folder) || self.says(path, false)
    }

    /// Whether a folder at this path from the top is ignored, and so all that lies in it.
    pub(crate) fn folder(&self, path: &str) -> bool {
        self.known(path).is_ignored
    }

    fn known(&self, path: &str) -> Folder {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = known().get(path) {
            return folder.clone();
        }
        let is_ignored = match path.rsplit_once('/') {
            _ if path.is_empty() => false,
            Some((above, _)) => self.folder(above) || self.says(path, true),
            None => self.says(path, true),
        };
        // What lies in an ignored folder is not asked.
        let rules = if is_ignored { None } else { self.rules(path) };
        let folder = Folder { is_ignored, rules };
        known().insert(path.to_owned(), folder.clone());
        folder
    }

    /// What the nearest rule says that matches a path; those of the folders on the way there say nothing.
    fn says(&self, path: &str, is_folder: bool) -> bool {
        let mut below = path.len();
        loop {
            below = path[..below].rfind('/').unwrap_or_default();
            let folder = &path[..below];
            let inside = path[below..].trim_start_matches('/');
            if let Some(rules) = self.known(folder).rules
                && let Some(found) =
                    rules.pattern_matching_relative_path(inside.into(), Some(is_folder), Case::Sensitive)
            {
                return !found.pattern.is_negative();
            }
            if folder.is_empty() {
                return false;
            }
        }
    }

    /// The rules in a folder. A link is not followed for them, as git does not.
    fn rules(&self, folder: &str) -> Option<Arc<Search>> {
        let path = self.top.join(joined(folder, ".gitignore"));
        if self.files.entry(&path).ok()? != Some(Entry::File) || self.files.link(&path).ok()?.is_some() {
            return None;
        }
        let bytes = self.files.read_inside(&self.top, &path, Limit::Template).ok()??;
        let mut rules = Search::default();
        rules.add_patterns_buffer(&bytes, ".gitignore", None, Ignore::default()).ok()?;
        Some(Arc::new(rules))
    }
}
