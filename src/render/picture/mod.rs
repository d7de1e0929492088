//! Pictures of a roadmap: SVG made at build time, each with the same facts as text.
//!
//! Pure functions from values to markup. Positions are whole numbers, nothing carries an id or a style of its own, and
//! colours come from `pictures.css` by class, so that a picture can stand in any page, any number of times, and the same
//! source always gives the same bytes. Whatever a picture shows, its [`Table`] tells; what a picture has no room for, the
//! table still tells and the picture says so.
//!
//! A colour never speaks alone: each [`Status`] has a word and a shape of its own.

pub mod badge;
pub mod burnup;
pub mod graph;
pub mod lanes;
pub mod slips;
pub mod timeline;
pub mod weeks;

mod axis;
mod broken;
mod marks;
mod svg;
mod table;
mod text;

use crate::{
    facts::Status,
    model::{Issue, IssueIx, Milestone, MilestoneIx, Target},
};

pub use table::{Cell, Table};

/// A picture, and what it shows in words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Picture {
    /// The picture: markup, already escaped.
    pub svg: String,
    /// The same facts in words: plain text, still to be escaped.
    pub facts: Table,
}

/// The address of an item's page as seen from the page that shows the picture; empty where nothing links.
pub type Links<'a> = &'a dyn Fn(Target) -> String;

/// What a picture calls an item.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    /// Its id.
    id: String,
    /// Its title without the id.
    title: String,
    /// Both, as far as anybody reads.
    whole: String,
    /// Where it is shown; empty where nothing links.
    href: String,
}

impl Name {
    fn milestone(ix: MilestoneIx, milestone: &Milestone, links: Links<'_>) -> Self {
        let short = crate::model::title_without_id(&milestone.title, &milestone.id);
        // A milestone's title stays whole; an id that it does not begin with says nothing to a reader.
        Self::new(milestone.id.as_str(), short, &milestone.title, links(Target::Milestone(ix)))
    }

    fn issue(ix: IssueIx, issue: &Issue, links: Links<'_>) -> Self {
        let whole = format!("{} {}", issue.id, issue.short_title());
        Self::new(issue.id.as_str(), issue.short_title(), &whole, links(Target::Issue(ix)))
    }

    fn new(id: &str, title: &str, whole: &str, href: String) -> Self {
        let read = |words| text::head(words).to_owned();
        Self { id: id.to_owned(), title: read(title), whole: read(whole), href }
    }
}

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
