//! The small shapes that all pictures share: a sign for each status, diamonds, arrows, a legend.

use super::{
    class,
    svg::{Px, Svg},
    text,
};
use crate::{facts::Status, model::Day};

/// The font size of names.
pub(super) const BIG: Px = 13;

/// The font size of all else.
pub(super) const SMALL: Px = 11;

/// The sign of a status: an open circle (ready), a half one (in progress), a full one with a tick (done), one with a bar
/// (blocked), a dashed one (unknown), one with a cross (dropped). It is 12 wide and high.
pub(super) fn sign(svg: &mut Svg, status: Status, x: Px, y: Px) {
    svg.open("g", &[("class", &format!("sign {}", class(status)))]);
    mark(svg, status, x, y);
    svg.close();
}

/// The same inside something that has the class of the status.
pub(super) fn mark(svg: &mut Svg, status: Status, x: Px, y: Px) {
    svg.leaf("circle", &[("cx", &x), ("cy", &y), ("r", &6)]);
    match status {
        Status::Done => svg.path("tick", &format!("M{} {y}l2 3 4 -5", x - 3)),
        Status::InProgress => svg.path("half", &format!("M{x} {}a6 6 0 0 1 0 12z", y - 6)),
        Status::Blocked => svg.path("stop", &format!("M{} {y}h6", x - 3)),
        Status::Dropped => svg.path("tick", &format!("M{} {}l5 5m0 -5l-5 5", x - 2, y - 2)),
        Status::Ready | Status::Unknown => {}
    }
}

/// A diamond around a point.
pub(super) fn diamond(x: Px, y: Px, half: Px) -> String {
    format!("M{x} {}l{half} {half} -{half} {half} -{half} -{half}z", y - half)
}

/// A cross around a point.
pub(super) fn cross(x: Px, y: Px) -> String {
    format!("M{} {}l8 8m0 -8l-8 8", x - 4, y - 4)
}

/// A triangle that stands on its side, with a stroke in it: something is late.
pub(super) fn warning(svg: &mut Svg, x: Px, y: Px) {
    svg.path("warning", &format!("M{} {}l6 -11 6 11zm6 -7v3m0 2v1", x - 6, y + 5));
}

/// The line of the day that everything speaks for, from `top` down to `bottom`, with its day on a flag above.
pub(super) fn as_of(svg: &mut Svg, day: Day, x: Px, (top, bottom): (Px, Px), (left, right): (Px, Px)) {
    let words = format!("as of {day}");
    let half = text::bold_width(&words, SMALL) / 2 + 8;
    let middle = x.clamp(left + half, (right - half).max(left + half));
    svg.open("g", &[("class", &"as-of")]);
    svg.path("line", &format!("M{x} {}V{bottom}", top + 18));
    svg.rect("flag", middle - half, top, half * 2, 20, 4);
    svg.anchored("small", "middle", middle, top + 14, &words);
    svg.close();
}

/// A line through corners, each one rounded.
pub(super) fn rounded(points: &[(Px, Px)]) -> String {
    let mut path = String::new();
    for (ix, &(x, y)) in points.iter().enumerate() {
        let (Some(&before), Some(&after)) =
            (ix.checked_sub(1).and_then(|ix| points.get(ix)), points.get(ix + 1))
        else {
            path.push_str(&format!("{}{x} {y}", if ix == 0 { 'M' } else { 'L' }));
            continue;
        };
        let radius = 5.min(reach((x, y), before)).min(reach((x, y), after));
        let (from, to) = (towards((x, y), before, radius), towards((x, y), after, radius));
        path.push_str(&format!("L{} {}Q{x} {y} {} {}", from.0, from.1, to.0, to.1));
    }
    path
}

/// Half of the way between two corners that lie on one line across or down.
fn reach(a: (Px, Px), b: (Px, Px)) -> Px {
    (a.0 - b.0).abs().max((a.1 - b.1).abs()) / 2
}

fn towards(from: (Px, Px), to: (Px, Px), by: Px) -> (Px, Px) {
    (from.0 + (to.0 - from.0).signum() * by, from.1 + (to.1 - from.1).signum() * by)
}

