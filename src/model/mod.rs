//! What the roadmap means: names are ids, references are indexes, dates are days.
//!
//! [`resolve`] turns a [`crate::source::Document`] into a [`Roadmap`] and finds every fault of meaning on the way. It
//! drops only the bad reference, so that the rules can judge the rest. After it a dangling link cannot be said.

mod column;
pub mod fields;
mod known;
mod mapped;
mod outputs;
mod public;
mod resolve;
mod roadmap;

pub(crate) use column::{Column, SummaryTable};
pub(crate) use mapped::Mapped;
pub(crate) use outputs::Outputs;
pub use resolve::resolve;
pub use roadmap::{Roadmap, Target};
pub(crate) use {
    roadmap::Alias, roadmap::Elsewhere, roadmap::Implied, roadmap::Issue, roadmap::IssueIx, roadmap::Label,
    roadmap::LabelGroup, roadmap::LabelIx, roadmap::Link, roadmap::Milestone, roadmap::MilestoneIx,
    roadmap::Phase, roadmap::Section, roadmap::Stated, roadmap::Update,
};

#[cfg(test)]
pub(crate) use crate::scalar::within;
pub use crate::scalar::{Day, Id, IssueName};
pub(crate) use {
    crate::scalar::Loose, crate::scalar::Misread, crate::scalar::Purpose, crate::scalar::Unit,
    crate::scalar::When, crate::scalar::folded, crate::scalar::id_in_title, crate::scalar::inside,
    crate::scalar::is_after, crate::scalar::is_device, crate::scalar::is_repository, crate::scalar::made_id,
    crate::scalar::meant_day, crate::scalar::meant_when, crate::scalar::repository_of,
    crate::scalar::title_without_id,
};
