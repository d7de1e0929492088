//! Tables of the page. Each is bounded; what it does not show is counted.

use std::{borrow::Cow, ops::Range};

use serde::Serialize;

use super::super::{
    Report, and_more,
    rows::MilestoneRow,
    tables::{Column, Kind, Line, Table, Words, chain, due},
    why::Cause,
};
use crate::{
    facts::Status,
    report::{Tone, counted},
    source::schema::Health,
};

/// How many rows a table shows.
pub(super) const MOST: usize = 25;

/// How many troubles fit on the first screen.
const MOST_FIRST: usize = 7;

/// How many of one kind do at least, whatever there is of the others.
const LEAST_OF_ONE: usize = 2;

/// A table.
#[derive(Debug, Serialize)]
pub(super) struct TableView<'a> {
    title: String,
    /// How many rows there are in all.
    count: usize,
    /// The heading of the first column.
    noun: &'static str,
    columns: Vec<ColumnView>,
    rows: Vec<RowView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct ColumnView {
    title: &'static str,
    class: &'static str,
}

/// An item of a table.
#[derive(Debug, Serialize)]
struct RowView<'a> {
    id: &'a str,
    /// Empty for a person.
    title: &'a str,
    cells: Vec<CellView<'a>>,
}

#[derive(Debug, Serialize)]
struct CellView<'a> {
    words: Cow<'a, str>,
    class: &'static str,
    tone: &'static str,
    /// The heading of its column, for screens on which a row is not one line.
    label: &'static str,
}

/// Items with one kind of trouble.
#[derive(Debug, Serialize)]
pub(super) struct TroubleView<'a> {
    title: &'a str,
    count: usize,
    rows: Vec<TroubledView<'a>>,
    /// `and 3 more below`; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct TroubledView<'a> {
    id: &'a str,
    title: &'a str,
    /// As `7 days late`.
    how: &'a str,
    class: &'static str,
    due: &'a str,
    who: &'a str,
    why: &'a str,
    /// The blocker that pushes it.
    cause: Option<CauseView<'a>>,
    /// The one at the far end of that chain, where it is another.
    root: Option<CauseView<'a>>,
}

#[derive(Debug, Serialize)]
struct CauseView<'a> {
    id: &'a str,
    title: &'a str,
    /// As `overdue by 7 days`.
    why: &'a str,
}

impl<'a> From<&'a Cause<'_>> for CauseView<'a> {
    fn from(cause: &'a Cause<'_>) -> Self {
        Self { id: cause.id, title: cause.short_title, why: &cause.why }
    }
}

/// The milestones, each with a bar.
#[derive(Debug, Serialize)]
pub(super) struct MilestonesView<'a> {
    count: usize,
    rows: Vec<MilestoneView<'a>>,
    /// Whether any has a due date.
    has_days: bool,
    /// Whether anybody answers for one.
    has_owners: bool,
    more: String,
}

#[derive(Debug, Serialize)]
struct MilestoneView<'a> {
    id: &'a str,
    title: &'a str,
    /// As `▲ Off track`.
    health: String,
    class: &'static str,
    why: &'a str,
    due: String,
    /// As `2 of 5 issues`.
    done: String,
    /// Whether its progress is known.
    has_bar: bool,
    percent: usize,
    rest: usize,
    owner: &'a str,
    /// What its owner says, as `at risk (2026-11-06)`; empty where nothing was said.
    stated: String,
}

/// What of the troubles stands on the first screen, and what is left of them for the lists below. Each kind has room for some; what one
/// leaves free goes to the others, the worst first.
pub(super) fn divided<'a>(troubles: &'a [Table<'_>]) -> (Vec<TroubleView<'a>>, Vec<TableView<'a>>) {
    let least = |table: &Table<'_>| table.rows.len().min(LEAST_OF_ONE);
    let mut free = MOST_FIRST.saturating_sub(troubles.iter().map(least).sum());
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for table in troubles {
        let (least, count) = (least(table), table.rows.len());
        let more = (count - least).min(free);
        free -= more;
        let shown = least + more;
        first.push(trouble(table, shown));
        if shown < count {
            rest.push(part(table, format!("{}: the rest", table.title), shown..count.min(shown + MOST)));
        }
    }
    (first, rest)
}

