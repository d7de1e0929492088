//! How a roadmap stands on a day, and what has changed: one value that every format of `report` tells.
//!
//! It is written as it is for JSON, where its members are an interface: `docs/report-json.md` describes them.

mod csv;
mod html;
mod human;
mod markdown;
mod people;
mod rows;
mod why;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    History, count,
    show::{ChangeEntry, MomentEntry, entries},
};
use crate::{
    facts::{Facts, Status},
    model::{Day, Issue, Roadmap},
    report::neutral_json,
    source::schema::State,
};

pub use csv::{HEAD as CSV_HEAD, csv};
pub use html::html;
pub use human::human;
pub use markdown::markdown;
pub use people::Person;
pub use rows::{Item, MilestoneRow, Stated};
pub use why::Cause;

/// The version of the JSON document.
const VERSION: u32 = 1;

/// How a roadmap stands.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    version: u32,
    kind: &'static str,
    tool_version: &'static str,
    /// What the roadmap is called.
    pub title: &'a str,
    /// The GitHub repository.
    pub repository: Option<&'a str>,
    /// The day that all this speaks for.
    pub as_of: Option<Day>,
    /// How far the work has come.
    pub progress: Progress,
    /// The milestones, in the order of the source.
    pub milestones: Vec<MilestoneRow<'a>>,
    /// What is late, the latest first, and why.
    pub overdue: Vec<Item<'a>>,
    /// What is not done and due later than first planned, that which moved most first, and why.
    pub slipped: Vec<Item<'a>>,
    /// Issues that wait for others, and for which.
    pub blocked: Vec<Item<'a>>,
    /// Issues that have begun.
    pub in_progress: Vec<Item<'a>>,
    /// Issues that can begin.
    pub ready: Vec<Item<'a>>,
    /// The longest chain of open issues that wait for each other, the first to be done first.
    pub critical_path: Vec<Item<'a>>,
    /// Who has what, the busiest first.
    pub people: Vec<Person<'a>>,
    /// How many issues were closed on each day that is known.
    pub burn_up: Vec<ClosedOn>,
    /// What has changed; `None` where nobody asked.
    pub changed: Option<Changed<'a>>,
}

/// How far the work has come, in issues.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Progress {
    /// All issues.
    pub issues: usize,
    /// Those that are closed.
    pub closed: usize,
    /// Those of which nobody has stated whether they are open.
    pub unknown: usize,
    /// The share that is closed, rounded down; `None` where any is unknown, or there is no issue.
    pub percent: Option<usize>,
}

/// How many issues were closed on a day.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ClosedOn {
    /// The day.
    pub day: Day,
    /// How many were closed on it.
    pub closed: usize,
    /// How many were closed by then.
    pub in_all: usize,
}

/// What has changed.
#[derive(Debug, Serialize)]
pub struct Changed<'a> {
    from: Option<MomentEntry<'a>>,
    counts: BTreeMap<&'static str, usize>,
    changes: Vec<ChangeEntry<'a>>,
    /// What all this was made from.
    #[serde(skip)]
    pub(super) history: &'a History,
}

impl<'a> Report<'a> {
    /// The report of a roadmap, with what has changed where there is a history.
    pub fn new(roadmap: &'a Roadmap, facts: &'a Facts, history: Option<&'a History>) -> Self {
        let rows = rows::Rows::new(roadmap, facts);
        let all = || roadmap.issues().map(|(ix, _)| ix);
        let standing = |status: Status| -> Vec<Item<'a>> {
            let mut items: Vec<_> =
                all().filter(|ix| facts.issue(*ix).status == status).map(|ix| rows.issue(ix)).collect();
            items.sort_by_key(|item| (item.due_on.is_none(), item.due_on));
            items
        };
        Self {
            version: VERSION,
            kind: "report",
            tool_version: env!("CARGO_PKG_VERSION"),
            title: &roadmap.title,
            repository: roadmap.repository.as_deref(),
            as_of: facts.as_of,
            progress: Progress {
                issues: facts.progress.total,
                closed: facts.progress.closed,
                unknown: facts.progress.unknown,
                percent: facts.progress.percent(),
            },
            milestones: roadmap.milestones().map(|(ix, _)| rows.milestone(ix)).collect(),
            overdue: rows.late(|item| item.overdue_days),
            slipped: rows.late(|item| item.slip_days.filter(|days| *days > 0)),
            blocked: standing(Status::Blocked),
            in_progress: standing(Status::InProgress),
            ready: standing(Status::Ready),
            critical_path: facts.critical_path.iter().map(|ix| rows.issue(*ix)).collect(),
            people: people::people(roadmap, facts),
            burn_up: burn_up(roadmap),
            changed: history.map(|history| Changed {
                from: history.from.as_ref().map(Into::into),
                counts: count::by_group(history.changes()).into_iter().map(|(g, n)| (g.word(), n)).collect(),
                changes: entries(history),
                history,
            }),
        }
    }

    /// As JSON.
    pub fn json(&self) -> String {
        neutral_json(&serde_json::to_string_pretty(self).unwrap_or_default()) + "\n"
    }

    /// As `6 of 22 issues done (27 %)`; of a roadmap whose states nobody knows, as much as is known.
    fn progress_words(&self) -> String {
        let Progress { issues, closed, unknown, percent } = self.progress;
        match (percent, unknown) {
            (Some(percent), _) => format!("{closed} of {issues} issues done ({percent} %)"),
            (None, 0) => "no issues".into(),
            (None, _) => format!("{closed} of {issues} issues done, the state of {unknown} is unknown"),
        }
    }
}

fn burn_up(roadmap: &Roadmap) -> Vec<ClosedOn> {
    let mut days = BTreeMap::<Day, usize>::new();
    let closed = |issue: &&Issue| issue.known_state() == Some(State::Closed);
    for day in roadmap.issues.iter().filter(closed).filter_map(Issue::known_closed_on) {
        *days.entry(day).or_default() += 1;
    }
    let mut in_all = 0;
    let row = |(day, closed)| {
        in_all += closed;
        ClosedOn { day, closed, in_all }
    };
    days.into_iter().map(row).collect()
}

/// The issues of a list that are shown, and words for the rest.
fn and_more(total: usize, shown: usize) -> String {
    if total > shown { format!("and {} more", total - shown) } else { String::new() }
}
