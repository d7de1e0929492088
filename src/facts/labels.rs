//! Who has a label.

use super::{IssueFacts, Progress, StatusCounts};
use crate::{
    model::{IssueIx, Roadmap},
    source::schema::State,
};

/// What follows for one label.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LabelFacts {
    /// The issues that have it, in the order of the source, each once.
    pub(crate) issues: Vec<IssueIx>,
    /// How many of them are open.
    pub(crate) open: usize,
    /// How many of them are closed.
    pub(crate) closed: usize,
    /// How far they have come.
    pub(crate) progress: Progress,
    /// How many of them stand so, for each status.
    pub(crate) statuses: StatusCounts,
}

impl LabelFacts {
    /// What follows for a label that no issue has.
    pub(super) const UNUSED: Self = Self {
        issues: Vec::new(),
        open: 0,
        closed: 0,
        progress: Progress { total: 0, closed: 0, open: 0, unknown: 0, dropped: 0, points: None },
        statuses: StatusCounts::NONE,
    };
}

/// Facts of all labels that are used.
pub(super) fn facts(roadmap: &Roadmap, issues: &[IssueFacts]) -> Vec<Option<Box<LabelFacts>>> {
    let mut labels = vec![None; roadmap.labels.len()];
    for (ix, issue) in roadmap.issues() {
        for link in issue.labels() {
            let label: &mut Box<LabelFacts> =
                labels[link.to.0].get_or_insert_with(|| Box::new(LabelFacts::UNUSED));
            if label.issues.last() == Some(&ix) {
                continue;
            }
            label.issues.push(ix);
            match issue.known_state() {
                Some(State::Open) => label.open += 1,
                Some(State::Closed) => label.closed += 1,
                None => {}
            }
        }
    }
    for label in labels.iter_mut().flatten() {
        label.progress = Progress::of(roadmap, label.issues.iter().copied());
        label.statuses = StatusCounts::of(label.issues.iter().map(|ix| issues[ix.0].status));
    }
    labels
}