/// The head of an arrow that comes from the left.
pub(super) fn head(x: Px, y: Px) -> String {
    format!("M{} {}l5 4 -5 4", x - 5, y - 4)
}

/// What a legend can explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// The done share of a bar.
    Done,
    /// A due day.
    Due,
    /// A month, a quarter or a year in which something is due.
    Span,
    /// The day that was first planned.
    Planned,
    /// The days of an earlier revision.
    Base,
    /// What passed since a due day.
    Late,
    /// A dependency.
    Arrow,
    /// A dependency whose days contradict it.
    Broken,
    /// How something stands.
    Status(Status),
    /// A chain of what waits for each other that is drawn heavy, and what it is called.
    Chain(&'static str),
    /// A line whose days contradict it.
    Contradicted,
    /// Things that wait for each other.
    Cycle,
    /// What belongs to another milestone.
    Outside,
    /// How many wait.
    Helps,
}

impl Key {
    fn words(self) -> &'static str {
        match self {
            Self::Done => "done share",
            Self::Due => "due day",
            Self::Span => "due within these days",
            Self::Planned => "first planned",
            Self::Base => "baseline",
            Self::Late => "overdue",
            Self::Arrow => "is needed by",
            Self::Broken => "broken: the days contradict it",
            Self::Status(status) => status.words(),
            Self::Chain(name) => name,
            Self::Contradicted => "the days contradict it",
            Self::Cycle => "cycle",
            Self::Outside => "of another milestone",
            Self::Helps => "how many wait for it, directly or through others",
        }
    }

    fn draw(self, svg: &mut Svg, x: Px, y: Px) {
        let line = format!("M{x} {y}h22");
        let arrow = format!("{line}{}", head(x + 22, y));
        match self {
            Self::Done => {
                svg.rect("track status-progress", x, y - 5, 22, 10, 3);
                svg.rect("share", x, y - 5, 12, 10, 3);
            }
            Self::Due => svg.path("due status-ready", &diamond(x + 11, y, 6)),
            Self::Span => {
                (0..4).for_each(|step| {
                    svg.rect(&format!("fade fade-{} status-ready", step + 1), x + step * 4, y - 5, 4, 10, 0);
                });
                svg.path("due span status-ready", &diamond(x + 16, y, 6));
            }
            Self::Planned => svg.path("ghost", &format!("M{} {y}h16{}", x + 6, diamond(x + 5, y, 5))),
            Self::Base => svg.rect("base", x, y - 4, 22, 8, 2),
            Self::Late => svg.path("late", &line),
            Self::Arrow => svg.path("arrow", &arrow),
            Self::Broken => svg.path("arrow broken", &format!("{arrow}{}", cross(x + 8, y))),
            Self::Status(status) => sign(svg, status, x + 14, y),
            Self::Chain(_) => svg.path("line critical", &line),
            Self::Contradicted => svg.path("line broken", &line),
            Self::Cycle => svg.rect("cycle-key", x, y - 6, 22, 12, 3),
            Self::Outside => {
                svg.open("g", &[("class", &"node outside")]);
                svg.rect("hit", x, y - 6, 22, 12, 3);
                svg.close();
            }
            Self::Helps => svg.anchored("strong", "end", x + 22, y + 4, "9"),
        }
    }
}

/// Explains signs on one line or more; returns the height that it took.
pub(super) fn legend(svg: &mut Svg, left: Px, top: Px, right: Px, keys: &[Key]) -> Px {
    let (mut x, mut y) = (left, top);
    svg.open("g", &[("class", &"legend"), ("aria-hidden", &"true")]);
    for key in keys {
        let width = 30 + text::width(key.words(), SMALL);
        if x > left && x + width > right {
            (x, y) = (left, y + 20);
        }
        key.draw(svg, x, y + 10);
        svg.text("small", x + 30, y + 14, key.words());
        x += width + 22;
    }
    svg.close();
    y + 20 - top
}

/// The height that [`legend`] will take.
pub(super) fn legend_height(left: Px, right: Px, keys: &[Key]) -> Px {
    let mut unseen = Svg::group("", 0, 0, "");
    legend(&mut unseen, left, 0, right, keys)
}
