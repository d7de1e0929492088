//! Verbs that start: `try`, `init`.

use std::path::PathBuf;

use clap::Args;

/// `roadbook try`.
#[derive(Debug, Args)]
pub struct Try {
    /// The JSON file, or the folder to look for it in [default: the repository that you stand in]
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
    /// Build into this folder, which must be empty or not there yet [default: a scratch folder of the system]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Do not open the website
    #[arg(long)]
    pub no_open: bool,
}

/// `roadbook init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Ask nothing
    #[arg(long, short)]
    pub yes: bool,
    /// Show what would be written; write nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
    /// Replace documents that were written by hand with generated ones; what no commit has is kept beside them
    #[arg(long)]
    pub adopt: bool,
    /// Let git refuse commits whose documents do not agree with the source, by a hook in this clone
    #[arg(long)]
    pub hook: bool,
    /// Write the hook even where other repositories use the same folder of hooks (`core.hooksPath`)
    #[arg(long, requires = "hook")]
    pub shared_hooks: bool,
    /// The same for everybody who uses pre-commit: `.pre-commit-config.yaml`
    #[arg(long)]
    pub pre_commit: bool,
    /// The workflow that checks every pull request
    #[arg(long, help_heading = "GitHub Actions")]
    pub check: bool,
    /// The workflow that tells in a comment what a pull request changes in the roadmap
    #[arg(long, requires = "check", help_heading = "GitHub Actions")]
    pub comment: bool,
    /// The workflow that publishes the website with GitHub Pages
    #[arg(long, help_heading = "GitHub Actions")]
    pub pages: bool,
    /// The workflow that fails on a schedule where GitHub is not as the source says
    #[arg(long, help_heading = "GitHub Actions")]
    pub drift: bool,
}
