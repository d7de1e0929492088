//! An issue out of a file, in the form in which GitHub's REST API tells it.

use serde::Deserialize;
use serde_json::Value;

use super::wire::{WireIssue, WireLabel, WireMilestone};
use crate::{
    github::remote::{RemoteIssue, RemoteLabel, RemoteMilestone},
    source::objects,
};

/// An issue, with all that GitHub tells beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Exported {
    /// The issue.
    pub(crate) issue: RemoteIssue,
    /// Its milestone.
    pub(crate) milestone: Option<RemoteMilestone>,
    /// Its labels.
    pub(crate) labels: Vec<RemoteLabel>,
}

#[derive(Deserialize, Default)]
struct Beside {
    #[serde(default)]
    milestone: Option<WireMilestone>,
    #[serde(default)]
    labels: Vec<Value>,
}

/// Reads a milestone.
///
/// # Errors
/// Where it lacks what every milestone has.
pub(crate) fn milestone(value: Value) -> Result<RemoteMilestone, serde_json::Error> {
    objects::from_value::<WireMilestone>(&value).map(RemoteMilestone::from)
}

/// Reads an issue of this repository.
///
/// # Errors
/// Where it lacks what every issue has.
pub(crate) fn exported(value: Value, repository: &str) -> Result<Exported, serde_json::Error> {
    let beside: Beside = objects::from_value(&value)?;
    let wire: WireIssue = objects::from_value(&value)?;
    // A label may be its name alone: then nothing else is known of it.
    let labels = beside.labels.into_iter().filter_map(|label| objects::from_value::<WireLabel>(&label).ok());
    Ok(Exported {
        issue: wire.issue(repository),
        milestone: beside.milestone.map(RemoteMilestone::from),
        labels: labels.map(RemoteLabel::from).collect(),
    })
}
