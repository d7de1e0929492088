//! All milestones and issues as a table for spreadsheets: RFC 4180, and no cell that a spreadsheet would run.

use super::rows::{Item, Rows};
use crate::{
    facts::Facts,
    model::{Day, Issue, Roadmap},
};

/// The columns.
pub const HEAD: [&str; 18] = [
    "kind",
    "id",
    "title",
    "milestone",
    "status",
    "start_on",
    "due_on",
    "planned_due_on",
    "slip_days",
    "overdue_days",
    "closed_on",
    "estimate",
    "people",
    "labels",
    "waits_for",
    "critical",
    "health",
    "stated_health",
];

/// What a cell of a spreadsheet may not begin with: it would be read as a formula.
/// Source: OWASP, "CSV Injection".
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The table, its lines ending in CRLF.
pub fn csv(roadmap: &Roadmap, facts: &Facts) -> String {
    let rows = Rows::new(roadmap, facts);
    let mut out = String::new();
    line(&mut out, HEAD.map(str::to_owned));
    for (ix, milestone) in roadmap.milestones() {
        let row = rows.milestone(ix);
        let own = Own {
            start_on: milestone.start_on,
            health: row.health.unwrap_or_default(),
            stated: row.stated.map_or("", |stated| stated.health),
            ..Own::default()
        };
        line(&mut out, cells(&row.item, own));
    }
    let critical: std::collections::BTreeSet<_> = facts.critical_path.iter().collect();
    for (ix, issue) in roadmap.issues() {
        let labels = issue.labels().iter().map(|link| roadmap.labels[link.to.0].name.as_str()).collect();
        let is_critical = critical.contains(&ix);
        line(&mut out, cells(&rows.issue(ix), own_of(issue, labels, is_critical)));
    }
    out
}

/// What only one kind of item has.
#[derive(Default)]
struct Own<'a> {
    start_on: Option<Day>,
    closed_on: Option<Day>,
    estimate: Option<f64>,
    labels: Vec<&'a str>,
    critical: &'static str,
    health: &'a str,
    stated: &'a str,
}

fn own_of<'a>(issue: &Issue, labels: Vec<&'a str>, is_critical: bool) -> Own<'a> {
    Own {
        start_on: issue.start_on,
        closed_on: issue.known_closed_on(),
        estimate: issue.estimate,
        labels,
        critical: if is_critical { "yes" } else { "" },
        ..Own::default()
    }
}

fn cells(item: &Item<'_>, own: Own<'_>) -> [String; HEAD.len()] {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let days = |days: Option<i64>| days.map(|days| days.to_string()).unwrap_or_default();
    let list = |names: &[&str]| text(&names.join(", "));
    let waits: Vec<_> = item.waits_for.iter().map(|waits| waits.id).collect();
    [
        item.item.noun().into(),
        text(item.id),
        text(item.title),
        text(item.milestone.unwrap_or_default()),
        item.status.into(),
        day(own.start_on),
        day(item.due_on),
        day(item.planned_due_on),
        days(item.slip_days),
        days(item.overdue_days),
        day(own.closed_on),
        own.estimate.map(|points| points.to_string()).unwrap_or_default(),
        list(&item.people),
        list(&own.labels),
        list(&waits),
        own.critical.into(),
        own.health.into(),
        own.stated.into(),
    ]
}

/// A text of the users': behind an apostrophe where it would be a formula, which spreadsheets then show as text.
fn text(text: &str) -> String {
    if text.trim_start_matches([' ', '\u{a0}']).starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn line(out: &mut String, cells: [String; HEAD.len()]) {
    let quoted = cells.map(|cell| {
        let needs = cell.contains(['"', ',', '\r', '\n', ';', '\t']) || cell != cell.trim();
        if needs { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    });
    out.push_str(&quoted.join(","));
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn no_cell_is_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "\r=1", "＝1", " =1"] {
            assert_eq!(text(hostile), format!("'{hostile}"));
        }
        assert_eq!(text("a=1"), "a=1");
    }
}
