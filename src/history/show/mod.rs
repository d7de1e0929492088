//! Changes for people on a terminal, as Markdown for a pull request, and as JSON for programs.

mod human;
mod json;
mod markdown;

pub use human::{changes, human, told};
pub use json::{Diff, json};
pub use markdown::markdown;

pub(super) use json::{ChangeEntry, MomentEntry, entries};
pub(super) use markdown::{Room, cell, effect, table as changes_table};
