//! The live preview: one HTTP server on this machine alone, which makes the page that is asked for and never writes.
//!
//! ```text
//!  changes ──inputs, debounce──▶ turns ──pipeline──▶ Shown (last good Generation, Faults) ──answer──▶ http ──▶ browser
//! ```
//!
//! What is decided here is a function of values: `gate` (who is answered), `answer` (what with), `inputs` (what was read,
//! and whether it changed), `debounce` (when an edit is over), `faults` (what the page is told). `http` alone opens
//! sockets, and `turns` alone waits.

mod answer;
mod debounce;
mod faults;
mod gate;
mod generation;
mod html;
mod http;
mod inputs;
mod port;
mod turns;

#[cfg(test)]
mod tests;

use std::{sync::mpsc, thread};

pub use faults::Faults;
pub use generation::Generation;
pub use turns::{Load, Pipeline, Show};

use crate::{
    io::{Failure, Io, browse},
    report::Styled,
};
use inputs::Inputs;
use port::Ports;

/// How the preview is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The port; without it, the usual one, or the next that is free.
    pub port: Option<u16>,
    /// Whether the browser is opened.
    pub open: bool,
    /// Whether changes are looked for although the system could tell of them.
    pub poll: bool,
    /// Whether people want to hear only what is wrong.
    pub quiet: bool,
    /// Whether requests are told.
    pub verbose: bool,
}

/// What the loop waits for.
#[derive(Debug)]
enum Event {
    /// Something changed in the folders that are looked at.
    Changed,
    /// A request was answered.
    Answered(String),
    /// The source is shown, as it was read from these inputs.
    Shown(Inputs),
    /// The source cannot be shown: in which turn, and what it was read from, what the browser and the terminal are told.
    Broken(u64, Box<(Inputs, Faults, Styled)>),
    /// What is shown has been judged: in which turn, all findings, and the line that sums them up.
    Judged(u64, Styled, String),
    /// Somebody wants it to end.
    Stop,
}

/// Serves until it is stopped; returns the exit code.
///
/// # Errors
/// Where no port can be had.
pub fn run(io: &Io<'_>, options: &Options, pipeline: &dyn Pipeline) -> Result<u8, Failure> {
    let ports = Ports::take(options.port)?;
    let (address, moved) = (&ports.address(), ports.moved());
    let (events, told) = mpsc::channel();
    let (ready, is_ready) = mpsc::channel();
    let (shown, looked) = generation::shown();
    // What tells this run's pages from those of an earlier one, which a browser may still show.
    let run = format!("{:x}", io.clock.now().as_millis());
    thread::scope(move |scope| {
        // The server ends when this does, however it does.
        let shown = shown;
        let server = {
            let events = events.clone();
            let verbose = options.verbose;
            scope.spawn(move || http::serve(ports, looked, &events, verbose, &ready))
        };
        // Where it cannot be, the server has ended, and says why.
        if is_ready.recv().is_ok() {
            greet(io, options, address, moved)?;
            if options.open {
                scope.spawn(|| browse(io, address));
            }
            turns::Turns::new(io, options, &shown, run).run(pipeline, &events, &told);
        }
        server.join().unwrap_or(Ok(()))
    })?;
    Ok(0)
}

/// Says where the pages are: on standard output, where a script can read it.
fn greet(io: &Io<'_>, options: &Options, address: &str, moved: Option<String>) -> Result<(), Failure> {
    if options.quiet {
        return Ok(());
    }
    if let Some(words) = moved {
        io.terminal.say(&format!("{words}\n"));
    }
    io.terminal.out(&format!("serving at {address}\n"))
}
