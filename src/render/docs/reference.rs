//! What the program says of itself, for the regions `commands`, `rules`, `format`, `data` and `views` of hand-written documents.
//!
//! The facts are the command line's, the rules' and the file format's to say. They are handed in as values: nothing here
//! may ask them. A document that holds such a region goes stale when the program changes, and `check` says so.

use serde::Serialize;

use crate::source::Doc;

/// What the program says of itself. The members are what the templates of these regions may know.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Reference {
    /// The commands in their groups; `markdown/regions/commands.md`.
    pub groups: Vec<CommandGroup>,
    /// The rules by their codes; `markdown/regions/rules.md`.
    pub rules: Vec<RuleView>,
    /// The source.
    #[serde(skip)]
    pub format: Format,
    /// The data for other programs.
    #[serde(skip)]
    pub data: Format,
    /// The built-in templates; `markdown/regions/views.md`.
    pub templates: Vec<TemplateView>,
}

/// A form of JSON; the members are what `markdown/regions/format.md` may know.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Format {
    /// Its objects, the whole first.
    pub objects: Vec<ObjectView>,
    /// The words that a value may be one of.
    pub choices: Vec<ChoiceView>,
}

/// Commands that people look for in one place.
#[derive(Debug, Clone, Serialize)]
pub struct CommandGroup {
    /// What it is called, as `Daily`.
    pub title: String,
    /// Its commands, those below commands (`add issue`) behind them.
    pub commands: Vec<CommandView>,
}

/// A command.
#[derive(Debug, Clone, Serialize)]
pub struct CommandView {
    /// Its name, as `add issue`.
    pub name: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// What it does, in a line.
    pub about: String,
    /// What its `--help` prints, without the options that all commands have.
    pub help: Block,
}

/// A rule.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    /// Its stable name.
    pub code: String,
    /// What a finding weighs: `blocking`, `error` or `warning`.
    pub weight: String,
    /// What it says, in a line.
    pub summary: String,
    /// Why it exists and what to do, in Markdown.
    pub explanation: String,
    /// What it finds fault with.
    pub bad: Vec<StepView>,
    /// The same, mended.
    pub good: Vec<StepView>,
}

/// A step of an example: a file that is written, or a command that is run.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// The file; empty where the example is one file of the source, and for a command.
    pub path: String,
    /// Its text, or the command.
    pub block: Block,
}

/// An object of JSON.
#[derive(Debug, Clone, Serialize)]
pub struct ObjectView {
    /// What it is called, as `Milestone`.
    pub name: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// What it is, in Markdown.
    pub about: String,
    /// Its keys, sorted.
    pub keys: Vec<KeyView>,
}

/// A key of an object.
#[derive(Debug, Clone, Serialize)]
pub struct KeyView {
    /// Its name.
    pub name: String,
    /// Whether it must be given.
    pub required: bool,
    /// What its value is, in Markdown.
    pub kind: String,
    /// What it means, in Markdown on one line.
    pub about: String,
}

/// A value that is one of a few words.
#[derive(Debug, Clone, Serialize)]
pub struct ChoiceView {
    /// What it is called, as `State`.
    pub name: String,
    /// The anchor of its heading.
    pub anchor: String,
    /// What it says, in Markdown.
    pub about: String,
    /// The words.
    pub words: Vec<WordView>,
}

/// One of the words that a value may be.
#[derive(Debug, Clone, Serialize)]
pub struct WordView {
    /// The word.
    pub word: String,
    /// What it means, in Markdown on one line.
    pub about: String,
}

/// A built-in template.
#[derive(Debug, Clone, Serialize)]
pub struct TemplateView {
    /// Its name, as `markdown/SUMMARY.md`.
    pub name: String,
    /// What of its view it uses, a name a line: `milestones[].title` is the title of each milestone.
    pub names: Vec<String>,
    /// The backticks before and behind them.
    pub fence: String,
}

/// Text that is shown as it is, in a fence that it cannot end.
#[derive(Debug, Clone, Serialize)]
pub struct Block {
    /// The backticks before and behind it.
    pub fence: String,
    /// Its language; empty for none.
    pub language: String,
    /// Its text, without a line end at its end.
    pub text: String,
}

impl Block {
    /// A block of text.
    pub fn new(language: &str, text: &str) -> Self {
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        Self {
            fence: "`".repeat(longest.max(2) + 1),
            language: language.into(),
            text: text.trim_end().into(),
        }
    }
}

impl Reference {
    /// The names of the regions that show it.
    pub const REGIONS: [&str; 5] = ["commands", "rules", "format", "data", "views"];

    /// Whether a document has a region that shows it: else it need not be made.
    pub fn is_asked_for(doc: &Doc) -> bool {
        doc.regions.iter().any(|region| Self::REGIONS.contains(&region.name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::Block;

    #[test]
    fn no_text_ends_its_fence() {
        assert_eq!(Block::new("", "plain\n").fence, "```");
        assert_eq!(Block::new("md", "```\ncode\n```").fence, "````");
    }
}
