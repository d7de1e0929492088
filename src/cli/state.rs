//! What the verbs take that change how something stands, where it belongs, or whether it is there.

use clap::Args;

use super::Editing;

/// `roadbook start`.
#[derive(Debug, Args)]
pub(crate) struct Start {
    /// The ids of issues
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// The day on which work began [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<String>,
    /// Assign it to this GitHub login, too; may be repeated
    #[arg(long, value_name = "LOGIN")]
    pub(crate) assignee: Vec<String>,
    /// Assign it to you: `ROADBOOK_USER`, else git's `github.user`
    #[arg(long)]
    pub(crate) mine: bool,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook close`.
#[derive(Debug, Args)]
pub(crate) struct Close {
    /// The ids of issues or milestones
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// The reason: `completed`, `not-planned` or `duplicate`
    #[arg(long, value_name = "REASON")]
    pub(crate) reason: Option<String>,
    /// The closing day [default: today]
    #[arg(long, value_name = "DAY")]
    pub(crate) on: Option<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook reopen`.
#[derive(Debug, Args)]
pub(crate) struct Reopen {
    /// The ids of issues or milestones
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook move`.
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// The ids of issues
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// The new milestone: an id or an exact title
    #[arg(value_name = "MILESTONE")]
    pub(crate) milestone: String,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook split`.
#[derive(Debug, Args)]
pub(crate) struct Split {
    /// The id of the issue, which stays
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// The title of a part, optionally with its id in front
    #[arg(value_name = "TITLE", required = true)]
    pub(crate) titles: Vec<String>,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}

/// `roadbook remove`.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The ids of issues or milestones, or the names of labels
    #[arg(value_name = "ID", required = true)]
    pub(crate) ids: Vec<String>,
    /// Remove what refers to them, too: blockers, parents, milestones of issues, labels
    #[arg(long)]
    pub(crate) force: bool,
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}
