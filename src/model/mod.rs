//! What the roadmap means: names are ids, references are indexes, dates are days.
//!
//! [`resolve`] turns a [`crate::source::Document`] into a [`Roadmap`] and finds every fault of meaning on the way. It
//! drops only the bad reference, so that the rules can judge the rest. After it a dangling link cannot be said.

mod column;
mod day;
mod file_name;
mod id;
mod issue_name;
mod known;
mod mapped;
mod public;
mod resolve;
mod roadmap;
mod when;

pub use column::{Column, SummaryTable};
pub use day::Day;
pub use file_name::{folded, inside, is_device, is_git_folder};
pub use id::{Id, id_in_title, made_id, title_without_id};
pub use issue_name::{IssueName, is_repository, repository_of};
pub use mapped::Mapped;
pub use resolve::resolve;
pub use roadmap::{
    Alias, Elsewhere, Implied, Issue, IssueIx, Label, LabelGroup, LabelIx, Link, Milestone, MilestoneIx,
    Outputs, Phase, Roadmap, Section, Stated, Target, Update,
};
pub use when::{Loose, Misread, Purpose, Unit, When, is_after, meant_day, meant_when};

#[cfg(test)]
pub(crate) use when::tests::within;
