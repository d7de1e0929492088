//! Items as other pages show them: an issue in a list, a milestone by its name, a label.

use serde::Serialize;

use super::{
    Here, Made, SitePlaces,
    words::{DueView, StatusView, and_more, due},
};
use crate::model::{IssueIx, LabelIx, MilestoneIx, Roadmap};

/// How many labels a row shows; the rest is a count.
const MOST_CHIPS: usize = 4;

/// How many items stand in a list beside others; the rest is a count.
pub(super) const MOST_ITEMS: usize = 100;

/// An issue in a table.
#[derive(Debug, Serialize)]
pub(super) struct IssueRow<'a> {
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
    status: StatusView,
    due: DueView,
    labels: Vec<Made>,
    /// `and 3 more` labels; empty where all are shown.
    more_labels: String,
    assignees: &'a [String],
    /// The open issues that it waits for.
    waits_for: Vec<ItemView<'a>>,
    /// `and 3 more` of them.
    more_waits: String,
}

/// An issue or milestone, named and linked.
#[derive(Debug, Serialize)]
pub(super) struct ItemView<'a> {
    id: &'a str,
    /// An issue's title without its id, a milestone's whole.
    title: &'a str,
    link: String,
    status: StatusView,
    /// As `overdue by 7 days`; empty where it is not.
    late: String,
}

/// A list of items, cut where it is long.
#[derive(Debug, Serialize)]
pub(super) struct Items<'a> {
    items: Vec<ItemView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// A label.
#[derive(Debug, Serialize)]
struct Chip<'a> {
    /// Its name up to and with the `:`; empty where it has none.
    group: &'a str,
    /// The rest of its name.
    name: &'a str,
    link: &'a str,
    /// The class that gives it its colour.
    class: &'a str,
}

/// How many open blockers a row names.
const MOST_WAITS: usize = 3;

/// An issue in a table.
pub(super) fn issue_row<'a>(here: &Here<'a>, ix: IssueIx) -> IssueRow<'a> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    let labels = issue.labels();
    IssueRow {
        id: issue.id.as_str(),
        title: issue.short_title(),
        link: here.issue(ix),
        status: facts.status.into(),
        due: due(here, issue.due_on, facts.status, facts.overdue, facts.slip),
        labels: labels.iter().take(MOST_CHIPS).map(|label| chip(here, label.to)).collect(),
        more_labels: and_more(labels.len(), MOST_CHIPS),
        assignees: issue.assignees(),
        waits_for: facts.waiting_for.iter().take(MOST_WAITS).map(|ix| issue_item(here, *ix)).collect(),
        more_waits: and_more(facts.waiting_for.len(), MOST_WAITS),
    }
}

/// An issue, named and linked.
pub(super) fn issue_item<'a>(here: &Here<'a>, ix: IssueIx) -> ItemView<'a> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    ItemView {
        id: issue.id.as_str(),
        title: issue.short_title(),
        link: here.issue(ix),
        status: facts.status.into(),
        late: due(here, issue.due_on, facts.status, facts.overdue, None).into_late(),
    }
}

/// A milestone, named and linked.
pub(super) fn milestone_item<'a>(here: &Here<'a>, ix: MilestoneIx) -> ItemView<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    ItemView {
        id: milestone.id.as_str(),
        title: &milestone.title,
        link: here.milestone(ix),
        status: facts.status.into(),
        late: due(here, milestone.known_due_on(), facts.status, facts.overdue, None).into_late(),
    }
}

/// Issues, each once, cut where they are many.
pub(super) fn issue_items<'a>(here: &Here<'a>, list: impl IntoIterator<Item = IssueIx>) -> Items<'a> {
    let list = once(list);
    Items {
        more: and_more(list.len(), MOST_ITEMS),
        items: list.into_iter().take(MOST_ITEMS).map(|ix| issue_item(here, ix)).collect(),
    }
}

/// Milestones, each once, cut where they are many.
pub(super) fn milestone_items<'a>(here: &Here<'a>, list: impl IntoIterator<Item = MilestoneIx>) -> Items<'a> {
    let list = once(list);
    Items {
        more: and_more(list.len(), MOST_ITEMS),
        items: list.into_iter().take(MOST_ITEMS).map(|ix| milestone_item(here, ix)).collect(),
    }
}

/// A list without doubles, in the order of their first places.
fn once<T: Copy + Ord>(list: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    list.into_iter().filter(|item| seen.insert(*item)).collect()
}

/// A label.
pub(super) fn chip(here: &Here<'_>, ix: LabelIx) -> Made {
    here.places.chip(ix, here.root).unwrap_or_else(|| made_chip(here.roadmap, here.places, ix, here.root))
}

/// A label for pages from which the way to the site's folder is `root`.
pub(super) fn made_chip(roadmap: &Roadmap, places: &SitePlaces, ix: LabelIx, root: &str) -> Made {
    let name = roadmap.labels[ix.0].name.as_str();
    let split = name.find(':').map_or(0, |at| at + 1);
    let split = if split == name.len() { 0 } else { split };
    Made::new(&Chip {
        group: &name[..split],
        name: &name[split..],
        link: &[root, &places.label(ix, 0)].concat(),
        class: places.label_slug(ix),
    })
}
