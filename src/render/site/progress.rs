//! How far something has come: the counts in words, and the same as a bar.

use serde::Serialize;

use super::words::StatusView;
use crate::{
    data::{percent, rounded, with_dropped},
    facts::{Progress, Status, StatusCounts},
};

/// How far some issues have come.
#[derive(Debug, Serialize)]
pub(super) struct ProgressView {
    /// As `6 of 22 done`; `no issues` where there is none.
    words: String,
    /// As `27%`; empty where it is not known.
    percent: String,
    /// As `29 of 112 points`; empty where nothing is estimated.
    points: String,
    /// All issues: the length of the bar.
    total: usize,
    /// The pieces of the bar, without empty ones.
    pieces: Vec<Piece>,
}

/// A piece of the bar: issues that stand alike.
#[derive(Debug, Serialize)]
struct Piece {
    status: StatusView,
    /// Where it begins.
    at: usize,
    /// How many there are.
    count: usize,
}

/// The order of the pieces.
const ORDER: [Status; 6] =
    [Status::Done, Status::InProgress, Status::Ready, Status::Blocked, Status::Unknown, Status::Dropped];

/// How far these issues have come.
pub(super) fn progress(progress: &Progress, counts: &StatusCounts) -> ProgressView {
    let mut at = 0;
    let mut pieces = Vec::new();
    let counts = ORDER.map(|status| (status, counts.get(status)));
    for (status, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        pieces.push(Piece { status: status.into(), at, count });
        at += count;
    }
    ProgressView {
        words: words(progress),
        percent: progress.percent().map(percent).unwrap_or_default(),
        points: points(progress),
        total: progress.total,
        pieces,
    }
}

/// As `6 of 22 done`, with what nobody has stated and what was dropped.
pub(super) fn words(progress: &Progress) -> String {
    let words = match (progress.total, progress.unknown) {
        (0, _) if progress.dropped > 0 => String::new(),
        (0, _) => "no issues".into(),
        (total, 0) => format!("{} of {total} done", progress.closed),
        (total, unknown) if total == unknown => format!("{total} open or done: nobody says"),
        (total, unknown) => format!("{} of {total} done, {unknown} unknown", progress.closed),
    };
    with_dropped(words, progress.dropped)
}

fn points(progress: &Progress) -> String {
    let known = progress.points.filter(|points| points.total > 0.0 && progress.unknown < progress.total);
    known.map(|p| format!("{} of {} points", rounded(p.closed), rounded(p.total))).unwrap_or_default()
}
