//! SUMMARY.md: the whole roadmap on one page.

mod subject;
mod table;

use crate::render::said;
use crate::words::{self, counted, say, word};
use serde::Serialize;
use serde_json::Value;
use std::borrow::Cow;

use super::{
    MOST_BYTES, document,
    labels::{TOO_MANY, may_fit as may_fit_labels},
    link,
    parts::{LabelLink, Links, label_link},
    write, write_within,
};
use crate::{
    markdown::write::Context,
    model::{
        Issue, IssueIx, Milestone, MilestoneIx, Phase, Roadmap, Section, SummaryTable, title_without_id,
    },
    render::{Fragment, PagePath, Renderer, engine::linked},
    report::Diagnostic,
};

use table::Table;

/// The template.
const TEMPLATE: &str = "markdown/SUMMARY.md";

/// What `markdown/SUMMARY.md` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    /// The user's own data.
    extra: &'a Value,
    /// What the roadmap is called.
    title: &'a str,
    /// What the first sentence calls it: `summary.subject`, else the title in lower case, but for names such as `PostgreSQL`.
    title_lower: String,
    /// `6 milestones`.
    milestone_count: String,
    /// `22 issues`.
    issue_count: String,
    /// The same as numbers.
    milestone_number: usize,
    issue_number: usize,
    /// Markdown: the head of the overview's table, in two lines.
    milestones_head: String,
    /// Markdown: the head of each table of issues.
    issues_head: String,
    /// The rows of the overview.
    milestones: Vec<MilestoneRow<'a>>,
    /// The milestones with their issues; the last one may be `Without a milestone`.
    chapters: Vec<Chapter<'a>>,
    /// The label groups that have a label.
    groups: Vec<Group<'a>>,
    /// The implementation guide.
    phases: Vec<PhaseView<'a>>,
    /// The free sections.
    sections: Vec<SectionView<'a>>,
    /// What is left out, in a sentence, where the whole would be more than GitHub shows; else empty.
    shortened: String,
}

#[derive(Debug, Serialize)]
struct MilestoneRow<'a> {
    /// Its place in the list, from 1.
    place: usize,
    title: &'a str,
    /// Markdown in one line.
    description: &'a str,
    issue_number: usize,
    link: String,
    /// Markdown: the row, with the columns that `summary.columns` names.
    row: String,
}

#[derive(Debug, Serialize)]
struct Chapter<'a> {
    title: Cow<'a, str>,
    /// Markdown.
    goal: &'a str,
    link: String,
    issues: Vec<IssueRow<'a>>,
    issue_number: usize,
    issue_count: String,
}

#[derive(Debug, Serialize)]
struct IssueRow<'a> {
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
    /// Markdown: its id, linked, in a cell.
    linked: String,
    labels: Vec<Fragment>,
    /// Markdown: the row, with the columns that `summary.columns` names.
    row: String,
}

#[derive(Debug, Serialize)]
struct Group<'a> {
    title: Cow<'a, str>,
    labels: Vec<LabelRow<'a>>,
}

#[derive(Debug, Serialize)]
struct LabelRow<'a> {
    #[serde(flatten)]
    label: LabelLink<'a>,
    /// Plain text.
    description: &'a str,
    /// `14 issues`; empty where the group does not count.
    count: String,
}

#[derive(Debug, Serialize)]
struct PhaseView<'a> {
    /// Its place in the list, from 1.
    place: usize,
    title: &'a str,
    /// `Milestones 2 & 3`; empty where it names none.
    milestones: String,
    /// Markdown.
    body: String,
}

#[derive(Debug, Serialize)]
struct SectionView<'a> {
    title: &'a str,
    /// Markdown.
    body: String,
}

/// How much of the roadmap the page tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything.
    Full,
    /// Milestones with counts and links in place of their issues.
    Counts,
    /// Totals, labels and guide alone.
    Totals,
}

impl Detail {
    fn shortened(self) -> &'static str {
        match self {
            Self::Full => "",
            Self::Counts => {
                word!(
                    "The issues stand on the milestones' pages: with them this page would be longer than GitHub shows."
                )
            }
            Self::Totals => {
                word!(
                    "The milestones stand on their own pages: with them this page would be longer than GitHub shows."
                )
            }
        }
    }
}

/// Makes SUMMARY.md: in full, or, where GitHub would not show the whole of it, with counts and links.
pub(crate) fn summary(renderer: &Renderer, path: &PagePath, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let summary = &renderer.roadmap.summary;
    let look = Look { links: summary.links.unwrap_or(true), is_marked: summary.marker.unwrap_or(true) };
    make(renderer, path, look, out)
}

/// Makes it without links and without the mark.
pub(crate) fn plain_summary(
    renderer: &Renderer,
    path: &PagePath,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    make(renderer, path, Look { links: false, is_marked: false }, out)
}

