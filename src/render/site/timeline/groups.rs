//! The groups of rows on a page of the timeline: milestones, labels, people; what each is called, and where it leads.

use serde::Serialize;

use super::{
    pages::{milestones, order},
    room::{self, Room},
};
use crate::render::status::StatusView;
use crate::{
    data::with_dropped,
    facts::{Progress, Status},
    model::{IssueIx, When},
    render::{
        picture::{Cell, Picture, Table, lanes::Group},
        said,
        site::{
            PageContext, TimelineOf,
            drawn::FactsView,
            grouping::Grouping,
            people::{NONE, by_person, nobody_words},
            progress,
        },
    },
    report::uri_segment,
    words::{counted, say, word},
};

/// How many people have a row; the others share one.
const MOST_PEOPLE: usize = 40;

/// The rows of a page are opened where there are no more.
const MOST_OPENED: usize = 60;

/// A group of rows: its name, and where it leads.
#[derive(Debug, Default, Serialize)]
pub(super) struct Head<'a> {
    /// What the page is called that it has; empty where it has none.
    pub(super) name: &'a str,
    pub(super) title: String,
    /// That page.
    pub(super) link: String,
    /// Where the issues are that have no row.
    pub(super) more_link: String,
    pub(super) status: Option<StatusView>,
    /// How far it has come, and when it is due.
    pub(super) line: String,
    pub(super) is_open: bool,
}

/// The groups of a page, with the issues that have rows.
pub(super) struct Groups<'a> {
    pub(super) groups: Vec<Group>,
    /// Of each group.
    pub(super) heads: Vec<Head<'a>>,
    /// Of each group.
    pub(super) rows: Vec<Vec<IssueIx>>,
    /// Whether only open issues have rows.
    pub(super) open_only: bool,
    /// What the rows are, as `Milestones and their issues`.
    pub(super) name: String,
}

/// The groups of a page; `beside` is how many elements it has beside.
pub(super) fn groups<'a>(here: &PageContext<'a>, of: &TimelineOf, beside: usize) -> Groups<'a> {
    let (name, pairs, rows) = match of {
        TimelineOf::Milestones(part) => {
            let groups = milestones(here.roadmap, here.facts, &order(here.roadmap), part);
            let heads = groups.into_iter().map(|group| (of_milestone(here, &group), group));
            (say!("Milestones and their issues"), heads.collect(), None)
        }
        TimelineOf::Labels(at, _) => {
            let group = &here.known().groups[*at];
            (say!("Issues by {}", group.prefix), labels(here, group), None)
        }
        TimelineOf::People => (say!("Issues by person"), people(here), None),
        TimelineOf::Milestone(ix, part) => {
            let group = Group { milestone: Some(*ix), issues: here.facts.milestone(*ix).issues.clone() };
            let head = Head { is_open: true, more_link: here.milestone(*ix), ..of_milestone(here, &group) };
            let open = Room::OPEN.rows(here.roadmap, here.facts, &group.issues);
            (say!("Its issues"), vec![(head, group)], Some(open[part.issues.clone()].to_vec()))
        }
    };
    let (mut heads, groups): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let is_by = matches!(of, TimelineOf::Labels(..) | TimelineOf::People);
    let (rows, open_only) = match rows {
        Some(rows) => (vec![rows], Room::OPEN.open_only),
        None => {
            let room = Room::new((here.roadmap, here.facts, here.known()), &groups, is_by, beside);
            let rows = groups.iter().map(|group| room.fitting(here.roadmap, here.facts, &group.issues));
            (rows.collect::<Vec<_>>(), room.open_only)
        }
    };
    if is_by {
        let is_open = rows.iter().map(Vec::len).sum::<usize>() <= MOST_OPENED;
        heads.iter_mut().for_each(|head| head.is_open = is_open);
    }
    Groups { groups, heads, rows, open_only, name }
}

pub(super) fn of_milestone<'a>(here: &PageContext<'a>, group: &Group) -> Head<'a> {
    let Some(ix) = group.milestone else {
        let link = here.to("unplanned.html");
        return Head {
            title: say!("Without a milestone"),
            more_link: link,
            ..of_issues(here, &group.issues)
        };
    };
    let (milestone, facts) = (&here.roadmap.milestones[ix.0], here.facts.milestone(ix));
    let due = match milestone.known_due_on() {
        Some(due) => say!("due {day}", day = said::day(due)),
        None if here.known().due => say!("no due date"),
        None => String::new(),
    };
    let words = progress::words(&facts.progress);
    Head {
        name: milestone.short_name(),
        title: milestone.title.clone(),
        link: here.milestone(ix),
        more_link: here.own_timeline(ix).unwrap_or_else(|| here.milestone(ix)),
        status: StatusView::said_of(here.facts, facts.status),
        line: [words, due].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · "),
        is_open: facts.status == Status::InProgress && here.known().due,
    }
}

fn of_issues<'a>(here: &PageContext<'_>, issues: &[IssueIx]) -> Head<'a> {
    let progress = Progress::of(here.roadmap, issues.iter().copied());
    Head { line: progress::words(&progress), more_link: here.to("table.html"), ..Head::default() }
}

/// Those groups that have a place in time.
fn in_time<'a>(
    here: &PageContext<'a>,
    all: impl Iterator<Item = (Head<'a>, Vec<IssueIx>)>,
) -> Vec<(Head<'a>, Group)> {
    all.filter(|(_, issues)| issues.iter().any(|ix| room::has_day(&here.roadmap.issues[ix.0])))
        .map(|(head, issues)| {
            (Head { line: of_issues(here, &issues).line, ..head }, Group { milestone: None, issues })
        })
        .collect()
}

