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

pub(crate) use faults::Faults;
pub(crate) use generation::Generation;
pub(crate) use turns::{Load, Pipeline, Show};

use crate::{
    io::{Failure, Io, browse},
    render::Renderer,
    report::Styled,
};
use inputs::Inputs;
use port::Ports;

/// How the preview is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// The port; without it, the usual one, or the next that is free.
    pub(crate) port: Option<u16>,
    /// Whether the browser is opened.
    pub(crate) open: bool,
    /// Whether changes are looked for although the system could tell of them.
    pub(crate) poll: bool,
    /// Whether people want to hear only what is wrong.
    pub(crate) quiet: bool,
    /// Whether requests are told.
    pub(crate) verbose: bool,
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

/// A website that is shown.
pub(crate) struct Site<'a> {
    /// Its folder, where there are several; empty where it is the only one.
    pub(crate) name: &'a str,
    /// The world, as it is told of this site.
    pub(crate) io: Io<'a>,
    /// How its source is read.
    pub(crate) pipeline: &'a dyn Pipeline,
}

/// The files of the front page of several sites, by their names.
pub(crate) type FrontOf = fn(&[(&str, &Renderer)]) -> Vec<(&'static str, Vec<u8>)>;

/// Serves until it is stopped; returns the exit code. Of several sites each is read by itself, and anew where its own source
/// changed.
///
/// # Errors
/// Where no port can be had.
pub(crate) fn run(io: &Io<'_>, options: &Options, sites: &[Site<'_>], front: FrontOf) -> Result<u8, Failure> {
    let ports = Ports::take(options.port)?;
    let (address, moved) = (&ports.address(), ports.moved());
    let (events, told): (Vec<_>, Vec<_>) = sites.iter().map(|_| mpsc::channel()).unzip();
    let (ready, is_ready) = mpsc::channel();
    let (shown, looked): (Vec<_>, Vec<_>) = sites.iter().map(|site| generation::shown(site.name)).unzip();
    // What tells this run's pages from those of an earlier one, which a browser may still show.
    let run = format!("{:x}", io.clock.now().as_millis());
    thread::scope(move |scope| {
        // The server ends when this does, however it does.
        let shown = shown;
        let server = {
            let sites = http::Sites { looked, front, events: events.clone() };
            let verbose = options.verbose;
            scope.spawn(move || http::serve(ports, sites, verbose, &ready))
        };
        // Where it cannot be, the server has ended, and says why.
        if is_ready.recv().is_ok() {
            greet(io, options, address, moved)?;
            if options.open {
                scope.spawn(|| browse(io, address));
            }
            let loops = sites.iter().zip(shown).zip(events.iter().zip(told));
            thread::scope(|scope| {
                for ((site, shown), (events, told)) in loops {
                    let run = run.clone();
                    scope.spawn(move || {
                        turns::Turns::new(&site.io, options, &shown, run).run(site.pipeline, events, &told);
                    });
                }
            });
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
