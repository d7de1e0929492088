//! Tables without rows: each column is a time or a state, and holds what belongs there (`Now | Next | Later`, `To do | Doing | Done`).

use super::{Reading, days::is_day};
use crate::{
    documents::vocabulary::{self, HORIZONS, is_nothing},
    import::draft::Entry,
    markdown::read::blocks::{Item, Row, Words},
};

/// Whether all columns of a table are times or states, and something stands in them.
pub(super) fn is_of_lanes(rows: &[Row]) -> bool {
    rows.split_first().is_some_and(|(head, rows)| {
        head.cells.len() > 1 && !rows.is_empty() && head.cells.iter().all(|cell| is_lane(cell.text.trim()))
    })
}

fn is_lane(head: &str) -> bool {
    vocabulary::heading_state(head).is_some()
        || HORIZONS.contains(&vocabulary::name(head).as_str())
        || is_day(head)
}

impl Reading<'_> {
    /// Issues out of cells: of the milestone that the table stands in, else of one for each time; a state is theirs.
    pub(super) fn lanes(&mut self, rows: &[Row], within: Option<usize>) {
        let Some((head, rows)) = rows.split_first() else { return };
        for (at, lane) in head.cells.iter().enumerate() {
            let state = vocabulary::heading_state(&lane.text);
            let milestone = within.or_else(|| state.is_none().then(|| self.milestone_of_lane(lane)));
            let around = self.state;
            self.state = state.or(around);
            let cells = rows.iter().filter_map(|row| row.cells.get(at));
            for cell in cells.filter(|cell| !is_nothing(&cell.text)) {
                self.list_of_issues(&items(self.text, cell), milestone);
            }
            self.state = around;
        }
    }

    fn milestone_of_lane(&mut self, lane: &Words) -> usize {
        let title = lane.text.trim();
        let known = self.milestone_named(title);
        known.unwrap_or_else(|| self.milestone(Entry::at(&lane.range).with("title", title, &lane.range)))
    }
}

/// What stands in a cell: all of it, or what its line breaks part.
fn items(text: &str, cell: &Words) -> Vec<Item> {
    let item = |done, words: Words| Item { depth: 0, done, range: words.range.clone(), words };
    let markdown = text.get(cell.range.clone()).unwrap_or_default();
    let lines: Vec<_> = markdown.split("<br").collect();
    if lines.len() == 1 {
        return vec![item(None, cell.clone())];
    }
    let line = |line: &str| {
        let line = line.trim_start_matches([' ', '/', '>']).trim_start_matches(['-', '*', '•', ' ']).trim();
        let (done, words) = match line.get(..3) {
            Some("[ ]") => (Some(false), line[3..].trim()),
            Some("[x]" | "[X]") => (Some(true), line[3..].trim()),
            _ => (None, line),
        };
        (!words.is_empty()).then(|| item(done, Words::of(words.to_owned(), &cell.range)))
    };
    lines.into_iter().filter_map(line).collect()
}
