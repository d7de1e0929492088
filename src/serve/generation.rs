//! One state of the source, ready to make any of its pages; and what is shown of all states: the last good one.

use std::sync::{Arc, OnceLock};

use serde_json::json;
use tokio::sync::watch;

use super::Faults;
use crate::{
    render::{Page, PagePath, Renderer},
    report::Diagnostic,
};

/// What the pages that are listed later begin with, inside the site: those that are counted out of every text.
const LATE: [&str; 2] = ["search", "sitemap"];

/// A state of the source that pages can be made of.
#[derive(Debug)]
pub(crate) struct Generation {
    /// What tells it from every other, also of another run.
    pub(super) id: String,
    /// What makes its pages.
    pub(crate) renderer: Renderer,
    /// The pages that are listed at once, sorted by path.
    pages: Vec<Page>,
    /// All pages, sorted by path, once one was asked for that is not among the others.
    all: OnceLock<Vec<Page>>,
}

impl Generation {
    /// A state that is called so.
    pub(super) fn new(id: String, renderer: Renderer) -> Self {
        let pages = sorted(renderer.site_pages_but_search());
        Self { id, renderer, pages, all: OnceLock::new() }
    }

    /// The page at a path inside the site; `None` where the site has none. Nothing else is ever looked up.
    pub(super) fn page(&self, inside: &str) -> Option<&Page> {
        let path = self.renderer.site.as_ref()?.path(inside);
        let found = find(&self.pages, &path);
        if found.is_some() || !LATE.iter().any(|start| inside.starts_with(start)) {
            return found;
        }
        find(self.all.get_or_init(|| sorted(self.renderer.site_pages())), &path)
    }

    /// The bytes of a page, as `build` writes them.
    pub(super) fn bytes(&self, page: &Page) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut bytes = Vec::new();
        self.renderer.bytes(page, &mut bytes)?;
        Ok(bytes)
    }
}

fn sorted(mut pages: Vec<Page>) -> Vec<Page> {
    pages.sort_by(|one, other| one.path.cmp(&other.path));
    pages
}

fn find<'p>(pages: &'p [Page], path: &PagePath) -> Option<&'p Page> {
    pages.binary_search_by(|page| page.path.cmp(path)).ok().map(|at| &pages[at])
}

/// What is shown at a moment.
#[derive(Debug, Clone, Default)]
pub(super) struct Shown {
    /// The last state that could be shown; `None` where none could be yet.
    pub(super) generation: Option<Arc<Generation>>,
    /// Why the source as it is now cannot be.
    pub(super) faults: Option<Arc<Faults>>,
    /// Which turn of the loop it comes from.
    pub(super) turn: u64,
    /// Which of several sites it is; empty where it is the only one.
    pub(super) site: Arc<str>,
}

impl Shown {
    /// Whether the source has been read once, for better or worse.
    pub(super) fn is_known(&self) -> bool {
        self.generation.is_some() || self.faults.is_some()
    }

    /// What a page must know to see whether it is stale, and what to lay over itself.
    pub(super) fn event(&self) -> String {
        let generation = self.generation.as_ref().map_or("", |generation| &generation.id);
        let faults = self.faults.as_ref().map(|faults| json!({ "turn": self.turn, "count": faults.count(), "list": faults.list, "more": faults.more }));
        json!({ "generation": generation, "faults": faults }).to_string()
    }
}

/// What the loop of a site shows and the server sees.
pub(super) fn shown(site: &str) -> (watch::Sender<Shown>, watch::Receiver<Shown>) {
    watch::channel(Shown { site: site.into(), ..Shown::default() })
}