/// What the page holds beside its words.
#[derive(Debug, Clone, Copy)]
struct Look {
    /// Whether it links to other pages.
    links: bool,
    /// Whether it has the mark.
    is_marked: bool,
}

/// What the page may hold, the fullest first: the detail, and whether its labels are there.
const FORMS: [(Detail, bool); 5] = [
    (Detail::Full, true),
    (Detail::Counts, true),
    (Detail::Full, false),
    (Detail::Counts, false),
    (Detail::Totals, true),
];

fn make(renderer: &Renderer, path: &PagePath, look: Look, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let view = |form| view(renderer, path, look.links, form);
    let has_room = may_fit_labels(renderer, TEMPLATE);
    for form in FORMS {
        let may_fit = may_fit(renderer, form.0) && (has_room || !form.1);
        if may_fit && write_within(renderer, TEMPLATE, &view(form), look.is_marked, out)? {
            return Ok(());
        }
    }
    write(renderer, TEMPLATE, &view((Detail::Totals, false)), look.is_marked, out)
}

/// Whether the page may have room for all that it would tell. The built-in template has none where the titles of the milestones
/// alone are more, or the ids, titles and labels of all issues in rows of a table: then the view of them all, which is many
/// times larger than the page, need not be made.
fn may_fit(renderer: &Renderer, detail: Detail) -> bool {
    const ROW: usize = "|  |  |  |\n".len();
    let shown = |text: &str| text.bytes().filter(u8::is_ascii_graphic).count();
    let Roadmap { issues, labels, milestones, summary, .. } = &renderer.roadmap;
    let title = |milestone: &Milestone| 1 + shown(title_without_id(&milestone.title, &milestone.id));
    let titles: usize = milestones.iter().map(title).sum();
    if detail == Detail::Totals {
        return true;
    }
    if detail == Detail::Counts || titles > MOST_BYTES {
        return titles <= MOST_BYTES || !renderer.engine.is_built_in(TEMPLATE);
    }
    let names = |issue: &Issue| {
        issue.labels.get().into_iter().flatten().map(|ix| shown(&labels[ix.to.0].name)).sum::<usize>()
    };
    let row = |issue: &Issue| ROW + shown(issue.id.as_str()) + shown(issue.short_title()) + names(issue);
    // Which of a row's words are shown is not known beforehand where the source names the columns.
    let least_of = |issue: &Issue| if summary.columns.is_some() { ROW } else { row(issue) };
    let least: usize = issues.iter().map(least_of).sum();
    least <= MOST_BYTES || !renderer.engine.is_built_in(TEMPLATE)
}

fn view<'a>(
    renderer: &'a Renderer,
    path: &'a PagePath,
    links: bool,
    (detail, has_labels): (Detail, bool),
) -> View<'a> {
    let roadmap = &renderer.roadmap;
    let links = Links::new(renderer, path, Context::Cell, links);
    let [milestone_table, issue_table] = SummaryTable::ALL.map(|table| Table::new(roadmap, table));
    let page = Page { links, detail, milestone_table, issue_table };
    let milestones = if detail == Detail::Totals { &[][..] } else { &roadmap.milestones };
    let chapters =
        milestones.iter().enumerate().map(|(ix, milestone)| page.chapter(MilestoneIx(ix), milestone));
    View {
        extra: roadmap.extra.shown(),
        title: &roadmap.title,
        title_lower: roadmap.summary.subject.clone().unwrap_or_else(|| subject::of(&roadmap.title)),
        milestone_count: counted(roadmap.milestones.len(), "milestone"),
        issue_count: counted(roadmap.issues.len(), "issue"),
        milestone_number: roadmap.milestones.len(),
        issue_number: roadmap.issues.len(),
        milestones_head: page.milestone_table.head(roadmap),
        issues_head: page.issue_table.head(roadmap),
        milestones: milestones.iter().enumerate().map(|(ix, m)| page.row(MilestoneIx(ix), m)).collect(),
        chapters: chapters.chain(page.unplanned()).collect(),
        groups: if has_labels { page.groups() } else { Vec::new() },
        phases: roadmap.phases.iter().enumerate().map(|(ix, phase)| page.phase(ix, phase)).collect(),
        sections: sections(roadmap),
        shortened: [words::of(detail.shortened()), words::of(if has_labels { "" } else { TOO_MANY })]
            .join(" ")
            .trim()
            .to_owned(),
    }
}

fn sections<'a>(roadmap: &'a Roadmap) -> Vec<SectionView<'a>> {
    let view = |(ix, section): (usize, &'a Section)| SectionView {
        title: &section.title,
        body: document(section.body.as_ref(), 2, &format!("section-{}", ix + 1)),
    };
    roadmap.sections.iter().enumerate().map(view).collect()
}

