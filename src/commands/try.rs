//! `roadbook try`: what a team would gain, without touching its repository.
//!
//! The source is read where it lies, everything is built into a scratch folder, which the next look at the same repository
//! removes, and what hand-written documents say is held
//! against it. The answer goes to standard output: whoever asks wants to read it.

mod show;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use super::{FOR_PEOPLE, Session, documents::Documents, older, screen, spot::Spot, verdict::OnDisk};
use crate::{
    cli::{Global, Try},
    import::{self, Form, Sniffed},
    io::{Entry, Failure, FailureKind, Io, browse, has_desktop},
    links,
    output::{self, Found, Stop, Tree},
    render::{Page, PageKind, Renderer},
    report::{Styled, file_uri, typed},
    rules::Reach,
};
pub(super) use show::summary_lines;
use show::{Outcome, Written};

/// The website is built for the look of it, wherever the source sends it.
const SITE: &str = "site";

/// Runs the verb.
pub(super) fn run(args: &Try, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    if let Some(path) = &args.path {
        refuse_other(path, io)?;
    }
    let spot = Spot::find(io, global, args.path.as_deref())?;
    if spot.json.is_none() && !spot.is_set_up {
        return Err(nothing(&spot));
    }
    let own = spot.global(global);
    let (mut session, mut roadmap, facts) = Session::open(io, &own, None)?;
    if session.is_blocked() {
        return refused(session, "nothing was built: the source has errors that must be fixed first");
    }
    roadmap.outputs.site.get_or_insert_with(|| SITE.into());
    let items = show::items(&roadmap);
    let Some(mut renderer) = session.renderer(roadmap, facts)? else {
        return refused(session, "nothing was built: a template cannot be used");
    };
    let mut documents = Documents::find(io, &session.found, &renderer, &spot.searched.markdown)?;
    documents.add_to(&mut renderer);
    let pages = renderer.pages();
    look(&mut session, &renderer, &pages, &documents)?;
    let mut written = written(&session, &renderer, &pages)?;
    written.iter_mut().for_each(|it| it.move_aside(&documents));
    let folder = match build_into(args, io, &spot, &renderer, &pages) {
        Ok(folder) => folder,
        Err(Stop::Failure(failure)) => return Err(failure),
        Err(Stop::Finding(finding)) => {
            session.add_one(*finding);
            return refused(session, "not everything was built: a template failed on this page");
        }
    };
    session.finish(Reach::Roadmap, Some(&renderer.roadmap));
    let start = site_start(&renderer, &folder);
    let files = session.found.files.clone();
    let (found, _) = session.told();
    let next = next(args, global, &spot);
    let outcome = Outcome { spot: &spot, files, items, documents, found, written, folder, start, next };
    let screen = screen(io, global);
    let text = show::text(&outcome, screen, global.verbose);
    io.terminal.out_styled(&Styled::new(text, screen.colour))?;
    if let Some(start) = outcome.start.filter(|_| !args.no_open && has_desktop(io)) {
        browse(io, &start);
    }
    Ok(0)
}

/// Refuses a file that is a plan and no roadmap: a dump of issues, a table, a file of labels. What it is and what to do is told
/// in place of what is wrong with it as a roadmap.
fn refuse_other(path: &Path, io: &Io<'_>) -> Result<(), Failure> {
    if io.files.entry(path)? != Some(Entry::File) {
        return Ok(());
    }
    let name = path.display().to_string();
    let bytes = io.files.read(path)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let Sniffed { form, noun } = import::sniff(&name, &text);
    let failure = Failure::new(FailureKind::Usage, format!("`{name}` is {noun}, and no roadmap"));
    Err(match form {
        Form::Markdown => return Ok(()),
        Form::Json if noun != "a file of labels" => return Ok(()),
        Form::Json => failure.help(
            "labels belong into `labels` of a roadmap; `roadbook import OWNER/NAME` takes those of a repository along",
        ),
        form if !form.is_read() => failure.help(import::WHAT_IS_READ),
        _ => failure.help(format!("`roadbook import {}` makes a roadmap of it", typed(&name))),
    })
}

/// Tells why nothing can be shown, as every verb does.
fn refused(mut session: Session<'_>, words: &str) -> Result<u8, Failure> {
    session.say(words);
    session.finish(Reach::Roadmap, None);
    session.tell("try", &FOR_PEOPLE, None, BTreeMap::new())
}

