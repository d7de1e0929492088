//! The lock as it is read: what GitHub said at the last `apply` or `snapshot`.
//!
//! Only states and days come from it. Members that this version does not know are passed over, so that a lock of a
//! later one can still be read.

use std::{collections::BTreeMap, sync::Arc};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Deserialize;

use super::{
    parse::{body, decode, mend},
    schema::{Map, State, StateReason},
};
use crate::report::{Diagnostic, Place, Report};

/// The version of the lock that this program reads and writes.
pub const LOCK_VERSION: u64 = 1;

/// What is known of GitHub. The keys are ids, for labels names, in lower case: they are compared without case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    /// The repository that it speaks of, as `owner/name`.
    pub repository: Option<String>,
    /// The day on which GitHub was last asked, as it is written.
    pub snapshot_on: Option<String>,
    /// The milestones.
    pub milestones: BTreeMap<String, LockItem>,
    /// The issues.
    pub issues: BTreeMap<String, LockItem>,
    /// The labels.
    pub labels: BTreeMap<String, LockItem>,
}

/// An item as GitHub has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "Item")]
pub struct LockItem {
    /// Its number in GitHub.
    pub number: Option<u64>,
    /// What GitHub said of it.
    #[serde(default)]
    pub remote: Remote,
}

/// The last known state of an item in GitHub.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
pub struct Remote {
    /// Whether it is open or closed.
    pub state: Option<State>,
    /// Why it was closed.
    pub state_reason: Option<StateReason>,
    /// The day on which it was closed.
    pub closed_on: Option<String>,
    /// The day by which it is due.
    pub due_on: Option<String>,
}

/// The lock as it is written.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "Lock")]
struct Written {
    version: u64,
    repository: Option<String>,
    snapshot_on: Option<String>,
    milestones: Option<Map<LockItem>>,
    issues: Option<Map<LockItem>>,
    labels: Option<Map<LockItem>>,
}

/// As much of any version's lock as tells its version.
#[derive(Deserialize)]
struct AnyVersion {
    version: Option<serde_json::Value>,
}

/// Reads a lock; `None` where it is no lock of this version, with the reason in the report.
pub fn parse_lock(file: &Arc<str>, bytes: Vec<u8>, report: &mut Report) -> Option<Lock> {
    let text = decode(file, bytes, report)?;
    let read = serde_json::from_str::<Written>(body(&text)).ok();
    let Some(written) = read.filter(|written| written.version == LOCK_VERSION) else {
        let found = other_version(file, &text).unwrap_or_else(|| faults(file, &text));
        report.extend(found);
        return None;
    };
    Some(Lock {
        milestones: folded(file, "milestones", written.milestones, report)?,
        issues: folded(file, "issues", written.issues, report)?,
        labels: folded(file, "labels", written.labels, report)?,
        repository: written.repository,
        snapshot_on: written.snapshot_on,
    })
}

/// A finding where the lock is of another version: nothing else is said of it then.
fn other_version(file: &Arc<str>, text: &str) -> Option<Report> {
    let AnyVersion { version } = serde_json::from_str(body(text)).ok()?;
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
    if finding.code == "conflict-markers" {
        return finding.help("keep either side, then let `roadbook snapshot` bring the lock up to date");
    }
    let message = format!("the lock cannot be read: {}", finding.message);
    Diagnostic { code: CODE, message, ..finding }
        .help("bring the file back from git, or write it again with `roadbook snapshot`")
}

