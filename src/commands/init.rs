//! `roadbook init`: sets a repository up, whatever it has already.
//!
//! What would be written is gathered first, and then shown or written: a run that refuses has written nothing. What was
//! there stays where it is and as it is, but for what is added to it. A run that was cut short is completed by the next.

mod agents;
mod ahead;
mod automation;
mod border;
mod finish;
mod hook;
mod listing;
mod merging;
mod older;
mod plan;
mod roadmap;
mod room;

use std::path::{Path, PathBuf};

use super::{no_stdin, selection::Selection, spot::Spot, writer};
use crate::{
    cli::{Global, Init},
    io::{Failure, FailureKind, Files, Io},
    report::counted,
    source,
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
    let plan = planned(args, &spot, global, io)?;
    if plan.is_empty() {
        plan.notes().for_each(|note| say(&format!("note: {note}")));
    } else {
        say(&format!("in {}", spot.root.display()));
        io.terminal.say_styled(&plan.shown(args.dry_run, global, io));
    }
    let listed = match plan.adopts || args.dry_run {
        true => ahead::list(&plan, &spot, global, io)?,
        false => Vec::new(),
    };
    if args.dry_run {
        plan.changes().try_for_each(|diff| super::print_diff(io, global, &diff))?;
        say(match plan.is_empty() {
            true => "the set-up is complete: nothing would be written but what `roadbook build` writes",
            false => "nothing was written",
        });
        return Ok(0);
    }
    let is_wanted = || asked(io, &format!("write {}? [Y/n] ", counted(plan.len(), "file")), true);
    if !plan.is_empty() && !args.yes && !is_wanted() {
        say("nothing was written");
        return Ok(0);
    }
    // Nobody waits for an answer that a person has not given yet; what changed meanwhile is noticed by the plan.
    writer::alone_in(io, global, std::slice::from_ref(&spot.root), || {
        plan.write(io)?;
        finish::run(args, &spot, &plan, &listed, global, io)
    })
}

/// All that is to be written.
fn planned<'a>(args: &Init, spot: &Spot, global: &Global, io: &Io<'a>) -> Result<Plan<'a>, Failure> {
    let mut plan = Plan::new(io, spot);
    let sites = roadmap::plan_all(&mut plan, args, spot, global, io)?;
    automation::plan(&mut plan, args, spot, &sites, (global, io))?;
    if args.hook || args.merge {
        merging::plan(&mut plan, args, spot, global, io)?;
    }
    if args.agents {
        agents::plan(&mut plan, spot, io)?;
    }
    plan.adopts |= args.adopt;
    Ok(plan)
}

/// Where the repository is. A file that `--roadmap` names and that is not there yet is where a roadmap is to begin.
fn spot(global: &Global, io: &Io<'_>) -> Result<Spot, Failure> {
    let global = &joining(global, io)?;
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
    let path = io.files.real(path)?;
    let mut spot = Spot::find(io, &global.without_roadmap(), None)?;
    if spot.is_set_up
        && path.parent().is_some_and(|folder| bases(io.files, &spot.root).iter().any(|it| it == folder))
    {
        let message = format!("`{}` has a roadmap in that folder already", spot.root.display());
        return Err(Failure::new(FailureKind::Usage, message).help(
            "`roadbook init` without `--roadmap` completes its set-up; another roadmap needs a folder of its own",
        ));
    }
    spot.begin_at(&path)?;
    Ok(spot)
}

/// The same options where `--roadmap` names another roadmap than those of the root around the user: it joins that root, whether
/// or not it could be one of its own. A name of a list stands for the whole list: a repository is set up as one.
fn joining(global: &Global, io: &Io<'_>) -> Result<Global, Failure> {
    let (None, Some(path)) = (&global.root, global.roadmap.as_deref()) else { return Ok(global.clone()) };
    let chosen = Selection::all(io, global)?.members.pop().map(|one| one.global);
    if let Some(chosen) = chosen.filter(|chosen| chosen.root.is_some()) {
        return Ok(chosen.without_roadmap());
    }
    let path = io.files.real(path)?;
    let around = source::root_above(io.files, &io.files.real(Path::new("."))?)?;
    let Some(root) = around.filter(|root| path.starts_with(root)) else { return Ok(global.clone()) };
    let Ok(found) = source::find(io.files, Some(&root), Some(&path)) else { return Ok(global.clone()) };
    let is_own = bases(io.files, &root).contains(&found.root.join(&found.base));
    let first = found.files.first().filter(|_| !is_own).map(|file| found.root.join(&**file));
    Ok(match first {
        Some(json) => Global { root: Some(root), roadmap: Some(json), ..global.clone() },
        None => global.clone(),
    })
}

/// The folders of the sources that a root has.
fn bases(files: &dyn Files, root: &Path) -> Vec<PathBuf> {
    match source::all_listed(files, Some(root)) {
        Ok(Some((_, all))) => all.iter().filter_map(|one| one.base(files).ok()).collect(),
        _ if !source::is_root(files, root).unwrap_or_default() => Vec::new(),
        _ => source::find(files, Some(root), None).map(|it| it.root.join(it.base)).into_iter().collect(),
    }
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
