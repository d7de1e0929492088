//! The bar of one row: from its start to its due date, faded over what is stated less exactly than as a day.

use super::{
    super::{
        axis::Axis,
        marks,
        svg::{Px, Svg},
    },
    Row,
};
use crate::model::{Day, When};

/// The steps in which a bar fades.
const STEPS: [&str; 5] = ["fade fade-1", "fade fade-2", "fade fade-3", "fade fade-4", "fade fade-5"];

/// Where a bar lies and how large its parts are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Where the days begin.
    pub(super) left: Px,
    /// The middle of the bar.
    pub(super) y: Px,
    /// Half of its height.
    pub(super) half: Px,
    /// Half of the diamond's width.
    pub(super) diamond: Px,
    /// How far a bar without an end goes on.
    pub(super) open: Px,
    /// How round its corners are.
    pub(super) radius: Px,
}

/// The class of the diamond: hollow where it stands for a month, a quarter or a year.
pub(super) fn due_class(row: &Row) -> &'static str {
    if row.due.is_some_and(When::is_coarse) { "due span" } else { "due" }
}

/// Where it was first to be done, where that is shown: it moved, or has no due date any more.
pub(super) fn planned(row: &Row) -> Option<Day> {
    let planned = row.planned.filter(|_| row.slip.is_some() || row.due_last().is_none());
    planned.and_then(When::last)
}

/// The bar from start to due and its done share; of what lacks one of the two, what is known.
pub(super) fn draw(svg: &mut Svg, row: &Row, axis: &Axis, frame: Frame) {
    let Frame { left, y, half, .. } = frame;
    let span = |when: Option<When>| {
        let when = when?;
        Some((axis.x(when.first()?), axis.x(when.last()?)))
    };
    match (span(row.start), span(row.due)) {
        (Some(start), Some(due)) => {
            let is_whole = start.0 == start.1 && due.0 == due.1;
            let from = if is_whole { start.1 } else { start.1.min(due.1) };
            let to = due.0.max(start.1);
            fade(svg, frame, (from, start.0));
            if to > from + 2 || is_whole {
                svg.rect("track", from, y - half, (to - from).max(2), half * 2, frame.radius);
            }
            fade(svg, frame, (to, due.1));
            let width = (due.1 - from).max(2);
            if let Some((done, all)) = row.share.filter(|(done, _)| *done > 0) {
                let share = (width * done as Px / all.max(1) as Px).max(2);
                svg.rect("share", from, y - half, share, half * 2, frame.radius);
            }
        }
        (Some((first, start)), None) => {
            fade(svg, frame, (start, first));
            let (end, top, bottom) = (start + frame.open, y - half, y + half);
            svg.path("open-end", &format!("M{end} {top}H{start}V{bottom}h{}", frame.open));
        }
        (None, Some((first, due))) => {
            let end = if first < due { first } else { due - frame.diamond };
            svg.path("leader", &format!("M{left} {y}H{end}"));
            fade(svg, frame, (first, due));
        }
        (None, None) => {}
    }
}

/// A hollow bar around `y`, from the days of an earlier revision; a diamond where it was only due.
pub(super) fn base(svg: &mut Svg, row: &Row, axis: &Axis, y: Px, half: Px) {
    let Some(base) = row.base else { return };
    let x = |day: Option<Day>| day.map(|day| axis.x(day));
    match (x(base.start.and_then(When::first)), x(base.due.and_then(When::last))) {
        (Some(start), Some(due)) => svg.rect("base", start, y - half, (due - start).max(2), half * 2, 2),
        (Some(start), None) => {
            svg.path("base", &format!("M{} {}H{start}V{}h40", start + 40, y - half, y + half));
        }
        (None, Some(due)) => svg.path("base", &marks::Diamond(due, y, half + 1)),
        (None, None) => {}
    }
}

/// A bar that grows pale from one place to another.
fn fade(svg: &mut Svg, frame: Frame, (from, to): (Px, Px)) {
    let at = |step: usize| from + (to - from) * step as Px / STEPS.len() as Px;
    for (step, class) in STEPS.into_iter().enumerate() {
        let (one, other) = (at(step), at(step + 1));
        let (x, width) = (one.min(other), (one - other).abs());
        if width > 0 {
            svg.rect(class, x, frame.y - frame.half, width, frame.half * 2, 0);
        }
    }
}