fn labels<'a>(here: &PageContext<'a>, group: &'a Grouping) -> Vec<(Head<'a>, Group)> {
    let mut issues = vec![Vec::new(); group.slots.len() + 1];
    for (ix, _) in here.roadmap.issues() {
        issues[group.slot(ix).unwrap_or(group.slots.len())].push(ix);
    }
    let slots = group.slots.iter().map(|slot| match slot.label {
        Some(label) => {
            let link = here.label(label);
            let name = here.roadmap.labels[label.0].name.as_str();
            Head { name, title: slot.name.clone(), more_link: link.clone(), link, ..Head::default() }
        }
        None => {
            Head { title: slot.said().into_owned(), more_link: here.to("labels.html"), ..Head::default() }
        }
    });
    let none =
        Head { title: say!("No {}", group.prefix), more_link: here.to("table.html"), ..Head::default() };
    in_time(here, slots.chain([none]).zip(issues))
}

/// Who is named on issues, those with the most open ones first; then all others, and what has nobody.
fn people<'a>(here: &PageContext<'a>) -> Vec<(Head<'a>, Group)> {
    let nobody = here.roadmap.issues().filter(|(_, issue)| issue.assignees().is_empty());
    let nobody = nobody.map(|(ix, _)| ix).collect();
    let open =
        |issues: &[IssueIx]| issues.iter().filter(|ix| here.facts.issue(**ix).status.is_open()).count();
    let mut people: Vec<_> = by_person(here.roadmap).into_iter().collect();
    people.retain(|(_, (_, issues))| issues.iter().any(|ix| room::has_day(&here.roadmap.issues[ix.0])));
    people.sort_by_cached_key(|(key, (_, issues))| (std::cmp::Reverse(open(issues)), key.clone()));
    let rest = people.split_off(people.len().min(MOST_PEOPLE));
    let table = |key: &str| format!("{}?who={}", here.to("table.html"), uri_segment(key));
    let one = |(key, (name, issues)): (String, (&str, Vec<IssueIx>))| {
        (Head { title: name.to_owned(), more_link: table(&key), ..Head::default() }, issues)
    };
    let count = rest.len();
    let mut others: Vec<_> = rest.into_iter().flat_map(|(_, (_, issues))| issues).collect();
    others.sort_unstable();
    others.dedup();
    let others = (
        Head { title: counted(count, "other"), more_link: here.to("table.html"), ..Head::default() },
        others,
    );
    let nobody =
        (Head { title: nobody_words(here.roadmap), more_link: table(NONE), ..Head::default() }, nobody);
    in_time(here, people.into_iter().map(one).chain([others, nobody]))
}

/// What the rows of groups show, as a table.
pub(super) fn facts(here: &PageContext<'_>, groups: &Groups<'_>) -> FactsView {
    let row = |(head, group): (&Head<'_>, &Group)| {
        let issues = || group.issues.iter().map(|ix| &here.roadmap.issues[ix.0]);
        let progress = Progress::of(here.roadmap, group.issues.iter().copied());
        let begins = issues().filter_map(|issue| issue.begins()).min_by_key(|when| when.first());
        let due = issues().filter_map(|issue| issue.due_on).filter(|due| !due.is_later());
        let count = |count: usize| if count == 0 { Cell::default() } else { count.into() };
        let day = |when: Option<When>| when.map(Cell::from).unwrap_or_default();
        vec![
            Cell { text: head.title.clone(), href: head.link.clone() },
            count(group.issues.len()),
            count(progress.open),
            count(progress.closed),
            day(begins),
            day(due.max_by_key(|when| when.order())),
        ]
    };
    let rows = groups.heads.iter().zip(&groups.groups).map(row).collect();
    let columns = [
        word!("Issues with"),
        word!("Issues"),
        word!("Open"),
        word!("Done"),
        word!("The first begins"),
        word!("The last is due"),
    ];
    let caption = say!("{}: how many there are, and when they begin and end.", groups.name);
    FactsView::from(Picture { svg: String::new(), facts: Table::new(caption, &columns, rows) })
}

/// How many issues of a group have no row, and how they stand.
pub(super) fn more(here: &PageContext<'_>, group: &Group, rows: &[IssueIx]) -> String {
    let shown: std::collections::BTreeSet<_> = rows.iter().collect();
    let left: Vec<_> = group.issues.iter().filter(|ix| !shown.contains(ix)).collect();
    let count =
        |is: &dyn Fn(Status) -> bool| left.iter().filter(|ix| is(here.facts.issue(***ix).status)).count();
    let (done, dropped) =
        (count(&|status| status == Status::Done), count(&|status| status == Status::Dropped));
    let (open, unknown) = (count(&Status::is_open), count(&|status| status == Status::Unknown));
    let mut parts = Vec::new();
    parts.extend((open > 0).then(|| say!("{} open", open)));
    parts.extend((done > 0).then(|| say!("{} done", done)));
    parts.extend((unknown > 0).then(|| say!("{} unknown", unknown)));
    let noun = if rows.is_empty() { "issue" } else { "more issue" };
    match left.len() {
        0 => String::new(),
        all if all == unknown => counted(all, noun),
        all => format!("{}: {}", counted(all, noun), with_dropped(parts.join(", "), dropped)),
    }
}
