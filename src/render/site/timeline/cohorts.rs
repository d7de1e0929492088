//! Cohorts: the issues that began in the same month, quarter or year, and what became of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    data::percent,
    facts::{Progress, StatusCounts},
    model::{Day, IssueIx, When},
    render::{
        picture::lanes::Period,
        site::{PageContext, bars::BarView, known::Extent},
    },
    words::{self, say, word},
};

/// In per cent of all issues, how many have a day on which they begin.
const LEAST_BEGUN: usize = 60;

/// How many rows there are: fewer say nothing; of more, the oldest share one.
const LEAST: usize = 3;
const MOST: usize = 16;

/// Issues by when they began.
#[derive(Debug, Serialize)]
pub(super) struct Cohorts {
    /// How long a row is, as `Quarter`.
    #[serde(serialize_with = "words::serialize")]
    period: &'static str,
    /// All of them.
    key: BarView,
    has: Columns,
    rows: Vec<Row>,
}

/// Which columns any row has something in.
#[derive(Debug, Serialize)]
struct Columns {
    percent: bool,
    open: bool,
    dropped: bool,
}

/// Issues that began in the same period.
#[derive(Debug, Serialize)]
struct Row {
    /// As `2026-Q3`.
    name: String,
    /// How they stand.
    bar: BarView,
    count: usize,
    /// As `37%`, of those that were not dropped; empty where it is not known.
    percent: String,
    open: usize,
    dropped: usize,
}

/// The cohorts; `None` where too little is known.
pub(super) fn cohorts(here: &PageContext<'_>) -> Option<Cohorts> {
    let begun = begun(here)?;
    let (period, groups) = by_period(&begun)?;
    let groups = named(period, groups);
    let most = groups.iter().map(|(_, issues)| issues.len()).max()?;
    let rows: Vec<_> = groups.into_iter().map(|(name, issues)| row(here, name, &issues, most)).collect();
    let any = |is: fn(&Row) -> bool| rows.iter().any(is);
    Some(Cohorts {
        period: match period {
            Period::Month => word!("Month"),
            Period::Quarter => word!("Quarter"),
            Period::Year => word!("Year"),
            Period::Decade => word!("Decade"),
        },
        key: BarView::of_statuses(here.facts, &counts(here, begun.iter().map(|(_, ix)| *ix)), begun.len()),
        has: Columns {
            percent: any(|row| !row.percent.is_empty()),
            open: any(|row| row.open > 0),
            dropped: any(|row| row.dropped > 0),
        },
        rows,
    })
}

/// The issues that have begun, each with its first day; `None` where too few have one, or nobody says how they stand.
fn begun(here: &PageContext<'_>) -> Option<Vec<(Day, IssueIx)>> {
    let begins = |ix: IssueIx| Some((here.roadmap.issues[ix.0].begins().and_then(When::first)?, ix));
    let planned: Vec<_> = here.roadmap.issues().filter_map(|(ix, _)| begins(ix)).collect();
    if here.known().states == Extent::None || planned.len() * 100 < here.roadmap.issues.len() * LEAST_BEGUN {
        return None;
    }
    // What is to begin later has not begun.
    let has_begun = |(day, _): &(Day, IssueIx)| here.facts.as_of.is_none_or(|today| *day <= today);
    Some(planned.into_iter().filter(has_begun).collect())
}

/// Issues of one period, with a day of it.
type Group = (Day, Vec<IssueIx>);

/// Issues by the shortest period that makes no more groups than are shown, the oldest first; `None` where it makes too few.
fn by_period(begun: &[(Day, IssueIx)]) -> Option<(Period, Vec<Group>)> {
    let by = |period: Period| {
        let mut by = BTreeMap::<i64, Group>::new();
        for (day, ix) in begun {
            by.entry(period.number(*day)).or_insert((*day, Vec::new())).1.push(*ix);
        }
        by.into_values().collect::<Vec<_>>()
    };
    let mut made = Period::ALL.into_iter().map(|period| (period, by(period)));
    let made = made.find(|(period, groups)| groups.len() <= MOST || *period == Period::Year);
    made.filter(|(_, groups)| groups.len() >= LEAST)
}

/// Groups with their names; the oldest share one where there are too many.
fn named(period: Period, mut groups: Vec<Group>) -> Vec<(String, Vec<IssueIx>)> {
    let name = |day: Day| period.around(day).map(|(name, ..)| name).unwrap_or_default();
    let old: Vec<_> = groups.drain(..groups.len().saturating_sub(MOST - 1)).collect();
    let old_name = groups.first().map(|(day, _)| say!("before {}", name(*day))).unwrap_or_default();
    let old: Vec<_> = old.into_iter().flat_map(|(_, issues)| issues).collect();
    let others = groups.into_iter().map(|(day, issues)| (name(day), issues));
    [(old_name, old)].into_iter().chain(others).filter(|(_, issues)| !issues.is_empty()).collect()
}

fn counts(here: &PageContext<'_>, issues: impl Iterator<Item = IssueIx>) -> StatusCounts {
    StatusCounts::of(issues.map(|ix| here.facts.issue(ix).status))
}

fn row(here: &PageContext<'_>, name: String, issues: &[IssueIx], most: usize) -> Row {
    let progress = Progress::of(here.roadmap, issues.iter().copied());
    Row {
        name,
        bar: BarView::of_statuses(here.facts, &counts(here, issues.iter().copied()), most),
        count: issues.len(),
        percent: progress.percent().map(percent).unwrap_or_default(),
        open: progress.open,
        dropped: progress.dropped,
    }
}
