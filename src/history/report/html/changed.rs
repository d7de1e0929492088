//! What has changed, by days, the latest first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::{Report, and_more};
use crate::{
    history::{Change, change::Group, count},
    model::Day,
};

/// How many changes are shown.
const MOST: usize = 120;

/// What has changed.
#[derive(Debug, Serialize)]
pub(super) struct ChangedView<'a> {
    counts: String,
    /// What all this did to earliest days, in sentences.
    effect: Vec<String>,
    days: Vec<DayView<'a>>,
    more: String,
}

#[derive(Debug, Serialize)]
struct DayView<'a> {
    day: Day,
    lines: Vec<LineView<'a>>,
}

#[derive(Debug, Serialize)]
struct LineView<'a> {
    word: &'static str,
    class: &'static str,
    id: &'a str,
    title: &'a str,
    words: String,
}

/// The changes; nothing where nobody asked for them.
pub(super) fn changed<'a>(report: &'a Report<'_>) -> Option<ChangedView<'a>> {
    let history = report.changed.as_ref()?.history;
    let mut days = BTreeMap::<Day, Vec<_>>::new();
    let mut left = MOST;
    for step in history.steps.iter().rev() {
        let shown = &step.changes[..step.changes.len().min(left)];
        left -= shown.len();
        days.entry(step.at.day).or_default().extend(shown);
    }
    let day = |(day, mut changes): (Day, Vec<&'a Change>)| {
        changes.sort_by_key(|change| change.group());
        let lines = changes.into_iter().map(|change| LineView {
            word: change.group().head().0,
            class: class(change.group()),
            id: &change.id,
            title: &change.short_title,
            words: change.words(),
        });
        DayView { day, lines: lines.collect() }
    };
    let total = history.changes().count();
    let days = days.into_iter().rev().filter(|(_, changes)| !changes.is_empty()).map(day).collect();
    Some(ChangedView {
        counts: count::words(history.changes()),
        effect: history.effect.sentences(),
        days,
        more: and_more(total, total.min(MOST)),
    })
}

fn class(group: Group) -> &'static str {
    match group {
        Group::Slipped | Group::Reopened => "risk",
        Group::Closed => "done",
        Group::Dropped => "bad",
        Group::Added => "good",
        _ => "",
    }
}
