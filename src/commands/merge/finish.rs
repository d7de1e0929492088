//! The end of a merge, when all files are merged and nothing is committed: ids that are unique in each file and not in the
//! roadmap, documents that were merged by themselves, and a verdict on all of it.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::{Commits, bodies, from_top, stage::stage, top_of, versions::locked};
use crate::{
    cli::{Build, Check, Fixing, Global},
    commands::{
        FOR_PEOPLE, Session, build, check,
        front::{self, Made},
        selection::{Heads, Selection},
        writer,
    },
    edit::{self, Rewrite},
    history::Tracked,
    io::{Failure, Io, Limit},
    merge::{FileVersions, Known, Three, across},
    output::Tree,
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
        let own = page.files.iter().map(|(path, _)| joined(&above, path.as_str()));
        paths.extend(own.filter(|path| !tracked.is_unchanged(path)));
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
    let own = renumber(global, io, &found, &top)?;
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
        io.terminal.say(&format!(
            "{count} did not match the merged roadmap, and {} staged now: run `git commit --no-edit` to finish\n",
            if paths.len() == 1 { "is" } else { "are" }
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
        if from_top(io.files, top, &path)?.is_some_and(|path| !tracked.is_unchanged(&path)) {
            return Ok(Some(file.to_string()));
        }
    }
    Ok(None)
}

/// Renumbers ids that several files have now; the paths of files that changed.
fn renumber(global: &Global, io: &Io<'_>, found: &Found, top: &Path) -> Result<Vec<String>, Failure> {
    let commits = Commits::new(io, top);
    let Some(theirs) = commits.merged_in(None)? else { return Ok(Vec::new()) };
    let Some(base) = commits.base(&theirs)? else { return Ok(Vec::new()) };
    let paths = found.files.iter().map(|file| from_top(io.files, top, &found.root.join(&**file)));
    let Some(paths) = paths.collect::<Result<Option<Vec<_>>, _>>()? else { return Ok(Vec::new()) };
    let mut texts = Vec::new();
    for (file, path) in found.files.iter().zip(&paths) {
        let place = found.root.join(&**file);
        let merged = io.files.read_inside(&found.root, &place, Limit::Source)?.unwrap_or_default();
        let versions = versions(&commits, path, [&base, "HEAD", &theirs])?;
        texts.push((versions, String::from_utf8_lossy(&merged).into_owned()));
    }
    let above = source::below(top, &found.root).unwrap_or_default();
    let lock = joined(&above, &joined(&found.base, LOCK));
    let known = Known {
        taken: BTreeSet::new(),
        our_lock: locked(commits.blob("HEAD", &lock)?.unwrap_or_default()),
        their_lock: locked(commits.blob(&theirs, &lock)?.unwrap_or_default()),
    };
    let files: Vec<_> = texts
        .iter()
        .map(|(all, merged)| FileVersions { texts: all.as_ref().map(String::as_str), merged })
        .collect();
    let Some(new) = across(&files, &known) else { return Ok(Vec::new()) };
    let tree = Tree { files: io.files, root: &found.root };
    let mut rewrites = Vec::<Rewrite>::new();
    let mut changed = Vec::new();
    for (((file, path), (_, old)), new) in found.files.iter().zip(paths).zip(&texts).zip(new.texts) {
        let Some(new) = new else { continue };
        rewrites.extend(edit::rewrite(tree, file, old.clone(), new)?);
        changed.push(path);
    }
    let moved = bodies::moved(&commits, (found, &above), tree, ["HEAD", &theirs], &new.of_side)?;
    changed.extend(moved.iter().map(|rewrite| joined(&above, &rewrite.file)));
    rewrites.extend(moved);
    edit::write(&rewrites, io.files)?;
    for (old, new) in new.ids.iter().filter(|_| !global.quiet) {
        io.terminal.say(&format!("two files added `{old}`: one of them is `{new}` now\n"));
    }
    Ok(changed)
}

/// A file as it is in three commits.
fn versions(
    commits: &Commits<'_>,
    path: &str,
    [base, ours, theirs]: [&str; 3],
) -> Result<Three<String>, Failure> {
    let text = |commit: &str| {
        let bytes = commits.blob(commit, path)?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    Ok(Three { base: text(base)?, ours: text(ours)?, theirs: text(theirs)? })
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
            Some(_) => !tracked.is_unchanged(&path),
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
