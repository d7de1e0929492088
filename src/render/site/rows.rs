//! Items as other pages show them: an issue in a list, a milestone by its name, a label.

use crate::render::status::StatusView;
use crate::words::{self, say};
use serde::Serialize;
use std::borrow::Cow;

use super::{
    Fragment, PageContext,
    words::{DueView, and_more, due, late},
};
use crate::{
    model::{Elsewhere, Issue, IssueIx, LabelIx, MilestoneIx},
    report::Diagnostic,
};

/// How many labels a row shows; the rest is a count.
const MOST_CHIPS: usize = 3;

/// How many items stand in a list beside others; the rest is a count.
pub(super) const MOST_ITEMS: usize = 100;

/// How many more an issue's page names in a folded list; the rest is a count.
const MOST_FOLDED: usize = 900;

/// An issue in a list: what the component `row` may know.
#[derive(Debug, Serialize)]
struct IssueRow<'a> {
    /// Empty where it only repeats the title.
    id: &'a str,
    /// The title without its id.
    title: Cow<'a, str>,
    link: String,
    /// `None` where nobody says.
    status: Option<StatusView>,
    due: DueView,
    labels: Vec<Fragment>,
    /// `and 3 more` labels; empty where all are shown.
    more_labels: String,
    assignees: &'a [String],
    /// The open issues that it waits for, and those in other repositories that are not known to be closed.
    waits_for: Vec<ItemView<'a>>,
    /// `and 3 more` of them.
    more_waits: String,
}

/// An issue or milestone, named and linked.
#[derive(Debug, Serialize)]
pub(super) struct ItemView<'a> {
    /// Empty where it only repeats the title.
    id: &'a str,
    /// Its id, or its title where the id repeats that: for where one of them has to do.
    name: &'a str,
    /// An issue's title without its id, a milestone's whole.
    title: Cow<'a, str>,
    link: String,
    /// `None` where nobody says.
    status: Option<StatusView>,
    /// As `overdue by 7 days`; empty where it is not.
    late: String,
}

/// A list of items, cut where it is long.
#[derive(Debug, Serialize)]
pub(super) struct Items<'a> {
    items: Vec<ItemView<'a>>,
    /// As `100 more`: what the folded ones stand under; empty where there is none.
    fold: String,
    folded: Vec<Named<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// An issue by its name alone.
#[derive(Debug, Serialize)]
struct Named<'a> {
    name: &'a str,
    /// The title without its id.
    title: &'a str,
    link: String,
}

impl Items<'_> {
    /// How many are shown.
    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// A label: what the components `chip` and `tag` may know.
#[derive(Debug, Serialize)]
struct Chip<'a> {
    /// Its name up to and with the `:`; empty where it has none.
    group: &'a str,
    /// The rest of its name.
    name: &'a str,
    link: &'a str,
    /// The class that gives it its colour.
    class: &'a str,
    /// HTML: what the component `chip` made of it; `None` before.
    html: Option<Fragment>,
    /// HTML without a link: what the component `tag` made of it; `None` before.
    tag: Option<Fragment>,
}

/// How many open blockers a row names.
const MOST_WAITS: usize = 2;

/// An issue in a list, as HTML.
pub(super) fn row(here: &PageContext<'_>, ix: IssueIx) -> Result<Fragment, Diagnostic> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    let labels = issue.labels();
    let here_first = facts.waiting_for.iter().map(|ix| issue_item(here, *ix));
    let elsewhere = issue.waiting_elsewhere().filter(|_| !facts.status.is_closed()).map(ItemView::from);
    let view = IssueRow {
        id: issue.own_id(),
        title: issue.short_title().into(),
        link: here.issue(ix),
        status: StatusView::of_issue(here.facts, issue, facts.status),
        due: due(here, issue.due_on, facts.status, facts.overdue, facts.slip),
        labels: labels.iter().take(MOST_CHIPS).map(|label| here.chip(label.to)).collect::<Result<_, _>>()?,
        more_labels: and_more(labels.len(), MOST_CHIPS),
        assignees: issue.assignees(),
        waits_for: here_first.chain(elsewhere).take(MOST_WAITS).collect(),
        more_waits: and_more(facts.waiting_for.len() + issue.waiting_elsewhere().count(), MOST_WAITS),
    };
    here.renderer.engine.part("row", &view)
}

/// As `T-1, T-2 +1`: what an issue that is not closed waits for; `None` where that is nothing.
pub(super) fn waits(here: &PageContext<'_>, ix: IssueIx) -> Option<String> {
    let (issue, facts) = (&here.roadmap.issues[ix.0], here.facts.issue(ix));
    let own = facts.waiting_for.iter().map(|ix| here.roadmap.issues[ix.0].short_name());
    let names = own.chain(issue.waiting_elsewhere().map(|it| it.text.as_str()));
    first_names(names).filter(|_| !facts.status.is_closed())
}

