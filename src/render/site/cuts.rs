//! Where the lists of all issues are cut into pages and files.

use crate::{
    facts::{Facts, Status},
    model::{IssueIx, Roadmap},
    render::Part,
};

/// How many issues stand on one part of the board. A card has at most 12 elements, and four stand side by side: so a page with its
/// filters stays below 3,000 elements and 6,000 pixels.
const MOST_CARDS: usize = 175;

/// How many issues stand on one part of the table. A row has at most 13 elements.
const MOST_ROWS: usize = 200;

/// How many issues stand in one file of data.
const MOST_DATA: usize = 2_000;

/// How many bytes the titles of one file of data may have, about. With them it comes to less than 60 KB behind gzip.
const MOST_TITLES: usize = 128 * 1024;

/// The parts of the board: what is open, done and dropped, each cut between milestones, and within one that alone would fill more
/// than one.
pub(super) fn board_parts(facts: &Facts) -> Vec<Part> {
    let key = |(class, place, ix): (u8, usize, IssueIx)| {
        let mut key = [class; 17];
        key[1..9].copy_from_slice(&(place as u64).to_be_bytes());
        key[9..].copy_from_slice(&(ix.0 as u64).to_be_bytes());
        key
    };
    let keys: Vec<_> = placed(facts).into_iter().map(key).collect();
    Part::by_key(&keys, MOST_CARDS)
}

/// Every issue once, in the order of the board.
pub(super) fn order(facts: &Facts) -> Vec<IssueIx> {
    placed(facts).into_iter().map(|(_, _, ix)| ix).collect()
}

/// The first part of the board that has an issue which stands so; `None` where none does. `order` is what [`order`] gave.
pub(super) fn part_of(facts: &Facts, order: &[IssueIx], status: Status) -> Option<usize> {
    let place = order.iter().position(|ix| facts.issue(*ix).status == status)?;
    board_parts(facts).iter().position(|part| part.issues.contains(&place))
}

/// Every issue once: what is open, then what is done, then what was dropped; each milestone by milestone, then those without one.
fn placed(facts: &Facts) -> Vec<(u8, usize, IssueIx)> {
    let milestones = facts.milestones.iter().map(|milestone| &milestone.issues).chain([&facts.unplanned]);
    let class = |ix: IssueIx| match facts.issue(ix).status {
        Status::Done => 1,
        Status::Dropped => 2,
        _ => 0,
    };
    let of = |(place, issues): (usize, &'_ Vec<IssueIx>)| {
        issues.iter().map(|ix| (class(*ix), place, *ix)).collect::<Vec<_>>()
    };
    let mut all: Vec<_> = milestones.enumerate().flat_map(of).collect();
    all.sort_unstable();
    all
}

/// The parts of the table.
pub(super) fn table_parts(roadmap: &Roadmap) -> Vec<Part> {
    let keys: Vec<_> = (0..roadmap.issues.len()).map(usize::to_be_bytes).collect();
    Part::by_key(&keys, MOST_ROWS)
}

/// How many issues stand in one file of this roadmap's data.
pub(super) fn rows_of_data(roadmap: &Roadmap) -> usize {
    let bytes: usize = roadmap.issues.iter().map(|issue| issue.title.len() + issue.id.as_str().len()).sum();
    let mut rows = MOST_DATA;
    while rows > 1 && rows.saturating_mul(bytes) / roadmap.issues.len().max(1) > MOST_TITLES {
        rows /= 2;
    }
    rows
}

/// How many files of data there are.
pub(super) fn issue_files(roadmap: &Roadmap) -> usize {
    roadmap.issues.len().div_ceil(rows_of_data(roadmap))
}
