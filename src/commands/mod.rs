//! One verb, one file: the pipeline, then one effect.

mod build;
mod check;
mod session;

pub use session::{Session, is_coloured};

use crate::{
    cli::{Cli, Command},
    io::{Failure, Io},
};

/// Does what the command line asks for, and returns the exit code.
///
/// # Errors
/// Where the world refuses.
pub fn run(cli: &Cli, io: &Io<'_>) -> Result<u8, Failure> {
    match &cli.command {
        Command::Build(args) => build::run(args, &cli.global, io),
        Command::Check(args) => check::run(args, &cli.global, io),
    }
}
