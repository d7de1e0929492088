//! The head of the page: the verdict in words, and the counts behind it.

use serde::Serialize;

use super::super::Report;
use crate::data::percent;

/// A count, and what it counts.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    value: String,
    words: &'static str,
    class: &'static str,
}

/// What changes are told from, as `2026-11-22 (1a2b3c4)`.
pub(super) fn since(report: &Report<'_>) -> String {
    let Some(changed) = &report.changed else { return String::new() };
    let from = changed.history.from.as_ref();
    from.map_or_else(|| "the beginning".into(), |commit| format!("{} ({})", commit.day(), commit.short()))
}

/// The verdict, and how far the work has come.
pub(super) fn verdict(report: &Report<'_>) -> String {
    let mut progress = report.progress_words();
    if let Some(first) = progress.get(..1).map(str::to_uppercase) {
        progress.replace_range(..1, &first);
    }
    let progress = if progress.is_empty() { progress } else { format!("{progress}.") };
    let verdict = report.verdict();
    [verdict, progress].into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The counts that are known: that nothing is late is said only where it is.
pub(super) fn figures(report: &Report<'_>) -> Vec<Figure> {
    let figure = |count: usize, is_said: bool, words: &'static str, class: &'static str| {
        let class = if count == 0 { "" } else { class };
        is_said.then(|| Figure { value: count.to_string(), words, class })
    };
    let (overdue, impossible, slipped) =
        (report.overdue.len(), report.impossible.len(), report.slipped.len());
    let share =
        report.progress.percent.map(|share| Figure { value: percent(share), words: "done", class: "done" });
    let counts = [
        figure(overdue, report.late_is_known, "overdue", "bad"),
        figure(impossible, impossible > 0, "impossible", "bad"),
        figure(slipped, slipped > 0, "slipped", "risk"),
        figure(report.blocked.len(), report.has_order(), "blocked", ""),
        figure(report.in_progress.len(), !report.in_progress.is_empty(), "in progress", ""),
        figure(report.ready.len(), !report.ready.is_empty(), "ready", "ready"),
    ];
    share.into_iter().chain(counts.into_iter().flatten()).collect()
}
