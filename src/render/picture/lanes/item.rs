//! What a row draws of one milestone or issue, and what it says.

use super::Mark;
use crate::{
    data::{Based, Baseline},
    facts::{Facts, Progress, Slip, Status, days_words},
    model::{Day, IssueIx, MilestoneIx, Roadmap, When},
    render::said,
    words::{self, counted, say},
};

/// How many names stand beside a bar.
const MOST_NAMES: usize = 3;

/// The days of something, and how it stands.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) status: Option<Status>,
    /// The same in a word.
    word: Option<&'static str>,
    pub(super) start: Option<When>,
    pub(super) due: Option<When>,
    /// Whether its start follows from the days of issues.
    derived_start: bool,
    /// Whether its due date does.
    pub(super) derived_due: bool,
    /// The day on which it was closed, where no due date is known.
    pub(super) closed: Option<Day>,
    /// Where it was first to be done, where that is shown.
    pub(super) planned: Option<When>,
    pub(super) slip: Option<Slip>,
    pub(super) overdue: Option<i64>,
    /// How many of its issues are done, of how many.
    pub(super) share: Option<(usize, usize)>,
    /// Its days in an earlier revision.
    pub(super) base: Option<(Option<When>, Option<When>)>,
    /// What became of it since that revision; empty where none was named.
    since: String,
    /// Who has it, and what it waits for.
    pub(super) beside: String,
}

impl Item {
    pub(super) fn issue(roadmap: &Roadmap, facts: &Facts, ix: IssueIx) -> Self {
        let (issue, of) = (&roadmap.issues[ix.0], facts.issue(ix));
        Self {
            status: Some(of.status),
            word: word(facts, of.status),
            start: issue.begins(),
            due: issue.due_on,
            closed: issue.closed_on.filter(|_| issue.due_on.is_none()),
            overdue: of.overdue,
            ..Self::default()
        }
    }

