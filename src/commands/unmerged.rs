//! Files of a roadmap that git could not merge: its index has both sides of them, and so nothing that a commit could hold.
//!
//! Whoever reads the index gets one of these versions, most often the one that both sides started from, which may be in order.

use super::Session;
use crate::{
    history::Tracked,
    io::Failure,
    model::Roadmap,
    report::{Code, Diagnostic, Place, Report, typed},
    source::{ACCEPTED, BODIES, LOCK, TEMPLATES, joined},
};

/// Finds the files of the source, of its documents and of its pages that git's index has more than one version of.
///
/// # Errors
/// Where a folder above the root cannot be looked at.
pub(super) fn unmerged(
    session: &Session<'_>,
    roadmap: &Roadmap,
    tracked: &Tracked<'_>,
) -> Result<Report, Failure> {
    let above = session.way_from_top()?;
    let found = &session.found;
    let beside = [BODIES, TEMPLATES, LOCK, ACCEPTED].map(|name| joined(&found.base, name));
    let outputs = &session.outputs;
    let made = [&outputs.summary, &outputs.labels, &outputs.milestones, &outputs.site].into_iter().flatten();
    let sources = found.files.iter().map(AsRef::as_ref);
    let docs = roadmap.docs.iter().map(|(doc, _)| doc.as_str());
    let all = sources.chain(beside.iter().map(String::as_str)).chain(docs).chain(made.map(String::as_str));
    let all: Vec<_> = all.map(|path| path.trim_end_matches('/')).collect();
    let mut report = Report::default();
    for path in tracked.index().unmerged() {
        let Some(path) = below(&above, path) else { continue };
        if all.iter().any(|own| path == *own || below(own, path).is_some()) {
            report.push(undecided(path));
        }
    }
    Ok(report)
}

/// The way from a folder to a path below it.
fn below<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

fn undecided(path: &str) -> Diagnostic {
    let message = format!("`{path}` is not merged: git has several versions of it, and none to commit");
    Diagnostic::new(Code::ConflictMarkers, Place::file(path), message)
        .help(format!("decide what the file is to say, then: git add {}", typed(path)))
}