/// The items under keys in lower case; two keys that differ only in case are a fault.
fn folded(
    file: &Arc<str>,
    list: &str,
    items: Option<Map<LockItem>>,
    report: &mut Report,
) -> Option<BTreeMap<String, LockItem>> {
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

const CODE: &str = "bad-lock";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Lock>, Vec<Diagnostic>) {
        let mut report = Report::default();
        let lock = parse_lock(&"roadbook.lock.json".into(), text.as_bytes().to_vec(), &mut report);
        (lock, report.sorted())
    }

    fn fault(text: &str) -> Diagnostic {
        let (lock, mut found) = read(text);
        assert_eq!((lock, found.len()), (None, 1), "{found:#?}");
        found.remove(0)
    }

    fn place() -> Place {
        Place::json("roadbook.lock.json")
    }

    #[test]
    fn states_and_days_are_read_and_what_is_unknown_is_passed_over() {
        let (lock, found) = read(
            r#"{"version": 1, "repository": "o/r", "snapshot_on": "2026-11-01", "later": {}, "labels": {"Area:DB": {"id": 7}},
            "milestones": {"DB-ML0": {"number": 1, "id": 11, "applied": {"title": "t"},
              "remote": {"state": "closed", "due_on": "2026-09-30", "title": "t"}}},
            "issues": {"DB-001": {"remote": {"state": "closed", "state_reason": "not_planned", "closed_on": "2026-09-01"}}}}"#,
        );
        assert_eq!(found, []);
        let lock = lock.unwrap();
        assert_eq!(
            (lock.repository.as_deref(), lock.snapshot_on.as_deref()),
            (Some("o/r"), Some("2026-11-01"))
        );
        let milestone = &lock.milestones["db-ml0"];
        assert_eq!((milestone.number, milestone.remote.state), (Some(1), Some(State::Closed)));
        assert_eq!(milestone.remote.due_on.as_deref(), Some("2026-09-30"));
        assert_eq!(lock.issues["db-001"].remote.state_reason, Some(StateReason::NotPlanned));
        assert_eq!(lock.labels["area:db"], LockItem::default());
    }

    #[test]
    fn the_smallest_lock_is_its_version() {
        assert_eq!(read("\u{feff}{\"version\": 1}"), (Some(Lock::default()), vec![]));
    }

    #[test]
    fn another_version_is_said_and_nothing_else() {
        for version in ["2", "\"1\"", "0"] {
            let found = fault(&format!(r#"{{"version": {version}, "issues": 5}}"#));
            assert_eq!((found.code, found.place), ("bad-lock", place().key("version")));
            assert!(found.message.ends_with("and this Roadbook reads version `1`"), "{}", found.message);
        }
    }

    #[test]
    fn bad_json_and_bad_shapes_are_told_with_their_places() {
        let found = fault(r#"{"version": 1,}"#);
        assert_eq!((found.code, found.place), ("bad-lock", Place::bytes("roadbook.lock.json", 13..14)));
        assert_eq!(found.message, "the lock cannot be read: nothing follows this comma");
        let found = fault(r#"{"issues": {}}"#);
        assert_eq!(found.message, "the lock cannot be read: this file has no `version`");
        let found = fault(r#"{"version": 1, "issues": {"A": {"number": -1}}}"#);
        assert_eq!(found.place, place().key("issues").key("A").key("number"));
        assert_eq!(
            found.message,
            "the lock cannot be read: `number` must be a whole number from 0, not `-1`"
        );
        let found = fault(r#"{"version": 1, "issues": {"A": {"remote": {"state": "gone"}}}}"#);
        assert_eq!(found.message, "the lock cannot be read: `state` must be `open` or `closed`, not `gone`");
        let found = fault(r#"{"version": 1, "issues": {"A": {}, "A": {}}}"#);
        assert_eq!(found.place, place().key("issues").key("A").the_key());
        assert_eq!(
            fault("[]").message,
            "the lock cannot be read: the file must be an object with `version`, not a list"
        );
        assert_eq!(fault("").message, "the lock cannot be read: the file is empty");
    }

    #[test]
    fn keys_that_differ_only_in_case_are_a_fault() {
        let found = fault(r#"{"version": 1, "issues": {"a-1": {}, "A-1": {}}}"#);
        assert_eq!(found.place, place().key("issues").key("a-1").the_key());
    }

    #[test]
    fn a_merge_conflict_keeps_its_name() {
        let found = fault("{\"version\": 1,\n<<<<<<< HEAD\n=======\n>>>>>>> main\n}");
        assert_eq!(found.code, "conflict-markers");
        assert!(found.help.unwrap().contains("roadbook snapshot"));
    }

    #[test]
    fn a_lock_cut_off_at_any_byte_has_one_finding() {
        let text = r#"{"version": 1, "issues": {"A-1": {"number": 12, "remote": {"state": "open"}}}}"#;
        (0..text.len()).for_each(|end| assert_eq!(fault(&text[..end]).code, "bad-lock"));
    }
}
