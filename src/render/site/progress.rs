//! How far something has come: the counts in words, and the same as a bar.

use crate::words::{counted, say};
use serde::Serialize;

use super::{PageContext, bars::BarView};
use crate::{
    data::{percent, rounded, with_dropped},
    facts::{Progress, StatusCounts},
    model::IssueIx,
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
    /// All issues by how they stand; without pieces where nobody says.
    bar: BarView,
}

/// How far these issues have come.
pub(super) fn progress(
    here: &PageContext<'_>,
    issues: &[IssueIx],
    progress: &Progress,
    counts: &StatusCounts,
) -> ProgressView {
    ProgressView {
        words: words(progress),
        percent: progress.percent().map(percent).unwrap_or_default(),
        points: points(progress),
        bar: match progress.unknown {
            unknown if unknown == progress.total && progress.dropped == 0 => BarView::default(),
            _ => match here.size_of(issues) {
                // None of them is estimated.
                0.0 => BarView::of_statuses(here.facts, counts, issues.len()),
                all => BarView::of_issues(here, issues, all),
            },
        },
    }
}

/// As `6 of 22 done`, with what nobody has stated and what was dropped.
pub(super) fn words(progress: &Progress) -> String {
    let words = match (progress.total, progress.unknown) {
        (0, _) if progress.dropped > 0 => String::new(),
        (0, _) => say!("no issues"),
        (total, 0) => say!("{} of {} done", progress.closed, total),
        (total, unknown) if total == unknown => counted(total, "issue"),
        (_, unknown) => {
            say!("{} of {} done, {} unknown", progress.closed, progress.closed + progress.open, unknown)
        }
    };
    with_dropped(words, progress.dropped)
}

fn points(progress: &Progress) -> String {
    let known = progress.points.filter(|points| points.total > 0.0 && progress.unknown < progress.total);
    known.map(|p| say!("{} of {} points", rounded(p.closed), rounded(p.total))).unwrap_or_default()
}
