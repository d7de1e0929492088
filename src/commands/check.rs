//! `roadbook check`: says what does not agree with the source. It writes nothing but what it is asked for: the patch,
//! the accepted findings.

mod difference;
mod first;
pub(super) mod front;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use serde_json::Value;

use super::{
    Session, abandon, advice, fix,
    handed::{self, Form},
    no_stdin,
    tracked::untracked,
    under_way::unfinished,
    unmerged::unmerged,
    verdict::{OnDisk, Working, notes},
};
use crate::{
    cli::{Check, Format, Global},
    facts::Facts,
    history::Tracked,
    io::{Failure, FailureKind, Files, Io},
    links,
    model::Roadmap,
    render::{Page, PageKind, Renderer},
    report::{Report, counted, diff, one_line, typed},
    rules::Reach,
    source::{self, Ignored, joined},
};
use difference::{Difference, look};

/// How many lines of one file's difference are shown.
const MOST_LINES: usize = 40;

/// How many files' differences are shown.
const MOST_FILES: usize = 20;

/// Runs the verb.
pub(super) fn run(args: &Check, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    if args.accept.is_some() {
        no_stdin(global, "check --accept")?;
    }
    if let Some(which) = args.fixing.fix
        && let Some(code) = fix::run(args, which, global, io)?
    {
        return Ok(code);
    }
    if args.staged {
        let folder = global.root.as_deref().or(global.roadmap.as_deref()).unwrap_or(Path::new("."));
        let staged = Tracked::staged(io, folder)?;
        added_source(global, io, &staged)?;
        return checked(args, global, &Io { files: &staged, ..*io }, Some((io, &staged, Report::default())));
    }
    let named = io.process.variable("GIT_INDEX_FILE").filter(|_| args.tracked);
    let find = |with_more| Working::find(global, io, named.as_deref().map(Path::new), with_more);
    let Some(mut working) = find(true)? else { return of_disk(args, global, io) };
    // A further file of the source that nothing can be built from is in the way here alone.
    if working.has_more && !args.tracked {
        let own = Io { files: &working.files, ..*io };
        let is_blocked = Session::read(&own, global, None)?.0.is_blocked();
        working = if is_blocked { find(false)?.unwrap_or(working) } else { working };
    }
    let Working { files, untracked, .. } = working;
    checked(args, global, &Io { files: &files, ..*io }, Some((io, &files, untracked)))
}

/// Refuses to look for a source in git's index that the working tree alone has.
fn added_source(global: &Global, io: &Io<'_>, staged: &Tracked<'_>) -> Result<(), Failure> {
    let find = |files| source::find(files, global.root.as_deref(), global.roadmap.as_deref());
    let (Err(_), Ok(found)) = (find(staged), find(io.files)) else { return Ok(()) };
    let is_added = |file: &Arc<str>| staged.entry(&found.root.join(&**file)).is_ok_and(|it| it.is_some());
    let Some(file) = found.files.iter().find(|file| !is_added(file)) else { return Ok(()) };
    let message = format!("`{}` is not in git's index, and `--staged` checks what is", one_line(file));
    let force = if is_ignored(io, &found.root, file)? { "--force " } else { "" };
    let help =
        advice::from_here(&format!("git add {force}{}", typed(file)), &advice::way(io.files, &found.root)?);
    Err(Failure::new(FailureKind::Files, message).help(help))
}

/// Whether a rule of git's leaves a file out.
fn is_ignored(io: &Io<'_>, root: &Path, file: &str) -> Result<bool, Failure> {
    let Some(top) = source::git_top(io.files, root)? else { return Ok(false) };
    let above = source::below(top, root).unwrap_or_default();
    Ok(Ignored::new(io.files, top).file(&joined(&above, file)))
}

/// Checks the working tree, whatever git tracks of it.
pub(super) fn of_disk(args: &Check, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    checked(args, global, io, None)
}

/// What is beside the files that are checked: the working tree, what git tracks, and what it does not.
type Beside<'a> = (&'a Io<'a>, &'a Tracked<'a>, Report);

