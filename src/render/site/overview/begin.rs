//! Where to begin: what most others wait for, or where nobody says how issues stand what comes first.

use crate::words::{counted, say};
use serde::Serialize;

use crate::{
    facts::{First, Status},
    model::{IssueIx, LabelIx},
    render::site::{
        PageContext,
        bars::{BarView, class},
        grouping::Slot,
        known::Extent,
    },
};

/// How many issues are shown.
const MOST: usize = 7;

/// A list of issues or labels, each with a bar.
#[derive(Debug, Serialize)]
pub(super) struct Panel<'a> {
    title: String,
    /// What it shows, in a sentence.
    says: String,
    items: Vec<Ranked<'a>>,
    /// As `All 104 ready issues on the board`; empty where all are shown.
    more: String,
    more_link: String,
}

/// An issue or a label with its bar.
#[derive(Debug, Serialize)]
struct Ranked<'a> {
    /// Empty for a label, and where it only repeats the title.
    id: &'a str,
    title: &'a str,
    link: String,
    /// Where it belongs, and what else is known of it.
    why: String,
    bar: Option<BarView>,
    /// What the bar shows, as `30 wait`.
    says: String,
}

/// What to begin with; `None` where nothing can begin.
pub(super) fn begin<'a>(here: &PageContext<'a>) -> Option<Panel<'a>> {
    let known = here.known();
    if known.states == Extent::None { first_in_order(here) } else { ranked(here) }
        .filter(|panel| !panel.items.is_empty())
}

fn ranked<'a>(here: &PageContext<'a>) -> Option<Panel<'a>> {
    let first = &here.known().first;
    let most = first.first()?.waiting;
    let count = first.len();
    let issues = || counted(count, "issue");
    // Where nothing is said to wait, nobody knows what can begin: open issues are open, and no more.
    let has_days = first.iter().any(|first| first.by.is_some());
    let (title, says) = match (here.facts.waits, has_days) {
        (true, _) => (
            say!("What to begin first"),
            match (most, count) {
                (_, 1) => say!("The one issue with nothing in its way."),
                (0, _) if has_days => {
                    say!("The {} with nothing in their way, those needed soonest first.", issues())
                }
                (0, _) => say!("The {} with nothing in their way, in the order of the roadmap.", issues()),
                _ => say!("Of the {} that can begin, those that most others wait for.", issues()),
            },
        ),
        (false, true) => (
            say!("What is needed first"),
            say!("Open issues that have not begun, those needed soonest first."),
        ),
        (false, false) => {
            (say!("What is open"), say!("Open issues that have not begun, in the order of the roadmap."))
        }
    };
    Some(Panel {
        title,
        says,
        items: first.iter().take(MOST).map(|first| waited_for(here, first, most)).collect(),
        more: match here.facts.waits {
            _ if count <= MOST => String::new(),
            true => say!("All {count} ready issues on the board", count = count),
            false => say!("All issues on the board"),
        },
        more_link: here.to("board.html"),
    })
}

/// An issue that can begin, with how many wait for it of so many that wait for one.
fn waited_for<'a>(here: &PageContext<'a>, first: &First, most: usize) -> Ranked<'a> {
    let at_once =
        here.facts.issue(first.ix).needed_by.iter().filter(|ix| frees(here, first.ix, **ix)).count();
    let mut why = place(here, first.ix);
    if at_once > 0 {
        why.push(say!("frees {at_once} at once", at_once = at_once));
    }
    why.extend(first.by.filter(|_| here.known().due).map(|day| match first.is_due {
        true => say!("due {day}", day = day),
        false => say!("needed by {day}", day = day),
    }));
    Ranked {
        bar: (first.waiting > 0)
            .then(|| BarView::of_number(first.waiting, most, "st ready", &say!("waiting"))),
        says: match first.waiting {
            0 => String::new(),
            1 => say!("1 waits"),
            waiting => say!("{} wait", waiting),
        },
        why: why.join(" · "),
        ..named(here, first.ix)
    }
}

/// Whether an issue waits for nothing but this one.
fn frees(here: &PageContext<'_>, ix: IssueIx, waiting: IssueIx) -> bool {
    let facts = here.facts.issue(waiting);
    facts.status == Status::Blocked
        && facts.waiting_for.iter().all(|blocker| *blocker == ix)
        && here.roadmap.issues[waiting.0].waiting_elsewhere().next().is_none()
}

