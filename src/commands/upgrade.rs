//! `roadbook upgrade`: moves the roadmap to this program's minor version, and builds it anew.

use super::{Session, build, editing::put, no_stdin};
use crate::{
    cli::{Build, Findings, Format, Global, Upgrade},
    edit::{Change, Edit, Spot, rewrites},
    io::{Failure, FailureKind, Io},
    model::Roadmap,
    report::JsonPath,
    rules::MINOR,
};

/// The key that names the version.
const KEY: &str = "roadbook";

/// Runs the verb.
pub(super) fn run(args: &Upgrade, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "upgrade")?;
    let (session, roadmap, _) = Session::open(io, global, None)?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let ours = MINOR;
    refuse_newer(&roadmap, ours)?;
    let rewrites = match edit(&roadmap, ours) {
        Some(edit) => rewrites(session.tree(), &[edit])?,
        None => Vec::new(),
    };
    put(io, global, &rewrites, args.dry_run)?;
    let from = roadmap.pinned.map_or("no version".into(), |pinned| format!("Roadbook {pinned}"));
    session.say(&match (rewrites.is_empty(), args.dry_run) {
        (true, _) => format!("the roadmap is pinned to Roadbook {ours} already"),
        (false, true) => {
            format!("would move the roadmap from {from} to Roadbook {ours}; nothing was written")
        }
        (false, false) => format!("moved the roadmap from {from} to Roadbook {ours}"),
    });
    if args.dry_run {
        return Ok(0);
    }
    let findings = Findings { format: Format::Human, deny_warnings: false };
    build::run(&Build { findings, adopt: Vec::new(), tracked: false }, global, io)
}

/// A roadmap of a later version is not moved back: what it says may mean something else here.
fn refuse_newer(roadmap: &Roadmap, ours: &str) -> Result<(), Failure> {
    let parts = |version: &str| -> Option<(u64, u64)> {
        let (major, minor) = version.split_once('.')?;
        Some((major.parse().ok()?, minor.parse().ok()?))
    };
    match roadmap.pinned.as_deref() {
        Some(pinned) if parts(pinned) > parts(ours) => {
            let message = format!("the roadmap is pinned to Roadbook {pinned}, and this is Roadbook {ours}");
            Err(Failure::new(FailureKind::Usage, message)
                .help(format!("install Roadbook {pinned} or a later one")))
        }
        _ => Ok(()),
    }
}

/// The edit of the file that pins a version, else of the first one; `None` where there is nothing to change.
fn edit(roadmap: &Roadmap, ours: &str) -> Option<Edit> {
    if roadmap.pinned.as_deref() == Some(ours) {
        return None;
    }
    let path = JsonPath::default().key(KEY);
    let change = Change::Set(ours.into(), Spot::After("$schema"));
    Some(Edit { file: roadmap.head_place(KEY).file, path, change })
}
