//! The documents that hold items: `list`, `show` and `roadmap.json`. Those of `report` and `diff` are in `history`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::v1::{Issue, Item, Label, Milestone, Phase, Progress, VERSION};
use crate::model::Day;

/// What `list --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct List<'a> {
    /// The version of the format.
    version: u32,
    /// `list`.
    #[schemars(extend("const" = "list"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// The day that states, health and `overdue_days` speak for.
    as_of: Option<Day>,
    /// What was asked for, in the order of the source.
    items: Vec<Listed<'a>>,
}

/// An item of `list`; `kind` says which.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Listed<'a> {
    /// A milestone or an issue.
    Work(Item<'a>),
    /// A label.
    Label(Label<'a>),
}

impl<'a> List<'a> {
    /// A list of items.
    pub(crate) fn new(as_of: Option<Day>, items: Vec<Listed<'a>>) -> Self {
        Self { version: VERSION, kind: "list", tool_version: env!("CARGO_PKG_VERSION"), as_of, items }
    }
}

/// What `next --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Next<'a> {
    /// The version of the format.
    version: u32,
    /// `next`.
    #[schemars(extend("const" = "next"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// The day that states, health and `overdue_days` speak for.
    as_of: Option<Day>,
    /// Ready issues, the one to begin with first.
    items: Vec<NextIssue<'a>>,
}

/// A ready issue, and who waits for it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NextIssue<'a> {
    /// The issue.
    #[serde(flatten)]
    pub(crate) issue: Issue<'a>,
    /// The ids of the open issues that wait for it, directly or through others.
    pub(crate) waiting: Vec<&'a str>,
}

impl<'a> Next<'a> {
    /// Issues to begin with.
    pub(crate) fn new(as_of: Option<Day>, items: Vec<NextIssue<'a>>) -> Self {
        Self { version: VERSION, kind: "next", tool_version: env!("CARGO_PKG_VERSION"), as_of, items }
    }
}

/// What `show --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Show<'a> {
    /// The version of the format.
    version: u32,
    /// `show`.
    #[schemars(extend("const" = "show"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// The day that states, health and `overdue_days` speak for.
    as_of: Option<Day>,
    /// What has that name: usually one item.
    items: Vec<Shown<'a>>,
}

/// An item of `show`; `kind` says which.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Shown<'a> {
    /// A milestone.
    Milestone(Box<ShownMilestone<'a>>),
    /// An issue.
    Issue(Box<ShownIssue<'a>>),
    /// A label.
    Label(Box<ShownLabel<'a>>),
}

/// A milestone with its texts.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShownMilestone<'a> {
    /// The milestone.
    #[serde(flatten)]
    pub(crate) milestone: Milestone<'a>,
    /// What it is for, in Markdown.
    pub(crate) description: Option<&'a str>,
    /// What is true when it is reached, in Markdown.
    pub(crate) goal: Option<&'a str>,
    /// The ids of its issues.
    pub(crate) issues: Vec<&'a str>,
    /// With `--delay`: the ids of what that many days more push at most, because a stated day of theirs cannot hold then.
    pub(crate) pushes: Option<Vec<&'a str>>,
    /// Where it stands in the source.
    pub(crate) source: Source,
}

/// An issue with its text.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShownIssue<'a> {
    /// The issue.
    #[serde(flatten)]
    pub(crate) issue: Issue<'a>,
    /// What is to be done, in Markdown.
    pub(crate) body: Option<&'a str>,
    /// The ids of the issues that are a part of it.
    pub(crate) sub_issues: Vec<&'a str>,
    /// With `--delay`: the ids of what that many days more push at most, because a stated day of theirs cannot hold then.
    pub(crate) pushes: Option<Vec<&'a str>>,
    /// Where it stands in the source.
    pub(crate) source: Source,
}

/// A label with its issues.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ShownLabel<'a> {
    /// The label.
    #[serde(flatten)]
    pub(crate) label: Label<'a>,
    /// The ids of the issues that have it.
    pub(crate) issues: Vec<&'a str>,
    /// Where it stands in the source; `null` where it is only used.
    pub(crate) source: Option<Source>,
}

/// A place in the source.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Source {
    /// The file, from the root.
    pub(crate) file: String,
    /// The value in it, as `issues[3]`.
    pub(crate) path: String,
}

