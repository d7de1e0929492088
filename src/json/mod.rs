//! JSON as text: where its values, keys and members are, in bytes.

mod locate;
mod number;
mod path;
mod scan;
mod tree;

pub use locate::locate;
pub(crate) use number::inexact;
pub(crate) use path::Step;
pub use path::{JsonPath, Part};
pub(crate) use scan::{BOM, Scanner};
pub(crate) use tree::{Kind, Member, Node};
