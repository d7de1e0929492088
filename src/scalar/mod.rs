//! What a value can be that is more than a text or a number: days and spans of them, ids, names of issues and of files.

mod day;
mod file_name;
mod id;
mod issue_name;
mod when;

pub use day::Day;
pub(crate) use file_name::{folded, inside, is_device, is_git_folder};
pub use id::Id;
pub(crate) use id::{id_in_title, made_id, range_without_id, title_without_id};
pub use issue_name::IssueName;
pub(crate) use issue_name::{is_repository, repository_of};
pub(crate) use when::{Loose, Misread, Purpose, Unit, When, is_after, meant_day, meant_when};

#[cfg(test)]
pub(crate) use when::tests::within;
