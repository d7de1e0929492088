//! `roadbook apply`: makes GitHub what the source says, exactly once, and touches nothing that somebody changed.

mod committed;
mod confirm;
mod theirs;

use std::path::{Path, PathBuf};

use super::{
    Session, build,
    github::{GithubInputs, options},
    no_stdin, writer,
};
use crate::{
    cli::{self, Findings, Format, Global},
    github::{
        actual::Actual,
        api::Reader,
        apply::{Apply, Known, Ledger, Round, Stop, guard, may_write, name, stale, stays},
        desired::Desired,
        identity::Identity,
        look::look,
        plan::{Options, PLAN_VERSION, Plan, plan},
        show, snapshot,
    },
    io::{Failure, FailureKind, Io},
    model::Roadmap,
    report::{Styled, counted, neutral},
    source::{self, objects},
};

/// How often a plan is made and carried out before what is left is told instead.
const MOST_ROUNDS: usize = 3;

/// What there is to do, and what for.
struct Task<'a> {
    args: &'a cli::Apply,
    session: Session<'a>,
    desired: Desired,
    options: Options,
    /// Whether values of GitHub's were written into the source.
    has_source: bool,
}

/// How an apply came to its end.
struct Ending {
    /// What a last look found.
    actual: Actual,
    /// What is to be done still.
    rest: Plan,
    /// What was not done in the last round, and why.
    last: Round,
}

/// Runs the verb.
pub(super) fn run(args: &cli::Apply, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "apply")?;
    let found = source::find(io.files, global.root.as_deref(), global.roadmap.as_deref())?;
    let path = source::lock_path(&found, global.lock.as_deref());
    let _only = writer::only_apply(io, &path, "apply")?;
    let text = io.files.read(&path)?;
    let (session, roadmap, _) = Session::open(io, global, None)?;
    if let Some(code) = session.refusal() {
        return Ok(code);
    }
    let (code, has_source) = carried_out(args, session, &roadmap, (path.clone(), text.clone()))?;
    let is_changed = has_source || io.files.read(&path)? != text;
    // Lock and pages are one commit: a lock of one's own is nobody's commit.
    if !is_changed || global.lock.is_some() {
        return Ok(code);
    }
    let findings = Findings { format: Format::Human, deny_warnings: false };
    let args = cli::Build { findings, adopt: Vec::new(), tracked: false };
    let built = writer::alone(io, global, || build::run(&args, global, io))?;
    Ok(if code == 0 { built } else { code })
}

/// Applies, or takes back, by the lock at this path with what it says; returns the exit code, and whether the source was changed.
fn carried_out<'a>(
    args: &'a cli::Apply,
    session: Session<'a>,
    roadmap: &Roadmap,
    (path, text): (PathBuf, Option<Vec<u8>>),
) -> Result<(u8, bool), Failure> {
    let (io, global) = (session.io, session.global);
    let ground = GithubInputs::new(&session, roadmap, args.connection.repo.as_deref())?;
    let repository = ground.repository.clone().unwrap_or_default();
    guard(&repository, &ground.lock, io.process)?;
    let notice = |line: &str| {
        io.terminal.progress("");
        io.terminal.say(&format!("{}\n", neutral(line)));
    };
    let progress = |line: &str| {
        if !global.quiet {
            io.terminal.progress(&neutral(line));
        }
    };
    let client = ground.connect(&session, &args.connection, &notice)?;
    may_write(&client.repository()?)?;
    let known = Known::new(&client);
    committed::refuse_committed_journal(io, &path)?;
    // The lock says of which day it is: whether there is one is known before anything is done.
    io.clock.today()?;
    let (ledger, told) = Ledger::open(io.files, io.clock, path, ground.lock, &repository)?;
    let ledger = ledger.based_on(text);
    let mut apply = Apply::new(&known, (io.clock, client.is_local()), ledger, &notice, &progress);
    let is_resumed = told.is_some();
    if let Some(told) = told {
        session.say("the last apply was interrupted: resuming where it stopped");
        apply.settle_open(told.open)?;
    }
    let options = options(&args.planning, &ground.desired)?;
    let mut task = Task { args, session, desired: ground.desired, options, has_source: false };
    let done = match args.undo {
        true => task.undo(&mut apply),
        false => task.apply(&mut apply, is_resumed),
    };
    io.terminal.progress("");
    let code = task.ended(&mut apply, done)?;
    Ok((code, task.has_source))
}

