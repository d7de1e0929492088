//! What a value can be that is more than a text or a number: days and spans of them, ids, names of issues and of files.

mod day;
mod file_name;
mod id;
mod issue_name;
mod when;

pub use day::Day;
pub use file_name::{folded, inside, is_device, is_git_folder};
pub use id::{Id, id_in_title, made_id, range_without_id, title_without_id};
pub use issue_name::{IssueName, is_repository, repository_of};
pub use when::{Loose, Misread, Purpose, Unit, When, is_after, meant_day, meant_when};

#[cfg(test)]
pub(crate) use when::tests::within;
