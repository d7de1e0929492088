//! Milestones and their issues as rows over days: what the page folds, and what it leaves to a milestone's own page.

use serde::Serialize;

use crate::{
    data::with_dropped,
    facts::{Progress, Status, StatusCounts},
    model::{IssueIx, MilestoneIx, When},
    render::{
        picture::lanes::{Group, Lanes, Mark, STATUSES},
        site::{Here, progress, words::StatusView},
    },
};

/// How many issues have a row on one page, and how many elements the rows of a page may be.
const MOST_ISSUES: usize = 200;
const MOST_ELEMENTS: usize = 2_400;

/// How many elements the row of an issue is, and that of a milestone with its row in the table, or more.
const OF_ISSUE: usize = 11;
const OF_MILESTONE: usize = 32;

/// The rows of the page.
#[derive(Debug, Serialize)]
pub(super) struct Chart<'a> {
    /// SVG: the names of days.
    days: String,
    /// SVG: the lines behind all rows.
    grid: String,
    /// How many years it is long, at most; it sets how wide a quarter and a month are shown.
    years: i64,
    groups: Vec<GroupView<'a>>,
    /// Whether only open issues have rows.
    open_only: bool,
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
    /// Empty for the issues without a milestone.
    id: &'a str,
    title: &'a str,
    link: String,
    status: Option<StatusView>,
    /// How far it has come, and when it is due.
    line: String,
    /// SVG: the arrows behind its rows; empty where none passes.
    behind: String,
    /// SVG.
    lane: String,
    is_open: bool,
    issues: Vec<IssueView<'a>>,
    /// How many issues have no row here; empty where all have one.
    more: String,
}

#[derive(Debug, Serialize)]
struct IssueView<'a> {
    id: &'a str,
    title: &'a str,
    link: String,
    status: StatusView,
    /// SVG.
    lane: String,
}

/// The rows of these milestones, and of the issues without one where `unplanned` says so; `None` where nothing has a day.
pub(super) fn chart<'a>(here: &Here<'a>, milestones: &[MilestoneIx], unplanned: bool) -> Option<Chart<'a>> {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let mut groups: Vec<_> = milestones.iter().map(|ix| group(here, *ix)).collect();
    let has_day = |ix: &IssueIx| {
        let issue = &roadmap.issues[ix.0];
        issue.begins().or(issue.due_on).is_some()
    };
    if unplanned && facts.unplanned.iter().any(has_day) {
        groups.push(Group { milestone: None, issues: facts.unplanned.clone() });
    }
    let lanes = Lanes::new(roadmap, facts, super::baseline(here), &groups, here.known().due)?;
    let all: usize = groups.iter().map(|group| group.issues.len()).sum();
    let room = MOST_ELEMENTS.saturating_sub(OF_MILESTONE * groups.len());
    let mut left = MOST_ISSUES.min(room / OF_ISSUE);
    let open_only = lanes.shows_begun() || all > left;
    let mut shown = Vec::new();
    let views = groups.iter().enumerate().map(|(at, group)| {
        let rows = rows(here, group, open_only, &mut left);
        shown.extend(rows.iter().copied());
        view(here, &lanes, at, group, &rows)
    });
    let views: Vec<_> = views.collect();
    let begun = lanes.shows_begun();
    let counts = if begun { counts(here, &groups) } else { Vec::new() };
    Some(Chart {
        days: lanes.head(),
        grid: lanes.grid(),
        years: lanes.years(),
        groups: views,
        open_only,
        begun,
        marks: lanes.marks(shown.into_iter()),
        counts,
    })
}

fn group(here: &Here<'_>, ix: MilestoneIx) -> Group {
    Group { milestone: Some(ix), issues: here.facts.milestone(ix).issues.clone() }
}

/// How many issues that have a start day stand so.
fn counts(here: &Here<'_>, groups: &[Group]) -> Vec<CountView> {
    let begun = groups.iter().flat_map(|group| &group.issues);
    let begun = begun.filter(|ix| here.roadmap.issues[ix.0].begins().is_some());
    let counts = StatusCounts::of(begun.map(|ix| here.facts.issue(*ix).status));
    let counted = STATUSES.map(|status| CountView { status: status.into(), count: counts.get(status) });
    counted.into_iter().filter(|view| view.count > 0).collect()
}

