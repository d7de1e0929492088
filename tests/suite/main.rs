//! What the program must do, held from outside: whole runs over whole folders, one module for each promise.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and start processes: that is the world they play"
)]
#![allow(clippy::print_stdout, reason = "`--nocapture` shows how much was held to what")]

#[path = "../support/mod.rs"]
mod support;

mod accepted;
mod adopt;
mod advice;
mod agents;
mod anchors;
mod at_once;
mod automation;
mod bodies;
#[cfg(unix)]
mod book;
mod borders;
mod checked;
mod cli_help;
mod described;
mod disk;
mod doubled;
mod examples;
mod extra;
mod faults;
mod find;
mod fix;
mod fleet;
mod foreign;
mod guides;
mod history;
mod hooks;
mod hostile;
mod idempotent;
mod limits;
mod links;
mod look;
mod machines;
mod nasty;
#[cfg(feature = "serve")]
mod preview;
mod readme;
mod regions;
mod schema;
mod seed;
mod seen;
#[cfg(feature = "serve")]
mod serve;
mod several;
mod sinks;
mod sizes;
mod start;
mod team;
mod touched;
mod verbs;
#[cfg(unix)]
mod verdict;
mod website;
mod wording;
mod words;
