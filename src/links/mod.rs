//! Whether what users write leads somewhere: relative links, anchors, ids and labels in their Markdown, and
//! what it repeats of the roadmap.
//!
//! Two kinds of texts are read: the hand-written documents that the source names, and the bodies of issues where they
//! stand on a generated page. Links that Roadbook itself makes come from page ids and cannot be dead; a test reads them.

mod allow;
mod claims;
mod leaks;
mod mentions;
mod offered;
mod targets;

use std::{ops::Range, sync::Arc};

use rayon::prelude::*;

use crate::{
    markdown::{
        read::{Comment, Link, read, read_lines},
        write::{Shift, is_text},
    },
    model::IssueIx,
    render::{Page, PageKind, PagePath, Renderer},
    report::{Diagnostic, Place, Report},
    source::Doc,
};
pub(crate) use claims::{count_named, of_summary};
pub(crate) use leaks::leaks;
use mentions::Names;
use targets::{Target, Targets};

/// What the checker may know of the files below the root.
pub(crate) trait Below: Sync {
    /// Whether a file or folder stands at this path from the root.
    fn exists(&self, path: &str) -> bool;

    /// The text of a file.
    fn text(&self, path: &str) -> Option<Arc<str>>;

    /// What to do about a file that is here and not counted, as one that git does not track.
    fn uncounted(&self, _path: &str) -> Option<String> {
        None
    }

    /// The way from the repository's top to the root: links may lead as far, with a path that begins with `../`, and those
    /// that begin with `/` begin there. Empty at the top, and where there is no repository.
    fn above(&self) -> &str {
        ""
    }
}

/// A link that is ours to judge: its bytes, and where it leads.
type Led = (Range<usize>, Target);

/// A document as it was read, up to where its links lead.
struct Read<'a> {
    doc: &'a Doc,
    links: Vec<Led>,
    comments: Vec<Comment>,
    found: Report,
}

/// The body of an issue on the page that shows it.
struct Body<'a> {
    page: &'a Page,
    issue: IssueIx,
    links: Vec<Led>,
}

/// Checks every hand-written document, and the bodies on the generated pages.
///
/// All texts are read before any link is followed, so that a file which many links lead to is looked at once.
pub(crate) fn check(renderer: &Renderer, pages: &[Page], below: &dyn Below) -> Report {
    let bodies: Vec<_> =
        pages.par_iter().flat_map_iter(|page| bodies(renderer, page, below.above())).collect();
    judge(renderer, (&renderer.docs, bodies), pages, below)
}

/// Checks other documents than those that are rendered.
pub(crate) fn of_docs(renderer: &Renderer, docs: &[Doc], pages: &[Page], below: &dyn Below) -> Report {
    judge(renderer, (docs, Vec::new()), pages, below)
}

fn judge(
    renderer: &Renderer,
    (docs, bodies): (&[Doc], Vec<Body<'_>>),
    pages: &[Page],
    below: &dyn Below,
) -> Report {
    let names = Names::of(&renderer.roadmap);
    let above = below.above();
    let docs: Vec<_> = docs.par_iter().map(|doc| read_doc(renderer, &names, doc, above)).collect();
    let mut targets = Targets::new(renderer, pages, below);
    let links = docs.iter().flat_map(|doc| &doc.links).chain(bodies.iter().flat_map(|body| &body.links));
    targets.follow(links.map(|(_, target)| target));
    let mut report = Report::default();
    for Read { doc, links, comments, mut found } in docs {
        for (range, target) in &links {
            let place = || Place::bytes(Arc::clone(&doc.path), range.clone());
            found.extend(targets.judge(target, place));
        }
        report.extend(allow::apply(doc, &comments, found));
    }
    for Body { page, issue, links } in bodies {
        let mut found = Report::whole();
        for (range, target) in &links {
            found.extend(targets.judge(target, || renderer.roadmap.body_part(issue, range)));
        }
        // Where a body is shown as its source, no reader sees a link in it.
        if found.iter().next().is_some() && !is_shown_as_text(renderer, issue) {
            report.extend(found.map(|finding| Some(on_page(finding, page))));
        }
    }
    report
}

/// Reads a document: what it names, what it repeats, and where it leads. What stands in a region is the source's to say.
fn read_doc<'a>(renderer: &Renderer, names: &Names<'_>, doc: &'a Doc, above: &str) -> Read<'a> {
    let (mut outline, lines) = read_lines(&doc.text);
    outline.links.append(&mut outline.html_links);
    outline.links.retain(|link| !doc.regions.iter().any(|region| region.inside.contains(&link.range.start)));
    // What a comment allows is not counted: so none of it is left out before the comments are read.
    let mut found = Report::whole();
    mentions::check(names, doc, &outline, &mut found);
    claims::check(renderer, &names.ids, doc, &lines, &mut found);
    Read {
        doc,
        links: led(&PagePath::new(&*doc.path), above, outline.links),
        comments: outline.comments,
        found,
    }
}

/// The links in a text that stands in the file `from` which are ours to judge.
fn led(from: &PagePath, above: &str, links: Vec<Link>) -> Vec<Led> {
    let links = links.into_iter();
    links.filter_map(|link| Some((link.range, Target::of(from, above, &link.dest)?))).collect()
}

/// Whether the page of its milestone shows the body of an issue as text.
fn is_shown_as_text(renderer: &Renderer, issue: IssueIx) -> bool {
    let shift = Shift { headings_below: 3, footnotes: String::new(), line_breaks: true };
    renderer.roadmap.issues[issue.0].body.get().is_some_and(|body| is_text(body, &shift))
}

/// The bodies on a page that hold a link which is ours to judge. One that begins with `/` begins at the host in a body.
fn bodies<'a>(renderer: &'a Renderer, page: &'a Page, above: &'a str) -> impl Iterator<Item = Body<'a>> {
    let issues = match &page.kind {
        PageKind::Milestone(ix, part) => &renderer.facts.milestone(*ix).issues[part.issues.clone()],
        _ => &[],
    };
    issues.iter().filter_map(move |issue| {
        let body = renderer.roadmap.issues[issue.0].body.get()?;
        let mut links = (body.contains("](") || body.contains("]:")).then(|| read(body).links)?;
        links.retain(|link| !link.dest.starts_with('/'));
        let links = led(&page.path, above, links);
        (!links.is_empty()).then_some(Body { page, issue: *issue, links })
    })
}

/// A body has no folder of its own: its links are read from the page that shows it, which its author may not know.
fn on_page(finding: Diagnostic, page: &Page) -> Diagnostic {
    let message = format!("{}, seen from `{}`", finding.message, page.path);
    Diagnostic { message, ..finding }
        .warning()
        .help("a body is read on its milestone's page and on GitHub: write the whole address, as `https://…`")
}
