//! Changes for people on a terminal, as Markdown for a pull request, and as JSON for programs.

mod human;
mod json;
mod markdown;

pub(crate) use human::{changes, human, told};
pub(crate) use json::{Diff, json};
pub(crate) use markdown::markdown;

pub(super) use json::{ChangeEntry, MomentEntry, entries};
pub(super) use markdown::{Room, cell, effect, table as changes_table};
