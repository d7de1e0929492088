//! Items as `list`, `show` and `next` print them: as data, and the words and tones for people.

use serde::Serialize;

use crate::{
    data::with_dropped,
    facts::{Progress, Status},
    io::{Failure, Io, Wire},
    report::{Cell, Tone},
};

/// Prints a document of [`crate::data`].
///
/// # Errors
/// Where standard output cannot be written.
pub(super) fn print_json(io: &Io<'_>, document: &impl Serialize) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(document).unwrap_or_default();
    io.terminal.out_as(Wire::Json, &(json + "\n"))
}
/// How something stands, in words: `ready`, or `in progress, overdue`.
pub(super) fn standing(status: Status, overdue: Option<i64>, broken: bool) -> Cell {
    let mut words = vec![status.words()];
    words.extend(overdue.map(|_| "overdue"));
    words.extend(broken.then_some("broken"));
    let tone = match status {
        _ if overdue.is_some() || broken => Tone::Bad,
        Status::Blocked => Tone::Bad,
        Status::InProgress => Tone::Busy,
        Status::Ready => Tone::Good,
        Status::Done | Status::Dropped | Status::Unknown => Tone::Faint,
    };
    Cell::new(words.join(", "), tone)
}

/// How far something has come: `3 of 8`, with what nobody has stated.
pub(super) fn progress_words(progress: &Progress) -> String {
    let Progress { total, closed, open, unknown, dropped, .. } = *progress;
    let words = match (total, unknown) {
        (0, _) if dropped > 0 => String::new(),
        (0, _) => "no issues".into(),
        (_, 0) => format!("{closed} of {total} done"),
        (_, unknown) if unknown == total => format!("{total}, states unknown"),
        (_, unknown) => format!("{closed} of {} done, {unknown} unknown", closed + open),
    };
    with_dropped(words, dropped)
}
