//! GitHub's answers, as far as we read them.
//!
//! Whatever may be missing is missing somewhere: Enterprise Server knows no relations, labels are names in old answers, a
//! body is null. Source: GitHub's OpenAPI document, version 2022-11-28.

use serde::{Deserialize, Deserializer, de::IgnoredAny};

use super::values::WireFieldValue;
use crate::{
    github::{
        remote::{Blocker, IssueName, Reason, RemoteIssue, RemoteLabel, RemoteMilestone},
        text::Body,
    },
    model::Day,
    source::{
        objects,
        schema::{State, StateReason},
    },
};

#[derive(Deserialize)]
pub(super) struct WireRepository {
    #[serde(default)]
    pub(super) full_name: String,
    #[serde(default)]
    pub(super) permissions: Option<WirePermissions>,
    #[serde(default)]
    pub(super) has_issues: Option<bool>,
    #[serde(default)]
    pub(super) archived: Option<bool>,
    #[serde(default)]
    pub(super) owner: Option<WireOwner>,
}

#[derive(Deserialize)]
pub(super) struct WireOwner {
    /// `Organization` or `User`.
    #[serde(default, rename = "type")]
    pub(super) kind: String,
}

#[derive(Deserialize)]
pub(super) struct WirePermissions {
    #[serde(default)]
    pub(super) push: bool,
}

#[derive(Deserialize)]
pub(super) struct WireLabel {
    pub(super) id: u64,
    name: String,
    #[serde(default)]
    color: Option<String>,
    #[serde(default)]
    description: Option<String>,
}

impl From<WireLabel> for RemoteLabel {
    fn from(wire: WireLabel) -> Self {
        let color = wire.color.unwrap_or_default().to_lowercase();
        let description = wire.description.filter(|text| !text.is_empty());
        Self { id: wire.id, name: wire.name, color, description }
    }
}

#[derive(Deserialize)]
pub(super) struct WireMilestone {
    pub(super) id: u64,
    number: u64,
    title: String,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    due_on: Option<String>,
    state: State,
    #[serde(default)]
    closed_at: Option<String>,
}

impl From<WireMilestone> for RemoteMilestone {
    fn from(wire: WireMilestone) -> Self {
        Self {
            id: wire.id,
            number: wire.number,
            title: wire.title,
            description: wire.description.filter(|text| !text.is_empty()),
            due_on: day(wire.due_on.as_deref()),
            state: wire.state,
            closed_on: day(wire.closed_at.as_deref()),
        }
    }
}

/// The day that a moment is written with.
fn day(moment: Option<&str>) -> Option<Day> {
    Day::parse(moment?.get(..10)?)
}

#[derive(Deserialize)]
pub(super) struct WireIssue {
    pub(super) id: u64,
    pub(super) number: u64,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    body: Option<String>,
    state: State,
    #[serde(default)]
    state_reason: Option<String>,
    #[serde(default)]
    labels: Option<Vec<Named>>,
    #[serde(default)]
    assignees: Option<Vec<WireUser>>,
    #[serde(default)]
    milestone: Option<WireNumber>,
    #[serde(default, rename = "type")]
    kind: Option<Named>,
    #[serde(default)]
    pub(super) pull_request: Option<IgnoredAny>,
    #[serde(default, deserialize_with = "told")]
    parent_issue_url: Option<Option<String>>,
    #[serde(default)]
    sub_issues_summary: Option<IgnoredAny>,
    #[serde(default)]
    issue_dependencies_summary: Option<WireDependencies>,
    #[serde(default)]
    issue_field_values: Option<Vec<WireFieldValue>>,
    #[serde(default)]
    updated_at: Option<String>,
    #[serde(default)]
    closed_at: Option<String>,
    #[serde(default)]
    locked: Option<bool>,
    #[serde(default)]
    repository_url: Option<String>,
}

/// Something with a name, or its name alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Name(String),
    Object { name: Option<String> },
}

impl Named {
    fn name(self) -> Option<String> {
        match self {
            Self::Name(name) => Some(name),
            Self::Object { name } => name,
        }
    }
}

#[derive(Deserialize)]
struct WireUser {
    login: String,
}

#[derive(Deserialize)]
struct WireNumber {
    number: u64,
}

#[derive(Deserialize)]
struct WireDependencies {
    #[serde(default)]
    total_blocked_by: Option<u64>,
}

