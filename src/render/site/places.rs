//! Where the website's pages lie, and how they link to each other.
//!
//! Every address comes from a lasting id, never from a title. Inside the site an address is written from the site's own
//! folder (`issues/i-db-001.html`); a page puts its way to that folder (`../`) before it.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    DataFile, GraphOf, SitePage, TimelineOf,
    body::Names,
    cuts::{board_parts, issue_files, table_parts},
    data::sitemaps,
    frame::edit_url,
};
use crate::{
    facts::Facts,
    model::{IssueIx, LabelIx, MilestoneIx, Roadmap, Target},
    render::{
        PagePath, Part,
        picture::graph::{has_closed, has_own},
        search::SearchIndex,
        updates,
    },
    source::joined,
};

/// How many rows of issues stand on one page.
pub(super) const MOST_ROWS: usize = 90;

/// How many labels stand on one page.
pub(super) const MOST_LABELS: usize = 150;

/// How many steps of the implementation guide stand on one page.
const MOST_STEPS: usize = 100;

/// How many milestones stand on one page of the timeline.
pub(super) const MOST_MILESTONES: usize = 50;

/// Where every page of the site lies.
#[derive(Debug, Clone)]
pub(crate) struct SitePlaces {
    /// The site's folder, from the root.
    folder: String,
    /// For each label its part of the address, behind a `#`.
    labels: Arc<[Box<str>]>,
    /// The items that a text can name.
    names: Names,
    /// For each file of the source where it can be edited; empty where nobody says.
    edit_urls: Vec<String>,
}

impl SitePlaces {
    /// Gives every page its place; `None` where the site is switched off. `labels` are the anchors of its labels.
    pub(crate) fn new(roadmap: &Roadmap, labels: Arc<[Box<str>]>) -> Option<Self> {
        Some(Self {
            folder: roadmap.outputs.site.clone()?,
            labels,
            names: Names::new(roadmap),
            edit_urls: roadmap.files.iter().map(|file| edit_url(roadmap, file)).collect(),
        })
    }

    /// Where a file of the source can be edited; empty where nobody says.
    pub(super) fn edit_url(&self, file: usize) -> &str {
        self.edit_urls.get(file).map_or("", String::as_str)
    }

    /// The folder of the site, from the root.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// The items that a text can name.
    pub(super) fn names(&self) -> &Names {
        &self.names
    }

    /// A file of the site, by its path inside it.
    pub(crate) fn path(&self, inside: &str) -> PagePath {
        PagePath::new(joined(&self.folder, inside))
    }

    /// The path of a page inside the site. `assets` are the names of the assets; `search` is needed for its own files.
    pub(crate) fn inside(
        &self,
        roadmap: &Roadmap,
        assets: &[&str],
        search: Option<&SearchIndex>,
        page: &SitePage,
    ) -> String {
        match page {
            SitePage::Overview => "index.html".into(),
            SitePage::Board(part) => board(part.number),
            SitePage::Table(part) => table(part.number),
            SitePage::Timeline(of) => timeline_of(roadmap, of),
            SitePage::Graph(GraphOf::Open) => "graph.html".into(),
            SitePage::Graph(GraphOf::All) => "graph-all.html".into(),
            SitePage::Graph(GraphOf::Milestone(ix)) => self.graph_of(roadmap, *ix),
            SitePage::Milestone(ix, part) => self.milestone(roadmap, *ix, part.number),
            SitePage::Unplanned(part) => unplanned(part.number),
            SitePage::Issue(ix) => self.issue(roadmap, *ix),
            SitePage::Labels(part) => labels(part.number),
            SitePage::Label(ix, part) => self.label(*ix, part.number),
            SitePage::Search => "search.html".into(),
            SitePage::SearchIndex(file) => search.map(|search| search.path(*file)).unwrap_or_default(),
            SitePage::Phases(part) => phases(part.number),
            SitePage::Changes(part) => changes(part.number),
            SitePage::Feed => "feed.atom".into(),
            SitePage::NotFound => "404.html".into(),
            SitePage::Alias(ix) => {
                let alias = &roadmap.aliases[*ix];
                match alias.to {
                    Target::Milestone(_) => format!("milestones/m-{}.html", alias.was.key()),
                    Target::Issue(_) => format!("issues/i-{}.html", alias.was.key()),
                }
            }
            SitePage::Asset(ix) => assets[*ix].to_owned(),
            SitePage::Data(file) => data(roadmap, *file),
        }
    }

