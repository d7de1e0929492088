//! Whether what a build was made from is still there when it is done.

use std::path::{Path, PathBuf};

use crate::{
    cli::Global,
    io::{Failure, Files},
    source::{self, Found},
};

/// The files of a source with its bodies, its lock and what is accepted of it, as they were before they were read.
pub(super) struct Freshness {
    files: Vec<std::sync::Arc<str>>,
    bodies: Vec<std::sync::Arc<str>>,
    stamps: Vec<(PathBuf, Option<u64>)>,
}

impl Freshness {
    /// Takes note of them.
    pub(super) fn note(files: &dyn Files, found: &Found, lock: Option<&Path>) -> Result<Self, Failure> {
        let bodies = source::body_files(files, found)?;
        let paths = found.files.iter().chain(&bodies).map(|file| found.root.join(&**file));
        let paths = paths.chain([source::lock_path(found, lock), source::accepted_path(found)]);
        let stamps = paths.map(|path| files.stamp(&path).map(|stamp| (path, stamp)));
        let stamps = stamps.collect::<Result<_, _>>()?;
        Ok(Self { files: found.files.clone(), bodies, stamps })
    }

    /// Whether they are the same still, and no file has come.
    pub(super) fn holds(&self, files: &dyn Files, global: &Global) -> bool {
        let is_same =
            |(path, stamp): &(PathBuf, Option<u64>)| files.stamp(path).is_ok_and(|now| now == *stamp);
        let found = source::find(files, global.root.as_deref(), global.roadmap.as_deref());
        let has_same = |found: Found| {
            found.files == self.files
                && source::body_files(files, &found).is_ok_and(|bodies| bodies == self.bodies)
        };
        self.stamps.iter().all(is_same) && found.is_ok_and(has_same)
    }
}
