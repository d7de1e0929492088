//! The disk as it would be after an edit, so that the edit can be judged before it is written.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use super::Rewrite;
use crate::io::{Entry, Failure, Files, Limit};

/// Files of which some read as they would after an edit. Nothing can be written through it.
pub struct Preview<'a> {
    files: &'a dyn Files,
    texts: BTreeMap<&'a Path, &'a str>,
}

impl<'a> Preview<'a> {
    /// These files, with the rewrites made.
    pub fn new(files: &'a dyn Files, rewrites: &'a [Rewrite]) -> Self {
        let texts = rewrites.iter().map(|rewrite| (rewrite.target.as_path(), rewrite.new.as_str()));
        Self { files, texts: texts.collect() }
    }
}

impl Files for Preview<'_> {
    fn here(&self) -> &Path {
        self.files.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        self.files.entry(path)
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        self.read_at_most(path, Limit::Source)
    }

    fn read_at_most(&self, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        match self.texts.get(self.files.real(path)?.as_path()) {
            Some(text) => Ok(Some(text.as_bytes().to_vec())),
            None => self.files.read_at_most(path, most),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.files.list(folder)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        self.files.walk(folder)
    }

    fn link(&self, path: &Path) -> Result<Option<PathBuf>, Failure> {
        self.files.link(path)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        self.files.real(path)
    }

    fn read_only(&self) -> &'static str {
        "this is a preview"
    }
}