    /// An issue's page.
    pub(crate) fn issue(&self, roadmap: &Roadmap, ix: IssueIx) -> String {
        ["issues/i-", roadmap.issues[ix.0].id.key(), ".html"].concat()
    }

    /// A part of a milestone's page.
    pub(crate) fn milestone(&self, roadmap: &Roadmap, ix: MilestoneIx, part: usize) -> String {
        numbered(&["milestones/m-", roadmap.milestones[ix.0].id.key()].concat(), part)
    }

    /// A part of a label's page.
    pub(crate) fn label(&self, ix: LabelIx, part: usize) -> String {
        // Its slug ends in `~2` where two names come to the same, so that a part is told by another mark.
        let stem = ["labels/", self.label_slug(ix)].concat();
        if part == 0 { format!("{stem}.html") } else { format!("{stem}+{}.html", part + 1) }
    }

    /// An item's page.
    pub(crate) fn item(&self, roadmap: &Roadmap, item: Target) -> String {
        match item {
            Target::Milestone(ix) => self.milestone(roadmap, ix, 0),
            Target::Issue(ix) => self.issue(roadmap, ix),
        }
    }

    /// What a label is called in addresses and in style sheets, as `l-area-db`.
    pub(crate) fn label_slug(&self, ix: LabelIx) -> &str {
        &self.labels[ix.0][1..]
    }

    /// A milestone's graph, where each has its own.
    pub(crate) fn graph_of(&self, roadmap: &Roadmap, ix: MilestoneIx) -> String {
        ["graph-m-", roadmap.milestones[ix.0].id.key(), ".html"].concat()
    }
}

/// A file for machines.
fn data(roadmap: &Roadmap, file: DataFile) -> String {
    match file {
        DataFile::Badge(None) => "badges/progress.svg".into(),
        DataFile::Badge(Some(ix)) => ["badges/m-", roadmap.milestones[ix.0].id.key(), ".svg"].concat(),
        DataFile::Issues(file) => format!("data/issues-{file}.js"),
        DataFile::NoJekyll => ".nojekyll".into(),
        DataFile::Roadmap => "roadmap.json".into(),
        DataFile::Calendar => "roadmap.ics".into(),
        DataFile::Sitemap(0) => "sitemap.xml".into(),
        DataFile::Sitemap(part) => format!("sitemap~{part}.xml"),
        DataFile::Robots => "robots.txt".into(),
        DataFile::Llms => "llms.txt".into(),
    }
}

/// A part of the board.
pub(super) fn board(part: usize) -> String {
    numbered("board", part)
}

/// A page of the timeline.
pub(super) fn timeline_of(roadmap: &Roadmap, of: &TimelineOf) -> String {
    match of {
        TimelineOf::Milestones(part) => numbered("timeline", part.number),
        TimelineOf::Labels(_, key) => format!("timeline-by-{key}.html"),
        TimelineOf::People => "timeline-by-people.html".into(),
        TimelineOf::Milestone(ix, part) => {
            numbered(&["timeline-m-", roadmap.milestones[ix.0].id.key()].concat(), part.number)
        }
    }
}

/// A part of the issues without a milestone.
pub(super) fn unplanned(part: usize) -> String {
    numbered("unplanned", part)
}

/// A part of the table.
pub(super) fn table(part: usize) -> String {
    numbered("table", part)
}

/// A part of the labels.
pub(super) fn labels(part: usize) -> String {
    numbered("labels", part)
}

/// A part of the implementation guide.
pub(super) fn phases(part: usize) -> String {
    numbered("phases", part)
}

/// A part of what has changed.
pub(super) fn changes(part: usize) -> String {
    numbered("changes", part)
}

/// A part of a page that goes on: `~` cannot stand in an id, so that no part has another item's name.
fn numbered(stem: &str, part: usize) -> String {
    if part == 0 { [stem, ".html"].concat() } else { format!("{stem}~{}.html", part + 1) }
}

