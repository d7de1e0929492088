//! `roadbook snapshot`: brings the lock up to date with what GitHub says, and builds what follows from it.

use super::{
    Session, build,
    github::GithubInputs,
    handed::{self, Form},
    no_stdin, writer,
};
use crate::{
    cli::{Build, Findings, Format, Global, Snapshot},
    github::{look::look, plan::Options, snapshot},
    io::{Failure, Io},
    report::{counted, neutral},
    source,
};

/// Runs the verb.
pub(super) fn run(args: &Snapshot, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "snapshot")?;
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
    let path = args.out.clone().unwrap_or_else(|| source::lock_path(&found, global.lock.as_deref()));
    let _only = writer::only_apply(io, &path, "snapshot")?;
    let old = io.files.read(&path)?;
    let (session, roadmap, _) = Session::open(io, global, None)?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let ground = GithubInputs::new(&session, &roadmap, args.connection.repo.as_deref())?;
    let say = |line: &str| io.terminal.say(&format!("{line}\n"));
    let client = ground.connect(&session, &args.connection, &say)?;
    let actual = look(&client, &ground.desired, &ground.lock, &Options::default())?;
    let mut lock = ground.lock.clone();
    snapshot::refresh(&mut lock, &actual, io.clock.today()?);
    if let Some(out) = &args.out {
        handed::put(&session, out, lock.to_text().as_bytes(), Form::Lock, args.force)?;
    } else if !io.files.replace(&path, old.as_deref(), lock.to_text().as_bytes())? {
        return Err(Failure::changed(path.display()));
    }
    for line in snapshot::unseen(&lock, &actual) {
        say(&neutral(&format!("note: {line}; its state is no longer told")));
    }
    let found = |of: usize, noun| counted(of, noun);
    let there = &actual.identity;
    session.say(&format!(
        "wrote what GitHub says of {} and {} to `{}`",
        found(there.milestones.values().flatten().count(), "milestone"),
        found(there.issues.values().flatten().count(), "issue"),
        path.display()
    ));
    if args.out.is_some() {
        return Ok(0);
    }
    let findings = Findings { format: Format::Human, deny_warnings: false };
    let args = Build { findings, adopt: Vec::new(), tracked: false };
    writer::alone(io, global, || build::run(&args, global, io))
}
