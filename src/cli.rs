//! The command line: what can be typed, and what `--help` says of it.

mod add;
mod apply;
mod bodies;
mod edit;
mod editing;
mod github;
mod groups;
mod history;
mod import;
mod look;
mod program;
mod start;
mod state;
mod team;

use std::{ffi::OsString, path::PathBuf, sync::Arc};

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

pub(crate) use add::{Add, AddIssue, AddLabel, AddMilestone, Added};
pub(crate) use apply::Apply;
pub(crate) use bodies::{Bodies, EditText, MoveBodies, Moved};
pub(crate) use edit::{Assignment, EditVerb, How, Pin, Rename, Set, Upgrade};
pub(crate) use editing::{Batch, Editing};
pub(crate) use github::{
    Adopt, Connection, Drift, Plan, PlanFormat, Planning, Pruned, Pull, PullFormat, Snapshot, Winner,
};
pub(crate) use history::{Built, Diff, DiffFormat, Report, ReportFormat};
pub(crate) use import::Import;
pub(crate) use look::{Answer, Chosen, List, Listed, Next, Serve, Show, SortKey, StatusFilter};
pub(crate) use program::{Completions, Described, Explain, Man, Schema, Templates};
pub(crate) use start::{Init, Try};
pub(crate) use state::{Close, Move, Remove, Reopen, Split, Start};
pub(crate) use team::{Fleet, FleetFormat, Merge};

use crate::{model::Day, report::Gathered};

/// Keep a roadmap in one JSON source, and derive everything people read from it.
#[derive(Debug, Parser)]
#[command(name = "roadbook", version, max_term_width = 100, propagate_version = true)]
#[command(
    after_help = "Start with `roadbook build` in a folder that has `roadmap/*.json`; the `--help` of each command shows examples.
Exit codes: 0 success, 1 findings, 2 usage error, 3 unusable source or unwritable file, 4 GitHub or login error, 5 partly applied."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Where the source is, and how to speak.
    #[command(flatten)]
    pub(crate) global: Global,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(crate) struct Global {
    /// The folder that all outputs go into [default: the nearest parent with `.roadbook` or `roadmap/*.json`]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Source")]
    pub(crate) root: Option<PathBuf>,
    /// The JSON file, its folder, or the name of a roadmap in `.roadbook`; `-` reads standard input
    #[arg(long, global = true, value_name = "PATH", help_heading = "Source")]
    pub(crate) roadmap: Option<PathBuf>,
    /// The lock file, which records GitHub's numbers and last known states; of several roadmaps, a folder with `NAME.lock.json`
    /// for each, or what `snapshot --out` wrote for all [default: `roadbook.lock.json` beside the JSON]
    #[arg(long, global = true, value_name = "PATH", help_heading = "Source")]
    pub(crate) lock: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub(crate) color: Colour,
    /// Print problems only
    #[arg(long, short, global = true, conflicts_with = "verbose", help_heading = "Output")]
    pub(crate) quiet: bool,
    /// Print more: every file, every finding
    #[arg(long, short, global = true, help_heading = "Output")]
    pub(crate) verbose: bool,
    /// Where findings as data are gathered, while a verb works on several roadmaps in turn.
    #[arg(skip)]
    pub(crate) within: Option<Arc<Gathered>>,
    /// The options that name the source, as they were typed: for commands that are told.
    #[arg(skip)]
    pub(crate) given: String,
}

