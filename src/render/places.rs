//! Which page shows what: links are made from these, so that they cannot be dead.

use std::sync::Arc;

use super::{PagePath, Part, updates};
use crate::{
    facts::Facts,
    model::{Issue, IssueIx, LabelIx, Milestone, MilestoneIx, Roadmap},
    source::joined,
};

/// Past how many bytes a milestone's page begins another part. GitHub cuts a file's view at 512,000 bytes; what Markdown
/// adds to the texts of a page stays well below the difference.
const PART_BYTES: usize = 250_000;

/// The longest body that a page shows whole, in bytes: 65,536 characters, which is what GitHub takes.
const MOST_BODY_BYTES: usize = 4 * 65_536;

/// What an ordinary issue's entry takes beside its title and body, in bytes; where it has more links, labels and people than
/// that holds, what it takes without them, what each link takes beside its ids, and what a label takes beside its name.
const ENTRY_BYTES: usize = 600;
const BARE_BYTES: usize = 300;
const LINK_BYTES: usize = 50;
const LABEL_BYTES: usize = 60;

/// How many items a list on a milestone's page links to, of those that an item waits for and of those that need it; the rest is a
/// count. It is how many blockers GitHub takes.
pub(super) const MOST_LINKS: usize = 50;

/// Where every item is shown.
#[derive(Debug, Clone)]
pub(crate) struct Places {
    /// SUMMARY.md.
    pub(crate) summary: Option<PagePath>,
    /// LABELS.md.
    pub(crate) labels: Option<PagePath>,
    /// The parts of each milestone's page.
    parts: Vec<Vec<Part>>,
    /// Where each of them lies; nothing where there are no such pages.
    pages: Vec<Vec<PagePath>>,
    /// For each issue the milestone, and the part of its page, that shows it.
    issues: Vec<Option<(MilestoneIx, usize)>>,
    /// For each issue its anchor, behind a `#`.
    anchors: Vec<Box<str>>,
    /// For each label its anchor, behind a `#`.
    labels_anchors: Arc<[Box<str>]>,
}

impl Places {
    /// Gives everything its place.
    pub(crate) fn new(roadmap: &Roadmap, facts: &Facts) -> Self {
        let mut issues = vec![None; roadmap.issues.len()];
        let (mut parts, mut pages) = (Vec::new(), Vec::new());
        let outputs = &roadmap.outputs;
        for (ix, milestone) in roadmap.milestones() {
            let members = &facts.milestone(ix).issues;
            let split = split(roadmap, facts, ix);
            for part in &split {
                members[part.issues.clone()]
                    .iter()
                    .for_each(|issue| issues[issue.0] = Some((ix, part.number)));
            }
            let place =
                |part: &Part| Some(page(outputs.milestones.as_ref()?, milestone.id.key(), part.number));
            pages.push(split.iter().filter_map(place).collect());
            parts.push(split);
        }
        Self {
            summary: outputs.summary.as_ref().map(PagePath::new),
            labels: outputs.labels.as_ref().map(PagePath::new),
            parts,
            pages,
            issues,
            anchors: roadmap.issues.iter().map(|issue| ["#i-", issue.id.key()].concat().into()).collect(),
            labels_anchors: label_anchors(roadmap),
        }
    }

    /// The parts of a milestone's page; at least one.
    pub(crate) fn parts(&self, ix: MilestoneIx) -> &[Part] {
        &self.parts[ix.0]
    }

    /// Where a part of a milestone's page lies.
    pub(crate) fn milestone(&self, ix: MilestoneIx, part: usize) -> Option<PagePath> {
        self.page(ix, part).cloned()
    }

    fn page(&self, ix: MilestoneIx, part: usize) -> Option<&PagePath> {
        self.pages[ix.0].get(part)
    }

    /// The anchor of an issue on the page that shows it.
    pub(crate) fn issue_anchor(&self, ix: IssueIx) -> &str {
        &self.anchors[ix.0][1..]
    }

    /// The anchors of all labels, behind a `#`.
    pub(super) fn labels_anchors(&self) -> Arc<[Box<str>]> {
        Arc::clone(&self.labels_anchors)
    }

    /// The anchor of a label in LABELS.md.
    pub(crate) fn label_anchor(&self, ix: LabelIx) -> &str {
        &self.labels_anchors[ix.0][1..]
    }

    /// The link from a page to a milestone's; empty where there is none.
    pub(crate) fn link_to_milestone(&self, from: &PagePath, ix: MilestoneIx) -> String {
        self.page(ix, 0).map(|to| from.link_to(to)).unwrap_or_default()
    }

    /// The link from a page to the place of an issue; empty where no page shows it.
    pub(crate) fn link_to_issue(&self, from: &PagePath, ix: IssueIx) -> String {
        let to = self.issues[ix.0].and_then(|(milestone, part)| self.page(milestone, part));
        to.map(|to| link(from, to, &self.anchors[ix.0])).unwrap_or_default()
    }

