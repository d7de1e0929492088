//! What wants to be looked at: what is late, what cannot hold, what nobody has a day for.

use crate::words::{self, counted, say, word};
use std::borrow::Cow;

use serde::Serialize;

use crate::{
    facts::{Status, days_words},
    model::{IssueIx, MilestoneIx, When, is_after},
    render::site::{
        PageContext,
        people::is_free,
        rows::{ItemView, issue_item, milestone_item},
        words::and_more,
    },
    source::schema::Health,
};

/// How many items of one kind are shown.
const MOST: usize = 5;

/// What wants to be looked at, by kind.
#[derive(Debug, Serialize)]
pub(super) struct Attention<'a> {
    kinds: Vec<Kind<'a>>,
}

/// Items with the same trouble.
#[derive(Debug, Serialize)]
struct Kind<'a> {
    /// As `Overdue`.
    title: Cow<'static, str>,
    /// The class that gives it its shape and colour.
    class: &'static str,
    notes: Vec<Note<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// An item and what is the matter with it.
#[derive(Debug, Serialize)]
struct Note<'a> {
    item: ItemView<'a>,
    /// Whether it is an issue; else it is a milestone.
    is_issue: bool,
    /// As `by 7 days`.
    why: String,
}

/// Everything that wants to be looked at.
pub(super) fn attention<'a>(here: &PageContext<'a>) -> Attention<'a> {
    let kinds = [
        kind(word!("Overdue"), "overdue", overdue(here)),
        kind(word!("Off track"), "off-track", judged(here, Health::OffTrack)),
        kind(word!("At risk"), "at-risk", judged(here, Health::AtRisk)),
        kind(word!("Contradiction"), "broken", broken(here)),
        kind(word!("Leans on dropped work"), "at-risk", leaning(here)),
        kind(word!("Owner’s word"), "at-risk", disagreeing(here)),
        kind(word!("Blocked"), "blocked", blocked(here)),
        kind(word!("Unassigned"), "unknown", unowned(here)),
        kind(word!("No due date"), "unknown", undated(here)),
    ];
    Attention { kinds: kinds.into_iter().filter(|kind| !kind.notes.is_empty()).collect() }
}

fn kind<'a>(title: &'static str, class: &'static str, mut notes: Vec<Note<'a>>) -> Kind<'a> {
    let more = and_more(notes.len(), MOST);
    notes.truncate(MOST);
    Kind { title: words::of(title), class, notes, more }
}

fn of_issue<'a>(here: &PageContext<'a>, ix: IssueIx, why: String) -> Note<'a> {
    Note { item: issue_item(here, ix), is_issue: true, why }
}

fn of_milestone<'a>(here: &PageContext<'a>, ix: MilestoneIx, why: String) -> Note<'a> {
    Note { item: milestone_item(here, ix), is_issue: false, why }
}

/// The latest first.
fn overdue<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let milestones =
        here.facts.milestones.iter().enumerate().filter_map(|(ix, facts)| Some((facts.overdue?, ix)));
    let issues = here.facts.issues.iter().enumerate().filter_map(|(ix, facts)| Some((facts.overdue?, ix)));
    let mut late: Vec<_> = milestones.map(|(days, ix)| (days, 0, ix)).collect();
    late.extend(issues.map(|(days, ix)| (days, 1, ix)));
    late.sort_by_key(|(days, sort, ix)| (std::cmp::Reverse(*days), *sort, *ix));
    let note = |(days, sort, ix): (i64, usize, usize)| {
        let why = say!("by {}", days_words(days));
        if sort == 0 { of_milestone(here, MilestoneIx(ix), why) } else { of_issue(here, IssueIx(ix), why) }
    };
    late.into_iter().map(note).collect()
}

/// Milestones that stand so by their dates: their day may not hold, or cannot.
fn judged<'a>(here: &PageContext<'a>, health: Health) -> Vec<Note<'a>> {
    let judged = here.roadmap.milestones().filter_map(|(ix, _)| {
        let facts = here.facts.milestone(ix);
        let verdict = facts.health.as_ref().filter(|v| v.health == health && facts.overdue.is_none())?;
        Some(of_milestone(here, ix, verdict.why()))
    });
    judged.collect()
}

/// What waits for something that is due after it, or for itself in a cycle.
fn broken<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let of_milestones = facts.milestone_cycles.iter().map(|cycle| {
        let names = cycle.iter().chain(cycle.first()).map(|ix| roadmap.milestones[ix.0].short_name());
        let way = names.collect::<Vec<_>>().join(" → ");
        of_milestone(here, cycle[0], say!("waits for itself: {}", way))
    });
    let of_issues = here.known().cycles.iter().map(|cycle| {
        let names: Vec<_> = cycle.iter().map(|ix| roadmap.issues[ix.0].short_name()).collect();
        of_issue(here, cycle[0], each_other(&names))
    });
    let mut notes: Vec<_> = of_milestones.chain(of_issues).collect();
    for (ix, milestone) in roadmap.milestones() {
        let own = milestone.known_due_on();
        let is_later = |other: &&MilestoneIx| is_after(roadmap.milestones[other.0].known_due_on(), own);
        if let Some(later) = facts.milestone(ix).waiting_for.iter().find(is_later) {
            notes.push(of_milestone(here, ix, due_later(roadmap.milestones[later.0].short_name())));
        }
    }
    for (ix, issue) in roadmap.issues() {
        let own = issue.due_on;
        let is_later = |other: &&IssueIx| is_after(roadmap.issues[other.0].due_on, own);
        let is_open = !facts.issue(ix).status.is_closed();
        if let Some(later) = facts.issue(ix).waiting_for.iter().filter(|_| is_open).find(is_later) {
            notes.push(of_issue(here, ix, due_later(roadmap.issues[later.0].short_name())));
        }
    }
    notes
}

