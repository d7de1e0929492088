//! The command line: what can be typed, and what `--help` says of it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::model::Day;

/// Keep a roadmap in one JSON source, and derive everything people read from it.
#[derive(Debug, Parser)]
#[command(name = "roadbook", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Begin with `roadbook build` where `roadmap/*.json` lies; `roadbook explain` lists every rule."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where the source is, and how to speak.
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[derive(Debug, Args)]
pub struct Global {
    /// The folder that every output lies below [default: the nearest upwards with `.roadbook` or `roadmap/*.json`]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Source")]
    pub root: Option<PathBuf>,
    /// The JSON file, or the folder that holds it; `-` is standard input
    #[arg(long, global = true, value_name = "PATH", help_heading = "Source")]
    pub roadmap: Option<PathBuf>,
    /// The lock that says what GitHub said last [default: `roadbook.lock.json` beside the JSON]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Source")]
    pub lock: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub color: Colour,
    /// Say only what is wrong
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub quiet: bool,
    /// Say more: every file, every finding
    #[arg(long, short, global = true, help_heading = "Output")]
    pub verbose: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal, unless `NO_COLOR` says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write every document that the source makes and that differs
    #[command(
        after_help = "Example:\n  roadbook build\n  roadbook build --adopt SUMMARY.md   # take over a file written by hand"
    )]
    Build(Build),
    /// Say what does not agree with the source; never write
    #[command(
        after_help = "Example:\n  roadbook check\n  roadbook check --format github      # annotations in a workflow\n  roadbook check --patch fix.patch    # then: git apply fix.patch"
    )]
    Check(Check),
}

/// How findings are written.
#[derive(Debug, Args)]
pub struct Findings {
    /// How findings are written: for people (stderr), or as data (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// End with 1 for warnings as well
    #[arg(long)]
    pub deny_warnings: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Frames with the source line and a caret, on standard error.
    Human,
    /// One JSON document.
    Json,
    /// GitHub's workflow commands, which become annotations.
    Github,
    /// SARIF 2.1.0.
    Sarif,
}

/// `roadbook build`.
#[derive(Debug, Args)]
pub struct Build {
    /// How findings are written.
    #[command(flatten)]
    pub findings: Findings,
    /// Take over a file that is not Roadbook's, and write over it; may be given more than once
    #[arg(long, value_name = "PATH")]
    pub adopt: Vec<PathBuf>,
}

/// `roadbook check`.
#[derive(Debug, Args)]
pub struct Check {
    /// How findings are written.
    #[command(flatten)]
    pub findings: Findings,
    /// Write the repair into this file, for `git apply`
    #[arg(long, value_name = "FILE")]
    pub patch: Option<PathBuf>,
}

/// Reads a day of the command line.
pub fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as in `2026-11-22`".into())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
