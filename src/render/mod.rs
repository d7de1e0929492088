//! From a roadmap to pages. A page is a value: where it lies and what it is; its bytes are made on demand.
//!
//! `build`, `check` and every preview consume the same list of pages, so that they cannot disagree. Pages are made in
//! parallel and dropped at once: memory is in proportion to the source, never to the output.

pub mod docs;
pub mod picture;

mod engine;
mod path;
mod places;
mod provenance;

use std::ops::Range;

pub use engine::{BUILT_IN, Engine, Override};
pub use path::PagePath;
pub use places::Places;
pub use provenance::provenance;

use crate::{
    facts::Facts,
    model::{MilestoneIx, Roadmap},
    report::{Diagnostic, Report},
    source::Doc,
};

/// One file that the source makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it lies.
    pub path: PagePath,
    /// What it is.
    pub kind: PageKind,
}

/// What a page is, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageKind {
    /// SUMMARY.md.
    Summary,
    /// A milestone's page, or a part of it where it is long.
    Milestone(MilestoneIx, Part),
    /// LABELS.md.
    Labels,
    /// A hand-written document with its regions filled: an index into the documents.
    Doc(usize),
}

/// A part of a page that is too long for one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which part, from 0.
    pub number: usize,
    /// How many parts there are.
    pub count: usize,
    /// Which of the milestone's issues stand in it, by their place in the milestone.
    pub issues: Range<usize>,
}

/// What pages are made of: one generation of the roadmap, with what follows from it and the templates.
#[derive(Debug)]
pub struct Renderer {
    /// The roadmap.
    pub roadmap: Roadmap,
    /// What follows from it.
    pub facts: Facts,
    /// The compiled templates.
    pub engine: Engine,
    /// The hand-written documents.
    pub docs: Vec<Doc>,
    /// Where everything lies.
    pub places: Places,
}

impl Renderer {
    /// Makes ready to render.
    pub fn new(roadmap: Roadmap, facts: Facts, engine: Engine, docs: Vec<Doc>) -> Self {
        let places = Places::new(&roadmap, &facts);
        Self { roadmap, facts, engine, docs, places }
    }

    /// The regions of the hand-written documents that show nothing.
    pub fn unknown_regions(&self) -> Report {
        let regions = self.docs.iter().flat_map(|doc| doc.regions.iter().map(move |region| (doc, region)));
        let mut report = Report::default();
        regions
            .filter_map(|(doc, region)| docs::Shows::resolve(&self.roadmap, doc, region).err())
            .for_each(|found| report.push(found));
        report
    }

    /// All pages, in the order of their paths' kinds: summary, milestones, labels, documents.
    pub fn pages(&self) -> Vec<Page> {
        let mut pages = Vec::new();
        let mut page =
            |path: Option<&PagePath>, kind| pages.extend(path.map(|path| Page { path: path.clone(), kind }));
        page(self.places.summary.as_ref(), PageKind::Summary);
        for (ix, _) in self.roadmap.milestones() {
            for part in self.places.parts(ix) {
                page(self.places.milestone(ix, part.number).as_ref(), PageKind::Milestone(ix, part.clone()));
            }
        }
        page(self.places.labels.as_ref(), PageKind::Labels);
        for (ix, doc) in self.docs.iter().enumerate().filter(|(_, doc)| !doc.regions.is_empty()) {
            page(Some(&PagePath::new(&*doc.path)), PageKind::Doc(ix));
        }
        pages
    }

    /// Makes the bytes of a page, after whatever `out` holds.
    ///
    /// # Errors
    /// Where a template fails on it.
    pub fn bytes(&self, page: &Page, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        match &page.kind {
            PageKind::Summary => docs::summary(self, &page.path, out),
            PageKind::Milestone(ix, part) => docs::milestone(self, &page.path, *ix, part, out),
            PageKind::Labels => docs::labels(self, &page.path, out),
            PageKind::Doc(ix) => docs::regions(self, &page.path, &self.docs[*ix], out),
        }
    }
}
