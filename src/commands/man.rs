//! `roadbook man`: manual pages out of what `--help` says. The only importer of clap_mangen.

use clap::{Command, CommandFactory};

use super::{
    handed::{self, Form},
    lookup::unknown,
};
use crate::{
    cli::{Cli, Global, Man},
    io::{Failure, FailureKind, Io},
    report::counted,
};

/// Runs the verb.
pub(super) fn run(args: &Man, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let pages = pages();
    if let Some(folder) = &args.out {
        for (name, page) in &pages {
            let file = folder.join(format!("{name}.1"));
            handed::replace(io.files, &file, page()?.as_bytes(), Form::Man, args.force)?;
        }
        if !global.quiet {
            let pages = counted(pages.len(), "page");
            io.terminal.say(&format!("wrote {pages} into `{}`\n", folder.display()));
        }
        return Ok(0);
    }
    let name = args.command.as_ref().map_or("roadbook".into(), |verb| format!("roadbook-{verb}"));
    match pages.iter().find(|(page, _)| *page == name) {
        Some((_, page)) => io.terminal.out(&page()?)?,
        None => {
            let verbs = pages.iter().filter_map(|(name, _)| name.strip_prefix("roadbook-"));
            return Err(unknown("command", args.command.as_deref().unwrap_or_default(), verbs));
        }
    }
    Ok(0)
}

/// The pages of the program and of its verbs: name, and how to make it.
fn pages() -> Vec<(String, impl Fn() -> Result<String, Failure>)> {
    let mut program = Cli::command();
    program.build();
    let verbs: Vec<_> =
        below(&program).into_iter().flat_map(|verb| [below(&verb), vec![verb]].concat()).collect();
    let pages = [program].into_iter().chain(verbs);
    pages.map(|command| (page_name(&command), move || page(&command))).collect()
}

fn below(command: &Command) -> Vec<Command> {
    command.get_subcommands().filter(|verb| verb.get_name() != "help").cloned().collect()
}

/// The name with those of the commands above it, as `roadbook-add-issue`.
fn page_name(command: &Command) -> String {
    command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn page(command: &Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    let man = clap_mangen::Man::new(command.clone());
    man.render(&mut page)
        .map_err(|why| Failure::new(FailureKind::Files, format!("cannot make the page: {why}")))?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}