/// Checks the files that it is given.
fn checked<'a>(
    args: &Check,
    global: &'a Global,
    io: &'a Io<'a>,
    beside: Option<Beside<'a>>,
) -> Result<u8, Failure> {
    let (mut session, roadmap, facts) = Session::read(io, global, None)?;
    let mut tracked = None;
    unfinished(&session)?.into_iter().for_each(|finding| session.add_one(finding));
    if let Some((disk, files, untracked)) = beside {
        session.beside = Some(disk);
        session.add(if args.tracked { untracked.map(|it| Some(it.error())) } else { untracked });
        if args.staged {
            session.add(unmerged(&session, &roadmap, files)?);
        }
        tracked = Some(files);
    }
    session.add_pin(&roadmap);
    let pinned = roadmap.pinned.clone();
    let (milestones, issues) = (roadmap.milestones.len(), roadmap.issues.len());
    let Compared { scope, mut looked_at, differences } =
        compared(&mut session, (roadmap, facts), args, tracked)?;
    looked_at.extend([("milestones", milestones.into()), ("issues", issues.into())]);
    if let Some(patch) = &args.patch {
        write_patch(&session, patch, args.force, &differences)?;
    }
    show(&session, args, &differences);
    let (accepted, way) = (session.accepted_words(), advice::way(session.disk().files, &session.found.root)?);
    let code = session.tell("check", &args.findings, pinned, looked_at)?;
    if !global.quiet {
        let items = format!("{}, {}", counted(milestones, "milestone"), counted(issues, "issue"));
        io.terminal.say(&format!("checked {items}, {scope}{accepted}\n"));
        if !differences.is_empty() && code != 3 {
            io.terminal.say(&format!("to fix: {}\n", repair(&differences, &global.given, &way)));
        }
    }
    Ok(if code == 0 && milestones + issues == 0 { 1 } else { code })
}

/// What was compared with the source.
#[derive(Default)]
struct Compared {
    /// How much of the files it was, as it is said.
    scope: String,
    /// The same for machines.
    looked_at: BTreeMap<&'static str, Value>,
    /// What differs.
    differences: Vec<Difference>,
}

/// Judges the source, and compares the files with it where nothing is in the way of that.
fn compared(
    session: &mut Session<'_>,
    (roadmap, facts): (Roadmap, Facts),
    args: &Check,
    tracked: Option<&Tracked<'_>>,
) -> Result<Compared, Failure> {
    let templates = if session.is_blocked() { None } else { session.templates(&roadmap)? };
    let Some(templates) = templates else {
        session.judge(&roadmap, &facts);
        session.finish_accepting(Reach::Roadmap, &roadmap, args.accept)?;
        let scope = "no file compared: the source has errors that must be fixed first".to_owned();
        return Ok(Compared { scope, ..Compared::default() });
    };
    let renderer = session.ready(roadmap, facts, templates);
    let not_compared = not_compared(&renderer);
    let pages = judged_pages(session, &renderer, not_compared.is_some());
    let mut scope = format!("{} compared", counted(pages.len(), "file"));
    let mut looked_at =
        BTreeMap::from([("files", pages.len().into()), ("documents", renderer.docs.len().into())]);
    if let Some(why) = not_compared {
        scope = format!("{scope}; site: {why}");
        looked_at.insert("site", why.into());
    }
    let judged = (tracked.filter(|_| !args.staged), args.tracked);
    let differences = look(session, &renderer, &pages, judged, args.patch.is_some())?;
    let found = links::check(&renderer, &pages, &OnDisk::of(session)?);
    session.add(found);
    match tracked {
        Some(tracked) => session.add(notes(session, tracked, &renderer, &pages)?),
        None if args.tracked => session.add(untracked(session, &renderer)?),
        None => {}
    }
    session.finish_accepting(Reach::Files, &renderer.roadmap, args.accept)?;
    abandon((renderer, pages));
    Ok(Compared { scope, looked_at, differences })
}

