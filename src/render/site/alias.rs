//! The page of a former id: it leads on to what took its place, so that no link to it dies.

use crate::words::say;
use serde::Serialize;

use super::{PageContext, frame::Frame, write};
use crate::{model::Target, report::Diagnostic};

/// What `site/alias.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The former id.
    was: &'a str,
    /// What took its place.
    id: &'a str,
    title: &'a str,
    link: String,
    /// Its address on the web, else the link.
    canonical: String,
}

/// Makes the page.
pub(super) fn alias(here: &PageContext<'_>, ix: usize, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let alias = &here.roadmap.aliases[ix];
    let (id, title, inside) = match alias.to {
        Target::Milestone(ix) => {
            let milestone = &here.roadmap.milestones[ix.0];
            (milestone.id.as_str(), milestone.title.as_str(), here.places.milestone(here.roadmap, ix, 0))
        }
        Target::Issue(ix) => {
            let issue = &here.roadmap.issues[ix.0];
            (issue.id.as_str(), issue.title.as_str(), here.places.issue(here.roadmap, ix))
        }
    };
    let link = here.to(&inside);
    let url = here.url();
    let view = View {
        page: Frame::new(here, say!("{} is now {}", alias.was, id), say!("{} is now {}.", alias.was, id))?,
        was: alias.was.as_str(),
        id,
        title,
        canonical: if url.is_empty() { link.clone() } else { [&url, inside.as_str()].concat() },
        link,
    };
    write(here, "site/alias.html", &view, out)
}