/// What every part of the view is made from.
struct Page<'a> {
    links: Links<'a>,
    detail: Detail,
    milestone_table: Table,
    issue_table: Table,
}

impl<'a> Page<'a> {
    fn link_to(&self, ix: MilestoneIx) -> String {
        if self.links.is_linking {
            self.links.renderer.places.link_to_milestone(self.links.from, ix)
        } else {
            String::new()
        }
    }

    fn row(&self, ix: MilestoneIx, milestone: &'a Milestone) -> MilestoneRow<'a> {
        let link = self.link_to(ix);
        MilestoneRow {
            row: self.milestone_table.milestone(&self.links, ix, &link),
            place: ix.0 + 1,
            title: &milestone.title,
            description: milestone.description.get().map(String::as_str).unwrap_or_default(),
            issue_number: self.links.renderer.facts.milestone(ix).issues.len(),
            link,
        }
    }

    fn chapter(&self, ix: MilestoneIx, milestone: &'a Milestone) -> Chapter<'a> {
        let issues = &self.links.renderer.facts.milestone(ix).issues;
        let goal = milestone.goal.as_deref().unwrap_or_default();
        Chapter { link: self.link_to(ix), ..self.of_issues(milestone.title.as_str().into(), goal, issues) }
    }

    /// The issues that belong to no milestone: no page of theirs shows them, and none may be dropped.
    fn unplanned(&self) -> Option<Chapter<'a>> {
        let issues = &self.links.renderer.facts.unplanned;
        (!issues.is_empty())
            .then(|| self.of_issues(words::plain(|| words::of(word!("Without a milestone"))), "", issues))
    }

    fn of_issues(&self, title: Cow<'a, str>, goal: &'a str, issues: &[IssueIx]) -> Chapter<'a> {
        let shown = if self.detail == Detail::Full { issues } else { &[] };
        Chapter {
            title,
            goal,
            link: String::new(),
            issues: (1..).zip(shown).map(|(place, ix)| self.issue(place, *ix)).collect(),
            issue_number: issues.len(),
            issue_count: words::plain(|| counted(issues.len(), "issue")),
        }
    }

    fn issue(&self, place: usize, ix: IssueIx) -> IssueRow<'a> {
        let issue = &self.links.renderer.roadmap.issues[ix.0];
        let link = if self.links.is_linking {
            self.links.renderer.places.link_to_issue(self.links.from, ix)
        } else {
            String::new()
        };
        IssueRow {
            id: issue.id.as_str(),
            title: issue.short_title(),
            row: self.issue_table.issue(&self.links, place, ix, &link),
            linked: linked(issue.id.as_str(), &link, Context::Cell),
            link,
            labels: self.links.labels(issue),
        }
    }

    fn groups(&self) -> Vec<Group<'a>> {
        let roadmap = &self.links.renderer.roadmap;
        let groups = roadmap.groups.iter().filter(|group| !group.labels.is_empty());
        let row = |ix: &crate::model::LabelIx, counts: bool| LabelRow {
            label: label_link(self.links.renderer, self.links.from, *ix, self.links.is_linking),
            description: roadmap.labels[ix.0].description.get().map(String::as_str).unwrap_or_default(),
            count: if counts {
                counted(self.links.renderer.facts.label(*ix).issues.len(), "issue")
            } else {
                String::new()
            },
        };
        groups
            .map(|group| Group {
                title: said::group_title(group),
                labels: group.labels.iter().map(|ix| row(ix, group.counts)).collect(),
            })
            .collect()
    }

    fn phase(&self, ix: usize, phase: &'a Phase) -> PhaseView<'a> {
        let names: Vec<_> = phase.milestones.iter().map(|link| self.milestone_name(link.to)).collect();
        let milestones = match names.as_slice() {
            [] => String::new(),
            [one] => say!("Milestone {one}", one = one),
            [several @ .., last] => say!("Milestones {} & {}", several.join(", "), last),
        };
        let item = format!("phase-{}", ix + 1);
        PhaseView {
            place: ix + 1,
            title: &phase.title,
            milestones,
            body: document(phase.body.as_ref(), 3, &item),
        }
    }

    /// The number that a milestone's id ends in, else its place in the list, from 1.
    fn milestone_name(&self, ix: MilestoneIx) -> String {
        let number = self.links.renderer.roadmap.milestones[ix.0].id.number();
        number.map_or_else(|| (ix.0 + 1).to_string(), |number| number.to_string())
    }
}

/// The link to the summary from another page; empty where it is not made.
pub(super) fn link_to_summary(renderer: &Renderer, from: &PagePath) -> String {
    link(from, renderer.places.summary.as_ref())
}
