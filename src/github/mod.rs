//! The roadmap in GitHub: what should be there, what is there, what to do about it.
//!
//! ```text
//!  Roadmap ──desired──▶ State ─┐
//!                              ├─plan(desired, actual, lock)──▶ Plan ──▶ shown (plan, drift), or applied
//!  Reader ──actual────▶ State ─┘                                          by a Writer, a journal and the lock
//! ```
//!
//! Planning is a function of values. Whoever plans is given a [`Reader`]; only `apply` holds a [`Writer`].

pub mod api;
pub mod remote;
