//! `roadbook completions`: what a shell completes. The only importer of clap_complete.

use clap::CommandFactory;

use crate::{
    cli::{Cli, Completions},
    io::{Failure, Io},
};

/// Runs the verb.
pub(super) fn run(args: &Completions, io: &Io<'_>) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "roadbook", &mut script);
    io.terminal.out(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
