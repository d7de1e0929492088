//! Verbs on all roadmaps that `.roadbook` lists: each in turn, then what they have in common.

use std::path::{Path, PathBuf};

use super::{
    build, check, diff, front,
    front::Made,
    plan, published, pull,
    selection::{Heads, Selection, lock_at},
    session::tell_gathered,
    snapshot, writer,
};
use crate::{
    cli::{
        Build, Built, Check, Diff, DiffFormat, Drift, Findings, Format, Global, Plan, PlanFormat, Pull,
        PullFormat, Snapshot,
    },
    fleet::Front,
    history::Tracked,
    io::{Failure, FailureKind, Io},
};

/// Builds all roadmaps, and their front page.
///
/// # Errors
/// Where the world refuses.
pub(super) fn build(args: &Built, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let selection = Selection::all(io, global)?;
    if args.history {
        return history(args, global, &selection, io);
    }
    let Some(root) = selection.root() else {
        hold_all_apart(io, &selection)?;
        return selection.each(io, Heads::Said, |one, io| {
            let code = writer::alone(io, &one.global, || build::run(&args.build, &one.global, io))?;
            Ok(code.max(front_of(io, &one.global)?))
        });
    };
    let adopt = &args.build.adopt;
    front::hold_apart(io, &selection)?;
    hold_adopted(io, &selection, adopt)?;
    let own = Build { adopt: Vec::new(), ..args.build.clone() };
    let code = selection.each(io, Heads::Said, |one, io| {
        writer::alone(io, &one.global, || build::run(&own, &one.global, io))
    })?;
    let front = writer::alone_in(io, global, &[root.to_owned()], || {
        front::build(io, global, &selection, (&own.findings, adopt))
    })?;
    told(io, &selection, &own.findings)?;
    Ok(code.max(front))
}

/// Tells as one document what all of them found, where that is wanted.
fn told(io: &Io<'_>, selection: &Selection, findings: &Findings) -> Result<(), Failure> {
    let within = selection.members.first().and_then(|one| one.global.within.as_deref());
    match (within, findings.format) {
        (Some(within), Format::Json | Format::Sarif) => tell_gathered(io.terminal, findings.format, within),
        _ => Ok(()),
    }
}

/// The same for one that was chosen of several.
fn hold_all_apart(io: &Io<'_>, selection: &Selection) -> Result<(), Failure> {
    let all =
        selection.members.first().filter(|one| one.global.root.is_some() && one.global.roadmap.is_some());
    match all {
        Some(one) => {
            let all = Global { roadmap: None, lock: None, ..one.global.clone() };
            front::hold_apart(io, &Selection::all(io, &all)?)
        }
        None => Ok(()),
    }
}

/// Brings the front page up to date after a build of one of several roadmaps, whose totals it shows.
///
/// # Errors
/// Where the disk refuses.
pub(super) fn front_of(io: &Io<'_>, global: &Global) -> Result<u8, Failure> {
    if global.within.is_some() || global.root.is_none() {
        return Ok(0);
    }
    let all = Global { roadmap: None, lock: None, ..global.clone() };
    let Ok(selection) = Selection::all(io, &all) else { return Ok(0) };
    let Some(root) = selection.root() else { return Ok(0) };
    writer::alone_in(io, global, &[root.to_owned()], || {
        front::build(io, global, &selection, (&super::FOR_PEOPLE, &[]))
    })
}

/// Refuses to adopt what is no file of the front page: which roadmap it belongs to has to be said.
fn hold_adopted(io: &Io<'_>, selection: &Selection, adopt: &[PathBuf]) -> Result<(), Failure> {
    if adopt.is_empty() {
        return Ok(());
    }
    let Some(root) = selection.root() else { return Ok(()) };
    let made = front::make(io, selection)?;
    for path in adopt {
        let real = io.files.real(path)?;
        let is_front = crate::source::below(root, &real)
            .is_some_and(|path| matches!(&made, Made::Page(page) if page.has(&path)));
        if !is_front {
            let message = format!(
                "cannot adopt `{}`: all roadmaps are built, and it is not of their front page",
                path.display()
            );
            return Err(
                Failure::new(FailureKind::Usage, message).help("say whose file it is with `--roadmap NAME`")
            );
        }
    }
    Ok(())
}

/// The websites with their history, each in a folder of its name, and the front page above them.
fn history(args: &Built, global: &Global, selection: &Selection, io: &Io<'_>) -> Result<u8, Failure> {
    if !selection.is_several() {
        return selection.each(io, Heads::Said, |one, io| {
            writer::alone(io, &one.global, || published::run(args, &one.global, io))
        });
    }
    let out = args.out.as_deref().unwrap_or(Path::new(""));
    let code = selection.each(io, Heads::Said, |one, io| {
        let own = Built { out: Some(out.join(&one.name)), ..args.clone() };
        writer::alone(io, &one.global, || published::run(&own, &one.global, io))
    })?;
    let day = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    if let Some(Front { files }) = front::published(io, selection, day)? {
        front::put(io, global, out, &files, args.force)?;
    }
    told(io, selection, &args.build.findings)?;
    Ok(code)
}

