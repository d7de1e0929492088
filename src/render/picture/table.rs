//! What a picture shows, as a small table of plain text.

use crate::words::{self};
use std::borrow::Cow;

use serde::Serialize;

/// A table of facts: for a `<table>` or a list beside the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Table {
    /// What the picture shows, in one sentence.
    pub(crate) caption: String,
    /// The headings of the columns; the first column names the item.
    pub(crate) columns: Vec<Cow<'static, str>>,
    /// The rows; each has a cell for each column.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    /// Its text; empty where there is nothing to say.
    pub(crate) text: String,
    /// Where it leads; empty where nothing links.
    pub(crate) href: String,
}

impl Cell {
    /// Text that leads somewhere.
    pub(super) fn link(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: text.into(), href: href.into() }
    }
}

impl<T: ToString> From<T> for Cell {
    fn from(text: T) -> Self {
        Self { text: text.to_string(), href: String::new() }
    }
}

impl Table {
    /// A table without the columns that have nothing to say; the first one always stays.
    pub(in crate::render) fn new(
        caption: String,
        columns: &[&'static str],
        mut rows: Vec<Vec<Cell>>,
    ) -> Self {
        let says = |column: usize| {
            column == 0 || rows.is_empty() || rows.iter().any(|row| !row[column].text.is_empty())
        };
        let kept: Vec<bool> = (0..columns.len()).map(says).collect();
        let keeps = |column: usize| kept.get(column) == Some(&true);
        for row in &mut rows {
            let mut column = 0..;
            row.retain(|_| column.next().is_some_and(keeps));
        }
        let columns = columns
            .iter()
            .enumerate()
            .filter(|(ix, _)| keeps(*ix))
            .map(|(_, name)| words::of(name))
            .collect();
        Self { caption, columns, rows }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_a_word_is_left_out() {
        let rows = vec![vec!["a".into(), "".into(), "1".into()], vec!["b".into(), "".into(), "".into()]];
        let table = Table::new("x".into(), &["Item", "Slip", "Done"], rows);
        assert_eq!(table.columns, ["Item", "Done"]);
        assert_eq!(table.rows, [[Cell::from("a"), Cell::from("1")], [Cell::from("b"), Cell::from("")]]);
    }
}
