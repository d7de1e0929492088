//! The sentence that a page begins with: what is known, in numbers that lead to what they count.

use std::collections::BTreeSet;

use super::{
    PageContext,
    known::{Extent, Known},
    say::Say,
    words::days_left,
};
use crate::words::{self, counted, say, word};
use crate::{
    facts::{Progress, Status, StatusCounts},
    model::{IssueIx, MilestoneIx, When, title_without_id},
};

/// With more milestones it is not said from where to where they lead.
const MOST_NAMED: usize = 12;

/// How many labels of a status group are told.
const MOST_LABELS: usize = 3;

/// What the overview says first.
pub(super) fn of_roadmap(here: &PageContext<'_>) -> Say {
    let known = here.known();
    let mut say = Say::default();
    let board = here.to("board.html");
    if here.roadmap.issues.is_empty() {
        milestones(here, &mut say);
        due(here, &mut say);
        return say;
    }
    let progress = &here.facts.progress;
    if known.states == Extent::None || progress.closed + progress.open == 0 && progress.unknown > 0 {
        size(here, known, &mut say);
        dropped(progress, &board, &mut say);
        return say;
    }
    let ways = Ways { all: &board, ready: "#begin", blocked: &here.to("graph.html") };
    state(here, &mut say, (&here.facts.progress, &known.statuses), &ways);
    if let Some((waiting, ix)) = most_waited(here).filter(|(waiting, _)| *waiting > 1) {
        say.words(", ").number(waiting.to_string(), "").words(&say!(" of them for "));
        say.name(here.roadmap.issues[ix.0].short_title(), here.issue(ix));
    }
    if !say.is_ended() {
        say.words(".");
    }
    due(here, &mut say);
    say
}

/// What a milestone's page says first; empty where it has no issues.
pub(super) fn of_milestone(here: &PageContext<'_>, ix: MilestoneIx) -> Say {
    let (known, facts) = (here.known(), here.facts.milestone(ix));
    let mut say = Say::default();
    if facts.issues.is_empty() {
        return say;
    }
    if facts.progress.unknown > 0 && facts.progress.closed + facts.progress.open == 0 {
        say.strong(counted(facts.issues.len(), "issue"), "#issues");
        tasks(known, &facts.issues, &mut say);
        by_labels(here, facts.issues.iter().copied(), &mut say);
        dropped(&facts.progress, "#issues", &mut say);
        return say;
    }
    let ways = Ways { all: "#issues", ready: "#issues", blocked: "#issues" };
    state(here, &mut say, (&facts.progress, &facts.statuses), &ways);
    if !say.is_ended() {
        say.words(".");
    }
    say
}

/// How many of the issues were dropped, as a sentence; nothing where none was.
fn dropped(progress: &Progress, link: &str, say: &mut Say) {
    if progress.dropped > 0 {
        let was = if progress.dropped == 1 { word!("was dropped") } else { word!("were dropped") };
        say.words(" ").strong(format!("{} {}", progress.dropped, words::of(was)), link).words(".");
    }
}

/// How many tasks the bodies of some issues list, behind how many there are.
fn tasks(known: &Known, issues: &[IssueIx], say: &mut Say) {
    let tasks = known.tasks_of(issues.iter().copied());
    match tasks.ticked {
        _ if tasks.all == 0 => say.words("."),
        0 => say.words(&say!(" with ")).strong(counted(tasks.all, "task"), "").words("."),
        ticked => say
            .words(&say!(" with "))
            .strong(say!("{} of {} tasks", ticked, tasks.all), "")
            .words(&say!(" ticked.")),
    };
}

/// Where numbers lead.
struct Ways<'a> {
    all: &'a str,
    ready: &'a str,
    blocked: &'a str,
}

