//! How a roadmap stands on a day, and what has changed: one value that every format of `report` tells.
//!
//! It is written as it is for JSON, where its members are an interface: [`crate::data`] has its items.

mod baseline;
mod flow;
mod html;
mod human;
mod markdown;
mod pace;
mod people;
mod rows;
mod slips;
mod tables;
mod trouble;
mod verdict;
mod why;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    History, Scope, count,
    earliest::EarliestChange,
    show::{ChangeEntry, MomentEntry, entries},
};
use crate::{
    data::{
        Baseline, Slips, percent,
        v1::{Progress, VERSION},
        with_dropped,
    },
    facts::{Facts, Status, days_words},
    model::{Day, Issue, Roadmap},
    report::neutral_json,
};

pub(crate) use flow::Flow;
pub(crate) use html::html;
pub(crate) use human::human;
pub(crate) use markdown::markdown;
pub(crate) use pace::Pace;
pub(crate) use people::Person;
pub(crate) use rows::{MilestoneRow, Row};
pub(crate) use trouble::Impossible;

/// How many issues of a path are named in a line.
const MOST_OF_PATH: usize = 8;

/// How a roadmap stands: what `report --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Report<'a> {
    /// The version of the format.
    version: u32,
    /// `report`.
    #[schemars(extend("const" = "report"))]
    kind: &'static str,
    /// The version of Roadbook that wrote it.
    tool_version: &'static str,
    /// What the roadmap is called.
    pub(crate) title: &'a str,
    /// The GitHub repository.
    pub(crate) repository: Option<&'a str>,
    /// The day that all this speaks for.
    pub(crate) as_of: Option<Day>,
    /// How far the work has come.
    pub(crate) progress: Progress,
    /// The milestones, in the order of the source.
    pub(crate) milestones: Vec<MilestoneRow<'a>>,
    /// What is late, the latest first, and why.
    pub(crate) overdue: Vec<Row<'a>>,
    /// What cannot be done by its due date, in the order of the source, and what can never be done.
    pub(crate) impossible: Vec<Impossible<'a>>,
    /// What is not done and due later than first planned, that which moved most first, and why.
    pub(crate) slipped: Vec<Row<'a>>,
    /// Issues that wait for others, and for which.
    pub(crate) blocked: Vec<Row<'a>>,
    /// Issues that have begun.
    pub(crate) in_progress: Vec<Row<'a>>,
    /// Issues that can begin.
    pub(crate) ready: Vec<Row<'a>>,
    /// What holds up the end.
    pub(crate) critical_path: CriticalPath<'a>,
    /// Who has what, the busiest first.
    pub(crate) people: Vec<Person<'a>>,
    /// What the team's pace allows; `null` where nothing was closed yet.
    pub(crate) pace: Option<Pace<'a>>,
    /// How work flows; `null` where the as-of day is not known.
    pub(crate) flow: Option<Flow>,
    /// How many issues were closed on each day that is known.
    pub(crate) burn_up: Vec<ClosedOn>,
    /// What has changed; `None` where nobody asked.
    pub(crate) changed: Option<Changed<'a>>,
    /// How due dates of milestones moved, as commits say; `null` where git was not asked.
    pub(crate) slips: Option<&'a Slips>,
    /// The milestones beside those of an earlier revision; `null` where none was named.
    pub(crate) baseline: Option<&'a Baseline>,
    /// Whether it is known that nothing else is late.
    #[serde(skip)]
    pub(crate) late_is_known: bool,
}

/// The chain of open issues with the most days before it; where no open issue says how many days it takes, the longest one.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CriticalPath<'a> {
    /// How many days it takes; `null` where no length is known.
    pub(crate) days: Option<i64>,
    /// Its issues, the first to be done first.
    pub(crate) items: Vec<Row<'a>>,
    /// How many of them state no length.
    pub(crate) without_length: usize,
}

impl<'a> CriticalPath<'a> {
    fn new(facts: &Facts, rows: &rows::Rows<'a>) -> Self {
        let path = facts.bounds.has_lengths().then(|| facts.bounds.critical_path()).flatten();
        Self {
            days: path.as_ref().map(|path| path.days),
            items: rows.pushing(facts.critical_path.iter().map(|ix| rows.issue(*ix)).collect()),
            without_length: path.map_or(facts.critical_path.len(), |path| path.without_length),
        }
    }

    /// Its issues, where it is a chain, or takes days.
    pub(crate) fn shown(&self) -> &[Row<'a>] {
        if self.items.len() > 1 || self.days.is_some() { &self.items } else { &[] }
    }

