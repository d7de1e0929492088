//! The fields of milestones, issues and labels, each with all that is said of it.

use super::{Field, Flag, Kind, Said, field};
use crate::{model::Purpose, words::word};

/// The fields of a milestone.
pub const MILESTONE: &[Field] = &[
    ID,
    TITLE,
    DESCRIPTION,
    GOAL,
    OWNER,
    START,
    DUE,
    PLANNED,
    STATE,
    BLOCKED_BY,
    field("updates", Kind::Values),
    field("was", Kind::List),
    field("internal", Kind::Flag),
    field("extra", Kind::Json),
];

/// The fields of an issue.
pub const ISSUE: &[Field] = &[
    ID,
    TITLE,
    MILESTONE_OF,
    field("body", Kind::Text),
    LABELS,
    ASSIGNEES,
    OWN_STATE,
    field("state_reason", Kind::OneOf(&["completed", "not_planned", "duplicate", "reopened"])),
    TYPE,
    PARENT,
    BLOCKED_BY,
    ESTIMATE,
    START,
    BEGUN,
    DUE,
    PLANNED,
    CLOSED,
    NOTE,
    field("internal", Kind::Flag),
    field("extra", Kind::Json),
];

/// The fields of a label.
pub const LABEL: &[Field] = &[
    field("name", Kind::Text),
    field("description", Kind::Text),
    Field { heads: ["color, colour", ""], ..field("color", Kind::Text) },
    field("was", Kind::List),
    field("internal", Kind::Flag),
];

const ID: Field = Field {
    heads: [
        "id, key, #, no, nr, issue id, issue #, issue key, milestone id",
        "ref, number, issue no, issue number, task id, story id, identifier, id readable",
    ],
    ..field("id", Kind::Text)
};

const TITLE: Field = Field {
    heads: [
        "title, name, issue title, milestone title, milestone name",
        "summary, task, what, item, deliverable, story, label name, subject, task name, card name, \
         card title, feature, epic name, content",
    ],
    ..field("title", Kind::Text)
};

const DESCRIPTION: Field = Field {
    heads: ["description", "label description, about, scope, meaning, notes, details, body"],
    flag: flag("description", "TEXT", "A one-line description, in Markdown"),
    ..field("description", Kind::Text)
};

const GOAL: Field = Field {
    heads: ["goal, goals, outcome, objective", ""],
    flag: flag("goal", "TEXT", "The goal: what is true once it is reached, in Markdown"),
    ..field("goal", Kind::Text)
};

const OWNER: Field = Field {
    heads: ["owner, lead", ""],
    flag: flag("owner", "NAME", "The owner"),
    ..field("owner", Kind::Text)
};

const MILESTONE_OF: Field = Field {
    heads: [
        "milestone",
        "sprint, fix version s, fix versions, fix version, version, release, project milestone, \
         iteration, cycle name, quarter, phase, project, section, section column",
    ],
    ..field("milestone", Kind::Text)
};

const LABELS: Field = Field {
    heads: ["labels, label", "tags, tag, categories, category, components, component s"],
    ..field("labels", Kind::List)
};

const ASSIGNEES: Field = Field {
    heads: ["assignee, assignees, assigned to, who", "assigned, responsible, person, people"],
    ..field("assignees", Kind::List)
};

const STATE: Field = Field {
    heads: ["state, status, done", "stage, workflow state, column"],
    flag: flag("state", "STATE", "`open` or `closed` [default: left to GitHub]"),
    ..field("state", Kind::OneOf(&["open", "closed"]))
};

/// The state of an issue, which `add` writes where nobody else tells it.
const OWN_STATE: Field = Field {
    flag: flag(
        "state",
        "STATE",
        "`open` or `closed` [default: left to GitHub; `open` where no `repository` is given]",
    ),
    ..STATE
};

const TYPE: Field = Field {
    heads: ["type", "issue type, item type, work item type"],
    flag: flag("type", "TYPE", "The GitHub issue type"),
    said: |it| it.kind.get().map(|kind| Said::Text(kind)),
    ..field("type", Kind::Text)
};

const PARENT: Field = Field {
    heads: [
        "parent, epic, part of",
        "parent issue, parent key, parent id, parent task, parent link, epic link",
    ],
    flag: flag("parent", "ID", "The parent issue"),
    ..field("parent", Kind::Text)
};

const BLOCKED_BY: Field = Field {
    heads: [
        "blocked by, depends on, dependencies, needs, waits for",
        "inward issue link blocks, predecessors, waiting on, depends, blocked by dependencies",
    ],
    ..field("blocked_by", Kind::List)
};

const ESTIMATE: Field = Field {
    name: word!("estimate"),
    title: word!("Estimate"),
    heads: ["estimate, points, story points, size, effort", "story point estimate, weight"],
    flag: flag("estimate", "POINTS", "The estimate, in points"),
    is_scope: true,
    said: |it| it.estimate.map(Said::Points),
    ..field("estimate", Kind::Points)
};

const START: Field = Field {
    heads: ["start, start on, start date", "begin, planned start, target start, scheduled"],
    flag: flag(
        "start-on",
        "DAY",
        "The planned start: a day, or, less precisely, `2027-03`, `2027-Q1`, `2027-H1` or `2027`",
    ),
    said: |it| it.start_on.map(Said::When),
    ..field("start_on", Kind::When(Purpose::Start))
};

const BEGUN: Field = Field {
    name: "begun",
    heads: ["begun on", "begun, started, started at, started on"],
    said: |it| it.begun_on.map(Said::Day),
    ..field("begun_on", Kind::Day)
};

const DUE: Field = Field {
    heads: [
        "due, due on, due date, deadline, target date",
        "target, eta, end, end date, finish, finish date, due at, target end",
    ],
    flag: Some(Flag {
        long: "due-on",
        alias: "due",
        value: "DAY",
        help: "The due date, or, less precisely, `2027-03`, `2027-Q1`, `2027-H1`, `2027` or `later`",
    }),
    said: |it| it.due_on.map(Said::When),
    ..field("due_on", Kind::When(Purpose::Due))
};

const PLANNED: Field = field("planned_due_on", Kind::When(Purpose::Due));

/// When an issue was closed.
pub const CLOSED: Field = Field {
    name: "closed",
    heads: [
        "closed, closed on, completed on, done on",
        "closed at, completed, completed at, resolved, finished",
    ],
    said: |it| it.closed_on.map(Said::Day),
    ..field("closed_on", Kind::Day)
};

const NOTE: Field = Field {
    name: "note",
    title: word!("Note"),
    heads: ["note", "remark, remarks, comment, status note"],
    flag: flag("note", "TEXT", "Where it stands, in one line of plain text"),
    said: |it| it.note.as_deref().filter(|note| !note.trim().is_empty()).map(Said::Text),
    ..field("note", Kind::Text)
};

const fn flag(long: &'static str, value: &'static str, help: &'static str) -> Option<Flag> {
    Some(Flag { long, alias: "", value, help })
}
