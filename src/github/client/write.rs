//! What the client writes: one request each, and its answer compared with what was sent.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    Client, Sort, compare,
    governor::{Failed, Weight},
    refusal,
    wire::{WireError, WireIssue, WireLabel, WireMilestone},
};
use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Reader, Refused, Writer},
        apply::may_write,
        fields::{FieldKind, FieldValue},
        normal,
        remote::{Blocker, IssueKey, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone},
        state::label_key,
    },
    io::{Answer, Method},
    report::uri_segment,
};

/// How often a refusal is asked again about something that was made a moment ago.
const MOST_SETTLING: u32 = 3;

/// One thing to write.
pub(super) struct Order<'w> {
    pub(super) method: Method,
    pub(super) weight: Weight,
    /// Its path below the base.
    pub(super) path: String,
    pub(super) body: Option<Value>,
    /// What is written, as messages name it.
    pub(super) what: &'w str,
    /// What it speaks of.
    pub(super) about: &'w [(Sort, u64)],
}

impl Order<'_> {
    /// Whether it relates issues: a server may know no such thing.
    fn is_relation(&self) -> bool {
        ["/sub_issue", "/dependencies/"].iter().any(|part| self.path.contains(part))
    }

    /// Whether it makes a label, a milestone or an issue.
    fn makes(&self) -> bool {
        // A list of the repository itself: `/repos/owner/name/labels`.
        self.method == Method::Post && self.path.matches('/').count() == 4
    }
}

impl Client<'_> {
    /// Writes, and returns an answer that says that it was done.
    pub(super) fn write(&self, order: &Order<'_>) -> Result<Answer, Refused> {
        let url = self.base.at(&order.path);
        let request = self.request(order.method, url, order.body.as_ref());
        let mut attempt = 0;
        loop {
            let sent = self.governor.send(&request, order.weight);
            let answer = sent.map_err(|failed| match failed {
                Failed::Unknown(why) => Refused::Unknown(format!("{}: {why}", order.what)),
                Failed::Stop(failure) => Refused::All(failure),
            })?;
            if (200..300).contains(&answer.status) {
                return Ok(answer);
            }
            // A page of a proxy says nothing of what is there.
            let is_ours = !refusal::is_foreign(&answer);
            if answer.status == 404 && is_ours && !order.is_relation() && !self.may_settle(order, &answer) {
                self.still_writes()?;
            }
            // What is to be gone is gone, whether by the request that was lost or by somebody else.
            let is_gone = [404, 410].contains(&answer.status) && is_ours;
            if order.method == Method::Delete && is_gone {
                return Ok(answer);
            }
            if attempt == MOST_SETTLING || !self.may_settle(order, &answer) {
                return Err(self.asked().refused(order.what, order.makes(), &answer));
            }
            self.governor.settle(attempt);
            attempt += 1;
        }
    }

    /// Whether it is the repository that a 404 is about: it may be gone, or the right to write there.
    fn still_writes(&self) -> Result<(), Refused> {
        let repository = self.repository().map_err(Refused::All)?;
        may_write(&repository).map_err(Refused::All)
    }

    /// Whether a refusal may be none a moment later: what was just made is not found everywhere at once, and GitHub orders
    /// sub-issues by a number that another request may hold. A refused request did nothing, so it may be sent again.
    fn may_settle(&self, order: &Order<'_>, answer: &Answer) -> bool {
        let wire = WireError::read(&answer.body);
        let is_new = order.about.iter().any(|thing| self.made.borrow().contains(thing));
        match answer.status {
            404 => is_new,
            422 => (is_new && !wire.is_exists()) || wire.words().contains("Priority has already been taken"),
            _ => false,
        }
    }

    /// The thing in the answer to a write. An answer that cannot be read leaves open what was done.
    pub(super) fn written<T: DeserializeOwned>(&self, order: &Order<'_>) -> Result<T, Refused> {
        let answer = self.write(order)?;
        self.value(&answer).map_err(|failure| Refused::Unknown(format!("{}: {failure}", order.what)))
    }

    fn relation(
        &self,
        method: Method,
        weight: Weight,
        path: String,
        body: Option<Value>,
        ends: [IssueName; 2],
    ) -> Result<(), Refused> {
        let what = format!("the relation of {} with {}", ends[0], ends[1]);
        let here = ends.iter().filter(|place| place.repository.is_none());
        let about: Vec<_> = here.map(|place| (Sort::Issue, place.number)).collect();
        let done = self.write(&Order { method, weight, path, body, what: &what, about: &about });
        match done {
            // The same words are told where a first request was lost and did its work.
            Err(Refused::This(words)) if method == Method::Post && is_there_already(&words) => Ok(()),
            done => done.map(drop),
        }
    }
}

/// A refusal of a new name: what has it already is another thing than the one that was to get it.
fn taken(refused: Refused, noun: &str, name: Option<&str>) -> Refused {
    match (refused, name) {
        (Refused::Exists(_), Some(name)) => Refused::Exists(format!("the {noun} `{name}` exists already")),
        (refused, _) => refused,
    }
}