    /// The same with who has it, and what it waits for.
    pub(super) fn issue_with_words(roadmap: &Roadmap, facts: &Facts, ix: IssueIx) -> Self {
        let of = facts.issue(ix);
        let waits =
            of.waiting_for.iter().map(|ix| roadmap.issues[ix.0].short_name().to_owned()).collect::<Vec<_>>();
        let waits = match waits.is_empty() || of.status.is_closed() {
            true => String::new(),
            false => say!("waits for {}", some(&waits)),
        };
        let who = some(roadmap.issues[ix.0].assignees());
        let beside = [who, waits].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" · ");
        Self { beside, ..Self::issue(roadmap, facts, ix) }
    }

    pub(super) fn milestone(
        roadmap: &Roadmap,
        facts: &Facts,
        baseline: Option<&Baseline>,
        ix: MilestoneIx,
    ) -> Self {
        let (milestone, of) = (&roadmap.milestones[ix.0], facts.milestone(ix));
        let progress = &of.progress;
        let then = baseline.and_then(|baseline| baseline.of(milestone.id.as_str()));
        let is_new = baseline.is_some_and(|baseline| baseline.is_new(milestone.id.as_str()));
        let own = Self {
            status: Some(of.status),
            word: word(facts, of.status),
            start: milestone.start_on,
            due: milestone.known_due_on(),
            slip: of.slip,
            overdue: of.overdue,
            share: share(progress),
            base: then.map(|then| (then.start_on, then.due_on)),
            since: if is_new { say!("new") } else { then.map(since).unwrap_or_default() },
            ..Self::default()
        };
        let moved = own.slip.is_some() || own.due.and_then(When::last).is_none();
        let planned = milestone.planned_due_on.filter(|_| moved);
        let whole = own.start.is_some() && own.due.is_some();
        let issues = if whole { Self::default() } else { Self::of_issues(roadmap, facts, &of.issues) };
        Self {
            derived_start: own.start.is_none() && issues.start.is_some(),
            derived_due: own.due.is_none() && issues.due.is_some(),
            start: own.start.or(issues.start),
            due: own.due.or(issues.due),
            planned,
            ..own
        }
    }

    /// What follows from issues: from the first of their days to the last one.
    pub(super) fn of_issues(roadmap: &Roadmap, facts: &Facts, issues: &[IssueIx]) -> Self {
        let all = || issues.iter().map(|ix| Self::issue(roadmap, facts, *ix));
        let start = all().filter_map(|item| item.start).min_by_key(|when| when.first());
        let due = all().filter_map(|item| item.due).filter(|due| !due.is_later());
        let progress = Progress::of(roadmap, issues.iter().copied());
        let due = due.max_by_key(|when| when.order());
        let closed = all().filter_map(|item| item.closed).max().filter(|_| start.is_none() && due.is_none());
        Self {
            start,
            due,
            closed,
            derived_start: true,
            derived_due: true,
            share: share(&progress),
            ..Self::default()
        }
    }

    /// Whether any of its ends follows from the days of issues.
    pub(super) fn is_derived(&self) -> bool {
        self.derived_start || self.derived_due
    }

    /// All days that have to lie on the axis.
    pub(super) fn days(&self) -> impl Iterator<Item = Day> + use<> {
        let base = self.base.map(|(start, due)| [start, due]).unwrap_or_default();
        // What follows from issues lies where these do.
        let stated = |of: Option<When>, derived: bool| of.filter(|_| !derived);
        let own = [stated(self.start, self.derived_start), stated(self.due, self.derived_due), self.planned];
        let whens = own.into_iter().chain(base).flatten();
        let days = whens.flat_map(|when| [when.first(), when.last()]).flatten().chain(self.closed);
        days.collect::<Vec<_>>().into_iter()
    }

    /// All of it in words.
    pub(super) fn told(&self) -> String {
        let day = |when: Option<When>| when.map(said::day);
        let mut told: Vec<String> = self.word.map(|it| words::of(it).into_owned()).into_iter().collect();
        if let Some((done, all)) = self.share {
            told.push(say!("{} of {} done", done, all));
        }
        let due = day(self.due).or_else(|| self.closed.map(|day| day.to_string()));
        told.push(match (day(self.start), due) {
            (Some(start), Some(due)) => say!("{start} to {due}", start = start, due = due),
            (Some(start), None) => say!("from {start}", start = start),
            (None, Some(due)) if self.due.is_none() => say!("closed {day}", day = due),
            (None, Some(due)) => say!("due {day}", day = due),
            (None, None) => say!("without a date"),
        });
        match (self.derived_start, self.derived_due) {
            (true, true) => told.push(say!("by the days of its issues")),
            (true, false) => told.push(say!("its start by the days of its issues")),
            (false, true) => told.push(say!("its end by the days of its issues")),
            (false, false) => {}
        }
        told.extend(self.slip.map(|slip| say!("{} than planned", slip.words())));
        told.extend(Some(self.since.clone()).filter(|since| !since.is_empty()));
        told.extend(self.overdue.map(|days| say!("overdue by {}", days_words(days))));
        told.extend(Some(self.beside.clone()).filter(|beside| !beside.is_empty()));
        told.join(", ")
    }

    /// What it shows that a legend explains.
    pub(super) fn marks(&self) -> Vec<Mark> {
        let is_whole = self.start.is_some() && self.due.and_then(When::last).is_some();
        [
            (Mark::Share, is_whole && self.share.is_some_and(|(done, _)| done > 0)),
            (Mark::Due, self.due.is_some() && !self.derived_due && self.share.is_some()),
            (Mark::Planned, self.planned.is_some()),
            (Mark::Base, self.base.is_some()),
            (Mark::Derived, self.is_derived() && self.start.or(self.due).is_some()),
            (Mark::Open, self.start.is_some() && self.due.is_none() && self.closed.is_none()),
            (Mark::Late, self.overdue.is_some()),
        ]
        .into_iter()
        .filter_map(|(mark, occurs)| occurs.then_some(mark))
        .collect()
    }
}

/// How many issues are done of those whose state is given; `None` where that is none.
fn share(progress: &Progress) -> Option<(usize, usize)> {
    let stated = progress.closed + progress.open;
    (stated > 0).then_some((progress.closed, stated))
}

/// A status in a word; `None` where it is unknown, and so is all else.
fn word(facts: &Facts, status: Status) -> Option<&'static str> {
    facts.tells(status).then(|| facts.word(status))
}

/// What became of a milestone since an earlier revision.
fn since(then: &Based) -> String {
    match (then.due_on, then.slip()) {
        (Some(due), _) if then.by_days == Some(0) => say!("{due} in the baseline too", due = said::day(due)),
        (Some(due), Some(by)) => say!("{} than {} in the baseline", by.words(), said::day(due)),
        (Some(due), None) => say!("due {due} in the baseline", due = said::day(due)),
        (None, _) => String::new(),
    }
}

/// The first few names, and how many more there are; empty where there is none.
fn some(names: &[String]) -> String {
    let rest = names.len().saturating_sub(MOST_NAMES);
    let more = if rest > 0 { say!(" and {}", counted(rest, "other")) } else { String::new() };
    format!("{}{more}", names[..names.len() - rest].join(", "))
}
