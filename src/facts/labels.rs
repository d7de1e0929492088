//! Who bears a label.

use super::{IssueFacts, Progress, StatusCounts};
use crate::{
    model::{IssueIx, Roadmap},
    source::schema::State,
};

/// What follows for one label.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LabelFacts {
    /// The issues that bear it, in the order of the source, each once.
    pub issues: Vec<IssueIx>,
    /// How many of them are open.
    pub open: usize,
    /// How many of them are closed.
    pub closed: usize,
    /// How far they have come.
    pub progress: Progress,
    /// How many of them stand so, for each status.
    pub statuses: StatusCounts,
}

/// Facts of all labels.
pub(super) fn facts(roadmap: &Roadmap, issues: &[IssueFacts]) -> Vec<LabelFacts> {
    let mut labels = vec![LabelFacts::default(); roadmap.labels.len()];
    for (ix, issue) in roadmap.issues() {
        for link in issue.labels() {
            let label = &mut labels[link.to.0];
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
    for label in &mut labels {
        label.progress = Progress::of(roadmap, label.issues.iter().copied());
        label.statuses = StatusCounts::of(label.issues.iter().map(|ix| issues[ix.0].status));
    }
    labels
}
