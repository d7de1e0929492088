//! What files and folders of a roadmap are called, which of them are its source, and where that is.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use crate::io::{Entry, Failure, Files};

/// The file that says where the source lies; where there are several roadmaps, a line for each.
pub(crate) const POINTER: &str = ".roadbook";

/// The folder in which the source lies where nothing says otherwise.
pub(crate) const FOLDER: &str = "roadmap";

/// Where the source is.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// The root, with its links followed: every output lies below it.
    pub(crate) root: PathBuf,
    /// The folder that holds the JSON, from the root, `/`-separated; empty for the root itself.
    pub(crate) base: String,
    /// The source's files: their names from the root, in the order in which they are read. Empty for standard input.
    pub(crate) files: Vec<Arc<str>>,
    /// Whether these are all the files that make up the roadmap, so that what they do not make is an orphan.
    pub(crate) whole: bool,
    /// Whether the source is standard input.
    pub(crate) stdin: bool,
    /// What `.roadbook` calls it, where that has names.
    pub(crate) name: Option<Arc<str>>,
}

impl Found {}

/// The names of the sources among the direct children of a folder, in order.
pub(crate) fn sources_in(files: &dyn Files, folder: &Path) -> Result<Vec<String>, Failure> {
    if files.entry(folder)? != Some(Entry::Folder) {
        return Ok(Vec::new());
    }
    let mut names = files.list(folder)?;
    names.retain(|name| is_source(name));
    Ok(names)
}

/// Whether a file of this name, where it lies in the source's folder, is one of the source's.
pub(crate) fn is_source(name: &str) -> bool {
    name.ends_with(".json")
        && !name.starts_with("roadbook.")
        && !name.ends_with(".schema.json")
        && !name.starts_with('.')
}

/// A path from the root, `/`-separated; empty for the root itself, `None` outside it.
pub(crate) fn below(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}

/// `name` in the folder `base`, both from the root.
pub(crate) fn joined(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}
