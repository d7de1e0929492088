//! Which milestone has how many issues of each label of a group, as shades.

use std::borrow::Cow;

use serde::Serialize;

use crate::{
    model::{IssueIx, LabelGroup, MilestoneIx},
    render::site::{
        PageContext,
        grouping::Grouping,
        known::Extent,
        milestone_table::{Cell, cells},
    },
    words::{self, counted, say, word},
};

/// How many milestones have a row: those with the most.
const MOST_ROWS: usize = 20;

/// A row for each milestone, a column for each label.
#[derive(Debug, Serialize)]
pub(super) struct Heat<'a> {
    /// As `Open issues by milestone`.
    #[serde(serialize_with = "words::serialize")]
    title: &'static str,
    columns: Vec<Cow<'a, str>>,
    rows: Vec<Row<'a>>,
    /// As `and 3 more milestones`; empty where all are shown.
    more: String,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    title: &'a str,
    link: String,
    cells: Vec<Cell>,
}

/// How many issues of a milestone have each label.
type Counts = (MilestoneIx, Vec<usize>);

/// The table of a group of at most so many elements, less which it takes; `None` where it would say nothing.
pub(super) fn heat<'a>(here: &PageContext<'a>, group: &LabelGroup, room: &mut usize) -> Option<Heat<'a>> {
    let known = here.known();
    let group = known.groups.iter().find(|known| known.prefix.eq_ignore_ascii_case(&group.prefix))?;
    let has_states = known.states != Extent::None;
    let mut rows = counts(here, group);
    let is_spread = |(_, counts): &Counts| counts.iter().filter(|count| **count > 0).count() > 1;
    let of_row = 3 + 2 * group.slots.len();
    let most = MOST_ROWS.min((*room / of_row).saturating_sub(1));
    if rows.len() < 2 || most < 2 || !rows.iter().any(is_spread) {
        return None;
    }
    // A label that none of them has would be an empty column.
    let used: Vec<_> =
        (0..group.slots.len()).filter(|at| rows.iter().any(|(_, counts)| counts[*at] > 0)).collect();
    let left = rows.len().saturating_sub(most);
    rows.sort_by_key(|(ix, counts)| (std::cmp::Reverse(counts.iter().sum::<usize>()), *ix));
    rows.truncate(most);
    rows.sort_by_key(|(ix, _)| *ix);
    *room -= (rows.len() + 1) * of_row;
    let darkest = rows.iter().flat_map(|(_, counts)| counts.iter().copied()).max()?;
    let row = |(ix, counts): Counts| Row {
        title: &here.roadmap.milestones[ix.0].title,
        link: here.milestone(ix),
        cells: cells(used.iter().map(|at| counts[*at]), darkest),
    };
    Some(Heat {
        title: if has_states { word!("Open issues by milestone") } else { word!("Issues by milestone") },
        columns: used.iter().map(|at| group.slots[*at].said()).collect(),
        rows: rows.into_iter().map(row).collect(),
        more: if left > 0 { say!("and {}", counted(left, "more milestone")) } else { String::new() },
    })
}

/// The milestones with an issue that has a label of the group; where issues are done or open, the open ones count.
fn counts(here: &PageContext<'_>, group: &Grouping) -> Vec<Counts> {
    let has_states = here.known().states != Extent::None;
    let is_left = |ix: &IssueIx| !has_states || !here.facts.issue(*ix).status.is_closed();
    let counts = |ix: MilestoneIx| {
        let mut counts = group.counts(here.facts.milestone(ix).issues.iter().copied().filter(is_left));
        counts.truncate(group.slots.len());
        (ix, counts)
    };
    let all = here.roadmap.milestones().map(|(ix, _)| counts(ix));
    all.filter(|(_, counts)| counts.iter().any(|count| *count > 0)).collect()
}
