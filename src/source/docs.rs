//! Hand-written documents: their text, and the regions in them that `build` fills.

use std::{ops::Range, sync::Arc};

use super::conflict::conflicts_in_markdown;
use crate::{
    markdown::read,
    report::{Code, Diagnostic, Place, Report},
};

/// A hand-written document, read once.
#[derive(Debug, Clone)]
pub struct Doc {
    /// Its file from the root.
    pub(crate) path: Arc<str>,
    /// Its text.
    pub(crate) text: String,
    /// The regions that `build` fills, in order.
    pub(crate) regions: Vec<Region>,
}

/// A region of a document: what stands between `<!-- roadbook:begin NAME -->` and `<!-- roadbook:end -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Region {
    /// What it is to show, as its begin marker says: `milestone DB-ML0`.
    pub(crate) name: String,
    /// The bytes of its begin marker.
    pub(crate) begin: Range<usize>,
    /// The bytes between the markers.
    pub(crate) inside: Range<usize>,
}

/// What a marker comment says.
enum Marker<'a> {
    Begin(&'a str),
    End,
}

/// Reads a document. Faulty markers are told, and all regions of their document left as they are: where one marker is
/// lost, no other can be trusted to bound what may be written over. What git left of a conflict is told, too.
pub(crate) fn read(path: Arc<str>, text: String, report: &mut Report) -> Doc {
    conflicts_in_markdown(&path, &text).into_iter().for_each(|finding| report.push(finding));
    let regions = if text.contains("roadbook:") { regions(&path, &text, report) } else { Vec::new() };
    Doc { path, text, regions }
}

fn regions(path: &Arc<str>, text: &str, report: &mut Report) -> Vec<Region> {
    let place = |range: &Range<usize>| Place::bytes(Arc::clone(path), range.clone());
    let mut is_sound = true;
    let mut broken = |range: &Range<usize>, (message, help): Broken| {
        is_sound = false;
        report.push(Diagnostic::new(Code::BrokenRegion, place(range), message).help(help));
    };
    let mut regions = Vec::<Region>::new();
    let mut open: Option<(&str, Range<usize>)> = None;
    let outline = read::read(&read::without_front_matter(text));
    for comment in &outline.comments {
        let Some(marker) = marker(&comment.text) else { continue };
        if let Some(place) = without_blocks(&outline, comment.range.start) {
            broken(&comment.range, misplaced(place));
        }
        match (marker, open.take()) {
            (Marker::Begin(name), None) => open = Some((name, comment.range.clone())),
            (Marker::Begin(name), Some((outer, begin))) => {
                broken(&comment.range, nested(name, outer));
                open = Some((outer, begin));
            }
            (Marker::End, None) => broken(&comment.range, unbegun()),
            (Marker::End, Some((name, begin))) => {
                let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
                regions.push(Region { name, inside: begin.end..comment.range.start, begin });
            }
        }
    }
    if let Some((name, begin)) = open {
        broken(&begin, unended(name));
    }
    let is_sound = is_sound & are_single(path, &regions, report);
    if is_sound { regions } else { Vec::new() }
}

/// What is wrong with a marker, and what helps.
type Broken = (String, &'static str);

fn misplaced(place: &str) -> Broken {
    let message = format!("a marker stands in {place}, where no block can stand");
    (message, "put both markers on lines of their own")
}

fn nested(name: &str, outer: &str) -> Broken {
    let message = format!("the region `{name}` begins inside the region `{outer}`");
    (message, "regions do not nest: end the first one with `<!-- roadbook:end -->`")
}

fn unbegun() -> Broken {
    ("a region ends here that does not begin".to_owned(), "remove the marker, or begin the region")
}

fn unended(name: &str) -> Broken {
    (format!("the region `{name}` does not end"), "end it with `<!-- roadbook:end -->`")
}

/// Whether no region stands there twice: that is a mistake of copying more often than a wish.
fn are_single(path: &Arc<str>, regions: &[Region], report: &mut Report) -> bool {
    let mut is_single = true;
    for (ix, region) in regions.iter().enumerate() {
        if let Some(first) = regions[..ix].iter().find(|first| first.name == region.name) {
            is_single = false;
            let place = Place::bytes(Arc::clone(path), region.begin.clone());
            report.push(
                Diagnostic::new(Code::BrokenRegion, place, "this document has the same region twice")
                    .help("keep one of the two")
                    .related(Place::bytes(Arc::clone(path), first.begin.clone()), "first begun here"),
            );
        }
    }
    is_single
}

/// The place around a byte that holds words alone.
fn without_blocks(outline: &read::Outline, at: usize) -> Option<&'static str> {
    if outline.cells.iter().any(|cell| cell.contains(&at)) {
        return Some("the cell of a table");
    }
    outline.headings.iter().any(|heading| heading.range.contains(&at)).then_some("a heading")
}

fn marker(comment: &str) -> Option<Marker<'_>> {
    let said = comment.strip_prefix("roadbook:")?;
    match said.strip_prefix("begin") {
        Some(name) => Some(Marker::Begin(name.trim())),
        None => (said.trim() == "end").then_some(Marker::End),
    }
}
