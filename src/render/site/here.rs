//! One page's eyes: what it is made of, where it stands, and the way from there to every other page.

use super::SitePlaces;
use crate::{
    facts::Facts,
    model::{IssueIx, LabelIx, MilestoneIx, Roadmap, Target},
    render::{PagePath, Renderer},
};

/// What a page is made of, seen from where it stands.
pub(super) struct PageContext<'a> {
    /// Templates and assets.
    pub(super) renderer: &'a Renderer,
    /// The public roadmap.
    pub(super) roadmap: &'a Roadmap,
    /// What follows from the public roadmap.
    pub(super) facts: &'a Facts,
    /// Where the pages lie.
    pub(super) places: &'a SitePlaces,
    /// The page's path inside the site.
    pub(super) inside: &'a str,
    /// The way from the page to the site's folder: empty, or `../`.
    pub(super) root: &'a str,
}

impl<'a> PageContext<'a> {
    /// What the page at this path is made of; `None` where there is no site.
    pub(super) fn new(renderer: &'a Renderer, path: &'a PagePath) -> Option<Self> {
        let places = renderer.site.as_ref()?;
        let (roadmap, facts) = renderer.public();
        let inside = path.as_str().strip_prefix(places.folder()).unwrap_or(path.as_str());
        let inside = inside.strip_prefix('/').unwrap_or(inside);
        let root = if inside.contains('/') { "../" } else { "" };
        Some(Self { renderer, roadmap, facts, places, inside, root })
    }

    /// The address of a page or file, by its path inside the site.
    pub(super) fn to(&self, inside: &str) -> String {
        [self.root, inside].concat()
    }

    /// The address of an issue's page.
    pub(super) fn issue(&self, ix: IssueIx) -> String {
        let id = self.roadmap.issues[ix.0].id.key();
        // From one issue to the next the folder goes without saying.
        match self.inside.starts_with("issues/") && !self.root.contains(':') {
            true => ["i-", id, ".html"].concat(),
            false => [self.root, "issues/i-", id, ".html"].concat(),
        }
    }

    /// The address of a milestone's page.
    pub(super) fn milestone(&self, ix: MilestoneIx) -> String {
        self.to(&self.places.milestone(self.roadmap, ix, 0))
    }

    /// The address of an item's page.
    pub(super) fn item(&self, item: Target) -> String {
        match item {
            Target::Milestone(ix) => self.milestone(ix),
            Target::Issue(ix) => self.issue(ix),
        }
    }

    /// The address of a label's page.
    pub(super) fn label(&self, ix: LabelIx) -> String {
        self.to(&self.places.label(ix, 0))
    }

    /// The address at which the site is published, ending in `/`; empty where nobody says.
    pub(super) fn url(&self) -> String {
        url_of(self.roadmap)
    }

    /// The address of the repository on GitHub; empty where there is none.
    pub(super) fn repository_url(&self) -> String {
        self.roadmap.repository.as_ref().map(|name| format!("https://github.com/{name}")).unwrap_or_default()
    }
}

/// The address at which a roadmap's site is published, ending in `/`; empty where nobody says.
pub(super) fn url_of(roadmap: &Roadmap) -> String {
    match roadmap.site.url.as_deref().map(str::trim).filter(|url| is_web(url)) {
        Some(url) if url.ends_with('/') => url.to_owned(),
        Some(url) => format!("{url}/"),
        None => String::new(),
    }
}

/// Whether an address is one of the web: others could run code where they are followed.
pub(super) fn is_web(url: &str) -> bool {
    let scheme =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    scheme("https://") || scheme("http://")
}
