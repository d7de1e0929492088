//! What the roadmap means: names are ids, references are indexes, dates are days.
//!
//! [`resolve`] turns a [`crate::source::Document`] into a [`Roadmap`] and finds every fault of meaning on the way. It
//! drops only the bad reference, so that the rules can judge the rest. After it a dangling link cannot be said.

mod column;
mod cut;
pub mod fields;
mod known;
mod mapped;
mod named;
mod outputs;
mod public;
mod resolve;
mod roadmap;

pub(crate) use column::{Column, SummaryTable};
pub(crate) use mapped::Mapped;
pub(crate) use outputs::Outputs;
pub use resolve::resolve;
pub(crate) use roadmap::{
    Alias, Elsewhere, Implied, Issue, IssueIx, Label, LabelGroup, LabelIx, Link, Milestone, MilestoneIx,
    Phase, Section, Stated, Update,
};
pub use roadmap::{Roadmap, Target};

#[cfg(test)]
pub(crate) use crate::scalar::within;
pub use crate::scalar::{Day, Id, IssueName};
pub(crate) use crate::scalar::{
    Loose, Misread, Purpose, Unit, When, folded, id_in_title, inside, is_after, is_device, is_repository,
    made_id, meant_day, meant_when, repository_of, title_without_id,
};
