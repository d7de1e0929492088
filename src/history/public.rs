//! Changes without a trace of what is internal: in either revision, and for good where an item was internal at last.

use std::collections::BTreeSet;

use super::{
    change::{Change, Difference, What},
    edition::{Edition, folded},
};
use crate::{data::v1::Kind, facts::internal_issues, model::Roadmap};

/// What may not be told: kinds and ids, of labels names, in lower case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hidden(BTreeSet<(Kind, String)>);

impl Hidden {
    /// What is internal in an edition.
    pub(super) fn of(edition: &Edition) -> Self {
        let mut hidden = Self::default();
        hidden.also(edition);
        hidden
    }

    /// What is internal in an edition as well.
    pub(super) fn also(&mut self, edition: &Edition) {
        for (kind, items) in [(Kind::Milestone, &edition.milestones), (Kind::Issue, &edition.issues)] {
            let internal = items.iter().filter(|(_, item)| item.internal);
            self.0.extend(internal.map(|(key, _)| (kind, key.clone())));
        }
        self.0.extend(edition.internal_labels.iter().map(|key| (Kind::Label, key.clone())));
    }

    /// What an edition is the last word on: what is internal in it is, and what it shows is not.
    pub(super) fn update(&mut self, edition: &Edition) {
        if !self.0.is_empty() {
            let shown = |(kind, key): &(Kind, String)| match kind {
                Kind::Label => edition.labels.contains_key(key),
                kind => edition.items(*kind).contains_key(key),
            };
            self.0.retain(|item| !shown(item));
        }
        self.also(edition);
    }

    /// What bore another id before is hidden under that too.
    pub(super) fn follow(&mut self, renamed: &[(Kind, String, String)]) {
        for (kind, was, is) in renamed.iter().rev() {
            if self.0.contains(&(*kind, is.clone())) {
                self.0.insert((*kind, was.clone()));
            }
        }
    }

    /// What has another id afterwards is hidden under that too.
    pub(super) fn lead(&mut self, renamed: &[(Kind, String, String)]) {
        for (kind, was, is) in renamed {
            if self.0.contains(&(*kind, was.clone())) {
                self.0.insert((*kind, is.clone()));
            }
        }
    }

    /// What is hidden elsewhere too.
    pub(super) fn join(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The milestones and issues that are internal in a roadmap.
    pub(super) fn of_roadmap(roadmap: &Roadmap) -> Self {
        let milestones = roadmap.milestones.iter().filter(|milestone| milestone.internal);
        let milestones = milestones.map(|milestone| (Kind::Milestone, milestone.id.key().to_owned()));
        let issues = roadmap.issues.iter().zip(internal_issues(roadmap)).filter(|(_, internal)| *internal);
        let issues = issues.map(|(issue, _)| (Kind::Issue, issue.id.key().to_owned()));
        Self(milestones.chain(issues).collect())
    }

    /// The public roadmap, without what is hidden either.
    pub(super) fn without_items(&self, roadmap: &Roadmap) -> Roadmap {
        let mut whole = roadmap.clone();
        for milestone in &mut whole.milestones {
            milestone.internal |= self.has(Kind::Milestone, milestone.id.key());
        }
        for issue in &mut whole.issues {
            issue.internal |= self.has(Kind::Issue, issue.id.key());
        }
        let internal = internal_issues(&whole);
        whole.public(|ix| internal[ix.0])
    }

    /// Whether nothing is hidden.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn has(&self, kind: Kind, id: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&(kind, folded(id)))
    }

    /// The change without what may not be told; `None` where nothing is left of it.
    pub(crate) fn without(&self, change: Change) -> Option<Change> {
        if self.is_empty() {
            return Some(change);
        }
        if self.has(change.kind, &change.id) {
            return None;
        }
        let milestone = |id: Option<String>| id.filter(|id| !self.has(Kind::Milestone, id));
        let what = match change.what {
            What::Added { milestone: of } => What::Added { milestone: milestone(of) },
            What::Dropped { milestone: of } => What::Dropped { milestone: milestone(of) },
            What::Moved { from, to } => {
                let (from, to) = (milestone(from), milestone(to));
                (from.is_some() || to.is_some()).then_some(What::Moved { from, to })?
            }
            What::Renamed { from_id: Some(id), .. } if self.has(change.kind, &id) => return None,
            What::Rescoped { fields, texts, parent } => {
                let issue = |id: Option<String>| id.filter(|id| !self.has(Kind::Issue, id));
                let parent = parent.map(|(from, to)| (issue(from), issue(to)));
                let parent = parent.filter(|(from, to)| from.is_some() || to.is_some());
                let is_left = !fields.is_empty() || !texts.is_empty() || parent.is_some();
                is_left.then_some(What::Rescoped { fields, texts, parent })?
            }
            What::Dependencies(difference) => What::Dependencies(self.shorter(change.kind, difference)?),
            What::Labels(difference) => What::Labels(self.shorter(Kind::Label, difference)?),
            other => other,
        };
        Some(Change { what, ..change })
    }

    fn shorter(&self, kind: Kind, mut difference: Difference) -> Option<Difference> {
        difference.added.retain(|id| !self.has(kind, id));
        difference.removed.retain(|id| !self.has(kind, id));
        (!difference.added.is_empty() || !difference.removed.is_empty()).then_some(difference)
    }
}
