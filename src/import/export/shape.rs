//! What an object of a dump is, by its members: only issues and milestones have a place in a roadmap.
//!
//! Sources: GitHub's OpenAPI document, and the members that `gh … --json` knows. Whatever has a number and a title is not yet
//! an issue: milestones, pull requests and discussions have both.

use serde_json::{Map, Value};

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// An issue.
    Issue,
    /// A milestone.
    Milestone,
    /// A pull request.
    Pull,
    /// A discussion.
    Discussion,
    /// None of these, as people call it.
    Other(&'static str),
}

/// Members that tell what an object is that has no number and title.
const OTHERS: [(&str, &str); 13] = [
    ("issue_url", "a comment"),
    ("iid", "an issue of GitLab"),
    ("gid", "a task of Asana"),
    ("content", "an item of a project"),
    ("tag_name", "a release"),
    ("tagName", "a release"),
    ("security_advisory", "a security alert"),
    ("secret_type", "a secret scanning alert"),
    ("rule", "a code scanning alert"),
    ("sha", "a commit"),
    ("workflow_id", "a workflow run"),
    ("color", "a label"),
    ("login", "a user"),
];

/// Members that only a pull request has. Source: `gh pr list --json`, GitHub's OpenAPI document.
const OF_PULLS: [&str; 9] = [
    "headRefName",
    "baseRefName",
    "headRefOid",
    "isDraft",
    "mergedAt",
    "merged_at",
    "mergeable",
    "reviewDecision",
    "additions",
];

impl Shape {
    pub(super) fn of(object: &Map<String, Value>) -> Self {
        let has = |key: &str| object.get(key).is_some_and(|value| !value.is_null());
        let is_at = |part: &str| {
            let addresses = ["html_url", "url"].iter().filter_map(|key| object.get(*key)?.as_str());
            addresses.into_iter().any(|address| address.contains(part))
        };
        let is_numbered = object.get("number").is_some_and(Value::is_u64) && object.contains_key("title");
        if !is_numbered {
            let other = OTHERS.iter().find(|(key, _)| has(key));
            return Self::Other(match other {
                _ if is_jira(object) => "an issue of Jira",
                Some((_, noun)) => noun,
                None => "no issue of GitHub",
            });
        }
        if is_at("/pull/") || is_at("/pulls/") || is_pull(object) {
            Self::Pull
        } else if object.contains_key("due_on")
            || object.contains_key("dueOn")
            || has("open_issues")
            || has("progressPercentage")
            || is_at("/milestone/")
            || is_at("/milestones/")
        {
            Self::Milestone
        } else if has("category") || has("answer_html_url") || is_at("/discussions/") {
            Self::Discussion
        } else if has("rule") || has("security_advisory") || is_at("/security/") {
            Self::Other("a security alert")
        } else {
            Self::Issue
        }
    }

    /// What one of these is called.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Issue => "issue",
            Self::Milestone => "milestone",
            Self::Pull => "pull request",
            Self::Discussion => "discussion",
            Self::Other(noun) => noun,
        }
    }
}

/// Whether an object leads to a roadmap: one key after the other, then a list of milestones or issues.
fn is_wrapper(value: &Value) -> bool {
    let Some(members) = value.as_object() else { return false };
    ["milestones", "issues"].iter().any(|list| members.get(*list).is_some_and(Value::is_array))
        || members.len() == 1 && members.values().any(is_wrapper)
}

fn is_jira(object: &Map<String, Value>) -> bool {
    object.get("key").is_some_and(Value::is_string) && object.get("fields").is_some_and(Value::is_object)
}