/// The issues of a group that have rows, by the days on which they begin.
fn rows(here: &Here<'_>, group: &Group, open_only: bool, left: &mut usize) -> Vec<IssueIx> {
    let is_shown = |ix: &IssueIx| !open_only || !here.facts.issue(*ix).status.is_closed();
    let mut rows: Vec<_> = group.issues.iter().copied().filter(is_shown).collect();
    let day = |ix: &IssueIx| {
        let issue = &here.roadmap.issues[ix.0];
        issue.begins().and_then(When::first).or_else(|| issue.due_on.and_then(When::last))
    };
    rows.sort_by_key(|ix| (day(ix).is_none(), day(ix), *ix));
    rows.truncate(*left);
    *left -= rows.len();
    rows
}

fn view<'a>(here: &Here<'a>, lanes: &Lanes<'_>, at: usize, group: &Group, rows: &[IssueIx]) -> GroupView<'a> {
    let milestone = group.milestone.map(|ix| (ix, &here.roadmap.milestones[ix.0]));
    let facts = group.milestone.map(|ix| here.facts.milestone(ix));
    let whole = Progress::of(here.roadmap, group.issues.iter().copied());
    let mut line = facts.map_or_else(|| progress::words(&whole), |facts| progress::words(&facts.progress));
    let due = milestone.and_then(|(_, milestone)| milestone.known_due_on());
    let due = due.map(|due| if due.is_later() { "due later".into() } else { format!("due {due}") });
    if let Some(due) = due.or_else(|| Some("no due day".into()).filter(|_| milestone.is_some())) {
        line = if line.is_empty() { due } else { format!("{line} · {due}") };
    }
    GroupView {
        anchor: format!("row-{}", at + 1),
        id: milestone.map(|(_, milestone)| milestone.id.as_str()).unwrap_or_default(),
        title: milestone.map(|(_, milestone)| milestone.title.as_str()).unwrap_or_default(),
        link: match milestone {
            Some((ix, _)) => here.milestone(ix),
            None => here.to("unplanned.html"),
        },
        status: facts.map(|facts| facts.status.into()),
        line,
        behind: lanes.behind(at),
        lane: lanes.group(at),
        is_open: facts.is_some_and(|facts| facts.status == Status::InProgress) && !lanes.shows_begun(),
        issues: rows.iter().map(|ix| issue(here, lanes, *ix)).collect(),
        more: more(here, group, rows),
    }
}

/// How many issues of a group have no row, and how they stand.
fn more(here: &Here<'_>, group: &Group, rows: &[IssueIx]) -> String {
    let shown: std::collections::BTreeSet<_> = rows.iter().collect();
    let left: Vec<_> = group.issues.iter().filter(|ix| !shown.contains(ix)).collect();
    let count =
        |is: &dyn Fn(Status) -> bool| left.iter().filter(|ix| is(here.facts.issue(***ix).status)).count();
    let (done, dropped) =
        (count(&|status| status == Status::Done), count(&|status| status == Status::Dropped));
    let open = left.len() - done - dropped;
    let parts = [(open, "open"), (done, "done")].into_iter().filter(|(count, _)| *count > 0);
    let parts: Vec<_> = parts.map(|(count, words)| format!("{count} {words}")).collect();
    match left.len() {
        0 => String::new(),
        1 => format!("1 more issue: {}", with_dropped(parts.join(", "), dropped)),
        all => format!("{all} more issues: {}", with_dropped(parts.join(", "), dropped)),
    }
}

fn issue<'a>(here: &Here<'a>, lanes: &Lanes<'_>, ix: IssueIx) -> IssueView<'a> {
    let issue = &here.roadmap.issues[ix.0];
    IssueView {
        id: issue.id.as_str(),
        title: issue.short_title(),
        link: here.issue(ix),
        status: here.facts.issue(ix).status.into(),
        lane: lanes.issue(ix),
    }
}
