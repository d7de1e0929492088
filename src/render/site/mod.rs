//! The website: one file per kind of page, each with the flat view that its template gets, and the page that it makes.
//!
//! Everything here is made of [`Renderer::public`] alone, so that nothing can tell what is kept out of the site. Views
//! are an interface: a member is added freely and taken away only with a new minor version. Templates escape every value
//! but those that a view calls HTML, which come from [`crate::markdown`] or from the pictures.

mod alias;
mod apart;
mod asset;
mod bars;
mod board;
mod body;
mod changes;
mod cuts;
mod data;
mod drawn;
mod filter;
mod flow;
mod frame;
mod graph;
mod grouping;
mod here;
mod hint;
mod issue;
mod known;
mod label;
mod labels;
mod lead;
mod milestone;
mod milestone_table;
mod named;
mod not_found;
mod once;
mod overview;
mod people;
mod phases;
mod places;
mod progress;
mod room;
mod rows;
mod say;
mod search;
mod slips;
mod table;
mod timeline;
mod unplanned;
mod words;

#[cfg(test)]
mod tests;

use super::clean::escaped;
use super::status::StatusView;
pub use graph::GraphOf;
pub(super) use once::FragmentCache;
pub(crate) use places::SitePlaces;

use serde::Serialize;

use super::{Comment, Fragment, Page, PageKind, PagePath, Part, Renderer, search::SearchIndex};
use crate::{
    model::{IssueIx, LabelIx, MilestoneIx},
    report::Diagnostic,
};
use here::PageContext;

/// What a file of the website is, and of what: indexes are those of the public roadmap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SitePage {
    /// The page that people come to first.
    Overview,
    /// Every issue by how it stands, or a part of them.
    Board(Part),
    /// Every issue in a table, or a part of them.
    Table(Part),
    /// The issues in time, by milestones or by something else.
    Timeline(TimelineOf),
    /// What waits for what.
    Graph(GraphOf),
    /// A milestone, or a part of its issues.
    Milestone(MilestoneIx, Part),
    /// The issues that belong to no milestone.
    Unplanned(Part),
    /// An issue.
    Issue(IssueIx),
    /// All labels, or a part of them.
    Labels(Part),
    /// A label, or a part of the issues that have it.
    Label(LabelIx, Part),
    /// The search.
    Search,
    /// A script of the search index: an index into its files.
    SearchIndex(usize),
    /// The implementation guide, or a part of its steps.
    Phases(Part),
    /// What has changed, or a part of it; only in a website with its history.
    Changes(Part),
    /// The same as an Atom feed.
    Feed,
    /// What a reader sees who asked for a page that is not there.
    NotFound,
    /// The page of a former id, which leads on: an index into the aliases.
    Alias(usize),
    /// A file that pages load: an index into the engine's assets.
    Asset(usize),
    /// A file for machines.
    Data(DataFile),
}

/// What the rows of a page of the timeline are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimelineOf {
    /// The milestones, or a part of them.
    Milestones(Part),
    /// The labels of a group: its place among those that tell most issues apart, and what it is called in addresses.
    Labels(usize, Box<str>),
    /// Those who are named on issues.
    People,
    /// The open issues of one milestone that has no room for them elsewhere, or a part of them.
    Milestone(MilestoneIx, Part),
}

impl TimelineOf {
    /// Which part of its rows the page has; `None` where there are none.
    pub(super) fn part(&self) -> Option<&Part> {
        match self {
            Self::Milestones(part) | Self::Milestone(_, part) => Some(part),
            Self::Labels(..) | Self::People => None,
        }
    }
}

/// A file for machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// `.nojekyll`: GitHub Pages publishes the files as they are.
    NoJekyll,
    /// `roadmap.json`: the roadmap as data.
    Roadmap,
    /// `roadmap.ics`: the due dates as a calendar.
    Calendar,
    /// `sitemap.xml`, or one of the maps that it lists where one could not hold all pages: those count from 1.
    Sitemap(usize),
    /// `data/issues-0.js` and those after it: all issues, for the script that filters them.
    Issues(usize),
    /// `robots.txt`.
    Robots,
    /// `llms.txt`.
    Llms,
    /// `badges/progress.svg`, or the badge of a milestone: how far the work is.
    Badge(Option<MilestoneIx>),
}

/// All pages of the website; none where it is switched off.
pub(super) fn pages(renderer: &Renderer) -> Vec<Page> {
    if renderer.site.is_none() {
        return Vec::new();
    }
    // Every issue's page asks for it: no thread shall wait for the one that asks first.
    renderer.named();
    listed(renderer, Some(renderer.search()))
}

/// The pages of the website in their order; without `search`, those that can be listed before every text was read.
pub(super) fn listed(renderer: &Renderer, search: Option<&SearchIndex>) -> Vec<Page> {
    let Some(places) = &renderer.site else { return Vec::new() };
    let (roadmap, facts) = renderer.public();
    let assets: Vec<_> = renderer.engine.assets().map(|(name, _)| name).collect();
    let history = changes::kinds(renderer);
    let rest = (assets.len(), timeline::kinds(renderer), history);
    let kinds = places::kinds(roadmap, facts, search, rest);
    let page = |kind: SitePage| Page {
        path: places.path(&places.inside(roadmap, &assets, search, &kind)),
        kind: PageKind::Site(kind),
    };
    kinds.into_iter().map(page).collect()
}

/// Makes the bytes of a page, after whatever `out` holds.
pub(super) fn bytes(
    renderer: &Renderer,
    path: &PagePath,
    page: &SitePage,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let Some(here) = PageContext::new(renderer, path) else { return Ok(()) };
    out.extend_from_slice(Comment::of(path).mark(here.roadmap).as_bytes());
    match page {
        SitePage::Overview => overview::overview(&here, out),
        SitePage::Board(part) => board::board(&here, part, out),
        SitePage::Table(part) => table::table(&here, part, out),
        SitePage::Timeline(of) => timeline::timeline(&here, of, out),
        SitePage::Graph(of) => graph::graph(&here, *of, out),
        SitePage::Milestone(ix, part) => milestone::milestone(&here, *ix, part, out),
        SitePage::Unplanned(part) => unplanned::unplanned(&here, part, out),
        SitePage::Issue(ix) => issue::issue(&here, *ix, out),
        SitePage::Labels(part) => labels::labels(&here, part, out),
        SitePage::Label(ix, part) => label::label(&here, *ix, part, out),
        SitePage::Search => search::search(&here, out),
        SitePage::SearchIndex(file) => {
            out.extend_from_slice(renderer.search().text(*file, here.roadmap, here.facts).as_bytes());
            Ok(())
        }
        SitePage::Phases(part) => phases::phases(&here, part, out),
        SitePage::Changes(part) => changes::changes(&here, part, out),
        SitePage::Feed => changes::feed(&here, out),
        SitePage::NotFound => not_found::not_found(&here, out),
        SitePage::Alias(ix) => alias::alias(&here, *ix, out),
        SitePage::Asset(ix) => {
            asset::asset(&here, *ix, out);
            Ok(())
        }
        SitePage::Data(file) => {
            data::data(&here, *file, out);
            Ok(())
        }
    }
}

/// Renders a view by its template; the page ends with one line end.
fn write(
    here: &PageContext<'_>,
    template: &str,
    view: &impl Serialize,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    here.renderer.engine.render_in(here.site()?, template, view, out)?;
    let end = out.trim_ascii_end().len();
    out.truncate(end);
    out.push(b'\n');
    Ok(())
}
