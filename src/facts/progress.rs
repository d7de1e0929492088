//! How far something has come. What nobody has stated is unknown, which is not 0.

use crate::{
    model::{IssueIx, Roadmap},
    source::schema::State,
};

/// How many issues are done, open and unknown.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Progress {
    /// The issues that count: all but those that were dropped.
    pub(crate) total: usize,
    /// Those that are done.
    pub(crate) closed: usize,
    /// Those that are open.
    pub(crate) open: usize,
    /// Those whose state nobody has stated.
    pub(crate) unknown: usize,
    /// Those that were dropped, which count nowhere else.
    pub(crate) dropped: usize,
    /// The same in points, where any issue is estimated.
    pub(crate) points: Option<Points>,
}

/// Progress in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Points {
    /// The points of all estimated issues.
    pub(crate) total: f64,
    /// The points of those that are closed.
    pub(crate) closed: f64,
    /// How many issues have no estimate.
    pub(crate) unestimated: usize,
}

impl Progress {
    /// The progress of some issues.
    pub(crate) fn of(roadmap: &Roadmap, issues: impl Iterator<Item = IssueIx>) -> Self {
        let mut progress = Self::default();
        let mut points = Points::default();
        for issue in issues.map(|ix| &roadmap.issues[ix.0]) {
            if issue.is_dropped() {
                progress.dropped += 1;
                continue;
            }
            let state = issue.known_state();
            progress.total += 1;
            match state {
                Some(State::Closed) => progress.closed += 1,
                Some(State::Open) => progress.open += 1,
                None => progress.unknown += 1,
            }
            match issue.estimate {
                Some(estimate) => {
                    // A sum that no number holds is the largest that there is.
                    let sum = |of: f64, more: f64| (of + more).clamp(f64::MIN, f64::MAX);
                    points.total = sum(points.total, estimate);
                    points.closed =
                        sum(points.closed, if state == Some(State::Closed) { estimate } else { 0.0 });
                }
                None => points.unestimated += 1,
            }
        }
        progress.points = (points.unestimated < progress.total).then_some(points);
        progress
    }

    /// Whether anybody states of any issue whether it is open.
    pub(crate) fn knows_states(&self) -> bool {
        self.unknown < self.total || self.dropped > 0
    }

    /// The share of closed issues, in whole per cent, rounded down so that 100 means done; `None` where any state is
    /// unknown, or there is no issue.
    pub(crate) fn percent(&self) -> Option<usize> {
        (self.unknown == 0).then(|| (self.closed * 100).checked_div(self.total)).flatten()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{model::resolve, report::Report, source};

    fn progress(estimates: &[&str]) -> Progress {
        let issue = |(n, estimate): (usize, &&str)| {
            let state = if n % 2 == 0 { "closed" } else { "open" };
            format!(r#"{{ "id": "A-{n}", "title": "t", "state": "{state}", "estimate": {estimate} }}"#)
        };
        let issues: Vec<_> = estimates.iter().enumerate().map(issue).collect();
        let text = format!(r#"{{ "issues": [{}] }}"#, issues.join(", "));
        let name: Arc<str> = "a.json".into();
        let mut report = Report::default();
        let parsed = source::parse(&name, text.into_bytes(), &mut report).unwrap();
        let (roadmap, _) = resolve(source::merge(vec![(name, parsed)], &mut report), "", None);
        assert_eq!(roadmap.issues.len(), estimates.len());
        Progress::of(&roadmap, (0..roadmap.issues.len()).map(IssueIx))
    }

    #[test]
    fn no_sum_of_estimates_is_more_than_a_number_holds() {
        for estimates in [&["1e308", "1e308", "1e308"][..], &["-1e308", "-1e308", "-1e308", "1e308"]] {
            let points = progress(estimates).points.unwrap();
            assert!(points.total.is_finite() && points.closed.is_finite(), "{points:?}");
            let shown = serde_json::json!([points.total, points.closed]).to_string();
            assert!(!shown.contains("null"), "{shown}");
        }
        // What infinity less infinity would be is not a number.
        let points = progress(&["1e308", "1e308", "-1e308", "-1e308"]).points.unwrap();
        assert!(!points.total.is_nan() && !points.closed.is_nan(), "{points:?}");
        assert_eq!(progress(&["1", "2", "0.5"]).points.map(|points| points.total), Some(3.5));
    }
}
