//! An issue's page: everything that is known of it.

use crate::render::status::StatusView;
use crate::words::{self, say, word};
use serde::Serialize;
use serde_json::Value;

use super::{
    Fragment, PageContext,
    frame::{Frame, NavLink},
    rows::{self, ItemView, Items, issue_item, issue_items},
    words::{DueView, and_more, due, planned},
    write,
};
use crate::{
    facts::Status,
    model::{Elsewhere, Issue, IssueIx, Target, fields::ISSUE},
    render::{
        picture::graph::{GraphInput, draw_alone},
        said::{self, Fact},
    },
    report::Diagnostic,
};

/// How many of those that name an issue are shown; the rest is a count.
const MOST_NAMED: usize = 12;

/// What `site/issue.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The user's own data.
    extra: &'a Value,
    id: &'a str,
    /// The title without its id; the id where that is blank.
    title: &'a str,
    /// `None` where nobody says.
    status: Option<StatusView>,
    /// Whether any fact beside its labels is known.
    has_facts: bool,
    /// As `completed`, or that it was due to begin; empty where nobody says.
    #[serde(serialize_with = "words::serialize")]
    reason: &'static str,
    /// Whether its plan contradicts itself.
    broken: bool,
    /// What its days say, in sentences: that it cannot be done by its due date, or comes too late for others.
    notes: Vec<String>,
    milestone: Option<Fragment>,
    parent: Option<ItemView<'a>>,
    /// What it is a part of, where that is in another repository.
    parent_elsewhere: Option<ElsewhereView<'a>>,
    assignees: &'a [String],
    /// GitHub's issue type.
    kind: &'a str,
    /// What is shown as it is, as its estimate.
    facts: Vec<Fact>,
    /// The tasks in its body, as `7 of 12 ticked`; empty where there are none.
    tasks: String,
    /// How many of a hundred are ticked; 0 where none is.
    ticked: usize,
    /// Those whose texts name it.
    named_by: Vec<NamedView<'a>>,
    /// `and 3 more` of them; empty where all are shown.
    more_named: String,
    start: String,
    /// As `2026-11-20`: when work on it began; empty where nobody says.
    begun: String,
    due: DueView,
    /// As `2026-11-20`, where the due date moved since; else empty.
    planned: String,
    closed: String,
    labels: Vec<Fragment>,
    waits_for: Items<'a>,
    /// What it waits for in other repositories.
    waits_elsewhere: Vec<ElsewhereView<'a>>,
    needed_by: Items<'a>,
    /// SVG: what is around it; empty where nothing is joined to it.
    around: String,
    children: Items<'a>,
    /// HTML.
    body: Fragment,
    /// Where the repository's issues of this title are found; empty where there is no repository.
    github_url: String,
}

/// An issue that names this one.
#[derive(Debug, Serialize)]
struct NamedView<'a> {
    /// Its id, or its title where the id repeats that.
    name: &'a str,
    title: &'a str,
    link: String,
}

/// An issue in another repository.
#[derive(Debug, Serialize)]
struct ElsewhereView<'a> {
    /// What it is called: `owner/name#4`.
    name: &'a str,
    /// What the last snapshot says of it, in words.
    #[serde(serialize_with = "words::serialize")]
    state: &'static str,
    /// Its page on GitHub.
    link: String,
}

impl<'a> NamedView<'a> {
    fn of(here: &PageContext<'a>, ix: IssueIx) -> Self {
        let issue = &here.roadmap.issues[ix.0];
        Self { name: issue.short_name(), title: issue.short_title(), link: here.issue(ix) }
    }
}

impl<'a> From<&'a Elsewhere> for ElsewhereView<'a> {
    fn from(of: &'a Elsewhere) -> Self {
        Self { name: &of.text, state: of.state_words(), link: of.name.url() }
    }
}

/// Makes an issue's page.
pub(super) fn issue(here: &PageContext<'_>, ix: IssueIx, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    write(here, "site/issue.html", &view(here, ix)?, out)
}

