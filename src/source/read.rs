//! Reading everything that a run needs, once: the JSON, the lock, the users' templates, the hand-written documents.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Doc, Document, Found, Lock, STDIN, joined, merge, parse, parse_lock, read_doc};
use crate::{
    io::{Entry, Failure, FailureKind, Io, Limit},
    model::{Roadmap, folded},
    output::is_marked,
    render::{KEPT, Override, PagePath},
    report::{Diagnostic, Place, Report, Texts},
};

/// The name of the lock beside the JSON.
pub const LOCK: &str = "roadbook.lock.json";

/// The folder of the users' templates beside the JSON.
const TEMPLATES: &str = "templates";

/// Reads the source's files into one document. What cannot be understood is told and left out.
///
/// # Errors
/// Where a file cannot be read.
pub fn read_document(
    io: &Io<'_>,
    found: &Found,
    stdin: Option<&[u8]>,
    report: &mut Report,
) -> Result<Document, Failure> {
    let mut parsed = Vec::new();
    if let Some(bytes) = stdin {
        let name: Arc<str> = STDIN.into();
        parsed.extend(parse(&name, bytes.to_vec(), report).map(|file| (name, file)));
    }
    for name in &found.files {
        let path = found.root.join(&**name);
        let bytes = io.files.read_inside(&found.root, &path, Limit::Source)?.ok_or_else(|| gone(&path))?;
        parsed.extend(parse(name, bytes, report).map(|file| (Arc::clone(name), file)));
    }
    Ok(merge(parsed, report))
}

/// Reads the lock: `--lock PATH`, else the one beside the JSON, where there is one.
///
/// # Errors
/// Where it cannot be read, or `--lock` names none.
pub fn read_lock(
    io: &Io<'_>,
    found: &Found,
    named: Option<&Path>,
    report: &mut Report,
) -> Result<Option<Lock>, Failure> {
    if named.is_none() && found.stdin {
        return Ok(None);
    }
    let path = lock_path(found, named);
    let name = named.map_or_else(|| joined(&found.base, LOCK), |path| path.display().to_string());
    let read = match named {
        Some(_) if io.files.is_gits(&path) => return Err(in_git(&path)),
        // Its owner named it, wherever it lies.
        Some(_) => io.files.read_at_most(&path, Limit::Source)?,
        None => io.files.read_inside(&found.root, &path, Limit::Source)?,
    };
    match read {
        Some(bytes) => Ok(parse_lock(&name.into(), bytes, report)),
        None if named.is_some() => Err(gone(&path)),
        None => Ok(None),
    }
}

/// Where the lock is: `--lock PATH`, else beside the JSON.
pub fn lock_path(found: &Found, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| found.root.join(joined(&found.base, LOCK)), Path::to_owned)
}

/// Reads the users' templates beside the JSON.
///
/// # Errors
/// Where one cannot be read.
pub fn read_overrides(io: &Io<'_>, found: &Found) -> Result<Vec<Override>, Failure> {
    if found.stdin {
        return Ok(Vec::new());
    }
    let folder = joined(&found.base, TEMPLATES);
    let mut overrides = Vec::new();
    let names = io.files.walk_inside(&found.root, &found.root.join(&folder))?;
    for name in names.into_iter().filter(|name| !name.ends_with(KEPT)) {
        let file: Arc<str> = joined(&folder, &name).into();
        let path = found.root.join(&*file);
        let bytes = io.files.read_inside(&found.root, &path, Limit::Template)?.ok_or_else(|| gone(&path))?;
        let text = String::from_utf8(bytes).map_err(|_| not_text(&path))?;
        overrides.push(Override { name, file, text });
    }
    Ok(overrides)
}

