//! A badge: how a roadmap or a milestone stands, as a file of its own that somebody shows elsewhere. It brings its colours
//! along, since no style sheet goes with it.

use super::{
    svg::{Px, Svg},
    text,
};

const HEIGHT: Px = 20;
const SIZE: Px = 11;
const LINE: Px = 14;
const MARGIN: Px = 7;

/// How wide a name may be.
const WIDEST: Px = 260;

/// What a badge says, and so which colour it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nobody says how things stand.
    Plain,
    /// Work goes on.
    Open,
    /// Something is past its due date.
    Late,
    /// All is done.
    Done,
}

/// Draws a badge.
pub(crate) fn badge(name: &str, says: &str, tone: Tone) -> String {
    let name = text::fit(text::head(name), SIZE, WIDEST);
    let (left, right) = (text::width(&name, SIZE) + 2 * MARGIN, text::width(says, SIZE) + 2 * MARGIN);
    let colour = match tone {
        Tone::Plain => "#0550ae",
        Tone::Open => "#1a7f37",
        Tone::Late => "#cf222e",
        Tone::Done => "#8250df",
    };
    let mut svg = Svg::image("badge", left + right, HEIGHT, &format!("{name}: {says}"));
    let ground = |x: Px, width: Px| format!("M{x} 0h{width}v{HEIGHT}h-{width}z");
    svg.leaf("path", &[("fill", &"#57606a"), ("d", &ground(0, left))]);
    svg.leaf("path", &[("fill", &colour), ("d", &ground(left, right))]);
    svg.open(
        "g",
        &[("fill", &"#ffffff"), ("font-family", &"Verdana, DejaVu Sans, sans-serif"), ("font-size", &SIZE)],
    );
    svg.text("name", MARGIN, LINE, &name);
    svg.text("says", left + MARGIN, LINE, says);
    svg.close();
    svg.finish()
}
