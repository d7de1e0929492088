//! `roadbook diff`: what has changed between revisions, or since a day.

use super::{
    Session,
    handed::Form,
    history::{Told, now, put, walker},
};
use crate::{
    cli::{Diff, DiffFormat, Global},
    history::{History, show},
    io::{Failure, Io, Wire},
    report::Screen,
    source,
};

/// Runs the verb.
pub(super) fn run(args: &Diff, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let Some((session, history)) = history(args, global, io)? else { return Ok(3) };
    let screen = if args.out.is_some() { Screen::default() } else { session.screen() };
    let text = match args.format() {
        DiffFormat::Human => Told::Human(show::human(&history, screen), screen.colour),
        DiffFormat::Markdown => Told::Text(show::markdown(&history)),
        DiffFormat::Json => Told::Wire(Wire::Json, show::json(&history)),
    };
    let form = match args.format() {
        DiffFormat::Human => Form::Human,
        DiffFormat::Markdown => Form::Markdown,
        DiffFormat::Json => Form::Json("diff"),
    };
    put(&session, &text, args.out.as_deref(), form, args.force)?;
    let said = show::told(&history);
    let said = said.lines().filter(|line| !global.quiet || line.starts_with("warning: "));
    said.for_each(|line| io.terminal.say(&format!("{line}\n")));
    Ok(0)
}

/// What has changed; `None` where the working tree's source cannot be used, which was told.
fn history<'a>(
    args: &Diff,
    global: &'a Global,
    io: &'a Io<'a>,
) -> Result<Option<(Session<'a>, History)>, Failure> {
    let revisions = args.revisions.as_deref().unwrap_or("HEAD");
    // Without a repository nothing else is worth saying.
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
    let mut walker = walker(io, global, &found, args.public)?;
    let (session, roadmap, _) = Session::read(io, global, None)?;
    let day = roadmap.as_of.map_or_else(|| io.clock.today(), Ok)?;
    let head = |revision: &str| if revision.is_empty() { "HEAD".to_owned() } else { revision.to_owned() };
    let history = match (args.since.as_deref(), revisions.split_once("..")) {
        (None, Some((from, to))) => match to.strip_prefix('.') {
            Some(to) => {
                let base = walker.parting(&head(from), &head(to))?;
                walker.between(&base, Some(&head(to)), None)?
            }
            None => walker.between(&head(from), Some(&head(to)), None)?,
        },
        (since, _) => {
            if session.refusal().is_some() {
                return Ok(None);
            }
            let now = Some(now(&session, day, roadmap.as_of)?);
            match since {
                Some(since) => walker.since(Some(since), now)?,
                None => walker.between(revisions, None, now)?,
            }
        }
    };
    Ok(Some((session, history)))
}
