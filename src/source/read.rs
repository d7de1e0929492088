//! Reading the source once: the JSON and the lock.

use std::{
    path::{Path, PathBuf},
    string::FromUtf8Error,
    sync::Arc,
};

use super::{Document, Found, Lock, STDIN, bodies::read_bodies, joined, merge, parse, parse_lock};
use crate::{
    io::{Failure, FailureKind, Io, Limit},
    report::{Action, Code, Diagnostic, Place, Report, Texts},
};

/// The name of the lock beside the JSON.
pub(crate) const LOCK: &str = "roadbook.lock.json";

/// The folder of the users' templates beside the JSON.
pub(crate) const TEMPLATES: &str = "templates";

/// Reads the source's files into one document. What cannot be understood is told and left out.
///
/// # Errors
/// Where a file cannot be read.
pub(crate) fn read_document(
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
    if found.files.len() > 1 {
        *report = std::mem::take(report).map(|found| Some(beside_others(found)));
    }
    let mut document = merge(parsed, report);
    document.bodies = read_bodies(io, found, report)?;
    Ok(document)
}

/// Of several files only one may have an `extra` at its top: nothing is moved there.
fn beside_others(mut found: Diagnostic) -> Diagnostic {
    found.repair = found.repair.filter(|repair| {
        let is_top = repair.place.at.json().is_none_or(|(path, _)| path.0.len() < 2);
        !(is_top && repair.action == Action::Extra)
    });
    found
}

/// Reads the lock: `--lock PATH`, else the one beside the JSON, where there is one.
///
/// # Errors
/// Where it cannot be read, or `--lock` names none.
pub(crate) fn read_lock(
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
pub(crate) fn lock_path(found: &Found, named: Option<&Path>) -> PathBuf {
    named.map_or_else(|| found.root.join(joined(&found.base, LOCK)), Path::to_owned)
}

/// There is no such file.
pub(crate) fn gone(path: &Path) -> Failure {
    Failure::new(FailureKind::Files, format!("there is no `{}`", path.display()))
}

fn in_git(path: &Path) -> Failure {
    let message = format!("cannot read `{}` as a lock: it lies in git's own folder", path.display());
    Failure::new(FailureKind::Usage, message).help("name another file with `--lock PATH`")
}

/// A file that is no text is told.
pub(crate) fn not_text(file: Arc<str>, error: &FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    Diagnostic::new(Code::Encoding, Place::bytes(file, at..at + 1), "this file is not UTF-8")
        .help("save it as UTF-8")
}

/// The texts of files, read again for those that findings point into: what is printed is read only then.
pub(crate) struct TextsOf<'a> {
    /// The world.
    pub(crate) io: &'a Io<'a>,
    /// Where the source is; `None` before it was found.
    pub(crate) found: Option<&'a Found>,
    /// What standard input held.
    pub(crate) stdin: Option<&'a [u8]>,
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
