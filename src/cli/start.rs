//! Verbs that start: `try`, `init`.

use std::path::PathBuf;

use clap::Args;

/// `roadbook try`.
#[derive(Debug, Args)]
pub(crate) struct Try {
    /// The JSON file, a plan that `import` reads, or the folder to look in [default: the current repository]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<PathBuf>,
    /// Build into this folder, which must be empty or missing [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Do not open the website
    #[arg(long)]
    pub(crate) no_open: bool,
}

/// `roadbook init`.
#[derive(Debug, Args)]
pub(crate) struct Init {
    /// Do not ask for confirmation
    #[arg(long, short)]
    pub(crate) yes: bool,
    /// Show what would be written without writing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
    /// Start a new roadmap even if the folder holds a plan that could be imported
    #[arg(long)]
    pub(crate) new: bool,
    /// Replace hand-written documents with generated ones; uncommitted content is kept beside them
    #[arg(long)]
    pub(crate) adopt: bool,
    /// Install git hooks in this clone that refuse commits with out-of-date documents and complete merges
    #[arg(long)]
    pub(crate) hook: bool,
    /// Have this clone merge the source and the lock by item and field, and keep generated files as they are until a build
    #[arg(long)]
    pub(crate) merge: bool,
    /// Install the hook even if other repositories share the hooks folder (`core.hooksPath`)
    #[arg(long, requires = "hook")]
    pub(crate) shared_hooks: bool,
    /// Add the check to `.pre-commit-config.yaml`, for everyone who uses pre-commit
    #[arg(long)]
    pub(crate) pre_commit: bool,
    /// Add a block to `AGENTS.md` and a skill file, which tell coding agents how to use the roadmap
    #[arg(long)]
    pub(crate) agents: bool,
    /// Add a workflow that checks every pull request
    #[arg(long, help_heading = "GitHub Actions")]
    pub(crate) check: bool,
    /// Add a workflow that comments on pull requests with their changes to the roadmap
    #[arg(long, requires = "check", help_heading = "GitHub Actions")]
    pub(crate) comment: bool,
    /// Add a workflow that publishes the website on GitHub Pages
    #[arg(long, help_heading = "GitHub Actions")]
    pub(crate) pages: bool,
    /// Add a scheduled workflow that fails if GitHub has drifted from the source
    #[arg(long, help_heading = "GitHub Actions")]
    pub(crate) drift: bool,
    /// Add a scheduled workflow that opens a pull request with what people did on GitHub
    #[arg(long, help_heading = "GitHub Actions")]
    pub(crate) pull: bool,
}
