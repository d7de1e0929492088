//! A report for people at a terminal.

use super::{
    Report, and_more,
    rows::{Aside, Row},
    why::Cause,
};
use crate::{
    data::{percent, v1::Work},
    facts::days_words,
    history::show,
    report::{Cell, Screen, Tone, table},
    source::schema::Health,
};

/// How many items of a kind are shown, where not all are asked for.
const MOST: usize = 10;

/// A table for every question that has an answer.
pub fn human(report: &Report<'_>, screen: Screen, all: bool) -> String {
    let most = if all { usize::MAX } else { MOST };
    let mut out = String::new();
    let as_of = report.as_of.map(|day| format!(", as of {day}")).unwrap_or_default();
    let head = format!("{}{as_of}: {}", crate::report::one_line(report.title), report.progress_words());
    out.push_str(&Tone::Strong.paint(&head, screen.colour));
    out.push('\n');
    let mut section = |title: &str, mut rows: Vec<Vec<Cell>>| {
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
    };
    section("Milestones", report.milestones.iter().map(milestone).collect());
    section("Overdue", report.overdue.iter().map(|row| late(row, row.work().overdue_days)).collect());
    section("Slipped", report.slipped.iter().map(|row| late(row, row.work().slip_days)).collect());
    section("Blocked", report.blocked.iter().map(blocked).collect());
    section("In progress", report.in_progress.iter().map(plain).collect());
    section("Ready to begin", report.ready.iter().map(plain).collect());
    let path = report.critical_path.shown();
    section(&report.critical_path.title(), path.iter().map(plain).collect());
    section("Who has what", report.people.iter().map(person).collect());
    if let Some(changed) = &report.changed {
        let changes = show::changes(changed.history, Screen::default());
        section("Changed", changes.lines().map(|line| vec![Cell::from(line)]).collect());
        let effect = changed.history.effect.sentences();
        effect.iter().for_each(|words| out.push_str(&format!("  {}\n", crate::report::one_line(words))));
    }
    if let Some(pace) = &report.pace {
        // Sentences are not cut to the width of the terminal.
        out.push_str(&format!("\n{}\n", Tone::Strong.paint("Pace", screen.colour)));
        pace.sentences()
            .iter()
            .for_each(|words| out.push_str(&format!("  {}\n", crate::report::one_line(words))));
    }
    out
}

fn milestone(row: &super::MilestoneRow<'_>) -> Vec<Cell> {
    let (of, work) = (&row.milestone, &row.milestone.work);
    let tone = match of.health {
        Some(Health::OffTrack) => Tone::Bad,
        Some(Health::AtRisk) => Tone::Busy,
        Some(Health::OnTrack) | None => Tone::Good,
    };
    let stated = row.stated().map(|(words, on, is_stale)| {
        let stale = if is_stale { ", long ago" } else { "" };
        format!("owner: {words} ({on}{stale})")
    });
    vec![
        Cell::new(work.id, Tone::Strong),
        of.progress.percent.map_or_else(|| "—".into(), percent).into(),
        due(work).into(),
        Cell::new(row.health_words(), tone),
        stated.unwrap_or_default().into(),
        row.aside.title.into(),
    ]
}

fn late(row: &Row<'_>, days: Option<i64>) -> Vec<Cell> {
    let days = days.map(days_words).unwrap_or_default();
    let mut cells = vec![
        Cell::new(row.work().id, Tone::Strong),
        Cell::new(days, Tone::Bad),
        due(row.work()).into(),
        row.people().into(),
        row.aside.title.into(),
        chain(&row.why).into(),
    ];
    cells.extend(row.aside.pushes.as_deref().map(Cell::from));
    cells
}

/// As `DB-004 (overdue by 7 days) ← DB-003 (slipped by 2 days)`.
pub(super) fn chain(why: &[Cause<'_>]) -> String {
    let links: Vec<_> = why.iter().map(|cause| format!("{} ({})", cause.id, cause.why)).collect();
    if links.is_empty() { String::new() } else { format!("pushed by {}", links.join(" ← ")) }
}

fn blocked(row: &Row<'_>) -> Vec<Cell> {
    let work = row.work();
    vec![Cell::new(work.id, Tone::Strong), due(work).into(), waits(&row.aside).into(), row.aside.title.into()]
}

/// As `waits for DB-001, DB-002 (overdue by 7 days)`.
pub(super) fn waits(aside: &Aside<'_>) -> String {
    let one = |(id, overdue): &(&str, Option<i64>)| match overdue {
        Some(days) => format!("{id} (overdue by {})", days_words(*days)),
        None => (*id).to_owned(),
    };
    let names: Vec<_> = aside.waits_for.iter().take(4).map(one).collect();
    let more = and_more(aside.waits_for.len(), 4);
    let more = if more.is_empty() { more } else { format!(" {more}") };
    if names.is_empty() { String::new() } else { format!("waits for {}{more}", names.join(", ")) }
}

fn plain(row: &Row<'_>) -> Vec<Cell> {
    let work = row.work();
    let mut cells =
        vec![Cell::new(work.id, Tone::Strong), due(work).into(), row.people().into(), row.aside.title.into()];
    cells.extend(row.aside.pushes.as_deref().map(Cell::from));
    cells
}

fn person(person: &super::Person<'_>) -> Vec<Cell> {
    let count = |count: usize, word: &str| if count == 0 { String::new() } else { format!("{count} {word}") };
    vec![
        Cell::new(person.name, Tone::Strong),
        format!("{} open", person.open).into(),
        Cell::new(count(person.overdue, "overdue"), Tone::Bad),
        count(person.blocked, "blocked").into(),
        format!("{} done", person.done).into(),
        person.milestones.join(", ").into(),
    ]
}

/// As `2026-11-20 (+14 d)`.
pub(super) fn due(work: &Work<'_>) -> String {
    let slip = work.slip_days.map(|days| format!(" ({days:+} d)").replace('-', "−")).unwrap_or_default();
    work.due_on.map(|day| format!("{day}{slip}")).unwrap_or_default()
}
