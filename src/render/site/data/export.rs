//! `roadmap.json`: the roadmap as data, for other programs.
//!
//! What stands in it is this list and nothing else. A member is left out where nothing is known; a member is added
//! freely, and taken away or given another meaning only with a new `version`. Days are written as `2026-11-22`, links
//! are relative to the file. `docs/roadmap-json.md` tells all of it to those who read it.

use serde::Serialize;
use serde_json::{Number, Value};

use super::Here;
use crate::{
    facts::Status,
    model::{Day, IssueIx, LabelIx, MilestoneIx},
    render::script::literal,
    source::schema::{Health, State, StateReason},
};

/// The version of the format.
const VERSION: u32 = 1;

/// A milestone, in the order of the source.
#[derive(Serialize)]
struct Milestone<'a> {
    id: &'a str,
    title: &'a str,
    /// The way to its page.
    link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    /// `open` or `closed`, as it is stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// `blocked`, `ready`, `in-progress`, `done` or `unknown`: what follows from states, days and relations.
    status: &'static str,
    /// `on-track`, `at-risk` or `off-track`, by its dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    health: Option<&'static str>,
    /// The same in its owner's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    stated_health: Option<&'static str>,
    #[serde(flatten)]
    days: Days,
    /// How many issues it has.
    issues: usize,
    /// How many of them are closed.
    closed_issues: usize,
    /// The ids of the milestones that it waits for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocked_by: Vec<&'a str>,
}

/// An issue, in the order of the source.
#[derive(Serialize)]
struct Issue<'a> {
    id: &'a str,
    title: &'a str,
    /// The way to its page.
    link: String,
    /// The id of its milestone.
    #[serde(skip_serializing_if = "Option::is_none")]
    milestone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'static str>,
    /// `completed`, `not_planned`, `duplicate` or `reopened`.
    #[serde(skip_serializing_if = "Option::is_none")]
    state_reason: Option<&'static str>,
    status: &'static str,
    /// The names of its labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    assignees: &'a [String],
    /// GitHub's issue type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
    /// The id of the issue that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    /// The ids of the issues that it waits for, done or not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocked_by: Vec<&'a str>,
    /// In points.
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<Number>,
    #[serde(flatten)]
    days: Days,
}

/// The days of an item.
#[derive(Serialize)]
struct Days {
    #[serde(skip_serializing_if = "Option::is_none")]
    start_on: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due_on: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    planned_due_on: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_on: Option<Day>,
    /// By how many days it is late on the as-of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    overdue_days: Option<i64>,
    /// By how many days its due day moved since it was first planned.
    #[serde(skip_serializing_if = "Option::is_none")]
    slip_days: Option<i64>,
}

/// A label, in the order of the source.
#[derive(Serialize)]
struct Label<'a> {
    name: &'a str,
    link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    /// Six hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<&'a str>,
    /// How many issues bear it.
    issues: usize,
}

/// A phase, in the order of the source.
#[derive(Serialize)]
struct Phase<'a> {
    title: &'a str,
    /// The ids of its milestones.
    milestones: Vec<&'a str>,
}

/// Makes the members behind the mark, and closes the object: one item a line.
pub(super) fn export(here: &Here<'_>) -> String {
    let roadmap = here.roadmap;
    let mut text = format!("\"version\":{VERSION},\n\"title\":{},\n", literal(&roadmap.title));
    for (name, value) in
        [("repository", roadmap.repository.clone()), ("as_of", here.facts.as_of.map(|day| day.to_string()))]
    {
        if let Some(value) = value {
            text += &format!("\"{name}\":{},\n", literal(&value));
        }
    }
    let url = here.url();
    if !url.is_empty() {
        text += &format!("\"url\":{},\n", literal(&url));
    }
    let phase = |phase: &crate::model::Phase| {
        let milestones = phase.milestones.iter().map(|link| milestone_id(here, link.to)).collect();
        literal(&Phase { title: &phase.title, milestones })
    };
    list(&mut text, "milestones", roadmap.milestones().map(|(ix, _)| literal(&milestone(here, ix))));
    list(&mut text, "phases", roadmap.phases.iter().map(phase));
    list(&mut text, "labels", roadmap.labels().map(|(ix, _)| literal(&label(here, ix))));
    list(&mut text, "issues", roadmap.issues().map(|(ix, _)| literal(&issue(here, ix))));
    // Behind the last list no other follows.
    text.truncate(text.len() - ",\n".len());
    text + "}\n"
}