/// A member that is there, if only as null.
fn told<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl WireIssue {
    /// The issue, in this repository.
    pub(super) fn issue(self, repository: &str) -> RemoteIssue {
        RemoteIssue {
            id: self.id,
            number: self.number,
            parent: parent(self.parent_issue_url, self.sub_issues_summary.is_some(), repository),
            title: self.title.unwrap_or_default(),
            body: self.body.unwrap_or_default(),
            state: self.state,
            state_reason: self.state_reason.as_deref().and_then(reason),
            labels: self.labels.unwrap_or_default().into_iter().filter_map(Named::name).collect(),
            assignees: self.assignees.unwrap_or_default().into_iter().map(|user| user.login).collect(),
            milestone: self.milestone.map(|milestone| milestone.number),
            kind: self.kind.and_then(Named::name),
            blockers: self.issue_dependencies_summary.and_then(|summary| summary.total_blocked_by),
            fields: self
                .issue_field_values
                .map(|values| values.into_iter().filter_map(WireFieldValue::value).collect()),
            updated_at: self.updated_at.unwrap_or_default(),
            closed_on: day(self.closed_at.as_deref()),
            is_locked: self.locked.unwrap_or(false),
        }
    }

    /// The issue as one that another one of this repository waits for.
    pub(super) fn blocker(&self, repository: &str) -> Blocker {
        let named = self.repository_url.as_deref().and_then(|url| url.split_once("/repos/"));
        let named = named.map(|(_, name)| name.trim_end_matches('/'));
        let other = named.filter(|name| !name.eq_ignore_ascii_case(repository));
        Blocker { name: IssueName { repository: other.map(str::to_owned), number: self.number }, id: self.id }
    }

    /// Where the issue is by its own account, as `owner/name#4`.
    pub(super) fn place(&self) -> Option<String> {
        let (_, repository) = self.repository_url.as_deref()?.split_once("/repos/")?;
        Some(format!("{repository}#{}", self.number))
    }

    /// The id in its marker, where it is a pull request.
    pub(super) fn marked_pull(&self) -> Option<(u64, String)> {
        let is_pull = self.pull_request.is_some();
        let marker = is_pull.then(|| Body::read(self.body.as_deref().unwrap_or_default()).marker)?;
        Some((self.number, marker?))
    }
}

/// The parent. A server that knows parents leaves the member out where there is none, but tells of sub-issues.
fn parent(url: Option<Option<String>>, knows: bool, repository: &str) -> Option<Option<IssueName>> {
    match url {
        Some(Some(url)) => Some(Some(place(&url, repository)?)),
        Some(None) => Some(None),
        None => knows.then_some(None),
    }
}

/// The issue at an address of the API (`…/repos/owner/name/issues/4`), as this repository sees it.
pub(super) fn place(url: &str, repository: &str) -> Option<IssueName> {
    let (_, path) = url.split_once("/repos/")?;
    let (name, number) = path.split_once("/issues/")?;
    let other = Some(name).filter(|name| !name.eq_ignore_ascii_case(repository));
    Some(IssueName { repository: other.map(str::to_owned), number: number.parse().ok()? })
}

fn reason(text: &str) -> Option<Reason> {
    match text {
        "completed" => Some(Reason::Closed(StateReason::Completed)),
        "not_planned" => Some(Reason::Closed(StateReason::NotPlanned)),
        "duplicate" => Some(Reason::Closed(StateReason::Duplicate)),
        "reopened" => Some(Reason::Reopened),
        _ => None,
    }
}

/// What GitHub says of a request that it did not do.
#[derive(Deserialize, Default)]
pub(super) struct WireError {
    #[serde(default)]
    pub(super) message: Option<String>,
    #[serde(default)]
    errors: Option<serde_json::Value>,
}

impl WireError {
    /// Reads it from whatever came: a proxy's page of HTML says nothing.
    pub(super) fn read(body: &[u8]) -> Self {
        objects::from_slice(body).unwrap_or_default()
    }

    /// The single faults in words: the field, what is wrong with it, and the value where GitHub says it.
    fn faults(&self) -> Vec<String> {
        match &self.errors {
            Some(serde_json::Value::Array(faults)) => faults.iter().map(fault).collect(),
            Some(one) => vec![fault(one)],
            None => Vec::new(),
        }
    }

    /// Whether what was to be made is there already.
    pub(super) fn is_exists(&self) -> bool {
        let code = |fault: &serde_json::Value| fault["code"] == "already_exists";
        self.errors
            .as_ref()
            .and_then(serde_json::Value::as_array)
            .is_some_and(|faults| faults.iter().any(code))
    }

    /// All of it in one line.
    pub(super) fn words(&self) -> String {
        let message = self.message.iter().cloned();
        let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = message.chain(self.faults()).map(line).filter(|text| !text.is_empty());
        all.collect::<Vec<_>>().join(": ")
    }
}

/// A fault in words. Source: docs.github.com, "Troubleshooting the REST API", the codes of validation errors.
fn fault(fault: &serde_json::Value) -> String {
    let member = |key: &str| fault[key].as_str().filter(|text| !text.is_empty());
    if let Some(text) = fault.as_str() {
        return text.to_owned();
    }
    let value = match &fault["value"] {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => format!(" (`{text}`)"),
        value => format!(" (`{value}`)"),
    };
    let field = member("field").map_or_else(|| "a value".to_owned(), |field| format!("`{field}`"));
    match (member("message"), member("code")) {
        (Some(message), _) if message.contains(value.trim_matches([' ', '(', ')', '`'])) => {
            message.to_owned()
        }
        (Some(message), _) => format!("{message}{value}"),
        (None, Some("missing_field")) => format!("{field} is missing"),
        (None, Some("missing")) => format!("what {field} names is not there{value}"),
        (None, Some("invalid" | "unprocessable")) => format!("{field} cannot be what was sent{value}"),
        (None, Some("already_exists")) => format!("{field} is taken{value}"),
        (None, Some(code)) => format!("{field}: {}{value}", code.replace('_', " ")),
        (None, None) => String::new(),
    }
}