/// Whether GitHub refuses a relation because it exists.
fn is_there_already(words: &str) -> bool {
    let words = words.to_lowercase();
    ["duplicate sub-issues", "already been taken", "already exists", "already blocked"]
        .iter()
        .any(|part| words.contains(part))
        && !words.contains("priority")
}

impl Writer for Client<'_> {
    fn create_label(&self, label: &LabelChange) -> Result<RemoteLabel, Refused> {
        let what = format!("the label `{}`", label.name.as_deref().unwrap_or_default());
        let order = Order {
            method: Method::Post,
            weight: Weight::Write,
            path: self.path("/labels"),
            body: Some(label_body(label, "name")),
            what: &what,
            about: &[],
        };
        let made: RemoteLabel = self.written::<WireLabel>(&order)?.into();
        compare::label(&what, label, &made)?;
        Ok(made)
    }

    fn update_label(&self, name: &str, change: &LabelChange) -> Result<RemoteLabel, Refused> {
        let (path, what) = label_path(name)?;
        let path = self.path(&path);
        let order = Order {
            method: Method::Patch,
            weight: Weight::Write,
            path,
            body: Some(label_body(change, "new_name")),
            what: &what,
            about: &[],
        };
        let written = self.written::<WireLabel>(&order);
        let made: RemoteLabel =
            written.map_err(|refused| taken(refused, "label", change.name.as_deref()))?.into();
        compare::label(&what, change, &made)?;
        Ok(made)
    }

    fn delete_label(&self, name: &str) -> Result<(), Refused> {
        let (path, what) = label_path(name)?;
        let path = self.path(&path);
        let (method, weight) = (Method::Delete, Weight::Write);
        self.write(&Order { method, weight, path, body: None, what: &what, about: &[] }).map(drop)
    }

    fn create_milestone(&self, milestone: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        let what = format!("the milestone `{}`", milestone.title.as_deref().unwrap_or_default());
        let mut body = milestone_body(milestone);
        // A new milestone has no day, and GitHub refuses to be told so.
        body.retain(|_, value| !value.is_null());
        let order = Order {
            method: Method::Post,
            weight: Weight::Write,
            path: self.path("/milestones"),
            body: Some(body.into()),
            what: &what,
            about: &[],
        };
        let made: RemoteMilestone = self.written::<WireMilestone>(&order)?.into();
        self.made.borrow_mut().insert((Sort::Milestone, made.number));
        compare::milestone(&what, milestone, &made)?;
        Ok(made)
    }

    fn update_milestone(&self, number: u64, change: &MilestoneChange) -> Result<RemoteMilestone, Refused> {
        let what = format!("milestone {number}");
        let order = Order {
            method: Method::Patch,
            weight: Weight::Write,
            path: self.path(&format!("/milestones/{number}")),
            body: Some(milestone_body(change).into()),
            what: &what,
            about: &[(Sort::Milestone, number)],
        };
        let written = self.written::<WireMilestone>(&order);
        let made: RemoteMilestone =
            written.map_err(|refused| taken(refused, "milestone", change.title.as_deref()))?.into();
        compare::milestone(&what, change, &made)?;
        Ok(made)
    }

    fn delete_milestone(&self, number: u64) -> Result<(), Refused> {
        let (path, what) = (self.path(&format!("/milestones/{number}")), format!("milestone {number}"));
        let (method, weight) = (Method::Delete, Weight::Write);
        self.write(&Order { method, weight, path, body: None, what: &what, about: &[] }).map(drop)
    }

    fn create_issue(&self, issue: &IssueChange) -> Result<RemoteIssue, Refused> {
        let what = format!("the issue `{}`", issue.title.as_deref().unwrap_or_default());
        // An issue is always made open; closing it is a change of its own.
        let issue = IssueChange { state: None, ..issue.clone() };
        let milestone = issue.milestone.flatten().map(|number| (Sort::Milestone, number));
        let mut body = issue_body(&issue);
        body.retain(|_, value| !value.is_null());
        let order = Order {
            method: Method::Post,
            weight: Weight::Notice,
            path: self.path("/issues"),
            body: Some(body.into()),
            what: &what,
            about: milestone.as_slice(),
        };
        let made = self.written::<WireIssue>(&order)?.issue(&self.repository);
        self.made.borrow_mut().insert((Sort::Issue, made.number));
        compare::issue(&what, &issue, &made)?;
        Ok(made)
    }

    fn update_issue(&self, number: u64, change: &IssueChange) -> Result<RemoteIssue, Refused> {
        let what = format!("#{number}");
        let milestone = change.milestone.flatten().map(|number| (Sort::Milestone, number));
        let about: Vec<_> = milestone.into_iter().chain([(Sort::Issue, number)]).collect();
        let order = Order {
            method: Method::Patch,
            weight: Weight::Write,
            path: self.path(&format!("/issues/{number}")),
            body: Some(issue_body(change).into()),
            what: &what,
            about: &about,
        };
        let made = self.written::<WireIssue>(&order)?.issue(&self.repository);
        compare::issue(&what, change, &made)?;
        Ok(made)
    }

    fn add_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        let what = format!("the label `{name}` on #{number}");
        let order = Order {
            method: Method::Post,
            weight: Weight::Write,
            path: self.path(&format!("/issues/{number}/labels")),
            body: Some(json!({ "labels": [name] })),
            what: &what,
            about: &[],
        };
        let labels: Vec<WireLabel> = self.written(&order)?;
        let mut names = labels.into_iter().map(|label| RemoteLabel::from(label).name);
        if names.any(|known| label_key(&known) == label_key(name)) {
            return Ok(());
        }
        Err(Refused::This(format!(
            "GitHub took the request and did not put {what}: the token lacks the right to"
        )))
    }

    fn remove_label(&self, number: u64, name: &str) -> Result<(), Refused> {
        let (path, what) = label_path(name)?;
        let (path, what) = (self.path(&format!("/issues/{number}{path}")), format!("{what} on #{number}"));
        let (method, weight) = (Method::Delete, Weight::Write);
        self.write(&Order { method, weight, path, body: None, what: &what, about: &[] }).map(drop)
    }

    fn set_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused> {
        let body = json!({ "sub_issue_id": child.id, "replace_parent": true });
        let path = self.path_of(parent, "/sub_issues").map_err(Refused::All)?;
        let ends = [parent.clone(), IssueName::here(child.number)];
        self.relation(Method::Post, Weight::Write, path, Some(body), ends)
    }

    fn unset_parent(&self, parent: &IssueName, child: IssueKey) -> Result<(), Refused> {
        let body = json!({ "sub_issue_id": child.id });
        let path = self.path_of(parent, "/sub_issue").map_err(Refused::All)?;
        let ends = [parent.clone(), IssueName::here(child.number)];
        self.relation(Method::Delete, Weight::Notice, path, Some(body), ends)
    }

    fn add_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        let path = self.path(&format!("/issues/{issue}/dependencies/blocked_by"));
        let body = json!({ "issue_id": blocker.id });
        let ends = [IssueName::here(issue), blocker.name.clone()];
        self.relation(Method::Post, Weight::Notice, path, Some(body), ends)
    }

    fn remove_blocker(&self, issue: u64, blocker: &Blocker) -> Result<(), Refused> {
        let path = self.path(&format!("/issues/{issue}/dependencies/blocked_by/{}", blocker.id));
        let ends = [IssueName::here(issue), blocker.name.clone()];
        self.relation(Method::Delete, Weight::Notice, path, None, ends)
    }

    fn set_fields(&self, issue: u64, values: &[(FieldKind, FieldValue)]) -> Result<Vec<FieldValue>, Refused> {
        self.put_values(issue, values)
    }

    fn empty_field(&self, issue: u64, field: u64) -> Result<(), Refused> {
        self.empty_value(issue, field)
    }
}

