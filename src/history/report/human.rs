//! A report for people at a terminal.

use super::{Report, and_more, rows::Item, why::Cause};
use crate::{
    facts::days_words,
    history::show,
    report::{Cell, Screen, Tone, table},
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
    section("Overdue", report.overdue.iter().map(|item| late(item, item.overdue_days)).collect());
    section("Slipped", report.slipped.iter().map(|item| late(item, item.slip_days)).collect());
    section("Blocked", report.blocked.iter().map(blocked).collect());
    section("In progress", report.in_progress.iter().map(plain).collect());
    section("Ready to begin", report.ready.iter().map(plain).collect());
    let path = if report.critical_path.len() > 1 { report.critical_path.as_slice() } else { &[] };
    section("Critical path", path.iter().map(plain).collect());
    section("Who has what", report.people.iter().map(person).collect());
    if let Some(changed) = &report.changed {
        let changes = show::human(changed.history, Screen::default());
        section("Changed", changes.lines().map(|line| vec![Cell::from(line)]).collect());
    }
    out
}

fn milestone(row: &super::MilestoneRow<'_>) -> Vec<Cell> {
    let tone = match row.health {
        Some("off track") => Tone::Bad,
        Some("at risk") => Tone::Busy,
        _ => Tone::Good,
    };
    let health = row.health.unwrap_or(row.item.status);
    let health =
        if row.health_why.is_empty() { health.to_owned() } else { format!("{health}: {}", row.health_why) };
    let stated = row.stated.map(|stated| {
        let stale = if stated.stale { ", long ago" } else { "" };
        format!("owner: {} ({}{stale})", stated.health, stated.on)
    });
    let done = row.percent.map_or_else(|| "—".into(), |percent| format!("{percent} %"));
    vec![
        Cell::new(row.item.id, Tone::Strong),
        done.into(),
        due(&row.item).into(),
        Cell::new(health, tone),
        stated.unwrap_or_default().into(),
        row.item.title.into(),
    ]
}

fn late(item: &Item<'_>, days: Option<i64>) -> Vec<Cell> {
    let days = days.map(days_words).unwrap_or_default();
    vec![
        Cell::new(item.id, Tone::Strong),
        Cell::new(days, Tone::Bad),
        due(item).into(),
        item.people.join(", ").into(),
        item.title.into(),
        chain(&item.why).into(),
    ]
}

/// As `DB-004 (overdue by 7 days) ← DB-003 (slipped by 2 days)`.
pub(super) fn chain(why: &[Cause<'_>]) -> String {
    let links: Vec<_> = why.iter().map(|cause| format!("{} ({})", cause.id, cause.why)).collect();
    if links.is_empty() { String::new() } else { format!("pushed by {}", links.join(" ← ")) }
}

fn blocked(item: &Item<'_>) -> Vec<Cell> {
    vec![Cell::new(item.id, Tone::Strong), due(item).into(), waits(item).into(), item.title.into()]
}

/// As `waits for DB-001, DB-002 (overdue by 7 days)`.
pub(super) fn waits(item: &Item<'_>) -> String {
    let one = |waits: &super::rows::Waits<'_>| match waits.overdue_days {
        Some(days) => format!("{} (overdue by {})", waits.id, days_words(days)),
        None => waits.id.to_owned(),
    };
    let names: Vec<_> = item.waits_for.iter().take(4).map(one).collect();
    let more = and_more(item.waits_for.len(), 4);
    let more = if more.is_empty() { more } else { format!(" {more}") };
    if names.is_empty() { String::new() } else { format!("waits for {}{more}", names.join(", ")) }
}

fn plain(item: &Item<'_>) -> Vec<Cell> {
    vec![Cell::new(item.id, Tone::Strong), due(item).into(), item.people.join(", ").into(), item.title.into()]
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
pub(super) fn due(item: &Item<'_>) -> String {
    let slip = item.slip_days.map(|days| format!(" ({days:+} d)").replace('-', "−")).unwrap_or_default();
    item.due_on.map(|day| format!("{day}{slip}")).unwrap_or_default()
}
