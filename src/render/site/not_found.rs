//! What a reader sees who asked for a page that is not there.
//!
//! It is served at any depth, so that its links are absolute where the source says at which address the site is published.

use crate::words::say;
use serde::Serialize;

use super::{
    PageContext,
    frame::Frame,
    rows::{Items, milestone_items},
    write,
};
use crate::report::Diagnostic;

/// What `site/404.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    milestones: Items<'a>,
}

/// Makes the page.
pub(super) fn not_found(here: &PageContext<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let url = here.url();
    let here = &PageContext { root: if url.is_empty() { here.root } else { &url }, ..*here };
    let description = say!("This page of {} is not there.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, say!("Page not found"), description)?,
        milestones: milestone_items(here, here.roadmap.milestones().map(|(ix, _)| ix)),
    };
    write(here, "site/404.html", &view, out)
}
