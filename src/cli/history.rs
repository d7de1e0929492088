//! Verbs that tell what has changed: `diff`, `report`, and `build --history`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{Build, day};
use crate::model::Day;

/// `roadbook diff`.
#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// `A..B` compares two revisions, `A...B` shows what `B` changed since they diverged, `A` compares with the working
    /// tree [default: HEAD]
    #[arg(value_name = "REVISIONS", allow_hyphen_values = false)]
    pub(crate) revisions: Option<String>,
    /// Walk the history since this day (UTC) or revision, showing when each change was committed
    #[arg(long, value_name = "DAY|REV", conflicts_with = "revisions")]
    pub(crate) since: Option<String>,
    /// Output format [default: from the extension of `--out`, else human]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<DiffFormat>,
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file even if Roadbook did not write it
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// Leave out items that are internal before or after
    #[arg(long)]
    pub(crate) public: bool,
}

/// How changes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Lines for people.
    Human,
    /// A table for a comment in a pull request, of bounded size.
    #[value(alias = "md")]
    Markdown,
    /// One JSON document.
    Json,
}

/// `roadbook report`.
#[derive(Debug, Args)]
pub(crate) struct Report {
    /// Also report changes since this day (UTC) or revision; needs git
    #[arg(long, value_name = "DAY|REV")]
    pub(crate) since: Option<String>,
    /// Also compare the milestones' days with those of this revision; needs git
    #[arg(long, value_name = "REV")]
    pub(crate) baseline: Option<String>,
    /// The day to report for [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Day>,
    /// Output format [default: from the extension of `--out`, else human]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) format: Option<ReportFormat>,
    /// Write to this file
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Replace the file even if Roadbook did not write it
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// Leave out internal items; the default for `html`, `markdown` and `csv`, which are made to be shared
    #[arg(long, conflicts_with = "internal")]
    pub(crate) public: bool,
    /// Include internal items in every format
    #[arg(long)]
    pub(crate) internal: bool,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Text for people.
    Human,
    /// Markdown, for a wiki or an issue.
    #[value(alias = "md")]
    Markdown,
    /// One HTML file that needs nothing else, to be mailed.
    Html,
    /// One JSON document.
    Json,
    /// A table of all milestones and issues (RFC 4180), for spreadsheets.
    Csv,
}

impl Diff {
    /// The format that was asked for, be it by the name of the file.
    pub(crate) fn format(&self) -> DiffFormat {
        self.format.unwrap_or_else(|| match ending(self.out.as_deref()).as_str() {
            "md" | "markdown" => DiffFormat::Markdown,
            "json" => DiffFormat::Json,
            _ => DiffFormat::Human,
        })
    }
}

impl Report {
    /// The format that was asked for, be it by the name of the file.
    pub(crate) fn format(&self) -> ReportFormat {
        self.format.unwrap_or_else(|| match ending(self.out.as_deref()).as_str() {
            "md" | "markdown" => ReportFormat::Markdown,
            "html" | "htm" => ReportFormat::Html,
            "json" => ReportFormat::Json,
            "csv" => ReportFormat::Csv,
            _ => ReportFormat::Human,
        })
    }
}

/// What a file's name ends in, in lower case.
fn ending(file: Option<&Path>) -> String {
    let ending = file.and_then(|file| file.extension()?.to_str());
    ending.map(str::to_ascii_lowercase).unwrap_or_default()
}

impl ReportFormat {
    /// Whether it is made to be handed on to others.
    pub(crate) fn is_handed_on(self) -> bool {
        matches!(self, Self::Markdown | Self::Html | Self::Csv)
    }
}

/// `roadbook build`, of the committed files or of a website with its history.
#[derive(Debug, Clone, Args)]
pub(crate) struct Built {
    /// What every build takes.
    #[command(flatten)]
    pub(crate) build: Build,
    /// Build only the website, with a page and a feed of changes, into the folder that `--out` names; reads git
    #[arg(long, requires = "out", conflicts_with = "adopt", help_heading = "History")]
    pub(crate) history: bool,
    /// The folder of that website: a new one, or one that an earlier run made
    #[arg(long, value_name = "DIR", requires = "history", help_heading = "History")]
    pub(crate) out: Option<PathBuf>,
    /// Replace files in that folder even where Roadbook did not write them
    #[arg(long, requires = "history", help_heading = "History")]
    pub(crate) force: bool,
    /// Start from this day (UTC) or revision [default: the first commit]
    #[arg(long, value_name = "DAY|REV", requires = "history", help_heading = "History")]
    pub(crate) since: Option<String>,
    /// Also draw the milestones' days at this revision, below the current ones
    #[arg(long, value_name = "REV", requires = "history", help_heading = "History")]
    pub(crate) baseline: Option<String>,
    /// The day that the website speaks for [default: today]
    #[arg(long, value_name = "DAY", value_parser = day, requires = "history", help_heading = "History")]
    pub(crate) as_of: Option<Day>,
}