fn first_in_order<'a>(here: &PageContext<'a>) -> Option<Panel<'a>> {
    let known = here.known();
    let (milestone, facts) =
        here.facts.milestones.iter().enumerate().find(|(_, facts)| !facts.issues.is_empty())?;
    let shown = || facts.issues.iter().take(MOST);
    let most = shown().map(|ix| known.tasks[ix.0].all).max().unwrap_or_default();
    let item = |ix: &IssueIx| {
        let tasks = known.tasks[ix.0].all;
        Ranked {
            bar: (tasks > 0).then(|| BarView::of_number(tasks, most, "l l-none", &say!("tasks"))),
            says: if tasks > 0 { counted(tasks, "task") } else { String::new() },
            why: labels(here, *ix).join(" · "),
            ..named(here, *ix)
        }
    };
    let count = facts.issues.len();
    Some(Panel {
        title: say!("First in order"),
        says: say!("The issues of the first milestone."),
        items: shown().map(item).collect(),
        more: if count > MOST {
            say!("All {count} issues of this milestone", count = count)
        } else {
            String::new()
        },
        more_link: here.milestone(crate::model::MilestoneIx(milestone)),
    })
}

/// How the issues spread over the labels of a group that nothing above shows; `None` where there is none.
pub(super) fn spread<'a>(here: &PageContext<'a>, is_shown: impl Fn(&str) -> bool) -> Option<Panel<'a>> {
    let known = here.known();
    let groups = known.groups.iter().filter(|group| !is_shown(&group.name));
    let group = groups.max_by_key(|group| group.slots.len())?;
    // An issue with several labels counts for each: these bars are no parts of a whole.
    let count = |label: LabelIx| here.facts.label(label).issues.len();
    let labels = group.slots.iter().filter_map(|slot| Some((slot, slot.label?)));
    let most = labels.clone().map(|(_, label)| count(label)).max().unwrap_or_default();
    let item = |(slot, label): (&Slot, LabelIx)| Ranked {
        id: "",
        title: &here.roadmap.labels[label.0].name,
        link: here.label(label),
        why: String::new(),
        bar: Some(BarView::of_number(
            count(label),
            most,
            &format!("l {}", class(here, slot)),
            &say!("issues"),
        )),
        says: counted(count(label), "issue"),
    };
    let mut items: Vec<_> = labels.collect();
    items.sort_by_key(|(_, label)| std::cmp::Reverse(count(*label)));
    Some(Panel {
        title: say!("Where the work lies"),
        says: say!("Issues by {}.", group.prefix),
        items: items.into_iter().map(item).collect(),
        more: say!("All labels"),
        more_link: here.to("labels.html"),
    })
}

/// The issues that the texts of most others name; `None` where no two texts name the same.
pub(super) fn most_named<'a>(here: &PageContext<'a>) -> Option<Panel<'a>> {
    let many = |ix: IssueIx| here.named().by(ix).len();
    let mut issues: Vec<_> = here.roadmap.issues().map(|(ix, _)| ix).filter(|ix| many(*ix) > 0).collect();
    issues.sort_by_key(|ix| (std::cmp::Reverse(many(*ix)), *ix));
    let most = issues.first().map(|ix| many(*ix)).filter(|most| *most > 1)?;
    let status = here.known().groups.iter().find(|group| group.is_status());
    let item = |ix: &IssueIx| {
        let slots = status.into_iter().flat_map(|group| &group.slots);
        let label = slots.filter_map(|slot| slot.label.map(|label| (label, &slot.name)));
        let has = |label| here.roadmap.issues[ix.0].labels().iter().any(|link| link.to == label);
        let milestone = here.roadmap.issues[ix.0].milestone.get();
        let mut why: Vec<_> =
            milestone.map(|ix| here.roadmap.milestones[ix.0].title.clone()).into_iter().collect();
        why.extend(label.filter(|(label, _)| has(*label)).map(|(_, name)| name.clone()).next());
        Ranked {
            bar: Some(BarView::of_number(many(*ix), most, "l l-none", &say!("texts"))),
            says: counted(many(*ix), "text"),
            why: why.join(" · "),
            ..named(here, *ix)
        }
    };
    Some(Panel {
        title: say!("Most named"),
        says: say!("Issues that other issues’ texts name. A mention is not a dependency."),
        items: issues.iter().take(MOST).map(item).collect(),
        more: String::new(),
        more_link: String::new(),
    })
}

fn named<'a>(here: &PageContext<'a>, ix: IssueIx) -> Ranked<'a> {
    let issue = &here.roadmap.issues[ix.0];
    Ranked {
        id: issue.own_id(),
        title: issue.short_title(),
        link: here.issue(ix),
        why: String::new(),
        bar: None,
        says: String::new(),
    }
}

/// The milestone of an issue, and who does it.
fn place(here: &PageContext<'_>, ix: IssueIx) -> Vec<String> {
    let issue = &here.roadmap.issues[ix.0];
    let milestone = issue.milestone.get().map(|ix| here.roadmap.milestones[ix.0].title.clone());
    milestone.into_iter().chain(issue.assignees().iter().take(2).cloned()).collect()
}

fn labels(here: &PageContext<'_>, ix: IssueIx) -> Vec<String> {
    let labels = here.roadmap.issues[ix.0].labels().iter().take(4);
    labels.map(|link| here.roadmap.labels[link.to.0].name.clone()).collect()
}
