//! The verb that writes to GitHub.

use std::path::PathBuf;

use clap::Args;

use super::{Connection, Planning};

/// `roadbook apply`.
#[derive(Debug, Args)]
pub(crate) struct Apply {
    /// A plan written by `roadbook plan --out FILE` [default: plan now]; refused if GitHub has changed since
    #[arg(value_name = "FILE", conflicts_with_all = ["only", "on_conflict", "adopt", "prune", "recreate", "merge_labels", "reopen"])]
    pub(crate) file: Option<PathBuf>,
    /// Do not ask for confirmation; if over a fifth would be closed or renamed, pass their number
    #[arg(long, value_name = "COUNT", num_args = 0..=1, require_equals = true)]
    pub(crate) yes: Option<Option<usize>>,
    /// Undo the changes of the last apply, except where someone has edited since; created items stay
    #[arg(long, conflicts_with_all = ["file", "only", "on_conflict", "adopt", "prune", "recreate", "merge_labels", "reopen"])]
    pub(crate) undo: bool,
    /// What is planned, and who wins.
    #[command(flatten)]
    pub(crate) planning: Planning,
    /// Which GitHub, and as whom.
    #[command(flatten)]
    pub(crate) connection: Connection,
}
