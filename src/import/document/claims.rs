//! Numbers that follow from the rest of a document, held against it.

use std::{collections::BTreeMap, ops::Range};

use super::Reading;
use crate::report::{Code, Diagnostic, counted};

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Of {
    Milestones,
    Issues,
    Milestone(usize),
    Label(String),
}

/// A number that the document gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Claim {
    of: Of,
    count: usize,
    range: Range<usize>,
}

impl Claim {
    pub(super) fn milestones(count: usize, range: Range<usize>) -> Self {
        Self { of: Of::Milestones, count, range }
    }

    pub(super) fn issues(count: usize, range: Range<usize>) -> Self {
        Self { of: Of::Issues, count, range }
    }

    pub(super) fn of_milestone(ix: usize, count: usize, range: Range<usize>) -> Self {
        Self { of: Of::Milestone(ix), count, range }
    }

    pub(super) fn of_label(name: &str, count: usize, range: Range<usize>) -> Self {
        Self { of: Of::Label(name.to_lowercase()), count, range }
    }
}

impl Reading<'_> {
    /// Tells the numbers that are wrong.
    pub(super) fn check_claims(&mut self) {
        let mut by_milestone = vec![0; self.draft.milestones.len()];
        let mut by_label = BTreeMap::<String, usize>::new();
        for issue in &self.draft.issues {
            issue.milestones.iter().for_each(|ix| by_milestone[*ix] += 1);
            issue.names("labels").for_each(|name| *by_label.entry(name.to_lowercase()).or_default() += 1);
        }
        for Claim { of, count, range } in std::mem::take(&mut self.claims) {
            let (real, noun, of) = match of {
                Of::Milestones => (self.draft.milestones.len(), "milestone", String::new()),
                Of::Issues => (self.draft.issues.len(), "issue", String::new()),
                Of::Milestone(ix) => {
                    (by_milestone[ix], "issue", format!(" for `{}`", self.draft.milestones[ix].title()))
                }
                Of::Label(name) => {
                    (by_label.get(&name).copied().unwrap_or_default(), "issue", format!(" for `{name}`"))
                }
            };
            if real != count {
                let message = format!("the document says {}{of} and lists {real}", counted(count, noun));
                let found = Diagnostic::new(Code::ImportContradiction, self.place(&range), message);
                self.report.push(
                    found
                        .warning()
                        .help("such numbers are counted by `roadbook build`: look which of the two is meant"),
                );
            }
        }
    }
}
