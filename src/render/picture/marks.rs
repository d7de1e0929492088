//! The small shapes that all pictures share: a sign for each status, diamonds, arrows, a legend.

use super::{
    class,
    svg::{Px, Svg, Value},
    text,
};
use crate::words::{self, say, word};
use crate::{facts::Status, model::Day};

/// The font size of names.
pub(super) const BIG: Px = 13;

/// The font size of all else.
pub(super) const SMALL: Px = 11;

/// The sign of a status: an open circle (ready), a half one (in progress), a full one with a tick (done), one with a bar
/// (blocked), a dashed one (unknown), one with a cross (dropped). It is 12 wide and high.
pub(super) fn sign(svg: &mut Svg, status: Status, x: Px, y: Px) {
    svg.open("g", &[("class", &[&"sign " as &dyn Value, &class(status)])]);
    mark(svg, status, x, y);
    svg.close();
}

/// The same inside something that has the class of the status.
pub(super) fn mark(svg: &mut Svg, status: Status, x: Px, y: Px) {
    svg.leaf("circle", &[("cx", &x), ("cy", &y), ("r", &6)]);
    match status {
        Status::Done => svg.path("tick", &From(x - 3, y, "l2 3 4 -5")),
        Status::InProgress => svg.path("half", &From(x, y - 6, "a6 6 0 0 1 0 12z")),
        Status::Blocked => svg.path("stop", &From(x - 3, y, "h6")),
        Status::Dropped => svg.path("tick", &From(x - 2, y - 2, "l5 5m0 -5l-5 5")),
        Status::Ready | Status::Unknown => {}
    }
}

/// A path from a point on.
struct From(Px, Px, &'static str);

impl Value for From {
    fn write(&self, out: &mut String) {
        let Self(x, y, rest) = self;
        [&"M" as &dyn Value, x, &" ", y, rest].write(out);
    }
}

/// A diamond around a point, and half of its width.
pub(super) struct Diamond(pub(super) Px, pub(super) Px, pub(super) Px);

impl Value for Diamond {
    fn write(&self, out: &mut String) {
        let Self(x, y, half) = self;
        [&"M" as &dyn Value, x, &" ", &(y - half), &"l", half, &" ", half, &" -", half, &" ", half]
            .write(out);
        [&" -" as &dyn Value, half, &" -", half, &"z"].write(out);
    }
}

/// A cross around a point.
pub(super) fn cross(x: Px, y: Px) -> String {
    format!("M{} {}l8 8m0 -8l-8 8", x - 4, y - 4)
}

/// The line of the day that everything speaks for, from `top` down to `bottom`, with its day on a flag above.
pub(super) fn as_of(svg: &mut Svg, day: Day, x: Px, (top, bottom): (Px, Px), (left, right): (Px, Px)) {
    let words = say!("as of {day}", day = day);
    let half = text::bold_width(&words, SMALL) / 2 + 8;
    let middle = x.clamp(left + half, (right - half).max(left + half));
    svg.open("g", &[("class", &"as-of")]);
    svg.path("line", &format!("M{x} {}V{bottom}", top + 18));
    svg.rect("flag", middle - half, top, half * 2, 20, 4);
    svg.anchored("small", "middle", middle, top + 14, &words);
    svg.close();
}

/// What a legend can explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
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
            Self::Status(status) => status.words(),
            Self::Chain(name) => name,
            Self::Contradicted => word!("the days contradict it"),
            Self::Cycle => word!("cycle"),
            Self::Outside => word!("outside this milestone"),
            Self::Helps => word!("how many wait for it, directly or through others"),
        }
    }

    fn draw(self, svg: &mut Svg, x: Px, y: Px) {
        let line = format!("M{x} {y}h22");
        match self {
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
        let words = words::of(key.words());
        let width = 30 + text::width(&words, SMALL);
        if x > left && x + width > right {
            (x, y) = (left, y + 20);
        }
        key.draw(svg, x, y + 10);
        svg.text("small", x + 30, y + 14, &words);
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
