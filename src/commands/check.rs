//! `roadbook check`: says what does not agree with the source. It writes nothing but what it is asked for: the patch,
//! the accepted findings.

mod first;
pub(super) mod front;

use std::{collections::BTreeMap, path::Path};

use rayon::prelude::*;
use serde_json::Value;

use super::{
    Session, abandon,
    build::{CONTEXT, difference, foreign_file},
    fix,
    handed::{self, Form},
    no_stdin,
    tracked::untracked,
    verdict::{OnDisk, Working, Written, added, notes},
};
use first::first_difference;

use crate::{
    cli::{Check, Format, Global},
    history::Tracked,
    io::{Failure, Io},
    links,
    output::{self, Found, Stop, Tree, as_on_disk},
    render::{Changed, Page, PageKind, PagePath, Renderer, provenance},
    report::{Code, Diagnostic, Place, Report, counted, diff, typed},
    rules::Reach,
    source::joined,
};

/// How many lines of one file's difference are shown.
const MOST_LINES: usize = 40;

/// How many files' differences are shown.
const MOST_FILES: usize = 20;

/// What is said of a website that the source does not call committed, whatever is in git.
fn not_compared(renderer: &Renderer) -> &'static str {
    match renderer.roadmap.site.committed {
        None => "not compared: `site.committed` is not set",
        Some(_) => "not compared: `site.committed` is false",
    }
}

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
    if let Some((disk, files, untracked)) = beside {
        session.beside = Some(disk);
        session.add(if args.tracked { untracked.map(|it| Some(it.error())) } else { untracked });
        tracked = Some(files);
    }
    session.add_pin(&roadmap);
    let pinned = roadmap.pinned.clone();
    let mut looked_at = BTreeMap::from([
        ("milestones", Value::from(roadmap.milestones.len())),
        ("issues", roadmap.issues.len().into()),
    ]);
    let is_empty = roadmap.milestones.is_empty() && roadmap.issues.is_empty();
    let items = format!(
        "{}, {}",
        counted(roadmap.milestones.len(), "milestone"),
        counted(roadmap.issues.len(), "issue")
    );
    let mut differences = Vec::new();
    let mut scope = "no file compared: the source has errors that must be fixed first".to_owned();
    let templates = if session.is_blocked() { None } else { session.templates(&roadmap)? };
    if let Some(templates) = templates {
        let renderer = session.ready(roadmap, facts, templates);
        let not_compared = renderer.site.is_some() && !is_committed(&renderer);
        // Where nothing is internal nothing can leak, and a website that is not compared is not even listed.
        let is_listed = !not_compared || renderer.has_internal();
        let list = || if is_listed { renderer.pages() } else { renderer.documents() };
        let mut pages = session.judge_beside(&renderer, list);
        session.add(links::leaks(&renderer, &pages));
        if not_compared {
            pages.retain(|page| !matches!(page.kind, PageKind::Site(_)));
            looked_at.insert("site", self::not_compared(&renderer).into());
        }
        looked_at.insert("files", pages.len().into());
        looked_at.insert("documents", renderer.docs.len().into());
        scope = format!("{} compared", counted(pages.len(), "file"));
        if not_compared {
            scope = format!("{scope}; site: {}", self::not_compared(&renderer));
        }
        let judged = (tracked.filter(|_| !args.staged), args.tracked);
        differences = look(&mut session, &renderer, &pages, judged, args.patch.is_some())?;
        let found = links::check(&renderer, &pages, &OnDisk::of(&session)?);
        session.add(found);
        match tracked {
            Some(tracked) => session.add(notes(&session, tracked, &renderer, &pages)?),
            None if args.tracked => session.add(untracked(&session, &renderer)?),
            None => {}
        }
        session.finish_accepting(Reach::Files, &renderer.roadmap, args.accept)?;
        abandon((renderer, pages));
    } else {
        session.judge(&roadmap, &facts);
        session.finish_accepting(Reach::Roadmap, &roadmap, args.accept)?;
    }
    if let Some(patch) = &args.patch {
        write_patch(&session, patch, args.force, &differences)?;
    }
    show(&session, args, &differences);
    let accepted = session.accepted_words();
    let has_stale = !differences.is_empty();
    let code = session.tell("check", &args.findings, pinned, looked_at)?;
    if !global.quiet {
        io.terminal.say(&format!("checked {items}, {scope}{accepted}\n"));
        if has_stale && code != 3 {
            io.terminal.say(&format!("to repair: {}\n", repair(&differences)));
        }
    }
    Ok(if code == 0 && is_empty { 1 } else { code })
}

