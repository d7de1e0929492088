//! What the program says of itself, for the regions `commands`, `rules`, `format`, `data` and `views` of hand-written documents.
//!
//! The facts are the command line's, the rules' and the file format's to say. They are handed in as values: nothing here
//! may ask them. A document that holds such a region goes stale when the program changes, and `check` says so.

use serde::Serialize;

use crate::source::Doc;

/// What the program says of itself. The members are what the templates of these regions may know.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Reference {
    /// The commands in their groups; `markdown/regions/commands.md`.
    pub(crate) groups: Vec<CommandGroup>,
    /// The rules by their codes; `markdown/regions/rules.md`.
    pub(crate) rules: Vec<RuleView>,
    /// The source.
    #[serde(skip)]
    pub(crate) format: Format,
    /// The data for other programs.
    #[serde(skip)]
    pub(crate) data: Format,
    /// The built-in templates; `markdown/regions/views.md`.
    pub(crate) templates: Vec<TemplateView>,
}

/// A form of JSON; the members are what `markdown/regions/format.md` may know.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Format {
    /// Its objects, the whole first.
    pub(crate) objects: Vec<ObjectView>,
    /// The words that a value may be one of.
    pub(crate) choices: Vec<ChoiceView>,
}

/// Commands that people look for in one place.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CommandGroup {
    /// What it is called, as `Daily`.
    pub(crate) title: String,
    /// Its commands, those below commands (`add issue`) behind them.
    pub(crate) commands: Vec<CommandView>,
}

/// A command.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CommandView {
    /// Its name, as `add issue`.
    pub(crate) name: String,
    /// The anchor of its heading.
    pub(crate) anchor: String,
    /// What it does, in a line.
    pub(crate) about: String,
    /// What its `--help` prints, without the options that all commands have.
    pub(crate) help: Block,
}

/// A rule.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RuleView {
    /// Its stable name.
    pub(crate) code: String,
    /// What a finding weighs: `blocking`, `error` or `warning`.
    pub(crate) weight: String,
    /// What it says, in a line.
    pub(crate) summary: String,
    /// Why it exists and what to do, in Markdown.
    pub(crate) explanation: String,
    /// What it finds fault with.
    pub(crate) bad: Vec<StepView>,
    /// The same, mended.
    pub(crate) good: Vec<StepView>,
}

/// A step of an example: a file that is written, or a command that is run.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct StepView {
    /// The file; empty where the example is one file of the source, and for a command.
    pub(crate) path: String,
    /// Its text, or the command.
    pub(crate) block: Block,
}

/// An object of JSON.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ObjectView {
    /// What it is called, as `Milestone`.
    pub(crate) name: String,
    /// The anchor of its heading.
    pub(crate) anchor: String,
    /// What it is, in Markdown.
    pub(crate) about: String,
    /// Its keys, sorted.
    pub(crate) keys: Vec<KeyView>,
}

/// A key of an object.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct KeyView {
    /// Its name.
    pub(crate) name: String,
    /// Whether it must be given.
    pub(crate) required: bool,
    /// What its value is, in Markdown.
    pub(crate) kind: String,
    /// What it means, in Markdown on one line.
    pub(crate) about: String,
}

/// A value that is one of a few words.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ChoiceView {
    /// What it is called, as `State`.
    pub(crate) name: String,
    /// The anchor of its heading.
    pub(crate) anchor: String,
    /// What it says, in Markdown.
    pub(crate) about: String,
    /// The words.
    pub(crate) words: Vec<WordView>,
}

/// One of the words that a value may be.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct WordView {
    /// The word.
    pub(crate) word: String,
    /// What it means, in Markdown on one line.
    pub(crate) about: String,
}

/// A built-in template.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TemplateView {
    /// Its name, as `markdown/SUMMARY.md`.
    pub(crate) name: String,
    /// What of its view it uses, a name a line: `milestones[].title` is the title of each milestone.
    pub(crate) names: Vec<String>,
    /// The backticks before and behind them.
    pub(crate) fence: String,
}

/// Text that is shown as it is, in a fence that it cannot end.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Block {
    /// The backticks before and behind it.
    pub(crate) fence: String,
    /// Its language; empty for none.
    pub(crate) language: String,
    /// Its text, without a line end at its end.
    pub(crate) text: String,
}

impl Block {
    /// A block of text.
    pub(crate) fn new(language: &str, text: &str) -> Self {
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
    pub(crate) const REGIONS: [&str; 5] = ["commands", "rules", "format", "data", "views"];

    /// Whether a document has a region that shows it: else it need not be made.
    pub(crate) fn is_asked_for(doc: &Doc) -> bool {
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
