//! A team on one roadmap, with real git: branches that are merged by its driver and its hook.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test makes repositories and runs git and the program in them"
)]

mod files;
mod pairs;
mod random;
mod repository;
#[path = "../support/mod.rs"]
mod support;
