//! The board: every issue once, in the column that tells how it stands.
//!
//! A long board goes on in parts. They are cut by milestones and by their issues, open or not, so that a change of one
//! state moves no card from part to part. Without scripts the board is whole; with them a form filters it.

use serde::Serialize;

use super::{
    Here, Made, Part, bars,
    frame::Frame,
    grouping::Slot,
    known::Extent,
    milestone::{PartView, parts},
    words::{DueView, StatusView, due},
    write,
};
use crate::{
    facts::{Facts, Status},
    model::{Issue, IssueIx, Milestone, MilestoneIx},
    report::{Diagnostic, counted},
};

mod filter;

/// How many issues stand on one page. A card has at most 11 elements, a folded entry 3, so that a page with its form stays below 3,000.
const MOST_CARDS: usize = 200;

/// How many done issues are cards; the rest is a folded list.
const MOST_DONE: usize = 20;

/// With more milestones there is no column for each.
const MOST_MILESTONES: usize = 8;

/// How many labels a card shows; the rest is a count.
const MOST_CHIPS: usize = 3;

/// The columns in the order in which work goes through them, each with its anchor.
const COLUMNS: [(Status, &str); 6] = [
    (Status::Unknown, "unknown"),
    (Status::Blocked, "blocked"),
    (Status::Ready, "ready"),
    (Status::InProgress, "in-progress"),
    (Status::Done, "done"),
    (Status::Dropped, "dropped"),
];

/// What `site/board.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    part: String,
    parts: Vec<PartView>,
    /// The first and the last milestone of this part, where the board has more than one part.
    span: Vec<&'a str>,
    /// As `22 issues`: those of this part.
    count: String,
    filters: filter::Filters<'a>,
    columns: Vec<Column<'a>>,
}

/// Issues that stand alike, or where nobody says how they stand that have a label or a milestone in common.
#[derive(Debug, Serialize)]
struct Column<'a> {
    /// What they have in common, as `In progress`.
    title: String,
    /// The class that gives it its colour.
    class: String,
    /// The class that gives its head its shape.
    shape: &'static str,
    anchor: String,
    count: usize,
    cards: Vec<Card<'a>>,
    /// Done issues beyond those that have a card.
    folded: Vec<Folded<'a>>,
}

/// An issue in a folded list.
#[derive(Debug, Serialize)]
struct Folded<'a> {
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
    keys: filter::Keys,
}

/// An issue on the board.
#[derive(Debug, Serialize)]
struct Card<'a> {
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
    /// The milestone's id, or its title where that id was made from it; empty where it has none.
    milestone: &'a str,
    milestone_title: &'a str,
    chips: Vec<Made>,
    /// As `+2`: how many labels are not shown; empty where all are.
    more_labels: String,
    /// As `ada, bob`.
    who: String,
    due: DueView,
    /// As `2026-11-20`: when it was closed; empty where it is open or nobody knows.
    closed: String,
    /// As `blocked by 2`; empty where it waits for nothing.
    blocked: String,
    /// As `waits for acme/garden#1`, where all that may block it is in other repositories and of no known state.
    waits: String,
    /// Whether its plan contradicts itself.
    broken: bool,
    keys: filter::Keys,
}

/// Makes the board, or a part of it.
pub(super) fn board(here: &Here<'_>, part: &Part, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let issues: Vec<_> = in_order(here.facts).skip(part.issues.start).take(part.issues.len()).collect();
    let description = format!("The issues of {} by how they stand.", here.roadmap.title);
    let view = View {
        page: Frame::new(here, "Board".into(), description)?,
        part: part.words(),
        parts: parts(part, |number| here.to(&super::places::board(number))),
        span: if part.count > 1 { span(here, &issues) } else { Vec::new() },
        count: counted(issues.len(), "issue"),
        filters: filter::filters(here, &issues),
        columns: columns(here, &issues)?,
    };
    write(here, "site/board.html", &view, out)
}

/// The parts of the board, cut between milestones, and within one that alone would fill more than one.
pub(super) fn board_parts(facts: &Facts) -> Vec<Part> {
    let milestones = facts.milestones.iter().map(|milestone| &milestone.issues).chain([&facts.unplanned]);
    let key = |(place, issues): (usize, &'_ Vec<IssueIx>)| {
        issues.iter().map(move |ix| [place.to_be_bytes(), ix.0.to_be_bytes()].concat()).collect::<Vec<_>>()
    };
    let keys: Vec<_> = milestones.enumerate().flat_map(key).collect();
    Part::by_key(&keys, MOST_CARDS)
}

/// Every issue once: milestone by milestone, then those without one.
fn in_order(facts: &Facts) -> impl Iterator<Item = IssueIx> {
    facts.milestones.iter().flat_map(|milestone| &milestone.issues).chain(&facts.unplanned).copied()
}

/// The names of the first and the last milestone of these issues.
fn span<'a>(here: &Here<'a>, issues: &[IssueIx]) -> Vec<&'a str> {
    let name = |ix: &IssueIx| match here.roadmap.issues[ix.0].milestone.get() {
        Some(milestone) => here.roadmap.milestones[milestone.0].title.as_str(),
        None => "without a milestone",
    };
    let mut span: Vec<_> = issues.first().into_iter().chain(issues.last()).map(name).collect();
    span.dedup();
    span
}

