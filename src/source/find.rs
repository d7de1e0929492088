//! Which files are the source, and which folder everything is counted from.

use std::{
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use super::{Counted, git_top, is_root};
use crate::{
    io::{Entry, Failure, FailureKind, Files, Limit},
    model::is_git_folder,
};

/// The file that says where the source lies, in one line.
pub const POINTER: &str = ".roadbook";

/// The folder in which the source lies where nothing says otherwise.
pub const FOLDER: &str = "roadmap";

/// What diagnostics call standard input.
pub const STDIN: &str = "<stdin>";

/// Where the source is.
#[derive(Debug, Clone)]
pub struct Found {
    /// The root, with its links followed: every output lies below it.
    pub root: PathBuf,
    /// The folder that holds the JSON, from the root, `/`-separated; empty for the root itself.
    pub base: String,
    /// The source's files: their names from the root, in the order in which they are read. Empty for standard input.
    pub files: Vec<Arc<str>>,
    /// Whether these are all the files that make up the roadmap, so that what they do not make is an orphan.
    pub whole: bool,
    /// Whether the source is standard input.
    pub stdin: bool,
}

/// Finds the source.
///
/// `root` is `--root`, `roadmap` is `--roadmap` (both from where the user stands; `-` is standard input).
///
/// # Errors
/// Where there is no source, or it lies outside the root.
pub fn find(files: &dyn Files, root: Option<&Path>, roadmap: Option<&Path>) -> Result<Found, Failure> {
    let is_stdin = roadmap == Some(Path::new("-"));
    if let Some(root) = root
        && files.entry(root)? != Some(Entry::Folder)
    {
        return Err(Failure::new(
            FailureKind::Usage,
            format!("the root `{}` is not a folder", root.display()),
        ));
    }
    if is_stdin {
        let root = files.real(root.unwrap_or(Path::new(".")))?;
        return Ok(Found { root, base: FOLDER.into(), files: Vec::new(), whole: false, stdin: true });
    }
    let from = match (root, roadmap) {
        (Some(root), _) => root,
        (None, Some(roadmap)) => roadmap,
        (None, None) => Path::new("."),
    };
    let from = files.real(from)?;
    let upwards = match root {
        Some(_) => Some(from.clone()),
        None => root_above(files, &from)?,
    };
    match roadmap {
        Some(roadmap) => named(files, upwards, roadmap),
        None => match upwards {
            Some(root) => {
                let path = pointed(files, &root)?.unwrap_or_else(|| root.join(FOLDER));
                at(files, root, &path)
            }
            None => Err(nothing(files, &from)?),
        },
    }
}

fn nothing(files: &dyn Files, from: &Path) -> Result<Failure, Failure> {
    let above = match git_top(files, from)? {
        Some(top) if top == from => ", the top of its git repository, holds",
        Some(_) => " and the folders above, up to the top of the git repository, hold",
        None => " and the folders above hold",
    };
    let message =
        format!("no roadmap found: `{}`{above} neither `{POINTER}` nor `{FOLDER}/*.json`", from.display());
    let failure = Failure::new(FailureKind::Files, message);
    Ok(failure
        .help("name the JSON file or its folder with `--roadmap PATH`, or a root above with `--root DIR`"))
}

/// The nearest folder, from here upwards, that says it is a root. The top of a git repository is the last one that is asked:
/// what lies above is another repository's.
///
/// # Errors
/// Where a folder cannot be looked at.
pub fn root_above(files: &dyn Files, from: &Path) -> Result<Option<PathBuf>, Failure> {
    for folder in from.ancestors() {
        if is_root(files, folder)? {
            return Ok(Some(folder.to_owned()));
        }
        if files.entry(&folder.join(".git"))?.is_some() {
            break;
        }
    }
    Ok(None)
}

/// The path in a root's `.roadbook`.
///
/// # Errors
/// Where it cannot be read, or does not hold one line.
pub fn pointed(files: &dyn Files, root: &Path) -> Result<Option<PathBuf>, Failure> {
    let path = root.join(POINTER);
    let Some(bytes) = files.read_inside(root, &path, Limit::Template)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    match (lines.next(), lines.next()) {
        (Some(line), None) => Ok(Some(root.join(line))),
        _ => Err(Failure::new(FailureKind::Files, format!("`{}` does not hold one line", path.display()))
            .help("write into it the path of the JSON file or its folder, from this folder")),
    }
}

/// A source that the command line names.
fn named(files: &dyn Files, upwards: Option<PathBuf>, roadmap: &Path) -> Result<Found, Failure> {
    let path = files.real(roadmap)?;
    let root = match upwards {
        Some(root) => root,
        None => {
            let here = files.real(Path::new("."))?;
            let own =
                if files.entry(&path)? == Some(Entry::Folder) { Some(path.as_path()) } else { path.parent() };
            if path.starts_with(&here) { here } else { own.unwrap_or(&path).to_owned() }
        }
    };
    at(files, root, &path)
}

/// The source at a path below a root.
fn at(files: &dyn Files, root: PathBuf, path: &Path) -> Result<Found, Failure> {
    let path = files.real(path)?;
    let Some(name) = below(&root, &path) else {
        let message = format!("`{}` lies outside the root `{}`", path.display(), root.display());
        return Err(
            Failure::new(FailureKind::Usage, message).help("name a root that holds it with `--root DIR`")
        );
    };
    if name.split('/').any(is_git_folder) {
        let message = format!("`{}` lies in git's own folder: no roadmap is read there", path.display());
        return Err(Failure::new(FailureKind::Usage, message).help("name a file of the working tree"));
    }
    match files.entry(&path)? {
        Some(Entry::Folder) => {
            let names = sources_in(files, &path)?;
            if names.is_empty() {
                let message = format!("`{}` holds no roadmap: no `*.json` in it", path.display());
                return Err(Failure::new(FailureKind::Files, message));
            }
            let all = names.iter().map(|file| joined(&name, file).into()).collect();
            let mut found = Found { root, base: name, files: all, whole: true, stdin: false };
            if found.files.len() > 1 {
                let counted = Counted::new(files, &found)?;
                let own = found.files.iter().filter(|file| counted.file(file)).cloned().collect();
                drop(counted);
                found.files = own;
            }
            Ok(found)
        }
        Some(_) => {
            let base = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            let own: Arc<str> = name.as_str().into();
            let whole = sources_in(files, path.parent().unwrap_or(&root))?.len() <= 1;
            Ok(Found { root, base, files: vec![own], whole, stdin: false })
        }
        None => Err(Failure::new(FailureKind::Files, format!("there is no `{}`", path.display()))),
    }
}

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
pub fn is_source(name: &str) -> bool {
    name.ends_with(".json")
        && !name.starts_with("roadbook.")
        && !name.ends_with(".schema.json")
        && !name.starts_with('.')
}

/// A path from the root, `/`-separated; empty for the root itself, `None` outside it.
pub fn below(root: &Path, path: &Path) -> Option<String> {
    let parts = path.strip_prefix(root).ok()?.components().map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    parts.collect::<Option<Vec<_>>>().map(|parts| parts.join("/"))
}

/// `name` in the folder `base`, both from the root.
pub fn joined(base: &str, name: &str) -> String {
    if base.is_empty() { name.to_owned() } else { format!("{base}/{name}") }
}
