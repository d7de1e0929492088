//! From files to a [`Document`]: what the JSON says, as it is written, with the address of every item.

pub mod schema;

mod conflict;
mod document;
mod locate;
mod lock;
mod merge;
mod parse;
mod scan;
mod shape;
mod syntax;
mod tree;

pub use document::{Document, Origin, Sourced};
pub use locate::locate;
pub use lock::{LOCK_VERSION, Lock, LockItem, Remote, parse_lock};
pub use merge::merge;
pub use parse::{Parsed, parse};
