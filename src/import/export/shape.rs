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
const OTHERS: [(&str, &str); 9] = [
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
            let is_jira = has("key") && object.get("fields").is_some_and(Value::is_object);
            return Self::Other(match other {
                _ if is_jira => "an issue of Jira",
                Some((_, noun)) => noun,
                None => "no issue of GitHub",
            });
        }
        let has_branches = object.get("head").is_some_and(Value::is_object) && has("base");
        if has("pull_request") || is_at("/pull/") || is_at("/pulls/") || has("headRefName") || has_branches {
            Self::Pull
        } else if has("open_issues")
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
            (r#"{"number": 1, "title": "x", "open_issues": 0, "closed_issues": 2}"#, Shape::Milestone),
            (r#"{"number": 1, "title": "x", "url": "https://github.com/o/r/milestone/1"}"#, Shape::Milestone),
            (r#"{"number": 1, "title": "x", "category": {"name": "Q&A"}}"#, Shape::Discussion),
            (r#"{"tag_name": "v1"}"#, Shape::Other("a release")),
            (r#"{"number": 3, "rule": {}, "html_url": "x"}"#, Shape::Other("a code scanning alert")),
            (r#"{"name": "bug", "color": "ff0000"}"#, Shape::Other("a label")),
            (r#"{"key": "AB-1", "fields": {"summary": "x"}}"#, Shape::Other("an issue of Jira")),
            ("{}", Shape::Other("no issue of GitHub")),
        ] {
            let object: Value = serde_json::from_str(text).unwrap();
            assert_eq!(Shape::of(object.as_object().unwrap()), shape, "{text}");
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
