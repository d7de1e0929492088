//! How due dates moved, on the page of changes: the chart, the same facts as a table, and each move.

use serde::Serialize;

use super::{PageContext, drawn::FactsView, words::and_more};
use crate::{
    data::Slips,
    model::{MilestoneIx, Target},
    render::picture::slips,
};

/// How wide the chart is at most.
const WIDTH: i64 = 960;

/// How many milestones and moves the tables list: beside them the page still has less than 3,000 elements.
const MOST_ROWS: usize = 20;
const MOST_MOVES: usize = 40;

/// What the page shows of slips.
#[derive(Debug, Serialize)]
pub(super) struct SlipsView<'a> {
    chart: FactsView,
    moves: Vec<MoveView<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
}

/// One move.
#[derive(Debug, Serialize)]
struct MoveView<'a> {
    day: String,
    /// The milestone's id, or its title where the id repeats that.
    name: &'a str,
    /// Empty where the milestone is gone.
    link: String,
    words: String,
    notice: String,
    /// As much of its name as people need; empty for the working tree.
    commit: &'a str,
    /// Empty where it may not be shown.
    subject: &'a str,
}

/// The slips, for this page; `None` where no due date moved.
pub(super) fn slips_view<'a>(here: &PageContext<'_>, of: &'a Slips) -> Option<SlipsView<'a>> {
    let link = |id: &str| link(here, id);
    let picture = slips::slips(of, WIDTH, &link)?;
    let moves = of.moves();
    let more = and_more(moves.len(), MOST_MOVES);
    let view = |(slip, one): (&'a crate::data::Slip, &'a crate::data::Move)| MoveView {
        day: one.on.to_string(),
        name: slip.short_name(),
        link: link(&slip.id),
        words: one.words(),
        notice: one.notice_words(),
        commit: one.short_commit(),
        subject: one.subject.as_deref().unwrap_or_default(),
    };
    let moves = moves.into_iter().take(MOST_MOVES).map(view).collect();
    Some(SlipsView { chart: FactsView::with(picture, MOST_ROWS), moves, more })
}

/// The page of a milestone; empty where it is gone.
fn link(here: &PageContext<'_>, id: &str) -> String {
    let mut all = here.roadmap.milestones.iter();
    let found = all.position(|milestone| milestone.id.as_str().eq_ignore_ascii_case(id));
    found.map(|ix| here.item(Target::Milestone(MilestoneIx(ix)))).unwrap_or_default()
}
