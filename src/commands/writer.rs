//! One writer at a time: what a verb holds while it reads what it will write over.
//!
//! A verb that writes takes the lock of its roadmap before it reads the source, and waits for another one a while. An apply,
//! which may take an hour, takes a lock of its own beside its journal and waits for nobody; the roadmap can be edited
//! meanwhile.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    time::Duration,
};

use super::again::Again;
use crate::{
    cli::Global,
    edit::Frozen,
    io::{Attempt, Entry, Failure, FailureKind, Holder, Io, Lock},
    source::{self, Found},
};

/// How long another writer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// When it is said who is waited for.
const SAID: Duration = Duration::from_secs(1);

/// The longest time between two looks.
const LOOK: Duration = Duration::from_millis(50);

/// How often an edit is made anew because somebody saves the file.
const MOST_TRIES: usize = 5;

/// The lock of an apply, beside its journal: two lock files in one folder share both.
const APPLY: &str = "roadbook.journal.lock";

/// Works as the only writer of the roadmap.
///
/// # Errors
/// Where another one does not end in time, and those of the work.
pub(super) fn alone<T>(
    io: &Io<'_>,
    global: &Global,
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    // What cannot be found is told by the verb itself.
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref());
    let folders = found.map_or_else(|_| Ok(Vec::new()), |found| folders(io, &found))?;
    alone_in(io, global, &folders, work)
}

/// Works as the only writer in these folders.
///
/// # Errors
/// As [`alone`].
pub(super) fn alone_in<T>(
    io: &Io<'_>,
    global: &Global,
    folders: &[PathBuf],
    work: impl FnOnce() -> Result<T, Failure>,
) -> Result<T, Failure> {
    let _lock = wait(io, global, folders)?;
    work()
}

/// Makes an edit as the only writer, from a text that stays the same meanwhile; anew where somebody saved another one.
///
/// # Errors
/// As [`alone`], and where the source is saved again and again.
pub(super) fn edit<T>(
    io: &Io<'_>,
    global: &Global,
    is_dry_run: bool,
    work: impl Fn(&Io<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    if is_dry_run { anew(io, work) } else { alone(io, global, || anew(io, work)) }
}

/// Makes an edit from a text that stays the same meanwhile; anew where somebody saved another one.
///
/// # Errors
/// Where the source is saved again and again, and those of the work.
pub(super) fn anew<T>(io: &Io<'_>, work: impl Fn(&Io<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
    let terminal = Again::new(io.terminal);
    let once = || work(&Io { files: &Frozen::new(io.files), terminal: &terminal, ..*io });
    for _ in 1..MOST_TRIES {
        match once() {
            Err(failure) if failure.kind == FailureKind::Changed => {}
            done => return done,
        }
    }
    once()
}

/// Takes the lock of whatever writes the lock file or the journal beside it.
///
/// # Errors
/// At once where another one holds it, who is named then.
pub(super) fn only_apply(io: &Io<'_>, lock_file: &Path, verb: &str) -> Result<Lock, Failure> {
    match io.files.lock_file(&lock_file.with_file_name(APPLY), verb)? {
        Attempt::Taken(lock) => Ok(lock),
        Attempt::Busy(holder) => Err(busy("the lock file is in use by", holder.as_ref()).help(format!(
            "wait for it to finish, then run the command again; if there is no such process any more, delete `{}`",
            lock_file.with_file_name(APPLY).display()
        ))),
        Attempt::Unsupported => {
            io.terminal.say("warning: this system has no file locks: do not run two of these at once\n");
            Ok(Lock::default())
        }
    }
}

/// The folders that a writer of this roadmap holds: outputs lie below the root, which several roadmaps may share; several
/// roots may share the source by links.
fn folders(io: &Io<'_>, found: &Found) -> Result<Vec<PathBuf>, Failure> {
    let mut folders = vec![found.root.clone()];
    let base = found.root.join(&found.base);
    if io.files.entry(&base)? == Some(Entry::Folder) {
        folders.push(base);
    }
    for file in &found.files {
        let real = io.files.real(&found.root.join(&**file))?;
        folders.extend(real.parent().map(Path::to_owned));
    }
    folders.dedup();
    Ok(folders)
}

/// Waits for the lock.
fn wait(io: &Io<'_>, global: &Global, folders: &[PathBuf]) -> Result<Lock, Failure> {
    let (mut waited, is_said) = (Duration::ZERO, Cell::new(global.quiet));
    loop {
        let holder = match io.files.lock_folders(folders)? {
            Attempt::Taken(lock) => return Ok(lock),
            Attempt::Unsupported => {
                if !global.quiet {
                    io.terminal.say(
                        "note: the folder cannot be locked; a change made at the same time is noticed only when a file is replaced\n",
                    );
                }
                return Ok(Lock::default());
            }
            Attempt::Busy(holder) => holder,
        };
        if waited >= PATIENCE {
            return Err(busy("the roadmap is being written by", holder.as_ref())
                .help("wait for it to finish, then run the command again"));
        }
        if waited >= SAID && !is_said.replace(true) {
            io.terminal.say(&format!("waiting for {} to finish\n", name(holder.as_ref())));
        }
        let step = (waited / 8).clamp(Duration::from_millis(2), LOOK);
        io.clock.sleep(step);
        waited += step;
    }
}

fn busy(what: &str, holder: Option<&Holder>) -> Failure {
    Failure::new(FailureKind::Files, format!("{what} {}", name(holder)))
}

fn name(holder: Option<&Holder>) -> String {
    holder.map_or_else(|| "another `roadbook`".to_owned(), Holder::to_string)
}
