//! Reading everything that a run needs, once: the JSON, the lock, the users' templates, the hand-written documents.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Doc, Document, Found, Lock, STDIN, joined, merge, parse, parse_lock, read_doc};
use crate::{
    io::{Entry, Failure, FailureKind, Io},
    model::Roadmap,
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
        let bytes = io.files.read(&path)?.ok_or_else(|| gone(&path))?;
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
    match io.files.read(&path)? {
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
    let names = io.files.walk(&found.root.join(&folder))?;
    for name in names.into_iter().filter(|name| !name.ends_with(KEPT)) {
        let file: Arc<str> = joined(&folder, &name).into();
        let path = found.root.join(&*file);
        let bytes = io.files.read(&path)?.ok_or_else(|| gone(&path))?;
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
    let mut names = std::collections::BTreeSet::<String>::new();
    for (name, place) in &roadmap.docs {
        let path = found.root.join(name);
        match io.files.entry(&path)? {
            Some(Entry::Folder) => {
                let below = io.files.walk(&path)?;
                names.extend(
                    below.into_iter().filter(|file| file.ends_with(".md")).map(|file| joined(name, &file)),
                );
            }
            Some(_) => {
                names.insert(name.clone());
            }
            None => report.push(missing(name, place)),
        }
    }
    let mut docs = Vec::new();
    for name in names {
        let path = found.root.join(&name);
        let bytes = io.files.read(&path)?.ok_or_else(|| gone(&path))?;
        if is_marked(&PagePath::new(&*name), &bytes) {
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

fn gone(path: &Path) -> Failure {
    Failure::new(FailureKind::Files, format!("there is no `{}`", path.display()))
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
        let path = self.found?.root.join(file);
        let bytes = self.io.files.read(&path).ok()??;
        Some(String::from_utf8_lossy(&bytes).into())
    }
}
