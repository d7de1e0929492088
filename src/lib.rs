//! Roadbook keeps a roadmap in one JSON source and derives all that people read from it.
//!
//! The modules below stand in the order in which the data passes through them:
//!
//! ```text
//!  files ──source──▶ Document ──resolve──▶ Roadmap ──facts──▶ Facts        every arrow may add findings to one Report;
//!   (JSON, lock,      (as written)          (what it means)    (what follows)  rules judge the resolved Roadmap
//!    docs, templates)                          │
//!                                  render: Vec<Page>, Renderer
//!                               (path + kind; bytes made on demand)
//!                   ┌──────────────────────┬───┴──────────────────┐
//!                 build                  check                  serve
//!          (write what differs)  (compare, never write)  (the page asked for)
//! ```
//!
//! [`run`] is the whole program as a function of its arguments and an [`io::Io`], through which alone the world comes in;
//! [`main`] calls it with the real one. The rooms are private, so that the compiler sees what nobody uses: what our own
//! tests and benches reach into is listed in `internals`, behind a feature that users do not get.

mod cli;
mod commands;
mod io;

mod json;

mod scalar;

mod source;

mod model;

mod inputs;

mod words;

mod facts;

mod data;

mod rules;

mod markdown;

mod render;

mod documents;

mod links;

mod output;

#[cfg(feature = "serve")]
mod serve;

mod github;

mod edit;

mod merge;

mod import;

mod setup;

mod history;

mod fleet;

mod report;

#[cfg(feature = "internals")]
pub mod internals;

use std::{ffi::OsString, process::ExitCode};

use io::{Console, Disk, Guarded, Internet, Io, Machine, SystemClock, Terminal};
use report::{Styled, neutral, restyled};

/// The program: what was typed, in the real world.
pub fn main() -> ExitCode {
    // The message of a panic may quote a text of the roadmap.
    std::panic::set_hook(Box::new(|panic| {
        Guarded::new(&Console, true).say(&format!("error: this is a bug of Roadbook: {panic}\n"));
    }));
    let disk = match Disk::from_process() {
        Ok(disk) => disk,
        Err(failure) => {
            Guarded::new(&Console, false).say(&format!("error: {failure}\n"));
            return failure.kind.exit_code().into();
        }
    };
    let io = Io {
        files: &disk,
        clock: &SystemClock,
        terminal: &Console,
        process: &Machine,
        network: &Internet::default(),
    };
    run(std::env::args_os(), &io).into()
}

/// Runs the program: what was typed, in a world. Returns the exit code.
fn run(args: impl IntoIterator<Item = OsString>, io: &Io<'_>) -> u8 {
    let guarded = Guarded::of(io);
    let io = &Io { terminal: &guarded, ..*io };
    let args: Vec<_> = args.into_iter().collect();
    let cli = match cli::parse(args.iter().cloned()) {
        Ok(cli) => cli,
        Err(error) => return usage(error, &args, io),
    };
    match commands::run(&cli, io) {
        Ok(code) => code,
        Err(failure) => commands::tell_failure(&failure, &cli.global, io),
    }
}

/// Says what is wrong with the command line, or what was asked of it (`--help`, `--version`). What was typed is shown in the
/// error among styles: so the same error is made of arguments without control characters first.
fn usage(error: clap::Error, args: &[OsString], io: &Io<'_>) -> u8 {
    let neutral = args.iter().map(|arg| OsString::from(neutral(&arg.to_string_lossy()).into_owned()));
    let (error, is_neutral) = cli::parse(neutral).err().map_or((error, false), |error| (error, true));
    let coloured = is_neutral && io.terminal.is_coloured();
    let text =
        if coloured { restyled(&error.render().ansi().to_string()) } else { error.render().to_string() };
    let text = Styled::new(text, coloured);
    if error.use_stderr() {
        io.terminal.say_styled(&text);
        return 2;
    }
    u8::from(io.terminal.out_styled(&text).is_err()) * 3
}
