//! `edit` and `bodies`: the texts of issues in an editor, and in files of their own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Editing;

/// `roadbook edit`.
#[derive(Debug, Args)]
pub(crate) struct EditText {
    /// The id of an issue or a milestone, or the name of a label
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Edit the fields of the issue as JSON, not its body
    #[arg(long)]
    pub(crate) item: bool,
    /// Take the text from this file instead of an editor; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) from: Option<PathBuf>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook bodies`.
#[derive(Debug, Args)]
pub(crate) struct Bodies {
    /// Which way they go.
    #[command(subcommand)]
    pub(crate) what: Moved,
}

/// Which way bodies go.
#[derive(Debug, Subcommand)]
pub(crate) enum Moved {
    /// Move bodies out of the JSON into `bodies/<id>.md`
    #[command(
        after_help = "Example:\n  roadbook bodies split --dry-run\n  roadbook bodies split\n  roadbook bodies split DB-004 DB-005"
    )]
    Split(MoveBodies),
    /// Move bodies back into the JSON
    #[command(after_help = "Example:\n  roadbook bodies join --dry-run\n  roadbook bodies join DB-004")]
    Join(MoveBodies),
}

/// `roadbook bodies split` and `join`.
#[derive(Debug, Args)]
pub(crate) struct MoveBodies {
    /// The issues [default: all]
    #[arg(value_name = "ID")]
    pub(crate) ids: Vec<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

impl Bodies {
    /// What becomes of it.
    pub(crate) fn editing(&self) -> Editing {
        let (Moved::Split(moved) | Moved::Join(moved)) = &self.what;
        moved.editing
    }
}
