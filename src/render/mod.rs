//! From a roadmap to pages. A page is a value: where it lies and what it is; its bytes are made on demand.
//!
//! `build`, `check` and every preview consume the same list of pages, so that they cannot disagree. Pages are made in
//! parallel and dropped at once: memory is in proportion to the source, never to the output.

pub(crate) mod docs;
pub(crate) mod picture;
pub(crate) mod search;
pub(crate) mod site;

mod changes;
mod clean;
mod engine;
mod mark;
mod part;
mod path;
mod places;
mod provenance;
mod said;
mod script;
mod status;
mod updates;

use std::{
    collections::BTreeSet,
    mem::{Discriminant, discriminant},
    sync::OnceLock,
};

pub(crate) use changes::{ChangeDay, ChangeLine, Changes, WorkFlow};
pub use engine::{BUILT_IN, Engine};
pub(crate) use engine::{Fragment, Override, our_templates};
pub(crate) use mark::{Comment, KEPT, is_marked, source_name};
pub(crate) use part::Part;
pub(crate) use path::PagePath;
pub(crate) use places::Places;
pub(crate) use provenance::{Changed, provenance};
pub use site::SitePage;
pub(crate) use site::SitePlaces;

use crate::{
    facts::Facts,
    model::{MilestoneIx, Roadmap, folded},
    report::{Diagnostic, Report},
    source::Doc,
    words,
};

/// One file that the source makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it lies.
    pub(crate) path: PagePath,
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
    /// A file of the website. Its indexes are those of the public roadmap, see [`Renderer::public`].
    Site(SitePage),
}

impl PageKind {
    /// Whether a template makes it: all but files that are copied or written by the program alone, which cannot fail.
    pub(crate) fn has_template(&self) -> bool {
        !matches!(self, Self::Site(SitePage::Asset(_) | SitePage::Data(_) | SitePage::SearchIndex(_)))
    }

    /// What tells pages of one template from those of another.
    pub(crate) fn sort(&self) -> (Discriminant<Self>, Option<Discriminant<SitePage>>) {
        let inner = match self {
            Self::Site(page) => Some(discriminant(page)),
            _ => None,
        };
        (discriminant(self), inner)
    }
}

/// What pages are made of: one generation of the roadmap, with what follows from it and the templates.
#[derive(Debug)]
pub struct Renderer {
    /// The roadmap.
    pub(crate) roadmap: Roadmap,
    /// What follows from it.
    pub(crate) facts: Facts,
    /// The compiled templates.
    pub(crate) engine: Engine,
    /// The hand-written documents.
    pub(crate) docs: Vec<Doc>,
    /// What the program says of itself, where a document shows it.
    pub(crate) reference: docs::Reference,
    /// Where everything lies.
    pub(crate) places: Places,
    /// Where the pages of the website lie; `None` where it is switched off.
    pub(crate) site: Option<SitePlaces>,
    /// What has changed, where the website tells of it; what is committed never does.
    pub(crate) changes: Option<Changes>,
    /// The roadmap with names that pages of the website can repeat, where some are too long for that.
    cut: Option<Box<Roadmap>>,
    /// The roadmap as the public sees it, where that is not the whole.
    public: Option<Box<(Roadmap, Facts)>>,
    /// What the website's search knows, made when it is first asked for.
    search: OnceLock<search::SearchIndex>,
    /// The parts that many pages of the website show.
    made_once: site::FragmentCache,
}

impl Renderer {
    /// Makes ready to render.
    pub fn new(roadmap: Roadmap, facts: Facts, engine: Engine, docs: Vec<Doc>) -> Self {
        let places = Places::new(&roadmap, &facts);
        let has_site = roadmap.outputs.site.is_some();
        let cut = if has_site { roadmap.with_cut_names() } else { None };
        let shown = cut.as_deref().unwrap_or(&roadmap);
        let public = (has_site && holds_internal(shown, &facts)).then(|| public(shown, &facts));
        let (site, made_once) = {
            let (roadmap, anchors) = match public.as_deref() {
                Some((public, _)) => (public, places::label_anchors(public)),
                None => (shown, places.labels_anchors()),
            };
            (SitePlaces::new(roadmap, anchors), site::FragmentCache::new(roadmap))
        };
        let (reference, search) = (docs::Reference::default(), OnceLock::new());
        Self {
            roadmap,
            facts,
            engine,
            docs,
            reference,
            places,
            site,
            cut,
            public,
            changes: None,
            search,
            made_once,
        }
    }

    /// The same with what the program says of itself, if a document shows that.
    #[must_use]
    pub(crate) fn with_reference(self, reference: impl FnOnce() -> docs::Reference) -> Self {
        let is_asked_for = self.docs.iter().any(docs::Reference::is_asked_for);
        if is_asked_for { Self { reference: reference(), ..self } } else { self }
    }

