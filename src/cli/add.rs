//! What `add` takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Editing;

/// `roadbook add`.
#[derive(Debug, Args)]
pub struct Add {
    /// What is added.
    #[command(subcommand)]
    pub what: Added,
}

impl Add {
    /// What becomes of it.
    pub fn editing(&self) -> Editing {
        match &self.what {
            Added::Issue(added) => added.editing,
            Added::Milestone(added) => added.editing,
            Added::Label(added) => added.editing,
        }
    }
}

/// What is added.
#[derive(Debug, Subcommand)]
pub enum Added {
    /// Add an issue
    #[command(
        after_help = "Example:\n  roadbook add issue 'Write the text' --milestone L-M1 --label type:docs\n  roadbook add issue 'Take the pictures' --body-file -     # the body from standard input"
    )]
    Issue(AddIssue),
    /// Add a milestone
    #[command(after_help = "Example:\n  roadbook add milestone 'First users' --due-on 2027-02-26")]
    Milestone(AddMilestone),
    /// Add a label
    #[command(after_help = "Example:\n  roadbook add label type:docs --description 'Words' --hex 0075ca")]
    Label(AddLabel),
}

/// `roadbook add issue`.
#[derive(Debug, Args)]
pub struct AddIssue {
    /// The title, optionally with the id in front, as in `DB-023: Build it`
    pub title: String,
    /// The id [default: the next in the series of its milestone or the roadmap]
    #[arg(long)]
    pub id: Option<String>,
    /// The milestone: an id or an exact title
    #[arg(long, value_name = "MILESTONE")]
    pub milestone: Option<String>,
    /// A label; may be repeated
    #[arg(long, value_name = "NAME")]
    pub label: Vec<String>,
    /// The body, in Markdown
    #[arg(long, value_name = "TEXT", conflicts_with = "body_file")]
    pub body: Option<String>,
    /// Read the body from this file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub body_file: Option<PathBuf>,
    /// The GitHub login of an assignee; may be repeated
    #[arg(long, value_name = "LOGIN")]
    pub assignee: Vec<String>,
    /// The parent issue
    #[arg(long, value_name = "ID")]
    pub parent: Option<String>,
    /// An issue that blocks it; may be repeated
    #[arg(long, value_name = "ID")]
    pub blocked_by: Vec<String>,
    /// The estimate, in points
    #[arg(long, value_name = "POINTS")]
    pub estimate: Option<String>,
    /// The planned start: a day, or less exactly as `2027-03`, `2027-Q1`, `2027-H1` or `2027`
    #[arg(long, value_name = "DAY")]
    pub start_on: Option<String>,
    /// The due day, or less exactly as `2027-03`, `2027-Q1`, `2027-H1`, `2027` or `later`
    #[arg(long, alias = "due", value_name = "DAY")]
    pub due_on: Option<String>,
    /// The GitHub issue type
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// `open` or `closed` [default: left to GitHub]
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}

/// `roadbook add milestone`.
#[derive(Debug, Args)]
pub struct AddMilestone {
    /// The title, optionally with the id in front, as in `DB-ML6 – Search`
    pub title: String,
    /// The id [default: the next in the roadmap's series]
    #[arg(long)]
    pub id: Option<String>,
    /// A one-line description, in Markdown
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// The goal: what is true once it is reached, in Markdown
    #[arg(long, value_name = "TEXT")]
    pub goal: Option<String>,
    /// The owner
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// A milestone that blocks it; may be repeated
    #[arg(long, value_name = "ID")]
    pub blocked_by: Vec<String>,
    /// The planned start: a day, or less exactly as `2027-03`, `2027-Q1`, `2027-H1` or `2027`
    #[arg(long, value_name = "DAY")]
    pub start_on: Option<String>,
    /// The due day, or less exactly as `2027-03`, `2027-Q1`, `2027-H1`, `2027` or `later`
    #[arg(long, alias = "due", value_name = "DAY")]
    pub due_on: Option<String>,
    /// `open` or `closed` [default: left to GitHub]
    #[arg(long, value_name = "STATE")]
    pub state: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}

/// `roadbook add label`.
#[derive(Debug, Args)]
pub struct AddLabel {
    /// Its name
    pub name: String,
    /// The description, in plain text
    #[arg(long, value_name = "TEXT")]
    pub description: Option<String>,
    /// The colour, as six hexadecimal digits
    #[arg(long, value_name = "RRGGBB")]
    pub hex: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}
