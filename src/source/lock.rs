//! The lock: what GitHub said at the last `apply` or `snapshot`, and what was last applied there.
//!
//! Builds read only states and days from it. What was applied is the third side of every comparison with GitHub: it
//! tells who changed a value. Members that this version does not know are passed over, so that a lock of a later one can
//! still be read.

mod applied;
mod write;

use std::{collections::BTreeMap, sync::Arc};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::{Deserialize, Serialize};

pub(crate) use applied::{AppliedIssue, AppliedLabel, AppliedMilestone, FieldValues};

use super::{
    objects,
    parse::{body, decode, mend},
    schema::{Field, Map, State, StateReason},
};
use crate::{
    report::{Code, Diagnostic, Place, Report},
    scalar::Id,
};

/// The version of the lock that this program reads and writes.
pub(crate) const LOCK_VERSION: u64 = 1;

/// What is known of GitHub. The keys are ids, for labels names, in lower case: they are compared without case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The repository that it speaks of, as `owner/name`.
    pub(crate) repository: Option<String>,
    /// The day on which GitHub was last asked, as it is written.
    pub(crate) snapshot_on: Option<String>,
    /// The milestones.
    pub milestones: BTreeMap<String, LockItem<AppliedMilestone>>,
    /// The issues.
    pub issues: BTreeMap<String, LockItem<AppliedIssue>>,
    /// The labels.
    pub(crate) labels: BTreeMap<String, LockItem<AppliedLabel>>,
    /// Issues in other repositories that relations lead to, as `owner/name#4`.
    pub(crate) elsewhere: BTreeMap<String, LockElsewhere>,
}

/// An item as GitHub has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Item{A}", bound = "A: JsonSchema + Default + Serialize")]
pub struct LockItem<A> {
    /// Its number in GitHub; a label has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// Its REST id, which outlasts a rename.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// The owned fields as they were last applied.
    #[serde(default)]
    pub(crate) applied: A,
    /// What GitHub said of it.
    #[serde(default, skip_serializing_if = "Remote::is_empty")]
    pub(crate) remote: Remote,
}

/// An issue in another repository, as GitHub showed it last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct LockElsewhere {
    /// Its REST id, by which relations name it.
    pub(crate) id: Option<u64>,
    /// What GitHub said of it.
    #[serde(default, skip_serializing_if = "Remote::is_empty")]
    pub(crate) remote: Remote,
}

/// The last known state of an item in GitHub.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Remote {
    /// Whether it is open or closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<State>,
    /// Why it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state_reason: Option<StateReason>,
    /// The day on which it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) closed_on: Option<String>,
    /// The day by which it is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) due_on: Option<String>,
}

impl Remote {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The lock as it is written.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Lock")]
struct Written {
    version: u64,
    repository: Option<String>,
    snapshot_on: Option<String>,
    milestones: Option<Map<LockItem<AppliedMilestone>>>,
    issues: Option<Map<LockItem<AppliedIssue>>>,
    labels: Option<Map<LockItem<AppliedLabel>>>,
    elsewhere: Option<Map<LockElsewhere>>,
}

impl Lock {
    /// Gives items that are known by former ids (in lower case) the ids that took their place, in what was applied too.
    pub(crate) fn rename(&mut self, former: &BTreeMap<String, Id>) {
        moved(&mut self.milestones, former);
        moved(&mut self.issues, former);
        for line in self.issues.values_mut() {
            let AppliedIssue { milestone, parent, blocked_by, .. } = &mut line.applied;
            let names = [milestone, parent].into_iter().filter_map(Field::get_mut);
            for name in names.chain(blocked_by.get_mut().into_iter().flatten()) {
                if let Some(id) = former.get(&name.to_lowercase()) {
                    *name = id.to_string();
                }
            }
        }
    }
}

/// Puts the lines of former ids under those that took their place, where these have none.
fn moved<A>(lines: &mut BTreeMap<String, LockItem<A>>, former: &BTreeMap<String, Id>) {
    for (was, id) in former.iter().filter(|(_, id)| !lines.contains_key(id.key())).collect::<Vec<_>>() {
        if let Some(line) = lines.remove(was) {
            lines.insert(id.key().to_owned(), line);
        }
    }
}

/// As much of any version's lock as tells its version.
#[derive(Deserialize)]
struct AnyVersion {
    version: Option<serde_json::Value>,
}

/// Reads a lock; `None` where it is no lock of this version, with the reason in the report.
pub(crate) fn parse_lock(file: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<Lock> {
    let text = decode(file, bytes, report)?;
    let read = objects::from_str::<Written>(body(&text)).ok();
    let Some(written) = read.filter(|written| written.version == LOCK_VERSION) else {
        let found = other_version(file, &text).unwrap_or_else(|| faults(file, &text));
        report.extend(found);
        return None;
    };
    Some(Lock {
        milestones: folded(file, "milestones", written.milestones, report)?,
        issues: folded(file, "issues", written.issues, report)?,
        labels: folded(file, "labels", written.labels, report)?,
        elsewhere: folded(file, "elsewhere", written.elsewhere, report)?,
        repository: written.repository,
        snapshot_on: written.snapshot_on,
    })
}

/// A finding where the lock is of another version: nothing else is said of it then.
fn other_version(file: &Arc<str>, text: &str) -> Option<Report> {
    let AnyVersion { version } = objects::from_str(body(text)).ok()?;
    let version = version.filter(|version| version.as_u64().is_none_or(|version| version != LOCK_VERSION))?;
    let place = Place::json(Arc::clone(file)).key("version");
    let message =
        format!("the lock is of version `{version}`, and this Roadbook reads version `{LOCK_VERSION}`");
    let mut report = Report::default();
    report.push(
        Diagnostic::new(CODE, place, message).help("use the Roadbook that wrote the lock, or a later one"),
    );
    Some(report)
}

/// Everything that is wrong with a lock of this version.
fn faults(file: &Arc<str>, text: &str) -> Report {
    let mut report = Report::default();
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Written>().to_value();
    let _: Option<(Written, _)> = mend(file, text, &schema, &mut report);
    report.map(|finding| Some(as_lock(finding)))
}

/// A fault of JSON or of shape as one of the lock, which nobody writes by hand; a merge conflict stays what it is.
fn as_lock(finding: Diagnostic) -> Diagnostic {
    if finding.code == Code::ConflictMarkers {
        return finding.help("keep either side, then let `roadbook snapshot` bring the lock up to date");
    }
    let message = format!("the lock cannot be read: {}", finding.message);
    Diagnostic { code: CODE, message, repair: None, ..finding }
        .help("bring the file back from git, or write it again with `roadbook snapshot`")
}

/// The items under keys in lower case; two keys that differ only in case are a fault.
fn folded<T>(
    file: &Arc<str>,
    list: &str,
    items: Option<Map<T>>,
    report: &mut Report,
) -> Option<BTreeMap<String, T>> {
    let mut folded = BTreeMap::new();
    for (key, item) in items.unwrap_or_default().0 {
        if folded.insert(key.to_lowercase(), item).is_some() {
            let message =
                format!("the lock cannot be read: `{key}` stands in it twice, in upper and lower case");
            let place = Place::json(Arc::clone(file)).key(list).key(key).the_key();
            report.push(Diagnostic::new(CODE, place, message).help("delete the one that is out of date"));
            return None;
        }
    }
    Some(folded)
}

const CODE: Code = Code::BadLock;

#[cfg(test)]
mod tests;
