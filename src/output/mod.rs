//! Pages against the disk: what differs, what is foreign, what nobody makes any more; and writing what differs.
//!
//! `build` and `check` look through the same eyes ([`Tree::compare`]), so that what one leaves the other finds fresh.

mod lines;
mod mark;
mod orphans;
mod tree;
mod write;

pub use lines::{as_on_disk, same_lines};
pub use mark::is_marked;
pub use orphans::orphans;
pub use tree::{Found, Stop, Tree};
pub use write::{sweep, write};
