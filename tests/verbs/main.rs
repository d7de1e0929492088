//! The verbs that answer, edit and tell of the program, run in-process on a folder of their own.
#![allow(clippy::disallowed_methods, reason = "tests lay out and read their folders themselves")]

mod add;
mod bounds;
mod dumps;
mod edit;
mod elsewhere;
mod foreign;
mod harness;
mod import;
mod look;
mod program;
mod rename;
mod set;
#[path = "../suite/still.rs"]
mod still;
