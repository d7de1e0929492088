//! Values that people set in GitHub, written into the JSON: `--on-conflict theirs`.

use crate::{
    commands::{Session, editing::EditSession, pull::edits, writer},
    edit::{self, rewrites},
    github::{
        desired::{Desired, desired},
        plan::SourceChange,
    },
    io::Failure,
    report::{counted, neutral},
};

/// Writes them into the files that hold the items; returns what the source wants then, and how many could not be written.
///
/// # Errors
/// Where a file cannot be edited; then none is written.
pub(super) fn write(session: &Session<'_>, changes: &[SourceChange]) -> Result<(Desired, usize), Failure> {
    let written = writer::edit(session.io, session.global, false, |io| {
        let desk = EditSession::open(io, session.global, "apply")?;
        let found = edits(&desk, &desired(&desk.roadmap)?, changes)?;
        let rewrites = rewrites(desk.session.tree(), &found.edits)?;
        edit::write(&rewrites, io.files)?;
        for (_, why) in &found.left {
            io.terminal.say(&format!("not written into the source: {}\n", neutral(why)));
        }
        let is_left = |change: &&SourceChange| found.left.iter().any(|(item, _)| *item == change.item);
        Ok((changes.iter().filter(is_left).count(), rewrites.len()))
    })?;
    let (left, files) = (written.0, counted(written.1, "file"));
    let values = counted(changes.len() - left, "value");
    session.say(&format!("wrote {values} of GitHub's into {files} of the source"));
    let (_, roadmap, _) = Session::open(session.io, session.global, None)?;
    Ok((desired(&roadmap)?, left))
}
