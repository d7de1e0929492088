//! Arrows between milestones: from the due date of what is waited for to the start of what waits, cut at the edges of groups.

use std::ops::Range;

use super::{Kind, Lanes, bar::MILESTONE, track::Track};
use crate::{
    model::{MilestoneIx, When},
    render::picture::{
        broken::{Judge, targets},
        svg::{Px, Value},
    },
};

/// How far an arrow goes on before it turns, in hundredths of a percent.
const STUB: Px = 60;

/// The most pieces of a page. The ways of further arrows would hide each other; the table tells of them.
const MOST_PIECES: usize = 400;

/// An arrow between two groups.
struct Arrow {
    from: usize,
    to: usize,
    /// Where it leaves, and where it arrives.
    exit: Px,
    entry: Px,
    broken: bool,
}

/// The pieces behind each group.
pub(super) fn behind(lanes: &Lanes<'_>) -> Vec<String> {
    let mut behind: Vec<_> = lanes.groups.iter().map(|_| Track::part()).collect();
    if lanes.kind == Kind::Bars {
        let mut arrows = arrows(lanes);
        arrows.sort_by_key(|arrow| arrow.from.abs_diff(arrow.to));
        let mut pieces = 0;
        for arrow in arrows {
            pieces += arrow.from.abs_diff(arrow.to) + 4;
            if pieces > MOST_PIECES {
                break;
            }
            arrow.draw(&mut behind);
        }
    }
    behind.into_iter().map(Track::into_part).collect()
}

fn arrows(lanes: &Lanes<'_>) -> Vec<Arrow> {
    let judge = Judge::new(lanes.roadmap, lanes.facts);
    let place = |ix: MilestoneIx| lanes.groups.iter().position(|group| group.milestone == Some(ix));
    let mut arrows = Vec::new();
    for (to, group) in lanes.groups.iter().enumerate() {
        let Some(ix) = group.milestone else { continue };
        for blocker in targets(&lanes.roadmap.milestones[ix.0].blocked_by) {
            let Some(from) = place(blocker).filter(|from| *from != to) else { continue };
            if let (Some((_, exit)), Some((entry, _))) = (ends(lanes, blocker), ends(lanes, ix)) {
                arrows.push(Arrow { from, to, exit, entry, broken: judge.milestone(ix, blocker) });
            }
        }
    }
    arrows
}

/// Where the bar of a milestone begins and ends.
fn ends(lanes: &Lanes<'_>, ix: MilestoneIx) -> Option<(Px, Px)> {
    let item = lanes.milestone(ix);
    let start = item.start.and_then(When::first).map(|day| lanes.axis.x(day));
    let due = item.due.and_then(When::last).map(|day| lanes.axis.x(day));
    Some((start.or(due)?, due.or(start)?))
}

impl Arrow {
    fn draw(&self, behind: &mut [Track]) {
        let class = if self.broken { "arrow broken" } else { "arrow" };
        let (middle, start, end): (&dyn Value, &dyn Value, &dyn Value) = (&MILESTONE.middle, &"0", &"100%");
        // The diamond is as wide as a stub.
        let (exit, trunk, entry) = (self.exit, (self.exit + 2 * STUB).min(10_000), self.entry);
        let is_down = self.to > self.from;
        let (leaves, arrives) = if is_down { ((middle, end), start) } else { ((start, middle), end) };
        behind[self.from].line(class, (exit, trunk), (middle, middle));
        behind[self.from].line(class, (trunk, trunk), leaves);
        let between: Range<usize> = if is_down { self.from + 1..self.to } else { self.to + 1..self.from };
        for passed in between {
            behind[passed].line(class, (trunk, trunk), (start, end));
        }
        let at = &mut behind[self.to];
        if entry > trunk + STUB {
            at.line(class, (trunk, trunk), if is_down { (arrives, middle) } else { (middle, arrives) });
            at.line(class, (trunk, entry), (middle, middle));
        } else {
            // Along the upper edge, and in from the left: further down, rows may be opened.
            let (edge, before): (&dyn Value, _) = (&"5", (entry - 2 * STUB).max(0));
            at.line(class, (trunk, trunk), if is_down { (arrives, edge) } else { (edge, arrives) });
            at.line(class, (before.min(trunk), before.max(trunk)), (edge, edge));
            at.line(class, (before, before), (edge, middle));
            at.line(class, (before, entry), (middle, middle));
        }
        let head = if self.broken { "arrow-head broken" } else { "arrow-head" };
        at.shape(head, entry, MILESTONE.middle, &"M-1 0l-7-4v8z");
    }
}
