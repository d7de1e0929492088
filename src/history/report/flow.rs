//! How work flows: closings by weeks, how many issues there were, how long issues take and how old open ones are.

use crate::words::{counted, say};
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    facts::{
        Facts, days_words,
        flow::{CycleTimes, age, ready_since},
        pace::{WEEKS, weekly},
    },
    history::Scope,
    model::{Day, Issue, IssueIx, Roadmap},
    render::picture::{
        Picture,
        burnup::{self, Size},
        weeks,
    },
};

/// How work flows, as closing dates, `begun_on` and commits say. Nothing is extrapolated.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub(crate) struct Flow {
    /// The last 26 weeks, the oldest first; the last one ends on the as-of day. Empty where nothing was closed in them.
    pub(crate) weeks: Vec<Week>,
    /// How many issues there were, from each commit that changed it on; empty where git was not asked.
    pub(crate) scope: Vec<Count>,
    /// How long issues took; `null` where that is known of fewer than ten.
    pub(crate) cycle_time: Option<CycleTime>,
    /// Since when ready issues are, those that are so longest first; only where the day is known.
    pub(crate) ready: Vec<Since>,
    /// Since when work on open issues goes on, the oldest first; only where `begun_on` says so.
    pub(crate) begun: Vec<Since>,
}

/// A week.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct Week {
    /// The day that it ends on.
    pub(crate) ending: Day,
    /// How many issues were closed in it.
    pub(crate) closed: usize,
    /// How many issues were added; `null` where git was not asked, or the roadmap was not there yet.
    pub(crate) added: Option<usize>,
    /// How many issues were dropped: taken out, or closed as not planned or as a duplicate.
    pub(crate) dropped: Option<usize>,
}

/// How many issues there were from a day on.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct Count {
    /// The day of the commit.
    pub(crate) day: Day,
    /// How many there were, less those that were dropped.
    pub(crate) issues: usize,
}

/// How many days issues took, from `begun_on` to `closed_on`, both counted.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(crate) struct CycleTime {
    /// Of how many issues it is known.
    pub(crate) issues: usize,
    /// Half of them took no longer.
    pub(crate) median: i64,
    /// 85 of 100 took no longer.
    pub(crate) most: i64,
}

/// Since when something holds of an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Since {
    /// The id of the issue.
    pub(crate) id: String,
    /// The day.
    pub(crate) since: Day,
    /// For how many days, the as-of day counted.
    pub(crate) days: i64,
}

impl Flow {
    /// The flow on a day; `scope` is what git says. Nothing where nobody says what day it is.
    pub(crate) fn of(roadmap: &Roadmap, facts: &Facts, scope: Option<&Scope>) -> Option<Self> {
        let today = facts.as_of?;
        let times = CycleTimes::of(roadmap, today);
        let (median, most) = (times.percentile(50), times.percentile(85));
        let cycle_time =
            median.zip(most).map(|(median, most)| CycleTime { issues: times.count(), median, most });
        let since = |status: crate::facts::Status, day: &dyn Fn(IssueIx, &Issue) -> Option<Day>| {
            let all = roadmap.issues().filter(|(ix, _)| facts.issue(*ix).status == status);
            let mut found: Vec<_> = all
                .filter_map(|(ix, issue)| {
                    let since = day(ix, issue).filter(|day| *day <= today)?;
                    Some(Since { id: issue.id.to_string(), since, days: today.days_since(since) + 1 })
                })
                .collect();
            found.sort_by_key(|item| item.since);
            found
        };
        Some(Self {
            weeks: weeks_of(roadmap, today, scope),
            scope: scope
                .iter()
                .flat_map(|scope| &scope.days)
                .map(|(day, issues)| Count { day: *day, issues: *issues })
                .collect(),
            cycle_time,
            ready: since(crate::facts::Status::Ready, &|ix, _| ready_since(roadmap, facts, ix)),
            begun: since(crate::facts::Status::InProgress, &|_, issue| {
                issue.begun_on.filter(|_| age(issue, today).is_some())
            }),
        })
    }

