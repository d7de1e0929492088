//! A report as Markdown: for an issue, a wiki, or a mail that takes it.

use super::{
    Report,
    human::{chain, due, waits},
    rows::Row,
};
use crate::{
    data::percent,
    facts::days_words,
    history::show::{Room, cell, changes_table, effect},
    markdown::write::{Context, text},
    report::one_line,
};

/// The most bytes: an issue or a comment in GitHub takes 65,536 characters.
const MOST: usize = 60_000;

/// How much of that the lists of one question may take, so that the last one has room too.
const MOST_OF_ONE: usize = 9_000;

/// A question, the items that answer it, and what is told of each.
type List<'a> = (&'a str, &'a [Row<'a>], fn(&Row<'_>) -> String);

/// The report as Markdown.
pub fn markdown(report: &Report<'_>) -> String {
    let as_of = report.as_of.map(|day| format!("As of {day}: ")).unwrap_or_default();
    let title = text(&one_line(report.title), Context::Heading);
    let mut out = format!("# {title}\n\n{as_of}**{}**.\n", report.progress_words());
    milestones(&mut out, report);
    let path = text(&report.critical_path.title(), Context::Heading);
    let lists: [List<'_>; 6] = [
        ("Overdue", &report.overdue, |row| why(row, row.work().overdue_days, "late")),
        ("Slipped, and why", &report.slipped, |row| why(row, row.work().slip_days, "later than planned")),
        ("Blocked", &report.blocked, |row| waits(&row.aside)),
        ("In progress", &report.in_progress, when),
        ("Ready to begin", &report.ready, when),
        (&path, report.critical_path.shown(), when),
    ];
    for (title, items, more) in lists.into_iter().filter(|(_, items, _)| !items.is_empty()) {
        list(&mut out, title, items, more);
    }
    pace(&mut out, report);
    people(&mut out, report);
    if let Some(changed) = &report.changed {
        out.push_str("\n## Changed\n");
        let mut room = Room::new(out, MOST);
        effect(changed.history, &mut room);
        changes_table(changed.history, &mut room);
        out = room.text;
        if changed.history.steps.is_empty() {
            out.push_str("\nNothing.\n");
        }
    }
    out
}

/// What fits of some lines.
fn put(out: &mut String, lines: impl Iterator<Item = String>, noun: &str) {
    let most = (out.len() + MOST_OF_ONE).min(MOST);
    let mut room = Room::new(std::mem::take(out), most);
    room.lines(lines, noun);
    *out = room.text;
}

fn milestones(out: &mut String, report: &Report<'_>) {
    if report.milestones.is_empty() {
        return;
    }
    out.push_str("\n## Milestones\n\n| milestone | owner | done | due | by its dates | its owner says |\n|---|---|--:|---|---|---|\n");
    let rows = report.milestones.iter().map(|row| {
        let (of, work) = (&row.milestone, &row.milestone.work);
        let stated = row.stated().map(|(words, on, _)| format!("{words} ({on})")).unwrap_or_default();
        format!(
            "| **{}** {} | {} | {} | {} | {} | {} |\n",
            cell(work.id),
            cell(row.aside.title),
            cell(of.owner.unwrap_or_default()),
            of.progress.percent.map_or_else(|| "—".into(), percent),
            cell(&due(work)),
            cell(&row.health_words()),
            cell(&stated)
        )
    });
    put(out, rows, "milestone");
}

fn list(out: &mut String, title: &str, rows: &[Row<'_>], more: impl Fn(&Row<'_>) -> String) {
    out.push_str(&format!("\n## {title}\n\n"));
    let line = |words: &str| text(&one_line(words), Context::Line);
    let rows = rows.iter().map(|row| {
        let more = more(row);
        let more = if more.is_empty() { more } else { format!(" · {}", line(&more)) };
        format!("- **{}** {}{more}\n", line(row.work().id), line(row.aside.title))
    });
    put(out, rows, "item");
}

/// As `7 days late, pushed by …`.
fn why(row: &Row<'_>, days: Option<i64>, how: &str) -> String {
    let days = days.map(|days| format!("{} {how}", days_words(days)));
    let chain = Some(chain(&row.why)).filter(|chain| !chain.is_empty());
    let pushes = row.aside.pushes.clone();
    days.into_iter().chain(due_and_who(row)).chain(chain).chain(pushes).collect::<Vec<_>>().join(", ")
}

/// As `due 2026-12-04, ada`.
fn when(row: &Row<'_>) -> String {
    due_and_who(row).chain(row.aside.pushes.clone()).collect::<Vec<_>>().join(", ")
}

fn due_and_who(row: &Row<'_>) -> impl Iterator<Item = String> {
    let due = row.work().due_on.map(|_| format!("due {}", due(row.work())));
    let who = Some(row.people()).filter(|who| !who.is_empty());
    due.into_iter().chain(who)
}

fn pace(out: &mut String, report: &Report<'_>) {
    if let Some(pace) = &report.pace {
        out.push_str("\n## Pace\n\n");
        put(out, pace.sentences().iter().map(|words| format!("- {}\n", text(words, Context::Line))), "line");
    }
}

fn people(out: &mut String, report: &Report<'_>) {
    if report.people.is_empty() {
        return;
    }
    out.push_str("\n## Who has what\n\n| name | open | overdue | blocked | done | milestones |\n|---|--:|--:|--:|--:|---|\n");
    let rows = report.people.iter().map(|person| {
        format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            cell(person.name),
            person.open,
            person.overdue,
            person.blocked,
            person.done,
            cell(&person.milestones.join(", "))
        )
    });
    put(out, rows, "person");
}
