//! The items of a roadmap as a file writes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Extra, Field};

/// Something to be reached.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Milestone {
    /// Its permanent name, as `DB-ML0`. Default: read from the title (`DB-ML0 – Inventory`).
    pub(crate) id: Option<String>,
    /// What it is called.
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// What it is about: a line of Markdown. This is what GitHub gets.
    #[serde(default)]
    pub(crate) description: Field<String>,
    /// What will be true when it is reached, in Markdown.
    pub(crate) goal: Option<String>,
    /// Who answers for it.
    pub(crate) owner: Option<String>,
    /// When work on it begins: a day as `2026-11-22`, or less exactly `2026-11`, `2026-Q4`, `2026-H2` or `2026`.
    pub(crate) start_on: Option<String>,
    /// When it is to be reached: a day, or less exactly a month, a quarter, a half or a year, of which the last day counts; or `later`.
    #[serde(default)]
    pub(crate) due_on: Field<String>,
    /// When it was first to be reached, written as `due_on`: what lies between the two is the slip.
    pub(crate) planned_due_on: Option<String>,
    /// Whether it is open or closed.
    #[serde(default)]
    pub(crate) state: Field<State>,
    /// The ids of the milestones that it waits for.
    pub(crate) blocked_by: Option<Vec<String>>,
    /// What was said of it, and when.
    pub(crate) updates: Option<Vec<Update>>,
    /// Former titles, so that a rename is one.
    pub(crate) was: Option<Vec<String>>,
    /// Whether it is kept out of the site, with all beneath it.
    pub(crate) internal: Option<bool>,
    /// Your own data, handed to templates and never published as data.
    #[serde(default)]
    pub(crate) extra: Extra,
}

/// A piece of work.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Issue {
    /// Its permanent name, as `DB-001`. Default: read from the title (`DB-001: Build …`).
    pub(crate) id: Option<String>,
    /// What it is called.
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// The milestone that it belongs to: its id, else its exact title.
    #[serde(default)]
    pub(crate) milestone: Field<String>,
    /// What is to be done, in GitHub Flavored Markdown. It may be the file `bodies/<id>.md` beside the JSON instead.
    #[serde(default)]
    pub(crate) body: Field<String>,
    /// Its labels, by name.
    #[serde(default)]
    pub(crate) labels: Field<Vec<String>>,
    /// The GitHub logins of those who do it.
    #[serde(default)]
    pub(crate) assignees: Field<Vec<String>>,
    /// Whether it is open or closed.
    #[serde(default)]
    pub(crate) state: Field<State>,
    /// Why it was closed.
    #[serde(default)]
    pub(crate) state_reason: Field<StateReason>,
    /// Its GitHub issue type, as `Bug`.
    #[serde(default, rename = "type")]
    pub(crate) kind: Field<String>,
    /// The issue that it is a part of: its id, or `owner/name#4` in another repository.
    #[serde(default)]
    pub(crate) parent: Field<String>,
    /// The issues that it waits for: their ids, or `owner/name#4` in another repository.
    #[serde(default)]
    pub(crate) blocked_by: Field<Vec<String>>,
    /// How much work it is, in points.
    #[schemars(range(min = 0))]
    pub(crate) estimate: Option<f64>,
    /// When work on it begins: a day, or less exactly a month, a quarter, a half or a year.
    pub(crate) start_on: Option<String>,
    /// The day on which work on it began: a fact, where `start_on` is a plan.
    pub(crate) begun_on: Option<String>,
    /// When it is to be done: a day, or less exactly `2026-11`, `2026-Q4`, `2026-H2`, `2026`, of which the last day counts; or `later`.
    pub(crate) due_on: Option<String>,
    /// When it was first to be done, written as `due_on`.
    pub(crate) planned_due_on: Option<String>,
    /// The day on which it was closed.
    pub(crate) closed_on: Option<String>,
    /// Where it stands, in one line of plain text: what was decided, what it needs. It stays here: GitHub does not get it.
    pub(crate) note: Option<String>,
    /// Whether it is kept out of the site.
    pub(crate) internal: Option<bool>,
    /// Your own data, handed to templates and never published as data.
    #[serde(default)]
    pub(crate) extra: Extra,
}

/// A label.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Label {
    /// Its name, as `area:db`.
    #[schemars(length(min = 1))]
    pub(crate) name: String,
    /// What it means, in plain text.
    #[serde(default)]
    pub(crate) description: Field<String>,
    /// Its colour, as six hexadecimal digits without `#`.
    #[serde(default)]
    #[schemars(regex(pattern = "^[0-9A-Fa-f]{6}$"))]
    pub(crate) color: Field<String>,
    /// Former names, so that a rename is one.
    pub(crate) was: Option<Vec<String>>,
    /// Whether it is kept out of the site.
    pub(crate) internal: Option<bool>,
}

/// Labels that belong together: all whose names begin with `prefix:`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelGroup {
    /// What stands before the `:`, as `priority`.
    pub(crate) prefix: String,
    /// What the group is called. Default: the prefix with a capital, and `Labels`.
    pub(crate) title: Option<String>,
    /// Whether SUMMARY.md tells how many issues have each label.
    pub(crate) counts: Option<bool>,
    /// Whether each issue has a label of this group.
    pub(crate) required: Option<bool>,
    /// Whether an issue has at most one label of this group.
    pub(crate) exclusive: Option<bool>,
}

/// A step of the implementation guide.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phase {
    /// What it is called, without its number.
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// The ids of the milestones that it covers.
    pub(crate) milestones: Option<Vec<String>>,
    /// What is done in it, in Markdown.
    pub(crate) body: Option<String>,
}

/// A free section of SUMMARY.md.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Section {
    /// Its heading.
    #[schemars(length(min = 1))]
    pub(crate) title: String,
    /// Its text, in Markdown.
    pub(crate) body: Option<String>,
}

/// What the owner said of a milestone on one day.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Update {
    /// The day.
    pub(crate) on: String,
    /// How it stood.
    pub(crate) health: Option<Health>,
    /// What happened, in Markdown.
    pub(crate) text: Option<String>,
}

/// Whether something is still to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is still to be done.
    Open,
    /// It is done, or will not be.
    Closed,
}

impl State {
    /// The word in JSON and on GitHub.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// Why an issue was closed, in GitHub's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateReason {
    /// It is done.
    Completed,
    /// It will not be done.
    NotPlanned,
    /// It is another issue's work.
    Duplicate,
    /// It was closed and opened again.
    Reopened,
}

impl StateReason {
    /// The word in JSON and on GitHub.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::NotPlanned => "not_planned",
            Self::Duplicate => "duplicate",
            Self::Reopened => "reopened",
        }
    }

    /// Whether what was closed for it was not done.
    pub(crate) fn is_dropped(self) -> bool {
        matches!(self, Self::NotPlanned | Self::Duplicate)
    }

    /// The words that people read.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::NotPlanned => "not planned",
            other => other.word(),
        }
    }
}

/// How a milestone stands, in its owner's judgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Health {
    /// It will be reached by its day.
    OnTrack,
    /// It may not be.
    AtRisk,
    /// It will not be.
    OffTrack,
}

impl Health {
    /// The words that people read.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::OnTrack => "on track",
            Self::AtRisk => "at risk",
            Self::OffTrack => "off track",
        }
    }
}
