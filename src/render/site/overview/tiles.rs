//! The figures below the first sentence. None is shown that is not known, or is nothing.

use crate::words::{self, counted, say, word};
use serde::Serialize;

use crate::{
    data::percent,
    facts::{Status, days_words},
    model::{Issue, IssueIx},
    render::site::{
        PageContext,
        bars::BarView,
        grouping::Grouping,
        known::Extent,
        lead::{Next, late_milestones, most_waited, next_due},
    },
};

/// With fewer issues the sentence says it all.
const LEAST_ISSUES: usize = 6;

/// How many groups of labels have a bar of their own.
const MOST_GROUPS: usize = 2;

/// A figure.
#[derive(Debug, Default, Serialize)]
pub(super) struct Tile {
    /// As `44%`; empty where a bar is shown instead.
    big: String,
    /// As `Done`.
    title: String,
    /// As `138 of 311`.
    small: String,
    link: String,
    /// The class that colours it.
    class: &'static str,
    bar: Option<BarView>,
}

/// The figures.
pub(super) fn tiles(here: &PageContext<'_>) -> Vec<Tile> {
    if here.roadmap.issues.len() < LEAST_ISSUES {
        return Vec::new();
    }
    if here.known().states == Extent::None { sizes(here) } else { states(here) }
}

fn tile(big: String, title: &str, small: &str, link: String, class: &'static str) -> Tile {
    Tile { big, title: words::of(title).into_owned(), small: small.to_owned(), link, class, bar: None }
}

/// The figures of a roadmap that does not say how its issues stand.
fn sizes(here: &PageContext<'_>) -> Vec<Tile> {
    let count = |count: usize, title: &str, small: &str, link: String| {
        tile(count.to_string(), title, small, link, "")
    };
    let (milestones, issues) = (here.roadmap.milestones.len(), here.roadmap.issues.len());
    let order = say!("in the order of the roadmap");
    let range = range(here);
    let mut tiles = Vec::new();
    if milestones > 0 {
        let title = if milestones == 1 { word!("Milestone") } else { word!("Milestones") };
        tiles.push(count(milestones, title, &order, "#milestones".into()));
    }
    tiles.push(count(issues, word!("Issues"), &range.unwrap_or_default(), here.to("board.html")));
    tiles.extend(tasks(here));
    let groups = here.known().groups.iter().take(MOST_GROUPS);
    tiles.extend(groups.map(|group| spread(here, group)));
    tiles
}

/// How many issues a milestone has, as `2 to 12 a milestone`; `None` where there is none but one.
fn range(here: &PageContext<'_>) -> Option<String> {
    let of_each = || here.facts.milestones.iter().map(|facts| facts.issues.len());
    let range = of_each().min().zip(of_each().max()).filter(|_| here.facts.milestones.len() > 1);
    range.map(|(least, most)| match least == most {
        true => say!("{most} a milestone", most = most),
        false => say!("{least} to {most} a milestone", least = least, most = most),
    })
}

/// The boxes in the issues' texts; `None` where there is none.
fn tasks(here: &PageContext<'_>) -> Option<Tile> {
    let tasks = here.known().tasks_of(here.roadmap.issues().map(|(ix, _)| ix));
    let small = match tasks.ticked {
        0 => say!("boxes in the issues’ texts"),
        ticked => say!("{ticked} of them ticked", ticked = ticked),
    };
    let link = here.to("board.html");
    (tasks.all > 0).then(|| tile(tasks.all.to_string(), word!("Tasks"), &small, link, ""))
}

/// All issues by the labels of a group, as a bar.
fn spread(here: &PageContext<'_>, group: &Grouping) -> Tile {
    let sums = group.sums(here.roadmap.issues().map(|(ix, _)| ix), |_| 1.0);
    Tile {
        title: group.name.clone(),
        link: here.to("labels.html"),
        bar: Some(BarView::of_group(here, group, &sums, here.roadmap.issues.len() as f64)),
        ..Tile::default()
    }
}

/// What being in progress means here: a start date that has come is a plan, and no beginning.
fn in_progress(here: &PageContext<'_>) -> String {
    let is_planned = |(ix, issue): (IssueIx, &Issue)| {
        here.facts.issue(ix).status == Status::InProgress && !issue.is_begun()
    };
    match here.roadmap.issues().any(is_planned) {
        true => say!("begun, or due to have begun"),
        false => say!("begun and not done"),
    }
}