/// Checks all roadmaps, and their front page.
///
/// # Errors
/// Where the world refuses.
pub(super) fn check(args: &Check, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let selection = if args.staged {
        // What a commit lists may not be what is listed in the working tree.
        let folder = global.root.as_deref().unwrap_or(Path::new("."));
        match Tracked::staged(io, folder) {
            Ok(staged) => Selection::all(&Io { files: &staged, ..*io }, global)?,
            Err(_) => Selection::all(io, global)?,
        }
    } else {
        Selection::all(io, global)?
    };
    let is_edit = args.fixing.fix.is_some() || args.accept.is_some();
    let code = selection.each(io, Heads::Said, |one, io| match is_edit {
        true => writer::edit(io, &one.global, args.fixing.dry_run, |io| check::run(args, &one.global, io)),
        false => check::run(args, &one.global, io),
    })?;
    if !selection.is_several() {
        return Ok(code);
    }
    let front = if args.fixing.dry_run { 0 } else { check::front::check(args, &selection, io)? };
    check::front::write_patch(args, &selection, io)?;
    told(io, &selection, &args.findings)?;
    Ok(code.max(front))
}

/// Asks GitHub about all roadmaps; with `--out`, that is a folder with a lock for each.
///
/// # Errors
/// Where the world refuses.
pub(super) fn snapshot(args: &Snapshot, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let selection = Selection::near(io, global)?;
    let code = selection.each(io, Heads::Said, |one, io| {
        match args.out.as_deref().filter(|_| selection.is_several()) {
            Some(out) => {
                let own = Snapshot { out: Some(lock_at(io, out, &one.name)?), ..args.clone() };
                snapshot::run(&own, &one.global, io)
            }
            None => snapshot::run(args, &one.global, io),
        }
    })?;
    let front = if args.out.is_some() { 0 } else { after(io, global, &selection)? };
    Ok(code.max(front))
}

/// Brings the front page up to date after all or one of the roadmaps may have been built.
///
/// # Errors
/// Where the disk refuses.
pub(super) fn after(io: &Io<'_>, global: &Global, selection: &Selection) -> Result<u8, Failure> {
    match (selection.root(), selection.members.as_slice()) {
        (Some(root), _) => {
            let root = Some(root.to_owned());
            front_of(io, &Global { root, within: None, ..global.clone() })
        }
        (None, [one]) => front_of(io, &one.global),
        (None, _) => Ok(0),
    }
}

/// Tells what has changed in the roadmap that is meant, else in each.
///
/// # Errors
/// Where one document is wanted of several roadmaps, and where the world refuses.
pub(super) fn diff(args: &Diff, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let is_one = args.format() == DiffFormat::Json || args.out.is_some();
    let selection = texts(io, global, is_one)?;
    selection.each(io, Heads::of(args.format() == DiffFormat::Markdown), |one, io| {
        diff::run(args, &one.global, io)
    })
}

/// Plans the roadmap that is meant, else each.
///
/// # Errors
/// As [`diff`].
pub(super) fn plan(args: &Plan, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let selection = texts(io, global, args.format == PlanFormat::Json || args.out.is_some())?;
    selection
        .each(io, Heads::of(args.format == PlanFormat::Markdown), |one, io| plan::run(args, &one.global, io))
}

/// Compares the roadmap that is meant with GitHub, else each.
///
/// # Errors
/// As [`diff`].
pub(super) fn drift(args: &Drift, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let selection = texts(io, global, args.format == PlanFormat::Json)?;
    selection.each(io, Heads::of(args.format == PlanFormat::Markdown), |one, io| {
        plan::drift(args, &one.global, io)
    })
}

/// Brings home what people did on GitHub into the roadmap that is meant, else into each.
///
/// # Errors
/// As [`diff`].
pub(super) fn pull(args: &Pull, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let selection = texts(io, global, args.format == PullFormat::Json)?;
    let code = selection.each(io, Heads::of(false), |one, io| pull::run(args, &one.global, io))?;
    let is_built = args.build && !args.dry_run;
    Ok(code.max(if is_built { after(io, global, &selection)? } else { 0 }))
}

/// The roadmaps whose texts stand below each other, where that is not one document.
fn texts(io: &Io<'_>, global: &Global, is_one: bool) -> Result<Selection, Failure> {
    let selection = Selection::near(io, global)?;
    if is_one && selection.is_several() {
        Selection::one(io, global).map(|_| selection)
    } else {
        Ok(selection)
    }
}
