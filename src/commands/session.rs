//! What every verb begins with: the source read, resolved and judged; and what it ends with: findings told, an exit code.

mod finish;
mod tell;

use std::path::Path;

pub(super) use tell::tell_gathered;

use super::{advice::advised, freshness::Freshness, once::Once};
use crate::{
    cli::{Colour, Global},
    facts::Facts,
    inputs,
    io::{Failure, Io, Progress},
    json,
    model::{Day, Outputs, Roadmap, resolve},
    output::Tree,
    render::{Engine, Renderer},
    report::{self, Diagnostic, ItemNames, Place, Report, Screen, Styled, Texts},
    rules::{self, Context, Settings},
    source::{self, Accepted, Doc, Found, TextsOf},
};

/// One run over a source.
pub(crate) struct Session<'a> {
    /// The world.
    pub(crate) io: &'a Io<'a>,
    /// How to speak.
    pub(crate) global: &'a Global,
    /// Where the source is.
    pub(crate) found: Found,
    stdin: Option<Vec<u8>>,
    freshness: Freshness,
    /// What the source's `rules` say.
    settings: Settings,
    /// What was found so far, with the weight it has here.
    pub(crate) report: Report,
    /// The file of accepted findings, where there is one.
    accepted_file: Option<Accepted>,
    /// What it covers, once the run is finished.
    accepted: Report,
    names: ItemNames,
    /// Where the outputs go.
    pub(crate) outputs: Outputs,
    /// The working tree, where the files that are judged are less than that.
    pub(crate) beside: Option<&'a Io<'a>>,
}

impl<'a> Session<'a> {
    /// Finds, reads, resolves and judges the source. Facts speak for `as_of`, else for the source's own day.
    ///
    /// # Errors
    /// Where there is no source, or the disk refuses.
    pub(crate) fn open(
        io: &'a Io<'a>,
        global: &'a Global,
        as_of: Option<Day>,
    ) -> Result<(Self, Roadmap, Facts), Failure> {
        let (mut session, roadmap, facts) = Self::read(io, global, as_of)?;
        session.judge(&roadmap, &facts);
        Ok((session, roadmap, facts))
    }

    /// Finds, reads and resolves the source, and judges nothing yet: whether it is blocked is known by then.
    ///
    /// # Errors
    /// Where there is no source, or the disk refuses.
    pub(crate) fn read(
        io: &'a Io<'a>,
        global: &'a Global,
        as_of: Option<Day>,
    ) -> Result<(Self, Roadmap, Facts), Failure> {
        let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
        let stdin = if found.stdin { Some(io.terminal.input()?) } else { None };
        let mut report = Report::default();
        let freshness = Freshness::note(io.files, &found, global.lock.as_deref())?;
        let document = source::read_document(io, &found, stdin.as_deref(), &mut report)?;
        let lock = source::read_lock(io, &found, global.lock.as_deref(), &mut report)?;
        let accepted_file = source::read_accepted(io, &found, &mut report)?;
        let (mut roadmap, faults) = resolve(document, &found.base, lock.as_ref());
        report.extend(faults);
        let facts = Facts::derive(&roadmap, as_of.or(roadmap.as_of));
        let mut settings = Settings::new(&roadmap);
        let report = settings.apply(report);
        let outputs = roadmap.outputs.clone().of_name(found.name.as_deref());
        roadmap.outputs = outputs.clone();
        let (accepted, names) = (Report::default(), ItemNames::default());
        let session = Self {
            io,
            global,
            found,
            stdin,
            freshness,
            settings,
            report,
            accepted_file,
            accepted,
            names,
            outputs,
            beside: None,
        };
        Ok((session, roadmap, facts))
    }

    /// Whether the source is still what was read.
    pub(crate) fn is_fresh(&self) -> bool {
        self.freshness.holds(self.io.files, self.global)
    }