/// That the issues of a cycle wait for each other; of many some are named.
fn each_other(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [_] => say!("waits for itself"),
        [first, between @ .., last] => {
            let others: String = between.iter().take(MOST).map(|id| format!(", {id}")).collect();
            let more = if between.len() > MOST { ", …" } else { "" };
            say!(
                "{first}{others}{more} and {last} wait for each other: none can begin",
                first = first,
                others = others,
                more = more,
                last = last
            )
        }
    }
}

fn due_later(id: &str) -> String {
    say!("waits for {id}, which is due after it", id = id)
}

/// Milestones whose owner says otherwise than their dates, and those whose owner has not spoken for long.
fn disagreeing<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let notes = here.roadmap.milestones().filter_map(|(ix, _)| {
        let facts = here.facts.milestone(ix);
        let (verdict, stated) = (facts.health.as_ref()?, facts.stated?);
        let why = if stated.health != verdict.health {
            let (said, dates) = (words::of(stated.health.words()), words::of(verdict.health.words()));
            say!("its owner said {} on {}, its dates say {}", said, stated.on, dates)
        } else if stated.stale {
            say!("last said on {}: stale", stated.on)
        } else {
            return None;
        };
        Some(of_milestone(here, ix, why))
    });
    notes.collect()
}

/// Open issues that name a blocker that was dropped.
fn leaning<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let dropped = |ix: IssueIx| here.facts.issue(ix).status == Status::Dropped;
    let open = here.roadmap.issues().filter(|(ix, _)| here.facts.issue(*ix).status.is_open());
    let note = |(ix, issue): (IssueIx, &crate::model::Issue)| {
        let blocker = issue.blocked_by().iter().find(|link| dropped(link.to))?;
        let id = here.roadmap.issues[blocker.to.0].short_name();
        Some(of_issue(here, ix, say!("{id} was dropped and no longer counts as in the way", id = id)))
    };
    open.filter_map(note).collect()
}

/// Issues that should have begun by now and wait for something.
fn blocked<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let has_come = |ix: IssueIx| {
        let start = here.roadmap.issues[ix.0].start_on.and_then(When::first);
        start.zip(here.facts.as_of).is_some_and(|(start, today)| start <= today)
    };
    let blocked = here.roadmap.issues().filter(|(ix, _)| here.facts.issue(*ix).status == Status::Blocked);
    let note = |(ix, _): (IssueIx, _)| {
        let ids = here.facts.issue(ix).waiting_for.iter().map(|ix| here.roadmap.issues[ix.0].short_name());
        let elsewhere = here.roadmap.issues[ix.0].waiting_elsewhere().map(|it| it.text.as_str());
        let waits: Vec<_> = ids.chain(elsewhere).collect();
        let first = waits.first()?;
        let more = if waits.len() > 1 { say!(" and {} more", waits.len() - 1) } else { String::new() };
        Some(of_issue(here, ix, say!("was to begin, waits for {first}{more}", first = first, more = more)))
    };
    blocked.filter(|(ix, _)| has_come(*ix)).filter_map(note).collect()
}

/// Open issues that are ready or begun and that nobody is named for.
fn unowned<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let is_near = |ix: IssueIx| matches!(here.facts.issue(ix).status, Status::Ready | Status::InProgress);
    let free = here.roadmap.issues().filter(|(ix, issue)| is_near(*ix) && is_free(here.roadmap, issue));
    // Where nobody is named anywhere, nobody is missing.
    let has_people = here.roadmap.issues.iter().any(|issue| !issue.assignees().is_empty());
    let words = |ix: IssueIx| match here.facts.issue(ix).status {
        Status::Ready if here.facts.waits => say!("can be taken"),
        status => words::of(here.facts.word(status)).into_owned(),
    };
    free.filter(|_| has_people).map(|(ix, _)| of_issue(here, ix, words(ix))).collect()
}

/// Open milestones without a day, where others have one.
fn undated<'a>(here: &PageContext<'a>) -> Vec<Note<'a>> {
    let has_days = here.roadmap.milestones.iter().any(|milestone| milestone.known_due_on().is_some());
    let undated = here.roadmap.milestones().filter(|(ix, milestone)| {
        has_days && milestone.known_due_on().is_none() && !here.facts.milestone(*ix).status.is_closed()
    });
    let words = |ix: MilestoneIx| counted(here.facts.milestone(ix).issues.len(), "issue");
    undated.map(|(ix, _)| of_milestone(here, ix, words(ix))).collect()
}