/// The columns: by how issues stand, or where nobody says so by what tells them apart best. None is empty.
fn columns<'a>(here: &Here<'a>, issues: &[IssueIx]) -> Result<Vec<Column<'a>>, Diagnostic> {
    let known = here.known();
    if known.states != Extent::None {
        let of = |(status, anchor): &(Status, &str)| {
            let members = issues.iter().copied().filter(|ix| here.facts.issue(*ix).status == *status);
            let view = StatusView::from(*status);
            column(here, (view.words.into(), view.class.to_owned(), (*anchor).into()), members.collect())
        };
        return COLUMNS.iter().filter_map(|status| of(status).transpose()).collect();
    }
    let has_few = here.roadmap.milestones.len() <= MOST_MILESTONES;
    let group = known.groups.iter().find(|group| group.is_status()).or_else(|| {
        let widest = known.groups.iter().max_by_key(|group| group.slots.len());
        widest.filter(|_| !has_few || here.roadmap.milestones.is_empty())
    });
    let mut heads: Vec<_> = match group {
        Some(group) => {
            let of =
                |slot: &Slot| (slot.name.clone(), bars::class(here, slot).to_owned(), group.anchor(slot));
            group.slots.iter().map(of).collect()
        }
        None if has_few => {
            let of = |(ix, milestone): (MilestoneIx, &Milestone)| {
                (
                    milestone.title.clone(),
                    String::new(),
                    format!("m-{}", here.roadmap.milestones[ix.0].id.key()),
                )
            };
            here.roadmap.milestones().map(of).collect()
        }
        None => Vec::new(),
    };
    let rest = heads.len();
    let name = if rest == 0 { "Issues" } else { "Others" };
    heads.push((name.to_owned(), String::new(), "others".to_owned()));
    let place = |ix: IssueIx| match group {
        Some(group) => group.slot(ix).unwrap_or(rest),
        None if has_few => here.roadmap.issues[ix.0].milestone.get().map_or(rest, |ix| ix.0),
        None => rest,
    };
    let of = |(at, head)| {
        column(here, head, issues.iter().copied().filter(|ix| place(*ix) == at).collect()).transpose()
    };
    heads.into_iter().enumerate().filter_map(of).collect()
}

/// A column of these issues; `None` where there is none.
fn column<'a>(
    here: &Here<'a>,
    (title, class, anchor): (String, String, String),
    mut members: Vec<IssueIx>,
) -> Result<Option<Column<'a>>, Diagnostic> {
    let Some(first) = members.first() else { return Ok(None) };
    let is_closed = here.facts.issue(*first).status.is_closed();
    if is_closed {
        // The sort is stable: of those that were closed on one day, or that nobody has a day of, the source's order holds.
        members.sort_by_key(|ix| std::cmp::Reverse(here.roadmap.issues[ix.0].known_closed_on()));
    }
    let shown = if is_closed { members.len().min(MOST_DONE) } else { members.len() };
    Ok(Some(Column {
        title,
        shape: if here.known().states == Extent::None { "l" } else { "st" },
        class,
        anchor,
        count: members.len(),
        cards: members[..shown].iter().map(|ix| card(here, *ix)).collect::<Result<_, _>>()?,
        folded: members[shown..].iter().map(|ix| folded(here, *ix)).collect(),
    }))
}

fn card<'a>(here: &Here<'a>, ix: IssueIx) -> Result<Card<'a>, Diagnostic> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    let labels = issue.labels();
    let milestone = issue.milestone.get().map(|ix| &here.roadmap.milestones[ix.0]);
    let is_open = !facts.status.is_closed();
    let elsewhere = issue.waiting_elsewhere().filter(|it| it.is_closed().is_some());
    let open = facts.waiting_for.len() + elsewhere.count();
    Ok(Card {
        id: issue.id.as_str(),
        title: title(issue),
        link: here.issue(ix),
        milestone: milestone
            .map(|m| if m.made { m.title.as_str() } else { m.id.as_str() })
            .unwrap_or_default(),
        milestone_title: milestone.map(|milestone| milestone.title.as_str()).unwrap_or_default(),
        chips: labels.iter().take(MOST_CHIPS).map(|label| here.chip(label.to)).collect::<Result<_, _>>()?,
        more_labels: match labels.len().saturating_sub(MOST_CHIPS) {
            0 => String::new(),
            more => format!("+{more}"),
        },
        who: issue.assignees().join(", "),
        due: due(here, issue.due_on.filter(|_| is_open), facts.status, facts.overdue, facts.slip),
        closed: issue.known_closed_on().filter(|_| !is_open).map(|day| day.to_string()).unwrap_or_default(),
        blocked: match open {
            many if many > 0 && is_open => format!("blocked by {many}"),
            _ => String::new(),
        },
        waits: match issue.waiting_elsewhere().next() {
            Some(first) if open == 0 && is_open => format!("waits for {}", first.text),
            _ => String::new(),
        },
        broken: facts.broken && is_open,
        keys: filter::keys(here, ix),
    })
}

fn folded<'a>(here: &Here<'a>, ix: IssueIx) -> Folded<'a> {
    let issue = &here.roadmap.issues[ix.0];
    Folded { id: issue.id.as_str(), title: title(issue), link: here.issue(ix), keys: filter::keys(here, ix) }
}

/// The title without its id; a blank one could not be clicked.
fn title(issue: &Issue) -> &str {
    let title = issue.short_title();
    if title.trim().is_empty() { issue.id.as_str() } else { title }
}

/// The key of a milestone in addresses.
fn milestone_key(here: &Here<'_>, ix: MilestoneIx) -> String {
    here.roadmap.milestones[ix.0].id.key().to_owned()
}
