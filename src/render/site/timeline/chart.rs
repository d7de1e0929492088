//! Groups and their issues as rows over days, and what the page leaves to others.

use serde::Serialize;

use super::groups::{Groups, Head, more};
use crate::{
    facts::StatusCounts,
    model::IssueIx,
    render::{
        picture::lanes::{Group, Lanes, Mark, STATUSES},
        site::{PageContext, known::Extent},
        status::StatusView,
    },
    words::say,
};

/// The rows of the page.
#[derive(Debug, Serialize)]
pub(super) struct Chart<'a> {
    /// SVG: the names of days.
    days: String,
    /// SVG: the lines behind all rows.
    grid: String,
    /// How many years it is long, at most; it sets how wide a quarter and a month are shown.
    years: i64,
    /// What the rows are, as `Milestones and their issues (open ones)`.
    rows: String,
    groups: Vec<GroupView<'a>>,
    /// Whether it shows when issues began, since nothing is due.
    begun: bool,
    marks: Vec<Mark>,
    /// How many issues that began stand so, where it shows that.
    counts: Vec<CountView>,
}

#[derive(Debug, Serialize)]
struct CountView {
    status: StatusView,
    count: usize,
}

#[derive(Debug, Serialize)]
struct GroupView<'a> {
    /// Where links lead on the page.
    anchor: String,
    #[serde(flatten)]
    head: Head<'a>,
    /// SVG: the arrows behind its rows; empty where none passes.
    behind: String,
    /// SVG.
    lane: String,
    issues: Vec<IssueView<'a>>,
    /// How many issues have no row here; empty where all have one.
    more: String,
}

#[derive(Debug, Serialize)]
struct IssueView<'a> {
    /// Empty where it only repeats the title.
    id: &'a str,
    title: &'a str,
    link: String,
    /// `None` where nobody says how anything stands.
    status: Option<StatusView>,
    /// SVG.
    lane: String,
}

/// The rows of these groups; `None` where nothing has a day.
pub(super) fn chart<'a>(here: &PageContext<'a>, of: Groups<'a>) -> Option<Chart<'a>> {
    let Groups { groups, heads, rows, open_only, name } = of;
    let lanes = Lanes::new(here.roadmap, here.facts, super::baseline(here), &groups, here.known().due)?;
    let views = heads.into_iter().zip(groups.iter().zip(&rows)).enumerate();
    let views =
        views.map(|(at, (head, (group, rows)))| view(here, &lanes, at, head, more(here, group, rows), rows));
    let begun = lanes.shows_begun();
    Some(Chart {
        days: lanes.head(),
        grid: lanes.grid(),
        years: lanes.years(),
        rows: if open_only && here.known().states != Extent::None {
            say!("{} (open ones)", name)
        } else {
            name
        },
        groups: views.collect(),
        begun,
        marks: lanes.marks(rows.iter().flatten().copied()),
        counts: if begun { counts(here, &groups) } else { Vec::new() },
    })
}

/// How many issues that have a start date stand so.
fn counts(here: &PageContext<'_>, groups: &[Group]) -> Vec<CountView> {
    let begun = groups.iter().flat_map(|group| &group.issues);
    let begun = begun.filter(|ix| here.roadmap.issues[ix.0].begins().is_some());
    let counts = StatusCounts::of(begun.map(|ix| here.facts.issue(*ix).status));
    let counted = STATUSES
        .map(|status| CountView { status: StatusView::of(here.facts, status), count: counts.get(status) });
    counted.into_iter().filter(|view| view.count > 0).collect()
}

fn view<'a>(
    here: &PageContext<'a>,
    lanes: &Lanes<'_>,
    at: usize,
    head: Head<'a>,
    more: String,
    rows: &[IssueIx],
) -> GroupView<'a> {
    GroupView {
        anchor: format!("row-{}", at + 1),
        head,
        behind: lanes.behind(at),
        lane: lanes.group(at),
        issues: rows.iter().map(|ix| issue(here, lanes, *ix)).collect(),
        more,
    }
}

fn issue<'a>(here: &PageContext<'a>, lanes: &Lanes<'_>, ix: IssueIx) -> IssueView<'a> {
    let issue = &here.roadmap.issues[ix.0];
    IssueView {
        id: issue.own_id(),
        title: issue.short_title(),
        link: here.issue(ix),
        status: StatusView::said_of(here.facts, here.facts.issue(ix).status),
        lane: lanes.issue(ix),
    }
}