/// The command that repairs what differs: to stage it, where it is built already.
fn repair(differences: &[Difference]) -> String {
    let paths = |is_ignored: bool| -> Vec<_> {
        let of_it = differences.iter().filter(|difference| difference.is_ignored == is_ignored);
        of_it.map(|difference| typed(difference.path.as_str())).collect()
    };
    match (differences.iter().all(|difference| difference.is_on_disk), paths(true), paths(false)) {
        (false, ..) => "roadbook build".to_owned(),
        (true, ignored, rest) if ignored.is_empty() => format!("git add {}", rest.join(" ")),
        (true, ignored, rest) => format!("git add --force {}", [ignored, rest].concat().join(" ")),
    }
}

/// Whether the website is committed, so that it can be stale.
fn is_committed(renderer: &Renderer) -> bool {
    renderer.roadmap.site.committed == Some(true)
}

/// A file that is not as the source makes it: where, what stands there, and what should.
struct Difference {
    path: PagePath,
    old: Option<Vec<u8>>,
    new: Option<Vec<u8>>,
    /// Whether `build` repairs it without being asked to adopt it.
    is_ours: bool,
    /// Whether the working tree has it as it should be, and only what is staged differs.
    is_on_disk: bool,
    /// Whether git ignores it.
    is_ignored: bool,
}

impl Difference {
    /// A file that nothing makes any more.
    fn orphan(path: PagePath, old: Option<Vec<u8>>) -> Self {
        Self { path, old, new: None, is_ours: true, is_on_disk: false, is_ignored: false }
    }

    /// The command that stages it, where the working tree has it as it should be.
    fn added(&self) -> Option<String> {
        self.is_on_disk.then(|| added(self.path.as_str(), self.is_ignored))
    }

    /// The difference, as people read it.
    fn shown(&self) -> String {
        difference(&self.path, self.old.as_deref(), self.new.as_deref())
    }

    /// The difference byte for byte, with the file named from a folder that holds the root: `above` is the way from there.
    ///
    /// Each byte stands for a character on its way through: an old file may be no text.
    fn patch(&self, above: &str) -> Vec<u8> {
        let text = |bytes: &Vec<u8>| bytes.iter().map(|byte| char::from(*byte)).collect::<String>();
        let (old, new) = (self.old.as_ref().map(text), self.new.as_ref().map(text));
        let path = joined(above, self.path.as_str());
        let patch = diff::unified(&path, old.as_deref(), new.as_deref(), CONTEXT);
        patch.chars().filter_map(|c| u8::try_from(c).ok()).collect()
    }
}

