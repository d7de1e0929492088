//! The file format: serde types that are also the published JSON Schema.
//!
//! The types say what a file may hold, not what it means: references are still names, dates still text. Meaning begins
//! in [`crate::model`]. The doc comments of the fields are what editors show.

mod columns;
mod field;
mod items;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Deserialize;

use super::chunks::Chunks;

pub(crate) use columns::Columns;
pub(crate) use field::{Extra, Field, Map};
pub use items::State;
pub(crate) use items::{Health, Issue, Label, LabelGroup, Milestone, Phase, Section, StateReason, Update};

/// A roadmap, or one of the files that make it up: lists are joined in the order of the files' names, everything else
/// may be given once.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Roadbook roadmap", rename = "Roadmap")]
pub(crate) struct File {
    /// Where editors find this schema, as `roadbook.schema.json`.
    #[serde(rename = "$schema")]
    pub(crate) schema: Option<String>,
    /// The minor version of Roadbook whose output is committed, as `0.1`.
    pub(crate) roadbook: Option<String>,
    /// What the roadmap is called. Default: `Roadmap`.
    pub(crate) title: Option<String>,
    /// What it is for, in GitHub Flavored Markdown.
    pub(crate) description: Option<String>,
    /// The GitHub repository, as `owner/name`: where issues go and links lead.
    pub(crate) repository: Option<String>,
    /// Whether `@name` in a body calls that person when the issue is made in GitHub. Default: false.
    pub(crate) mentions: Option<bool>,
    /// What GitHub is given beyond what every repository has.
    pub(crate) github: Option<Github>,
    /// The day that the committed output speaks for, as `2026-11-22`. Without it the lock's snapshot day holds; without
    /// either, nothing is called overdue.
    pub(crate) as_of: Option<String>,
    /// What is to be reached, in the order in which it is read.
    pub(crate) milestones: Option<Chunks<Milestone>>,
    /// The work.
    pub(crate) issues: Option<Chunks<Issue>>,
    /// The labels. Where this list is given, a label that is not in it is an error.
    pub(crate) labels: Option<Chunks<Label>>,
    /// How labels are grouped. Default: by what stands before the `:` of their names.
    pub(crate) label_groups: Option<Vec<LabelGroup>>,
    /// The implementation guide: in which order the milestones are worked on.
    pub(crate) phases: Option<Vec<Phase>>,
    /// Which labels say a state where an issue gives none.
    pub(crate) states: Option<States>,
    /// Free sections at the end of SUMMARY.md.
    pub(crate) sections: Option<Vec<Section>>,
    /// Hand-written Markdown files, or folders of them, from the root: `check` reads them and `build` fills their regions.
    pub(crate) docs: Option<Vec<String>>,
    /// What a rule weighs here, by its code.
    pub(crate) rules: Option<Map<RuleSetting>>,
    /// Where the outputs go.
    pub(crate) outputs: Option<Outputs>,
    /// How SUMMARY.md is written.
    pub(crate) summary: Option<Summary>,
    /// A JSON file with texts that take the place of the English ones that Roadbook writes: a path from the root. `roadbook words`
    /// prints all of them. In the folder of the source its name begins with `roadbook.`, as `roadbook.words.json`.
    pub(crate) words: Option<String>,
    /// How the website is made.
    pub(crate) site: Option<Site>,
    /// Former ids, each with the id that took its place: the old pages lead on to the new ones.
    pub(crate) aliases: Option<Map<String>>,
    /// Your own data, handed to templates and never published as data.
    #[serde(default)]
    pub(crate) extra: Extra,
}

/// Which labels say a state where an issue gives none. It is shown and counted, and never applied to GitHub.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct States {
    /// What says that an open issue is being worked on.
    pub(crate) in_progress: InProgress,
    /// What says that an issue is done where neither the JSON nor GitHub says so.
    pub(crate) done: ByLabel,
    /// What says that an issue was dropped where neither the JSON nor GitHub says so.
    pub(crate) dropped: ByLabel,
}

/// What says that an open issue is being worked on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct InProgress {
    /// The names of labels; case does not matter.
    pub(crate) labels: Vec<String>,
    /// Whether it is enough that somebody is assigned. Default: false.
    pub(crate) assigned: bool,
}

