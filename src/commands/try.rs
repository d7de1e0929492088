//! `roadbook try`: what a team would gain, without touching its repository.
//!
//! The source is read where it lies, everything is built into a scratch folder, which the next look at the same repository
//! removes, and what hand-written documents say is held
//! against it. The answer goes to standard output: whoever asks wants to read it.

mod show;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    FOR_PEOPLE, Session,
    documents::Documents,
    import as import_verb, older,
    plans::{self, PlanFile},
    repairs, screen,
    spot::Spot,
    verdict::OnDisk,
};
use crate::{
    cli::{Global, Import, Try},
    edit::Preview,
    import::{self, Form, Sniffed},
    io::{Entry, Failure, FailureKind, Io, Progress, browse, has_desktop},
    links,
    output::{self, Found, Stop, Tree},
    render::{Page, PageKind, Renderer},
    report::{Code, Report, Severity, Styled, file_uri, typed},
    rules::{self, Reach},
};
pub(super) use show::summary_lines;
use show::{Outcome, Written};

/// The website is built for the look of it, wherever the source sends it.
const SITE: &str = "site";

/// Runs the verb.
pub(super) fn run(args: &Try, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    if let Some(path) = &args.path
        && let Some((form, noun)) = other(path, io)?
    {
        return imported(args, global, io, path, &PlanFile::named(path.display().to_string(), form, noun));
    }
    let spot = Spot::find(io, global, args.path.as_deref())?;
    if spot.json.is_some() || spot.is_set_up {
        let next = next(args, global, &spot);
        return Look { args, global, spot: &spot, from: None, next }.run(io);
    }
    let plan = match plans::summary(io, &spot)? {
        Some(plan) => Some(plan),
        None => plans::find(io, &spot)?.into_iter().next(),
    };
    let Some(plan) = plan else { return Err(nothing(&spot)) };
    let path = spot.root.join(&plan.path);
    if plan.form != Form::Json {
        return imported(args, global, io, &path, &plan);
    }
    let spot = Spot::find(io, global, Some(&path))?;
    Look { args, global, spot: &spot, from: None, next: plan.command }.run(io)
}

/// A roadmap that is looked at.
struct Look<'a> {
    args: &'a Try,
    global: &'a Global,
    spot: &'a Spot,
    /// The plan that it was imported from.
    from: Option<&'a PlanFile>,
    /// The command that takes the next step from here.
    next: String,
}

impl Look<'_> {
    /// The JSON as a plan that `import` reads, where it is no roadmap and one can be made of it.
    fn plan(&self, io: &Io<'_>) -> Result<Option<(PathBuf, PlanFile)>, Failure> {
        let Some(name) = self.spot.json.as_ref().filter(|_| self.from.is_none()) else { return Ok(None) };
        let path = self.spot.root.join(name);
        let bytes = io.files.read(&path)?.unwrap_or_default();
        let mut report = Report::default();
        let text = import::decoded(&name.as_str().into(), bytes, &mut report);
        let is_plan = text.is_some_and(|text| import::is_plan(&text));
        let plan = PlanFile::found(self.spot, name.clone(), Form::Export, "a JSON file");
        Ok(is_plan.then_some((path, plan)))
    }

    /// Builds what can be understood and shows it: what a machine can mend is mended in memory, the rest left out and told.
    fn run(self, io: &Io<'_>) -> Result<u8, Failure> {
        let Self { args, global, spot, .. } = self;
        let own = spot.global(global);
        let mended = repairs::mend_leniently(io, &own)?;
        let preview = Preview::new(io.files, &mended.rewrites);
        let lenient = Io { files: &preview, ..*io };
        let (mut session, mut roadmap, facts) = Session::open(&lenient, &own, None)?;
        if roadmap.milestones.is_empty() && roadmap.issues.is_empty() && rules::blocks(&mended.before) {
            return match self.plan(io)? {
                Some((path, plan)) => imported(args, global, io, &path, &plan),
                None => empty(session, spot),
            };
        }
        roadmap.outputs.site.get_or_insert_with(|| SITE.into());
        let items = show::items(&roadmap);
        let Some(mut renderer) = session.renderer(roadmap, facts)? else {
            return refused(session, "nothing was built: a template cannot be used");
        };
        let mut documents = Documents::find(io, &session.found, &renderer, &spot.searched.markdown)?;
        documents.add_to(&mut renderer);
        let pages = pages(&renderer);
        look(&mut session, &renderer, &pages, &documents)?;
        let written = written(&session, &renderer, &pages, &documents)?;
        let folder = match build_into(args, io, spot, &renderer, &pages) {
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
        let (from, next, mended) = (self.from, self.next, mended.done);
        let outcome =
            Outcome { spot, from, files, items, documents, mended, found, written, folder, start, next };
        let screen = screen(io, global);
        let text = show::text(&outcome, screen, global.verbose);
        io.terminal.out_styled(&Styled::new(text, screen.colour))?;
        if let Some(start) = outcome.start.filter(|_| !args.no_open && has_desktop(io)) {
            browse(io, &start);
        }
        Ok(0)
    }
}