fn label_body(change: &LabelChange, name: &str) -> Value {
    let members = [(name, &change.name), ("color", &change.color), ("description", &change.description)];
    let members =
        members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value.clone()?.into())));
    members.collect::<Map<_, _>>().into()
}

fn milestone_body(change: &MilestoneChange) -> Map<String, Value> {
    let mut body = Map::new();
    let mut put = |key: &str, value: Option<Value>| body.extend(value.map(|value| (key.to_owned(), value)));
    put("title", change.title.clone().map(Value::from));
    put("description", change.description.clone().map(Value::from));
    // GitHub drops the time and keeps the day in California: at noon in UTC both are on the same day.
    put("due_on", change.due_on.map(|day| day.map(|day| format!("{day}T12:00:00Z")).into()));
    put("state", change.state.map(|state| state.word().into()));
    body
}

fn issue_body(change: &IssueChange) -> Map<String, Value> {
    let mut body = Map::new();
    let mut put = |key: &str, value: Option<Value>| body.extend(value.map(|value| (key.to_owned(), value)));
    put("title", change.title.clone().map(Value::from));
    put("body", change.body.clone().map(Value::from));
    put("labels", change.labels.clone().map(Value::from));
    let logins = |all: &Vec<String>| all.iter().map(|name| normal::login(name)).collect();
    put("assignees", change.assignees.as_ref().map(logins));
    put("milestone", change.milestone.map(Value::from));
    put("type", change.kind.clone().map(Value::from));
    if let Some((state, reason)) = change.state {
        put("state", Some(state.word().into()));
        put("state_reason", reason.map(|reason| reason.word().into()));
    }
    body
}

/// The path of a label, and what messages call it. Two names would lead out of the list: `DELETE …/labels/..` is asked of
/// the repository itself.
fn label_path(name: &str) -> Result<(String, String), Refused> {
    let what = format!("the label `{name}`");
    if ["", ".", ".."].contains(&name) {
        return Err(Refused::This(format!("{what} cannot be named in an address: rename it on GitHub")));
    }
    Ok((format!("/labels/{}", uri_segment(name)), what))
}