/// Where nobody says how issues stand: how many there are, and what their labels and tasks say.
fn size(here: &PageContext<'_>, known: &Known, say: &mut Say) {
    let roadmap = here.roadmap;
    say.strong(counted(roadmap.issues.len(), "issue"), &here.to("board.html"));
    if roadmap.milestones.len() > 1 {
        match roadmap.issues.len() - here.facts.unplanned.len() {
            planned if planned == roadmap.issues.len() => say.words(&say!(" in ")),
            planned => say.words(", ").number(planned.to_string(), "").words(&say!(" of them in ")),
        };
        milestones(here, say);
    } else {
        say.words(".");
    }
    let tasks = known.tasks_of(roadmap.issues().map(|(ix, _)| ix));
    match tasks.ticked {
        _ if tasks.all == 0 => {}
        0 => {
            say.words(&say!(" Their descriptions list ")).strong(counted(tasks.all, "task"), "").words(".");
        }
        ticked => {
            say.words(&say!(" Of the tasks in their descriptions "));
            say.strong(say!("{} of {}", ticked, tasks.all), "").words(&say!(" are ticked."));
        }
    }
    by_labels(here, roadmap.issues().map(|(ix, _)| ix), say);
}

/// How many milestones there are and from where to where they lead, as a sentence; nothing where there is none.
fn milestones(here: &PageContext<'_>, say: &mut Say) {
    let milestones = &here.roadmap.milestones;
    if milestones.is_empty() {
        return;
    }
    say.strong(counted(milestones.len(), "milestone"), "#milestones");
    if let [first, .., last] = &milestones[..]
        && milestones.len() <= MOST_NAMED
    {
        say.words(&say!(", from “")).words(title_without_id(&first.title, &first.id));
        say.words(&say!("” to “")).words(title_without_id(&last.title, &last.id)).words("”");
    }
    say.words(".");
}

/// What the labels of some issues say of how they stand, or else of how much they matter.
fn by_labels(here: &PageContext<'_>, issues: impl Iterator<Item = IssueIx>, say: &mut Say) {
    let groups = &here.known().groups;
    if let Some(group) = groups.iter().find(|group| group.is_status() && group.is_exclusive()) {
        let counts = group.counts(issues);
        let mut slots: Vec<_> = group.slots.iter().zip(counts).collect();
        slots.retain(|(slot, count)| slot.label.is_some() && *count > 0);
        slots.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (at, (slot, count)) in slots.iter().take(MOST_LABELS).enumerate() {
            let link = slot.label.map(|label| here.label(label)).unwrap_or_default();
            let one = words::of(if *count == 1 { word!("is") } else { word!("are") });
            match at {
                0 => say
                    .words(&say!(" By their labels, "))
                    .strong(format!("{count} {one} {}", slot.name), &link),
                _ => say.words(", ").number(format!("{count} {}", slot.name), &link),
            };
        }
        if !slots.is_empty() {
            say.words(".");
        }
    } else if let Some((group, slots)) = groups
        .iter()
        .filter(|group| group.is_exclusive())
        .map(|group| (group, group.highest()))
        .find(|(_, slots)| !slots.is_empty())
    {
        let count: usize = group.counts(issues).iter().take(slots.len()).sum();
        if count > 0 {
            let names: Vec<_> = slots.iter().map(|slot| slot.name.as_str()).collect();
            let one = words::of(if count == 1 { word!("is") } else { word!("are") });
            say.words(&say!(" By {}, ", group.prefix));
            say.strong(format!("{count} {one} {}", names.join(&say!(" or "))), &here.to("labels.html"))
                .words(".");
        }
    }
}

/// Where it is known how issues stand: what is done, what can begin, what waits; without the last full stop where something waits.
fn state(
    here: &PageContext<'_>,
    say: &mut Say,
    (progress, counts): (&Progress, &StatusCounts),
    ways: &Ways<'_>,
) {
    let stated = progress.closed + progress.open;
    let dropped = |count: String| format!("{count} {}", words::of(word!("dropped along the way")));
    if stated == 0 {
        say.strong(dropped(counted(progress.dropped, "issue")), ways.all);
    } else {
        let all = match (progress.unknown, stated) {
            (0, _) => String::new(),
            (_, 1) => say!(" whose state is given is"),
            _ => say!(" whose state is given are"),
        };
        say.strong(say!("{} of {} done", progress.closed, counted(stated, "issue") + &all), ways.all);
        let open = format!("{} {}", progress.open, words::of(word!("open")));
        for (number, text) in
            [(progress.open, open), (progress.dropped, dropped(progress.dropped.to_string()))]
        {
            if number > 0 {
                say.words(", ").number(text, ways.all);
            }
        }
    }
    say.words(".");
    let of = |status: Status, one: &'static str, more: &'static str| {
        let number = counts.get(status);
        (number, if number == 1 { one } else { more })
    };
    let parts = [
        (of(Status::InProgress, word!("is in progress"), word!("are in progress")), ways.all),
        ((here.ready(counts), word!("can begin now")), ways.ready),
        (of(Status::Blocked, word!("waits for others"), word!("wait for others")), ways.blocked),
    ];
    for (at, ((number, words), link)) in parts.into_iter().filter(|((number, _), _)| *number > 0).enumerate()
    {
        let text = format!("{number} {}", words::of(words));
        if at == 0 {
            say.words(" ").strong(text, link)
        } else {
            say.words(", ").number(text, link)
        };
    }
}

