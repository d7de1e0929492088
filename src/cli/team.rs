//! Verbs of a team: `merge`, `fleet`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::day;
use crate::model::Day;

/// `roadbook merge`.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The version that both sides started from (`%O`)
    #[arg(value_name = "BASE", required_unless_present = "finish", requires = "theirs")]
    pub(crate) base: Option<PathBuf>,
    /// Our version, which the merged one replaces (`%A`)
    #[arg(value_name = "OURS")]
    pub(crate) ours: Option<PathBuf>,
    /// Their version (`%B`)
    #[arg(value_name = "THEIRS")]
    pub(crate) theirs: Option<PathBuf>,
    /// The path of the file from the top of the repository (`%P`) [default: OURS]
    #[arg(value_name = "PATH")]
    pub(crate) path: Option<String>,
    /// What conflict markers call our side (`%X`) [default: ours]
    #[arg(value_name = "OUR-NAME")]
    pub(crate) our_name: Option<String>,
    /// What conflict markers call their side (`%Y`) [default: theirs]
    #[arg(value_name = "THEIR-NAME")]
    pub(crate) their_name: Option<String>,
    /// Complete a merge that git has made: renumber across files, build, stage, check. For the `pre-merge-commit` hook
    #[arg(long, conflicts_with = "base")]
    pub(crate) finish: bool,
}

/// How roadmaps are shown side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FleetFormat {
    /// Text for people.
    Human,
    /// A table, for an issue or a wiki.
    #[value(alias = "md")]
    Markdown,
    /// One JSON document.
    Json,
}

/// `roadbook fleet`.
#[derive(Debug, Args)]
pub(crate) struct Fleet {
    /// The `roadmap.json` of each roadmap, or folders of them
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Also write a page with totals to this folder: `index.html`, and what it loads
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Replace files in that folder even if Roadbook did not write them
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
    /// How many days old a roadmap may be, by its as-of day
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    pub(crate) max_age: u32,
    /// The title for all of them
    #[arg(long, value_name = "TEXT", default_value = "Roadmaps")]
    pub(crate) title: String,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: FleetFormat,
    /// The day on which their age counts [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Day>,
}
