//! What the program must do, held from outside: whole runs over whole folders, one module for each promise.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and start processes: that is the world they play"
)]
mod checked;
mod faults;
mod find;
mod foreign;
mod harness;
mod hostile;
mod idempotent;
mod links;
mod nasty;
mod seed;
mod seen;
