//! A report for people at a terminal.

use super::{
    Report, and_more,
    tables::{Column, Kind, Line, Table, Words, chain, lists, milestones, troubles},
};
use crate::{
    history::show,
    report::{Cell, Screen, Tone, one_line, table},
};

/// How many items of a kind are shown, where not all are asked for.
const MOST: usize = 10;

/// A table for every question that has an answer.
pub(crate) fn human(report: &Report<'_>, screen: Screen, all: bool) -> String {
    let most = if all { usize::MAX } else { MOST };
    let as_of = report.as_of.map(|day| format!(", as of {day}")).unwrap_or_default();
    let head = format!("{}{as_of}: {}", one_line(report.title), report.progress_words());
    let mut out = format!("{}\n", Tone::Strong.paint(&head, screen.colour));
    let verdict = report.verdict();
    out.extend(Some(format!("{verdict}\n")).filter(|_| !verdict.is_empty()));
    for table in troubles(report).iter().chain([&milestones(report)]).chain(&lists(report)) {
        section(&mut out, &table.title, rows(table), most, screen);
    }
    if let Some(baseline) = report.baseline {
        section(&mut out, &super::baseline::title(baseline), super::baseline::cells(baseline), most, screen);
    }
    if let Some((milestones, moves)) = report.slips.map(super::slips::cells) {
        section(&mut out, "Moved due dates", milestones, most, screen);
        section(&mut out, "Moves", moves, most, screen);
    }
    if let Some(changed) = &report.changed {
        let changes = show::changes(changed.history, Screen::default());
        let lines = changes.lines().map(|line| vec![Cell::from(line)]);
        section(&mut out, "Changed", lines.collect(), most, screen);
        let effect = changed.history.effect.sentences();
        effect.iter().for_each(|words| out.push_str(&format!("  {}\n", one_line(words))));
    }
    let sentences = report.pace_sentences();
    if !sentences.is_empty() {
        // Sentences are not cut to the width of the terminal.
        out.push_str(&format!("\n{}\n", Tone::Strong.paint("Pace", screen.colour)));
        sentences.iter().for_each(|words| out.push_str(&format!("  {}\n", one_line(words))));
    }
    out
}

fn section(out: &mut String, title: &str, mut rows: Vec<Vec<Cell>>, most: usize, screen: Screen) {
    if rows.is_empty() {
        return;
    }
    let more = and_more(rows.len(), most);
    let count = rows.len();
    rows.truncate(most);
    out.push_str(&format!("\n{}\n", Tone::Strong.paint(&format!("{title} ({count})"), screen.colour)));
    let narrower = screen.columns.map(|columns| columns.saturating_sub(2));
    for line in table(&rows, Screen { columns: narrower, ..screen }).lines() {
        out.push_str(&format!("  {line}\n"));
    }
    if !more.is_empty() {
        out.push_str(&format!("  {more}: --verbose shows all\n"));
    }
}

/// The id, the short cells, the title, and behind it what can be long.
fn rows(table: &Table<'_>) -> Vec<Vec<Cell>> {
    let has_title = table.rows.iter().any(|row| !row.title.is_empty());
    let has_causes = table.rows.iter().any(|row| !row.causes.is_empty());
    let row = |row: &Line<'_>| {
        let cells = || table.columns.iter().zip(&row.cells);
        let is_long = |column: &Column| matches!(column.kind, Kind::Long | Kind::Verb);
        let mut line = vec![Cell::new(row.id, Tone::Strong)];
        line.extend(
            cells().filter(|(column, _)| !is_long(column)).map(|(column, words)| cell(column, words)),
        );
        line.extend(has_title.then(|| Cell::from(row.title)));
        line.extend(has_causes.then(|| Cell::from(chain(row.causes))));
        line.extend(cells().filter(|(column, _)| is_long(column)).map(|(column, words)| cell(column, words)));
        line
    };
    table.rows.iter().map(row).collect()
}

/// A cell that says what the heading of its column would, where it is not understood without.
fn cell(column: &Column, words: &Words) -> Cell {
    let Words { text, tone } = words;
    match column.kind {
        _ if text.is_empty() => Cell::from(""),
        Kind::Number => Cell::new(format!("{text} {}", column.title.to_lowercase()), *tone),
        Kind::Verb => Cell::new(format!("{} {text}", column.title.to_lowercase()), *tone),
        Kind::Day | Kind::Words | Kind::Long => Cell::new(text, *tone),
    }
}