fn trouble<'a>(table: &'a Table<'_>, shown: usize) -> TroubleView<'a> {
    let row = |row: &'a Line<'_>| TroubledView {
        id: row.id,
        title: row.title,
        how: table.said(row, "What"),
        class: row.cells.first().map_or("", |words| tone(words.tone)),
        due: table.said(row, "Due"),
        who: table.said(row, "Who"),
        why: table.said(row, "Why"),
        cause: row.causes.first().map(Into::into),
        root: row.causes.get(1..).and_then(<[_]>::last).map(Into::into),
    };
    let more = and_more(table.rows.len(), shown);
    TroubleView {
        title: &table.title,
        count: table.rows.len(),
        rows: table.rows.iter().take(shown).map(row).collect(),
        more: if more.is_empty() { more } else { format!("{more} below") },
    }
}

/// A table as far as it is shown; nothing where it is empty.
pub(super) fn whole<'a>(table: &'a Table<'_>) -> Option<TableView<'a>> {
    let shown = table.rows.len().min(MOST);
    (shown > 0).then(|| part(table, table.title.clone(), 0..shown))
}

fn part<'a>(table: &'a Table<'_>, title: String, rows: Range<usize>) -> TableView<'a> {
    let has_causes = table.rows.iter().any(|row| !row.causes.is_empty());
    let causes = has_causes.then_some(Column { title: "Because", kind: Kind::Long });
    let row = |row: &'a Line<'_>| {
        let cells = table.columns.iter().zip(&row.cells).map(|(column, words)| cell(column, words));
        let chain = causes.map(|column| CellView {
            words: chain(row.causes).into(),
            class: "long",
            tone: "",
            label: column.title,
        });
        RowView { id: row.id, title: row.title, cells: cells.chain(chain).collect() }
    };
    let column = |column: &Column| ColumnView { title: column.title, class: kind(column.kind) };
    TableView {
        title,
        count: table.rows.len() - rows.start,
        noun: table.noun,
        columns: table.columns.iter().chain(&causes).map(column).collect(),
        more: and_more(table.rows.len(), rows.end),
        rows: table.rows[rows].iter().map(row).collect(),
    }
}

fn cell<'a>(column: &Column, words: &'a Words) -> CellView<'a> {
    CellView {
        words: words.text.as_str().into(),
        class: kind(column.kind),
        tone: tone(words.tone),
        label: column.title,
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Words => "",
        Kind::Day => "day",
        Kind::Long | Kind::Verb => "long",
        Kind::Number => "n",
    }
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Bad => "bad",
        Tone::Busy => "risk",
        Tone::Good => "good",
        Tone::Plain | Tone::Faint | Tone::Strong => "",
    }
}

/// The milestones as far as they are shown; nothing where there is none.
pub(super) fn milestones<'a>(report: &'a Report<'_>) -> Option<MilestonesView<'a>> {
    let all = &report.milestones;
    let owned = |row: &MilestoneRow<'_>| row.milestone.owner.is_some() || row.said().is_some();
    (!all.is_empty()).then(|| MilestonesView {
        count: all.len(),
        rows: all.iter().take(MOST).map(milestone).collect(),
        has_days: all.iter().any(|row| row.milestone.work.due_on.is_some()),
        has_owners: all.iter().any(owned),
        more: and_more(all.len(), MOST),
    })
}

fn milestone<'a>(row: &'a MilestoneRow<'_>) -> MilestoneView<'a> {
    let (of, work) = (&row.milestone, &row.milestone.work);
    let (health, class) = health(row);
    let progress = of.progress;
    let done = (progress.issues > 0)
        .then(|| format!("{} of {}", progress.closed, counted(progress.issues, "issue")));
    let percent = progress.percent.unwrap_or_default();
    MilestoneView {
        id: work.id,
        title: row.aside.title,
        health,
        class,
        why: of.health_why.as_deref().unwrap_or_default(),
        due: due(work),
        done: done.unwrap_or_default(),
        has_bar: progress.percent.is_some(),
        percent,
        rest: 100 - percent.min(100),
        owner: of.owner.unwrap_or_default(),
        stated: row.said().unwrap_or_default(),
    }
}

fn health(row: &MilestoneRow<'_>) -> (String, &'static str) {
    let status = row.milestone.work.status;
    match row.milestone.health {
        Some(Health::OffTrack) => ("▲ Off track".into(), "bad"),
        Some(Health::AtRisk) => ("▲ At risk".into(), "risk"),
        Some(Health::OnTrack) => ("● On track".into(), "good"),
        None if status == Status::Done => ("✓ Done".into(), "done"),
        None if status == Status::Dropped => ("✕ Dropped".into(), ""),
        None => {
            let mut words = status.words().to_owned();
            words[..1].make_ascii_uppercase();
            (format!("○ {words}"), "")
        }
    }
}
