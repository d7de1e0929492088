//! Pictures of a roadmap: SVG made at build time, each with the same facts as text.
//!
//! Pure functions from values to markup. Positions are whole numbers, nothing carries an id or a style of its own, and
//! colours come from `pictures.css` by class, so that a picture can stand in any page, any number of times, and the same
//! source always gives the same bytes. Whatever a picture shows, its [`Table`] tells; what a picture has no room for, the
//! table still tells and the picture says so.
//!
//! A colour never speaks alone: each [`Status`] has a word and a shape of its own.

pub(crate) mod badge;
pub(crate) mod burnup;
pub(crate) mod graph;
pub(crate) mod lanes;
pub(crate) mod slips;
pub(crate) mod timeline;
pub(crate) mod weeks;

mod axis;
mod broken;
mod marks;
mod svg;
mod table;
mod text;

use crate::{facts::Status, model::Target};

pub(crate) use table::{Cell, Table};

/// A picture, and what it shows in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Picture {
    /// The picture: markup, already escaped.
    pub(crate) svg: String,
    /// The same facts in words: plain text, still to be escaped.
    pub(crate) facts: Table,
}

/// The address of an item's page as seen from the page that shows the picture; empty where nothing links.
pub(crate) type Links<'a> = &'a dyn Fn(Target) -> String;

/// The class that colours a status.
fn class(status: Status) -> &'static str {
    match status {
        Status::Done => "status-done",
        Status::InProgress => "status-progress",
        Status::Ready => "status-ready",
        Status::Blocked => "status-blocked",
        Status::Unknown => "status-unknown",
        Status::Dropped => "status-dropped",
    }
}

#[cfg(test)]
mod tests;
