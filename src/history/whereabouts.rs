//! Where the source lay in a revision: where that revision itself says, else where it lay in the next one, moves undone.

use super::{git::Git, objects::Objects};
use crate::{
    io::Failure,
    source::{BODIES, LOCK, is_source, joined},
};

/// Where the source lies, from the top of the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Spot {
    /// All sources that are direct children of this folder.
    Folder(String),
    /// These files.
    Files(Vec<String>),
}

/// The source in a revision: names of objects, which are equal where their contents are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whereabouts {
    pub(super) spot: Spot,
    /// Paths from the top of the repository and objects, in the order in which they are read.
    pub(super) files: Vec<(String, String)>,
    /// The lock beside them.
    pub(super) lock: Option<(String, String)>,
    /// The folder of the bodies beside them: its path, and its tree, which is equal where all of them are.
    pub(super) bodies: Option<(String, String)>,
}

impl Whereabouts {
    /// Whether nothing of the source differs.
    pub(super) fn says_the_same_as(&self, other: &Self) -> bool {
        (&self.files, &self.lock, &self.bodies) == (&other.files, &other.lock, &other.bodies)
    }
}

/// How the source is looked for.
pub(super) struct Search<'a> {
    pub(super) git: &'a Git<'a>,
    /// Whether a revision is asked where its source lies; not so where the command line says it.
    pub(super) discovers: bool,
}

impl Search<'_> {
    /// The source in a tree, which lay at `spot` in a later revision; `None` where there is none.
    ///
    /// # Errors
    /// Where git fails.
    pub(super) fn find(
        &self,
        objects: &mut Objects,
        tree: &str,
        spot: &Spot,
    ) -> Result<Option<Whereabouts>, Failure> {
        let own = if self.discovers { self.own(objects, tree)? } else { None };
        for spot in own.into_iter().chain([spot.clone()]) {
            let files = files(objects, tree, &spot)?;
            if let Some((first, _)) = files.first() {
                let base = first.rsplit_once('/').map_or("", |(folder, _)| folder);
                let path = joined(base, LOCK);
                let lock = objects.at(tree, &path)?.filter(|entry| entry.is_file);
                let lock = lock.map(|entry| (path, entry.id));
                let folder = joined(base, BODIES);
                let tree = objects.at(tree, &folder)?.filter(|entry| entry.is_folder);
                let bodies = tree.map(|entry| (folder, entry.id));
                return Ok(Some(Whereabouts { spot, files, lock, bodies }));
            }
        }
        Ok(None)
    }

    /// Where a revision itself says that its source lies.
    fn own(&self, objects: &mut Objects, tree: &str) -> Result<Option<Spot>, Failure> {
        let prefix = &self.git.prefix;
        let pointer = objects.at(tree, &format!("{prefix}.roadbook"))?.filter(|entry| entry.is_file);
        let path = match pointer {
            Some(pointer) => {
                let text = objects.blob(&pointer.id)?.unwrap_or_default();
                let text = String::from_utf8_lossy(&text).into_owned();
                let line =
                    text.trim_start_matches('\u{feff}').lines().map(str::trim).find(|line| !line.is_empty());
                plain(&format!("{prefix}{}", line.unwrap_or_default()))
            }
            None => format!("{prefix}roadmap"),
        };
        let found = objects.at(tree, &path)?;
        Ok(found.map(|entry| if entry.is_folder { Spot::Folder(path) } else { Spot::Files(vec![path]) }))
    }
}

/// Where files lay before these were moved; `None` where none of them was.
pub(super) fn before(files: &[(String, String)], moved: &[(String, String)]) -> Option<Spot> {
    let was = |path: &String| moved.iter().find(|(_, to)| to == path).map(|(from, _)| from.clone());
    let was: Vec<_> = files.iter().filter_map(|(path, _)| was(path)).collect();
    (!was.is_empty()).then_some(Spot::Files(was))
}

/// The files at a spot, in the order in which they are read.
fn files(objects: &mut Objects, tree: &str, spot: &Spot) -> Result<Vec<(String, String)>, Failure> {
    let mut found = Vec::new();
    match spot {
        Spot::Folder(folder) => {
            let Some(entry) = objects.at(tree, folder)?.filter(|entry| entry.is_folder) else {
                return Ok(found);
            };
            let inside = objects.tree(&entry.id)?;
            let sources = inside.iter().filter(|(name, entry)| entry.is_file && is_source(name));
            found.extend(sources.map(|(name, entry)| (joined(folder, name), entry.id.clone())));
        }
        Spot::Files(paths) => {
            for path in paths {
                let entry = objects.at(tree, path)?.filter(|entry| entry.is_file);
                found.extend(entry.map(|entry| (path.clone(), entry.id)));
            }
        }
    }
    Ok(found)
}

/// A path without `.` and `..`.
fn plain(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
