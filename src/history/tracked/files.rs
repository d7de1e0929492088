//! What git tracks as files: looked at and read, never written.

use std::path::{Path, PathBuf};

use super::{LONGEST_POINTER, POINTER, Place, Tracked, cannot};
use crate::{
    io::{Entry, Failure, Files, Limit},
    source::{self, Kind},
};

impl Files for Tracked<'_> {
    fn here(&self) -> &Path {
        self.io.files.here()
    }

    fn are_tracked(&self) -> bool {
        true
    }

    fn entry(&self, path: &Path) -> Result<Option<Entry>, Failure> {
        let inside = match self.place(path)? {
            Place::Outside(path) => return self.io.files.entry(&path),
            Place::Inside(inside) => inside,
            Place::Lost if self.is_working && self.io.files.link(path)?.is_none() => return Ok(None),
            Place::Lost | Place::Away => return Ok(Some(Entry::Other)),
        };
        let entry = match self.index.get(&inside) {
            Some(tracked) if tracked.kind == Kind::Submodule => Some(Entry::Folder),
            Some(tracked) if !self.is_working || tracked.is_kept_out => Some(Entry::File),
            // A folder in its place holds what git does not track.
            Some(_) => self.io.files.entry(&self.top.join(&inside))?.filter(|entry| *entry != Entry::Folder),
            None => self.is_folder(&inside)?.then_some(Entry::Folder),
        };
        // A link to what is not tracked leads nowhere.
        Ok(if entry.is_none() && self.linked(path)?.is_some() { Some(Entry::Other) } else { entry })
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        self.read_at_most(path, Limit::Source)
    }

    fn read_at_most(&self, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        let inside = match self.place(path)? {
            Place::Outside(path) => return self.io.files.read_at_most(&path, most),
            Place::Inside(inside) => inside,
            Place::Lost | Place::Away => return Ok(None),
        };
        let Some(tracked) = self.index.get(&inside).filter(|it| it.kind != Kind::Submodule) else {
            let is_folder = self.index.is_folder(&inside);
            let failed = || cannot(&format!("`{}` is a folder", path.display()));
            return if is_folder { Err(failed()) } else { Ok(None) };
        };
        if self.is_working && !tracked.is_kept_out {
            return self.io.files.read_inside(&self.top, &self.top.join(inside), most);
        }
        let bytes = self.blob(&tracked.id())?;
        let is_pointer = bytes.len() <= LONGEST_POINTER && bytes.starts_with(POINTER);
        let bytes = if is_pointer { self.stored(bytes)? } else { bytes };
        if bytes.len() as u64 > most.bytes() {
            Err(most.exceeded(&path.display().to_string()))
        } else {
            Ok(Some(bytes))
        }
    }

    fn read_inside(&self, root: &Path, path: &Path, most: Limit) -> Result<Option<Vec<u8>>, Failure> {
        match self.place(path)? {
            Place::Inside(inside) if self.is_working && self.is_on_disk(&inside) => {
                self.io.files.read_inside(root, &self.top.join(inside), most)
            }
            _ if self.is_inside(root, path) => self.read_at_most(path, most),
            _ => Err(cannot(&format!("`{}` leads out of `{}`", path.display(), root.display()))),
        }
    }

    fn list(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let inside = match self.place(folder)? {
            Place::Outside(path) => return self.io.files.list(&path),
            Place::Lost | Place::Away => return Ok(Vec::new()),
            Place::Inside(inside) => inside,
        };
        let tracked = self.index.below(&inside).filter_map(|(path, _)| path.split('/').next());
        let mut names: Vec<_> = tracked.map(str::to_owned).collect();
        names.sort_unstable();
        names.dedup();
        if self.is_working {
            let there = self.io.files.list(&self.top.join(&inside))?;
            let is_kept_out = |name: &str| {
                let path = source::joined(&inside, name);
                let mut of_it = self.index.below(&path).map(|(_, it)| it).chain(self.index.get(&path));
                of_it.any(|it| it.is_kept_out)
            };
            names.retain(|name| there.binary_search(name).is_ok() || is_kept_out(name));
        }
        Ok(names)
    }

    fn walk(&self, folder: &Path) -> Result<Vec<String>, Failure> {
        let inside = match self.place(folder)? {
            Place::Outside(path) => return self.io.files.walk(&path),
            Place::Lost | Place::Away => return Ok(Vec::new()),
            Place::Inside(inside) => inside,
        };
        let mut found = Vec::new();
        // What is in a folder comes in a row, so that one look at each folder tells what is gone.
        let mut seen: Option<(&str, Vec<String>)> = None;
        for (path, tracked) in self.index.below(&inside).filter(|(_, it)| it.kind != Kind::Submodule) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            if self.is_working && !tracked.is_kept_out {
                if seen.as_ref().is_none_or(|(known, _)| *known != folder) {
                    let there = self.io.files.list(&self.top.join(source::joined(&inside, folder)));
                    seen = Some((folder, there.unwrap_or_default()));
                }
                let is_there = seen
                    .as_ref()
                    .is_some_and(|(_, names)| names.binary_search_by(|it| it.as_str().cmp(name)).is_ok());
                if !is_there {
                    continue;
                }
            }
            found.push(path.to_owned());
        }
        Ok(found)
    }

    fn link(&self, path: &Path) -> Result<Option<PathBuf>, Failure> {
        Ok(match self.place(path)? {
            Place::Outside(path) => self.io.files.link(&path)?,
            _ => self.linked(path)?.map(PathBuf::from),
        })
    }

    fn stamp(&self, path: &Path) -> Result<Option<u64>, Failure> {
        self.io.files.stamp(path)
    }

    fn real(&self, path: &Path) -> Result<PathBuf, Failure> {
        match self.place(path)? {
            Place::Outside(path) => self.io.files.real(&path),
            Place::Inside(inside) => Ok(self.top.join(inside)),
            // Nothing lies in the root of the machine that is a repository's.
            Place::Away => Ok(self.top.ancestors().last().unwrap_or(&self.top).to_owned()),
            Place::Lost => Ok(self.io.files.here().join(path)),
        }
    }

    fn read_only(&self) -> &'static str {
        "only what git tracks is checked"
    }
}
