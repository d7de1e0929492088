//! The report on several roadmaps, as text and as Markdown.

use super::{Card, Fleet};
use crate::{
    data::{percent, with_dropped},
    markdown::write::{Context, text},
    report::{Cell, Screen, Tone, one_line, table},
    words::{counted, say},
};

/// The report for people at a terminal.
pub(crate) fn human(fleet: &Fleet, screen: Screen) -> String {
    let cells = |row: Row| {
        let [name, done, open, late, next, as_of] = row.cells;
        let tone = if row.is_total { Tone::Strong } else { Tone::Plain };
        vec![
            Cell::new(name, Tone::Strong),
            Cell::new(done, tone),
            Cell::new(open, tone),
            Cell::new(&late, if late.is_empty() || late == "0" { Tone::Faint } else { Tone::Bad }),
            Cell::new(as_of, Tone::Faint),
            Cell::new(next, Tone::Plain),
        ]
    };
    let head = ["roadmap", "done", "open", "overdue", "as of", "due next"];
    let head = head.map(|name| Cell::new(name, Tone::Faint)).to_vec();
    let rows: Vec<_> = std::iter::once(head).chain(rows(fleet).map(cells)).collect();
    let mut out = table(&rows, screen);
    for (what, why) in told(fleet) {
        out.push_str(&format!("{}: {}\n", one_line(&what), one_line(&why)));
    }
    out
}

/// The report as Markdown.
pub(crate) fn markdown(fleet: &Fleet) -> String {
    let plain = |words: &str| text(&one_line(words), Context::Line).replace('|', "\\|");
    let mut out = format!("# {}\n\n{}\n", text(&one_line(&fleet.title), Context::Heading), sentence(fleet));
    out.push_str("\n| Roadmap | Done | Open | Overdue | Due next | As of |\n|---|---|---|---|---|---|\n");
    for Row { cells, is_total } in rows(fleet) {
        let [name, rest @ ..] = cells.map(|cell| plain(&cell));
        let name = if is_total { format!("**{name}**") } else { name };
        out.push_str(&format!("| {name} | {} |\n", rest.join(" | ")));
    }
    let told: Vec<_> = told(fleet).collect();
    if !told.is_empty() {
        out.push_str("\n## Wants attention\n\n");
        told.iter().for_each(|(what, why)| out.push_str(&format!("- {}: {}\n", plain(what), plain(why))));
    }
    out
}

/// How far all of them have come, in a sentence.
pub(super) fn sentence(fleet: &Fleet) -> String {
    let progress = fleet.progress();
    let roadmaps = counted(fleet.cards.len(), "roadmap");
    let known = progress.issues - progress.unknown;
    let done = match (progress.issues, known) {
        (0, _) => say!("no issues"),
        (issues, 0) => say!("{}, states unknown", counted(issues, "issue")),
        (issues, _) => say!("{} of {} done", progress.closed, counted(issues, "issue")),
    };
    let late = fleet.overdue().map(|late| late.issues + late.milestones).filter(|late| *late > 0);
    let late = late.map(|late| say!("; {} overdue", late)).unwrap_or_default();
    let unread = match fleet.unread.len() {
        0 => String::new(),
        count => say!("; {} not read", count),
    };
    format!("{roadmaps}: {}{late}{unread}.", with_dropped(done, progress.dropped))
}

struct Row {
    /// Name, done, open, overdue, due next, as of.
    cells: [String; 6],
    is_total: bool,
}

fn rows(fleet: &Fleet) -> impl Iterator<Item = Row> {
    let cards = fleet.cards.iter().map(|card| Row {
        cells: [
            card.name.clone(),
            done(&card.progress),
            card.progress.open.to_string(),
            late(card.overdue),
            next(fleet, card),
            card.as_of.map(|day| day.to_string()).unwrap_or_default(),
        ],
        is_total: false,
    });
    let progress = fleet.progress();
    let total = Row {
        cells: [
            "all".to_owned(),
            done(&progress),
            progress.open.to_string(),
            late(fleet.overdue()),
            String::new(),
            String::new(),
        ],
        is_total: true,
    };
    cards.chain([total])
}

fn done(progress: &crate::data::v1::Progress) -> String {
    let of = format!("{} of {}", progress.closed, progress.issues);
    let of = progress.percent.map_or(of.clone(), |share| format!("{of} ({})", percent(share)));
    let unknown = if progress.unknown > 0 { format!("{of}, {} unknown", progress.unknown) } else { of };
    with_dropped(unknown, progress.dropped)
}

fn late(overdue: Option<super::Overdue>) -> String {
    overdue.map(|late| (late.issues + late.milestones).to_string()).unwrap_or_default()
}

fn next(fleet: &Fleet, card: &Card) -> String {
    fleet.due_of(card).next().map(|due| format!("{} {}", due.on, due.title)).unwrap_or_default()
}

/// What wants attention: what could not be read, and what is older than it may be.
fn told(fleet: &Fleet) -> impl Iterator<Item = (String, String)> {
    let unread = fleet.unread.iter().map(|(what, why)| (what.clone(), format!("not read: {why}")));
    unread.chain(old(fleet))
}

/// What is older than it may be, or does not say how old it is.
pub(super) fn old(fleet: &Fleet) -> impl Iterator<Item = (String, String)> {
    let stale = fleet.stale().map(|card| {
        let age = fleet.age(card).unwrap_or_default();
        let most = fleet.max_age;
        (
            card.name.clone(),
            say!(
                "{} old, and {} are allowed",
                counted(usize::try_from(age).unwrap_or_default(), "day"),
                most
            ),
        )
    });
    let undated = fleet.undated().map(|card| (card.name.clone(), say!("does not say of which day it is")));
    stale.chain(undated)
}
