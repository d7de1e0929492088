//! The names of fields: heads of columns, keys, what is before a value.

use super::Field;

/// The names of fields, as heads of columns and before values: those that are sure, and those that are likely.
pub(super) const NAMES: [(Field, &[&str], &[&str]); 23] = [
    (
        Field::Id,
        &["id", "key", "#", "no", "nr", "issue id", "issue #", "issue key", "milestone id"],
        &["ref", "number", "issue no", "issue number", "task id", "story id", "identifier", "id readable"],
    ),
    (
        Field::Title,
        &["title", "name", "issue title", "milestone title", "milestone name"],
        &[
            "summary",
            "task",
            "what",
            "item",
            "deliverable",
            "story",
            "label name",
            "subject",
            "task name",
            "card name",
            "card title",
            "feature",
            "epic name",
            "content",
        ],
    ),
    (
        Field::Description,
        &["description"],
        &["label description", "about", "scope", "meaning", "notes", "details", "body"],
    ),
    (Field::Goal, &["goal", "goals", "outcome", "objective"], &[]),
    (
        Field::Labels,
        &["labels", "label"],
        &["tags", "tag", "categories", "category", "components", "component s"],
    ),
    (
        Field::Milestone,
        &["milestone"],
        &[
            "sprint",
            "fix version s",
            "fix versions",
            "fix version",
            "version",
            "release",
            "project milestone",
            "iteration",
            "cycle name",
            "quarter",
            "phase",
            "project",
            "section",
            "section column",
        ],
    ),
    (
        Field::Count,
        &["issues", "# issues", "issue count", "number of issues"],
        &["count", "tasks", "items", "open issues"],
    ),
    (Field::Progress, &["progress"], &["completion", "complete", "percent complete", "percent done"]),
    (Field::State, &["state", "status", "done"], &["stage", "workflow state", "column"]),
    (
        Field::Assignees,
        &["assignee", "assignees", "assigned to", "who"],
        &["assigned", "responsible", "person", "people"],
    ),
    (Field::Owner, &["owner", "lead"], &[]),
    (
        Field::Due,
        &["due", "due on", "due date", "deadline", "target date"],
        &["target", "eta", "end", "end date", "finish", "finish date", "due at", "target end"],
    ),
    (
        Field::Start,
        &["start", "start on", "start date"],
        &["begin", "planned start", "target start", "scheduled"],
    ),
    (
        Field::Closed,
        &["closed", "closed on", "completed on", "done on"],
        &["closed at", "completed", "completed at", "resolved", "finished"],
    ),
    (
        Field::Estimate,
        &["estimate", "points", "story points", "size", "effort"],
        &["story point estimate", "weight"],
    ),
    (
        Field::Waits,
        &["blocked by", "depends on", "dependencies", "needs", "waits for"],
        &["inward issue link blocks", "predecessors", "waiting on", "depends", "blocked by dependencies"],
    ),
    (
        Field::Parent,
        &["parent", "epic", "part of"],
        &["parent issue", "parent key", "parent id", "parent task", "parent link", "epic link"],
    ),
    (Field::Kind, &["type"], &["issue type", "item type", "work item type"]),
    (Field::Color, &["color", "colour"], &[]),
    (Field::Begun, &["begun on"], &["begun", "started", "started at", "started on"]),
    (Field::Priority, &["priority"], &["prio"]),
    (Field::Blocks, &["blocks"], &["outward issue link blocks", "blocking", "blocking dependencies"]),
    (Field::Address, &["url"], &["link", "html url", "web url"]),
];

impl Field {
    /// The column of SUMMARY.md that shows it.
    pub(crate) fn column(self) -> Option<&'static str> {
        Some(match self {
            Self::Place => "place",
            Self::Id => "id",
            Self::Title => "title",
            Self::Description => "description",
            Self::Goal => "goal",
            Self::Labels => "labels",
            Self::Count => "issues",
            Self::Progress => "progress",
            Self::State => "state",
            Self::Owner => "owner",
            Self::Assignees => "assignees",
            Self::Start => "start",
            Self::Due => "due",
            Self::Closed => "closed",
            Self::Estimate => "estimate",
            Self::Kind => "type",
            Self::Parent => "parent",
            Self::Waits => "blocked_by",
            Self::Priority => "priority",
            Self::Milestone | Self::Color | Self::Begun | Self::Blocks | Self::Address => return None,
            Self::Extra | Self::Unknown => return None,
        })
    }
}