    /// The link from a page to a label; empty where there is none.
    pub(crate) fn link_to_label(&self, from: &PagePath, ix: LabelIx) -> String {
        self.labels.as_ref().map(|to| link(from, to, &self.labels_anchors[ix.0])).unwrap_or_default()
    }
}

/// A part of a milestone's page. `~` cannot stand in an id, so that no part has another milestone's name.
fn page(folder: &str, key: &str, part: usize) -> PagePath {
    let name = if part == 0 { format!("m-{key}.md") } else { format!("m-{key}~{}.md", part + 1) };
    PagePath::new(joined(folder, &name))
}

/// The link to an anchor (behind its `#`), which on the page itself is the anchor alone.
fn link(from: &PagePath, to: &PagePath, anchor: &str) -> String {
    if from == to { anchor.to_owned() } else { from.link_to_part(to, anchor) }
}

/// Splits a milestone's issues and updates so that no page grows past what GitHub shows.
fn split(roadmap: &Roadmap, facts: &Facts, ix: MilestoneIx) -> Vec<Part> {
    let (milestone, issues) = (&roadmap.milestones[ix.0], &facts.milestone(ix).issues);
    let mut updates =
        updates::parts(milestone).into_iter().map(|part| part.into_iter().map(updates::bytes).sum::<usize>());
    let mut bytes = about(milestone) + updates.next().unwrap_or_default();
    let mut ends = Vec::new();
    for (place, issue) in issues.iter().enumerate() {
        let entry = entry(roadmap, facts, *issue);
        if bytes > 0 && bytes + entry > PART_BYTES {
            ends.push(place);
            bytes = updates.next().unwrap_or_default();
        }
        bytes += entry;
    }
    ends.push(issues.len());
    ends.extend(updates.map(|_| issues.len()));
    let count = ends.len();
    let starts = std::iter::once(0).chain(ends.clone());
    starts
        .zip(ends)
        .enumerate()
        .map(|(number, (start, end))| Part { number, count, issues: start..end })
        .collect()
}

/// What the first page tells of a milestone itself, in bytes.
fn about(milestone: &Milestone) -> usize {
    let texts = [milestone.description.get(), milestone.goal.as_ref()];
    texts.into_iter().flatten().map(String::len).sum()
}

/// What an issue takes on its milestone's page, in bytes: its entry and its row of the table.
fn entry(roadmap: &Roadmap, facts: &Facts, ix: IssueIx) -> usize {
    let issue = &roadmap.issues[ix.0];
    let body = issue.body.get().map_or(0, |body| body.len().min(MOST_BODY_BYTES));
    let waits = issue.blocked_by().iter().map(|link| link.to).take(MOST_LINKS);
    let needed = facts.issue(ix).needed_by.iter().copied().take(MOST_LINKS);
    let links: usize = waits.chain(needed).map(|to| link_bytes(roadmap, to)).sum();
    let elsewhere = issue.blocked_elsewhere.iter().take(MOST_LINKS);
    let elsewhere: usize = elsewhere.map(|link| LINK_BYTES + 2 * link.to.text.len()).sum();
    let beside = BARE_BYTES + links + elsewhere + twice(roadmap, issue);
    ENTRY_BYTES.max(beside) + 2 * issue.title.len() + body
}

/// What a link to an issue takes: its id as text and in the anchor, and the page of its milestone.
fn link_bytes(roadmap: &Roadmap, to: IssueIx) -> usize {
    let issue = &roadmap.issues[to.0];
    let milestone = issue.milestone.get().map_or(0, |ix| roadmap.milestones[ix.0].id.key().len());
    LINK_BYTES + 2 * issue.id.key().len() + milestone
}

/// What both the row and the entry of an issue show: its labels, as names and in anchors, and its people.
fn twice(roadmap: &Roadmap, issue: &Issue) -> usize {
    let labels = issue.labels().iter().map(|link| LABEL_BYTES + 2 * roadmap.labels[link.to.0].name.len());
    let people = issue.assignees().iter().map(|name| 2 + name.len());
    2 * labels.chain(people).sum::<usize>()
}

/// An anchor for each label, behind a `#`: `l-` and its name in plain letters, numbered where two names come to the same.
pub(super) fn label_anchors(roadmap: &Roadmap) -> Arc<[Box<str>]> {
    let anchor = |name: &str| ["#l-", &crate::model::made_id(name).to_string()].concat().into_boxed_str();
    let mut anchors: Vec<_> = roadmap.labels.iter().map(|label| anchor(&label.name)).collect();
    let mut sorted: Vec<_> = (0..anchors.len()).collect();
    sorted.sort_by(|a, b| anchors[*a].cmp(&anchors[*b]));
    let same = sorted.chunk_by(|a, b| anchors[*a] == anchors[*b]);
    let numbered = same.flat_map(|same| same.iter().zip(1..).skip(1));
    for (ix, number) in numbered.map(|(ix, number)| (*ix, number)).collect::<Vec<(usize, usize)>>() {
        anchors[ix] = format!("{}~{number}", anchors[ix]).into();
    }
    anchors.into()
}
