//! `roadbook build --history`: the website with what has changed in it, in a folder of its own, to be published.
//!
//! It is made of git and of today's date as well as of the source, so that it is never committed and never compared; and
//! nothing that is committed leads to it.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Session,
    build::{compare, foreign_file, looked_at, stopped},
    handed,
    history::{baseline, since, tell_skipped},
};
use crate::{
    cli::{Built, Global},
    data::Baseline,
    history::{History, site::changes},
    io::{Entry, Failure, FailureKind, Io},
    links,
    model::{Outputs, Roadmap},
    output::{self, Found, Tree},
    render::{Page, PageKind, PagePath, Renderer, SitePage, is_marked},
    report::counted,
    rules::Reach,
    source::joined,
};

/// What is said where a template fails while files are written.
const FAILED: &str = "a template failed on a page; every file that was written is whole";

/// Runs the verb.
pub(super) fn run(args: &Built, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let day = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let (mut session, mut roadmap, facts) = Session::open(io, global, Some(day))?;
    session.add_pin(&roadmap);
    let pinned = roadmap.pinned.clone();
    let looked_at = looked_at(&roadmap);
    let place = Place::new(&session, &roadmap, args.out.as_deref().unwrap_or(Path::new("")))?;
    let mut done = None;
    if session.is_blocked() {
        session.say("nothing was written: the source has errors that must be fixed first");
        session.finish(Reach::Roadmap, None);
    } else {
        roadmap.outputs.site = Some(place.folder.clone());
        let history = since(&session, args.since.as_deref(), true, day)?;
        let baseline = baseline(&session, args.baseline.as_deref(), true, day)?;
        tell_skipped(&session, &history);
        if let Some(renderer) = session.renderer(roadmap, facts)? {
            let renderer = telling(renderer, &history, baseline);
            done = publish(&mut session, &renderer, &place, args.force)?;
            session.finish(Reach::Roadmap, Some(&renderer.roadmap));
        } else {
            session.say("nothing was written: a template cannot be used");
            session.finish(Reach::Roadmap, None);
        }
    }
    if done.is_some() && !session.is_fresh() {
        return Err(Failure::changed("the source"));
    }
    let code = session.tell("build", &args.build.findings, pinned, looked_at)?;
    if let Some(done) = done.filter(|_| !global.quiet) {
        io.terminal.say(&format!("{done}\n"));
    }
    Ok(code)
}

/// The same with what has changed.
fn telling(renderer: Renderer, history: &History, baseline: Option<Baseline>) -> Renderer {
    let mut changes = {
        let _words = renderer.engine.words();
        changes(history, renderer.public())
    };
    changes.baseline = baseline;
    renderer.telling(changes)
}

/// Where the website goes: a folder, seen from a folder above it that is there. It takes the website's own place among
/// the outputs, so that a folder that is not there is filled under another name and given its own at the end.
struct Place {
    above: PathBuf,
    folder: String,
}

impl Place {
    /// The place that `--out` names.
    fn new(session: &Session<'_>, roadmap: &Roadmap, out: &Path) -> Result<Self, Failure> {
        let files = session.io.files;
        let own = files.real(out)?;
        if !matches!(files.entry(&own)?, None | Some(Entry::Folder)) {
            return Err(refusal(out, "it is not a folder"));
        }
        let root = &session.found.root;
        if handed::leads_out(files, root, out)? {
            return Err(refusal(out, "a link on the way to it leads out of the root"));
        }
        if root.starts_with(&own) {
            return Err(refusal(out, "the roadmap lies in it"));
        }
        if files.is_gits(&own) {
            return Err(refusal(out, "it lies in git's own folder"));
        }
        let base = root.join(&session.found.base);
        if base.starts_with(&own) || own == base || own.starts_with(base.join("templates")) {
            return Err(refusal(out, "the roadmap lies in it"));
        }
        let Outputs { summary, milestones, labels, site } = &roadmap.outputs;
        for taken in [site, milestones, summary, labels].into_iter().flatten() {
            let taken = files.real(&root.join(taken))?;
            if own.starts_with(&taken) || taken.starts_with(&own) {
                return Err(refusal(
                    out,
                    "`roadbook build` keeps files there, which are made without history",
                ));
            }
        }
        let mut above = own.parent().unwrap_or(&own).to_owned();
        while files.entry(&above)?.is_none() && above.pop() {}
        let folder = crate::source::below(&above, &own).filter(|folder| !folder.is_empty());
        let folder = folder.ok_or_else(|| refusal(out, "its name is not Unicode"))?;
        Ok(Self { above, folder })
    }
}

