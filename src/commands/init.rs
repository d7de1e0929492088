//! `roadbook init`: sets a repository up, whatever it has already.
//!
//! What would be written is gathered first, and then shown or written: a run that refuses has written nothing. What was
//! there stays where it is and as it is, but for what is added to it. A run that was cut short is completed by the next.

mod ahead;
mod automation;
mod border;
mod finish;
mod hook;
mod merging;
mod older;
mod plan;
mod roadmap;

use std::path::Path;

use super::{no_stdin, spot::Spot, writer};
use crate::{
    cli::{Global, Init},
    io::{Failure, FailureKind, Io},
    report::counted,
};
use plan::Plan;
pub(super) use roadmap::{SCHEMA, is_our_schema};

/// Runs the verb.
pub(super) fn run(args: &Init, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    no_stdin(global, "init")?;
    border::hold_here(global, io)?;
    let spot = spot(global, io)?;
    border::hold(&spot, global, io)?;
    let say = |text: &str| {
        if !global.quiet {
            io.terminal.say(&format!("{text}\n"));
        }
    };
    let mut plan = Plan::new(io, &spot);
    let site = roadmap::plan(&mut plan, args, &spot, global, io)?;
    automation::plan(&mut plan, args, &spot, site.as_deref(), io)?;
    if args.hook || args.merge {
        merging::plan(&mut plan, args, &spot, global, io)?;
    }
    plan.adopts |= args.adopt;
    let list = |plan: &Plan<'_>| match plan.adopts || args.dry_run {
        true => ahead::list(plan, &spot, global, io),
        false => Ok(Vec::new()),
    };
    let listed;
    if plan.is_empty() {
        plan.notes().for_each(|note| say(&format!("note: {note}")));
        listed = list(&plan)?;
    } else {
        say(&format!("in {}", spot.root.display()));
        io.terminal.say_styled(&plan.shown(args.dry_run, global, io));
        listed = list(&plan)?;
        if args.dry_run {
            plan.changes().try_for_each(|diff| super::print_diff(io, global, &diff))?;
            say("nothing was written");
            return Ok(0);
        }
        if !args.yes && !asked(io, &format!("write {}? [Y/n] ", counted(plan.len(), "file")), true) {
            say("nothing was written");
            return Ok(0);
        }
    }
    if args.dry_run {
        say("the set-up is complete: nothing would be written but what `roadbook build` writes");
        return Ok(0);
    }
    // Nobody waits for an answer that a person has not given yet; what changed meanwhile is noticed by the plan.
    writer::alone_in(io, global, std::slice::from_ref(&spot.root), || {
        plan.write(io)?;
        finish::run(args, &spot, &plan, &listed, global, io)
    })
}

/// Where the repository is. A file that `--roadmap` names and that is not there yet is where a roadmap is to begin.
fn spot(global: &Global, io: &Io<'_>) -> Result<Spot, Failure> {
    let Some(path) = global.roadmap.as_deref().filter(|path| is_new(io, path)) else {
        let mut spot = Spot::find(io, global, None)?;
        if global.roadmap.is_none() {
            spot.take_no_example();
        }
        return Ok(spot);
    };
    if path.extension().is_none_or(|ending| ending != "json") {
        let message = format!("there is no `{}`", path.display());
        return Err(Failure::new(FailureKind::Usage, message)
            .help("a roadmap that is to begin needs a name that ends in `.json`"));
    }
    let mut spot = Spot::find(io, &global.without_roadmap(), None)?;
    spot.begin_at(&io.files.real(path)?)?;
    Ok(spot)
}

fn is_new(io: &Io<'_>, path: &Path) -> bool {
    io.files.entry(path).is_ok_and(|entry| entry.is_none())
}

/// What somebody at a terminal answers; `else_` where nobody sits there, or says nothing.
fn asked(io: &Io<'_>, question: &str, else_: bool) -> bool {
    let Some(answer) = io.terminal.ask(question) else { return else_ };
    match answer.to_lowercase().as_str() {
        "y" | "yes" => true,
        "" => else_,
        _ => false,
    }
}
