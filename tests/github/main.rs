//! What Roadbook does to GitHub, held against a GitHub of our own that has its rules and its bad days.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders, start processes and measure time: that is the world they play"
)]
#![allow(clippy::print_stdout, reason = "`--nocapture` shows how much was held to what")]
#![allow(dead_code, reason = "the program that stands alone uses the rest")]

mod adoption;
mod applied;
mod at_once;
mod became;
mod document;
mod elsewhere;
mod fake;
mod fields;
mod layout;
mod merged;
mod program;
mod proofs;
mod pulled;
mod refused;
mod roadmaps;
mod rules;
mod steps;
#[path = "../support/mod.rs"]
mod support;
mod told;
mod undone;
mod verbs;
