//! The documents that hold items: `list`, `show` and `roadmap.json`. Those of `report` and `diff` are in `history`.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::v1::{Issue, Item, Label, Milestone, Phase, Progress, VERSION};
use crate::model::Day;

/// What `list --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct List<'a> {
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
pub enum Listed<'a> {
    /// A milestone or an issue.
    Work(Item<'a>),
    /// A label.
    Label(Label<'a>),
}

impl<'a> List<'a> {
    /// A list of items.
    pub fn new(as_of: Option<Day>, items: Vec<Listed<'a>>) -> Self {
        Self { version: VERSION, kind: "list", tool_version: env!("CARGO_PKG_VERSION"), as_of, items }
    }
}

/// What `next --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Next<'a> {
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
pub struct NextIssue<'a> {
    /// The issue.
    #[serde(flatten)]
    pub issue: Issue<'a>,
    /// The ids of the open issues that wait for it, directly or through others.
    pub waiting: Vec<&'a str>,
}

impl<'a> Next<'a> {
    /// Issues to begin with.
    pub fn new(as_of: Option<Day>, items: Vec<NextIssue<'a>>) -> Self {
        Self { version: VERSION, kind: "next", tool_version: env!("CARGO_PKG_VERSION"), as_of, items }
    }
}

/// What `show --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Show<'a> {
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
pub enum Shown<'a> {
    /// A milestone.
    Milestone(Box<ShownMilestone<'a>>),
    /// An issue.
    Issue(Box<ShownIssue<'a>>),
    /// A label.
    Label(Box<ShownLabel<'a>>),
}

/// A milestone with its texts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownMilestone<'a> {
    /// The milestone.
    #[serde(flatten)]
    pub milestone: Milestone<'a>,
    /// What it is for, in Markdown.
    pub description: Option<&'a str>,
    /// What is true when it is reached, in Markdown.
    pub goal: Option<&'a str>,
    /// The ids of its issues.
    pub issues: Vec<&'a str>,
    /// With `--delay`: the ids of what that many days more push at most, because a stated day of theirs cannot hold then.
    pub pushes: Option<Vec<&'a str>>,
    /// Where it stands in the source.
    pub source: Source,
}

/// An issue with its text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownIssue<'a> {
    /// The issue.
    #[serde(flatten)]
    pub issue: Issue<'a>,
    /// What is to be done, in Markdown.
    pub body: Option<&'a str>,
    /// The ids of the issues that are a part of it.
    pub sub_issues: Vec<&'a str>,
    /// With `--delay`: the ids of what that many days more push at most, because a stated day of theirs cannot hold then.
    pub pushes: Option<Vec<&'a str>>,
    /// Where it stands in the source.
    pub source: Source,
}

/// A label with its issues.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShownLabel<'a> {
    /// The label.
    #[serde(flatten)]
    pub label: Label<'a>,
    /// The ids of the issues that have it.
    pub issues: Vec<&'a str>,
    /// Where it stands in the source; `null` where it is only used.
    pub source: Option<Source>,
}

/// A place in the source.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Source {
    /// The file, from the root.
    pub file: String,
    /// The value in it, as `issues[3]`.
    pub path: String,
}

impl<'a> Show<'a> {
    /// Items with all that is known of them.
    pub fn new(as_of: Option<Day>, items: Vec<Shown<'a>>) -> Self {
        Self { version: VERSION, kind: "show", tool_version: env!("CARGO_PKG_VERSION"), as_of, items }
    }
}

/// What `roadmap.json` in the website holds: no texts, nothing internal, nothing of `extra`. Links are relative to the file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Roadmap")]
pub struct Export<'a> {
    /// That the file is generated, and from what.
    pub generated: String,
    /// The version of the format.
    pub version: u32,
    /// `roadmap`.
    #[schemars(extend("const" = "roadmap"))]
    pub kind: &'static str,
    /// What the roadmap is called.
    pub title: &'a str,
    /// The GitHub repository, as `owner/name`.
    pub repository: Option<&'a str>,
    /// The day that states, health and `overdue_days` speak for.
    pub as_of: Option<Day>,
    /// The address of the website.
    pub url: Option<String>,
    /// How many of all issues are done.
    pub progress: Progress,
    /// The milestones, in the order of the source.
    pub milestones: Each<'a, Linked<Milestone<'a>>>,
    /// The phases, in the order of the source.
    pub phases: Vec<Phase<'a>>,
    /// The labels, in the order of the source.
    pub labels: Each<'a, Linked<Label<'a>>>,
    /// The issues, in the order of the source.
    pub issues: Each<'a, Linked<Issue<'a>>>,
}

/// An item with its page.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Linked{T}")]
pub struct Linked<T> {
    /// The item.
    #[serde(flatten)]
    pub of: T,
    /// The link to its page.
    pub link: String,
}

/// A list whose items are made one at a time, so that a large roadmap is never held twice.
pub struct Each<'a, T>(Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>);

impl<'a, T> Each<'a, T> {
    /// The items of an iterator, which is made anew whenever they are asked for.
    pub fn new<I: Iterator<Item = T> + 'a>(items: impl Fn() -> I + 'a) -> Self {
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
pub struct EditDocument<'a> {
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
pub struct EditOutcome<'a> {
    /// The verb, as `close` or `batch`.
    pub command: &'a str,
    /// Whether it was written: not with `--dry-run`, and not where nothing changed.
    pub written: bool,
    /// The ids of milestones and issues and the names of labels that it was about, as they are afterwards.
    pub items: &'a [String],
    /// What changed, by file and line.
    pub changes: Vec<ChangedValue>,
    /// What was done, in words.
    pub done: &'a [String],
    /// What else there is to know, in words.
    pub notes: &'a [String],
}

impl<'a> EditDocument<'a> {
    /// An edit that was made, or would be.
    pub fn new(outcome: EditOutcome<'a>) -> Self {
        Self { version: VERSION, kind: "edit", tool_version: env!("CARGO_PKG_VERSION"), outcome }
    }
}

/// A value that an edit changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangedValue {
    /// The file, from the root.
    pub file: String,
    /// The value as a JSON pointer, in the file as it is after the edit, or before it where the value is gone; `null` in a
    /// file that is not JSON, whose lines are told.
    pub pointer: Option<String>,
    /// The line on which it begins there, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What it was; `null` where it was not there.
    pub before: Option<Value>,
    /// What it is; `null` where it is gone.
    pub after: Option<Value>,
}