fn refusal(out: &Path, why: &str) -> Failure {
    let message = format!("cannot write a website with history to `{}`: {why}", out.display());
    Failure::new(FailureKind::Usage, message)
        .help("name a new folder, as in `--out public`, and let git ignore it")
}

/// Writes what differs; returns what it says of that, or nothing where it wrote nothing for a reason in the report.
fn publish(
    session: &mut Session<'_>,
    renderer: &Renderer,
    place: &Place,
    force: bool,
) -> Result<Option<String>, Failure> {
    let tree = Tree { files: session.io.files, root: &place.above };
    let pages = renderer.site_pages();
    let told = with_history(&pages);
    if leaks(session, renderer, &told) {
        return Ok(None);
    }
    let compared = compare(tree, renderer, &pages, &session.progress());
    let found = match compared {
        Ok(found) => found,
        Err(stop) => return stopped(session, stop, FAILED),
    };
    let orphans = orphans(tree, place, &pages)?;
    let foreign = pages.iter().zip(&found).filter(|(_, found)| matches!(found, Found::Foreign(_)));
    let foreign: Vec<_> = foreign.map(|(page, _)| &page.path).chain(&orphans.foreign).collect();
    if !foreign.is_empty() && !force {
        tell_foreign(session, &foreign);
        return Ok(None);
    }
    let changed: Vec<_> = pages.iter().zip(&found).filter(|(_, found)| **found != Found::Same).collect();
    output::sweep(tree, &pages, &BTreeSet::new())?;
    let written = output::write(tree, renderer, &changed, &session.progress());
    if let Err(stop) = written {
        return stopped(session, stop, FAILED);
    }
    orphans.ours.iter().try_for_each(|path| tree.files.remove(&tree.path(path)))?;
    if !told.iter().any(|page| page.path.as_str().ends_with(".atom")) {
        session.say("without `site.url` in the source there is no feed: its readers could not come back");
    }
    let (written, unchanged) = (changed.len(), pages.len() - changed.len());
    let days = counted(renderer.changes.as_ref().map_or(0, |changes| changes.days.len()), "day");
    let removed = orphans.ours.len();
    Ok(Some(format!("{written} written, {unchanged} unchanged, {removed} removed; changes on {days}")))
}

/// The pages of what has changed.
fn with_history(pages: &[Page]) -> Vec<Page> {
    let is_it = |page: &&Page| matches!(page.kind, PageKind::Site(SitePage::Changes(_) | SitePage::Feed));
    pages.iter().filter(is_it).cloned().collect()
}

/// Whether pages of what has changed name what is internal, which is told.
fn leaks(session: &mut Session<'_>, renderer: &Renderer, told: &[Page]) -> bool {
    let leaks = links::leaks(renderer, told);
    let is_leaking = !leaks.is_empty();
    session.add(leaks);
    if is_leaking {
        session.say("nothing was written: what has changed names what is internal");
    }
    is_leaking
}

/// Tells the files in the way that are not Roadbook's.
fn tell_foreign(session: &mut Session<'_>, foreign: &[&PagePath]) {
    let help = "name an empty folder with `--out`; with `--force`, pages replace files of their names, and other files stay";
    foreign.iter().for_each(|path| session.add_one(foreign_file(path).help(help)));
    session.say("nothing was written: the folder holds files that are not Roadbook's");
}

/// Files in the folder that the website does not have.
struct Orphans {
    /// Those that an earlier run made.
    ours: Vec<PagePath>,
    /// Those that it did not.
    foreign: Vec<PagePath>,
}

fn orphans(tree: Tree<'_>, place: &Place, pages: &[Page]) -> Result<Orphans, Failure> {
    let pages: BTreeSet<_> = pages.iter().map(|page| page.path.as_str()).collect();
    let mut orphans = Orphans { ours: Vec::new(), foreign: Vec::new() };
    for name in tree.files.walk(&tree.root.join(&place.folder))? {
        let path = PagePath::new(joined(&place.folder, &name));
        if pages.contains(path.as_str())
            || name.rsplit('/').next().is_some_and(|name| name.starts_with(crate::io::TEMPORARY))
        {
            continue;
        }
        let is_ours = tree.files.entry(&tree.path(&path))? == Some(Entry::File)
            && tree.read(&path)?.is_some_and(|bytes| is_marked(&path, &bytes));
        if is_ours { orphans.ours.push(path) } else { orphans.foreign.push(path) }
    }
    Ok(orphans)
}
