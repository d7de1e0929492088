//! Verbs of a team: `merge`, `fleet`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::day;
use crate::model::Day;

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

/// How roadmaps are shown side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FleetFormat {
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
pub struct Fleet {
    /// The `roadmap.json` of each roadmap, or folders of them
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Also write a page with totals to this folder: `index.html`, and what it loads
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace files in that folder even if Roadbook did not write them
    #[arg(long, requires = "out")]
    pub force: bool,
    /// How many days old a roadmap may be, by the day that it speaks for
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    pub max_age: u32,
    /// What they are called together
    #[arg(long, value_name = "TEXT", default_value = "Roadmaps")]
    pub title: String,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: FleetFormat,
    /// The day on which their age counts [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub as_of: Option<Day>,
}
