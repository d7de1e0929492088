//! Pages against the disk: what differs, what is foreign, what nobody makes any more; and writing what differs.
//!
//! `build` and `check` look through the same eyes ([`Tree::compare`]), so that what one leaves the other finds fresh.

mod lines;
mod orphans;
mod tree;
mod unmarked;
mod write;

#[cfg(test)]
mod tests;

pub(crate) use crate::render::is_marked;
pub(crate) use lines::as_on_disk;
pub use lines::same_lines;
pub(crate) use orphans::orphans;
pub(crate) use tree::{Found, Stop, Tree};
pub(crate) use unmarked::is_summary;
pub(crate) use write::{sweep, write};
