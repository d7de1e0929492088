//! The bar of a milestone or an issue: from its start to its due date, faded over what is stated less exactly than as a day.

use super::{
    class,
    item::Item,
    track::{MIDDLE, NARROW, Track},
};
use crate::{
    facts::{Slip, Status},
    model::{Day, When},
    render::picture::{
        axis::Axis,
        marks,
        svg::{Px, Value},
    },
    words::say,
};

/// How far before its due date a bar begins whose start nobody knows, in hundredths of a percent.
const LEADS: Px = 300;

/// How large a row and its parts are, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    height: Px,
    /// The middle of its bar.
    pub(super) middle: Px,
    /// Half of the bar's height.
    half: Px,
    /// Half of the diamond's width; none is drawn where that is 0.
    diamond: Px,
    /// Whether what was planned is shown at the bar, and no earlier revision: there is no room below.
    is_flat: bool,
}

/// The row of a milestone.
pub(super) const MILESTONE: Shape = Shape { height: 48, middle: 22, half: 8, diamond: 7, is_flat: false };

/// The row of a milestone of the small timeline.
pub(super) const SMALL: Shape = Shape { height: 34, middle: 17, half: 6, diamond: 6, is_flat: true };

/// The row of an issue.
pub(super) const ISSUE: Shape = Shape { height: 26, middle: 13, half: 6, diamond: 0, is_flat: false };

/// Where something begins and ends, in hundredths of a percent, each as a span.
struct Places {
    start: Option<(Px, Px)>,
    due: Option<(Px, Px)>,
}

/// Draws a row.
pub(super) fn draw(item: &Item, axis: &Axis, as_of: Option<Day>, shape: Shape) -> String {
    let status = item.status.map(class).unwrap_or_default();
    let below = if item.base.is_some() && item.planned.is_some() && !shape.is_flat { 12 } else { 0 };
    let mut track = Track::new(&[&"lane " as &dyn Value, &status], shape.height + below, &item.told());
    let span = |when: Option<When>| {
        let when = when?;
        Some((axis.x(when.first()?), axis.x(when.last()?)))
    };
    let closed = item.closed.map(|day| (axis.x(day), axis.x(day)));
    let places = Places { start: span(item.start), due: span(item.due).or(closed) };
    let Some((from, mut to)) = bar(&mut track, item, &places, axis, as_of, shape) else {
        return track.finish();
    };
    if let Some(as_of) = as_of.filter(|_| item.overdue.is_some()).map(|day| axis.x(day)) {
        track.line("late", (to, as_of.max(to)), (&shape.middle, &shape.middle));
        to = as_of.max(to);
    }
    if let Some((_, due)) =
        places.due.filter(|_| shape.diamond > 0 && !item.derived_due && item.due.is_some())
    {
        let class = if item.due.is_some_and(When::is_coarse) { "due span" } else { "due" };
        track.shape(class, due, shape.middle, &marks::Diamond(0, 0, shape.diamond));
    }
    let first = item.planned.and_then(When::last).map(|day| axis.x(day));
    if shape.is_flat {
        if let Some(first) = first {
            track.shape("ghost", first, shape.middle, &marks::Diamond(0, 0, shape.diamond));
        }
        to = first.map_or(to, |first| to.max(first));
    } else {
        base(&mut track, item, axis);
        if let Some(first) = first {
            planned(&mut track, item, first, &places, 38 + below);
        }
    }
    beside(&mut track, item, (from, to), shape);
    track.finish()
}

/// What is said beside a bar: by how much it is late, else by how much it moved where that is not said below, else who has it.
fn beside(track: &mut Track, item: &Item, bar: (Px, Px), shape: Shape) {
    let (dx, y) = (8 + shape.diamond, shape.middle + 4);
    match (item.overdue, item.slip.filter(|_| shape.is_flat)) {
        (Some(days), _) => {
            track.beside(("small late-words", NARROW), bar, dx, y, &say!("overdue {days} d", days = days));
        }
        (None, Some(slip)) => track.beside(("small halo strong", NARROW), bar, dx, y, &slip.short()),
        (None, None) if !item.beside.is_empty() => {
            track.beside(("small halo beside", MIDDLE), bar, dx, y, &item.beside);
        }
        (None, None) => {}
    }
}

