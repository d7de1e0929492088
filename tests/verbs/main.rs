//! The verbs that answer, edit and tell of the program, run in-process on a folder of their own.
#![allow(clippy::disallowed_methods, reason = "tests lay out and read their folders themselves")]

mod add;
mod batch;
mod bodies;
mod bounds;
mod dumps;
mod edit;
mod editor;
mod elsewhere;
mod fields;
mod foreign;
mod import;
mod look;
mod program;
mod remove;
mod rename;
mod scripts;
mod set;
mod state;
#[path = "../support/mod.rs"]
mod support;
