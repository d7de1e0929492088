//! The roadmap as other programs read it: the published form of milestones, issues and labels.
//!
//! [`v1`] is an interface. `roadmap.json`, `list`, `show`, `report` and CSV all speak it: the same names, the same spelling, and one rule for
//! what is not known (`null`). [`Data`] makes it once, from what the roadmap says and what follows from that; nobody else names a member.
//! Templates have views of their own, with links and HTML.

mod baseline;
mod csv;
mod documents;
mod lines;
mod make;
mod schema;
mod slips;
pub(crate) mod v1;
mod words;

pub(crate) use baseline::{Based, Baseline};
pub(crate) use csv::csv;
pub(crate) use documents::{
    ChangedValue, Each, EditDocument, EditOutcome, Export, Linked, List, Listed, Next, NextIssue, Show,
    Shown, ShownIssue, ShownLabel, ShownMilestone, Source,
};
pub(crate) use lines::write_lines;
pub(crate) use make::Data;
pub(crate) use schema::json_schema;
pub(crate) use slips::{Move, MoveKind, Point, Slip, Slips};
pub(crate) use words::{percent, rounded, said, short_commit, with_dropped};