/// A state that labels say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ByLabel {
    /// The names of labels; case does not matter.
    pub(crate) labels: Vec<String>,
}

/// What GitHub is given beyond what every repository has.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Github {
    /// The organization's issue fields that `apply` fills, by what goes into each: `start_on` and `due_on` into date fields,
    /// `estimate` into a number field, and a label group, by its prefix, into a single-select field. As
    /// `{ "due_on": "Target date", "priority": "Priority" }`.
    pub(crate) fields: Map<String>,
}

/// What a rule weighs, and why.
#[derive(Debug, Clone, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub(crate) enum RuleSetting {
    /// The level alone.
    Level(Level),
    /// The level, and why it is so here.
    Reasoned(Reasoned),
}

/// A rule's level with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reasoned {
    /// What the rule weighs here.
    pub(crate) level: Level,
    /// Why, for whoever reads this next.
    pub(crate) reason: String,
}

/// What a rule can weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Level {
    /// The rule is silent.
    Off,
    /// Its findings are warnings.
    Warn,
    /// Its findings are errors.
    Error,
}

/// Where the outputs go: a path from the root, or `null` to switch one off.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Outputs {
    /// The summary. Default: `SUMMARY.md` beside the JSON.
    pub(crate) summary: Field<String>,
    /// The folder of the milestone pages. Default: `milestones` beside the JSON.
    pub(crate) milestones: Field<String>,
    /// The label tables. Default: `LABELS.md` beside the JSON.
    pub(crate) labels: Field<String>,
    /// The folder of the website. Default: `site`.
    pub(crate) site: Field<String>,
}

/// How SUMMARY.md is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Summary {
    /// The columns of its tables: a list for both, or an object with a list for `milestones` and one for `issues`. There are
    /// `place`, `id`, `title`, `state`, `owner`, `start`, `due` and `blocked_by`; of milestones also `description`, `goal`,
    /// `issues` and `progress`; of issues also `labels`, `assignees`, `closed`, `estimate`, `type`, `parent`, `priority` and
    /// the other label groups by their prefixes. Default: `place`, `title`, `description`, `issues` and `id`, `title`, `labels`.
    pub(crate) columns: Option<Columns>,
    /// Whether titles, ids and labels lead to their pages. Default: true.
    pub(crate) links: Option<bool>,
    /// Whether the file has Roadbook's mark. Default: true. `false` says that a file headed as a summary is Roadbook's all the same.
    pub(crate) marker: Option<bool>,
    /// What the first sentence calls the roadmap, as it is written there. Default: the title in lower case, but for words with a
    /// capital or a digit behind their first letter, as `PostgreSQL` or `OAuth2`.
    pub(crate) subject: Option<String>,
}

/// How the website is made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Site {
    /// The address at which the site is published, as `https://example.org/roadmap/`.
    pub(crate) url: Option<String>,
    /// The language of the texts, as a BCP 47 tag. Default: `en`.
    pub(crate) lang: Option<String>,
    /// The direction of the texts. Default: `ltr`.
    pub(crate) dir: Option<Direction>,
    /// Where a reader can edit the source; `{path}` stands for the file's path from the root.
    pub(crate) edit_url: Option<String>,
    /// Whether the site is committed and so compared by `check`. Default: false.
    pub(crate) committed: Option<bool>,
    /// The picture that is shown where a page is shared: an address, or a path below `url` (PNG or JPEG, 1,200 × 630 pixels).
    pub(crate) image: Option<String>,
    /// Whether images of other hosts are shown instead of linked. Default: false.
    pub(crate) remote_images: Option<bool>,
    /// Whether a page that lacks a picture says which key of the source would draw it. Default: true.
    pub(crate) hints: Option<bool>,
    /// Whether the timeline by people shows how much each of them has in which week. It is about persons, so it is asked for. Default:
    /// false.
    pub(crate) people: Option<bool>,
}

/// A direction of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// The JSON Schema of a source file, draft 2020-12.
pub fn json_schema() -> serde_json::Value {
    let schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<File>();
    schema.to_value()
}