    /// Runs the rules that judge a roadmap.
    pub(crate) fn judge(&mut self, roadmap: &Roadmap, facts: &Facts) {
        // A source of which nothing could be read is not called empty as well.
        if !(self.is_blocked() && roadmap.issues.is_empty() && roadmap.milestones.is_empty()) {
            self.add(rules::judge(&Context { roadmap, facts }));
        }
    }

    /// Makes ready to render: templates compiled, documents read.
    ///
    /// # Errors
    /// Where the disk refuses. `Ok(None)` where a template does not compile, which the report then says.
    pub(crate) fn renderer(&mut self, roadmap: Roadmap, facts: Facts) -> Result<Option<Renderer>, Failure> {
        let templates = self.templates(&roadmap)?;
        Ok(templates.map(|templates| self.ready(roadmap, facts, templates)))
    }

    /// The compiled templates and the documents; `Ok(None)` where a template does not compile, which the report then says.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub(crate) fn templates(&mut self, roadmap: &Roadmap) -> Result<Option<(Engine, Vec<Doc>)>, Failure> {
        let mut report = Report::default();
        let given =
            super::words::beside_templates((self.io, self.disk()), &self.found, roadmap, &mut report)?;
        let with = || given.map(|(overrides, words)| Engine::with(overrides, words));
        let read_docs = || inputs::read_docs(self.io, &self.found, roadmap, &mut report);
        let (engine, docs) = rayon::join(with, read_docs);
        let engine = engine.and_then(|engine| engine.map_err(|finding| report.push(finding)).ok());
        self.add(report);
        docs.map(|docs| engine.map(|engine| (engine, docs)))
    }

    /// What makes pages, with what they are made of.
    pub(crate) fn ready(
        &mut self,
        mut roadmap: Roadmap,
        facts: Facts,
        (engine, docs): (Engine, Vec<Doc>),
    ) -> Renderer {
        super::words::entitled(&mut roadmap, engine.own_words());
        let renderer = Renderer::new(roadmap, facts, engine, docs);
        let renderer = renderer.with_reference(super::reference::reference);
        self.add(renderer.unknown_regions());
        renderer
    }

    /// Judges the roadmap beside something else, so that nothing waits for the rules.
    pub(crate) fn judge_beside<T>(&mut self, renderer: &Renderer, other: impl FnOnce() -> T) -> T {
        let context = Context { roadmap: &renderer.roadmap, facts: &renderer.facts };
        let mut found = Report::default();
        // The rules go elsewhere and the other stays here, where reading has left room that can be used again.
        let made = rayon::in_place_scope(|scope| {
            scope.spawn(|_| found = rules::judge(&context));
            other()
        });
        self.add(found);
        made
    }

    /// Adds findings, with the weight that the source gives them.
    pub(crate) fn add(&mut self, report: Report) {
        let report = self.settings.apply(report);
        self.report.extend(report);
    }

    /// Adds one finding, with the weight that the source gives it.
    pub(crate) fn add_one(&mut self, finding: Diagnostic) {
        let mut report = Report::default();
        report.push(finding);
        self.add(report);
    }

    /// Adds what is wrong with the version that the source is pinned to: another minor version's output is committed, and
    /// ours would change files that nobody touched.
    pub(crate) fn add_pin(&mut self, roadmap: &Roadmap) {
        rules::check_pin(roadmap).into_iter().for_each(|finding| self.add_one(finding));
    }

    /// Whether something was found that nothing can be built from.
    pub(crate) fn is_blocked(&self) -> bool {
        rules::blocks(&self.report)
    }

    /// Says that the source cannot be used, where it cannot; the answer is the exit code then.
    ///
    /// For verbs that are asked something else than what is wrong with the source: its findings are `check`'s to tell.
    pub(crate) fn refusal(&self) -> Option<u8> {
        let faults: usize = self
            .report
            .counts()
            .iter()
            .filter(|((code, _), _)| rules::is_blocking(*code))
            .map(|(_, count)| count)
            .sum();
        if faults > 0 {
            let errors = report::counted(faults, "error");
            self.io.terminal.say(&format!("error: the source has {errors}: run roadbook check\n"));
        }
        (faults > 0).then_some(3)
    }

    /// Where data is shown.
    pub(crate) fn screen(&self) -> Screen {
        screen(self.io, self.global)
    }

    /// The line of a place in the source, from 1; `None` where its file cannot be read any more.
    pub(crate) fn line(&self, place: &Place) -> Option<usize> {
        let texts = TextsOf { io: self.io, found: Some(&self.found), stdin: self.stdin.as_deref() };
        let text = texts.text(&place.file)?;
        let range = json::locate(&text, &[place.at.json()?]).pop()??;
        Some(text[..range.start].matches('\n').count() + 1)
    }

    /// The top of the repository that the root lies in, see [`source::git_top`].
    ///
    /// # Errors
    /// Where a folder above the root cannot be looked at.
    pub(crate) fn top(&self) -> Result<Option<&Path>, Failure> {
        source::git_top(self.io.files, &self.found.root)
    }

    /// The way from the top of the repository down to the root; empty at the top, and where there is no repository.
    ///
    /// # Errors
    /// Where a folder above the root cannot be looked at.
    pub(crate) fn way_from_top(&self) -> Result<String, Failure> {
        let root = self.found.root.as_path();
        Ok(self.top()?.and_then(|top| source::below(top, root)).unwrap_or_default())
    }

    /// The working tree.
    pub(crate) fn disk(&self) -> &'a Io<'a> {
        self.beside.unwrap_or(self.io)
    }

    /// The files below the root.
    pub(crate) fn tree(&self) -> Tree<'_> {
        Tree { files: self.io.files, root: &self.found.root }
    }

    /// Begins to tell people how far something is, unless they want to hear only what is wrong.
    pub(crate) fn progress(&self) -> Progress<'a> {
        Progress::new(self.io, self.global.quiet)
    }

    /// Says something to people, unless they want to hear only what is wrong.
    pub(crate) fn say(&self, text: &str) {
        if !self.global.quiet {
            self.io.terminal.say(&format!("{}\n", advised(text, &self.global.given)));
        }
    }

    /// Shows a diff to people, unless they want to hear only what is wrong.
    pub(crate) fn say_diff(&self, diff: &str) {
        if !self.global.quiet {
            self.io.terminal.say_styled(&shown_diff(&format!("{diff}\n"), self.is_coloured()));
        }
    }

    /// Whether people see colours.
    pub(crate) fn is_coloured(&self) -> bool {
        is_coloured(self.io, self.global)
    }

    pub(super) fn texts(&self) -> Once<'_> {
        let texts = |io| TextsOf { io, found: Some(&self.found), stdin: self.stdin.as_deref() };
        Once::new([texts(self.io), texts(self.disk())])
    }
}