/// Why the website is not compared, whatever is in git: the source does not call it committed.
fn not_compared(renderer: &Renderer) -> Option<&'static str> {
    renderer.site.as_ref()?;
    match renderer.roadmap.site.committed {
        Some(true) => None,
        Some(false) => Some("not compared: `site.committed` is false"),
        None => Some("not compared: `site.committed` is not set"),
    }
}

/// The pages that are compared. The source is judged meanwhile, and what tells something internal is found in all pages.
fn judged_pages(session: &mut Session<'_>, renderer: &Renderer, is_without_site: bool) -> Vec<Page> {
    // Where nothing is internal nothing can leak, and a website that is not compared is not even listed.
    let is_listed = !is_without_site || renderer.has_internal();
    let list = || if is_listed { renderer.pages() } else { renderer.documents() };
    let mut pages = session.judge_beside(renderer, list);
    session.add(links::leaks(renderer, &pages));
    if is_without_site {
        pages.retain(|page| !matches!(page.kind, PageKind::Site(_)));
    }
    pages
}

/// The command that repairs what differs: to stage it, where it is built already. What is not Roadbook's is in the way of a
/// build until it is named.
fn repair(differences: &[Difference], given: &str, way: &Path) -> String {
    let from_here = |difference: &Difference| {
        typed(&way.join(difference.path.as_str()).display().to_string()).into_owned()
    };
    let paths = |is_ignored: bool| -> Vec<_> {
        let of_it = differences.iter().filter(|difference| difference.is_ignored == is_ignored);
        of_it.map(from_here).collect()
    };
    let foreign = differences.iter().filter(|difference| !difference.is_ours);
    let foreign: String = foreign.map(|it| format!(" --adopt {}", from_here(it))).collect();
    match (differences.iter().all(|difference| difference.is_on_disk), paths(true), paths(false)) {
        (false, ..) => format!("roadbook{given} build{foreign}"),
        (true, ignored, rest) if ignored.is_empty() => format!("git add {}", rest.join(" ")),
        (true, ignored, rest) => format!("git add --force {}", [ignored, rest].concat().join(" ")),
    }
}

/// Shows the differences to people.
fn show(session: &Session<'_>, args: &Check, differences: &[Difference]) {
    if session.global.quiet || args.findings.format != Format::Human {
        return;
    }
    let most = if session.global.verbose { usize::MAX } else { MOST_FILES };
    let most_lines = if session.global.verbose { usize::MAX } else { MOST_LINES };
    for difference in differences
        .iter()
        .filter(|difference| difference.old.is_some() && difference.new.is_some())
        .take(most)
    {
        let shown = diff::shortened(&difference.shown(), most_lines);
        session.say_diff(&shown);
    }
}

/// Writes what `build` would change as a patch; a foreign file is not in it. `git apply` takes names from the top of the
/// repository, and passes over what it does not find there without a word.
fn write_patch(
    session: &Session<'_>,
    path: &Path,
    force: bool,
    differences: &[Difference],
) -> Result<(), Failure> {
    let above = session.way_from_top()?;
    let ours = differences.iter().filter(|difference| difference.is_ours);
    let patch: Vec<u8> = ours.flat_map(|difference| difference.patch(&above)).collect();
    if let Some(within) = &session.global.within {
        within.add_patch(&patch);
        return Ok(());
    }
    hand_patch(session, path, &patch, force)
}

/// Writes a patch where the command line says, and what to do with it.
pub(super) fn hand_patch(
    session: &Session<'_>,
    path: &Path,
    patch: &[u8],
    force: bool,
) -> Result<(), Failure> {
    handed::put(session, path, patch, Form::Patch, force)?;
    let name = path.display().to_string();
    session.say(&match patch {
        [] => format!("nothing to repair: `{name}` is empty"),
        _ => format!("wrote the repair to `{name}`: git apply {}", typed(&name)),
    });
    Ok(())
}
