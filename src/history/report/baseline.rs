//! The milestones beside those of an earlier revision, in each format of a report that people read.

use serde::Serialize;

use crate::{
    data::{Based, Baseline},
    history::show::{Room, cell},
    model::When,
    report::{Cell, Tone},
};

/// How many rows a page that is mailed lists.
const MOST: usize = 40;

/// What a page shows.
#[derive(Debug, Serialize)]
pub(super) struct BaselineView<'a> {
    title: String,
    rows: Vec<RowView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// One milestone.
#[derive(Debug, Serialize)]
struct RowView<'a> {
    id: &'a str,
    title: &'a str,
    then: String,
    now: String,
    by: String,
    class: &'static str,
}

/// What a page shows.
pub(super) fn view(baseline: Option<&Baseline>) -> Option<BaselineView<'_>> {
    let baseline = baseline?;
    let mut rows = rows(baseline);
    let more = super::and_more(rows.len(), MOST);
    rows.truncate(MOST);
    Some(BaselineView { title: title(baseline), rows, more })
}

/// As `Against v1 (2026-10-01, 0123abcde)`.
pub(super) fn title(baseline: &Baseline) -> String {
    format!("Against {}", baseline.words())
}

/// What moved most first, then what is new and what is gone.
fn rows(baseline: &Baseline) -> Vec<RowView<'_>> {
    let mut known: Vec<_> = baseline.milestones.iter().collect();
    known.sort_by_key(|based| std::cmp::Reverse(based.by_days));
    let class = |based: &Based| if based.by_days.is_some_and(|days| days > 0) { "risk" } else { "muted" };
    let known = known.into_iter().map(|based| row(based, based.by_words(), class(based)));
    let new = baseline.new.iter().map(|based| row(based, "new".into(), "good"));
    let dropped = baseline.dropped.iter().map(|based| row(based, "dropped since".into(), "muted"));
    known.chain(new).chain(dropped).collect()
}

fn row<'a>(based: &'a Based, by: String, class: &'static str) -> RowView<'a> {
    let day = |day: Option<When>| day.map_or_else(|| "—".into(), |day| day.to_string());
    let (then, now) = (day(based.due_on), day(based.now_due_on));
    RowView { id: &based.id, title: based.short_title(), then, now, by, class }
}

/// The rows of the table for a terminal.
pub(super) fn cells(baseline: &Baseline) -> Vec<Vec<Cell>> {
    let row = |row: RowView<'_>| {
        let tone = if row.class == "risk" { Tone::Bad } else { Tone::Faint };
        vec![
            Cell::new(row.id, Tone::Strong),
            Cell::new(row.by, tone),
            format!("{} → {}", row.then, row.now).into(),
            row.title.into(),
        ]
    };
    rows(baseline).into_iter().map(row).collect()
}

/// The table as Markdown.
pub(super) fn markdown(out: &mut String, baseline: &Baseline, most: usize) {
    out.push_str(&format!(
        "\n## {}\n\n| milestone | then due | now due | by |\n|---|---|---|---|\n",
        cell(&title(baseline))
    ));
    let mut room = Room::new(std::mem::take(out), most);
    let row = |row: RowView<'_>| {
        format!("| **{}** {} | {} | {} | {} |\n", cell(row.id), cell(row.title), row.then, row.now, row.by)
    };
    room.lines(rows(baseline).into_iter().map(row), "milestone");
    *out = room.text;
}
