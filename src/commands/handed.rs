//! Files that `--out` and `--patch` name: written where nothing is lost by it.
//!
//! A file that is there is replaced only where its form says that Roadbook wrote it, or where its owner says `--force`. The
//! source and what is derived from it are never replaced so, nor is anything written into git's folder.

mod form;

use std::path::{Component, Path, PathBuf};

use super::Session;
use crate::{
    github::journal,
    io::{Entry, Failure, FailureKind, Files, Limit},
    model::folded,
    source::{self, ACCEPTED, POINTER, below, is_source, joined, lock_path},
};

pub(super) use form::Form;

/// Writes what was made in this form into a file that the command line names. A link is followed to the file that it leads
/// to, which is judged in its place.
///
/// # Errors
/// Where the file is somebody else's, has another use, or cannot be written.
pub(super) fn put(
    session: &Session<'_>,
    out: &Path,
    bytes: &[u8],
    form: Form,
    force: bool,
) -> Result<(), Failure> {
    let files = session.disk().files;
    let real = files.real(out)?;
    if leads_out(files, &session.found.root, out)? {
        return Err(refusal(out, "a link on the way to it leads out of the root").help(NO_LINK));
    }
    if let Some(why) = use_of(session, &real, form)? {
        return Err(refusal(out, why).help("name another file"));
    }
    replace(files, out, bytes, form, force)
}

/// The same where there is no roadmap whose files could be hit.
///
/// # Errors
/// Where the file is somebody else's, or cannot be written.
pub(super) fn replace(
    files: &dyn Files,
    out: &Path,
    bytes: &[u8],
    form: Form,
    force: bool,
) -> Result<(), Failure> {
    let real = files.real(out)?;
    if files.is_gits(&real) {
        return Err(refusal(out, "it lies in git's own folder").help("name another file"));
    }
    let mut seen = None;
    match files.entry(&real)? {
        None => {}
        Some(Entry::Folder) => return Err(refusal(out, "it is a folder").help("name a file in it")),
        Some(Entry::Other) => {
            return Err(
                refusal(out, "it is a device, a pipe or a link that leads nowhere").help("name a file")
            );
        }
        Some(Entry::File) => {
            let old = files.read_at_most(&real, Limit::Source)?.unwrap_or_default();
            if !force && !old.is_empty() && !form.fits(&old) {
                let why = format!("it is there already, and is not {} that Roadbook wrote", form.words());
                return Err(refusal(out, &why).help("name another file; `--force` replaces this one"));
            }
            seen = Some(old);
        }
    }
    // A link is written where it leads; else the file is called what it was called.
    let target = if files.here().join(out) == real { out } else { &real };
    files.writable(target)?;
    // What was looked at is replaced, and nothing that somebody saves meanwhile.
    if files.replace(target, seen.as_deref(), bytes)? { Ok(()) } else { Err(Failure::changed(out.display())) }
}

/// What is to be done about a link that leads out of the root.
pub(super) const NO_LINK: &str = "name the file that the link leads to, or another one";

/// Whether a link inside of the root leads a path out of it: the user names what lies elsewhere, a commit does not.
///
/// # Errors
/// Where the disk refuses.
pub(super) fn leads_out(files: &dyn Files, root: &Path, path: &Path) -> Result<bool, Failure> {
    let (mut way, mut was_inside) = (PathBuf::new(), false);
    for part in files.here().join(path).components() {
        way.push(part);
        let is_inside = files.real(&way)?.starts_with(root);
        if was_inside && !is_inside && part != Component::ParentDir {
            return Ok(true);
        }
        was_inside = is_inside;
    }
    Ok(false)
}

fn refusal(out: &Path, why: &str) -> Failure {
    Failure::new(FailureKind::Usage, format!("cannot write `{}`: {why}", out.display()))
}

/// What a file of this roadmap is used for that it cannot be replaced so, whatever is said; `None` where it is free.
fn use_of(session: &Session<'_>, real: &Path, form: Form) -> Result<Option<&'static str>, Failure> {
    let (files, found) = (session.disk().files, &session.found);
    let lock = lock_path(found, session.global.lock.as_deref());
    if form != Form::Lock && files.real(&lock)? == real {
        return Ok(Some("it is the lock"));
    }
    if files.real(&lock.with_file_name(journal::NAME))? == real {
        return Ok(Some("it is the journal of `apply`"));
    }
    let Some(name) = below(&found.root, real) else { return Ok(None) };
    let name = folded(&name);
    let is = |other: &str| name == folded(other);
    let is_in = |folder: &str| name.strip_prefix(&folded(folder)).is_some_and(|rest| rest.starts_with('/'));
    let (folder, own) = name.rsplit_once('/').unwrap_or(("", &name));
    // A file that is named alone is the whole source: what lies beside it is not read.
    let is_folder_read = !found.base.is_empty() || found.files.len() != 1;
    let outputs = &session.outputs;
    let is_output = [&outputs.summary, &outputs.labels].into_iter().flatten().any(|path| is(path))
        || [&outputs.milestones, &outputs.site].into_iter().flatten().any(|path| is(path) || is_in(path));
    Ok(if is(POINTER) || found.files.iter().any(|file| is(file)) {
        Some("it is the source of the roadmap")
    } else if is_folder_read && folder == folded(&found.base) && is_source(own) {
        Some("it would be read as a source of the roadmap")
    } else if is(&joined(&found.base, ACCEPTED)) {
        Some("it is the file of accepted findings")
    } else if is_in(&joined(&found.base, "templates")) {
        Some("it would be read as a template")
    } else if is_in(&joined(&found.base, source::BODIES)) {
        Some("it would be read as the body of an issue")
    } else if is_output {
        Some("`roadbook build` keeps its own files there")
    } else {
        None
    })
}
