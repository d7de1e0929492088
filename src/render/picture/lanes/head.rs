//! The names of days above all rows, and the lines behind them.

use super::track::{Percent, Track, WHOLE};
use crate::{
    model::Day,
    render::picture::{axis::Axis, marks::SMALL, svg::Px, text},
    words::say,
};

/// How wide a track is thought to be at least, in pixels: on a wide screen, and on a narrow one.
const WIDE: Px = 860;
const NARROW: Px = 310;

/// The names of days: those for which a narrow screen has no room are marked.
pub(super) fn names(axis: &Axis, as_of: Option<Day>, last: Option<Day>) -> String {
    let ticks = axis.ticks();
    let widest = ticks.iter().map(|tick| text::width(&tick.label, SMALL)).max().unwrap_or(0) + 9;
    let every = |width: Px| {
        let pitch = width / (ticks.len() as Px - 1).max(1);
        [1, 2, 3, 4, 6, 12].into_iter().find(|every| pitch * every >= widest).unwrap_or(12)
    };
    let (wide, narrow) = (every(WIDE), every(NARROW));
    let mut track = Track::silent("days", Some(44));
    let end = WHOLE - widest * WHOLE / WIDE;
    for tick in ticks.iter().filter(|tick| tick.number % wide == 0 && tick.x <= end) {
        let class = if tick.number % narrow == 0 { "small" } else { "small roomy" };
        track.text(class, tick.x, 4, 36, "", &tick.label);
    }
    for (x, words, room) in axis.larger_units() {
        let needs = text::bold_width(&words, SMALL) + 8;
        let fits = |width: Px| {
            let covers = |day: Day| {
                let (from, flag) =
                    (x * width / WHOLE, axis.x(day) * width / WHOLE + flag_from(axis.x(day)).0);
                from < flag + FLAG && flag < from + needs
            };
            needs <= room * width / WHOLE && !as_of.is_some_and(covers)
        };
        if fits(WIDE) {
            let class = if fits(NARROW) { "small strong" } else { "small strong roomy" };
            track.text(class, x, 4, 18, "", &words);
        }
    }
    match (as_of, last) {
        (Some(day), _) => flag(&mut track, axis.x(day), &day.to_string()),
        (None, Some(day)) => {
            track.text("small", axis.x(day), 0, 18, "end", &say!("last day given {day}", day = day));
        }
        (None, None) => {}
    }
    track.finish()
}

/// How wide the flag is, in pixels.
const FLAG: Px = 88;

/// Where the flag of a place begins from there, in pixels, and how its words are set.
fn flag_from(x: Px) -> (Px, &'static str) {
    match x {
        ..=700 => (0, ""),
        9_300.. => (-FLAG, "end"),
        _ => (-FLAG / 2, "middle"),
    }
}

/// The day that everything speaks for, on a flag that stays within the row.
fn flag(track: &mut Track, x: Px, day: &str) {
    let (from, anchor) = flag_from(x);
    track.write(&[
        &"<svg x=\"",
        &Percent(x),
        &"\" y=\"3\" overflow=\"visible\"><rect class=\"flag\" x=\"",
        &from,
    ]);
    track.write(&[&"\" width=\"", &FLAG, &"\" height=\"20\" rx=\"4\"/></svg>"]);
    let dx = match anchor {
        "" => 8,
        "end" => -8,
        _ => 0,
    };
    track.text("small flag-words", x, dx, 17, anchor, day);
}

/// The lines behind all rows: the marks of the axis, and this day or the last one that is given.
pub(super) fn lines(axis: &Axis, as_of: Option<Day>, last: Option<Day>) -> String {
    let mut track = Track::silent("behind", None);
    for tick in axis.ticks().iter().filter(|tick| tick.x > 0 && tick.x < WHOLE) {
        let class = if tick.larger.is_some() { "grid larger" } else { "grid" };
        track.line(class, (tick.x, tick.x), (&"0", &"100%"));
    }
    for (day, class) in [(as_of, "today"), (last, "today last")] {
        if let Some(x) = day.map(|day| axis.x(day)) {
            track.line(class, (x, x), (&"0", &"100%"));
        }
    }
    track.finish()
}

/// Pieces of arrows as a picture behind some rows.
pub(super) fn behind(pieces: &str) -> String {
    let mut track = Track::silent("behind", None);
    track.add(pieces);
    track.finish()
}
