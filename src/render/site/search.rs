//! The search: a field that finds every word of all texts where scripts run, and the ways to the lists of everything where they do not.
//!
//! What the field searches is [`crate::render::search`].

use crate::words::{counted, say};
use serde::Serialize;

use super::{PageContext, frame::Frame, write};
use crate::report::Diagnostic;

/// What `site/search.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// As `22 issues and 6 milestones`, or one of them where there is none of the other.
    count: String,
}

/// Makes the page.
pub(super) fn search(here: &PageContext<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let (issues, milestones) = (here.roadmap.issues.len(), here.roadmap.milestones.len());
    let description = say!("Search in all texts of {}.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, say!("Search"), description)?,
        count: match (issues, milestones) {
            (issues, 0) => counted(issues, "issue"),
            (0, milestones) => counted(milestones, "milestone"),
            _ => say!("{} and {}", counted(issues, "issue"), counted(milestones, "milestone")),
        },
    };
    write(here, "site/search.html", &view, out)
}
