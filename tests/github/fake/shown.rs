//! What this GitHub holds as the JSON of its answers, with every member that GitHub's own document requires.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    clock::written,
    fields,
    world::{Access, Issue, Label, Milestone, Whereabouts, World},
};

/// A world as it is seen at an address.
pub(crate) struct Shown<'w> {
    world: &'w World,
    base: &'w str,
    at: String,
    /// How many issues of each milestone are open, and how many closed.
    counts: BTreeMap<u64, (u64, u64)>,
}

impl<'w> Shown<'w> {
    /// The world seen at this address, which has no slash at its end.
    pub(crate) fn new(world: &'w World, base: &'w str) -> Self {
        let mut counts = BTreeMap::new();
        for issue in world.issues.values().filter(|issue| issue.whereabouts == Whereabouts::Here) {
            let Some(milestone) = issue.milestone else { continue };
            let (open, closed): &mut (u64, u64) = counts.entry(milestone).or_default();
            *(if issue.is_closed { closed } else { open }) += 1;
        }
        Self { world, base, at: format!("{base}/repos/{}", world.full_name()), counts }
    }

    /// A person.
    pub(crate) fn person(&self, login: &str) -> Value {
        let at = format!("{}/users/{login}", self.base);
        let mut shown = Map::from_iter([
            ("login".to_owned(), json!(login)),
            ("id".to_owned(), json!(1000 + login.bytes().map(u64::from).sum::<u64>())),
            ("node_id".to_owned(), json!(format!("U_{login}"))),
            ("avatar_url".to_owned(), json!(format!("{at}/avatar"))),
            ("gravatar_id".to_owned(), json!("")),
            ("url".to_owned(), json!(at)),
            ("html_url".to_owned(), json!(format!("https://github.com/{login}"))),
            ("type".to_owned(), json!("User")),
            ("site_admin".to_owned(), json!(false)),
        ]);
        let addresses =
            ["followers", "following", "gists", "starred", "subscriptions", "organizations", "repos"];
        for name in addresses.into_iter().chain(["events", "received_events"]) {
            shown.insert(format!("{name}_url"), json!(format!("{at}/{name}")));
        }
        Value::Object(shown)
    }

    /// Whoever asks.
    pub(crate) fn oneself(&self, login: &str) -> Value {
        let mut shown = self.person(login);
        for name in ["name", "company", "location", "email", "bio", "hireable"] {
            shown[name] = Value::Null;
        }
        for name in ["public_repos", "public_gists", "followers", "following"] {
            shown[name] = json!(0);
        }
        shown["blog"] = json!("");
        shown["created_at"] = json!("2020-01-01T00:00:00Z");
        shown["updated_at"] = json!("2020-01-01T00:00:00Z");
        shown
    }

    /// The repository, with what this token's owner may do there.
    pub(crate) fn repository(&self, access: Option<&Access>) -> Value {
        let repository = &self.world.repository;
        let mut shown: Value =
            serde_json::from_str(include_str!("repository.json")).expect("a template that is JSON");
        let members = shown.as_object_mut().expect("an object");
        for (name, value) in members.iter_mut().filter(|(name, _)| name.ends_with("_url")) {
            *value = json!(format!("{}/{}", self.at, name.trim_end_matches("_url")));
        }
        let pushes = access.is_some_and(|access| access.pushes && !access.is_read_only);
        shown["id"] = json!(repository.id);
        shown["node_id"] = json!(format!("R_{}", repository.id));
        shown["name"] = json!(repository.name);
        shown["full_name"] = json!(self.world.full_name());
        shown["owner"] = self.person(&repository.owner);
        if self.world.organization.is_some() {
            shown["owner"]["type"] = json!("Organization");
        }
        shown["private"] = json!(repository.is_private);
        shown["has_issues"] = json!(repository.has_issues);
        shown["archived"] = json!(repository.is_archived);
        shown["url"] = json!(self.at);
        shown["homepage"] = Value::Null;
        shown["mirror_url"] = Value::Null;
        shown["html_url"] = json!(format!("https://github.com/{}", self.world.full_name()));
        if access.is_some() {
            shown["permissions"] = json!({
                "admin": false, "maintain": false, "push": pushes, "triage": pushes, "pull": true,
            });
        }
        shown
    }

    /// A label.
    pub(crate) fn label(&self, label: &Label) -> Value {
        json!({
            "id": label.id, "node_id": format!("LA_{}", label.id),
            "url": format!("{}/labels/{}", self.at, encoded(&label.name)),
            "name": label.name, "color": label.color, "description": label.description, "default": false,
        })
    }