impl Global {
    /// The same where the source is found by itself.
    #[must_use]
    pub(crate) fn without_roadmap(&self) -> Self {
        Self { roadmap: None, ..self.clone() }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` says otherwise.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate documents and the website, writing only what changed
    #[command(
        after_help = "Example:\n  roadbook build\n  roadbook build --adopt SUMMARY.md   # take over a hand-written file\n  roadbook build --history --out public   # the website only, with the changes page, to publish"
    )]
    Build(Built),
    /// Report stale files and broken rules; writes only when asked to
    #[command(
        after_help = "Example:\n  roadbook check\n  roadbook check --format github      # annotations in a workflow\n  roadbook check --patch fix.patch    # then: git apply fix.patch\n  roadbook check --fix --dry-run      # what would be fixed in the JSON\n  roadbook check --accept             # accept today's findings; from now on only new ones are reported"
    )]
    Check(Check),
    /// Preview the website in a browser, reloading as you edit; never writes
    #[command(
        after_help = "Example:\n  roadbook serve --open\n  roadbook serve --port 8080 --as-of 2026-12-24"
    )]
    Serve(Serve),
    /// List issues, milestones or labels
    #[command(
        after_help = "Example:\n  roadbook list --status ready --label priority:high\n  roadbook list milestones\n  roadbook list --status overdue --as-of 2026-12-24\n  roadbook list --mine --status open --sort due\n  roadbook list --status closed --since 2026-11-01\n  roadbook list --format json | jq -r '.items[].id'"
    )]
    List(List),
    /// Show a milestone, an issue or a label with everything known about it
    #[command(
        after_help = "Example:\n  roadbook show DB-004\n  roadbook show DB-ML1 --format json\n  roadbook show DB-016 --delay 5      # what could slip if it is 5 days late\n  roadbook show area:db               # a label, by its name"
    )]
    Show(Show),
    /// Show what to start next: ready issues, those blocking the most others first
    #[command(
        after_help = "Example:\n  roadbook next\n  roadbook next --assignee mara --most 3\n  roadbook next --format json | jq -r '.items[0].id'"
    )]
    Next(Next),
    /// Report progress: what is late, slipped or blocked and why, what is next, who has what, what changed
    #[command(
        after_help = "Example:\n  roadbook report\n  roadbook report --since 2026-11-01\n  roadbook report --format html --out report.html   # a single file to mail\n  roadbook report --format csv --as-of 2026-12-24"
    )]
    Report(Report),
    /// Show what changed between revisions: slipped, closed, added, dropped, moved, renamed, re-scoped
    #[command(
        after_help = "Example:\n  roadbook diff                       # uncommitted changes\n  roadbook diff main...HEAD --format markdown   # for a pull request\n  roadbook diff v1.0..v1.1 --format json\n  roadbook diff --since 2026-11-01    # and when each change was committed\n\nAn item is re-scoped when its body, goal, description, estimate or parent changed; ticked boxes do not count.\nThe lock file is compared along with the source, so issues closed on GitHub are shown too; `--lock` applies to the working\ntree. Days are commit days in UTC. The exit code is 0 whether or not there are differences."
    )]
    Diff(Diff),
    /// One edit of the JSON.
    #[command(flatten)]
    Verb(EditVerb),
    /// Make many edits at once, all or none: reads one command per line from standard input, each as a JSON list
    #[command(
        after_help = "Example:\n  roadbook batch < edits.jsonl\n  roadbook batch --dry-run < edits.jsonl\n\nA line is `[\"close\", \"DB-004\"]` or `[\"add\", \"issue\", \"Build it\", \"--milestone\", \"DB-ML1\"]`; empty lines are skipped. Each line sees what\nthe lines before it did. Nothing is written where one of them is refused."
    )]
    Batch(Batch),
    /// Edit the body of an issue, or the fields of an item, in `$VISUAL` or `$EDITOR`
    #[command(
        after_help = "Example:\n  roadbook edit DB-004                # its body, as Markdown\n  roadbook edit DB-004 --item         # its fields, as JSON\n  roadbook edit DB-ML1\n  roadbook edit DB-004 --from text.md\n\nThe editor gets a copy. If you change nothing, nothing is written. If the rules refuse your text, or somebody else changed the item meanwhile,\nyour text is kept and you are told where."
    )]
    Edit(EditText),
    /// Keep the bodies of issues in Markdown files beside the JSON, or move them back into it
    #[command(
        after_help = "Example:\n  roadbook bodies split --dry-run     # what would move into `bodies/<id>.md`\n  roadbook bodies join DB-004         # one body back into the JSON"
    )]
    Bodies(Bodies),
    /// Move the roadmap to this version of Roadbook and rebuild it
    #[command(
        after_help = "Example:\n  roadbook upgrade --dry-run          # what would change\n  roadbook upgrade"
    )]
    Upgrade(Upgrade),
    /// Show what `apply` would change on GitHub, field by field; never writes to GitHub
    #[command(
        after_help = "Example:\n  roadbook plan\n  roadbook plan --offline              # against the lock, without the network\n  roadbook plan --format markdown     # for a comment in a pull request\n  roadbook plan --out plan.json       # then: roadbook apply plan.json\n  roadbook plan --only DB-004 --on-conflict DB-004.title=theirs"
    )]
    Plan(Plan),
    /// Apply the roadmap to GitHub: no duplicates, no overwritten edits
    #[command(
        after_help = "Example:\n  roadbook apply                                  # shows the plan and asks\n  roadbook apply plan.json --yes        # what `roadbook plan --out plan.json` wrote\n  roadbook apply --only DB-004 --on-conflict DB-004.title=theirs\n  roadbook apply --undo"
    )]
    Apply(Apply),
    /// Exit with 1 if GitHub has drifted from the source: `plan` for a scheduled job
    #[command(after_help = "Example:\n  roadbook drift\n  roadbook drift --only milestones --format json")]
    Drift(Drift),
    /// Update the lock file with states and days from GitHub, and build
    #[command(
        after_help = "Example:\n  roadbook snapshot\n  roadbook snapshot --out now.lock.json   # then: roadbook build --lock now.lock.json"
    )]
    Snapshot(Snapshot),
    /// Write what people did on GitHub into the JSON and the lock; never writes to GitHub
    #[command(
        after_help = "Example:\n  roadbook pull --dry-run               # what would change in the JSON\n  roadbook pull --build                 # and the documents with it\n  roadbook pull --new                   # issues that people opened, too\n\nExit codes: 0 nothing to write, or written; 1 something is left to decide; 3 unusable source; 4 GitHub or login error."
    )]
    Pull(Pull),
    /// Create a source from an existing document, an export of GitHub issues, or a GitHub repository
    #[command(
        after_help = "Example:\n  roadbook import SUMMARY.md                                   # a new JSON from a document\n  roadbook import SUMMARY.md --into roadmap/plan.json --dry-run  # what it would add to an existing JSON\n  roadbook import issues.json --repo octo-org/octo-repo        # of `gh issue list --state all --json …`\n  roadbook import jira.csv --map Team=extra                    # keep a column whose header is not known\n  roadbook import octo-org/octo-repo --out plans/roadmap.json\n\nTables, headings and lists become milestones, issues, labels, phases and sections; anything that does not fit a roadmap is\nreported. States, assignees and closing dates of an export or a repository go into the lock file, not into the JSON."
    )]
    Import(Import),
    /// Try Roadbook on your roadmap and its documents without changing anything
    #[command(
        after_help = "Example:\n  roadbook try                        # finds the JSON and its SUMMARY.md\n  roadbook try docs/planning/data.json --no-open"
    )]
    Try(Try),
    /// Set up a repository: find or start a roadmap, build, check, and print the next steps
    #[command(
        after_help = "Example:\n  roadbook init --dry-run             # what would be written\n  roadbook init --adopt --hook        # take over the existing SUMMARY.md; refuse stale commits\n  roadbook init --pre-commit --check --pages\n  roadbook init --agents              # AGENTS.md and a skill for coding agents"
    )]
    Init(Init),
    /// Merge a source or a lock by item and field: git's merge driver, which `init --merge` sets up
    #[command(
        after_help = "Example:\n  roadbook merge base.json ours.json theirs.json   # into ours.json\n  git config merge.roadbook.driver 'roadbook merge -- %O %A %B %P %X %Y'\n  roadbook merge --finish               # in a `pre-merge-commit` hook\n\nExit codes: 0 merged; 1 conflicts, which are marked in OURS, or files to commit with the merge; 2 usage error; 3 unreadable or\nunwritable file."
    )]
    Merge(Merge),
    /// Show roadmaps of several repositories side by side, from the `roadmap.json` that each publishes
    #[command(
        after_help = "Example:\n  roadbook fleet a/roadmap.json b/roadmap.json\n  roadbook fleet published/ --out fleet             # a page with totals, in a folder\n  roadbook fleet published/*.json --format markdown --max-age 14\n\nA folder stands for its `roadmap.json`, else for all `*.json` in it and `roadmap.json` in each folder of it. Nothing is\nfetched: the files are read as they are. Exit codes: 0 all read and recent; 1 a file could not be read, or is too old."
    )]
    Fleet(Fleet),
    /// Explain a rule with a failing and a fixed example, or list all rules
    #[command(
        after_help = "Example:\n  roadbook explain due-order\n  roadbook explain                    # all codes"
    )]
    Explain(Explain),
    /// Print the JSON Schema of the source, for editors, or of the data for other programs
    #[command(
        after_help = "Example:\n  roadbook schema > roadmap/roadbook.schema.json\n  roadbook schema data > data.schema.json"
    )]
    Schema(Schema),
    /// Print every text of the generated pages, to translate or reword them
    ///
    /// The JSON maps each text to its English. A source that names such a file as `words` gets the texts in it in place of the English
    /// ones, on every page and in every document; what the file leaves out stays English.
    #[command(after_help = "Example:\n  roadbook words > words.json")]
    Words,
    /// Write out the built-in templates, or show how yours differ from them
    #[command(
        after_help = "Example:\n  roadbook templates                  # into `templates` beside the JSON\n  roadbook templates --list\n  roadbook templates --diff"
    )]
    Templates(Templates),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  roadbook completions bash > ~/.local/share/bash-completion/completions/roadbook\n  roadbook completions fish | source"
    )]
    Completions(Completions),
    /// Print a manual page
    #[command(
        after_help = "Example:\n  roadbook man | man -l -\n  roadbook man list | man -l -\n  roadbook man --out ~/.local/share/man/man1"
    )]
    Man(Man),
}