/// Holds the documents against the source.
fn look(
    session: &mut Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    documents: &Documents,
) -> Result<(), Failure> {
    let found = links::check(renderer, pages, &OnDisk::of(session)?);
    let summary = renderer.docs.iter().find(|doc| Some(&doc.path) == documents.summary.as_ref());
    let whole = summary.map(|doc| links::of_summary(renderer, doc)).unwrap_or_default();
    // What any document may be asked is asked of this one, too: a fault that both readings find is told once.
    let known: BTreeSet<_> = found.iter().map(|finding| (finding.code, finding.place.clone())).collect();
    let whole =
        whole.map(|finding| (!known.contains(&(finding.code, finding.place.clone()))).then_some(finding));
    session.add(found);
    session.add(whole);
    Ok(())
}

fn nothing(spot: &Spot) -> Failure {
    let root = spot.root.display();
    let message = format!("no roadmap found: no JSON in `{root}` lists milestones and issues");
    let help = match (spot.searched.too_large.first(), spot.searched.nested.first()) {
        (Some(large), _) => {
            format!("`{large}` was not looked into, for its size: `roadbook try {}` does", typed(large))
        }
        (None, Some(nested)) => {
            format!(
                "`{nested}` is a git repository of its own with a roadmap: `roadbook try {}` reads it",
                typed(nested)
            )
        }
        (None, None) => {
            "name the file with `roadbook try FILE`; `roadbook init` starts a roadmap where there is none"
                .into()
        }
    };
    Failure::new(FailureKind::Files, message).help(help)
}

/// What stands where each page would be written, the website apart.
fn written(session: &Session<'_>, renderer: &Renderer, pages: &[Page]) -> Result<Vec<Written>, Failure> {
    let summary = older::summary(session.io, &session.found, renderer)?;
    let mut written = Vec::new();
    for page in pages.iter().filter(|page| !matches!(page.kind, PageKind::Site(_))) {
        let found = match session.tree().compare(renderer, page, &mut Vec::new()) {
            Ok(found) => found,
            Err(Stop::Failure(failure)) => return Err(failure),
            Err(Stop::Finding(_)) => Found::Missing(None),
        };
        written.push(Written::of(page, &found, summary.as_deref()));
    }
    let site = pages.iter().filter(|page| matches!(page.kind, PageKind::Site(_))).count();
    let folder = renderer.roadmap.outputs.site.as_deref().unwrap_or(SITE);
    written.push(Written::site(folder, site));
    Ok(written)
}

/// Writes all pages but hand-written documents into a folder of their own.
fn build_into(
    args: &Try,
    io: &Io<'_>,
    spot: &Spot,
    renderer: &Renderer,
    pages: &[Page],
) -> Result<PathBuf, Stop> {
    let folder = match &args.out {
        Some(folder) => {
            is_free(io, folder)?;
            folder.clone()
        }
        None => io.files.scratch("roadbook-try", &spot.root.display().to_string())?,
    };
    let built = fill(io, &folder, renderer, pages);
    if built.is_err() && args.out.is_none() {
        io.files.discard(&folder);
    }
    built
}

fn fill(io: &Io<'_>, folder: &Path, renderer: &Renderer, pages: &[Page]) -> Result<PathBuf, Stop> {
    let root = io.files.real(folder)?;
    let made = pages.iter().filter(|page| !matches!(page.kind, PageKind::Doc(_)));
    let missing: Vec<_> = made.map(|page| (page, &Found::Missing(None))).collect();
    output::write(Tree { files: io.files, root: &root }, renderer, &missing)?;
    Ok(root)
}

fn is_free(io: &Io<'_>, folder: &Path) -> Result<(), Failure> {
    let is_empty = match io.files.entry(folder)? {
        None => true,
        Some(Entry::Folder) => io.files.list(folder)?.is_empty(),
        Some(_) => false,
    };
    if is_empty {
        return Ok(());
    }
    let message = format!("`{}` is not empty: nothing was built", folder.display());
    Err(Failure::new(FailureKind::Usage, message)
        .help("name a folder that is not there yet with `--out DIR`"))
}

/// The address of the website's first page.
fn site_start(renderer: &Renderer, folder: &Path) -> Option<String> {
    let site = renderer.roadmap.outputs.site.as_deref()?;
    let path = folder.join(site).join("index.html");
    let slashed = path.display().to_string().replace('\\', "/");
    Some(file_uri(&slashed))
}

/// The command that takes the next step from here.
fn next(args: &Try, global: &Global, spot: &Spot) -> String {
    let mut words = "roadbook init".to_owned();
    let named = args.path.as_deref().or(global.roadmap.as_deref());
    let quoted = |path: &Path| typed(&path.display().to_string()).into_owned();
    if let Some(root) = &global.root {
        words = format!("{words} --root {}", quoted(root));
    }
    if let Some(path) = named.filter(|_| !spot.is_set_up) {
        words = format!("{words} --roadmap {}", quoted(path));
    }
    words
}
