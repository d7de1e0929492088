//! Verbs that change the JSON: `pin`, `upgrade`.

use clap::Args;

/// `roadbook pin`.
#[derive(Debug, Args)]
pub struct Pin {
    /// Show what would change in the JSON; write nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// `roadbook upgrade`.
#[derive(Debug, Args)]
pub struct Upgrade {
    /// Show what would change in the JSON; write nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}
