//! Changes as one JSON document, which `docs/diff-json.md` describes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    history::{Change, Commit, History, change::Group, count, walk::Moment},
    model::Day,
    report::neutral_json,
};

/// The version of the document.
const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
struct Document<'a> {
    version: u32,
    kind: &'static str,
    tool_version: &'static str,
    from: Option<MomentEntry<'a>>,
    to: Option<MomentEntry<'a>>,
    began: Option<BeganEntry<'a>>,
    counts: BTreeMap<&'static str, usize>,
    skipped: Vec<SkippedEntry<'a>>,
    changes: Vec<ChangeEntry<'a>>,
}

/// A commit, or the work tree where `commit` is `null`.
#[derive(Debug, Serialize)]
pub(in crate::history) struct MomentEntry<'a> {
    day: Day,
    commit: Option<&'a str>,
    subject: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct BeganEntry<'a> {
    #[serde(flatten)]
    at: MomentEntry<'a>,
    milestones: usize,
    issues: usize,
}

#[derive(Debug, Serialize)]
struct SkippedEntry<'a> {
    #[serde(flatten)]
    at: MomentEntry<'a>,
    why: &'a str,
}

/// A change with its moment.
#[derive(Debug, Serialize)]
pub(in crate::history) struct ChangeEntry<'a> {
    day: Day,
    commit: Option<&'a str>,
    group: Group,
    #[serde(flatten)]
    change: &'a Change,
}

impl<'a> From<&'a Commit> for MomentEntry<'a> {
    fn from(commit: &'a Commit) -> Self {
        Self { day: commit.day(), commit: Some(&commit.id), subject: Some(&commit.subject) }
    }
}

impl<'a> From<&'a Moment> for MomentEntry<'a> {
    fn from(at: &'a Moment) -> Self {
        match &at.commit {
            Some(commit) => commit.into(),
            None => Self { day: at.day, commit: None, subject: None },
        }
    }
}

/// The changes as JSON.
pub fn json(history: &History) -> String {
    let document = Document {
        version: VERSION,
        kind: "diff",
        tool_version: env!("CARGO_PKG_VERSION"),
        from: history.from.as_ref().map(Into::into),
        to: history.to.as_ref().map(Into::into),
        began: history.began.as_ref().map(|began| BeganEntry {
            at: (&began.at).into(),
            milestones: began.milestones,
            issues: began.issues,
        }),
        counts: count::by_group(history.changes()).into_iter().map(|(group, n)| (group.word(), n)).collect(),
        skipped: history
            .skipped
            .iter()
            .map(|skipped| SkippedEntry { at: (&skipped.commit).into(), why: &skipped.why })
            .collect(),
        changes: entries(history),
    };
    neutral_json(&serde_json::to_string_pretty(&document).unwrap_or_default()) + "\n"
}

/// The changes with their moments, the oldest first.
pub(in crate::history) fn entries(history: &History) -> Vec<ChangeEntry<'_>> {
    let steps = history.steps.iter();
    steps
        .flat_map(|step| {
            let commit = step.at.commit.as_ref().map(|commit| commit.id.as_str());
            let day = step.at.day;
            step.changes.iter().map(move |change| ChangeEntry { day, commit, group: change.group(), change })
        })
        .collect()
}