impl Task<'_> {
    /// Plans, asks, and carries out.
    fn apply(&mut self, apply: &mut Apply<'_>, is_resumed: bool) -> Result<u8, Stop> {
        let (mut actual, mut plan) = self.to_do(apply)?;
        loop {
            let colour = self.session.screen().colour;
            let shown = Styled::new(show::human(&plan, colour, None), colour);
            self.session.io.terminal.out_styled(&shown)?;
            if plan.operations.is_empty() && plan.source_changes.is_empty() {
                let ending = Ending { actual, rest: plan, last: Round::default() };
                return self.end(apply, ending);
            }
            confirm::confirm(&self.session, &plan, self.args.yes)?;
            if self.args.yes.is_some() {
                break;
            }
            // However long the question stood: what is done is what was shown.
            let shown = plan;
            (actual, plan) = self.to_do(apply)?;
            if is_same(&shown, &plan) {
                break;
            }
            self.session.say("GitHub was changed meanwhile: this is to be done now");
        }
        if !is_resumed {
            apply.ledger.begin()?;
        }
        if !plan.source_changes.is_empty() {
            let left;
            (self.desired, left) = theirs::write(&self.session, &plan.source_changes)?;
            self.has_source = true;
            match &self.args.file {
                None => (actual, plan) = self.plan(apply)?,
                // Its lines for the lock say that the source has GitHub's values.
                Some(file) if left > 0 => return Err(unwritten(file, left).into()),
                Some(_) => {}
            }
        }
        let ending = self.rounds(apply, actual, plan)?;
        self.end(apply, ending)
    }

    /// What there is to do: what a file says, else what is planned now.
    fn to_do(&self, apply: &Apply<'_>) -> Result<(Actual, Plan), Failure> {
        let (actual, plan) = self.plan(apply)?;
        let plan = match &self.args.file {
            Some(file) => self.read(file, apply, &actual.identity)?,
            None => plan,
        };
        Ok((actual, plan))
    }

    /// Looks at GitHub and plans.
    fn plan(&self, apply: &Apply<'_>) -> Result<(Actual, Plan), Failure> {
        let lock = &apply.ledger.lock;
        let actual = look(apply.writer, &self.desired, lock, &self.options)?;
        let plan = plan(&self.desired, &actual, lock, &self.options);
        Ok((actual, plan))
    }

    /// Reads a plan that was kept, and refuses one that the world left behind.
    fn read(&self, file: &Path, apply: &Apply<'_>, identity: &Identity) -> Result<Plan, Failure> {
        let of = |why: &str| {
            Failure::new(FailureKind::Files, format!("cannot read the plan `{}`: {why}", file.display()))
                .help("write it again with `roadbook plan --out FILE`")
        };
        let bytes = self.session.io.files.read(file)?.ok_or_else(|| of("it is not there"))?;
        let plan: Plan = objects::read_back(&bytes).map_err(|_| of("it is no plan, or not a whole one"))?;
        if plan.version != PLAN_VERSION {
            return Err(of(&format!("it is of version {}", plan.version)));
        }
        let ours = apply.ledger.lock.repository.as_deref().unwrap_or_default();
        if !plan.repository.eq_ignore_ascii_case(ours) {
            return Err(of(&format!("it is for `{}`, and the roadmap for `{ours}`", plan.repository)));
        }
        let behind = stale(&plan, apply.writer, identity)?;
        if behind.is_empty() {
            return Ok(plan);
        }
        let (count, list) = (counted(behind.len(), "operation"), behind.join(", "));
        let message = format!("GitHub was changed since `{}` was planned: {count}: {list}", file.display());
        Err(Failure::new(FailureKind::GitHub, message).help("plan again: `roadbook plan --out FILE`"))
    }

    /// Carries out, and plans again, until nothing is left that can be done. A plan of a file is carried out once: nobody
    /// saw what would come after it.
    fn rounds(&self, apply: &mut Apply<'_>, mut actual: Actual, mut rest: Plan) -> Result<Ending, Stop> {
        let mut last = Round::default();
        let most = if self.args.file.is_some() { 1 } else { MOST_ROUNDS };
        for _ in 0..most {
            last = apply.round(&rest)?;
            (actual, rest) = self.plan(apply)?;
            if last.done == 0 || rest.operations.is_empty() {
                break;
            }
        }
        Ok(Ending { actual, rest, last })
    }

    /// Closes the books, and says what came of it.
    fn end(&self, apply: &mut Apply<'_>, ending: Ending) -> Result<u8, Stop> {
        let Ending { actual, rest, last } = ending;
        rest.records.iter().for_each(|record| record.put(&mut apply.ledger.lock));
        snapshot::refresh(&mut apply.ledger.lock, &actual, self.session.io.clock.today()?);
        apply.ledger.end()?;
        self.session.io.terminal.progress("");
        self.tell_left("done", &last);
        let done = counted(apply.done, "change");
        // What a plan of a file was allowed to do, the rest was not planned with.
        let is_of_file = self.args.file.is_some();
        let is_through = if is_of_file { last.left.is_empty() } else { rest.is_empty() };
        let more = match rest.is_empty() {
            true if is_of_file && !is_through => format!("{} left", counted(last.left.len(), "change")),
            true if !rest.notes.is_empty() => "nothing is left to do but what the notes say".into(),
            true => "nothing is left to do".into(),
            false => show::counts(&rest),
        };
        self.session.say(&format!("{done} applied to `{}`; {more}", rest.repository));
        Ok(match (is_through, apply.done) {
            (true, _) => 0,
            (false, 0) => 1,
            (false, _) => 5,
        })
    }

    /// Takes back the last apply.
    fn undo(&self, apply: &mut Apply<'_>) -> Result<u8, Stop> {
        let deeds = apply.ledger.deeds()?.map(|told| told.done).unwrap_or_default();
        let to_do = deeds.iter().filter(|deed| !deed.is_undone);
        let (made, changes): (Vec<_>, Vec<_>) = to_do.partition(|deed| stays(&deed.operation));
        if changes.is_empty() {
            self.session.say("nothing to undo: the last apply changed nothing that was there before");
            return Ok(0);
        }
        for deed in changes.iter().rev() {
            self.session.io.terminal.out(&format!("undo: {}\n", neutral(&name(&deed.operation))))?;
        }
        confirm::ask(
            &self.session,
            &format!("take back {}?", counted(changes.len(), "change")),
            self.args.yes,
        )?;
        let round = apply.undo(&deeds)?;
        self.see_again(apply)?;
        // What is left can be taken back later.
        if round.left.is_empty() && round.waiting == 0 {
            apply.ledger.forget()?
        } else {
            apply.ledger.write()?
        }
        self.tell_left("undone", &round);
        self.session.say(&format!("{} taken back", counted(round.done, "change")));
        if !made.is_empty() {
            self.session.say(&format!("what it made or removed stays so: {}", counted(made.len(), "item")));
        }
        Ok(if round.left.is_empty() { 0 } else { 5 })
    }

    /// Brings what the lock says of GitHub up to date: its lines were restored as they were before the apply.
    fn see_again(&self, apply: &mut Apply<'_>) -> Result<(), Stop> {
        let (actual, _) = self.plan(apply)?;
        let lock = &mut apply.ledger.lock;
        // Of labels the lock keeps only whose they are, and those that are taken back are not ours.
        let labels = lock.labels.clone();
        snapshot::refresh(lock, &actual, self.session.io.clock.today()?);
        lock.labels = labels;
        Ok(())
    }

    /// Says what was not done, and why.
    fn tell_left(&self, done: &str, round: &Round) {
        let say = |line: &str| self.session.io.terminal.say(&format!("not {done}: {}\n", neutral(line)));
        round.left.iter().for_each(|line| say(line));
        let note = |line: &String| self.session.io.terminal.say(&format!("note: {}\n", neutral(line)));
        round.notes.iter().for_each(note);
        if round.waiting > 0 {
            say(&format!("{} that such things are needed for", counted(round.waiting, "change")));
        }
    }

    /// The exit code; what stopped the run is told here where a part of it was done before.
    fn ended(&self, apply: &mut Apply<'_>, done: Result<u8, Stop>) -> Result<u8, Failure> {
        let failure = match done {
            Ok(code) => return Ok(code),
            Err(Stop::Failure(failure)) if apply.done == 0 => {
                // Nothing was cut off: it never got to anything.
                if failure.kind == FailureKind::GitHub {
                    apply.ledger.end()?;
                }
                return Err(failure);
            }
            Err(Stop::Failure(failure)) => failure,
            Err(Stop::Unknown(why)) => Failure::new(FailureKind::GitHub, why).help(
                "run `roadbook apply` again in ten minutes: it checks whether it exists before it creates anything",
            ),
        };
        let written = apply.ledger.write();
        // A lock file that somebody changed is left so; the journal has what was done.
        if failure.kind != FailureKind::Changed {
            written?;
        }
        let terminal = self.session.io.terminal;
        terminal.say(&format!("error: {failure}\n"));
        failure.help.iter().for_each(|help| terminal.say(&format!("  = help: {help}\n")));
        let verb = if self.args.undo { "taken back" } else { "applied" };
        terminal.say(&format!("{} {verb} before that\n", counted(apply.done, "change")));
        Ok(5)
    }
}

/// Why a plan of a file is not carried out of which the source did not take all that it was to take.
fn unwritten(file: &Path, left: usize) -> Failure {
    let message = format!(
        "{} of GitHub's could not be written into the source, and nothing was written to GitHub",
        counted(left, "value")
    );
    Failure::new(FailureKind::Files, message)
        .help(format!("plan again: `roadbook plan --out {}`", file.display()))
}

/// Whether two plans do the same and leave the same.
fn is_same(one: &Plan, other: &Plan) -> bool {
    one.operations == other.operations
        && one.conflicts == other.conflicts
        && one.source_changes == other.source_changes
}
