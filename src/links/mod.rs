//! Whether what users write leads somewhere: relative links, anchors, ids and labels in their Markdown.
//!
//! Two kinds of texts are read: the hand-written documents that the source names, and the bodies of issues where they
//! stand on a generated page. Of documents it is also asked whether their tables say what the source says. Links that Roadbook itself makes come from page ids and cannot be dead; a test reads them.

mod allow;
mod claims;
mod leaks;
mod mentions;
mod targets;

use std::sync::Arc;

use crate::{
    markdown::read::read,
    model::IssueIx,
    render::{Page, PageKind, PagePath, Renderer},
    report::{Diagnostic, Place, Report},
    rules::mentions::KnownIds,
};
pub use claims::{Whole, of_summary};
pub use leaks::leaks;
use targets::Targets;

/// What the checker may know of the files below the root.
pub trait Below {
    /// Whether a file or folder stands at this path from the root.
    fn exists(&self, path: &str) -> bool;

    /// The text of a file.
    fn text(&self, path: &str) -> Option<Arc<str>>;
}

/// Checks every hand-written document, and the bodies on the generated pages.
pub fn check(renderer: &Renderer, pages: &[Page], below: &dyn Below) -> Report {
    let mut targets = Targets::new(renderer, pages, below);
    let mut report = Report::default();
    let known = KnownIds::of(&renderer.roadmap);
    for doc in &renderer.docs {
        let mut found = Report::default();
        let outline = read(&doc.text);
        for link in &outline.links {
            let place = || Place::bytes(Arc::clone(&doc.path), link.range.clone());
            found.extend(targets.judge(&PagePath::new(&*doc.path), &link.dest, place));
        }
        mentions::check(renderer, &known, doc, &outline, &mut found);
        claims::check(renderer, &known, doc, &outline, &mut found);
        report.extend(allow::apply(doc, &outline, found));
    }
    for page in pages {
        if let PageKind::Milestone(ix, part) = &page.kind {
            for issue in &renderer.facts.milestone(*ix).issues[part.issues.clone()] {
                body(renderer, &mut targets, page, *issue, &mut report);
            }
        }
    }
    report
}

/// Checks the links of an issue's body, which is read on the page that shows it.
fn body(renderer: &Renderer, targets: &mut Targets<'_>, page: &Page, ix: IssueIx, report: &mut Report) {
    let Some(body) =
        renderer.roadmap.issues[ix.0].body.get().filter(|body| body.contains("](") || body.contains("]:"))
    else {
        return;
    };
    for link in read(body).links {
        let place = || renderer.roadmap.issue_place(ix).key("body");
        let found = targets.judge(&page.path, &link.dest, place);
        report.extend(found.map(|finding| Some(on_page(finding, page))));
    }
}

/// A body has no folder of its own: its links are read from the page that shows it, which its author may not know.
fn on_page(finding: Diagnostic, page: &Page) -> Diagnostic {
    let message = format!("{}, seen from `{}`", finding.message, page.path);
    Diagnostic { message, ..finding }
        .warning()
        .help("a body is read on its milestone's page and on GitHub: write the whole address, as `https://…`")
}
