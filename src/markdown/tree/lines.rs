//! The lines of a text, by the places that comrak tells.

use comrak::nodes::LineColumn;
use std::ops::Range;

/// Where the lines of a body are: comrak tells places by line and column, both from 1, columns in bytes.
pub(in crate::markdown) struct Lines<'a> {
    body: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of a body.
    pub(in crate::markdown) fn of(body: &'a str) -> Self {
        let behind = body.match_indices('\n').map(|(at, _)| at + 1);
        Self { body, starts: std::iter::once(0).chain(behind).collect() }
    }

    pub(in crate::markdown) fn range(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        Some(start..self.starts.get(line).map_or(self.body.len(), |next| next - 1))
    }

    /// Whether a backslash stands before a place.
    pub(in crate::markdown) fn is_escaped(&self, place: LineColumn) -> bool {
        self.byte(place.line, place.column).is_some_and(|at| self.body[..at].ends_with('\\'))
    }

    /// The line that a byte stands in.
    pub(in crate::markdown) fn of_byte(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// What stands in a line from this place on.
    pub(in crate::markdown) fn from(&self, place: LineColumn) -> Option<&'a str> {
        self.body.get(self.byte(place.line, place.column)?..self.range(place.line)?.end)
    }

    /// The byte of a place; `None` where it is none.
    pub(in crate::markdown) fn byte(&self, line: usize, column: usize) -> Option<usize> {
        let at = self.range(line)?.start + column.checked_sub(1)?;
        self.body.is_char_boundary(at).then_some(at)
    }
}
