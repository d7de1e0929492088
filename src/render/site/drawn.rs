//! A picture on a page: the drawing, and the same facts as a table of bounded length.

use serde::Serialize;

use super::words::and_more;
use crate::render::picture::{Cell, Picture};

/// How many rows of a picture's table stand on a page.
const MOST_ROWS: usize = 100;

/// A picture and what it shows.
#[derive(Debug, Default, Serialize)]
pub(super) struct FactsView {
    /// SVG; empty where only the facts are shown.
    pub(super) svg: String,
    caption: String,
    columns: Vec<std::borrow::Cow<'static, str>>,
    rows: Vec<RowView>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// What is said of one thing.
#[derive(Debug, Serialize)]
struct RowView {
    /// What it is called.
    head: Cell,
    cells: Vec<Cell>,
}

impl From<Vec<Cell>> for RowView {
    fn from(mut row: Vec<Cell>) -> Self {
        let cells = row.split_off(row.len().min(1));
        Self { head: row.pop().unwrap_or_default(), cells }
    }
}

impl From<Picture> for FactsView {
    fn from(picture: Picture) -> Self {
        Self::with(picture, MOST_ROWS)
    }
}

impl FactsView {
    /// A picture whose table has this many rows at most.
    pub(super) fn with(picture: Picture, most: usize) -> Self {
        let mut rows = picture.facts.rows;
        let more = and_more(rows.len(), most);
        rows.truncate(most);
        let rows = rows.into_iter().map(RowView::from).collect();
        Self { svg: picture.svg, caption: picture.facts.caption, columns: picture.facts.columns, rows, more }
    }
}
