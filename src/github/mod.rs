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

pub(crate) mod actual;
pub(crate) mod api;
pub(crate) mod apply;
pub(crate) mod client;
pub(crate) mod desired;
pub(crate) mod fields;
pub(crate) mod identity;
pub(crate) mod import;
pub(crate) mod journal;
pub(crate) mod look;
pub(crate) mod normal;
pub(crate) mod offline;
pub(crate) mod options;
pub(crate) mod plan;
pub(crate) mod pull;
pub(crate) mod remote;
pub(crate) mod show;
pub(crate) mod snapshot;
pub(crate) mod state;
pub(crate) mod text;
pub(crate) mod world;

mod hash;

#[cfg(test)]
mod tests;
