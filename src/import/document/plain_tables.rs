//! Tables that only what is around them tells to be of issues.

use super::days::is_day;
use crate::{
    documents::{
        columns::Table,
        vocabulary::{Field, is_nothing, name},
    },
    markdown::read::blocks::Row,
};

/// Heads of what is done, in tables that say neither how it stands nor whose it is.
const WHAT: [&str; 8] = ["feature", "title", "theme", "item", "deliverable", "task", "initiative", "epic"];

/// Heads of when it is done then.
const BY_WHEN: [&str; 8] =
    ["target", "timeline", "release date", "when", "quarter", "timeframe", "time frame", "target release"];

/// A table whose first head alone says that it is one of issues, where a plan has it.
pub(super) fn plain_table(rows: &[Row]) -> Option<Table> {
    let head: Vec<_> = rows.first()?.cells.iter().map(|cell| name(&cell.text)).collect();
    let has_title = head.first().is_some_and(|first| WHAT.contains(&first.as_str()));
    let texts = |row: &'_ Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
    let mut table = Table::of(&rows.iter().map(texts).collect::<Vec<Vec<String>>>(), false);
    if !has_title || rows.len() < 2 || table.about.is_some() {
        return None;
    }
    let are_days = |at: usize| {
        let mut cells =
            rows[1..].iter().filter_map(|row| row.cells.get(at)).filter(|it| !is_nothing(&it.text));
        cells.clone().count() > 0 && cells.all(|cell| is_day(&cell.text))
    };
    let due = (1..head.len()).find(|at| BY_WHEN.contains(&head[*at].as_str()) && are_days(*at));
    let due = due.filter(|_| !table.has_surely(Field::Due)).map(|at| (at, Field::Due));
    let mapped: Vec<_> = std::iter::once((0, Field::Title)).chain(due).collect();
    table.map(&mapped);
    Some(table)
}