/// Reads the hand-written documents that the source names: files, and every Markdown file of folders that is not
/// generated.
///
/// # Errors
/// Where one cannot be read.
pub fn read_docs(
    io: &Io<'_>,
    found: &Found,
    roadmap: &Roadmap,
    report: &mut Report,
) -> Result<Vec<Doc>, Failure> {
    let mut names = BTreeMap::<String, &Place>::new();
    for (name, place) in &roadmap.docs {
        let path = found.root.join(name);
        if !io.files.is_inside(&found.root, &path) {
            report.push(leads_out(name, place));
            continue;
        }
        match io.files.entry(&path)? {
            Some(Entry::Folder) => {
                let below = io.files.walk(&path)?.into_iter().filter(|file| file.ends_with(".md"));
                names.extend(below.map(|file| (joined(name, &file), place)));
            }
            Some(_) => {
                names.insert(name.clone(), place);
            }
            None => report.push(missing(name, place)),
        }
    }
    let mut docs = Vec::new();
    for (name, place) in names {
        let path = found.root.join(&name);
        if !io.files.is_inside(&found.root, &path) {
            report.push(leads_out(&name, place));
            continue;
        }
        let bytes = io.files.read_inside(&found.root, &path, Limit::Document)?.ok_or_else(|| gone(&path))?;
        if is_marked(&PagePath::new(&*name), &bytes) {
            continue;
        }
        let outputs = [&roadmap.outputs.summary, &roadmap.outputs.labels];
        if outputs.into_iter().flatten().any(|output| folded(output) == folded(&name)) {
            // In a folder of documents it is what stands in the way of an output; by its name it is asked to be both.
            if roadmap.docs.iter().any(|(own, _)| *own == name) {
                report.push(both(&name, place));
            }
            continue;
        }
        match String::from_utf8(bytes) {
            Ok(text) => docs.push(read_doc(name.into(), text, report)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let place = Place::bytes(name, at..at + 1);
                report.push(
                    Diagnostic::new("encoding", place, "this file is not UTF-8").help("save it as UTF-8"),
                );
            }
        }
    }
    Ok(docs)
}

fn missing(name: &str, place: &Place) -> Diagnostic {
    Diagnostic::new("missing-doc", place.clone(), format!("there is no `{name}`"))
        .help("name a Markdown file or a folder, from the root of the repository")
}

fn both(name: &str, place: &Place) -> Diagnostic {
    let message =
        format!("`{name}` cannot be a document written by hand: it is where one of the `outputs` stands");
    Diagnostic::new("bad-path", place.clone(), message)
        .help("take it out of `docs`, or name another place for the output")
}

fn leads_out(name: &str, place: &Place) -> Diagnostic {
    let message =
        format!("`{name}` is not read: a link in it leads out of the root, or into git's own folder");
    Diagnostic::new("bad-path", place.clone(), message)
        .help("replace the link by the document itself, or leave it out of `docs`")
}

fn gone(path: &Path) -> Failure {
    Failure::new(FailureKind::Files, format!("there is no `{}`", path.display()))
}

fn in_git(path: &Path) -> Failure {
    let message = format!("cannot read `{}` as a lock: it lies in git's own folder", path.display());
    Failure::new(FailureKind::Usage, message).help("name another file with `--lock PATH`")
}

fn not_text(path: &Path) -> Failure {
    Failure::new(FailureKind::Files, format!("cannot read `{}`: it is not UTF-8", path.display()))
}

/// The texts of files, read again for those that findings point into: what is printed is read only then.
pub struct TextsOf<'a> {
    /// The world.
    pub io: &'a Io<'a>,
    /// Where the source is; `None` before it was found.
    pub found: Option<&'a Found>,
    /// What standard input held.
    pub stdin: Option<&'a [u8]>,
}

impl Texts for TextsOf<'_> {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        if file == STDIN {
            return self.stdin.map(|bytes| String::from_utf8_lossy(bytes).into());
        }
        let root = &self.found?.root;
        let bytes = self.io.files.read_inside(root, &root.join(file), Limit::Source).ok()??;
        Some(String::from_utf8_lossy(&bytes).into())
    }
}