/// All pages of the site in the order in which people meet them. Without `search`, its pages and the site maps, which
/// count them, are left out. `rest` is how many assets there are, the pages of the timeline and those of what has changed.
pub(super) fn kinds(
    roadmap: &Roadmap,
    facts: &Facts,
    search: Option<&SearchIndex>,
    rest: (usize, Vec<SitePage>, Vec<SitePage>),
) -> Vec<SitePage> {
    let (assets, timelines, history) = rest;
    let mut kinds = vec![SitePage::Overview];
    kinds.extend(board_parts(facts).into_iter().map(SitePage::Board));
    kinds.extend(table_parts(roadmap).into_iter().map(SitePage::Table));
    kinds.extend(timelines);
    kinds.push(SitePage::Graph(GraphOf::Open));
    if has_closed(roadmap, facts) {
        kinds.push(SitePage::Graph(GraphOf::All));
    }
    items(roadmap, facts, &mut kinds);
    if !roadmap.phases.is_empty() {
        let steps = super::phases::steps(roadmap).count();
        kinds.extend(Part::split(steps, MOST_STEPS).map(SitePage::Phases));
    }
    kinds.extend(history);
    if let Some(search) = search {
        kinds.push(SitePage::Search);
        kinds.extend((0..search.files()).map(SitePage::SearchIndex));
    }
    kinds.push(SitePage::NotFound);
    kinds.extend(aliases(roadmap).map(SitePage::Alias));
    kinds.extend((0..assets).map(SitePage::Asset));
    let maps = search.map(|_| sitemaps(roadmap, &kinds)).unwrap_or_default();
    kinds.extend(files(roadmap).chain(maps).map(SitePage::Data));
    kinds
}

/// The pages of milestones, issues and labels.
fn items(roadmap: &Roadmap, facts: &Facts, kinds: &mut Vec<SitePage>) {
    for (ix, milestone) in roadmap.milestones() {
        let issues = &facts.milestone(ix).issues;
        if has_own(roadmap, facts, ix) {
            kinds.push(SitePage::Graph(GraphOf::Milestone(ix)));
        }
        let updates = updates::parts(milestone).len();
        let parts = Part::split_beside(issues.len(), MOST_ROWS, updates);
        kinds.extend(parts.map(|part| SitePage::Milestone(ix, part)));
    }
    if !facts.unplanned.is_empty() {
        kinds.extend(rows(&facts.unplanned).map(SitePage::Unplanned));
    }
    kinds.extend(roadmap.issues().map(|(ix, _)| SitePage::Issue(ix)));
    if !roadmap.labels.is_empty() {
        kinds.extend(Part::split(roadmap.labels.len(), MOST_LABELS).map(SitePage::Labels));
    }
    for (ix, _) in roadmap.labels() {
        kinds.extend(rows(&facts.label(ix).issues).map(|part| SitePage::Label(ix, part)));
    }
}

/// The files for machines but the site maps.
fn files(roadmap: &Roadmap) -> impl Iterator<Item = DataFile> {
    let files = [DataFile::NoJekyll, DataFile::Roadmap, DataFile::Calendar, DataFile::Robots, DataFile::Llms];
    let issues = (0..issue_files(roadmap)).map(DataFile::Issues);
    let badges = roadmap.milestones().map(|(ix, _)| DataFile::Badge(Some(ix)));
    files.into_iter().chain(issues).chain([DataFile::Badge(None)]).chain(badges)
}

/// The parts of a list of issues in the order of the source.
fn rows(issues: &[IssueIx]) -> impl Iterator<Item = Part> {
    let keys: Vec<_> = issues.iter().map(|ix| ix.0.to_be_bytes()).collect();
    Part::by_key(&keys, MOST_ROWS).into_iter()
}

/// The aliases, each former id once.
fn aliases(roadmap: &Roadmap) -> impl Iterator<Item = usize> {
    let mut seen = BTreeSet::new();
    (0..roadmap.aliases.len()).filter(move |ix| seen.insert(roadmap.aliases[*ix].was.key()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_page_are_numbered_from_the_second() {
        assert_eq!(numbered("timeline", 0), "timeline.html");
        assert_eq!(numbered("milestones/m-a", 1), "milestones/m-a~2.html");
    }
}