/// Compares every page, and looks for orphans. The bytes of a page that is missing are kept for a patch alone.
fn look(
    session: &mut Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    (working, is_strict): (Option<&Tracked<'_>>, bool),
    has_patch: bool,
) -> Result<Vec<Difference>, Failure> {
    let written = Written::of(session, working, is_strict)?;
    let disk = session.beside.map(|io| io.files);
    let compared: Vec<_> = pages
        .par_iter()
        .map_init(Vec::new, |bytes, page| {
            let tree = written.tree(&page.path);
            let mut compared = compare(tree, renderer, page, bytes)?;
            if let Some((_, difference)) = &mut compared {
                let there = disk.and_then(|disk| disk.read(&tree.path(&page.path)).ok().flatten());
                difference.is_on_disk = there.is_some() && there == difference.new;
                if difference.old.is_none() && !has_patch {
                    difference.new = None;
                }
            }
            Ok(compared)
        })
        .filter_map(Result::transpose)
        .collect();
    let mut differences = Vec::new();
    let mut report = Report::default();
    for difference in compared {
        match difference {
            Ok((page, mut difference)) => {
                difference.is_ignored = difference.old.is_none() && written.is_ignored(&page.path);
                report.push(finding(renderer, page, &difference));
                differences.push(difference);
            }
            Err(Stop::Finding(finding)) => report.push(*finding),
            Err(Stop::Failure(failure)) => return Err(failure),
        }
    }
    report.extend(written.left_out(pages));
    drop(written);
    if session.found.whole {
        for path in output::orphans(session.tree(), &renderer.roadmap, pages, is_committed(renderer))? {
            report.push(orphan(&path));
            let old = session.tree().read(&path)?;
            differences.push(Difference::orphan(path, old));
        }
    }
    session.add(report);
    Ok(differences)
}

/// A page's difference from what stands in its place; `None` where there is none.
fn compare<'p>(
    tree: Tree<'_>,
    renderer: &Renderer,
    page: &'p Page,
    bytes: &mut Vec<u8>,
) -> Result<Option<(&'p Page, Difference)>, Stop> {
    let (old, is_ours) = match tree.compare(renderer, page, bytes)? {
        Found::Same => return Ok(None),
        Found::Missing(_) => {
            renderer.bytes(page, bytes)?;
            (None, true)
        }
        Found::Differs(old) => (Some(old), true),
        Found::Foreign(old) => (Some(old), false),
    };
    let new = match page.kind {
        PageKind::Doc(_) => std::mem::take(bytes),
        _ => as_on_disk(bytes, old.as_deref()).into_owned(),
    };
    Ok(Some((
        page,
        Difference {
            path: page.path.clone(),
            old,
            new: Some(new),
            is_ours,
            is_on_disk: false,
            is_ignored: false,
        },
    )))
}

/// What is said of a page that differs: where first, and which value of the source stands behind the line.
fn finding(renderer: &Renderer, page: &Page, difference: &Difference) -> Diagnostic {
    let (Some(old), Some(new)) = (&difference.old, &difference.new) else {
        let message = format!("`{}` is missing", page.path);
        let help = match difference.added() {
            Some(command) => format!("it is here, but git does not track it: {command}"),
            None => "`roadbook build` writes it".to_owned(),
        };
        return Diagnostic::new(Code::MissingFile, Place::file(page.path.as_str()), message).help(help);
    };
    if !difference.is_ours {
        return foreign_file(&page.path);
    }
    let first = first_difference(old, new);
    let what = if matches!(page.kind, PageKind::Doc(_)) { "a region of it differs" } else { "it differs" };
    let message = format!("`{}` is stale: {what} from what the source makes", page.path);
    let found =
        Diagnostic::new(Code::StaleFile, Place::bytes(page.path.as_str(), first.range.clone()), message)
            .help(match difference.added() {
                Some(command) => format!("the working tree has it as it should be: {command}"),
                None => "change the JSON, not this file; `roadbook build` writes it anew".to_owned(),
            });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (above, was, is) =
        (text(&new[..first.wanted.start]), text(&old[first.range]), text(&new[first.wanted]));
    let changed = Changed { above: &above, old: &was, new: is.trim_end() };
    match provenance(renderer, page, changed) {
        Some(place) => found.related(place, "the source says it here"),
        None => found,
    }
}

fn orphan(path: &PagePath) -> Diagnostic {
    let message = format!("`{path}` is an orphan: it has Roadbook's mark, and the source no longer makes it");
    Diagnostic::new(Code::OrphanFile, Place::file(path.as_str()), message).help("`roadbook build` removes it")
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
    handed::put(session, path, &patch, Form::Patch, force)?;
    session.say(&format!(
        "wrote the repair to `{}`: git apply {}",
        path.display(),
        typed(&path.display().to_string())
    ));
    Ok(())
}
