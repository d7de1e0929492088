//! `roadbook report`: how things stand, and what has changed.

use super::{
    Session,
    handed::Form,
    history::{Told, baseline, put, since, tell_skipped, whole},
};
use crate::{
    cli::{Global, Report, ReportFormat},
    data::{Data, csv},
    facts::{Facts, internal_issues},
    history::report::{self, human, markdown},
    inputs,
    io::{Failure, Io, Wire},
    model::{Day, Roadmap},
    render::Engine,
    report::{Report as Findings, Screen, counted},
    rules::Reach,
};

/// Runs the verb.
pub(super) fn run(args: &Report, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let day = args.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let (mut session, roadmap, facts) = Session::read(io, global, Some(day))?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let is_public = args.public || (args.format().is_handed_on() && !args.internal);
    let history =
        args.since.as_deref().map(|from| since(&session, Some(from), is_public, day)).transpose()?;
    let (roadmap, facts) = shown(&session, roadmap, facts, is_public, args.public);
    let baseline = baseline(&session, args.baseline.as_deref(), is_public, day)?;
    let is_shared = matches!(args.format(), ReportFormat::Html | ReportFormat::Markdown);
    let is_whole = history.as_ref().is_some_and(|history| history.from.is_none());
    let whole = if is_shared && !is_whole { whole(&session, is_public, day)? } else { None };
    let told = whole.as_ref().or(history.as_ref());
    let mut made = report::Report::new(&roadmap, &facts, history.as_ref(), told);
    made.slips = told.map(|history| &history.slips);
    made.baseline = baseline.as_ref();
    let screen = if args.out.is_some() { Screen::default() } else { session.screen() };
    let text = match args.format() {
        ReportFormat::Human => Told::Human(human(&made, screen, global.verbose), screen.colour),
        ReportFormat::Markdown => Told::Text(markdown(&made)),
        ReportFormat::Json => Told::Wire(Wire::Json, made.json()),
        ReportFormat::Csv => Told::Text(csv(Data::new(&roadmap, &facts).work())),
        ReportFormat::Html => match html(&session, &made, (&roadmap, &facts), is_public)? {
            Ok(text) => Told::Wire(Wire::Markup, text),
            Err(faults) => {
                session.add(faults);
                session.finish(Reach::Roadmap, Some(&roadmap));
                io.terminal.say_styled(&session.told().1);
                return Ok(1);
            }
        },
    };
    put(&session, &text, args.out.as_deref(), form(args.format()), args.force)?;
    history.iter().chain(&whole).take(1).for_each(|history| tell_skipped(&session, history));
    tell_later(&session, &roadmap, day);
    Ok(0)
}

/// Tells that the source knows more than the day of the report could: states are told as they stand.
fn tell_later(session: &Session<'_>, roadmap: &Roadmap, day: Day) {
    let is_later = |of: Option<Day>| of.is_some_and(|of| of > day);
    let later =
        roadmap.issues.iter().filter(|it| is_later(it.known_closed_on()) || is_later(it.begun_on)).count();
    if later > 0 {
        let issues = counted(later, "issue");
        session.say(&format!(
            "note: {issues} began or closed after {day}: states are told as they are now, not as they were then"
        ));
    }
}

/// The report as a page; what is wrong with the templates where none can be made.
fn html(
    session: &Session<'_>,
    made: &report::Report<'_>,
    (roadmap, facts): (&Roadmap, &Facts),
    is_public: bool,
) -> Result<Result<String, Findings>, Failure> {
    let mut faults = Findings::default();
    let overrides = inputs::read_overrides(session.io, &session.found, &mut faults)?;
    let html = |engine| report::html(made, roadmap, facts, &engine, is_public);
    let text = overrides.map(|overrides| Engine::new(overrides).and_then(html));
    Ok(text.and_then(|text| text.map_err(|fault| faults.push(fault)).ok()).ok_or(faults))
}

fn form(format: ReportFormat) -> Form {
    match format {
        ReportFormat::Human => Form::Human,
        ReportFormat::Markdown => Form::Markdown,
        ReportFormat::Json => Form::Json("report"),
        ReportFormat::Csv => Form::Csv,
        ReportFormat::Html => Form::Html,
    }
}

/// The roadmap as the report may tell it. What is left out without having been asked for is said.
fn shown(
    session: &Session<'_>,
    roadmap: Roadmap,
    facts: Facts,
    is_public: bool,
    is_asked_for: bool,
) -> (Roadmap, Facts) {
    let internal = internal_issues(&roadmap);
    let issues = internal.iter().filter(|internal| **internal).count();
    let count = issues + roadmap.milestones.iter().filter(|milestone| milestone.internal).count();
    let labels = roadmap.labels.iter().any(|label| label.internal);
    if !is_public || (count == 0 && !labels) {
        return (roadmap, facts);
    }
    if count > 0 && !is_asked_for {
        let (items, verb) = (counted(count, "internal item"), if count == 1 { "is" } else { "are" });
        session.say(&format!("{items} {verb} left out: `--internal` tells them too"));
    }
    let public = roadmap.public(|ix| internal[ix.0]);
    let facts = Facts::derive(&public, facts.as_of);
    (public, facts)
}
