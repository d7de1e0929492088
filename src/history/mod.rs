//! What has changed, and when: revisions of the source and of the lock out of git, compared item by item; and the report
//! that tells of it beside how things stand.
//!
//! [`git`] reads what a repository holds, [`walk`] goes through it, [`compare`] tells two editions of a roadmap apart and
//! [`public`] takes out what is internal. [`show`] and [`report`] put it into words. Nothing that `build` commits is made
//! of this: history is no part of a commit.

pub mod change;
pub mod compare;
pub mod earliest;
pub mod edition;
pub mod git;
pub mod public;
pub mod report;

pub mod show;
pub mod site;

mod slips;

pub mod walk;

mod baseline;
mod count;
mod log;
mod moment;
mod objects;
mod path;
mod reader;
mod scope;
mod tracked;
mod whereabouts;

pub use change::{Change, Group, What};
pub use edition::Edition;
pub use git::{Commit, Git};
pub use scope::Scope;
pub use tracked::Tracked;
pub use walk::{History, Now, Walker};