    /// The same, whose website tells what has changed.
    #[must_use]
    pub(crate) fn telling(self, changes: Changes) -> Self {
        Self { changes: Some(changes), ..self }
    }

    /// The roadmap as the public sees it, and what follows from that alone. The website is made of nothing else.
    pub(crate) fn public(&self) -> (&Roadmap, &Facts) {
        match self.public.as_deref() {
            Some((roadmap, facts)) => (roadmap, facts),
            None => (self.cut.as_deref().unwrap_or(&self.roadmap), &self.facts),
        }
    }

    /// Whether anything is kept out of the website.
    pub(crate) fn has_internal(&self) -> bool {
        self.public.is_some()
    }

    /// What the website's search knows.
    pub(crate) fn search(&self) -> &search::SearchIndex {
        self.search.get_or_init(|| {
            let (roadmap, facts) = self.public();
            search::SearchIndex::new(roadmap, facts)
        })
    }

    /// The regions of the hand-written documents that show nothing.
    pub(crate) fn unknown_regions(&self) -> Report {
        let regions = self.docs.iter().flat_map(|doc| doc.regions.iter().map(move |region| (doc, region)));
        let mut report = Report::default();
        regions
            .filter_map(|(doc, region)| docs::Shows::resolve(&self.roadmap, doc, region).err())
            .for_each(|found| report.push(found));
        report
    }

    /// All pages, in the order of their kinds: summary, milestones, labels, documents, the website.
    pub fn pages(&self) -> Vec<Page> {
        let mut pages = self.documents();
        pages.extend(site::pages(self));
        pages
    }

    /// The same without the website.
    pub(crate) fn documents(&self) -> Vec<Page> {
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
        pages.extend(self.regions(&pages));
        pages
    }

    /// The hand-written documents with regions. What stands in the way of a page is none: two pages would be written in
    /// one place.
    fn regions(&self, pages: &[Page]) -> Vec<Page> {
        let docs = self.docs.iter().enumerate().filter(|(_, doc)| !doc.regions.is_empty());
        let docs: Vec<_> =
            docs.map(|(ix, doc)| Page { path: PagePath::new(&*doc.path), kind: PageKind::Doc(ix) }).collect();
        if docs.is_empty() {
            return docs;
        }
        let taken: BTreeSet<_> = pages.iter().map(|page| folded(page.path.as_str())).collect();
        docs.into_iter().filter(|doc| !taken.contains(&folded(doc.path.as_str()))).collect()
    }

    /// The pages of the website alone.
    pub(crate) fn site_pages(&self) -> Vec<Page> {
        site::pages(self)
    }

    /// The same without the search and the site maps: these are counted out of every text, which takes its time.
    #[cfg(feature = "serve")]
    pub(crate) fn site_pages_but_search(&self) -> Vec<Page> {
        site::listed(self, None)
    }

    /// Makes the summary without links and without the mark: as people write one, to be held against theirs.
    ///
    /// # Errors
    /// Where a template fails on it.
    pub(crate) fn plain_summary(&self, path: &PagePath, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let _words = self.engine.words();
        let _form = words::markdown();
        docs::plain_summary(self, path, out)
    }

    /// Makes the bytes of a page, after whatever `out` holds.
    ///
    /// # Errors
    /// Where a template fails on it.
    pub fn bytes(&self, page: &Page, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
        let _words = self.engine.words();
        let _form = (!matches!(page.kind, PageKind::Site(_))).then(words::markdown);
        match &page.kind {
            PageKind::Summary => docs::summary(self, &page.path, out),
            PageKind::Milestone(ix, part) => docs::milestone(self, &page.path, *ix, part, out),
            PageKind::Labels => docs::labels(self, &page.path, out),
            PageKind::Doc(ix) => docs::regions(self, &page.path, &self.docs[*ix], out),
            PageKind::Site(kind) => site::bytes(self, &page.path, kind, out),
        }
    }
}

/// A roadmap as the public sees it, and what follows from that alone.
pub(crate) fn publicly(roadmap: Roadmap, facts: Facts) -> (Roadmap, Facts) {
    if holds_internal(&roadmap, &facts) { *public(&roadmap, &facts) } else { (roadmap, facts) }
}

/// Whether anything is kept out of the website.
fn holds_internal(roadmap: &Roadmap, facts: &Facts) -> bool {
    roadmap.milestones.iter().any(|milestone| milestone.internal)
        || roadmap.labels.iter().any(|label| label.internal)
        || facts.issues.iter().any(|issue| issue.internal)
}

fn public(roadmap: &Roadmap, facts: &Facts) -> Box<(Roadmap, Facts)> {
    let public = roadmap.public(|ix| facts.issue(ix).internal);
    let public_facts = Facts::derive(&public, facts.as_of);
    Box::new((public, public_facts))
}
