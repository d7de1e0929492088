//! What people read of a report, as tables in the order in which they matter: every format for people shows these.

use super::{
    Person, Report, and_more,
    rows::{Aside, MilestoneRow, Row},
    trouble::{Impossible, Named},
    why::Cause,
};
use crate::{
    data::{
        percent,
        v1::{Progress, Work},
    },
    facts::{Slip, days_words},
    report::Tone,
    source::schema::Health,
};

/// A table; its first column, which has no heading here, names the item.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) title: String,
    /// What the first column names.
    pub(super) noun: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Line<'a>>,
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A day.
    Day,
    /// Words.
    Words,
    /// Words that a terminal shows behind the title, since they can be long.
    Long,
    /// The same, where the heading is a verb that goes before them.
    Verb,
    /// A number of what the heading says.
    Number,
}

/// An item of a table.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) id: &'a str,
    /// Its title without the id; empty for a person.
    pub(super) title: &'a str,
    /// One for each column.
    pub(super) cells: Vec<Words>,
    /// The blockers that push it.
    pub(super) causes: &'a [Cause<'a>],
}

/// The text of a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) tone: Tone,
}

impl Words {
    fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }
}

impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Self {
        Self::new(text, Tone::Plain)
    }
}

impl<'a> Table<'a> {
    /// What a row says in a column; empty where nothing does.
    pub(super) fn said<'t>(&'t self, row: &'t Line<'_>, title: &str) -> &'t str {
        let column = self.columns.iter().position(|column| column.title == title);
        column.and_then(|at| row.cells.get(at)).map_or("", |words| &words.text)
    }

    /// A table without the columns that have nothing to say.
    fn new(
        title: impl Into<String>,
        noun: &'static str,
        columns: &[(&'static str, Kind)],
        mut rows: Vec<Line<'a>>,
    ) -> Self {
        let says: Vec<_> =
            (0..columns.len()).map(|at| rows.iter().any(|row| !row.cells[at].text.is_empty())).collect();
        for row in &mut rows {
            let mut says = says.iter();
            row.cells.retain(|_| says.next().is_some_and(|says| *says));
        }
        let kept = columns.iter().zip(&says).filter(|(_, says)| **says);
        let columns = kept.map(|((title, kind), _)| Column { title, kind: *kind }).collect();
        Self { title: title.into(), noun, columns, rows }
    }
}

/// What is late, cannot be done, is at risk or slips, and why: each item once, where it is worst. Empty ones are left out.
pub(super) fn troubles<'r>(report: &'r Report<'_>) -> Vec<Table<'r>> {
    let mut named = Named::default();
    let columns = [("What", Kind::Words), ("Due", Kind::Day), ("Who", Kind::Words), ("Why", Kind::Long)];
    let table = |title: &str, rows: Vec<Line<'r>>| Table::new(title, "Item", &columns, rows);
    let overdue: Vec<_> = report.overdue.iter().map(overdue).collect();
    named.add(report.overdue.iter().map(|row| row.work().id));
    let unnamed = report.impossible.iter().filter(|found| !named.has(found.row.work().id));
    let impossible: Vec<_> = unnamed.map(impossible).collect();
    for found in &report.impossible {
        named.add(found.with.iter().copied().chain([found.row.work().id]));
    }
    let is_bad =
        |row: &&MilestoneRow<'_>| row.milestone.health.is_some_and(|health| health != Health::OnTrack);
    let risky: Vec<_> = report.milestones.iter().filter(is_bad).collect();
    let at_risk: Vec<_> =
        risky.iter().filter(|row| !named.has(row.milestone.work.id)).copied().map(risk).collect();
    named.add(risky.iter().map(|row| row.milestone.work.id));
    let unnamed = report.slipped.iter().filter(|row| !named.has(row.work().id));
    let slipped: Vec<_> = unnamed.map(slipped).collect();
    let rest = |shown: usize, all: usize, title: &str| {
        if shown < all { format!("{title}, besides these") } else { title.to_owned() }
    };
    let (risk, slip) =
        (rest(at_risk.len(), risky.len(), "At risk"), rest(slipped.len(), report.slipped.len(), "Slipped"));
    let tables = [
        table("Overdue", overdue),
        table("Impossible as planned", impossible),
        table(&risk, at_risk),
        table(&slip, slipped),
    ];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn overdue<'r>(row: &'r Row<'_>) -> Line<'r> {
    trouble(row, late(row.work().overdue_days.map(days_words), "late"), Tone::Bad, &[])
}

fn impossible<'r>(found: &'r Impossible<'_>) -> Line<'r> {
    let line = trouble(&found.row, found.how.clone(), Tone::Bad, &found.reasons);
    if found.is_held_elsewhere { Line { causes: &[], ..line } } else { line }
}

fn slipped<'r>(row: &'r Row<'_>) -> Line<'r> {
    trouble(row, late(row.work().slip().map(Slip::length), "later than planned"), Tone::Busy, &[])
}

fn late(days: Option<String>, how: &str) -> String {
    days.map(|days| format!("{days} {how}")).unwrap_or_default()
}

fn trouble<'r>(row: &'r Row<'_>, how: String, tone: Tone, reasons: &[String]) -> Line<'r> {
    let words = reasons.iter().cloned().chain(row.aside.pushes.clone()).collect::<Vec<_>>().join("; ");
    Line {
        id: row.work().id,
        title: row.aside.title,
        cells: vec![Words::new(how, tone), due(row.work()).into(), row.people().into(), words.into()],
        causes: &row.why,
    }
}

fn risk<'r>(row: &'r MilestoneRow<'_>) -> Line<'r> {
    let (of, work) = (&row.milestone, &row.milestone.work);
    let health = of.health.map(Health::words).unwrap_or_default();
    Line {
        id: work.id,
        title: row.aside.title,
        cells: vec![
            Words::new(health, tone(of.health)),
            due(work).into(),
            of.owner.unwrap_or_default().into(),
            of.health_why.as_deref().unwrap_or_default().into(),
        ],
        causes: &[],
    }
}

/// How a health is coloured.
pub(super) fn tone(health: Option<Health>) -> Tone {
    match health {
        Some(Health::OffTrack) => Tone::Bad,
        Some(Health::AtRisk) => Tone::Busy,
        Some(Health::OnTrack) | None => Tone::Good,
    }
}

/// The milestones.
pub(super) fn milestones<'r>(report: &'r Report<'_>) -> Table<'r> {
    let line = |row: &'r MilestoneRow<'_>| {
        let (of, work) = (&row.milestone, &row.milestone.work);
        let Progress { closed, issues, percent: share, .. } = of.progress;
        let done = share.map(|share| format!("{closed} of {issues} ({})", percent(share)));
        Line {
            id: work.id,
            title: row.aside.title,
            cells: vec![
                done.unwrap_or_default().into(),
                due(work).into(),
                Words::new(row.health_words(), tone(of.health)),
                row.said().unwrap_or_default().into(),
                of.owner.unwrap_or_default().into(),
            ],
            causes: &[],
        }
    };
    let columns = [
        ("Done", Kind::Words),
        ("Due", Kind::Day),
        ("By its dates", Kind::Words),
        ("Its owner says", Kind::Verb),
        ("Owner", Kind::Words),
    ];
    Table::new("Milestones", "Milestone", &columns, report.milestones.iter().map(line).collect())
}

/// The lists of work, and who has what. Empty ones are left out.
pub(super) fn lists<'r>(report: &'r Report<'_>) -> Vec<Table<'r>> {
    let path = report.critical_path.shown();
    let tables = [
        list("In progress", ("Since", Kind::Long), &report.in_progress, since),
        list("Ready to begin", ("Since", Kind::Long), &report.ready, since),
        list("Blocked", ("Waits for", Kind::Verb), &report.blocked, |row| waits(&row.aside)),
        list(&report.critical_path.title(), ("If it is late", Kind::Long), path, |row| {
            row.aside.pushes.clone().unwrap_or_default()
        }),
        people(report),
    ];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn since(row: &Row<'_>) -> String {
    row.aside.since.clone().unwrap_or_default()
}

fn list<'r>(
    title: &str,
    more: (&'static str, Kind),
    rows: &'r [Row<'_>],
    words: impl Fn(&Row<'_>) -> String,
) -> Table<'r> {
    let line = |row: &'r Row<'_>| Line {
        id: row.work().id,
        title: row.aside.title,
        cells: vec![due(row.work()).into(), row.people().into(), words(row).into()],
        causes: &[],
    };
    let columns = [("Due", Kind::Day), ("Who", Kind::Words), more];
    Table::new(title, "Item", &columns, rows.iter().map(line).collect())
}

/// Who has what, the busiest first.
pub(super) fn people<'r>(report: &'r Report<'_>) -> Table<'r> {
    let count = |count: usize, tone: Tone| {
        if count == 0 { Words::default() } else { Words::new(count.to_string(), tone) }
    };
    let line = |person: &'r Person<'_>| Line {
        id: person.name,
        title: "",
        cells: vec![
            count(person.open, Tone::Plain),
            count(person.unknown, Tone::Plain),
            count(person.overdue, Tone::Bad),
            count(person.blocked, Tone::Plain),
            count(person.done, Tone::Plain),
            person.milestones.join(", ").into(),
        ],
        causes: &[],
    };
    let columns = [
        ("Open", Kind::Number),
        ("Unknown", Kind::Number),
        ("Overdue", Kind::Number),
        ("Blocked", Kind::Number),
        ("Done", Kind::Number),
        ("Milestones", Kind::Words),
    ];
    Table::new("Who has what", "Person", &columns, report.people.iter().map(line).collect())
}

/// As `DB-004 (overdue by 7 days) ← DB-003 (slipped by 2 days)`.
pub(super) fn chain(why: &[Cause<'_>]) -> String {
    let links: Vec<_> = why.iter().map(|cause| format!("{} ({})", cause.id, cause.why)).collect();
    if links.is_empty() { String::new() } else { format!("pushed by {}", links.join(" ← ")) }
}

/// As `DB-001, DB-002 (overdue by 7 days)`.
pub(super) fn waits(aside: &Aside<'_>) -> String {
    let one = |(id, overdue): &(&str, Option<i64>)| match overdue {
        Some(days) => format!("{id} (overdue by {})", days_words(*days)),
        None => (*id).to_owned(),
    };
    let names: Vec<_> = aside.waits_for.iter().take(4).map(one).collect();
    let more = and_more(aside.waits_for.len(), 4);
    let more = if more.is_empty() { more } else { format!(" {more}") };
    format!("{}{more}", names.join(", "))
}

/// As `2026-11-20 (+14 d)`.
pub(super) fn due(work: &Work<'_>) -> String {
    let slip = work.slip().map(|slip| format!(" ({})", slip.short())).unwrap_or_default();
    work.due_on.map(|day| format!("{day}{slip}")).unwrap_or_default()
}