fn list(text: &mut String, name: &str, items: impl Iterator<Item = String>) {
    text.extend(["\"", name, "\":[\n"]);
    for (ix, item) in items.enumerate() {
        text.extend([if ix == 0 { "" } else { ",\n" }, &item]);
    }
    text.push_str("\n],\n");
}

fn milestone<'a>(here: &Here<'a>, ix: MilestoneIx) -> Milestone<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    Milestone {
        id: milestone.id.as_str(),
        title: &milestone.title,
        link: here.milestone(ix),
        owner: milestone.owner.as_deref(),
        state: milestone.known_state().map(state),
        status: status(facts.status),
        health: facts.health.as_ref().map(|verdict| health(verdict.health)),
        stated_health: facts.stated.map(|stated| health(stated.health)),
        days: Days {
            start_on: milestone.start_on,
            due_on: milestone.known_due_on(),
            planned_due_on: milestone.planned_due_on,
            closed_on: None,
            overdue_days: facts.overdue,
            slip_days: facts.slip,
        },
        issues: facts.progress.total,
        closed_issues: facts.progress.closed,
        blocked_by: milestone.blocked_by.iter().map(|link| milestone_id(here, link.to)).collect(),
    }
}

fn issue<'a>(here: &Here<'a>, ix: IssueIx) -> Issue<'a> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    let id = |ix: IssueIx| here.roadmap.issues[ix.0].id.as_str();
    Issue {
        id: issue.id.as_str(),
        title: &issue.title,
        link: here.issue(ix),
        milestone: issue.milestone.get().map(|ix| milestone_id(here, *ix)),
        state: issue.known_state().map(state),
        state_reason: issue.state_reason.get().map(|why| reason(*why)),
        status: status(facts.status),
        labels: issue.labels().iter().map(|link| here.roadmap.labels[link.to.0].name.as_str()).collect(),
        assignees: issue.assignees(),
        kind: issue.kind.get().map(String::as_str),
        parent: issue.parent.get().map(|ix| id(*ix)),
        blocked_by: issue.blocked_by().iter().map(|link| id(link.to)).collect(),
        estimate: issue.estimate.and_then(points),
        days: Days {
            start_on: issue.start_on,
            due_on: issue.due_on,
            planned_due_on: issue.planned_due_on,
            closed_on: issue.known_closed_on(),
            overdue_days: facts.overdue,
            slip_days: facts.slip,
        },
    }
}

fn label<'a>(here: &Here<'a>, ix: LabelIx) -> Label<'a> {
    let label = &here.roadmap.labels[ix.0];
    let color = label.color.get().map(|color| color.strip_prefix('#').unwrap_or(color));
    Label {
        name: &label.name,
        link: here.label(ix),
        description: label.description.get().map(String::as_str),
        color: color.filter(|color| color.len() == 6 && color.bytes().all(|byte| byte.is_ascii_hexdigit())),
        issues: here.facts.label(ix).issues.len(),
    }
}

fn milestone_id<'a>(here: &Here<'a>, ix: MilestoneIx) -> &'a str {
    here.roadmap.milestones[ix.0].id.as_str()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::InProgress => "in-progress",
        Status::Blocked | Status::Ready | Status::Done | Status::Unknown => status.words(),
    }
}

fn state(state: State) -> &'static str {
    match state {
        State::Open => "open",
        State::Closed => "closed",
    }
}

fn reason(reason: StateReason) -> &'static str {
    match reason {
        StateReason::Completed => "completed",
        StateReason::NotPlanned => "not_planned",
        StateReason::Duplicate => "duplicate",
        StateReason::Reopened => "reopened",
    }
}

fn health(health: Health) -> &'static str {
    match health {
        Health::OnTrack => "on-track",
        Health::AtRisk => "at-risk",
        Health::OffTrack => "off-track",
    }
}

/// A number as people write it: `3`, not `3.0`.
fn points(estimate: f64) -> Option<Number> {
    let whole = Value::from(estimate as i64);
    if estimate.fract() == 0.0 && estimate.abs() < 1e15 {
        return whole.as_i64().map(Number::from);
    }
    Number::from_f64(estimate)
}
