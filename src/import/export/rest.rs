//! What `gh --json` writes, in the form of the REST API.

use serde_json::{Map, Value};

use super::shape;
use crate::github::remote::IssueName;

/// The numbers in a list of issues, be it in `nodes`.
pub(super) fn names(value: Option<Value>, repository: &str) -> Vec<IssueName> {
    let list = match value {
        Some(Value::Object(mut object)) => object.remove("nodes").unwrap_or_default(),
        other => other.unwrap_or_default(),
    };
    list.as_array().into_iter().flatten().filter_map(|issue| name(issue, repository)).collect()
}

/// What an issue is called that another one names: its address says whether it is of the same repository.
pub(super) fn name(issue: &Value, repository: &str) -> Option<IssueName> {
    let number = issue.get("number")?.as_u64()?;
    let told = issue.as_object().and_then(shape::repository);
    Some(IssueName {
        number,
        repository: told.filter(|told| !repository.is_empty() && !told.eq_ignore_ascii_case(repository)),
    })
}

/// An issue or a milestone as `gh` writes it in the form of the REST API; one that has that form stays as it is.
pub(super) fn rest(mut object: Map<String, Value>) -> Value {
    for (theirs, ours) in [
        ("stateReason", "state_reason"),
        ("closedAt", "closed_at"),
        ("updatedAt", "updated_at"),
        ("issueType", "type"),
        ("dueOn", "due_on"),
    ] {
        if let Some(value) = object.remove(theirs) {
            object.insert(ours.to_owned(), value);
        }
    }
    let state = object.entry("state").or_insert_with(|| "open".into());
    *state = lower(state);
    if let Some(reason) = object.get_mut("state_reason") {
        *reason = lower(reason);
    }
    numbered(&mut object);
    if let Some(Value::Object(milestone)) = object.get_mut("milestone") {
        if let Some(due) = milestone.remove("dueOn") {
            milestone.insert("due_on".to_owned(), due);
        }
        let state = milestone.entry("state").or_insert_with(|| "open".into());
        *state = lower(state);
        numbered(milestone);
    }
    for label in object.get_mut("labels").and_then(Value::as_array_mut).into_iter().flatten() {
        label.as_object_mut().into_iter().for_each(numbered);
    }
    Value::Object(object)
}

/// Words of GraphQL are in capitals.
fn lower(value: &Value) -> Value {
    value.as_str().map_or_else(|| value.clone(), |text| text.to_lowercase().into())
}

/// Zero stands for a REST id that the file does not have: the ids of `gh` are GraphQL's.
fn numbered(object: &mut Map<String, Value>) {
    if !object.get("id").is_some_and(Value::is_u64) {
        object.insert("id".to_owned(), 0.into());
    }
}
