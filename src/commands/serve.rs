//! `roadbook serve`: shows the website while the source is written. It never writes.

use std::{path::Path, sync::Arc};

use super::{
    Session, front, repairs,
    selection::{Member, Named, Selection},
};
use crate::{
    cli::{Global, Serve},
    edit::Preview,
    fleet::Card,
    io::{Failure, FailureKind, Io, Terminal},
    model::Day,
    render::Renderer,
    report::{Diagnostic, Finding, Severity, counted, one_line},
    rules::Reach,
    serve::{self, Faults, Load, Options, Pipeline, Show, Site},
    source,
};

/// How many repairs are listed.
const MOST_LISTED: usize = 20;

/// Where the website is thought to lie if the source switches it off: a preview shows it all the same.
const SITE: &str = "site";

/// Up to this many issues, every kind of page is tried with templates of one's own; beyond it, those that are made fast.
const MOST_TRIED: usize = 2_000;

/// Runs the verb.
pub(super) fn run(args: &Serve, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    if global.roadmap.as_deref() == Some(Path::new("-")) {
        let message = "`roadbook serve` needs files: standard input does not change";
        return Err(
            Failure::new(FailureKind::Usage, message).help("name the JSON file with `--roadmap PATH`")
        );
    }
    let selection = Selection::all(io, global)?;
    // Where there is nothing to show, whoever typed this stands in the wrong folder.
    if !selection.is_several() {
        let one = &selection.one_of_all().global;
        source::find(io.files, one.root.as_deref(), one.roadmap.as_deref())?;
    }
    args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let options = Options {
        port: args.port,
        open: args.open,
        poll: args.poll,
        quiet: global.quiet,
        verbose: global.verbose,
    };
    let source =
        |it: &Member| Source { global: it.global.clone(), as_of: args.as_of, is_lenient: args.lenient };
    let sources: Vec<_> = selection.members.iter().map(source).collect();
    let terminals: Vec<_> = selection.members.iter().map(|it| Named::new(io.terminal, &it.name)).collect();
    let mut sites = Vec::new();
    for ((member, source), terminal) in selection.members.iter().zip(&sources).zip(&terminals) {
        let (name, terminal): (&str, &dyn Terminal) = match selection.is_several() {
            true => (&member.name, terminal),
            false => ("", io.terminal),
        };
        sites.push(Site { name, io: Io { terminal, ..*io }, pipeline: source });
    }
    serve::run(io, &options, &sites, front_page)
}

/// The front page of the sites that can be shown, as `build` makes it.
fn front_page(all: &[(&str, &Renderer)]) -> Vec<(&'static str, Vec<u8>)> {
    let cards = all.iter().map(|(name, renderer)| {
        let (roadmap, facts) = renderer.public();
        Card::of(name, Some(name), roadmap, facts)
    });
    let spoken = all.iter().find_map(|(_, renderer)| {
        let lang = renderer.roadmap.site.lang.clone().unwrap_or_default();
        Some(front::Spoken { words: Some(Arc::clone(renderer.engine.own_words()?)), lang })
    });
    front::of_cards(cards.collect(), spoken.unwrap_or_default()).unwrap_or_default()
}

/// The source as the command line means it.
struct Source {
    global: Global,
    as_of: Option<Day>,
    /// Whether what can be understood is shown, whatever is wrong with the rest.
    is_lenient: bool,
}

impl Pipeline for Source {
    fn load(&self, io: &Io<'_>, show: Show<'_>) -> Result<Load, Failure> {
        if !self.is_lenient {
            return self.loaded(io, show);
        }
        let mended = repairs::mend_leniently(io, &self.global)?;
        let preview = Preview::new(io.files, &mended.rewrites);
        if !mended.done.is_empty() {
            let count = counted(mended.done.len(), "place");
            let listed = listed(&mended.done);
            io.terminal.say(&format!("{count} in the JSON shown as fixed:\n{listed}"));
        }
        self.loaded(&Io { files: &preview, ..*io }, show)
    }
}

impl Source {
    fn loaded(&self, io: &Io<'_>, show: Show<'_>) -> Result<Load, Failure> {
        let day = self.as_of.map_or_else(|| io.clock.today(), Ok)?;
        let (mut session, mut roadmap, facts) = Session::read(io, &self.global, Some(day))?;
        session.add_pin(&roadmap);
        let has_items = !roadmap.issues.is_empty() || !roadmap.milestones.is_empty();
        if session.is_blocked() && !(self.is_lenient && has_items) {
            session.judge(&roadmap, &facts);
            return Ok(broken(session));
        }
        roadmap.outputs.site.get_or_insert_with(|| SITE.into());
        let Some(renderer) = session.renderer(roadmap, facts)? else { return Ok(broken(session)) };
        if let Err(found) = tried(&renderer) {
            session.add_one(*found);
            return Ok(broken(session));
        }
        let Some(shown) = show(renderer) else { return Ok(Load::Outdated) };
        session.judge(&shown.renderer.roadmap, &shown.renderer.facts);
        session.finish(Reach::Roadmap, Some(&shown.renderer.roadmap));
        let (found, words) = session.told();
        let (errors, warnings) = (found.count(Severity::Error), found.count(Severity::Warning));
        Ok(Load::Sound { errors, warnings, words })
    }
}

fn broken(mut session: Session<'_>) -> Load {
    session.finish(Reach::Roadmap, None);
    let (found, words) = session.told();
    Load::Broken { faults: Faults::of(&found), words }
}

/// Makes one page of each kind where templates are the user's own, so that one that fails is told with its line and does
/// not take the place of a page that was good.
fn tried(renderer: &Renderer) -> Result<(), Box<Diagnostic>> {
    if !renderer.engine.has_overrides() {
        return Ok(());
    }
    let is_small = renderer.roadmap.issues.len() <= MOST_TRIED;
    let pages = if is_small { renderer.site_pages() } else { renderer.site_pages_but_search() };
    let mut tried = Vec::new();
    for page in pages.iter().filter(|page| page.path.as_str().ends_with(".html")) {
        if !tried.contains(&page.kind.sort()) {
            tried.push(page.kind.sort());
            renderer.bytes(page, &mut Vec::new())?;
        }
    }
    Ok(())
}

/// A line for each, with its place and what was done.
fn listed(done: &[Finding]) -> String {
    let line = |found: &Finding| {
        let Diagnostic { code, place, message, repair, .. } = &found.diagnostic;
        let line = found.span.as_ref().map_or(1, |span| span.line);
        let does = repair.as_ref().map(|repair| repair.action.words()).unwrap_or_default();
        format!("  {}:{line}: {code}: {}: {}\n", one_line(&place.file), one_line(message), one_line(&does))
    };
    let shown: String = done.iter().take(MOST_LISTED).map(line).collect();
    let more = done.len().saturating_sub(MOST_LISTED);
    if more > 0 { format!("{shown}  and {more} more\n") } else { shown }
}
