//! The verb that writes to GitHub.

use std::path::PathBuf;

use clap::Args;

use super::{Connection, Planning};

/// `roadbook apply`.
#[derive(Debug, Args)]
pub struct Apply {
    /// A plan that `roadbook plan --out FILE` wrote [default: planned now]; refused where GitHub was changed since
    #[arg(value_name = "FILE", conflicts_with_all = ["only", "on_conflict", "adopt", "prune", "recreate", "reopen"])]
    pub file: Option<PathBuf>,
    /// Do not ask; with the number of what is closed and renamed where that is more than a fifth
    #[arg(long, value_name = "COUNT", num_args = 0..=1, require_equals = true)]
    pub yes: Option<Option<usize>>,
    /// Take back what the last apply changed, where nobody changed it since; what it made stays
    #[arg(long, conflicts_with_all = ["file", "only", "on_conflict", "adopt", "prune", "recreate", "reopen"])]
    pub undo: bool,
    /// What is planned, and who wins.
    #[command(flatten)]
    pub planning: Planning,
    /// Which GitHub, and as whom.
    #[command(flatten)]
    pub connection: Connection,
}
