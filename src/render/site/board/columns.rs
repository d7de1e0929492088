//! The columns of the board, and the cards in them.

use crate::render::status::StatusView;
use crate::words::say;
use std::cmp::Reverse;

use serde::Serialize;

use crate::{
    model::{IssueIx, LabelIx, Milestone, MilestoneIx, When},
    render::site::{
        Fragment, PageContext, bars,
        filter::By,
        grouping::{Slot, own_name},
        known::Extent,
        rows::{title, waits},
        words::{DueView, STATES, due},
    },
    report::Diagnostic,
};

/// How many labels a card shows; the rest is a count.
const MOST_CHIPS: usize = 3;

/// Issues with something in common: how they stand, a label, a milestone.
#[derive(Debug, Serialize)]
pub(super) struct Column<'a> {
    /// What they have in common, as `In progress`.
    title: String,
    /// The class that gives it its colour.
    class: String,
    /// The class that gives its head its shape.
    shape: &'static str,
    anchor: String,
    count: usize,
    /// Whether it takes a row of its own, with its cards side by side.
    pub(super) is_wide: bool,
    cards: Vec<Card<'a>>,
}

/// An issue on the board.
#[derive(Debug, Serialize)]
struct Card<'a> {
    /// Empty where it only repeats the title.
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
    /// The milestone's id, or its title where the id repeats that; empty where it has none, or its column says it.
    milestone: &'a str,
    milestone_title: &'a str,
    chips: Vec<Fragment>,
    /// As `+2`: how many labels are not shown; empty where all are.
    more_labels: String,
    /// As `ada, bob`.
    who: String,
    due: DueView,
    /// As `2026-11-20`: when it began; empty where it is due on a day, or nobody says.
    since: String,
    /// As `2026-11-20`: when it was closed; empty where it is open or nobody knows.
    closed: String,
    /// As `30 wait for it`; empty where nothing does.
    waited: String,
    /// As `waits for T-1, T-2 +1`; empty where it waits for nothing.
    waits: String,
    /// Whether its plan contradicts itself.
    broken: bool,
}

/// What a column is called, the class that gives it its colour, and its anchor.
type Head = (String, String, String);

/// The columns of these issues, the open ones and those that are closed. None is empty.
pub(super) fn columns<'a>(
    here: &PageContext<'a>,
    issues: &[IssueIx],
) -> Result<[Vec<Column<'a>>; 2], Diagnostic> {
    let by = By::of(here);
    let states = STATES.map(|(status, anchor)| {
        let view = StatusView::of(here.facts, status);
        (view.said().into_owned(), view.class.to_owned(), anchor.to_owned())
    });
    let status = |ix: &IssueIx| here.facts.issue(*ix).status;
    let is_closed = |at: &usize| STATES[*at].0.is_closed();
    let of = |at: usize, members: Vec<IssueIx>| column(here, &by, states[at].clone(), members);
    let with = |at: usize| issues.iter().copied().filter(|ix| status(ix) == STATES[at].0).collect::<Vec<_>>();
    let closed = (0..STATES.len()).filter(is_closed).filter_map(|at| of(at, with(at)).transpose());
    let closed = closed.collect::<Result<_, _>>()?;
    let open: Vec<_> = issues.iter().copied().filter(|ix| !status(ix).is_closed()).collect();
    let mut open: Vec<_> = match by {
        By::States => {
            let places = (0..STATES.len()).filter(|at| !is_closed(at));
            places.filter_map(|at| of(at, with(at)).transpose()).collect::<Result<_, _>>()?
        }
        _ => grouped(here, &by, &open)?,
    };
    let (many, total) = (open.len(), open.iter().map(|column| column.count).sum());
    open.iter_mut().for_each(|column| column.is_wide = is_wide(column.count, many, total));
    Ok([open, closed])
}

/// Whether a column with so many cards takes a row of its own, where there are so many columns and cards: else the page would be too
/// long, or empty beside it. `board.js` asks the same.
fn is_wide(cards: usize, columns: usize, total: usize) -> bool {
    let most = match columns {
        1 => 0,
        2 => 80,
        3 | 4 => 40,
        _ => 16,
    };
    cards > most || cards > 8 && cards * (columns - 1) > 2 * (total - cards)
}

