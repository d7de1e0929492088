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
        let rows = picture.facts.rows.into_iter().map(RowView::from).collect();
        let (caption, columns) = (picture.facts.caption, picture.facts.columns);
        let mut view = Self { svg: picture.svg, caption, columns, rows, more: String::new() };
        view.shorten(most);
        view
    }

    /// How many rows its table has.
    pub(super) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Leaves this many rows at most.
    pub(super) fn shorten(&mut self, most: usize) {
        if self.rows.len() > most {
            self.more = and_more(self.rows.len(), most);
            self.rows.truncate(most);
        }
    }
}