/// The figures of a roadmap that says how its issues stand.
fn states(here: &PageContext<'_>) -> Vec<Tile> {
    let count = |status: Status| here.known().statuses.get(status);
    let board = || here.to("board.html");
    let issues = here.facts.overdue(here.roadmap).unwrap_or_default();
    let milestones = late_milestones(here).unwrap_or_default();
    let past = match (issues, milestones) {
        (_, 0) => say!("past their due date"),
        (0, _) => say!("milestones past their due date"),
        _ => say!("{} and {}", counted(issues, "issue"), counted(milestones, "milestone")),
    };
    let dropped = here.facts.progress.dropped;
    let (done, unknown) = (done(here), here.facts.progress.unknown);
    let tiles = [
        // What may be done or open is at least there.
        number(
            if done.is_none() { unknown } else { 0 },
            if unknown == 1 { word!("Issue") } else { word!("Issues") },
            &say!("state not given"),
            board(),
            "",
        ),
        done,
        number(count(Status::InProgress), word!("In progress"), &in_progress(here), board(), "progress"),
        number(
            here.ready(&here.known().statuses),
            word!("Ready"),
            &say!("nothing in their way"),
            "#begin".into(),
            "ready",
        ),
        number(
            count(Status::Blocked),
            word!("Blocked"),
            &say!("wait for an open issue"),
            here.to("graph.html"),
            "blocked",
        ),
        number(issues + milestones, word!("Overdue"), &past, "#attention".into(), "overdue"),
        waited(here),
        cycles(here),
        number(dropped, word!("Dropped"), &say!("closed without being done"), board(), "dropped"),
        next(here),
    ];
    tiles.into_iter().flatten().collect()
}

/// A count; `None` where it is 0.
fn number(number: usize, title: &str, small: &str, link: String, class: &'static str) -> Option<Tile> {
    (number > 0).then(|| tile(number.to_string(), title, small, link, class))
}

/// How much of the work is done; `None` where of nothing that counts is the state given.
fn done(here: &PageContext<'_>) -> Option<Tile> {
    let progress = &here.facts.progress;
    if progress.closed + progress.open == 0 {
        return None;
    }
    let done = say!("{} of {}", progress.closed, progress.closed + progress.open);
    let (big, small) = match progress.percent() {
        Some(share) => (percent(share), done),
        None => (progress.closed.to_string(), say!("{done} whose state is given", done = done)),
    };
    Some(tile(big, word!("Done"), &small, here.to("board.html"), "done"))
}

/// The issue that most others wait for; `None` where no more than one does.
fn waited(here: &PageContext<'_>) -> Option<Tile> {
    let (waiting, ix) = most_waited(here).filter(|(waiting, _)| *waiting > 1)?;
    let name = here.roadmap.issues[ix.0].short_name();
    number(waiting, word!("Wait for one issue"), name, here.issue(ix), "blocked")
}

/// How many cycles there are of issues, or of milestones, that wait for each other.
fn cycles(here: &PageContext<'_>) -> Option<Tile> {
    let count = here.known().cycles.len() + here.facts.milestone_cycles.len();
    let title = if count == 1 { word!("Cycle") } else { word!("Cycles") };
    number(count, title, &say!("wait for each other"), "#attention".into(), "overdue")
}

/// The open milestone that is due next.
fn next(here: &PageContext<'_>) -> Option<Tile> {
    let Next { ix, due, is_past, left } = next_due(here)?;
    let milestone = &here.roadmap.milestones[ix.0];
    // Of one that may be done nobody knows that it is late.
    if is_past && here.facts.milestone(ix).overdue.is_none() {
        return None;
    }
    let (big, title) = match left {
        Some(left) if is_past => (days_words(-left), word!("Past due")),
        None if is_past => (due.to_string(), word!("Past due")),
        Some(0) => (say!("today"), word!("Next due")),
        Some(left) => (days_words(left), word!("Next due")),
        None if here.facts.as_of.is_some() => (due.to_string(), word!("Next due")),
        None => (due.to_string(), word!("Due first")),
    };
    Some(tile(big, title, milestone.short_name(), here.milestone(ix), "due"))
}

/// All issues by how they stand, beside their key.
pub(super) fn whole(here: &PageContext<'_>) -> Option<BarView> {
    let known = here.known();
    (known.states != Extent::None).then(|| {
        let all: Vec<_> = here.roadmap.issues().map(|(ix, _)| ix).collect();
        BarView::of_issues(here, &all, here.size_of(&all))
    })
}
