//! `roadbook upgrade`: moves the roadmap to this program's minor version, and builds it anew.

use std::sync::Arc;

use super::{Session, build, no_stdin, print_diff};
use crate::{
    cli::{Build, Findings, Format, Global, Upgrade},
    edit::{Change, Edit, Spot, rewrites},
    io::{Failure, FailureKind, Io},
    model::Roadmap,
    report::JsonPath,
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
    let ours = build::MINOR_VERSION;
    refuse_newer(&roadmap, ours)?;
    let rewrites = match edit(&session, &roadmap, ours)? {
        Some(edit) => rewrites(session.tree(), &[edit])?,
        None => Vec::new(),
    };
    for rewrite in &rewrites {
        if args.dry_run {
            print_diff(io, global, &rewrite.diff())?;
        } else {
            rewrite.write(io.files)?;
        }
    }
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
    build::run(&Build { findings, adopt: Vec::new() }, global, io)
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
fn edit(session: &Session<'_>, roadmap: &Roadmap, ours: &str) -> Result<Option<Edit>, Failure> {
    if roadmap.pinned.as_deref() == Some(ours) {
        return Ok(None);
    }
    let mut file = roadmap.files.first();
    for other in roadmap.files.iter().filter(|_| roadmap.pinned.is_some()) {
        if pins(session, other)? {
            file = Some(other);
        }
    }
    let change = Change::Set(ours.into(), Spot::After("$schema"));
    Ok(file.map(|file| Edit { file: Arc::clone(file), path: JsonPath::default().key(KEY), change }))
}

/// Whether a file of the source says which version it is pinned to.
fn pins(session: &Session<'_>, file: &str) -> Result<bool, Failure> {
    let bytes = session.tree().read(&crate::render::PagePath::new(file))?.unwrap_or_default();
    let top: Option<serde_json::Value> =
        serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).ok();
    Ok(top.is_some_and(|top| top.get(KEY).is_some_and(|value| !value.is_null())))
}