/// What a whole file is that is one object around what it holds; `None` where it is none of those that are known.
pub(super) fn around(object: &Map<String, Value>) -> Option<&'static str> {
    let first = |key: &str| object.get(key)?.as_array()?.first()?.as_object();
    let is_colour = |value: &Value| {
        let colour = value.as_str().map(|text| text.trim_start_matches('#'));
        colour.is_some_and(|text| text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let is_list = |key: &str| object.get(key).is_some_and(Value::is_array);
    let is_of_labels = object.len() == 1
        && first("labels").is_some_and(|label| label.contains_key("name") && label.contains_key("color"));
    if first("issues").is_some_and(is_jira) || is_list("projects") && object.contains_key("version") {
        Some("an export of Jira")
    } else if first("issues").is_some_and(|issue| issue.contains_key("iid")) {
        Some("an export of GitLab")
    } else if first("issues").is_some_and(|issue| issue.contains_key("subject")) {
        Some("an export of Redmine")
    } else if first("items").is_some_and(|item| item.contains_key("content")) {
        Some("an export of a project")
    } else if object.get("data").is_some_and(|data| data.is_object() && !is_wrapper(data)) {
        Some("an answer of GitHub's GraphQL API")
    } else if first("data").is_some_and(|task| task.contains_key("gid")) {
        Some("an export of Asana")
    } else if is_list("cards") && is_list("lists") {
        Some("an export of Trello")
    } else if is_of_labels || !object.is_empty() && object.values().all(is_colour) {
        Some("a file of labels")
    } else {
        None
    }
}

/// A member of an issue that is not what GitHub writes.
pub(super) fn odd_member(object: &Map<String, Value>) -> Option<&'static str> {
    let is_open = |value: &Value| matches!(value.as_str(), Some("open" | "closed"));
    let is_text = |value: &Value| value.is_string() || value.is_null();
    let is_named = |value: &Value| value.is_string() || value.is_object();
    let is_listed =
        |value: &Value| value.is_null() || value.as_array().is_some_and(|all| all.iter().all(is_named));
    let is_inside = |value: &Value| value.is_object() || value.is_null();
    let is_typed = |value: &Value| is_inside(value) || value.is_string();
    let is_odd = |key: &&str| {
        object.get(*key).is_some_and(|value| match *key {
            "state" => !is_open(value),
            "labels" | "assignees" => !is_listed(value),
            "milestone" => !is_inside(value),
            "type" => !is_typed(value),
            _ => !is_text(value),
        })
    };
    ["state", "title", "body", "labels", "assignees", "milestone", "type"].into_iter().find(is_odd)
}

/// The repository that an object says it is of, as `owner/name`.
pub(super) fn repository(object: &Map<String, Value>) -> Option<String> {
    let named = match object.get("repository") {
        Some(Value::String(name)) => Some(name.as_str()),
        Some(Value::Object(of)) => {
            ["nameWithOwner", "full_name"].iter().find_map(|key| of.get(*key)?.as_str())
        }
        _ => None,
    };
    let of_api = || object.get("repository_url")?.as_str()?.split_once("/repos/").map(|(_, name)| name);
    let named = named.or_else(of_api).map(str::to_owned);
    named.or_else(|| at_address(object)).filter(|repository| crate::import::is_repository(repository))
}

/// The repository in an object's own address.
fn at_address(object: &Map<String, Value>) -> Option<String> {
    let address = ["html_url", "url"].iter().find_map(|key| object.get(*key)?.as_str())?;
    let parts = ["/issues/", "/pull/", "/pulls/", "/milestone/", "/milestones/", "/discussions/"];
    let before = parts.iter().find_map(|part| address.split_once(part))?.0;
    let mut parts = before.rsplit('/');
    let (name, owner) = (parts.next()?, parts.next()?);
    Some(format!("{owner}/{name}"))
}

