//! JSON as text: where its values, keys and members are, in bytes.

mod locate;
mod path;
mod scan;
mod tree;

pub use locate::locate;
pub use path::{JsonPath, Part, Step};
pub(crate) use scan::{BOM, Scanner};
pub(crate) use tree::{Kind, Member, Node};
