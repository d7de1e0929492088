//! One row of a table: which item it speaks of, and what its columns hold.

use std::collections::BTreeSet;

use super::is_same;
use crate::{
    markdown::read::Cell,
    model::{IssueIx, MilestoneIx, Target, id_in_title},
    render::Renderer,
    rules::mentions::KnownIds,
};

/// What a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// An issue.
    Issue(IssueIx),
    /// A milestone.
    Milestone(MilestoneIx),
}

/// What a column holds, as its head says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// What items are called; their ids may stand before it.
    Title,
    /// The labels of issues.
    Labels,
    /// The milestones of issues, or a milestone itself.
    Milestone,
    /// How many issues a milestone has.
    Count,
    /// What milestones are about.
    Description,
    /// Ids of issues or milestones, or their numbers.
    Id,
    /// Whatever else.
    Other,
}

impl Column {
    /// The column under a head.
    pub(super) fn of(head: &str) -> Self {
        match head.trim().trim_end_matches(':').to_lowercase().as_str() {
            "title" | "name" | "issue title" | "milestone title" | "milestone name" => Self::Title,
            "labels" | "label" => Self::Labels,
            "milestone" => Self::Milestone,
            "issues" | "issue count" | "# issues" | "number of issues" => Self::Count,
            "description" => Self::Description,
            "#" | "id" | "key" | "no" | "no." | "nr" | "nr." | "issue" | "issue #" | "issue id" => Self::Id,
            _ => Self::Other,
        }
    }
}

impl Column {
    /// Whether what a row is about stands in the column.
    fn names_the_row(self) -> bool {
        matches!(self, Self::Id | Self::Title | Self::Milestone)
    }
}

/// The item that a row speaks of; none where it names none, or one that there is not.
pub(super) fn subject(
    known: &KnownIds,
    renderer: &Renderer,
    columns: &[Column],
    row: &[Cell],
) -> Option<Subject> {
    let is_of_issues = columns.contains(&Column::Labels);
    let mut milestone = None;
    // Ids in other columns are spoken of, as in "waits for"; the first one is what a row is about, whatever its head.
    let speaks = |(at, (column, _)): &(usize, (&Column, &Cell))| *at == 0 || column.names_the_row();
    for (_, (column, cell)) in columns.iter().zip(row).enumerate().filter(speaks) {
        let name = id_in_title(&cell.text).unwrap_or(&cell.text);
        match known.target(name) {
            Some(Target::Issue(ix)) => return Some(Subject::Issue(ix)),
            Some(Target::Milestone(ix)) => milestone = milestone.or(Some(ix)),
            None if known.is_id(name) => return None,
            None if matches!(column, Column::Title | Column::Milestone) => {
                let same = renderer.roadmap.milestones().find(|(_, it)| is_same(&it.title, &cell.text));
                milestone = milestone.or(same.map(|(ix, _)| ix));
            }
            None => {}
        }
    }
    milestone.filter(|_| !is_of_issues).map(Subject::Milestone)
}

/// How a cell of labels differs from an issue's labels, in words behind the issue's name; `None` where it does not.
pub(super) fn label_difference(cell: &str, names: &[&str]) -> Option<String> {
    let own: BTreeSet<_> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut claimed = BTreeSet::new();
    for part in cell.split([',', ';', '·']).map(str::trim).filter(|part| !["", "-", "–", "—"].contains(part))
    {
        let lower = part.to_lowercase();
        if own.contains(&lower) || !lower.contains(' ') {
            claimed.insert(lower);
        } else {
            claimed.extend(lower.split_whitespace().map(str::to_owned));
        }
    }
    let listed = |names: Vec<&String>| {
        names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let (missing, wrong) =
        (listed(own.difference(&claimed).collect()), listed(claimed.difference(&own).collect()));
    match (missing.is_empty(), wrong.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("has {missing} as well")),
        (true, false) => Some(format!("does not have {wrong}")),
        (false, false) => Some(format!("has {missing}, not {wrong}")),
    }
}
