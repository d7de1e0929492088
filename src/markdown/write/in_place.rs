//! A body's headings and footnotes, changed where they stand: all else stays as it was written, byte for byte.

use super::contain::Shift;
use comrak::{
    Node,
    nodes::{NodeValue, Sourcepos},
};
use std::ops::Range;

/// A change to a source: these bytes give way to this text.
type Edit = (Range<usize>, String);

/// The body with its headings moved and its footnotes renamed, or `None` where one is written in a way that takes more
/// than a change on its own line.
pub(super) fn changed(body: &str, root: Node<'_>, shift: &Shift) -> Option<String> {
    let lines = Lines::of(body);
    let mut edits: Vec<Edit> = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        match &data.value {
            NodeValue::Heading(heading) => {
                let level = shift.level(heading.level);
                if heading.setext {
                    edits.extend(setext(&lines, data.sourcepos, level)?);
                } else if level > heading.level {
                    let at = lines.byte(data.sourcepos.start.line, data.sourcepos.start.column)?;
                    body[at..].starts_with('#').then_some(())?;
                    edits.push((at..at, "#".repeat(usize::from(level - heading.level))));
                }
            }
            NodeValue::FootnoteDefinition(_) | NodeValue::FootnoteReference(_) => {
                let at = lines.byte(data.sourcepos.start.line, data.sourcepos.start.column)?;
                body[at..].starts_with("[^").then_some(())?;
                edits.push((at + 2..at + 2, shift.footnotes.clone()));
            }
            _ => {}
        }
    }
    Some(applied(body, edits))
}

/// A heading of one line with an underline, written with `#` instead.
fn setext(lines: &Lines<'_>, place: Sourcepos, level: u8) -> Option<[Edit; 2]> {
    (place.end.line == place.start.line + 1).then_some(())?;
    let start = lines.byte(place.start.line, place.start.column)?;
    let underline = lines.range(place.end.line)?;
    let line = lines.body[underline.clone()].trim_end();
    let mark = line.chars().next_back().filter(|c| matches!(c, '=' | '-'))?;
    let from = underline.start + line.trim_end_matches(mark).len();
    let marks = format!("{} ", "#".repeat(usize::from(level)));
    Some([(start..start, marks), (from..underline.start + line.len(), String::new())])
}

fn applied(body: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut changed = String::with_capacity(body.len() + 64);
    let mut from = 0;
    for (range, text) in edits {
        changed.push_str(&body[from..range.start]);
        changed.push_str(&text);
        from = range.end;
    }
    changed.push_str(&body[from..]);
    changed
}

/// Where the lines of a body are: comrak tells places by line and column, both from 1, columns in bytes.
pub(super) struct Lines<'a> {
    body: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of a body.
    pub(super) fn of(body: &'a str) -> Self {
        let behind = body.match_indices('\n').map(|(at, _)| at + 1);
        Self { body, starts: std::iter::once(0).chain(behind).collect() }
    }

    fn range(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        Some(start..self.starts.get(line).map_or(self.body.len(), |next| next - 1))
    }

    /// The byte of a place; `None` where it is none.
    pub(super) fn byte(&self, line: usize, column: usize) -> Option<usize> {
        let at = self.range(line)?.start + column.checked_sub(1)?;
        self.body.is_char_boundary(at).then_some(at)
    }
}