fn pages(renderer: &Renderer) -> Vec<Page> {
    let mut pages = renderer.pages();
    // Of two items with one id the first has the page.
    let mut paths = BTreeSet::new();
    pages.retain(|page| paths.insert(page.path.clone()));
    pages
}

/// A file in which there is nothing to show: no JSON, or JSON of something else.
fn empty(session: Session<'_>, spot: &Spot) -> Result<u8, Failure> {
    if session.is_blocked()
        && session
            .report
            .iter()
            .any(|it| matches!(it.code, Code::Syntax | Code::Encoding | Code::ConflictMarkers))
    {
        return refused(session, "nothing was built: the source has errors that must be fixed first");
    }
    let name = spot.json.clone().unwrap_or_else(|| session.found.files.join("`, `"));
    let message = format!("`{name}` is JSON, and neither a milestone nor an issue was found in it");
    Err(Failure::new(FailureKind::Usage, message).help(
        "a roadmap lists them under `milestones` and `issues`; `roadbook schema` says what each may hold",
    ))
}

/// Shows what `import` would make of a plan, out of a scratch folder.
fn imported(args: &Try, global: &Global, io: &Io<'_>, path: &Path, plan: &PlanFile) -> Result<u8, Failure> {
    if holds_nothing(io, path, plan.form)? {
        return Err(no_plan(plan));
    }
    let (name, full) = (path.display().to_string(), io.files.real(path)?);
    let folder = io.files.scratch("roadbook-import", &full.display().to_string())?;
    let json = folder.join(import_verb::DEFAULT);
    let quiet = Global { quiet: true, root: None, ..global.without_roadmap() };
    let import = Import { from: name, out: Some(json.clone()), ..Import::default() };
    let code = import_verb::run(&import, &quiet, io);
    let shown = code.and_then(|code| {
        if code == 3 || io.files.entry(&json)?.is_none() {
            return Err(no_plan(plan));
        }
        let own = Global { root: Some(folder.clone()), ..global.without_roadmap() };
        let spot = Spot::find(io, &own, Some(&json))?;
        Look { args, global: &own, spot: &spot, from: Some(plan), next: plan.command.clone() }.run(io)
    });
    io.files.discard(&folder);
    shown
}

/// Whether an import would say no more than that there is nothing to be read.
fn holds_nothing(io: &Io<'_>, path: &Path, form: Form) -> Result<bool, Failure> {
    let bytes = io.files.read(path)?.filter(|_| form != Form::Export).unwrap_or_default();
    let (name, mut report) = (Arc::from(path.display().to_string()), Report::default());
    let Some(text) = import::decoded(&name, bytes, &mut report) else { return Ok(false) };
    let text = import::Text { name, text: text.into() };
    let target = import::Target { name: import_verb::DEFAULT.into(), text: None, overrides: Vec::new() };
    let read = import::import(&text, &target, form, &import::Maps::default());
    let is_nothing = |report: &Report| {
        report.iter().filter(|it| it.severity == Severity::Error).all(|it| it.code == Code::ImportLeftOut)
    };
    Ok(form != Form::Export && read.is_err_and(|report| is_nothing(&report)))
}

fn no_plan(plan: &PlanFile) -> Failure {
    let message = format!("`{}` is {}, and no milestone and no issue was read from it", plan.path, plan.noun);
    Failure::new(FailureKind::Usage, message).help(import::WHAT_IS_READ)
}

/// What a named file is that is a plan and no roadmap: a document, a table, a dump of issues. `None` where it may be a roadmap.
/// What cannot be taken in is refused by what it is, in place of what is wrong with it as a roadmap.
fn other(path: &Path, io: &Io<'_>) -> Result<Option<(Form, &'static str)>, Failure> {
    if io.files.entry(path)? != Some(Entry::File) {
        return Ok(None);
    }
    let name = path.display().to_string();
    let bytes = io.files.read(path)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let Sniffed { form, noun } = import::sniff(&name, &text);
    let failure = Failure::new(FailureKind::Usage, format!("`{name}` is {noun}, and no roadmap"));
    match form {
        Form::Json if noun == "a JSON file" => Ok(None),
        Form::Json if noun == "a file of labels" => {
            Err(failure.help(format!("`roadbook import {}` makes a roadmap of its labels", typed(&name))))
        }
        form if !form.is_read() => Err(failure.help(import::WHAT_IS_READ)),
        Form::Json => Ok(Some((Form::Export, noun))),
        _ => Ok(Some((form, noun))),
    }
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
    let message = match spot.searched.unreadable.first() {
        Some((path, why)) => {
            let help = format!("`{path}` may be one, once it can be read");
            return Failure::new(FailureKind::Files, format!("no roadmap found: {why}")).help(help);
        }
        None => format!("no roadmap found: no JSON in `{root}` lists milestones and issues"),
    };
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
fn written(
    session: &Session<'_>,
    renderer: &Renderer,
    pages: &[Page],
    documents: &Documents,
) -> Result<Vec<Written>, Failure> {
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
    written.iter_mut().for_each(|it| it.move_aside(documents));
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
    let progress = Progress::new(io, false);
    output::write(Tree { files: io.files, root: &root }, renderer, &missing, &progress)?;
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
