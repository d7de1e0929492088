//! Tables without rows: each column is a time or a state, and holds what belongs there (`Now | Next | Later`, `To do | Doing | Done`).

use super::{Reading, days::is_day};
use crate::{
    documents::vocabulary::{self, HORIZONS, is_nothing},
    markdown::read::blocks::{Item, Row, Words},
};

/// Whether all columns of a table are times or states, and words stand in them: figures by the year are no work.
pub(super) fn is_of_lanes(rows: &[Row]) -> bool {
    let Some((head, rows)) = rows.split_first() else { return false };
    let is_worded = |cell: &Words| {
        let count = |is: fn(char) -> bool| cell.text.chars().filter(|c| is(*c)).count();
        count(char::is_alphabetic) > count(char::is_numeric)
    };
    let has_words = rows.iter().flat_map(|row| &row.cells).any(is_worded);
    has_words && head.cells.len() > 1 && head.cells.iter().all(|cell| is_lane(cell.text.trim()))
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
            let milestone =
                within.or_else(|| state.is_none().then(|| self.milestone_titled(&lane.text, &lane.range)));
            let around = (self.state, self.is_dropped);
            self.take_state(&lane.text);
            let cells = rows.iter().filter_map(|row| row.cells.get(at));
            for cell in cells.filter(|cell| !is_nothing(&cell.text)) {
                self.list_of_issues(&items(self.text, cell), milestone);
            }
            (self.state, self.is_dropped) = around;
        }
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

#[cfg(test)]
mod tests {
    use crate::markdown::read::blocks::{Block, blocks};

    #[test]
    fn figures_by_the_year_are_no_work() {
        let is_of_lanes = |text: &str| match &blocks(text)[0].block {
            Block::Table(rows) => super::is_of_lanes(rows),
            _ => panic!("no table"),
        };
        assert!(is_of_lanes("| Now | Q3 2027 |\n|--|--|\n| Login | |"));
        assert!(!is_of_lanes("| 2024 | 2025 |\n|--|--|\n| 100 | 1.5 M |"));
        assert!(!is_of_lanes("| Area | Now |\n|--|--|\n| Login | Build |"));
        assert!(!is_of_lanes("| Now | Later |\n|--|--|"));
    }
}
