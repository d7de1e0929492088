//! Hand-written documents: their text, and the regions in them that `build` fills.

use std::{ops::Range, sync::Arc};

use crate::{
    markdown,
    report::{Diagnostic, Place, Report},
};

/// A hand-written document, read once.
#[derive(Debug, Clone)]
pub struct Doc {
    /// Its file from the root.
    pub path: Arc<str>,
    /// Its text.
    pub text: String,
    /// The regions that `build` fills, in order.
    pub regions: Vec<Region>,
}

/// A region of a document: what stands between `<!-- roadbook:begin NAME -->` and `<!-- roadbook:end -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// What it shows.
    pub name: RegionName,
    /// The bytes of its begin marker.
    pub begin: Range<usize>,
    /// The bytes between the markers.
    pub inside: Range<usize>,
}

/// What a region can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegionName {
    /// `overview`: all milestones with status, progress and due day.
    Overview,
    /// `stats`: how many issues are done, ready, blocked, overdue.
    Stats,
    /// `labels`, or `labels GROUP`: the label tables, or the one of this prefix.
    Labels(Option<String>),
    /// `milestone ID`: the issues of a milestone.
    Milestone(String),
}

impl RegionName {
    /// The names that can be written, for help texts.
    pub const KNOWN: &str = "`overview`, `stats`, `labels`, `labels GROUP` and `milestone ID`";

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let name = match (words.next()?, words.next()) {
            ("overview", None) => Self::Overview,
            ("stats", None) => Self::Stats,
            ("labels", group) => Self::Labels(group.map(str::to_owned)),
            ("milestone", Some(id)) => Self::Milestone(id.to_owned()),
            _ => return None,
        };
        words.next().is_none().then_some(name)
    }
}

/// What a marker comment says.
enum Marker<'a> {
    Begin(&'a str),
    End,
}

/// Reads a document. Faulty markers are told, and their regions left as they are.
pub fn read(path: Arc<str>, text: String, report: &mut Report) -> Doc {
    let regions = if text.contains("roadbook:") { regions(&path, &text, report) } else { Vec::new() };
    Doc { path, text, regions }
}

fn regions(path: &Arc<str>, text: &str, report: &mut Report) -> Vec<Region> {
    let place = |range: &Range<usize>| Place::bytes(Arc::clone(path), range.clone());
    let mut broken = |range: &Range<usize>, message: &str, help: &str| {
        report.push(Diagnostic::new("broken-region", place(range), message).help(help));
    };
    let (mut regions, mut unknown) = (Vec::<Region>::new(), Vec::new());
    let mut open: Option<(&str, Range<usize>)> = None;
    let outline = markdown::read(text);
    for comment in &outline.comments {
        match (marker(&comment.text), open.take()) {
            (None, before) => open = before,
            (Some(Marker::Begin(name)), None) => open = Some((name, comment.range.clone())),
            (Some(Marker::Begin(name)), Some((outer, begin))) => {
                let message = format!("the region `{name}` begins inside the region `{outer}`");
                broken(&comment.range, &message, "regions do not nest: end the first one with `<!-- roadbook:end -->`");
                open = Some((outer, begin));
            }
            (Some(Marker::End), None) => {
                broken(&comment.range, "a region ends here that does not begin", "remove the marker, or begin the region");
            }
            (Some(Marker::End), Some((name, begin))) => match RegionName::parse(name) {
                Some(name) => regions.push(Region { name, inside: begin.end..comment.range.start, begin }),
                None => unknown.push((name, begin)),
            },
        }
    }
    if let Some((name, begin)) = open {
        broken(&begin, &format!("the region `{name}` does not end"), "end it with `<!-- roadbook:end -->`");
    }
    for (name, begin) in unknown {
        let found = Diagnostic::new("unknown-region", place(&begin), format!("there is no region `{name}`"));
        report.push(found.help(format!("the regions are {}", RegionName::KNOWN)));
    }
    doubled(path, &mut regions, report);
    regions
}

/// The same region twice in one document is a mistake of copying more often than a wish.
fn doubled(path: &Arc<str>, regions: &mut Vec<Region>, report: &mut Report) {
    let mut kept = Vec::<Region>::new();
    for region in regions.drain(..) {
        if let Some(first) = kept.iter().find(|kept| kept.name == region.name) {
            let place = Place::bytes(Arc::clone(path), region.begin.clone());
            report.push(
                Diagnostic::new("broken-region", place, "this document has the same region twice")
                    .help("keep one of the two")
                    .related(Place::bytes(Arc::clone(path), first.begin.clone()), "first begun here"),
            );
        } else {
            kept.push(region);
        }
    }
    *regions = kept;
}

fn marker(comment: &str) -> Option<Marker<'_>> {
    let said = comment.strip_prefix("roadbook:")?;
    match said.strip_prefix("begin") {
        Some(name) => Some(Marker::Begin(name.trim())),
        None => (said.trim() == "end").then_some(Marker::End),
    }
}