/// What is late, and which open milestone is due next, as far as it is known what is past.
fn due(here: &PageContext<'_>, say: &mut Say) {
    let issues = here.facts.overdue(here.roadmap).unwrap_or_default();
    let milestones = late_milestones(here).unwrap_or_default();
    let late = match (issues, milestones) {
        (0, 0) => String::new(),
        (issues, 0) => counted(issues, "issue"),
        (0, milestones) => counted(milestones, "milestone"),
        _ => say!("{} and {}", counted(issues, "issue"), counted(milestones, "milestone")),
    };
    if !late.is_empty() {
        let words = if issues + milestones == 1 { word!("is overdue") } else { word!("are overdue") };
        say.words(" ").strong(format!("{late} {}", words::of(words)), "#attention").words(".");
    }
    let Some(Next { ix, due, is_past, left }) = next_due(here) else { return };
    let is = match here.facts.as_of {
        Some(_) if is_past => say!(" was due "),
        Some(_) => say!(" is due next, "),
        // Nobody knows what is past.
        None => say!(" is due first, "),
    };
    say.words(" ").name(&here.roadmap.milestones[ix.0].title, here.milestone(ix)).words(&is);
    match left.filter(|left| *left >= 0) {
        Some(left) => say.number(days_left(left), "").words(&format!(" ({due}).")),
        None => say.number(due.to_string(), "").words("."),
    };
}

/// How many milestones are late; `None` where none is.
pub(super) fn late_milestones(here: &PageContext<'_>) -> Option<usize> {
    let late = here.facts.milestones.iter().filter(|milestone| milestone.overdue.is_some()).count();
    Some(late).filter(|late| *late > 0)
}

/// The issue that most others wait for, and how many of these are known to be blocked.
pub(super) fn most_waited(here: &PageContext<'_>) -> Option<(usize, IssueIx)> {
    let live = here.facts.live();
    let open = live.joined().iter().copied().filter(|ix| here.facts.issue(*ix).status.is_open());
    let most = open.max_by_key(|ix| (live.helps(*ix), std::cmp::Reverse(*ix)))?;
    let is_blocked = |ix: &IssueIx| here.facts.issue(*ix).status == Status::Blocked;
    let (mut seen, mut left) = (BTreeSet::from([most]), vec![most]);
    while let Some(ix) = left.pop() {
        left.extend(live.needed_by(ix).filter(|next| seen.insert(*next)));
    }
    seen.remove(&most);
    Some((seen.iter().filter(|ix| is_blocked(ix)).count(), most)).filter(|(count, _)| *count > 0)
}

/// The open milestone that is due next.
pub(super) struct Next {
    pub(super) ix: MilestoneIx,
    pub(super) due: When,
    /// Whether that has passed, as far as anybody knows today.
    pub(super) is_past: bool,
    /// In how many days, less than none where it has passed; `None` where nobody knows today, or it is stated less exactly than as a day.
    pub(super) left: Option<i64>,
}

/// The open milestone that is due next: the earliest of those whose day has not passed, else of all.
pub(super) fn next_due(here: &PageContext<'_>) -> Option<Next> {
    let open = here.roadmap.milestones().filter(|(ix, _)| !here.facts.milestone(*ix).status.is_closed());
    let dated = open
        .filter_map(|(ix, milestone)| Some((ix, milestone.known_due_on().filter(|due| !due.is_later())?)));
    let (ix, due) = dated.min_by_key(|(_, due)| (here.facts.is_past(*due), due.order()))?;
    let left = due.day().zip(here.facts.as_of).map(|(day, today)| day.days_since(today));
    Some(Next { ix, due, is_past: here.facts.is_past(due), left })
}