/// The bar itself, and where it begins and ends; `None` where no day is known.
fn bar(
    track: &mut Track,
    item: &Item,
    places: &Places,
    axis: &Axis,
    as_of: Option<Day>,
    shape: Shape,
) -> Option<(Px, Px)> {
    let class = match item.status {
        _ if item.is_derived() => "track derived",
        // What is done without parts of its own is done as a whole.
        Some(Status::Done) if item.share.is_none() => "share",
        _ => "track",
    };
    let mut pen = Pen { track, class, top: shape.middle - shape.half, height: shape.half * 2 };
    match (places.start, places.due) {
        (Some(start), Some(due)) => Some(pen.between(start, due, item.share)),
        (Some((first, start)), None) => {
            // It goes on to this day; what is to begin after it only begins.
            let last = as_of.map(|day| axis.x(day)).filter(|day| *day > start);
            let is_open = item.status.is_none_or(|status| !status.is_closed());
            let end = last.unwrap_or(if is_open { axis.x(axis.last()) } else { start });
            pen.fade(start, first);
            match is_open {
                true => pen.fade(start, end),
                false => pen.solid(class, start, start),
            }
            Some((first, if is_open { end } else { start }))
        }
        (None, Some((first, due))) => {
            pen.fade(first, (first - LEADS).max(0));
            pen.fade(first, due);
            Some(((first - LEADS).max(0), due))
        }
        (None, None) => None,
    }
}

/// What the pieces of a bar have in common.
struct Pen<'t> {
    track: &'t mut Track,
    /// The class of what is no share.
    class: &'static str,
    top: Px,
    height: Px,
}

impl Pen<'_> {
    /// A bar with both ends, and how much of it is done; says where it begins and ends.
    fn between(&mut self, start: (Px, Px), due: (Px, Px), share: Option<(usize, usize)>) -> (Px, Px) {
        let is_whole = start.0 == start.1 && due.0 == due.1;
        let from = if is_whole { start.1 } else { start.1.min(due.1) };
        let to = due.0.max(start.1);
        self.fade(from, start.0);
        if to > from || is_whole {
            self.solid(self.class, from, to);
        }
        self.fade(to, due.1);
        if let Some((done, all)) = share.filter(|(done, _)| *done > 0) {
            let share = (due.1 - from) * done as Px / all.max(1) as Px;
            self.solid("share", from, from + share);
        }
        (from.min(start.0), due.1)
    }

    fn solid(&mut self, class: &'static str, from: Px, to: Px) {
        self.track.rect(class, from, to, self.top, self.height);
    }

    /// A piece that grows pale from one place to another, by a mask that the page has.
    fn fade(&mut self, from: Px, to: Px) {
        if from != to {
            let class = if from < to { "fading" } else { "rising" };
            self.track.named_rect(&class, (from.min(to), from.max(to)), self.top, self.height, "");
        }
    }
}

/// A hollow bar of the days of an earlier revision; a diamond where it was only due.
fn base(track: &mut Track, item: &Item, axis: &Axis) {
    let Some((start, due)) = item.base else { return };
    let (start, due) = (start.and_then(When::first), due.and_then(When::last));
    match (start.map(|day| axis.x(day)), due.map(|day| axis.x(day))) {
        (Some(start), Some(due)) => track.rect("base", start, due, 36, 6),
        (None, Some(due)) | (Some(due), None) => track.shape("base", due, 39, &marks::Diamond(0, 0, 4)),
        (None, None) => {}
    }
}

/// A dashed diamond where it was first to be done, a line from there, and by how much it moved.
fn planned(track: &mut Track, item: &Item, planned: Px, places: &Places, y: Px) {
    let due = places.due.map_or(planned, |(_, due)| due);
    if due != planned {
        track.line("ghost", (planned, due), (&y, &y));
    }
    track.shape("ghost", planned, y, &marks::Diamond(0, 0, 5));
    let unknown = || match item.due {
        Some(_) => say!("first planned, later now"),
        None => say!("first planned, no due date now"),
    };
    let words = item.slip.map_or_else(unknown, Slip::short);
    track.beside(("small halo strong", NARROW), (planned.min(due), planned.max(due)), 20, y + 4, &words);
}
