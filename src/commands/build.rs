//! `roadbook build`: writes every document that the source makes and that differs.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use serde_json::Value;

use super::{
    Session, abandon, adoption,
    keep::{Kept, keep},
    tracked::untracked,
};
use crate::{
    cli::{Build, Global},
    io::{Failure, FailureKind, Io, Progress},
    model::Roadmap,
    output::{self, Found, Stop, Tree},
    render::{Page, PagePath, Renderer},
    report::{Code, Diagnostic, Place, Report, diff, typed},
    rules::Reach,
    source::{BODIES, below, joined},
};

/// How many lines of context a difference has.
pub(super) const CONTEXT: usize = 3;

/// How many lines of a foreign file's difference are shown.
const MOST_LINES: usize = 40;

/// How often it is built where the source changes meanwhile.
const MOST_TRIES: usize = 3;

/// Runs the verb. Where the source changed while it was built, the pages speak of what is there no longer: it is built again,
/// as whoever saved it would have to do otherwise.
pub(super) fn run(args: &Build, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    adopting(args, global, io, &[])
}

/// The same where what adopting these pages takes away has been listed.
pub(super) fn adopting(
    args: &Build,
    global: &Global,
    io: &Io<'_>,
    listed: &[PagePath],
) -> Result<u8, Failure> {
    for _ in 0..MOST_TRIES {
        match once(args, global, io, listed) {
            Ok(Some(code)) => return Ok(code),
            Err(failure) if failure.kind != FailureKind::Changed => return Err(failure),
            Ok(None) | Err(_) if global.quiet => {}
            Ok(None) | Err(_) => io.terminal.say("the source changed while it was built: building again\n"),
        }
    }
    let message = format!("the source changed while it was built, {MOST_TRIES} times over");
    Err(Failure::new(FailureKind::Changed, message)
        .help("run `roadbook build` again when nothing else writes the source"))
}

/// Builds once; `None` where the source is no longer what it was built from.
fn once(args: &Build, global: &Global, io: &Io<'_>, listed: &[PagePath]) -> Result<Option<u8>, Failure> {
    let (mut session, roadmap, facts) = Session::read(io, global, None)?;
    session.add_pin(&roadmap);
    let pinned = roadmap.pinned.clone();
    let looked_at = looked_at(&roadmap);
    let is_blocked = session.is_blocked();
    let templates = if is_blocked { None } else { session.templates(&roadmap)? };
    let is_compiled = templates.is_some();
    // A document that cannot be read blocks as well: its regions would be left as they are while all else is written.
    let Some(templates) = templates.filter(|_| !session.is_blocked()) else {
        if !session.is_fresh() {
            return Ok(None);
        }
        session.judge(&roadmap, &facts);
        let why = match (is_blocked, is_compiled) {
            (true, _) => "the source has errors that must be fixed first",
            (_, true) => "a document cannot be read",
            (_, false) => "a template cannot be used",
        };
        session.say(&format!("nothing was written: {why}"));
        session.finish(Reach::Roadmap, Some(&roadmap));
        return session.tell("build", &args.findings, pinned, looked_at).map(Some);
    };
    let renderer = session.ready(roadmap, facts, templates);
    let pages = session.judge_beside(&renderer, || renderer.pages());
    let done = effect(&mut session, &renderer, &pages, args, listed)?;
    if args.tracked {
        session.add(untracked(&session, &renderer)?);
    }
    session.finish(Reach::Roadmap, Some(&renderer.roadmap));
    abandon((renderer, pages));
    if !session.is_fresh() {
        return Ok(None);
    }
    let accepted = session.accepted_words();
    let code = session.tell("build", &args.findings, pinned, looked_at)?;
    if let Some(done) = done.filter(|_| !global.quiet) {
        io.terminal.say(&format!("{done}{accepted}\n"));
    }
    Ok(Some(code))
}

/// How many items a run is about, for machines.
pub(super) fn looked_at(roadmap: &Roadmap) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([("milestones", roadmap.milestones.len().into()), ("issues", roadmap.issues.len().into())])
}