    /// What is said of it: how many issues were closed, added and dropped, and how long they took; `None` where nothing is known.
    pub(crate) fn words(&self) -> Option<String> {
        let sum: usize = self.weeks.iter().map(|week| week.closed).sum();
        let most = self.weeks.iter().map(|week| week.closed).max().unwrap_or_default();
        let closed = (sum > 0).then(|| {
            say!("{} closed in {} weeks, at most {} in a week.", counted(sum, "issue"), WEEKS, most)
        });
        let moved: Vec<_> = self.weeks.iter().filter_map(|week| week.added.zip(week.dropped)).collect();
        let added: usize = moved.iter().map(|moved| moved.0).sum();
        let dropped: usize = moved.iter().map(|moved| moved.1).sum();
        let weeks = match moved.len() {
            WEEKS => say!("In these weeks"),
            1 => say!("In the last week"),
            count => say!("In the last {count} of them", count = count),
        };
        let came = (!moved.is_empty()).then(|| {
            say!(
                "{weeks} git shows {added} added and {dropped} dropped.",
                weeks = weeks,
                added = added,
                dropped = dropped
            )
        });
        let took = self.cycle_time.map(|CycleTime { issues, median, most }| {
            let (median, most) = (days_words(median), days_words(most));
            say!("Of {issues} issues half took {median} or less from the day on which work began, 85% took {most} or less.", issues = issues, median = median, most = most)
        });
        let words: Vec<_> = closed.into_iter().chain(came).chain(took).collect();
        (!words.is_empty()).then(|| words.join(" "))
    }

    /// Since when work on issues goes on or can begin, by their ids, as `begun 2026-11-01, 22 days: longer than 85% took`.
    pub(crate) fn since(&self) -> BTreeMap<&str, String> {
        let words = |item: &Since, word: &str, old: &str| {
            format!("{word} {}, {}{old}", item.since, days_words(item.days))
        };
        let is_old = |item: &Since| self.cycle_time.is_some_and(|time| item.days > time.most);
        let old = |item: &Since| if is_old(item) { say!(": longer than 85% took") } else { String::new() };
        let begun = self.begun.iter().map(|item| (item.id.as_str(), words(item, &say!("begun"), &old(item))));
        let ready = self.ready.iter().map(|item| (item.id.as_str(), words(item, &say!("ready since"), "")));
        begun.chain(ready).collect()
    }

    /// The weeks as bars; `None` where nothing was closed in them.
    pub(crate) fn bars(&self, title: &str) -> Option<Picture> {
        let bar = |week: &Week| weeks::Week {
            ending: week.ending,
            closed: week.closed,
            moved: week.added.zip(week.dropped),
        };
        weeks::weeks(title, &self.weeks.iter().map(bar).collect::<Vec<_>>())
    }

    /// The burn-up, below how many issues there were.
    pub(crate) fn burnup(&self, roadmap: &Roadmap, as_of: Option<Day>, size: Size) -> Option<Picture> {
        let scope: BTreeMap<_, _> = self.scope.iter().map(|count| (count.day, count.issues)).collect();
        burnup::with_scope(roadmap, as_of, scope, size)
    }
}

fn weeks_of(roadmap: &Roadmap, today: Day, scope: Option<&Scope>) -> Vec<Week> {
    let done = roadmap.issues.iter().filter(|issue| issue.is_done());
    let closed: Vec<_> = done.filter_map(Issue::known_closed_on).collect();
    let counts = weekly(&closed, today);
    if counts.iter().all(|count| *count == 0) {
        return Vec::new();
    }
    let week = |(ix, closed): (usize, &usize)| {
        let ending = Day::nearest(today.number() - 7 * (WEEKS - 1 - ix) as i64);
        let moved = scope.and_then(|scope| scope.moved(Day::nearest(ending.number() - 6), ending));
        let (added, dropped) = (moved.map(|moved| moved.0), moved.map(|moved| moved.1));
        Week { ending, closed: *closed, added, dropped }
    };
    counts.iter().enumerate().map(week).collect()
}
