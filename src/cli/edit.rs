//! Verbs that change the JSON: each is one edit, and `batch` makes one edit of many.

use clap::{Args, Subcommand};

use super::{Add, Close, Editing, Move, Remove, Reopen, Split, Start};

/// The verbs that are one edit of the JSON.
#[derive(Debug, Subcommand)]
pub(crate) enum EditVerb {
    /// Add an issue, a milestone or a label to the JSON
    #[command(
        after_help = "Example:\n  roadbook add issue 'Build it' --milestone DB-ML1 --label area:db\n  roadbook add milestone 'First users' --due-on 2027-02-26\n  roadbook add label area:web --hex 0075ca"
    )]
    Add(Box<Add>),
    /// Change fields of an issue, a milestone or a label in the JSON
    #[command(
        after_help = "Example:\n  roadbook set DB-004 due_on=2026-12-18 labels+=risk\n  roadbook set DB-004 state=open --unset assignees\n  roadbook set area:db color=0075ca --dry-run\n  roadbook set roadmap as_of=today\n\n`state=closed` and `state=open` do what `close` and `reopen` do. A day may be `today`."
    )]
    Set(Set),
    /// Start issues: sets the start date, the open state and the label for work in progress
    #[command(
        after_help = "Example:\n  roadbook start DB-004\n  roadbook start DB-004 DB-005 --mine\n  roadbook start DB-004 --on 2026-11-20 --assignee mara"
    )]
    Start(Start),
    /// Close issues or milestones in the JSON
    #[command(
        after_help = "Example:\n  roadbook close DB-004\n  roadbook close DB-004 DB-005 --reason not-planned --on 2026-11-20"
    )]
    Close(Close),
    /// Reopen issues or milestones: removes the closing day, the reason and the labels for a closed state
    #[command(after_help = "Example:\n  roadbook reopen DB-004 DB-005")]
    Reopen(Reopen),
    /// Move issues to another milestone in the JSON
    #[command(after_help = "Example:\n  roadbook move DB-004 DB-ML2\n  roadbook move DB-004 DB-005 DB-ML2")]
    Move(Move),
    /// Rename an id, a milestone or a label everywhere in the JSON
    #[command(
        after_help = "Example:\n  roadbook rename DB-004 DB-104 --dry-run\n  roadbook rename area:db area:database\n  roadbook rename DB-004 DB-104 --texts   # in titles, bodies and documents as well"
    )]
    Rename(Rename),
    /// Split an issue: a new issue for each title, with it as parent, in its milestone and with its labels
    #[command(after_help = "Example:\n  roadbook split DB-004 'Write the migration' 'Run it in staging'")]
    Split(Split),
    /// Remove issues, milestones or labels from the JSON; refused while something refers to them
    #[command(
        after_help = "Example:\n  roadbook remove DB-004 --dry-run\n  roadbook remove DB-004 DB-005 --force   # and every reference to them\n  roadbook remove area:db --force\n\nExit codes: 0 removed; 1 something refers to it, and nothing was written; 2 usage error."
    )]
    Remove(Remove),
    /// Write ids derived from titles into the JSON, so that they no longer change
    #[command(
        after_help = "Example:\n  roadbook pin --dry-run              # what would change\n  roadbook pin\n  roadbook pin --series VP-           # VP-1, VP-2 … instead; the derived ids lead on to them"
    )]
    Pin(Pin),
}

impl EditVerb {
    /// What becomes of the edit.
    pub(crate) fn editing(&self) -> Editing {
        match self {
            Self::Add(args) => args.editing(),
            Self::Set(args) => args.editing,
            Self::Start(args) => args.editing,
            Self::Close(args) => args.editing,
            Self::Reopen(args) => args.editing,
            Self::Move(args) => args.editing,
            Self::Rename(args) => args.editing,
            Self::Split(args) => args.editing,
            Self::Remove(args) => args.editing,
            Self::Pin(args) => args.editing,
        }
    }

    /// The verb, as it is typed.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Add(_) => "add",
            Self::Set(_) => "set",
            Self::Start(_) => "start",
            Self::Close(_) => "close",
            Self::Reopen(_) => "reopen",
            Self::Move(_) => "move",
            Self::Rename(_) => "rename",
            Self::Split(_) => "split",
            Self::Remove(_) => "remove",
            Self::Pin(_) => "pin",
        }
    }
}

/// `roadbook set`.
#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The id of a milestone or an issue, the name of a label, or `roadmap` for the roadmap itself
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The changes: `field=value`, or `field+=value` and `field-=value` for lists; `field=` sets it to empty
    #[arg(value_name = "FIELD=VALUE", value_parser = assignment, required_unless_present_any = ["unset", "as_of"])]
    pub(crate) changes: Vec<Assignment>,
    /// Remove a field, so that GitHub owns it; may be repeated
    #[arg(long, value_name = "FIELD")]
    pub(crate) unset: Vec<String>,
    /// Set the day that the roadmap speaks for: `--as-of today` is `as_of=today`
    #[arg(long, value_name = "DAY")]
    pub(crate) as_of: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// A field and what it becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The field's key.
    pub(crate) field: String,
    /// What is done to it.
    pub(crate) how: How,
    /// The value as it was typed.
    pub(crate) value: String,
}

/// What an assignment does to a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
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

/// `roadbook rename`.
#[derive(Debug, Args)]
pub(crate) struct Rename {
    /// The id of an issue or a milestone, the title of a milestone, or the name of a label
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    /// The new id, title or name
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// Also rewrite mentions in titles, bodies and hand-written documents
    #[arg(long)]
    pub(crate) texts: bool,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook pin`.
#[derive(Debug, Args)]
pub(crate) struct Pin {
    /// Give issues the next ids of this series instead, as `VP-` or, with a first number, `VP-001`
    #[arg(long, value_name = "SERIES")]
    pub(crate) series: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook upgrade`.
#[derive(Debug, Args)]
pub(crate) struct Upgrade {
    /// Show what would change in the JSON without writing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
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
