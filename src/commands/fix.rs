//! `roadbook check --fix`: mends the source where a machine can, and leaves everything else in it as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FOR_PEOPLE, Session,
    editing::{added, put},
    no_stdin,
    repairs::{self, Mended},
};
use crate::{
    cli::{Check, Fix, Global},
    io::{Failure, FailureKind, Io},
    report::{Diagnostic, Finding, JsonPath, Report, counted, one_line},
    rules::{self, Kind},
};

/// The first two steps of a path: the item that a finding is in.
type Item = (std::sync::Arc<str>, String);

/// Mends what it can; the exit code where nothing more is to be done.
pub(super) fn run(args: &Check, which: Fix, global: &Global, io: &Io<'_>) -> Result<Option<u8>, Failure> {
    no_stdin(global, "check --fix")?;
    let mut asked = Asked { args, which, io, declined: BTreeSet::new(), is_over: false, failure: None };
    let mended = repairs::mend(io, global, |found| asked.wants(found))?;
    if let Some(failure) = asked.failure {
        return Err(failure);
    }
    if mended.rewrites.is_empty() {
        say(io, global, "nothing to fix: no finding has a fix that is certain");
        return Ok(args.fixing.dry_run.then_some(0));
    }
    if refuses(&mended, global, io)? {
        return Ok(Some(1));
    }
    put(io, global, &mended.rewrites, args.fixing.dry_run)?;
    let files: BTreeSet<_> = mended.rewrites.iter().map(|it| format!("`{}`", it.file)).collect();
    let files = files.into_iter().collect::<Vec<_>>().join(", ");
    let count = counted(mended.done.len(), "finding");
    if args.fixing.dry_run {
        say(
            io,
            global,
            &format!("would fix {count} in {files}: {}; nothing was written", by_code(&mended.done)),
        );
        return Ok(Some(0));
    }
    say(io, global, &format!("fixed {count} in {files}: {}", by_code(&mended.done)));
    Ok(None)
}

fn say(io: &Io<'_>, global: &Global, text: &str) {
    if !global.quiet {
        io.terminal.say(&format!("{text}\n"));
    }
}

/// How many there are of each code, as `3 label-case, 1 wrong-type`.
pub(super) fn by_code(done: &[Finding]) -> String {
    let mut counts = BTreeMap::<&str, usize>::new();
    done.iter().for_each(|found| *counts.entry(found.diagnostic.code).or_default() += 1);
    let counts: Vec<_> = counts.into_iter().map(|(code, count)| format!("{count} {code}")).collect();
    counts.join(", ")
}

/// Which repairs are made: those that are certain first, then, one by one, those that somebody says yes to.
struct Asked<'a> {
    args: &'a Check,
    which: Fix,
    io: &'a Io<'a>,
    declined: BTreeSet<(&'static str, String, String)>,
    is_over: bool,
    failure: Option<Failure>,
}

impl Asked<'_> {
    fn wants(&mut self, found: &[Finding]) -> Vec<bool> {
        let certain: Vec<_> = found.iter().map(|found| repairs::certain(&found.diagnostic)).collect();
        if self.which == Fix::Certain || certain.contains(&true) {
            return certain;
        }
        found.iter().map(|found| self.asks(found)).collect()
    }

    fn asks(&mut self, found: &Finding) -> bool {
        if self.args.fixing.yes || self.args.fixing.dry_run {
            return true;
        }
        let key = key(found);
        if self.is_over || self.declined.contains(&key) {
            return false;
        }
        match self.io.terminal.ask(&question(found)) {
            None => {
                let message = "`--fix=all` asks about each fix, and nobody is there to answer";
                self.failure = Some(Failure::new(FailureKind::Usage, message).help(
                    "`--fix` makes those that are certain; `--fix=all --dry-run` shows all, `--yes` makes them",
                ));
                self.is_over = true;
            }
            Some(answer) => match answer.trim().to_lowercase().as_str() {
                "y" | "yes" => return true,
                "q" | "quit" => self.is_over = true,
                _ => {}
            },
        }
        self.declined.insert(key);
        false
    }
}

fn key(found: &Finding) -> (&'static str, String, String) {
    let Diagnostic { code, place, message, .. } = &found.diagnostic;
    let path = place.at.json().map_or_else(|| format!("{:?}", place.at), |(path, _)| path.to_string());
    (code, format!("{}:{path}", place.file), message.clone())
}

/// What is found, where, and what would be done.
fn question(found: &Finding) -> String {
    let Diagnostic { code, place, message, repair, .. } = &found.diagnostic;
    let line = found.span.as_ref().map(|span| format!(":{}:{}", span.line, span.column)).unwrap_or_default();
    let does = repair.as_ref().map(|repair| repair.action.words()).unwrap_or_default();
    let place = format!("{}{line}", one_line(&place.file));
    format!("{place}: {code}: {}\n  fix: {}? [y/N/q] ", one_line(message), one_line(&does))
}

/// Refuses what would leave the source with a blocking error that it did not have, in an item that no repair touched. What is
/// found in a value that could not be read before was only hidden by its fault.
fn refuses(mended: &Mended, global: &Global, io: &Io<'_>) -> Result<bool, Failure> {
    let touched: BTreeSet<_> = mended.done.iter().map(|found| item(&found.diagnostic)).collect();
    let was_unread =
        |file: &str| mended.before.iter().any(|it| it.code == "syntax" && *it.place.file == *file);
    let is_revealed = |found: &Diagnostic| {
        let places = [&found.place].into_iter().chain(found.related.iter().map(|(place, _)| place));
        places.into_iter().any(|place| touched.contains(&item_of(place)) || was_unread(&place.file))
    };
    let is_blocking = |code| rules::find(code).is_some_and(|rule| rule.kind == Kind::Blocking);
    let new = added(&mended.before, mended.after.clone(), None);
    let new = new.map(|found| (is_blocking(found.code) && !is_revealed(&found)).then_some(found));
    let count = new.counts().values().sum::<usize>();
    if count > 0 {
        io.terminal
            .say(&format!("nothing was fixed: the source would have {}\n\n", counted(count, "new error")));
        let preview = crate::edit::Preview::new(io.files, &mended.rewrites);
        let own = Io { files: &preview, ..*io };
        let (mut session, ..) = Session::open(&own, global, None)?;
        session.report = Report::default();
        session.report.extend(new);
        session.tell("check", &FOR_PEOPLE, None, BTreeMap::new())?;
    }
    Ok(count > 0)
}

fn item(found: &Diagnostic) -> Item {
    item_of(&found.place)
}

fn item_of(place: &crate::report::Place) -> Item {
    let path = place.at.json().map(|(path, _)| JsonPath(path.0.into_iter().take(2).collect()));
    (std::sync::Arc::clone(&place.file), path.map(|path| path.to_string()).unwrap_or_default())
}
