//! The front page of several roadmaps, checked as their own documents are.

use super::{
    difference::{Difference, orphan},
    first::first_difference,
    hand_patch, show,
};
use crate::{
    cli::Check,
    commands::{
        Session,
        build::foreign_file,
        front::{FrontPage, Made, make, tell},
        selection::Selection,
        verdict::{Working, Written},
    },
    history::Tracked,
    io::{Failure, Io},
    output::{Tree, as_on_disk, is_marked, same_lines},
    render::PagePath,
    report::{Code, Diagnostic, Place, Report},
};

/// Checks the front page of a list, where a website of it is committed; returns the exit code.
///
/// # Errors
/// Where the disk or git refuses.
pub(in crate::commands) fn check(args: &Check, selection: &Selection, io: &Io<'_>) -> Result<u8, Failure> {
    let (Some(root), Some(first)) = (selection.root(), selection.members.first()) else { return Ok(0) };
    if args.staged {
        let staged = Tracked::staged(io, root)?;
        return judged(args, selection, (&Io { files: &staged, ..*io }, io), Some(&staged));
    }
    let named = io.process.variable("GIT_INDEX_FILE").filter(|_| args.tracked);
    match Working::find(&first.global, io, named.as_deref().map(std::path::Path::new), true)? {
        // All sources count: what others of them are not tracked is told by their own checks.
        Some(Working { files, .. }) => judged(args, selection, (io, io), Some(&files)),
        None => judged(args, selection, (io, io), None),
    }
}

fn judged(
    args: &Check,
    selection: &Selection,
    (io, disk): (&Io<'_>, &Io<'_>),
    tracked: Option<&Tracked<'_>>,
) -> Result<u8, Failure> {
    let Some(first) = selection.members.first() else { return Ok(0) };
    let quiet = first.global.quiet;
    let page = match make(io, selection)? {
        Made::Page(page) if page.is_committed => page,
        Made::Page(_) | Made::Nothing => return Ok(0),
        Made::Unread(names) => {
            let words = format!("the front page was not compared: `{}` cannot be read\n", names.join("`, `"));
            (!quiet).then(|| io.terminal.say(&words));
            return Ok(0);
        }
    };
    let (mut session, ..) = Session::read(io, &first.global, None)?;
    session.beside = args.staged.then_some(disk);
    let differences = compare(&session, &page, tracked.filter(|_| !args.staged), args.tracked)?;
    show(&session, args, &differences);
    if let Some(within) = &first.global.within {
        let above = session.way_from_top()?;
        differences.iter().filter(|it| it.is_ours).for_each(|it| within.add_patch(&it.patch(&above)));
    }
    let mut report = Report::default();
    differences.iter().for_each(|difference| report.push(finding(difference)));
    let code = tell(io, selection, report, ("check", &args.findings))?;
    if !quiet {
        io.terminal.say(&format!("checked the front page, {} files compared\n", page.files.len()));
    }
    Ok(code)
}

/// Its files that are not as they should be, and what has no place beside them.
fn compare(
    session: &Session<'_>,
    page: &FrontPage,
    working: Option<&Tracked<'_>>,
    is_strict: bool,
) -> Result<Vec<Difference>, Failure> {
    let written = Written::of(session, working, is_strict)?;
    let disk = Tree { files: session.disk().files, root: &session.found.root };
    let mut differences = Vec::new();
    for (path, bytes) in &page.files {
        let old = written.tree(path).read(path)?;
        if old.as_deref().is_some_and(|old| same_lines(bytes, old)) {
            continue;
        }
        let on_disk = disk.read(path).ok().flatten();
        differences.push(Difference {
            path: path.clone(),
            is_ours: old.as_deref().is_none_or(|old| is_marked(path, old)),
            is_on_disk: on_disk.is_some_and(|there| same_lines(bytes, &there)),
            is_ignored: old.is_none() && written.is_ignored(path),
            new: Some(as_on_disk(bytes, old.as_deref()).into_owned()),
            old,
        });
    }
    for path in page.orphans(session.tree())? {
        differences.push(Difference::orphan(path.clone(), session.tree().read(&path)?));
    }
    Ok(differences)
}

/// What is said of one.
fn finding(difference: &Difference) -> Diagnostic {
    let path: &PagePath = &difference.path;
    let (Some(old), Some(new)) = (&difference.old, &difference.new) else {
        if difference.new.is_none() {
            return orphan(path);
        }
        let help =
            difference.added().map(|command| format!("it is here, but git does not track it: {command}"));
        return Diagnostic::new(
            Code::MissingFile,
            Place::file(path.as_str()),
            format!("`{path}` is missing"),
        )
        .help(help.unwrap_or_else(|| "`roadbook build` writes it".to_owned()));
    };
    if !difference.is_ours {
        return foreign_file(path);
    }
    let first = first_difference(old, new);
    let message = format!("`{path}` is stale: it differs from what the roadmaps make");
    Diagnostic::new(Code::StaleFile, Place::bytes(path.as_str(), first.range), message).help(match difference
        .added()
    {
        Some(command) => format!("the working tree has it as it should be: {command}"),
        None => "`roadbook build` without `--roadmap` writes it anew".to_owned(),
    })
}

/// Writes what mends all roadmaps and the front page as one patch.
///
/// # Errors
/// Where it cannot be written there, or no roadmap can be read.
pub(in crate::commands) fn write_patch(
    args: &Check,
    selection: &Selection,
    io: &Io<'_>,
) -> Result<(), Failure> {
    let Some((path, first)) = args.patch.as_ref().zip(selection.members.first()) else { return Ok(()) };
    let patch = first.global.within.as_ref().map(|within| within.take_patch()).unwrap_or_default();
    for member in &selection.members {
        let Ok((session, ..)) = Session::read(io, &member.global, None) else { continue };
        return hand_patch(&session, path, &patch, args.force);
    }
    Ok(())
}