/// Whether people see colours.
pub(crate) fn is_coloured(io: &Io<'_>, global: &Global) -> bool {
    match global.color {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => io.terminal.is_coloured(),
    }
}

/// Where data is shown: how wide it is, and whether in colour. What goes into a file is neither cut nor coloured,
/// unless somebody asks for colour.
pub(crate) fn screen(io: &Io<'_>, global: &Global) -> Screen {
    let columns = io.terminal.columns();
    let is_seen = columns.is_some() || global.color == Colour::Always;
    Screen { columns, colour: is_seen && is_coloured(io, global) }
}

/// Writes a diff to standard output: for people on a terminal, and for `git apply` elsewhere. There, too, what a terminal
/// obeys is spelled out, since nobody knows what reads a pipe: a patch with such bytes is `--patch`'s.
pub(crate) fn print_diff(io: &Io<'_>, global: &Global, diff: &str) -> Result<(), Failure> {
    let screen = screen(io, global);
    match (screen.columns, screen.colour) {
        (None, false) => io.terminal.out(diff),
        (_, colour) => io.terminal.out_styled(&shown_diff(diff, colour)),
    }
}

/// A diff for people.
pub(crate) fn shown_diff(diff: &str, colour: bool) -> Styled {
    let shown = if colour { report::diff::coloured(diff) } else { report::diff::plain(diff) };
    Styled::new(shown, colour)
}
