//! Verbs that answer questions: `list`, `show`, `serve`.

use clap::{Args, ValueEnum};

use super::day;
use crate::model::Day;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Answer {
    /// Text for people.
    Human,
    /// One JSON document.
    Json,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listed {
    /// The work.
    Issues,
    /// What is to be reached.
    Milestones,
    /// The labels.
    Labels,
}

impl Listed {
    /// What one of them is called.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Issues => "issue",
            Self::Milestones => "milestone",
            Self::Labels => "label",
        }
    }
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusFilter {
    /// It is not closed: ready, blocked or in progress.
    Open,
    /// It is closed: done or dropped.
    Closed,
    /// Nothing is in its way, and it has not begun.
    Ready,
    /// It waits for something that is not done.
    Blocked,
    /// It has begun, and nothing is in its way.
    InProgress,
    /// It is closed as done.
    Done,
    /// It is closed as not planned, or as a duplicate.
    Dropped,
    /// Its due date has passed, and it is not done.
    Overdue,
    /// Its plan contradicts itself.
    Broken,
    /// Whether it is open is not known.
    Unknown,
}

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortKey {
    /// The id, numbers as numbers.
    Id,
    /// The day on which it began, else that of the plan.
    Start,
    /// The due date.
    Due,
    /// The closing day, of issues.
    Closed,
    /// Blocked, ready, in progress, done, dropped, unknown.
    Status,
    /// The milestone, in the order of the source, of issues.
    Milestone,
    /// The title.
    Title,
    /// How many others wait for it, most first, of issues.
    Waiting,
}

/// Which issues are meant.
#[derive(Debug, Args)]
pub(crate) struct Chosen {
    /// Only issues of this milestone
    #[arg(long, value_name = "ID")]
    pub(crate) milestone: Option<String>,
    /// Only issues with this label; repeat for all of several
    #[arg(long, value_name = "NAME")]
    pub(crate) label: Vec<String>,
    /// Only issues assigned to this GitHub login, with or without `@`
    #[arg(long, value_name = "LOGIN")]
    pub(crate) assignee: Option<String>,
    /// Only your issues: `ROADBOOK_USER` says who you are, else git's `github.user`
    #[arg(long, conflicts_with = "assignee")]
    pub(crate) mine: bool,
}

/// `roadbook next`.
#[derive(Debug, Args)]
pub(crate) struct Next {
    #[command(flatten)]
    pub(crate) choice: Chosen,
    /// Show at most N issues
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) most: usize,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Answer,
    /// The day to answer for [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Day>,
}

/// `roadbook list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// What to list
    #[arg(value_enum, default_value = "issues")]
    pub(crate) what: Listed,
    /// Only items with this status; repeat for any of several
    #[arg(long, value_name = "STATUS")]
    pub(crate) status: Vec<StatusFilter>,
    #[command(flatten)]
    pub(crate) choice: Chosen,
    /// Only items that began, were closed or got an update on this day or later
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) since: Option<Day>,
    /// Sort by this instead of the order of the source; items without it come last
    #[arg(long, value_name = "KEY")]
    pub(crate) sort: Option<SortKey>,
    /// Reverse the order
    #[arg(long, requires = "sort")]
    pub(crate) reverse: bool,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Answer,
    /// The day to answer for [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Day>,
}

/// `roadbook show`.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The id of a milestone or an issue (a former one works too), or the name of a label; case does not matter
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Show what could slip if it is done DAYS after its due date, or after its earliest day if that is later
    #[arg(long, value_name = "DAYS")]
    pub(crate) delay: Option<u32>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(crate) format: Answer,
    /// The day to answer for [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Day>,
}

/// `roadbook serve`.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The port; 0 picks a free one [default: 4000, or the next free port]
    #[arg(long, value_name = "N")]
    pub(crate) port: Option<u16>,
    /// Open the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Show what can be understood of a source with errors, as `check --fix` would write it; the rest is left out and listed
    #[arg(long)]
    pub(crate) lenient: bool,
    /// Poll for changes every second, for folders without change notifications
    #[arg(long)]
    pub(crate) poll: bool,
    /// The day to show the pages for [default: today]
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(crate) as_of: Option<Day>,
}
