//! `roadbook plan` and `roadbook drift`: what GitHub lacks of what the source says. They cannot write there.

use std::path::Path;

use super::{
    Session,
    github::{GithubInputs, options},
    handed::{self, Form},
};
use crate::{
    cli::{Connection, Drift, Global, Plan, PlanFormat, Planning},
    github::{
        client::REPOSITORY,
        look::{look, refuse_other},
        offline::Offline,
        plan::{self, Conflict, plan},
        show,
    },
    io::{Failure, Io, Wire},
    report::{Styled, typed},
};

/// Runs `plan`.
pub(super) fn run(args: &Plan, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let Plan { planning, format, out, force, offline, connection } = args;
    let asked = Asked { planning, connection, offline: *offline };
    let Made::Plan(session, plan) = asked.make(global, io)? else { return Ok(3) };
    print(&session, &plan, *format)?;
    if let Some(file) = out {
        write(&session, &plan, file, *force)?;
    }
    // A body that GitHub cannot take is the source's fault, and not a difference.
    let too_long = |conflict: &Conflict| matches!(conflict, Conflict::TooLong { .. });
    Ok(u8::from(plan.conflicts.iter().any(too_long)))
}

/// Runs `drift`.
pub(super) fn drift(args: &Drift, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let planning = Planning { only: args.only.clone(), ..Planning::default() };
    let asked = Asked { planning: &planning, connection: &args.connection, offline: false };
    let Made::Plan(session, plan) = asked.make(global, io)? else { return Ok(3) };
    print(&session, &plan, args.format)?;
    Ok(u8::from(!plan.is_empty()))
}

/// What a plan is asked for.
struct Asked<'a> {
    planning: &'a Planning,
    connection: &'a Connection,
    offline: bool,
}

/// What came of it.
enum Made<'a> {
    /// A plan.
    Plan(Box<Session<'a>>, Box<plan::Plan>),
    /// The source has faults, which were told.
    Refused,
}

impl Asked<'_> {
    fn make<'a>(&self, global: &'a Global, io: &'a Io<'a>) -> Result<Made<'a>, Failure> {
        let (session, roadmap, _) = Session::open(io, global, None)?;
        if session.refusal().is_some() {
            return Ok(Made::Refused);
        }
        let ground = GithubInputs::new(&session, &roadmap, self.connection.repo.as_deref())?;
        let options = options(self.planning, &ground.desired)?;
        let (desired, lock) = (&ground.desired, &ground.lock);
        let mut made = if self.offline {
            if let Some(repository) = &ground.repository {
                refuse_other(lock, repository)?;
            }
            let reader = Offline { lock, desired };
            plan(desired, &look(&reader, desired, lock, &options)?, lock, &options)
        } else {
            let say = |line: &str| io.terminal.say(&format!("{line}\n"));
            let client = ground.connect(&session, self.connection, &say)?;
            let actual = look(&client, desired, lock, &options)?;
            plan(desired, &actual, lock, &options)
        };
        if self.offline {
            made.notes.push("planned against the lock file: GitHub's current state is not known".into());
            made.repository = ground.repository.or(ground.lock.repository).unwrap_or_default();
            if made.repository.is_empty() {
                made.notes.push(format!("no GitHub repository is given: {REPOSITORY}"));
            }
        }
        Ok(Made::Plan(Box::new(session), Box::new(made)))
    }
}

fn print(session: &Session<'_>, plan: &plan::Plan, format: PlanFormat) -> Result<(), Failure> {
    let most = session.global.verbose.then_some(usize::MAX);
    let (terminal, colour) = (session.io.terminal, session.screen().colour);
    match format {
        PlanFormat::Human => terminal.out_styled(&Styled::new(show::human(plan, colour, most), colour)),
        PlanFormat::Markdown => terminal.out(&show::markdown(plan)),
        PlanFormat::Json => terminal.out_as(Wire::Json, &show::json(plan)),
    }
}

fn write(session: &Session<'_>, plan: &plan::Plan, file: &Path, force: bool) -> Result<(), Failure> {
    handed::put(session, file, show::json(plan).as_bytes(), Form::Json("plan"), force)?;
    session.say(&format!(
        "wrote the plan to `{}`: roadbook apply {}",
        file.display(),
        typed(&file.display().to_string())
    ));
    Ok(())
}
