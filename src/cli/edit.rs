//! Verbs that change the JSON: `add`, `set`, `close`, `move`, `rename`, `pin`, `upgrade`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// What becomes of an edit.
#[derive(Debug, Clone, Copy, Args)]
pub struct Editing {
    /// Show what would change in the JSON without writing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// Build the documents too
    #[arg(long, conflicts_with = "dry_run")]
    pub build: bool,
}

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

/// `roadbook set`.
#[derive(Debug, Args)]
pub struct Set {
    /// The id of a milestone or an issue, the name of a label, or `roadmap` for the roadmap itself
    #[arg(value_name = "ID")]
    pub id: String,
    /// The changes: `field=value`, or `field+=value` and `field-=value` for lists; `field=` sets it to empty
    #[arg(value_name = "FIELD=VALUE", value_parser = assignment, required_unless_present = "unset")]
    pub changes: Vec<Assignment>,
    /// Remove a field, so that GitHub owns it; may be repeated
    #[arg(long, value_name = "FIELD")]
    pub unset: Vec<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}

/// A field and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The field's key.
    pub field: String,
    /// What is done to it.
    pub how: How,
    /// The value as it was typed.
    pub value: String,
}

/// What an assignment does to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It holds the value and nothing else.
    Replace,
    /// Its list gets what it does not hold yet.
    Include,
    /// Its list loses what it holds.
    Exclude,
}

/// Reads `field=value`, `field+=value` and `field-=value`.
fn assignment(text: &str) -> Result<Assignment, String> {
    let (field, value) = text.split_once('=').ok_or("write `field=value`, as in `due_on=2026-11-22`")?;
    let (field, how) = match (field.strip_suffix('+'), field.strip_suffix('-')) {
        (Some(field), _) => (field, How::Include),
        (_, Some(field)) => (field, How::Exclude),
        _ => (field, How::Replace),
    };
    Ok(Assignment { field: field.trim().to_owned(), how, value: value.to_owned() })
}

/// `roadbook close`.
#[derive(Debug, Args)]
pub struct Close {
    /// The id of an issue or a milestone
    #[arg(value_name = "ID")]
    pub id: String,
    /// The reason: `completed`, `not-planned` or `duplicate`
    #[arg(long, value_name = "REASON")]
    pub reason: Option<String>,
    /// The closing day [default: today]
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}

/// `roadbook move`.
#[derive(Debug, Args)]
pub struct Move {
    /// The id of an issue
    #[arg(value_name = "ID")]
    pub id: String,
    /// The new milestone: an id or an exact title
    #[arg(value_name = "MILESTONE")]
    pub milestone: String,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}

/// `roadbook rename`.
#[derive(Debug, Args)]
pub struct Rename {
    /// The id of an issue or a milestone, the title of a milestone, or the name of a label
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The new id, title or name
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Also rewrite mentions in titles, bodies and hand-written documents
    #[arg(long)]
    pub texts: bool,
    /// What becomes of the edit.
    #[command(flatten)]
    pub editing: Editing,
}

/// `roadbook pin`.
#[derive(Debug, Args)]
pub struct Pin {
    /// Show what would change in the JSON without writing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// `roadbook upgrade`.
#[derive(Debug, Args)]
pub struct Upgrade {
    /// Show what would change in the JSON without writing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assignments_are_split_at_the_first_sign() {
        let read = |text: &str| {
            let Assignment { field, how, value } = assignment(text).expect("an assignment");
            (field, how, value)
        };
        assert_eq!(read("title=A = b"), ("title".into(), How::Replace, "A = b".into()));
        assert_eq!(read("labels+=a,b"), ("labels".into(), How::Include, "a,b".into()));
        assert_eq!(read("blocked_by-=A-1"), ("blocked_by".into(), How::Exclude, "A-1".into()));
        assert_eq!(read("due_on="), ("due_on".into(), How::Replace, String::new()));
        assert!(assignment("due_on").is_err());
    }
}
