//! From files to a [`Document`]: what the JSON says, as it is written, with the address of every item.

pub mod schema;

mod docs;
mod document;
mod find;
mod locate;
mod lock;
mod scan;

pub use docs::{Doc, Region, read as read_doc};
pub use document::{Document, Origin, Sourced};
pub use find::{Found, STDIN, find, joined};
pub use locate::locate;
pub use lock::{Lock, LockItem, Remote};