fn view<'a>(here: &PageContext<'a>, ix: IssueIx) -> Result<View<'a>, Diagnostic> {
    let (issue, facts) = (&here.roadmap.issues[ix.0], here.facts.issue(ix));
    let (tasks, named_by) = (here.known().tasks[ix.0], here.named().by(ix));
    Ok(View {
        page: frame(here, ix)?,
        extra: issue.extra.shown(),
        id: issue.id.as_str(),
        title: rows::title(issue),
        status: StatusView::of_issue(here.facts, issue, facts.status),
        has_facts: has_facts(here, ix),
        reason: match issue.known_reason() {
            Some(reason) => reason.words(),
            // A start date that has come is a plan, and no beginning.
            None if facts.status == Status::InProgress && !issue.is_begun() => word!("due to have begun"),
            None => "",
        },
        broken: facts.broken,
        notes: here.facts.bounds.notes(here.roadmap, Target::Issue(ix)),
        milestone: issue.milestone.get().map(|ix| here.milestone_item(*ix)).transpose()?,
        parent: issue.parent.get().map(|ix| issue_item(here, *ix)),
        parent_elsewhere: issue.parent_elsewhere.as_deref().map(ElsewhereView::from),
        assignees: issue.assignees(),
        kind: issue.kind.get().map(String::as_str).unwrap_or_default(),
        facts: said::facts(issue),
        tasks: tasks.words(),
        ticked: tasks.percent(),
        named_by: named_by.iter().take(MOST_NAMED).map(|ix| NamedView::of(here, *ix)).collect(),
        more_named: and_more(named_by.len(), MOST_NAMED),
        start: issue.start_on.map(|day| day.to_string()).unwrap_or_default(),
        begun: issue.begun_on.map(|day| day.to_string()).unwrap_or_default(),
        due: due(here, issue.due_on, facts.status, facts.overdue, facts.slip),
        planned: planned(issue.planned_due_on, facts.slip),
        closed: issue.known_closed_on().map(|day| day.to_string()).unwrap_or_default(),
        labels: issue.labels().iter().map(|label| here.chip(label.to)).collect::<Result<_, _>>()?,
        waits_for: issue_items(here, issue.blocked_by().iter().map(|link| link.to)),
        waits_elsewhere: issue.blocked_elsewhere.iter().map(|link| (&link.to).into()).collect(),
        needed_by: issue_items(here, facts.needed_by.iter().copied()),
        around: around(here, ix),
        children: issue_items(here, facts.children.iter().copied()),
        body: body(here, issue),
        github_url: github_url(here, issue),
    })
}

/// What stands around the page's content: it lies below its milestone, between its neighbours there.
fn frame<'a>(here: &PageContext<'a>, ix: IssueIx) -> Result<Frame<'a>, Diagnostic> {
    let issue = &here.roadmap.issues[ix.0];
    let milestone = issue.milestone.get().copied();
    let of = milestone.map_or(&here.roadmap.title, |ix| &here.roadmap.milestones[ix.0].title);
    let description = say!("{}, an issue of {}.", issue.title, of);
    let frame = Frame::new(here, issue.title.clone(), description)?.of_file(here, issue.origin.file)?;
    let frame = match milestone {
        Some(milestone) => frame.below_milestone(here, milestone)?,
        None => frame.below(here, word!("Without a milestone"), "unplanned.html")?,
    };
    let (previous, next) = neighbours(here, ix);
    Ok(frame.between(previous, next))
}

/// Whether any fact beside its labels is known.
fn has_facts(here: &PageContext<'_>, ix: IssueIx) -> bool {
    let issue = &here.roadmap.issues[ix.0];
    StatusView::of_issue(here.facts, issue, here.facts.issue(ix).status).is_some()
        || issue.milestone.get().is_some()
        || issue.parent.get().is_some()
        || issue.parent_elsewhere.is_some()
        || !issue.assignees().is_empty()
        || issue.known_closed_on().is_some()
        || ISSUE.iter().any(|field| (field.said)(issue).is_some())
        || here.known().tasks[ix.0].all > 0
        || !here.named().by(ix).is_empty()
}

fn body(here: &PageContext<'_>, issue: &Issue) -> Fragment {
    let text = issue.body.get().map(|body| below_title(body, issue));
    Fragment::html(&here.body(text, issue.id.key(), 2))
}

/// A body without a first heading that only says the title again.
fn below_title<'b>(body: &'b str, issue: &Issue) -> &'b str {
    let text = body.trim_start_matches(['\n', '\r']);
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    let words = line[level..].trim().trim_end_matches('#').trim_end();
    let is_heading = (1..=6).contains(&level) && line[level..].starts_with([' ', '\t']);
    let is_said = [issue.title.as_str(), issue.short_title()].iter().any(|title| title.trim() == words);
    if is_heading && is_said { rest } else { body }
}

/// What an issue waits for and what waits for it, as a picture; its text is in the lists of the page.
fn around(here: &PageContext<'_>, ix: IssueIx) -> String {
    if here.roadmap.issues[ix.0].blocked_by().is_empty() && here.facts.issue(ix).needed_by.is_empty() {
        return String::new();
    }
    draw_alone(&GraphInput::around(here.roadmap, here.facts, ix, &|item| here.item(item)))
}

/// The issues before and after it in its milestone, in the order of work, as the milestone's page lists them.
fn neighbours<'a>(here: &PageContext<'a>, ix: IssueIx) -> (Option<NavLink<'a>>, Option<NavLink<'a>>) {
    let (siblings, place) = match here.roadmap.issues[ix.0].milestone.get() {
        Some(milestone) => (here.in_order_of_work(*milestone), here.place_in_work(ix)),
        // They stand in the order of the source.
        None => {
            let all = &here.facts.unplanned[..];
            (all, all.partition_point(|other| *other < ix))
        }
    };
    let way = |place: Option<usize>| Some(NavLink::to_issue(here, *siblings.get(place?)?));
    (way(place.checked_sub(1)), way(Some(place + 1)))
}

/// Where its issue is found in the repository: by the marker that `apply` leaves in its body.
fn github_url(here: &PageContext<'_>, issue: &Issue) -> String {
    let repository = here.repository_url();
    if repository.is_empty() {
        repository
    } else {
        format!("{repository}/issues?q=%22roadbook%3Aid%3D{}%22", issue.id)
    }
}
