//! Values that people set in GitHub, written into the JSON: `--on-conflict theirs`.

use std::sync::Arc;

use crate::{
    commands::{Session, writer},
    edit::{self, Change, Edit, New, Spot, rewrites},
    github::{
        desired::{Desired, desired},
        plan::{Item, SourceChange},
        state::label_key,
    },
    io::Failure,
    model::Roadmap,
    report::{JsonPath, counted},
    source::Origin,
};

/// Writes them into the files that hold the items, and returns what the source wants then.
///
/// # Errors
/// Where a file cannot be edited; then none is written.
pub(super) fn write(session: &Session<'_>, changes: &[SourceChange]) -> Result<Desired, Failure> {
    let written = writer::edit(session.io, session.global, false, |io| {
        let (session, roadmap, _) = Session::open(io, session.global, None)?;
        let edits: Vec<_> = changes.iter().filter_map(|change| edit(&roadmap, change)).collect();
        let rewrites = rewrites(session.tree(), &edits)?;
        edit::write(&rewrites, io.files)?;
        Ok((edits.len(), rewrites.len()))
    })?;
    let (values, files) = (counted(written.0, "value"), counted(written.1, "file"));
    session.say(&format!("wrote {values} of GitHub's into {files} of the source"));
    let (_, roadmap, _) = Session::open(session.io, session.global, None)?;
    desired(&roadmap)
}

fn edit(roadmap: &Roadmap, change: &SourceChange) -> Option<Edit> {
    let (list, origin) = place(roadmap, &change.item)?;
    Some(Edit {
        file: Arc::clone(&roadmap.files[origin.file]),
        path: JsonPath::default().key(list).index(origin.index).key(change.field.key()),
        change: Change::Set(New::Value(change.value.clone()), Spot::Last),
    })
}

/// The list and the place in it in which an item is written.
fn place(roadmap: &Roadmap, item: &Item) -> Option<(&'static str, Origin)> {
    match item {
        Item::Label(name) => {
            let label = roadmap.labels.iter().find(|label| label_key(&label.name) == label_key(name))?;
            Some(("labels", label.origin?))
        }
        Item::Milestone(id) => {
            let milestone = roadmap.milestones.iter().find(|milestone| milestone.id == *id)?;
            Some(("milestones", milestone.origin))
        }
        Item::Issue(id) => {
            let issue = roadmap.issues.iter().find(|issue| issue.id == *id)?;
            Some(("issues", issue.origin))
        }
    }
}
