//! The work that is not done, as one table: what is in progress, ready and blocked, and what of it is on the critical path.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    super::{
        Report, and_more,
        rows::Row,
        tables::{due, waits},
    },
    lists::MOST,
};

/// The work that is not done.
#[derive(Debug, Serialize)]
pub(super) struct WorkView<'a> {
    count: usize,
    /// As `Critical path: 100 days, DB-013 → DB-015`; empty where nothing waits for anything.
    path: String,
    /// Whether any of it has a due date.
    has_days: bool,
    /// Whether anybody is named for any of it.
    has_people: bool,
    groups: Vec<GroupView<'a>>,
}

/// Work that stands alike.
#[derive(Debug, Serialize)]
struct GroupView<'a> {
    title: &'static str,
    count: usize,
    rows: Vec<WorkRowView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct WorkRowView<'a> {
    id: &'a str,
    title: &'a str,
    /// Whether it is on the critical path.
    is_critical: bool,
    due: String,
    who: String,
    /// What it waits for; empty where it waits for nothing.
    waits: String,
    /// Since when it is in progress or ready; empty where that is not known.
    since: &'a str,
    /// What a delay of it pushes, where it is on the critical path.
    pushes: &'a str,
}

/// The work as far as it is shown; nothing where there is none.
pub(super) fn work<'a>(report: &'a Report<'_>) -> Option<WorkView<'a>> {
    let path = report.critical_path.shown();
    let pushes: BTreeMap<_, _> =
        path.iter().map(|row| (row.work().id, row.aside.pushes.as_deref().unwrap_or_default())).collect();
    let standing = [&report.in_progress, &report.ready, &report.blocked];
    let listed: BTreeSet<_> = standing.iter().flat_map(|rows| rows.iter()).map(|row| row.work().id).collect();
    let others: Vec<_> = path.iter().filter(|row| !listed.contains(row.work().id)).collect();
    let groups = [
        group("In progress", &report.in_progress.iter().collect::<Vec<_>>(), &pushes),
        group("Ready to begin", &report.ready.iter().collect::<Vec<_>>(), &pushes),
        group("Blocked", &report.blocked.iter().collect::<Vec<_>>(), &pushes),
        group("On the critical path, of unknown state", &others, &pushes),
    ];
    let groups: Vec<_> = groups.into_iter().filter(|group| group.count > 0).collect();
    let title = if path.is_empty() { String::new() } else { report.critical_path.title() };
    (!groups.is_empty()).then(|| WorkView {
        count: groups.iter().map(|group| group.count).sum(),
        path: title,
        has_days: groups.iter().flat_map(|group| &group.rows).any(|row| !row.due.is_empty()),
        has_people: groups.iter().flat_map(|group| &group.rows).any(|row| !row.who.is_empty()),
        groups,
    })
}

fn group<'a>(title: &'static str, rows: &[&'a Row<'_>], pushes: &BTreeMap<&str, &'a str>) -> GroupView<'a> {
    let row = |row: &&'a Row<'_>| WorkRowView {
        id: row.work().id,
        title: row.aside.title,
        is_critical: pushes.contains_key(row.work().id),
        due: due(row.work()),
        who: row.people(),
        waits: waits(&row.aside),
        since: row.aside.since.as_deref().unwrap_or_default(),
        pushes: pushes.get(row.work().id).copied().unwrap_or_default(),
    };
    let count = rows.len();
    GroupView { title, count, rows: rows.iter().take(MOST).map(row).collect(), more: and_more(count, MOST) }
}