/// The command line as people see it: the verbs in groups.
pub fn command() -> clap::Command {
    groups::grouped(Cli::command())
}

/// The groups of the verbs in their order: what each is called, and its verbs.
pub(crate) fn groups() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    groups::GROUPS.iter().copied()
}

/// Reads what was typed.
///
/// # Errors
/// Where it is no command line of ours, or asks for help or the version.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    let matches = command().try_get_matches_from(args)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command()))
}

/// How findings are written.
#[derive(Debug, Clone, Args)]
pub(crate) struct Findings {
    /// How findings are written: for people (stderr), or as data (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Format,
    /// Exit with 1 for warnings too
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
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
#[derive(Debug, Clone, Args)]
pub(crate) struct Build {
    /// How findings are written.
    #[command(flatten)]
    pub(crate) findings: Findings,
    /// Replace a file that Roadbook did not write; uncommitted content is kept beside it. May be repeated
    #[arg(long, value_name = "PATH")]
    pub(crate) adopt: Vec<PathBuf>,
    /// Exit with 1 if git does not track a file of the roadmap, for hooks: a commit would leave it out
    #[arg(long)]
    pub(crate) tracked: bool,
}

/// `roadbook check`.
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// How findings are written.
    #[command(flatten)]
    pub(crate) findings: Findings,
    /// Write the fix to this file, for `git apply`
    #[arg(long, value_name = "FILE")]
    pub(crate) patch: Option<PathBuf>,
    /// Replace the file even if Roadbook did not write it
    #[arg(long, requires = "patch")]
    pub(crate) force: bool,
    /// Exit with 1 if git does not track a file of the roadmap, for hooks: a commit would leave it out
    #[arg(long, conflicts_with = "staged")]
    pub(crate) tracked: bool,
    /// Accept today's findings, in `roadbook.accepted.json` beside the JSON. Once that file exists, entries are only removed;
    /// `--accept=all` also accepts new findings
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "old")]
    #[arg(conflicts_with = "staged")]
    pub(crate) accept: Option<Accept>,
    /// Check what is staged, not the working tree: what a commit would hold, for a hook
    #[arg(long)]
    pub(crate) staged: bool,
    /// What is fixed.
    #[command(flatten)]
    pub(crate) fixing: Fixing,
}

/// Whether the source is fixed before it is checked.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct Fixing {
    /// Fix the source where the fix is certain, then check; `--fix=all` asks about the other fixes one by one
    #[arg(long, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "certain")]
    #[arg(conflicts_with_all = ["staged", "accept"])]
    pub(crate) fix: Option<Fix>,
    /// Show what `--fix` would change without writing
    #[arg(long, short = 'n', requires = "fix", conflicts_with = "patch")]
    pub(crate) dry_run: bool,
    /// Make every fix that `--fix=all` offers without asking; only `--fix=comments` deletes comments, which JSON does not allow
    #[arg(long, short, requires = "fix")]
    pub(crate) yes: bool,
}

/// Which fixes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Fix {
    /// Fixes that do not change what the source says.
    Certain,
    /// All fixes, asking before each one that may change it.
    All,
    /// The same, and with `--yes` comments are deleted as well.
    Comments,
}

/// Which findings are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Accept {
    /// All findings if nothing was accepted before; otherwise only those already accepted.
    Old,
    /// All that are found.
    All,
}

/// Reads a day of the command line.
pub(crate) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as in `2026-11-22`".into())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_sound() {
        super::command().debug_assert();
    }
}