/// The columns of labels or milestones, and what has none of them last.
fn grouped<'a>(
    here: &PageContext<'a>,
    by: &By<'_>,
    issues: &[IssueIx],
) -> Result<Vec<Column<'a>>, Diagnostic> {
    let (mut heads, rest) = heads(here, by);
    heads.push((rest, String::new(), "others".to_owned()));
    let place = |ix: IssueIx| match by {
        By::Group(group) => group.slot(ix),
        By::Milestones => here.roadmap.issues[ix.0].milestone.get().map(|ix| ix.0),
        By::States | By::Nothing => None,
    };
    let last = heads.len() - 1;
    let members = |at| issues.iter().copied().filter(move |ix| place(*ix).unwrap_or(last) == at).collect();
    let of = |(at, head)| column(here, by, head, members(at)).transpose();
    heads.into_iter().enumerate().filter_map(of).collect()
}

/// The heads of the columns, and that of what belongs to none.
fn heads(here: &PageContext<'_>, by: &By<'_>) -> (Vec<Head>, String) {
    match by {
        By::Group(group) => {
            let of = |slot: &Slot| {
                (slot.said().into_owned(), bars::class(here, slot).to_owned(), group.anchor(slot))
            };
            (group.slots.iter().map(of).collect(), say!("No {}", group.prefix))
        }
        By::Milestones => {
            let of = |(_, it): (MilestoneIx, &Milestone)| {
                (it.title.clone(), String::new(), format!("m-{}", it.id.key()))
            };
            (here.roadmap.milestones().map(of).collect(), say!("No milestone"))
        }
        By::States | By::Nothing => (Vec::new(), say!("Issues")),
    }
}

/// A column of these issues; `None` where there is none.
fn column<'a>(
    here: &PageContext<'a>,
    by: &By<'_>,
    (title, class, anchor): Head,
    mut members: Vec<IssueIx>,
) -> Result<Option<Column<'a>>, Diagnostic> {
    let Some(first) = members.first() else { return Ok(None) };
    if here.facts.issue(*first).status.is_closed() {
        // The sort is stable: of those that were closed on one day, or that nobody has a day of, the order of before holds.
        members.sort_by_key(|ix| Reverse(here.roadmap.issues[ix.0].known_closed_on()));
    } else {
        members.sort_by_cached_key(|ix| {
            let due = here.roadmap.issues[ix.0].due_on.and_then(When::last);
            (Reverse(here.facts.live().helps(*ix)), due.is_none(), due, *ix)
        });
    }
    Ok(Some(Column {
        title,
        shape: if here.known().states == Extent::None { "l" } else { "st" },
        class,
        anchor,
        count: members.len(),
        is_wide: true,
        cards: members.iter().map(|ix| card(here, by, *ix)).collect::<Result<_, _>>()?,
    }))
}

fn card<'a>(here: &PageContext<'a>, by: &By<'_>, ix: IssueIx) -> Result<Card<'a>, Diagnostic> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    // What the column says, its cards need not repeat.
    let is_told = |label: LabelIx| match by {
        By::Group(group) => own_name(&here.roadmap.labels[label.0].name, &group.prefix).is_some(),
        _ => false,
    };
    let labels: Vec<_> = issue.labels().iter().map(|link| link.to).filter(|label| !is_told(*label)).collect();
    let milestone = issue.milestone.get().map(|ix| &here.roadmap.milestones[ix.0]);
    let milestone = milestone.filter(|_| !matches!(by, By::Milestones));
    let is_open = !facts.status.is_closed();
    let says_begin = is_open && issue.due_on.is_none();
    Ok(Card {
        id: issue.own_id(),
        title: title(issue),
        link: here.issue(ix),
        milestone: milestone.map(Milestone::short_name).unwrap_or_default(),
        milestone_title: milestone.map(|milestone| milestone.title.as_str()).unwrap_or_default(),
        chips: labels.iter().take(MOST_CHIPS).map(|label| here.chip(*label)).collect::<Result<_, _>>()?,
        more_labels: match labels.len().saturating_sub(MOST_CHIPS) {
            0 => String::new(),
            more => format!("+{more}"),
        },
        who: issue.assignees().join(", "),
        due: due(here, issue.due_on.filter(|_| is_open), facts.status, facts.overdue, facts.slip),
        since: issue.start_on.filter(|_| says_begin).map(|day| day.to_string()).unwrap_or_default(),
        closed: issue.known_closed_on().filter(|_| !is_open).map(|day| day.to_string()).unwrap_or_default(),
        waited: match here.facts.live().helps(ix) {
            0 => String::new(),
            1 => say!("1 waits for it"),
            many => say!("{many} wait for it", many = many),
        },
        waits: waits(here, ix).map(|names| say!("waits for {names}", names = names)).unwrap_or_default(),
        broken: facts.broken && is_open,
    })
}
