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

pub use crate::render::is_marked;
pub use lines::{as_on_disk, same_lines};
pub use orphans::orphans;
pub use tree::{Found, Stop, Tree};
pub use unmarked::is_summary;
pub use write::{sweep, write};