/// The first names of a list and how many more there are, as `T-1, T-2 +1`; `None` where there is none.
pub(super) fn first_names<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<String> {
    let shown: Vec<_> = names.by_ref().take(MOST_WAITS).collect();
    let more = names.count();
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    (!shown.is_empty()).then(|| shown.join(", ") + &more)
}

/// The title without its id; a blank one could not be clicked.
pub(super) fn title(issue: &Issue) -> &str {
    let title = issue.short_title();
    if title.trim().is_empty() { issue.id.as_str() } else { title }
}

/// The rows of issues, as HTML.
pub(super) fn rows<'i>(
    here: &PageContext<'_>,
    issues: impl IntoIterator<Item = &'i IssueIx>,
) -> Result<Vec<Fragment>, Diagnostic> {
    issues.into_iter().map(|ix| here.row(*ix)).collect()
}

/// An issue, named and linked.
pub(super) fn issue_item<'a>(here: &PageContext<'a>, ix: IssueIx) -> ItemView<'a> {
    let issue = &here.roadmap.issues[ix.0];
    let facts = here.facts.issue(ix);
    ItemView {
        id: issue.own_id(),
        name: issue.short_name(),
        title: issue.short_title().into(),
        link: here.issue(ix),
        status: StatusView::of_issue(here.facts, issue, facts.status),
        late: late(issue.due_on.and(facts.overdue)),
    }
}

/// An issue in another repository, as one of a row's blockers: its title is not known, what is known of its state stands there.
impl<'a> From<&'a Elsewhere> for ItemView<'a> {
    fn from(of: &'a Elsewhere) -> Self {
        Self {
            id: &of.text,
            name: &of.text,
            title: words::of(of.state_words()),
            link: of.name.url(),
            status: None,
            late: String::new(),
        }
    }
}

/// A milestone, named and linked.
pub(super) fn milestone_item<'a>(here: &PageContext<'a>, ix: MilestoneIx) -> ItemView<'a> {
    let milestone = &here.roadmap.milestones[ix.0];
    let facts = here.facts.milestone(ix);
    ItemView {
        id: milestone.own_id(),
        name: milestone.short_name(),
        title: milestone.title.as_str().into(),
        link: here.milestone(ix),
        status: StatusView::known(here.facts, facts.status),
        late: late(milestone.known_due_on().and(facts.overdue)),
    }
}

/// Issues, each once; where they are many, the others follow by name.
pub(super) fn issue_items<'a>(here: &PageContext<'a>, list: impl IntoIterator<Item = IssueIx>) -> Items<'a> {
    let list = once(list);
    let named = |ix: &IssueIx| {
        let issue = &here.roadmap.issues[ix.0];
        Named { name: issue.short_name(), title: issue.short_title(), link: here.issue(*ix) }
    };
    let folded: Vec<_> = list.iter().skip(MOST_ITEMS).take(MOST_FOLDED).map(named).collect();
    Items {
        fold: if folded.is_empty() { String::new() } else { say!("{} more", folded.len()) },
        more: and_more(list.len(), MOST_ITEMS + MOST_FOLDED),
        folded,
        ..distinct_items(here, &list)
    }
}

/// Issues of which none comes twice, cut where they are many.
pub(super) fn distinct_items<'a>(here: &PageContext<'a>, list: &[IssueIx]) -> Items<'a> {
    items_within(here, list, MOST_ITEMS)
}

/// The same with this many items at most.
pub(super) fn items_within<'a>(here: &PageContext<'a>, list: &[IssueIx], most: usize) -> Items<'a> {
    Items {
        fold: String::new(),
        folded: Vec::new(),
        more: and_more(list.len(), most),
        items: list.iter().take(most).map(|ix| issue_item(here, *ix)).collect(),
    }
}

/// Milestones, each once, cut where they are many.
pub(super) fn milestone_items<'a>(
    here: &PageContext<'a>,
    list: impl IntoIterator<Item = MilestoneIx>,
) -> Items<'a> {
    let list = once(list);
    Items {
        fold: String::new(),
        folded: Vec::new(),
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
pub(super) fn chip(here: &PageContext<'_>, ix: LabelIx) -> Result<Fragment, Diagnostic> {
    let name = here.roadmap.labels[ix.0].name.as_str();
    let split = name.find(':').map_or(0, |at| at + 1);
    let split = if split == name.len() { 0 } else { split };
    let mut chip = Chip {
        group: &name[..split],
        name: &name[split..],
        link: &here.label(ix),
        class: here.places.label_slug(ix),
        html: None,
        tag: None,
    };
    let engine = &here.renderer.engine;
    (chip.html, chip.tag) = (Some(engine.part("chip", &chip)?), Some(engine.part("tag", &chip)?));
    Ok(Fragment::new(&chip))
}
