//! Changes as one JSON document.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    data::v1::VERSION,
    history::{Change, Commit, History, change::Group, count, earliest::EarliestChange, walk::Moment},
    model::Day,
    report::neutral_json,
};

/// What `diff --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Diff<'a> {
    /// The version of the format.
    version: u32,
    /// `diff`.
    #[schemars(extend("const" = "diff"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// What was compared; `null` where it begins with the roadmap itself.
    from: Option<MomentEntry<'a>>,
    /// What it was compared with; its `commit` is `null` for the working tree.
    to: Option<MomentEntry<'a>>,
    /// The first time that the roadmap was there, where that lies between.
    began: Option<BeganEntry<'a>>,
    /// How many changes of each group there are; groups without one are left out.
    counts: BTreeMap<&'static str, usize>,
    /// Revisions that could not be read.
    skipped: Vec<SkippedEntry<'a>>,
    /// The changes, the oldest first.
    changes: Vec<ChangeEntry<'a>>,
    /// The day that earliest days were judged on at both ends; `null` where the later one states none.
    as_of: Option<Day>,
    /// What cannot be done before another day than at the other end, and is still to be done.
    earliest: &'a [EarliestChange],
}

/// A commit, or the working tree.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Moment")]
pub(in crate::history) struct MomentEntry<'a> {
    /// The day of the commit, by its committer, in UTC.
    day: Day,
    /// The whole name of the commit; `null` for the working tree.
    commit: Option<&'a str>,
    /// The first line of its message; `null` for the working tree, empty with `--public`.
    subject: Option<&'a str>,
}

/// The first revision of a roadmap.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Began")]
struct BeganEntry<'a> {
    /// When.
    #[serde(flatten)]
    at: MomentEntry<'a>,
    /// How many milestones it had.
    milestones: usize,
    /// How many issues it had.
    issues: usize,
}

/// A revision that was not read.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Skipped")]
struct SkippedEntry<'a> {
    /// When.
    #[serde(flatten)]
    at: MomentEntry<'a>,
    /// What is wrong with it.
    why: &'a str,
}

/// A change with its moment.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Change")]
pub(in crate::history) struct ChangeEntry<'a> {
    /// The day of the commit.
    day: Day,
    /// The whole name of the commit; `null` for the working tree.
    commit: Option<&'a str>,
    /// What it is counted among.
    group: Group,
    /// The change.
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
pub(crate) fn json(history: &History) -> String {
    let document = Diff {
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
        as_of: history.effect.as_of,
        earliest: &history.effect.items,
    };
    neutral_json(serde_json::to_string_pretty(&document).unwrap_or_default()) + "\n"
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
