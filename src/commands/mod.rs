//! One verb, one file: the pipeline, then one effect.

mod build;
mod check;

mod list;
mod show;

mod add;
mod close;
mod r#move;
mod pin;
mod rename;
mod set;
mod upgrade;

mod completions;
mod explain;
mod man;
mod schema;
mod templates;

mod editing;
mod entry;
mod lookup;
mod session;

pub use session::{Session, is_coloured, print_diff, screen};

use crate::{
    cli::{Cli, Command, Global},
    io::{Failure, FailureKind, Io},
};

/// Does what the command line asks for, and returns the exit code.
///
/// # Errors
/// Where the world refuses.
pub fn run(cli: &Cli, io: &Io<'_>) -> Result<u8, Failure> {
    match &cli.command {
        Command::Build(args) => build::run(args, &cli.global, io),
        Command::Check(args) => check::run(args, &cli.global, io),
        Command::List(args) => list::run(args, &cli.global, io),
        Command::Show(args) => show::run(args, &cli.global, io),
        Command::Add(args) => add::run(args, &cli.global, io),
        Command::Set(args) => set::run(args, &cli.global, io),
        Command::Close(args) => close::run(args, &cli.global, io),
        Command::Move(args) => r#move::run(args, &cli.global, io),
        Command::Rename(args) => rename::run(args, &cli.global, io),
        Command::Pin(args) => pin::run(args, &cli.global, io),
        Command::Upgrade(args) => upgrade::run(args, &cli.global, io),
        Command::Explain(args) => explain::run(args, &cli.global, io),
        Command::Schema(_) => schema::run(io),
        Command::Templates(args) => templates::run(args, &cli.global, io),
        Command::Completions(args) => completions::run(args, io),
        Command::Man(args) => man::run(args, &cli.global, io),
    }
}

/// Refuses standard input as the source, for verbs that write beside it or into it.
fn no_stdin(global: &Global, verb: &str) -> Result<(), Failure> {
    if global.roadmap.as_deref() == Some(std::path::Path::new("-")) {
        let message = format!("`roadbook {verb}` needs files: standard input cannot be written to");
        return Err(
            Failure::new(FailureKind::Usage, message).help("name the JSON file with `--roadmap PATH`")
        );
    }
    Ok(())
}