    /// A milestone.
    pub(crate) fn milestone(&self, milestone: &Milestone) -> Value {
        let (open, closed) = self.counts.get(&milestone.number).copied().unwrap_or_default();
        let url = format!("{}/milestones/{}", self.at, milestone.number);
        json!({
            "url": url, "labels_url": format!("{url}/labels"),
            "html_url": format!("https://github.com/{}/milestone/{}", self.world.full_name(), milestone.number),
            "id": milestone.id, "node_id": format!("MI_{}", milestone.id), "number": milestone.number,
            "state": state(milestone.is_closed), "title": milestone.title, "description": milestone.description,
            "creator": self.person(&milestone.creator),
            "open_issues": open, "closed_issues": closed,
            "created_at": written(milestone.created_at), "updated_at": written(milestone.updated_at),
            "closed_at": milestone.closed_at.map(written), "due_on": milestone.due_on.map(written),
        })
    }

    /// An issue or a pull request.
    pub(crate) fn issue(&self, issue: &Issue) -> Value {
        let url = self.url(issue);
        let mut shown = json!({
            "url": url, "repository_url": self.home(issue), "labels_url": format!("{url}/labels{{/name}}"),
            "comments_url": format!("{url}/comments"), "events_url": format!("{url}/events"),
            "html_url": format!("https://github.com/{}/issues/{}", issue.home.clone().unwrap_or_else(|| self.world.full_name()), issue.number),
            "id": issue.id, "node_id": format!("I_{}", issue.id), "number": issue.number,
            "title": issue.title, "body": issue.body, "user": self.person(&issue.author),
            "state": state(issue.is_closed), "state_reason": issue.reason,
            "labels": self.labels_of(issue),
            "assignee": issue.assignees.first().map(|login| self.person(login)),
            "assignees": issue.assignees.iter().map(|login| self.person(login)).collect::<Vec<_>>(),
            "milestone": issue.milestone.and_then(|number| self.world.milestones.get(&number)).map(|it| self.milestone(it)),
            "locked": issue.is_locked, "active_lock_reason": null, "comments": 0,
            "closed_at": issue.closed_at.map(written), "created_at": written(issue.created_at),
            "updated_at": written(issue.updated_at), "author_association": "MEMBER",
        });
        if let Some(kind) = &issue.kind {
            shown["type"] = self.kind(kind);
        }
        self.add_relations(issue, &mut shown);
        let lists_none = self.world.organization.as_ref().is_some_and(|known| known.lists_no_values);
        if let Some(values) = fields::shown(self.world, issue).filter(|_| !lists_none) {
            shown["issue_field_values"] = values;
        }
        if issue.is_pull {
            let url = url.replace("/issues/", "/pulls/");
            shown["draft"] = json!(false);
            shown["pull_request"] = json!({ "url": url, "html_url": url, "diff_url": url, "patch_url": url });
        }
        shown
    }

    /// The address of an issue's repository.
    fn home(&self, issue: &Issue) -> String {
        issue.home.as_ref().map_or_else(|| self.at.clone(), |home| format!("{}/repos/{home}", self.base))
    }

    fn url(&self, issue: &Issue) -> String {
        format!("{}/issues/{}", self.home(issue), issue.number)
    }

    /// The labels of an issue.
    pub(crate) fn labels_of(&self, issue: &Issue) -> Vec<Value> {
        let label = |id: &u64| self.world.labels.iter().find(|label| label.id == *id);
        issue.labels.iter().filter_map(label).map(|label| self.label(label)).collect()
    }

    /// A type that an issue may have.
    pub(crate) fn kind(&self, name: &str) -> Value {
        let at = self.world.kinds.iter().position(|kind| kind == name).unwrap_or(0);
        json!({
            "id": at + 1, "node_id": format!("IT_{at}"), "name": name, "description": null, "color": "blue",
            "is_enabled": true,
        })
    }

    fn add_relations(&self, issue: &Issue, shown: &mut Value) {
        let is_open = |number: &&u64| self.world.issues.get(number).is_some_and(|other| !other.is_closed);
        if self.world.repository.has_sub_issues {
            let total = issue.parts.len();
            let completed = total - issue.parts.iter().filter(is_open).count();
            let percent = (completed * 100).checked_div(total).unwrap_or(0);
            shown["sub_issues_summary"] =
                json!({ "total": total, "completed": completed, "percent_completed": percent });
            shown["parent_issue_url"] = json!(
                issue.parent.and_then(|key| self.world.issues.get(&key)).map(|parent| self.url(parent))
            );
        }
        if self.world.repository.has_dependencies {
            let blocking = self.world.waiting(self.world.numbers[&issue.id]).count();
            shown["issue_dependencies_summary"] = json!({
                "blocked_by": issue.blockers.iter().filter(is_open).count(),
                "blocking": if issue.is_closed { 0 } else { blocking },
                "total_blocked_by": issue.blockers.len(), "total_blocking": blocking,
            });
        }
    }
}

fn state(is_closed: bool) -> &'static str {
    if is_closed { "closed" } else { "open" }
}

/// A text as a part of a path.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
