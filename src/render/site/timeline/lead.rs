//! What the timeline says first: when it ends, what moved, what is late; or when the work began.

use super::room::has_day;
use crate::{
    facts::{Status, days_words},
    model::{Day, MilestoneIx, When},
    render::site::{PageContext, TimelineOf, known::Extent, say::Say},
    words::{counted, say},
};

/// How many milestones are named that wait for one that moved.
const MOST_NAMED: usize = 3;

/// The sentences of a page; empty where nothing has a day.
pub(super) fn lead(here: &PageContext<'_>, of: &TimelineOf) -> Say {
    let mut say = Say::default();
    if !matches!(of, TimelineOf::Milestones(_)) {
        in_time(here, of, &mut say);
    } else if here.known().due {
        due(here, &mut say);
        slipped(here, &mut say);
        late(here, &mut say);
    } else if here.known().days {
        begun(here, &mut say);
    }
    say
}

/// How many issues have a place in time.
fn in_time(here: &PageContext<'_>, of: &TimelineOf, say: &mut Say) {
    let (all, link) = match of {
        TimelineOf::Milestone(ix, _) => (here.facts.milestone(*ix).issues.clone(), here.milestone(*ix)),
        _ => (here.roadmap.issues().map(|(ix, _)| ix).collect(), here.to("table.html")),
    };
    let dated = all.iter().filter(|ix| has_day(&here.roadmap.issues[ix.0])).count();
    let told = say!("{} of {}", dated, counted(all.len(), "issue"));
    say.strong(told, &link).words(&if dated == 1 { say!(" has a date.") } else { say!(" have a date.") });
}

/// The day by which the last milestone is due.
fn due(here: &PageContext<'_>, say: &mut Say) {
    let due = |(ix, milestone): (MilestoneIx, &crate::model::Milestone)| {
        let is_dropped = here.facts.milestone(ix).status == Status::Dropped;
        Some((milestone.known_due_on()?, ix)).filter(|(due, _)| !is_dropped && !due.is_later())
    };
    let all: Vec<_> = here.roadmap.milestones().filter_map(due).collect();
    let Some((last, ix)) = all.iter().copied().max_by_key(|(due, _)| due.order()) else { return };
    match all.len() {
        1 => say.name(&here.roadmap.milestones[ix.0].title, here.milestone(ix)),
        count => say
            .words(&say!("The last of "))
            .number(counted(count, "milestone"), "#table")
            .words(&say!(" with a due date")),
    };
    say.words(&if here.facts.is_past(last) { say!(" was due ") } else { say!(" is due ") });
    say.strong(last.to_string(), &here.milestone(ix)).words(".");
}

/// The open milestone that moved most, and what waits for it.
fn slipped(here: &PageContext<'_>, say: &mut Say) {
    let open = here.roadmap.milestones().filter(|(ix, _)| !here.facts.milestone(*ix).status.is_closed());
    let moved = open.filter_map(|(ix, milestone)| {
        let slip = here.facts.milestone(ix).slip.filter(|slip| slip.is_later())?;
        let by = milestone.known_due_on()?.last()?.days_since(milestone.planned_due_on?.last()?);
        Some((by, ix, slip))
    });
    let Some((_, ix, slip)) = moved.max_by_key(|(by, ix, _)| (*by, std::cmp::Reverse(*ix))) else { return };
    let name = |ix: MilestoneIx| here.roadmap.milestones[ix.0].title.as_str();
    say.words(" ").name(name(ix), here.milestone(ix)).words(&say!(" slipped by "));
    say.strong(slip.length(), &here.milestone(ix));
    let waiting = here.facts.milestone(ix).needed_by.iter();
    let waiting: Vec<_> = waiting.filter(|ix| !here.facts.milestone(**ix).status.is_closed()).collect();
    for (at, ix) in waiting.iter().take(MOST_NAMED).enumerate() {
        let between = if at == 0 { say!(" and holds up ") } else { ", ".to_owned() };
        say.words(&between).name(name(**ix), here.milestone(**ix));
    }
    if waiting.len() > MOST_NAMED {
        say.words(&say!(" and {}", counted(waiting.len() - MOST_NAMED, "other")));
    }
    say.words(".");
}

/// The issues that are late; where none is, the milestones.
fn late(here: &PageContext<'_>, say: &mut Say) {
    let issue = |(ix, issue): (_, &'_ crate::model::Issue)| {
        Some((issue.short_name().to_owned(), here.issue(ix), here.facts.issue(ix).overdue?))
    };
    let issues: Vec<_> = here.roadmap.issues().filter_map(issue).collect();
    if !issues.is_empty() {
        return told_late(here, &issues, "issue", say);
    }
    let milestone = |(ix, milestone): (MilestoneIx, &crate::model::Milestone)| {
        Some((milestone.title.clone(), here.milestone(ix), here.facts.milestone(ix).overdue?))
    };
    told_late(here, &here.roadmap.milestones().filter_map(milestone).collect::<Vec<_>>(), "milestone", say);
}

/// That these are late, each with its name, its page and by how many days.
fn told_late(here: &PageContext<'_>, late: &[(String, String, i64)], noun: &str, say: &mut Say) {
    match late {
        [] => {}
        [(name, link, days)] => {
            say.words(" ").name(name, link.clone()).words(&say!(" is overdue by "));
            say.strong(days_words(*days), link).words(".");
        }
        all => {
            say.words(" ").strong(counted(all.len(), noun), &here.to("index.html#attention"));
            say.words(&say!(" are overdue."));
        }
    }
}

/// How many open issues have a start date, and how many of them of late.
fn begun(here: &PageContext<'_>, say: &mut Say) {
    let all = here.roadmap.issues().filter_map(|(ix, issue)| Some((ix, issue.begins()?.first()?)));
    let all: Vec<_> = all.collect();
    let Some(last) = all.iter().map(|(_, day)| *day).max() else { return };
    let open: Vec<_> = all.iter().filter(|(ix, _)| here.facts.issue(*ix).status.is_open()).collect();
    let year = |day: Day| When::from(day).year().unwrap_or_default();
    if open.is_empty() {
        let first = all.iter().map(|(_, day)| *day).min().unwrap_or(last);
        // What has begun is a fact, a start date a plan.
        let is_fact = all.iter().all(|(ix, _)| here.roadmap.issues[ix.0].begun_on.is_some());
        let starts = if is_fact { say!(" began between ") } else { say!(" start between ") };
        say.strong(counted(all.len(), "issue"), &here.to("table.html")).words(&starts);
        say.number(first.to_string(), "").words(&say!(" and ")).number(last.to_string(), "").words(".");
    } else {
        let since = year(last) - 2;
        let recent = open.iter().filter(|(_, day)| year(*day) >= since).count();
        let have = if open.len() == 1 { say!(" has a start date") } else { say!(" have a start date") };
        say.number(counted(open.len(), "open issue"), &here.to("board.html")).words(&have);
        if recent < open.len() {
            say.words(", ").strong(say!("{} of them", recent), &here.to("board.html"));
            say.words(&say!(" since {}", since));
        }
        say.words(".");
    }
    say.words(&match here.known().states {
        Extent::None => say!(" Each row shows when its issues start."),
        _ => say!(" Nothing has a due date: each row shows when its issues start, and how they stand."),
    });
}
