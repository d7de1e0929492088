//! The disk as it would be after an edit, so that the edit can be judged before it is written.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    path::{MAIN_SEPARATOR, Path, PathBuf},
};

use super::Rewrite;
use crate::io::{Entry, Failure, Files, Limit};

/// Files of which some read as they would after an edit. Nothing can be written through it.
pub(crate) struct Preview<'a> {
    files: &'a dyn Files,
    /// The text of each file that changes; `None` of one that goes.
    texts: BTreeMap<&'a Path, Option<&'a str>>,
}

impl<'a> Preview<'a> {
    /// These files, with the rewrites made.
    pub(crate) fn new(files: &'a dyn Files, rewrites: &'a [Rewrite]) -> Self {
        let texts = rewrites.iter().map(|rewrite| (rewrite.target.as_path(), rewrite.new.as_deref()));
        Self { files, texts: texts.collect() }
    }

    /// What changes below a folder, by its path from there, and whether it is there then.
    fn below<'p>(&'p self, folder: &'p Path) -> impl Iterator<Item = (&'p str, bool)> {
        let ahead = self.texts.range::<Path, _>((Bound::Excluded(folder), Bound::Unbounded));
        ahead.map_while(move |(path, text)| Some((path.strip_prefix(folder).ok()?.to_str()?, text.is_some())))
    }

    /// Names or paths below a folder as they would be.
    fn changed(&self, mut names: Vec<String>, changes: Vec<(String, bool)>) -> Vec<String> {
        let gone: BTreeSet<_> =
            changes.iter().filter(|(_, is_there)| !is_there).map(|(name, _)| name).collect();
        names.retain(|name| !gone.contains(name));
        names.extend(changes.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name.clone()));
        names.sort();
        names.dedup();
        names
    }
}

impl Files for Preview<'_> {
    fn here(&self) -> &Path {
        self.files.here()
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        let real = self.files.real(path)?;
        match (self.texts.get(real.as_path()), self.files.entry(path)?) {
            (Some(text), _) => Ok(text.map(|_| Entry::File)),
            (None, None) if self.below(&real).any(|(_, is_there)| is_there) => Ok(Some(Entry::Folder)),
            (None, found) => Ok(found),
        }
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        self.read_at_most(path, Limit::Source)
    }

    fn read_at_most(&self, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        match self.texts.get(self.files.real(path)?.as_path()) {
            Some(text) => Ok(text.map(|text| text.as_bytes().to_vec())),
            None => self.files.read_at_most(path, most),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let real = self.files.real(folder)?;
        // The first step below the folder; what goes deeper leaves the folder that it was in.
        let step = |(path, is_there): (&str, bool)| match path.split_once(MAIN_SEPARATOR) {
            None => Some((path.to_owned(), is_there)),
            Some((folder, _)) => is_there.then(|| (folder.to_owned(), true)),
        };
        Ok(self.changed(self.files.list(folder)?, self.below(&real).filter_map(step).collect()))
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let real = self.files.real(folder)?;
        let path = |(path, is_there): (&str, bool)| (path.replace(MAIN_SEPARATOR, "/"), is_there);
        Ok(self.changed(self.files.walk(folder)?, self.below(&real).map(path).collect()))
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