/// Whether an object says of itself that it is a pull request.
fn is_pull(object: &Map<String, Value>) -> bool {
    let has = |key: &str| object.get(key).is_some_and(|value| !value.is_null());
    let state = object.get("state").and_then(Value::as_str);
    has("pull_request")
        || object.get("head").is_some_and(Value::is_object) && has("base")
        || object.get("isPullRequest").is_some_and(|value| value == true)
        || OF_PULLS.iter().any(|key| object.contains_key(*key))
        || state.is_some_and(|state| state.eq_ignore_ascii_case("merged"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_number_and_a_title_is_not_yet_an_issue() {
        for (text, shape) in [
            (r#"{"number": 1, "title": "x"}"#, Shape::Issue),
            (r#"{"number": 1, "title": "x", "pull_request": null}"#, Shape::Issue),
            (r#"{"number": 1, "title": "x", "pull_request": {}}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "url": "https://github.com/o/r/pull/1"}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "head": {"ref": "a"}, "base": {"ref": "b"}}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "state": "MERGED"}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "isDraft": false}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "mergedAt": null}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "isPullRequest": true}"#, Shape::Pull),
            (r#"{"number": 1, "title": "x", "isPullRequest": false}"#, Shape::Issue),
            (r#"{"number": 1, "title": "x", "dueOn": null}"#, Shape::Milestone),
            (r#"{"number": 1, "title": "x", "open_issues": 0, "closed_issues": 2}"#, Shape::Milestone),
            (r#"{"number": 1, "title": "x", "url": "https://github.com/o/r/milestone/1"}"#, Shape::Milestone),
            (r#"{"number": 1, "title": "x", "category": {"name": "Q&A"}}"#, Shape::Discussion),
            (r#"{"tag_name": "v1"}"#, Shape::Other("a release")),
            (r#"{"number": 3, "rule": {}, "html_url": "x"}"#, Shape::Other("a code scanning alert")),
            (r#"{"name": "bug", "color": "ff0000"}"#, Shape::Other("a label")),
            (r#"{"key": "AB-1", "fields": {"summary": "x"}}"#, Shape::Other("an issue of Jira")),
            (r#"{"iid": 1, "title": "x"}"#, Shape::Other("an issue of GitLab")),
            (r#"{"body": "x", "issue_url": "y"}"#, Shape::Other("a comment")),
            ("{}", Shape::Other("no issue of GitHub")),
        ] {
            let object: Value = serde_json::from_str(text).unwrap();
            assert_eq!(Shape::of(object.as_object().unwrap()), shape, "{text}");
        }
    }

    #[test]
    fn a_file_is_told_by_what_it_holds() {
        for (text, kind) in [
            (r#"{"issues": [{"key": "AB-1", "fields": {}}]}"#, Some("an export of Jira")),
            (r#"{"issues": [{"iid": 1}]}"#, Some("an export of GitLab")),
            (r#"{"issues": [{"id": 1, "subject": "x"}]}"#, Some("an export of Redmine")),
            (r#"{"items": [{"content": {"number": 1}, "status": "Todo"}]}"#, Some("an export of a project")),
            (r#"{"data": {"repository": {}}}"#, Some("an answer of GitHub's GraphQL API")),
            (r#"{"data": [{"gid": "1"}]}"#, Some("an export of Asana")),
            (r#"{"lists": [], "cards": []}"#, Some("an export of Trello")),
            (r##"{"bug": "ff0000", "docs": "#00FF00"}"##, Some("a file of labels")),
            (r#"{"labels": [{"name": "bug", "color": "ff0000"}]}"#, Some("a file of labels")),
            (r#"{"labels": [{"name": "bug", "color": "ff0000"}], "issues": []}"#, None),
            (r#"{"issues": [{"title": "x"}], "milestones": []}"#, None),
            ("{}", None),
        ] {
            let object: Value = serde_json::from_str(text).unwrap();
            assert_eq!(around(object.as_object().unwrap()), kind, "{text}");
        }
    }

    #[test]
    fn the_repository_is_read_wherever_it_is_said() {
        for (text, name) in [
            (r#"{"repository": {"name": "r", "nameWithOwner": "o/r"}}"#, Some("o/r")),
            (r#"{"repository": {"full_name": "o/r"}}"#, Some("o/r")),
            (r#"{"repository": "o/r"}"#, Some("o/r")),
            (r#"{"repository_url": "https://api.github.com/repos/o/r"}"#, Some("o/r")),
            (r#"{"url": "https://api.github.com/repos/o/r/issues/4"}"#, Some("o/r")),
            (r#"{"html_url": "https://github.com/o/r/milestone/4"}"#, Some("o/r")),
            (r#"{"repository": {"name": "r"}}"#, None),
        ] {
            let object: Value = serde_json::from_str(text).unwrap();
            assert_eq!(repository(object.as_object().unwrap()).as_deref(), name, "{text}");
        }
    }
}
