//! What has changed, and when: revisions of the source and of the lock out of git, compared item by item; and the report
//! that tells of it beside how things stand.
//!
//! [`git`] reads what a repository holds, [`walk`] goes through it, [`compare`] tells two editions of a roadmap apart and
//! [`public`] takes out what is internal. [`show`] and [`report`] put it into words. Nothing that `build` commits is made
//! of this: history is no part of a commit.

pub(crate) mod change;
pub(crate) mod compare;
pub(crate) mod earliest;
pub(crate) mod edition;
pub(crate) mod git;
pub(crate) mod public;
pub(crate) mod report;

pub(crate) mod show;
pub(crate) mod site;

mod slips;

pub(crate) mod walk;

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

pub(crate) use change::{Change, Group, What};
pub(crate) use edition::Edition;
pub(crate) use git::{Commit, Git};
pub(crate) use scope::Scope;
pub(crate) use tracked::Tracked;
pub(crate) use walk::{History, Now, Walker};