impl<'a> Show<'a> {
    /// Items with all that is known of them.
    pub(crate) fn new(as_of: Option<Day>, items: Vec<Shown<'a>>) -> Self {
        Self { version: VERSION, kind: "show", tool_version: env!("CARGO_PKG_VERSION"), as_of, items }
    }
}

/// What `roadmap.json` in the website holds: no texts, nothing internal, nothing of `extra`. Links are relative to the file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Roadmap")]
pub(crate) struct Export<'a> {
    /// That the file is generated, and from what.
    pub(crate) generated: String,
    /// The version of the format.
    pub(crate) version: u32,
    /// `roadmap`.
    #[schemars(extend("const" = "roadmap"))]
    pub(crate) kind: &'static str,
    /// What the roadmap is called.
    pub(crate) title: &'a str,
    /// The GitHub repository, as `owner/name`.
    pub(crate) repository: Option<&'a str>,
    /// The day that states, health and `overdue_days` speak for.
    pub(crate) as_of: Option<Day>,
    /// The address of the website.
    pub(crate) url: Option<String>,
    /// How many of all issues are done.
    pub(crate) progress: Progress,
    /// The milestones, in the order of the source.
    pub(crate) milestones: Each<'a, Linked<Milestone<'a>>>,
    /// The phases, in the order of the source.
    pub(crate) phases: Vec<Phase<'a>>,
    /// The labels, in the order of the source.
    pub(crate) labels: Each<'a, Linked<Label<'a>>>,
    /// The issues, in the order of the source.
    pub(crate) issues: Each<'a, Linked<Issue<'a>>>,
}

/// An item with its page.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Linked{T}")]
pub(crate) struct Linked<T> {
    /// The item.
    #[serde(flatten)]
    pub(crate) of: T,
    /// The link to its page.
    pub(crate) link: String,
}

/// A list whose items are made one at a time, so that a large roadmap is never held twice.
pub(crate) struct Each<'a, T>(Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>);

impl<'a, T> Each<'a, T> {
    /// The items of an iterator, which is made anew whenever they are asked for.
    pub(crate) fn new<I: Iterator<Item = T> + 'a>(items: impl Fn() -> I + 'a) -> Self {
        Self(Box::new(move || Box::new(items())))
    }
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq((self.0)())
    }
}

impl<T: JsonSchema> JsonSchema for Each<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        Vec::<T>::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::json_schema(generator)
    }

    fn inline_schema() -> bool {
        true
    }
}

/// What an editing verb prints with `--format json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EditDocument<'a> {
    /// The version of the format.
    version: u32,
    /// `edit`.
    #[schemars(extend("const" = "edit"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// What was done.
    #[serde(flatten)]
    outcome: EditOutcome<'a>,
}

/// What an edit came to.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct EditOutcome<'a> {
    /// The verb, as `close` or `batch`.
    pub(crate) command: &'a str,
    /// Whether it was written: not with `--dry-run`, and not where nothing changed.
    pub(crate) written: bool,
    /// The ids of milestones and issues and the names of labels that it was about, as they are afterwards.
    pub(crate) items: &'a [String],
    /// What changed, by file and line.
    pub(crate) changes: Vec<ChangedValue>,
    /// What was done, in words.
    pub(crate) done: &'a [String],
    /// What else there is to know, in words.
    pub(crate) notes: &'a [String],
}

impl<'a> EditDocument<'a> {
    /// An edit that was made, or would be.
    pub(crate) fn new(outcome: EditOutcome<'a>) -> Self {
        Self { version: VERSION, kind: "edit", tool_version: env!("CARGO_PKG_VERSION"), outcome }
    }
}

/// A value that an edit changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ChangedValue {
    /// The file, from the root.
    pub(crate) file: String,
    /// The value as a JSON pointer, in the file as it is after the edit, or before it where the value is gone; `null` in a
    /// file that is not JSON, whose lines are told.
    pub(crate) pointer: Option<String>,
    /// The line on which it begins there, from 1.
    pub(crate) line: usize,
    /// The column, from 1, in characters.
    pub(crate) column: usize,
    /// What it was; `null` where it was not there.
    pub(crate) before: Option<Value>,
    /// What it is; `null` where it is gone.
    pub(crate) after: Option<Value>,
}