    /// As `Critical path: 100 days, DB-013 → DB-014; 2 of 6 state no length`; without a length it is the longest chain.
    pub(crate) fn title(&self) -> String {
        let mut ids: Vec<_> =
            self.items.iter().take(MOST_OF_PATH).map(|row| row.work().id.to_owned()).collect();
        if self.items.len() > MOST_OF_PATH {
            ids.push(format!("… {} more", self.items.len() - MOST_OF_PATH));
        }
        let Some(days) = self.days.filter(|_| !self.items.is_empty()) else {
            return format!("Critical path: the longest chain, {}", ids.join(" → "));
        };
        let without = match (self.without_length, self.items.len()) {
            (0, _) => String::new(),
            (1, count) => format!("; 1 of {count} states no length"),
            (without, count) => format!("; {without} of {count} state no length"),
        };
        format!("Critical path: {}, {}{without}", days_words(days), ids.join(" → "))
    }
}

/// How many issues were closed on a day.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct ClosedOn {
    /// The day.
    pub(crate) day: Day,
    /// How many were closed on it.
    pub(crate) closed: usize,
    /// How many were closed by then.
    pub(crate) in_all: usize,
}

/// What has changed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Changed<'a> {
    /// What it is compared with; `null` where that is the beginning.
    from: Option<MomentEntry<'a>>,
    /// How many changes of each group there are.
    counts: BTreeMap<&'static str, usize>,
    /// The changes, the oldest first.
    changes: Vec<ChangeEntry<'a>>,
    /// What cannot be done before another day than then, both judged on the report's day.
    earliest: &'a [EarliestChange],
    /// What all this was made from.
    #[serde(skip)]
    pub(super) history: &'a History,
}

impl<'a> Changed<'a> {
    fn new(history: &'a History) -> Self {
        Self {
            from: history.from.as_ref().map(Into::into),
            counts: count::by_group(history.changes()).into_iter().map(|(g, n)| (g.word(), n)).collect(),
            changes: entries(history),
            earliest: &history.effect.items,
            history,
        }
    }
}

impl<'a> Report<'a> {
    /// The report of a roadmap, with what has changed where there is a history; `whole` is one from the beginning.
    pub(crate) fn new(
        roadmap: &'a Roadmap,
        facts: &'a Facts,
        history: Option<&'a History>,
        whole: Option<&History>,
    ) -> Self {
        let rows = rows::Rows::new(roadmap, facts);
        let scope = whole.and_then(|whole| Scope::of(whole, facts.progress.total, facts.as_of?));
        let flow = Flow::of(roadmap, facts, scope.as_ref());
        let since = flow.as_ref().map(Flow::since).unwrap_or_default();
        let standing = |status| rows.standing(status, &since);
        Self {
            version: VERSION,
            kind: "report",
            tool_version: env!("CARGO_PKG_VERSION"),
            title: &roadmap.title,
            repository: roadmap.repository.as_deref(),
            as_of: facts.as_of,
            progress: (&facts.progress).into(),
            milestones: roadmap.milestones().map(|(ix, _)| rows.milestone(ix)).collect(),
            overdue: rows.pushing(rows.late(|overdue, _| overdue)),
            impossible: trouble::impossible(roadmap, facts, &rows),
            slipped: rows.late(|_, slip| slip.filter(|days| *days > 0)),
            blocked: standing(Status::Blocked),
            in_progress: standing(Status::InProgress),
            ready: standing(Status::Ready),
            critical_path: CriticalPath::new(facts, &rows),
            people: people::people(roadmap, facts),
            pace: Pace::of(roadmap, facts),
            burn_up: burn_up(roadmap, facts.as_of),
            flow,
            late_is_known: facts.overdue(roadmap).is_some(),
            changed: history.map(Changed::new),
            slips: history.map(|history| &history.slips),
            baseline: None,
        }
    }

    /// What is said of flow and pace.
    fn pace_sentences(&self) -> Vec<String> {
        let flow = self.flow.as_ref().and_then(Flow::words).into_iter();
        flow.chain(self.pace.iter().flat_map(Pace::sentences)).collect()
    }

    /// As JSON.
    pub(crate) fn json(&self) -> String {
        neutral_json(serde_json::to_string_pretty(self).unwrap_or_default()) + "\n"
    }

    /// As `6 of 22 issues done (27%)`; of a roadmap whose states nobody knows, as much as is known.
    fn progress_words(&self) -> String {
        let Progress { issues, closed, unknown, dropped, percent: share, .. } = self.progress;
        let words = match (share, unknown) {
            (Some(share), _) => format!("{closed} of {issues} issues done ({})", percent(share)),
            (None, 0) if dropped > 0 => String::new(),
            (None, 0) => "no issues".into(),
            (None, _) => format!("{closed} of {issues} issues done, the state of {unknown} is unknown"),
        };
        with_dropped(words, dropped)
    }
}

fn burn_up(roadmap: &Roadmap, as_of: Option<Day>) -> Vec<ClosedOn> {
    let mut days = BTreeMap::<Day, usize>::new();
    let closed = roadmap.issues.iter().filter(|issue| issue.is_done()).filter_map(Issue::known_closed_on);
    for day in closed.filter(|day| as_of.is_none_or(|today| *day <= today)) {
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
