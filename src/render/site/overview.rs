//! The overview: what is done, what is next, what is late and by how much, and who has it.

use serde::Serialize;

use super::{
    Here,
    drawn::FactsView,
    frame::Frame,
    progress::{ProgressView, progress},
    rows::{Items, issue_items},
    words::{DueView, StatusView, and_more, due},
    write,
};
use crate::{
    data::{percent, with_dropped},
    facts::{Status, StatusCounts},
    model::{IssueIx, MilestoneIx},
    render::{
        Made,
        picture::{self, burnup},
    },
    report::{Diagnostic, counted},
    source::schema::Health,
};

mod attention;
mod people;

/// How many milestones a column shows; the rest is a count, and the timeline shows them all.
const MOST_CARDS: usize = 12;

/// What `site/overview.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    title: &'a str,
    /// HTML.
    description: String,
    /// The day that the figures speak for; empty where nobody says.
    as_of: String,
    figures: Figures<'a>,
    progress: ProgressView,
    /// The milestones by when they are worked on.
    lanes: Vec<Lane<'a>>,
    /// What wants to be looked at.
    attention: attention::Attention<'a>,
    /// What ready to start.
    ready: Items<'a>,
    groups: Vec<GroupView<'a>>,
    people: people::People<'a>,
    /// The issues that belong to no milestone, as `3 issues`; empty where there is none.
    unplanned: String,
    unplanned_link: String,
    timeline_link: String,
    graph_link: String,
    board_link: String,
    labels_link: String,
    /// SVG; empty where nothing has a date. The cards tell the same in words.
    timeline: String,
    /// How the work was done over time; `None` where no closed day is known.
    burnup: Option<FactsView>,
}

/// The figures that stand first.
#[derive(Debug, Serialize)]
struct Figures<'a> {
    /// As `27%`; `—` where nobody knows.
    percent: String,
    /// As `6 of 22`.
    done: String,
    ready: usize,
    blocked: usize,
    /// How many issues are late; empty where no day is known by which anything could be.
    overdue: String,
    /// The open milestone that is due next; `None` where none has a day.
    next: Option<Next<'a>>,
}

#[derive(Debug, Serialize)]
struct Next<'a> {
    /// As `14 d`: how far off it is, or how late; as `2027-Q1` where no day is stated; its id where nobody knows today.
    big: String,
    title: &'a str,
    id: &'a str,
    link: String,
    due: DueView,
}

/// Milestones that are worked on at the same time.
#[derive(Debug, Serialize)]
struct Lane<'a> {
    title: &'static str,
    cards: Vec<Card<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// A milestone at a glance.
#[derive(Debug, Serialize)]
struct Card<'a> {
    title: &'a str,
    link: String,
    owner: &'a str,
    status: StatusView,
    /// What its dates say, where they do not say that all is well.
    health: Option<StatusView>,
    due: DueView,
    progress: ProgressView,
    /// As `2 issues blocked`; empty where none is.
    blocked: String,
}

/// A label group with its labels.
#[derive(Debug, Serialize)]
struct GroupView<'a> {
    title: &'a str,
    labels: Vec<LabelView>,
    more: String,
}

#[derive(Debug, Serialize)]
struct LabelView {
    chip: Made,
    /// How many issues have it.
    total: usize,
    words: String,
}

/// How many labels of a group are shown, and how many of all.
const MOST_LABELS: (usize, usize) = (40, 160);

/// Makes the overview.
pub(super) fn overview(here: &Here<'_>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let (roadmap, facts) = (here.roadmap, here.facts);
    let description = format!("What is done, what is next and what is late in {}.", roadmap.title);
    let view = View {
        page: Frame::new(here, String::new(), description)?,
        title: &roadmap.title,
        description: here.document(roadmap.description.as_ref(), "about", 2),
        as_of: facts.as_of.map(|day| day.to_string()).unwrap_or_default(),
        figures: figures(here),
        progress: progress(&facts.progress, &StatusCounts::of(facts.issues.iter().map(|facts| facts.status))),
        lanes: lanes(here),
        attention: attention::attention(here),
        ready: issue_items(here, with_status(here, Status::Ready)),
        groups: groups(here)?,
        people: people::people(here),
        unplanned: match facts.unplanned.len() {
            0 => String::new(),
            many => counted(many, "issue"),
        },
        unplanned_link: here.to("unplanned.html"),
        timeline_link: here.to("timeline.html"),
        graph_link: here.to("graph.html"),
        board_link: here.to("board.html"),
        labels_link: here.to("labels.html"),
        timeline: timeline(here),
        burnup: burnup::burnup(roadmap, facts.as_of).map(FactsView::from),
    };
    write(here, "site/overview.html", &view, out)
}

/// The small timeline, where there is a day to draw.
fn timeline(here: &Here<'_>) -> String {
    let is_dated = |milestone: &crate::model::Milestone| {
        milestone.start_on.or(milestone.known_due_on().filter(|due| !due.is_later())).is_some()
    };
    let has_days = here.roadmap.milestones.iter().any(is_dated);
    if has_days { picture::timeline::mini(here.roadmap, here.facts, None).svg } else { String::new() }
}

fn with_status<'a>(here: &Here<'a>, status: Status) -> impl Iterator<Item = IssueIx> + 'a {
    let facts = here.facts;
    here.roadmap.issues().map(|(ix, _)| ix).filter(move |ix| facts.issue(*ix).status == status)
}