/// Writes what differs; returns what it says of that, or nothing where it wrote nothing for a reason in the report.
fn effect(
    session: &mut Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    args: &Build,
    listed: &[PagePath],
) -> Result<Option<String>, Failure> {
    let compared = compare(session.tree(), renderer, pages, &session.progress());
    let found = match compared {
        Ok(found) => found,
        Err(stop) => return stopped(session, stop, "nothing was written: a template cannot be used"),
    };
    let adopted = adopted(session, &args.adopt, pages)?;
    if report_foreign(session, renderer, pages, &found, &adopted)? {
        return Ok(None);
    }
    let changed: Vec<_> = pages.iter().zip(&found).filter(|(_, found)| **found != Found::Same).collect();
    let orphans = orphans(session, renderer, pages)?;
    sweep(session, renderer, pages)?;
    adoption::begin(session, renderer, pages, &found, listed)?;
    let written = output::write(session.tree(), renderer, &changed, &session.progress());
    if let Err(stop) = written {
        let words = "a template failed on this page; every file that was written is whole";
        return stopped(session, stop, words);
    }
    orphans.iter().try_for_each(|(path, target)| remove(session, path, target))?;
    if session.global.verbose {
        changed.iter().for_each(|(page, _)| session.say(&format!("  wrote {}", page.path)));
        orphans.iter().for_each(|(path, _)| session.say(&format!("  removed {path}")));
    }
    let unchanged = pages.len() - changed.len();
    Ok(Some(format!("{} written, {unchanged} unchanged, {} removed", changed.len(), orphans.len())))
}

/// Removes a file that the source no longer makes. A document beside the JSON that has a name of its own may be a copy that its
/// owner has written on: what no commit has of it is kept.
fn remove(session: &Session<'_>, path: &PagePath, target: &Path) -> Result<(), Failure> {
    let (io, name) = (session.io, path.as_str());
    let own = name.rsplit('/').next().unwrap_or(name);
    let is_copy = path.folder() == session.found.base
        && own.ends_with(".md")
        && !["SUMMARY.md", "LABELS.md"].contains(&own);
    if is_copy
        && let Some(old) = io.files.read(target)?
        && let Kept::Beside { name: kept, .. } = keep(io, &session.found.root, target, &old)?
    {
        session.say(&format!(
            "removing `{path}`, which the source no longer makes; no commit has it, so it is kept as `{kept}`"
        ));
    }
    io.files.remove(target)
}

/// Removes what killed runs left, and tells what of it is somebody's own.
fn sweep(session: &Session<'_>, renderer: &Renderer, pages: &[Page]) -> Result<(), Failure> {
    let found = &session.found;
    let bodies = joined(&found.base, BODIES);
    let files = renderer.roadmap.issues.iter().filter_map(|issue| Some(&issue.body_file.as_ref()?.path));
    let files = files.chain(&found.files).filter_map(|file| Some(file.rsplit_once('/')?.0));
    for kept in output::sweep(session.tree(), pages, &files.chain([&*bodies]).collect())? {
        let name = below(&found.root, &kept).unwrap_or_else(|| kept.display().to_string());
        session.say(&format!(
            "note: kept `{name}`: somebody saved this text while a run that was interrupted was replacing the file"
        ));
    }
    Ok(())
}

/// Nothing, with a finding in the report and these words on what stands now.
pub(super) fn stopped(session: &mut Session<'_>, stop: Stop, words: &str) -> Result<Option<String>, Failure> {
    match stop {
        Stop::Failure(failure) => Err(failure),
        Stop::Finding(finding) => {
            session.add_one(*finding);
            session.say(words);
            Ok(None)
        }
    }
}

/// What stands in each page's place. It is known before the first write whether a template can be used: pages that stand
/// somewhere are rendered to be compared, and so is one page of each kind of which none does.
pub(super) fn compare(
    tree: Tree<'_>,
    renderer: &Renderer,
    pages: &[Page],
    progress: &Progress<'_>,
) -> Result<Vec<Found>, Stop> {
    let missing = tree.missing_folders(pages)?;
    let look = |bytes: &mut Vec<u8>, page: &Page| {
        progress.count("comparing page", pages.len());
        match missing.contains(page.path.folder()) {
            true => Ok(Found::Missing(None)),
            false => tree.compare(renderer, page, bytes),
        }
    };
    let compared: Vec<_> = pages.par_iter().map_init(Vec::new, look).collect();
    // Of several failures the first page's is told, whichever thread met its own first.
    let mut found: Vec<_> = compared.into_iter().collect::<Result<_, _>>()?;
    try_templates(renderer, pages, &mut found)?;
    Ok(found)
}

