//! The roadmap in GitHub: what should be there, what is there, what to do about it.
//!
//! ```text
//!  Roadmap ──desired──▶ State ─┐
//!                              ├─plan(desired, actual, lock)──▶ Plan ──▶ shown (plan, drift), or applied
//!  Reader ──actual────▶ State ─┘                                          by a Writer, a journal and the lock
//! ```
//!
//! Planning is a function of values. Whoever plans is given a [`Reader`](api::Reader); only `apply` holds a
//! [`Writer`](api::Writer).

pub mod actual;
pub mod api;
pub mod apply;
pub mod client;
pub mod desired;
pub mod fields;
pub mod identity;
pub mod import;
pub mod journal;
pub mod look;
pub mod normal;
pub mod offline;
pub mod options;
pub mod plan;
pub mod pull;
pub mod remote;
pub mod show;
pub mod snapshot;
pub mod state;
pub mod text;
pub mod world;

mod hash;

#[cfg(test)]
mod tests;
