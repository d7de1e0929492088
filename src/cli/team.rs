//! Verbs of a team: `merge`.

use std::path::PathBuf;

use clap::Args;

/// `roadbook merge`.
#[derive(Debug, Args)]
pub struct Merge {
    /// The version that both sides started from (`%O`)
    #[arg(value_name = "BASE", required_unless_present = "finish", requires = "theirs")]
    pub base: Option<PathBuf>,
    /// Our version, which the merged one replaces (`%A`)
    #[arg(value_name = "OURS")]
    pub ours: Option<PathBuf>,
    /// Their version (`%B`)
    #[arg(value_name = "THEIRS")]
    pub theirs: Option<PathBuf>,
    /// The path of the file from the top of the repository (`%P`) [default: OURS]
    #[arg(value_name = "PATH")]
    pub path: Option<String>,
    /// What conflict markers call our side (`%X`) [default: ours]
    #[arg(value_name = "OUR-NAME")]
    pub our_name: Option<String>,
    /// What conflict markers call their side (`%Y`) [default: theirs]
    #[arg(value_name = "THEIR-NAME")]
    pub their_name: Option<String>,
    /// Complete a merge that git has made: renumber across files, build, stage, check. For the `pre-merge-commit` hook
    #[arg(long, conflicts_with = "base")]
    pub finish: bool,
}