fn figures<'a>(here: &Here<'a>) -> Figures<'a> {
    let progress = &here.facts.progress;
    let is_known = progress.unknown < progress.total;
    Figures {
        percent: progress.percent().map_or_else(|| "—".into(), percent),
        done: match is_known {
            true => with_dropped(format!("{} of {}", progress.closed, progress.total), progress.dropped),
            false => "—".into(),
        },
        ready: with_status(here, Status::Ready).count(),
        blocked: with_status(here, Status::Blocked).count(),
        overdue: here.facts.overdue(here.roadmap).map(|count| count.to_string()).unwrap_or_default(),
        next: next_due(here),
    }
}

/// The open milestone that is due next: of those that are not late the one with the earliest day, else the latest.
fn next_due<'a>(here: &Here<'a>) -> Option<Next<'a>> {
    let open = here.roadmap.milestones().filter(|(ix, _)| !here.facts.milestone(*ix).status.is_closed());
    let dated = open.filter_map(|(ix, milestone)| {
        Some((ix, milestone, milestone.known_due_on().filter(|due| !due.is_later())?))
    });
    let (ix, milestone, due_on) =
        dated.min_by_key(|(ix, _, due)| (here.facts.milestone(*ix).overdue.is_some(), due.order()))?;
    let facts = here.facts.milestone(ix);
    let late = facts.overdue;
    let days = due_on.day().zip(here.facts.as_of).map(|(day, today)| day.days_since(today).abs());
    Some(Next {
        big: match late.or(days) {
            Some(days) => format!("{days} d"),
            None if due_on.is_coarse() => due_on.to_string(),
            None => milestone.id.to_string(),
        },
        title: &milestone.title,
        id: milestone.id.as_str(),
        link: here.milestone(ix),
        due: due(here, Some(due_on), facts.status, facts.overdue, facts.slip),
    })
}

/// When a milestone is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    Next,
    Later,
    Done,
}

/// Begun and not done is now; what waits for nothing but what is done or now comes next; the rest is later.
fn when(here: &Here<'_>, ix: MilestoneIx) -> When {
    let facts = here.facts.milestone(ix);
    if facts.status.is_closed() {
        When::Done
    } else if has_begun(here, ix) {
        When::Now
    } else if facts.waiting_for.iter().all(|ix| has_begun(here, *ix)) {
        When::Next
    } else {
        When::Later
    }
}

fn has_begun(here: &Here<'_>, ix: MilestoneIx) -> bool {
    let facts = here.facts.milestone(ix);
    let is_at_work = |ix: &IssueIx| here.facts.issue(*ix).status == Status::InProgress;
    let is_open = !facts.status.is_closed();
    is_open
        && (facts.status == Status::InProgress
            || facts.overdue.is_some()
            || facts.progress.closed > 0
            || facts.issues.iter().any(is_at_work))
}

fn lanes<'a>(here: &Here<'a>) -> Vec<Lane<'a>> {
    let whens: Vec<_> = here.roadmap.milestones().map(|(ix, _)| (ix, when(here, ix))).collect();
    let lane = |(title, wanted): (&'static str, When)| {
        let members: Vec<_> = whens.iter().filter(|(_, when)| *when == wanted).map(|(ix, _)| *ix).collect();
        let cards = members.iter().take(MOST_CARDS).map(|ix| card(here, *ix)).collect();
        Lane { title, cards, more: and_more(members.len(), MOST_CARDS) }
    };
    let lanes = [("Now", When::Now), ("Next", When::Next), ("Later", When::Later), ("Done", When::Done)];
    lanes.into_iter().map(lane).filter(|lane| !lane.cards.is_empty()).collect()
}

fn card<'a>(here: &Here<'a>, ix: MilestoneIx) -> Card<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    let is_blocked = |ix: &&IssueIx| here.facts.issue(**ix).status == Status::Blocked;
    let blocked = facts.issues.iter().filter(is_blocked).count();
    Card {
        title: &milestone.title,
        link: here.milestone(ix),
        owner: milestone.owner.as_deref().unwrap_or_default(),
        status: facts.status.into(),
        health: facts
            .health
            .as_ref()
            .filter(|verdict| verdict.health != Health::OnTrack)
            .map(|v| v.health.into()),
        due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
        progress: progress(&facts.progress, &facts.statuses),
        blocked: if blocked == 0 { String::new() } else { format!("{} blocked", counted(blocked, "issue")) },
    }
}

fn groups<'a>(here: &Here<'a>) -> Result<Vec<GroupView<'a>>, Diagnostic> {
    let label = |ix: &crate::model::LabelIx| {
        let total = here.facts.label(*ix).issues.len();
        Ok(LabelView { chip: here.chip(*ix)?, total, words: counted(total, "issue") })
    };
    let group = |group: &'a crate::model::LabelGroup, shown: usize| {
        let labels = group.labels.iter().take(shown).map(label).collect::<Result<_, _>>()?;
        Ok(GroupView { title: &group.title, labels, more: and_more(group.labels.len(), shown) })
    };
    let mut left = MOST_LABELS.1;
    let groups = here.roadmap.groups.iter().filter(|group| !group.labels.is_empty());
    let shown = groups.map_while(|of| {
        let shown = of.labels.len().min(MOST_LABELS.0).min(left);
        left -= shown;
        (shown > 0).then(|| group(of, shown))
    });
    shown.collect()
}
