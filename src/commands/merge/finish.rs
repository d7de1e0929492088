//! The end of a merge, when all files are merged and nothing is committed: ids that are unique in each file and not in the
//! roadmap, documents that were merged by themselves, and a verdict on all of it.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::stage::stage;
use crate::{
    cli::{Build, Check, Fixing, Global},
    commands::{
        FOR_PEOPLE, Session, build, check,
        front::{self, Made},
        selection::{Heads, Selection},
        under_way::{Commits, UnderWay, from_top, left, top_of},
        writer,
    },
    edit,
    history::Tracked,
    io::{Failure, Io},
    report::counted,
    source::{self, Found, Ignored, LOCK, joined},
};

/// Completes a merge of all roadmaps, one after the other, and of their front page.
pub(super) fn all(io: &Io<'_>, global: &Global, selection: &Selection) -> Result<u8, Failure> {
    let code =
        selection.each(io, Heads::Said, |one, io| writer::alone(io, &one.global, || run(&one.global, io)))?;
    let Some(root) = selection.root().filter(|_| code <= 1) else { return Ok(code) };
    let quiet = Global { quiet: true, verbose: false, ..global.clone() };
    let front = writer::alone_in(io, global, &[root.to_owned()], || {
        front::build(io, &quiet, selection, (&FOR_PEOPLE, &[]))
    })?;
    let top = top_of(io, root)?;
    let tracked = Tracked::staged(io, root)?;
    let above = source::below(&top, root).unwrap_or_default();
    let mut paths = BTreeSet::new();
    if let Made::Page(page) = front::make(io, selection)?
        && page.is_committed
    {
        for path in page.files.iter().map(|(path, _)| joined(&above, path.as_str())) {
            if !tracked.is_unchanged(&path)? {
                paths.insert(path);
            }
        }
    }
    if front > 0 || paths.is_empty() {
        return Ok(code.max(front));
    }
    stage(io, &top, &paths)?;
    io.terminal.say("the front page is staged now: run `git commit --no-edit` to finish\n");
    Ok(1)
}

/// Completes a merge; 1 where something was staged that the commit under way would not have.
fn run(global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
    let top = top_of(io, &found.root)?;
    let quiet = Global { quiet: true, verbose: false, ..global.clone() };
    if let Some(edited) = edited(io, &found, &top)? {
        if !global.quiet {
            io.terminal
                .say(&format!("note: nothing was built, since `{edited}` has changes that are not staged\n"));
        }
        return checked(&quiet, io);
    }
    let commits = Commits::new(io, &top);
    let under_way = commits.under_way()?;
    let own = renumber(global, io, &found, (&commits, under_way.as_ref()))?;
    let built = Build { findings: FOR_PEOPLE, adopt: Vec::new(), tracked: false };
    let code = build::run(&built, &quiet, io)?;
    if code != 0 {
        return Ok(code);
    }
    let mut paths = changed(global, io, &top)?;
    paths.extend(own);
    stage(io, &top, &paths)?;
    let code = checked(&quiet, io)?;
    if code == 0 && !paths.is_empty() {
        let count = counted(paths.len(), "file");
        let verb = if paths.len() == 1 { "is" } else { "are" };
        let ends_with = under_way.map_or("git commit --no-edit", |it| it.ends_with);
        io.terminal.say(&format!(
            "{count} did not match the merged roadmap, and {verb} staged now: run `{ends_with}` to finish\n"
        ));
        return Ok(1);
    }
    Ok(code)
}

/// What is staged, judged.
fn checked(quiet: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let args = Check {
        findings: FOR_PEOPLE,
        patch: None,
        force: false,
        tracked: false,
        accept: None,
        staged: true,
        fixing: Fixing::default(),
    };
    check::run(&args, quiet, io)
}

/// A file of the source that the working tree has otherwise than the index: what is built from it is not what is committed.
fn edited(io: &Io<'_>, found: &Found, top: &Path) -> Result<Option<String>, Failure> {
    let tracked = Tracked::staged(io, &found.root)?;
    let bodies = source::body_files(io.files, found)?;
    let lock = Arc::from(joined(&found.base, LOCK));
    for file in found.files.iter().chain(&bodies).cloned().chain([lock]) {
        let path = found.root.join(&*file);
        if io.files.entry(&path)?.is_none() {
            continue;
        }
        if let Some(path) = from_top(io.files, top, &path)?
            && !tracked.is_unchanged(&path)?
        {
            return Ok(Some(file.to_string()));
        }
    }
    Ok(None)
}

/// Renumbers ids that several files have now; the paths of files that changed.
fn renumber(
    global: &Global,
    io: &Io<'_>,
    found: &Found,
    (commits, under_way): (&Commits<'_>, Option<&UnderWay>),
) -> Result<Vec<String>, Failure> {
    let Some(left) = under_way.map(|it| left(io, found, commits, it)).transpose()?.flatten() else {
        return Ok(Vec::new());
    };
    edit::write(&left.rewrites, io.files)?;
    for (old, new) in left.doubled.iter().filter(|_| !global.quiet) {
        io.terminal.say(&format!("two files added `{old}`: one of them is `{new}` now\n"));
    }
    Ok(left.paths)
}

/// The files of the roadmap that differ from what is staged, by their paths from the top.
fn changed(global: &Global, io: &Io<'_>, top: &Path) -> Result<BTreeSet<String>, Failure> {
    let (mut session, roadmap, facts) = Session::read(io, global, None)?;
    let site = session.outputs.site.clone().filter(|_| roadmap.site.committed != Some(true));
    let folders = [session.outputs.milestones.clone(), session.outputs.site.clone()];
    let Some(renderer) = session.renderer(roadmap, facts)? else { return Ok(BTreeSet::new()) };
    let (tracked, ignored) = (Tracked::staged(io, &session.found.root)?, Ignored::new(io.files, top));
    let root = source::below(top, &session.found.root).unwrap_or_default();
    let is_left = |path: &str| site.as_ref().is_some_and(|site| path.starts_with(&format!("{site}/")));
    let mut paths = BTreeSet::new();
    for page in renderer.pages().iter().filter(|page| !is_left(page.path.as_str())) {
        let path = joined(&root, page.path.as_str());
        let is_changed = match tracked.index().get(&path) {
            Some(_) => !tracked.is_unchanged(&path)?,
            None => io.files.entry(&top.join(&path))?.is_some() && !ignored.file(&path),
        };
        is_changed.then(|| paths.insert(path));
    }
    // Pages that the build has removed.
    for folder in folders.into_iter().flatten().filter(|folder| !is_left(&format!("{folder}/"))) {
        let folder = joined(&root, &folder);
        for (inside, _) in tracked.index().below(&folder) {
            let path = joined(&folder, inside);
            if io.files.entry(&top.join(&path))?.is_none() {
                paths.insert(path);
            }
        }
    }
    Ok(paths)
}
