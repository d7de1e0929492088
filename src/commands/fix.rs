//! `roadbook check --fix`: mends the source where a machine can, and leaves everything else in it as it is.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    FOR_PEOPLE, Session,
    editing::put,
    no_stdin,
    repairs::{self, Mended},
};
use crate::{
    cli::{Check, Fix, Global},
    edit::Preview,
    io::{Failure, FailureKind, Io},
    report::{Code, Diagnostic, Finding, JsonPath, Place, Report, counted, one_line},
    rules,
    source::NO_COMMENTS,
};

/// A file, and the item in it.
type Item = (Arc<str>, Option<String>);

/// Mends what it can; the exit code where nothing more is to be done.
pub(super) fn run(args: &Check, which: Fix, global: &Global, io: &Io<'_>) -> Result<Option<u8>, Failure> {
    no_stdin(global, "check --fix")?;
    let mut asked = Asked { args, which, io, declined: BTreeSet::new(), is_over: false, failure: None };
    let mended = repairs::mend(io, global, |found| asked.wants(found))?;
    if let Some(failure) = asked.failure {
        return Err(failure);
    }
    if mended.rewrites.is_empty() {
        say(io, global, "nothing to fix");
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
    let mut counts = BTreeMap::<Code, usize>::new();
    done.iter().for_each(|found| *counts.entry(found.diagnostic.code).or_default() += 1);
    let counts: Vec<_> = counts.into_iter().map(|(code, count)| format!("{count} {code}")).collect();
    counts.join(", ")
}

/// Which repairs are made: those that are certain first, then, one by one, those that somebody says yes to.
struct Asked<'a> {
    args: &'a Check,
    which: Fix,
    io: &'a Io<'a>,
    declined: BTreeSet<(Code, String, String)>,
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
        if self.args.fixing.yes && self.which != Fix::Comments && found.diagnostic.message == NO_COMMENTS {
            self.failure.get_or_insert_with(|| unsaid(found));
            return false;
        }
        if self.args.fixing.yes || self.args.fixing.dry_run {
            return true;
        }
        let key = key(found);
        if self.is_over || self.declined.contains(&key) {
            return false;
        }
        // What is asked is one line; what it is about stands above it.
        if self.io.terminal.is_interactive() {
            self.io.terminal.say(&format!("{}\n", about(found)));
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

/// The refusal to delete a comment that nobody said anything of.
fn unsaid(found: &Finding) -> Failure {
    let line = found.span.as_ref().map(|span| format!(":{}", span.line)).unwrap_or_default();
    let place = format!("{}{line}", one_line(&found.diagnostic.place.file));
    let message =
        format!("JSON has no comments, and a fix would delete the one at `{place}`: nothing was fixed");
    Failure::new(FailureKind::Usage, message)
        .help("`--fix=comments --yes` deletes them as well; `--fix=all` asks about each")
}

fn key(found: &Finding) -> (Code, String, String) {
    let Diagnostic { code, place, message, .. } = &found.diagnostic;
    let path = place.at.json().map_or_else(|| format!("{:?}", place.at), |(path, _)| path.to_string());
    (*code, format!("{}:{path}", place.file), message.clone())
}

/// What is found, and where.
fn about(found: &Finding) -> String {
    let Diagnostic { code, place, message, .. } = &found.diagnostic;
    let line = found.span.as_ref().map(|span| format!(":{}:{}", span.line, span.column)).unwrap_or_default();
    format!("{}{line}: {code}: {}", one_line(&place.file), one_line(message))
}

/// What would be done.
fn question(found: &Finding) -> String {
    let does = found.diagnostic.repair.as_ref().map(|repair| repair.action.words()).unwrap_or_default();
    format!("  fix: {}? [y/N/q] ", one_line(&does))
}

/// Refuses what would leave the source with a blocking error that it did not have, in an item that no repair touched. What is
/// found in a value that could not be read before was only hidden by its fault. Items are not told apart by their places, which
/// move where one before them goes.
fn refuses(mended: &Mended, global: &Global, io: &Io<'_>) -> Result<bool, Failure> {
    let mut known = BTreeMap::<(Code, &str, &str), usize>::new();
    for found in mended.before.iter() {
        *known.entry((found.code, &found.place.file, &found.message)).or_default() += 1;
    }
    let touched: BTreeSet<_> = mended.done.iter().map(|found| item_of(&found.diagnostic.place)).collect();
    // Under a key of the top, or where there was no JSON, everything comes to light.
    let is_open = |file: &Arc<str>| touched.contains(&(Arc::clone(file), None));
    let is_revealed = |found: &Diagnostic| {
        let places = [&found.place].into_iter().chain(found.related.iter().map(|(place, _)| place));
        places.into_iter().any(|place| touched.contains(&item_of(place)) || is_open(&place.file))
    };
    let mut new = Report::default();
    for found in mended.after.iter().filter(|found| rules::is_blocking(found.code) && !is_revealed(found)) {
        match known.get_mut(&(found.code, &*found.place.file, &*found.message)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => new.push(found.clone()),
        }
    }
    let count = new.counts().values().sum::<usize>();
    if count > 0 {
        io.terminal
            .say(&format!("nothing was fixed: the source would have {}\n\n", counted(count, "new error")));
        let preview = Preview::new(io.files, &mended.rewrites);
        let own = Io { files: &preview, ..*io };
        let (mut session, ..) = Session::open(&own, global, None)?;
        session.report = new;
        session.tell("check", &FOR_PEOPLE, None, BTreeMap::new())?;
    }
    Ok(count > 0)
}

/// The item that a place is in, by the first two steps of its path; none for the top of a file, or for bytes.
fn item_of(place: &Place) -> Item {
    let path = place.at.json().map(|(path, _)| path.0).filter(|path| path.len() > 1);
    let item = path.map(|path| JsonPath(path.into_iter().take(2).collect()).to_string());
    (Arc::clone(&place.file), item)
}