/// Makes one page of each kind of which none was made, and keeps its bytes for when it is written.
fn try_templates(renderer: &Renderer, pages: &[Page], found: &mut [Found]) -> Result<(), Diagnostic> {
    let mut made = Vec::new();
    for (page, _) in pages.iter().zip(&*found).filter(|(_, found)| !matches!(found, Found::Missing(_))) {
        if !made.contains(&page.kind.sort()) {
            made.push(page.kind.sort());
        }
    }
    let mut untried = Vec::new();
    for (page, found) in pages.iter().zip(found).filter(|(page, _)| page.kind.has_template()) {
        if !made.contains(&page.kind.sort()) {
            made.push(page.kind.sort());
            untried.push((page, found));
        }
    }
    let make = |(page, found): (&Page, &mut Found)| {
        let mut bytes = Vec::new();
        renderer.bytes(page, &mut bytes)?;
        *found = Found::Missing(Some(bytes));
        Ok(())
    };
    let tried: Vec<_> = untried.into_par_iter().map(make).collect();
    tried.into_iter().collect()
}

/// The pages that `--adopt` names.
fn adopted(session: &Session<'_>, named: &[PathBuf], pages: &[Page]) -> Result<Vec<PagePath>, Failure> {
    let tree = session.tree();
    let mut adopted = Vec::new();
    for path in named {
        let real = tree.files.real(path)?;
        let from_root = tree.files.real(&tree.root.join(path))?;
        let is_meant = |page: &&Page| {
            let own = tree.path(&page.path);
            own == real || own == from_root
        };
        // A link in its place is followed only where no name fits: that asks the disk of each page.
        let leads_there =
            |page: &&Page| tree.target(&page.path).is_ok_and(|own| own == real || own == from_root);
        let Some(page) = pages.iter().find(is_meant).or_else(|| pages.iter().find(leads_there)) else {
            let message = format!("cannot adopt `{}`: the source makes no such file", path.display());
            return Err(Failure::new(FailureKind::Usage, message));
        };
        adopted.push(page.path.clone());
    }
    Ok(adopted)
}

/// Tells every foreign file that is in the way, with what would change in it; returns whether there is one.
fn report_foreign(
    session: &mut Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    found: &[Found],
    adopted: &[PagePath],
) -> Result<bool, Failure> {
    let mut foreign = Report::default();
    let mut shown = String::new();
    let mut lists = Vec::new();
    for (page, found) in pages.iter().zip(found) {
        let Found::Foreign(old) = found else { continue };
        if adopted.contains(&page.path) {
            continue;
        }
        foreign.push(foreign_file(&page.path));
        let mut new = Vec::new();
        if renderer.bytes(page, &mut new).is_ok() {
            let whole = difference(&page.path, Some(old), Some(&new));
            shown.push_str(&diff::shortened(&whole, MOST_LINES));
            let (io, is_verbose) = (session.io, session.global.verbose);
            let list = adoption::list(io, &session.found, renderer, page, old, is_verbose)?;
            lists.extend(Some(list).filter(|list| !list.is_empty()));
        }
    }
    if foreign.is_empty() {
        return Ok(false);
    }
    session.say_diff(&shown);
    lists.iter().for_each(|list| session.say(list));
    session.say("nothing was written: a file that is not Roadbook's is in the way");
    session.add(foreign);
    Ok(true)
}

/// The finding that a file in the way is not Roadbook's.
pub(super) fn foreign_file(path: &PagePath) -> Diagnostic {
    Diagnostic::new(
        Code::ForeignFile,
        Place::file(path.as_str()),
        format!("`{path}` is not Roadbook's: it has no mark"),
    )
    .help(format!(
        "`roadbook build --adopt {}` replaces it, and keeps a copy of what no commit has; `outputs` in the source names another place",
        typed(path.as_str())
    ))
}

/// The difference of two texts, as `git apply` takes it.
pub(super) fn difference(path: &PagePath, old: Option<&[u8]>, new: Option<&[u8]>) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    diff::unified(path.as_str(), old.map(text).as_deref(), new.map(text).as_deref(), CONTEXT)
}

/// What has the mark and is no longer made, with its place on the machine; nothing where only a part of the source was
/// read.
fn orphans(
    session: &Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
) -> Result<Vec<(PagePath, PathBuf)>, Failure> {
    if !session.found.whole {
        return Ok(Vec::new());
    }
    let tree = session.tree();
    let orphans = output::orphans(tree, &renderer.roadmap, pages, true)?;
    // Where an orphan is a link, the link goes and what it leads to stays; a way out of the root is refused.
    orphans.into_iter().map(|path| tree.target(&path).map(|_| (path.clone(), tree.path(&path)))).collect()
}
