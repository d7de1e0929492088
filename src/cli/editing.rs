//! What all verbs that edit the JSON take, and `batch`, which takes nothing else.

use clap::Args;

use super::Answer;

/// What becomes of an edit.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Editing {
    /// Show what would change in the JSON without writing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
    /// Build the documents too
    #[arg(long, conflicts_with = "dry_run")]
    pub(crate) build: bool,
    /// Output format; `json` prints every change with its place
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Answer,
}

/// `roadbook batch`.
#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// What becomes of the edit.
    #[command(flatten)]
    pub(crate) editing: Editing,
}
