//! Whether a roadmap can begin where it is to begin: what stands there is named, and said what it is.

use crate::{
    commands::spot::Spot,
    io::{Entry, Failure, FailureKind, Io},
    report::typed,
    source,
};

/// Refuses to begin a roadmap with a file in a place that something else has taken.
///
/// # Errors
/// Where it is taken, or cannot be looked at.
pub(super) fn refuse_taken(base: &str, json: &str, spot: &Spot, io: &Io<'_>) -> Result<(), Failure> {
    refuse_file(base, spot, io)?;
    if spot.json.is_none() { refuse_other(base, json, spot, io) } else { Ok(()) }
}

/// Refuses to begin a roadmap in what is no folder.
fn refuse_file(base: &str, spot: &Spot, io: &Io<'_>) -> Result<(), Failure> {
    if base.is_empty() || io.files.entry(&spot.root.join(base))?.is_none_or(|entry| entry == Entry::Folder) {
        return Ok(());
    }
    let message = format!("cannot begin a roadmap in `{base}`: it is not a folder");
    Err(Failure::new(FailureKind::Files, message)
        .help("name another place with `--roadmap plans/roadmap.json`"))
}

/// Refuses to begin a roadmap in a folder with a file that would be its source by its name, and is none: says what it is.
fn refuse_other(base: &str, json: &str, spot: &Spot, io: &Io<'_>) -> Result<(), Failure> {
    let Ok(found) = source::find(io.files, Some(&spot.root), None) else { return Ok(()) };
    let Some(file) = found.files.iter().find(|file| found.base == base && ***file != *json) else {
        return Ok(());
    };
    let place = spot.root.join(&**file);
    let (what, help) = match io.files.entry(&place)? {
        Some(Entry::Folder) => ("is a folder", "give it another name".to_owned()),
        _ if io.files.read(&place)?.is_none_or(|text| text.trim_ascii().is_empty()) => {
            ("is empty", "delete it, or write the smallest roadmap into it, which is `{}`".to_owned())
        }
        _ => (
            "lists no milestones and issues",
            format!("`roadbook init --roadmap {}` takes it for one", typed(file)),
        ),
    };
    let message = format!("cannot begin a roadmap in `{base}`: `{file}` is there already, and {what}");
    Err(Failure::new(FailureKind::Files, message).help(help))
}
