//! Words of pages: when something is due, how many more there are; and the order in which statuses are shown.

pub(super) use crate::render::said::and_more;

use crate::render::said;
use crate::words::say;

use serde::Serialize;

use super::PageContext;
use crate::{
    facts::{Slip, Status, days_words},
    model::When,
};

/// How issues stand, in the order of columns, each as it stands in addresses and anchors.
pub(super) const STATES: [(Status, &str); 6] = [
    (Status::Ready, "ready"),
    (Status::InProgress, "in-progress"),
    (Status::Blocked, "blocked"),
    (Status::Unknown, "unknown"),
    (Status::Done, "done"),
    (Status::Dropped, "dropped"),
];

/// A due date, how far off it is, and how far it moved.
#[derive(Debug, Default, Serialize)]
pub(super) struct DueView {
    /// As `2026-12-04` or `2027-Q1`; empty where there is none.
    day: String,
    /// The last day by which it is due, as `2027-03-31` of `2027-Q1`; empty where that is `later`.
    last: String,
    /// As `in 14 days`; empty where it is done, late, stated less exactly than as a day, or nobody knows today.
    left: String,
    /// As `overdue by 7 days`; empty where it is not.
    late: String,
    /// As `+14 d`, with the words beside it; empty where it stayed.
    slip: String,
    /// As `14 days later than planned`.
    slip_words: String,
    /// Whether it comes later than planned.
    is_later: bool,
}

impl DueView {
    /// Whether there is a day.
    pub(super) fn is_given(&self) -> bool {
        !self.day.is_empty()
    }
}

/// A due date of something that stands so.
pub(super) fn due(
    here: &PageContext<'_>,
    when: Option<When>,
    status: Status,
    overdue: Option<i64>,
    slip: Option<Slip>,
) -> DueView {
    let Some(when) = when else { return DueView::default() };
    // Of a quarter nobody means to say how many days are left.
    let left = when.day().zip(here.facts.as_of).map(|(day, today)| day.days_since(today));
    let left = left.filter(|days| *days >= 0);
    DueView {
        day: said::day(when),
        last: when.last().map(|day| day.to_string()).unwrap_or_default(),
        left: left.filter(|_| !status.is_closed()).map(days_left).unwrap_or_default(),
        late: late(overdue),
        slip: slip.map(Slip::short).unwrap_or_default(),
        slip_words: slip.map(|slip| say!("{} than planned", slip.words())).unwrap_or_default(),
        is_later: slip.is_some_and(Slip::is_later),
    }
}

/// The day that was planned first, where the due date moved since; else empty.
pub(super) fn planned(first: Option<When>, slip: Option<Slip>) -> String {
    first.filter(|_| slip.is_some()).map(|day| day.to_string()).unwrap_or_default()
}

/// `overdue by 7 days`; empty where it is not.
pub(super) fn late(overdue: Option<i64>) -> String {
    overdue.map(|days| say!("overdue by {}", days_words(days))).unwrap_or_default()
}

pub(super) fn days_left(days: i64) -> String {
    if days == 0 { say!("today") } else { say!("in {}", days_words(days)) }
}
