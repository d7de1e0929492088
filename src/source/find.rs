//! Which files are the source, and which folder everything is counted from.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Counted, git_top, is_root,
    listed::{Listed, base_of, listed, several, source_at},
    names::{FOLDER, Found, POINTER, below, joined, sources_in},
};
use crate::{
    io::{Entry, Failure, FailureKind, Files},
    scalar::is_git_folder,
};

/// What diagnostics call standard input.
pub(crate) const STDIN: &str = "<stdin>";

/// Finds the source.
///
/// `root` is `--root`, `roadmap` is `--roadmap` (both from where the user stands; `-` is standard input).
///
/// # Errors
/// Where there is no source, it lies outside the root, or there are several and none is chosen.
pub(crate) fn find(files: &dyn Files, root: Option<&Path>, roadmap: Option<&Path>) -> Result<Found, Failure> {
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
        let base = FOLDER.into();
        return Ok(Found { root, base, files: Vec::new(), whole: false, stdin: true, name: None });
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
            Some(root) => match listed(files, &root)?.as_deref() {
                Some([one]) => at(files, root, &one.path, one.name.as_deref()),
                Some(all) => Err(several(all)),
                None => at(files, root.clone(), &root.join(FOLDER), None),
            },
            None => Err(nothing(files, &from)?),
        },
    }
}

/// The roadmaps that are listed for where the user stands, and their root; `None` where they have no names.
///
/// # Errors
/// Where the list cannot be read.
pub(crate) fn all_listed(
    files: &dyn Files,
    root: Option<&Path>,
) -> Result<Option<(PathBuf, Vec<Listed>)>, Failure> {
    let root = match root {
        Some(root) => Some(files.real(root)?),
        None => root_above(files, &files.real(Path::new("."))?)?,
    };
    let Some(root) = root else { return Ok(None) };
    let all = listed(files, &root)?.filter(|all| all.iter().any(|one| one.name.is_some()));
    Ok(all.map(|all| (root, all)))
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
        .help("`roadbook init` starts one here; one elsewhere is named with `--roadmap PATH`, its root with `--root DIR`"))
}

/// The nearest folder, from here upwards, that says it is a root; a `.roadbook` further up that lists its roadmap comes before
/// it. The top of a git repository is the last one that is asked: what lies above is another repository's.
///
/// # Errors
/// Where a folder cannot be looked at.
pub(crate) fn root_above(files: &dyn Files, from: &Path) -> Result<Option<PathBuf>, Failure> {
    let mut near = None;
    for folder in from.ancestors() {
        if is_root(files, folder)? {
            near = Some(folder);
            break;
        }
        if files.entry(&folder.join(".git"))?.is_some() {
            break;
        }
    }
    let Some(near) = near else { return Ok(None) };
    let above = listing_above(files, near)?;
    Ok(Some(above.unwrap_or(near).to_owned()))
}

/// The folder above a root, in the same git repository, whose `.roadbook` lists the roadmap of that root.
fn listing_above<'p>(files: &dyn Files, root: &'p Path) -> Result<Option<&'p Path>, Failure> {
    let top = git_top(files, root)?;
    let mut own = None;
    for above in root.ancestors().skip(1).filter(|above| top.is_none_or(|top| above.starts_with(top))) {
        if files.entry(&above.join(POINTER))? != Some(Entry::File) {
            continue;
        }
        let own = match &own {
            Some(own) => own,
            None => own.insert(bases(files, root)?),
        };
        for one in listed(files, above)?.unwrap_or_default() {
            if own.contains(&one.base(files)?) {
                return Ok(Some(above));
            }
        }
    }
    Ok(None)
}

/// The folders of the sources of a root.
fn bases(files: &dyn Files, root: &Path) -> Result<Vec<PathBuf>, Failure> {
    match listed(files, root)? {
        Some(all) => all.iter().map(|one| one.base(files)).collect(),
        None => Ok(vec![files.real(&root.join(FOLDER))?]),
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
    let name = name_of(files, &root, &path)?;
    at(files, root, &path, name.as_deref())
}

/// What the `.roadbook` of a root calls the source at a path; `None` where it has no name.
fn name_of(files: &dyn Files, root: &Path, path: &Path) -> Result<Option<String>, Failure> {
    let all = listed(files, root).ok().flatten().unwrap_or_default();
    if all.iter().all(|one| one.name.is_none()) {
        return Ok(None);
    }
    let base = base_of(files, path)?;
    for one in all {
        if one.base(files)? == base {
            return Ok(one.name);
        }
    }
    Ok(None)
}

/// The source at a path below a root, with the name that it has there.
fn at(files: &dyn Files, root: PathBuf, path: &Path, called: Option<&str>) -> Result<Found, Failure> {
    let path = source_at(files, path)?;
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
    let called = called.map(Arc::from);
    match files.entry(&path)? {
        Some(Entry::Folder) => {
            let names = sources_in(files, &path)?;
            if names.is_empty() {
                let message = format!("`{}` holds no roadmap: no `*.json` in it", path.display());
                return Err(Failure::new(FailureKind::Files, message));
            }
            let all = names.iter().map(|file| joined(&name, file).into()).collect();
            let found = Found { root, base: name, files: all, whole: true, stdin: false, name: called };
            if found.files.len() > 1 { that_count(files, found) } else { Ok(found) }
        }
        Some(_) => {
            let base = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
            let own: Arc<str> = name.as_str().into();
            let whole = sources_in(files, path.parent().unwrap_or(&root))?.len() <= 1;
            Ok(Found { root, base, files: vec![own], whole, stdin: false, name: called })
        }
        None => Err(Failure::new(FailureKind::Files, format!("there is no `{}`", path.display()))),
    }
}

/// A source of several files without those that do not count.
fn that_count(files: &dyn Files, mut found: Found) -> Result<Found, Failure> {
    let counted = Counted::new(files, &found)?;
    let own = found.files.iter().filter(|file| counted.file(file)).cloned().collect();
    drop(counted);
    found.files = own;
    Ok(found)
}
