//! `roadbook upgrade`: moves the roadmap to this program's minor version, and builds it anew.

use super::{
    FOR_PEOPLE, Session, build,
    editing::put,
    init::{SCHEMA, is_our_schema},
    no_stdin, schema, writer,
};
use crate::{
    cli::{Build, Global, Upgrade},
    edit::{self, Change, Edit, Rewrite, Spot, rewrites},
    io::{Failure, FailureKind, Io},
    model::Roadmap,
    output::Tree,
    render::PagePath,
    report::JsonPath,
    rules::{MINOR, is_later},
    setup::{HOOK_PATH, Pin, Workflow, repinned},
    source::{git_top, joined},
};

/// The key that names the version.
const KEY: &str = "roadbook";

/// Runs the verb.
pub(super) fn run(args: &Upgrade, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "upgrade")?;
    let upgraded = || writer::anew(io, |io| upgrade(args, global, io));
    if args.dry_run {
        return upgraded();
    }
    writer::alone(io, global, || match upgraded()? {
        0 => build::run(&Build { findings: FOR_PEOPLE, adopt: Vec::new(), tracked: false }, global, io),
        code => Ok(code),
    })
}

/// Changes what names the version.
fn upgrade(args: &Upgrade, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let (session, roadmap, _) = Session::open(io, global, None)?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let ours = MINOR;
    refuse_later(&roadmap, ours)?;
    let edits = edit(&roadmap, ours);
    let mut rewrites = rewrites(session.tree(), edits.as_slice())?;
    let is_pinned = rewrites.is_empty();
    rewrites.extend(beside(&session)?);
    put(io, global, &rewrites, args.dry_run)?;
    let from = roadmap.pinned.map_or("no version".into(), |pinned| format!("Roadbook {pinned}"));
    session.say(&match (is_pinned, args.dry_run) {
        (true, _) => format!("the roadmap is pinned to Roadbook {ours} already"),
        (false, true) => {
            format!("would move the roadmap from {from} to Roadbook {ours}; nothing was written")
        }
        (false, false) => format!("moved the roadmap from {from} to Roadbook {ours}"),
    });
    Ok(0)
}

/// A roadmap of a later version is not moved back: what it says may mean something else here.
fn refuse_later(roadmap: &Roadmap, ours: &str) -> Result<(), Failure> {
    match roadmap.pinned.as_deref() {
        Some(pinned) if is_later(pinned) => {
            let message = format!("the roadmap is pinned to Roadbook {pinned}, and this is Roadbook {ours}");
            Err(Failure::new(FailureKind::Usage, message)
                .help(format!("install Roadbook {pinned} or a later one")))
        }
        _ => Ok(()),
    }
}

/// What else names this version: the schema beside the JSON, the workflows, and the file of pre-commit. Of these only what
/// `init` wrote is touched, and in workflows nothing but the release.
fn beside(session: &Session<'_>) -> Result<Vec<Rewrite>, Failure> {
    let mut rewrites = Vec::new();
    let tree = session.tree();
    let schema = joined(&session.found.base, SCHEMA);
    if let Some(text) = text(tree, &schema)?.filter(|text| is_our_schema(text)) {
        rewrites.extend(edit::rewrite(tree, &schema.as_str().into(), text, schema::text())?);
    }
    let top = git_top(tree.files, tree.root)?.unwrap_or(tree.root);
    let tree = Tree { root: top, ..tree };
    for path in Workflow::ALL.map(Workflow::path).into_iter().chain([HOOK_PATH]) {
        let Some(text) = text(tree, path)? else { continue };
        if let Some(new) = repinned(&text, &Pin::this()) {
            rewrites.extend(edit::rewrite(tree, &path.into(), text, new)?);
        }
    }
    Ok(rewrites)
}

/// The text of a file; `None` where there is none, or it is no text.
fn text(tree: Tree<'_>, path: &str) -> Result<Option<String>, Failure> {
    let bytes = tree.read(&PagePath::new(path))?;
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
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
