//! `roadbook pin`: writes the ids that were made from titles into the JSON, so that they outlast their titles.

use std::sync::Arc;

use super::{Session, editing::put, no_stdin};
use crate::{
    cli::{Global, Pin},
    edit::{Change, Edit, Spot, rewrites},
    io::{Failure, Io},
    model::{Id, Roadmap},
    report::{JsonPath, counted},
    source::Origin,
};

/// Runs the verb.
pub(super) fn run(args: &Pin, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "pin")?;
    let (session, roadmap, _) = Session::open(io, global, None)?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let edits = edits(&roadmap);
    if edits.is_empty() {
        session.say("nothing to pin: no id is made from a title");
        return Ok(0);
    }
    let rewrites = rewrites(session.tree(), &edits)?;
    let (ids, files) = (counted(edits.len(), "id"), counted(rewrites.len(), "file"));
    put(io, global, &rewrites, args.dry_run)?;
    session.say(&if args.dry_run {
        format!("would pin {ids} in {files}; nothing was written")
    } else {
        format!("pinned {ids} in {files}")
    });
    Ok(0)
}

/// The id of every item that has none of its own, as its first property.
fn edits(roadmap: &Roadmap) -> Vec<Edit> {
    let milestones =
        roadmap.milestones.iter().filter(|it| it.made).map(|it| ("milestones", it.origin, &it.id));
    let issues = roadmap.issues.iter().filter(|it| it.made).map(|it| ("issues", it.origin, &it.id));
    milestones.chain(issues).map(|(list, origin, id)| edit(roadmap, list, origin, id)).collect()
}

fn edit(roadmap: &Roadmap, list: &str, origin: Origin, id: &Id) -> Edit {
    Edit {
        file: Arc::clone(&roadmap.files[origin.file]),
        path: JsonPath::default().key(list).index(origin.index).key("id"),
        change: Change::Set(id.as_str().into(), Spot::First),
    }
}
