//! What `diff`, `report` and `build --history` begin with: the history of the source that the command line means.

use std::path::Path;

use super::{
    Session,
    handed::{self, Form},
};
use crate::{
    cli::Global,
    data::Baseline,
    history::{Edition, History, Now, Walker, show, walk::Named},
    io::{Entry, Failure, Io, Wire},
    model::{Day, Roadmap, resolve},
    report::{Report, Styled},
    source::{self, Found},
};

/// Makes ready to go through the history of the source.
pub(super) fn walker<'a>(
    io: &'a Io<'a>,
    global: &Global,
    found: &Found,
    public: bool,
) -> Result<Walker<'a>, Failure> {
    let named = match global.roadmap.as_deref() {
        Some(path) if io.files.entry(path)? == Some(Entry::Folder) => Some(Named::Folder),
        Some(_) => Some(Named::File),
        None => None,
    };
    Walker::open(io, found, named, (public, global.quiet))
}

/// The state of the working tree, for the day that it speaks for; its bounds are judged on `as_of`. The source is read once more: an edition takes a roadmap
/// apart, and nothing else has to be held for it.
pub(super) fn now(session: &Session<'_>, day: Day, as_of: Option<Day>) -> Result<Now, Failure> {
    let mut report = Report::default();
    let document = source::read_document(session.io, &session.found, None, &mut report)?;
    let lock = source::read_lock(session.io, &session.found, session.global.lock.as_deref(), &mut report)?;
    let (roadmap, _): (Roadmap, _) = resolve(document, &session.found.base, lock.as_ref());
    Ok(Now { edition: Edition::new(roadmap), day, as_of })
}

/// What has changed since a day or a revision, or since the beginning, the working tree included.
pub(super) fn since(
    session: &Session<'_>,
    since: Option<&str>,
    public: bool,
    day: Day,
) -> Result<History, Failure> {
    let mut walker = walker(session.io, session.global, &session.found, public)?;
    walker.since(since, Some(now(session, day, Some(day))?))
}

/// How due dates moved since the beginning, for a report that is made to be shared: nothing where there is no history to read.
pub(super) fn whole(session: &Session<'_>, public: bool, day: Day) -> Result<Option<History>, Failure> {
    let Ok(mut walker) = walker(session.io, session.global, &session.found, public) else { return Ok(None) };
    match walker.since(None, Some(now(session, day, Some(day))?)) {
        Ok(history) => Ok(Some(history)),
        Err(failure) => {
            session.say(&format!("the report does not tell how due dates moved: {}", failure.message));
            Ok(None)
        }
    }
}

/// What became of the milestones of the revision that `--baseline` names.
pub(super) fn baseline(
    session: &Session<'_>,
    revision: Option<&str>,
    public: bool,
    day: Day,
) -> Result<Option<Baseline>, Failure> {
    let Some(revision) = revision else { return Ok(None) };
    let mut walker = walker(session.io, session.global, &session.found, public)?;
    walker.baseline(revision, &now(session, day, Some(day))?).map(Some)
}

/// Says to people what could not be looked at.
pub(super) fn tell_skipped(session: &Session<'_>, history: &History) {
    for line in show::told(history).lines().filter(|line| line.starts_with("warning: ")) {
        session.io.terminal.say(&format!("{line}\n"));
    }
}

/// What a verb tells, by how it may be shown.
pub(super) enum Told {
    /// For people, and whether in colour.
    Human(String, bool),
    /// Plain text of some form.
    Text(String),
    /// What a program reads.
    Wire(Wire, String),
}

impl Told {
    fn text(&self) -> &str {
        let (Self::Human(text, _) | Self::Text(text) | Self::Wire(_, text)) = self;
        text
    }
}

/// Writes data to a file where one is named, byte for byte; else to standard output.
pub(super) fn put(
    session: &Session<'_>,
    text: &Told,
    out: Option<&Path>,
    form: Form,
    force: bool,
) -> Result<(), Failure> {
    let terminal = session.io.terminal;
    match out {
        Some(file) => {
            handed::put(session, file, text.text().as_bytes(), form, force)?;
            session.say(&format!("wrote `{}`", file.display()));
            Ok(())
        }
        None => match text {
            Told::Human(text, colour) => terminal.out_styled(&Styled::new(text, *colour)),
            Told::Text(text) => terminal.out(text),
            Told::Wire(wire, text) => terminal.out_as(*wire, text),
        },
    }
}
