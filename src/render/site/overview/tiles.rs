//! The figures below the first sentence. None is shown that is not known, or is nothing.

use crate::words::{self, say, word};
use serde::Serialize;

use crate::{
    data::percent,
    facts::{Status, days_words},
    render::site::{
        PageContext,
        bars::BarView,
        known::Extent,
        lead::{Next, most_waited, next_due},
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

fn sizes(here: &PageContext<'_>) -> Vec<Tile> {
    let (roadmap, known) = (here.roadmap, here.known());
    let mut tiles = Vec::new();
    let of_each = || here.facts.milestones.iter().map(|facts| facts.issues.len());
    let range = of_each().min().zip(of_each().max()).map(|(least, most)| match least == most {
        true => say!("{most} a milestone", most = most),
        false => say!("{least} to {most} a milestone", least = least, most = most),
    });
    if let Some(range) = range {
        tiles.push(tile(
            roadmap.milestones.len().to_string(),
            word!("Milestones"),
            &say!("in the order of the roadmap"),
            "#milestones".into(),
            "",
        ));
        tiles.push(tile(
            roadmap.issues.len().to_string(),
            word!("Issues"),
            &range,
            here.to("board.html"),
            "",
        ));
    } else {
        tiles.push(tile(roadmap.issues.len().to_string(), word!("Issues"), "", here.to("board.html"), ""));
    }
    let tasks = known.tasks_of(roadmap.issues().map(|(ix, _)| ix));
    if tasks.all > 0 {
        let small = match tasks.ticked {
            0 => say!("boxes in the issues’ texts"),
            ticked => say!("{ticked} of them ticked", ticked = ticked),
        };
        tiles.push(tile(tasks.all.to_string(), word!("Tasks"), &small, here.to("board.html"), ""));
    }
    for group in known.groups.iter().take(MOST_GROUPS) {
        let counts = group.counts(roadmap.issues().map(|(ix, _)| ix));
        tiles.push(Tile {
            title: group.name.clone(),
            link: here.to("labels.html"),
            bar: Some(BarView::of_group(here, group, &counts, roadmap.issues.len())),
            ..Tile::default()
        });
    }
    tiles
}

fn states(here: &PageContext<'_>) -> Vec<Tile> {
    let (facts, known) = (here.facts, here.known());
    let progress = &facts.progress;
    let count = |status: Status| known.statuses.get(status);
    let mut tiles = Vec::new();
    let done = say!("{} of {}", progress.closed, progress.closed + progress.open);
    match progress.percent() {
        Some(share) => tiles.push(tile(percent(share), word!("Done"), &done, here.to("board.html"), "done")),
        None => tiles.push(tile(
            progress.closed.to_string(),
            word!("Done"),
            &say!("{done} whose state is given", done = done),
            here.to("board.html"),
            "done",
        )),
    }
    let mut number = |number: usize, title: &str, small: &str, link: String, class: &'static str| {
        if number > 0 {
            tiles.push(tile(number.to_string(), title, small, link, class));
        }
    };
    number(
        count(Status::InProgress),
        word!("In progress"),
        &say!("begun and not done"),
        here.to("board.html"),
        "progress",
    );
    number(count(Status::Ready), word!("Ready"), &say!("nothing in their way"), "#begin".into(), "ready");
    number(
        count(Status::Blocked),
        word!("Blocked"),
        &say!("wait for an open issue"),
        here.to("graph.html"),
        "blocked",
    );
    number(
        facts.overdue(here.roadmap).unwrap_or_default(),
        word!("Overdue"),
        &say!("past their due day"),
        "#attention".into(),
        "overdue",
    );
    if let Some((waiting, ix)) = most_waited(here).filter(|(waiting, _)| *waiting > 1) {
        let id = here.roadmap.issues[ix.0].id.as_str();
        number(waiting, word!("Wait for one issue"), id, here.issue(ix), "blocked");
    }
    let in_cycles = known.cycles.len() + facts.milestone_cycles.len();
    let title = if in_cycles == 1 { word!("Cycle") } else { word!("Cycles") };
    number(in_cycles, title, &say!("wait for each other"), "#attention".into(), "overdue");
    number(
        progress.dropped,
        word!("Dropped"),
        &say!("closed as not planned"),
        here.to("board.html"),
        "dropped",
    );
    tiles.extend(next(here));
    tiles
}

/// The open milestone that is due next.
fn next(here: &PageContext<'_>) -> Option<Tile> {
    let Next { ix, due, left } = next_due(here)?;
    let milestone = &here.roadmap.milestones[ix.0];
    let (big, title) = match left {
        Some(left) if left < 0 => (days_words(-left), word!("Past due")),
        Some(0) => (say!("today"), word!("Next due")),
        Some(left) => (days_words(left), word!("Next due")),
        None => (due.to_string(), word!("Next due")),
    };
    Some(tile(big, title, milestone.id.as_str(), here.milestone(ix), "due"))
}

/// All issues by how they stand, beside their key.
pub(super) fn whole(here: &PageContext<'_>) -> Option<BarView> {
    let known = here.known();
    let is_known = known.states != Extent::None;
    is_known.then(|| BarView::of_statuses(&known.statuses, here.roadmap.issues.len()))
}
