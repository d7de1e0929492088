//! The verb that makes a source of what is there already: `import`.

use std::path::PathBuf;

use clap::Args;

use super::github::Server;

/// `roadbook import`.
#[derive(Debug, Default, Args)]
pub(crate) struct Import {
    /// A document (Markdown, CSV, TSV, YAML, TOML, org-mode), an export of GitHub's issues (`-` is
    /// standard input), or a repository as `owner/name`
    #[arg(value_name = "FILE|OWNER/NAME")]
    pub(crate) from: String,
    /// The JSON to create; `-` writes to standard output [default:
    /// `roadmap/milestones_and_issues.json`]
    #[arg(long, value_name = "FILE", conflicts_with = "into")]
    pub(crate) out: Option<PathBuf>,
    /// The JSON to add to: missing keys are added, existing values stay
    #[arg(long, value_name = "FILE")]
    pub(crate) into: Option<PathBuf>,
    /// Show what would be written without writing
    #[arg(long, short = 'n')]
    pub(crate) dry_run: bool,
    /// What a column of a CSV or TSV file holds if its header does not say: `title`, `due_on`,
    /// `extra` (keep it with each issue), `skip` …
    #[arg(long = "map", value_name = "COLUMN=FIELD")]
    pub(crate) maps: Vec<String>,
    /// The repository of an export that does not name it, as `owner/name`
    #[arg(long, value_name = "OWNER/NAME", help_heading = "GitHub")]
    pub(crate) repo: Option<String>,
    /// Where a repository is.
    #[command(flatten)]
    pub(crate) server: Server,
}
