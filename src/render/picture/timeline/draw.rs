//! Draws a timeline: names on the left, the axis of days above, a bar and a diamond in each row.

use super::{
    super::{
        axis::{self, Axis, Frame},
        class,
        marks::{self, BIG, Key, SMALL},
        svg::{Px, Svg},
        text,
    },
    Chart, MOST_ROWS, Row, arrows, bar,
};
use crate::{facts::Slip, model::When};

/// The width of the picture.
const WIDTH: Px = 1000;

/// Where names begin, and how wide they may be.
const NAMES: Px = 32;
const NAMES_WIDTH: Px = 256;

/// Where the days begin and end; words to the right of a bar have the room after that.
const LEFT: Px = 322;
const RIGHT: Px = 872;

/// Where the axis and the rows begin.
const AXIS: Px = 26;
const TOP: Px = AXIS + axis::HEIGHT + 6;

/// The height of a row, and where in it the middle of its bar and the words below it lie.
pub(super) const ROW: Px = 62;
const MIDDLE: Px = 21;
const BELOW: Px = 42;

/// The height of the words above the lane of those without a day.
const HEADING: Px = 34;

/// Half of a bar's height, and half of a diamond's.
const BAR: Px = 8;
pub(super) const HALF: Px = 8;

/// Where a row and its parts lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The row's upper edge.
    pub(super) top: Px,
    /// The middle of its bar.
    pub(super) middle: Px,
    /// Where an arrow arrives.
    pub(super) entry: Px,
    /// Where an arrow leaves.
    pub(super) exit: Px,
}

/// Draws the chart.
pub(super) fn draw(chart: &Chart) -> String {
    let rows = &chart.rows[..chart.rows.len().min(MOST_ROWS)];
    let axis = Axis::new(chart.days(), LEFT, RIGHT);
    let dated = rows.iter().filter(|row| row.is_dated()).count();
    let spots = spots(rows, dated, axis.as_ref());
    let end = spots.last().map_or(TOP, |spot| spot.top + ROW);
    let keys = keys(chart, rows);
    let left_out = chart.rows.len() - rows.len();
    let more = if left_out > 0 { 28 } else { 0 };
    let height = end + more + 14 + marks::legend_height(12, WIDTH - 12, &keys);

    let mut svg = Svg::group("timeline", WIDTH, height, &chart.name);
    if let Some(axis) = &axis {
        axis.draw(&mut svg, Frame::above(AXIS, TOP + dated as Px * ROW));
    }
    separators(&mut svg, &spots, dated);
    arrows::draw(&mut svg, rows, &spots);
    for (row, spot) in rows.iter().zip(&spots) {
        draw_row(&mut svg, chart, row, *spot, axis.as_ref());
    }
    if let (Some(axis), Some(day)) = (&axis, chart.as_of) {
        marks::as_of(&mut svg, day, axis.x(day), (2, TOP + dated as Px * ROW), (LEFT - 8, WIDTH - 2));
    }
    if left_out > 0 {
        let words = format!("and {left_out} more, which the table tells of");
        svg.text("small", NAMES, end + 20, &words);
    }
    marks::legend(&mut svg, 12, end + more + 8, WIDTH - 12, &keys);
    svg.finish()
}

/// Where each row lies: those without a day below the others, after a heading.
fn spots(rows: &[Row], dated: usize, axis: Option<&Axis>) -> Vec<Spot> {
    let spot = |(ix, row): (usize, &Row)| {
        let top = TOP + ix as Px * ROW + if ix >= dated { HEADING } else { 0 };
        let (entry, exit) = ends(row, axis);
        Spot { top, middle: top + MIDDLE, entry, exit }
    };
    rows.iter().enumerate().map(spot).collect()
}

/// Where a row's bar begins and where its last sign ends.
fn ends(row: &Row, axis: Option<&Axis>) -> (Px, Px) {
    let Some(axis) = axis.filter(|_| row.is_dated()) else { return (LEFT, LEFT + 78) };
    let (start, planned) = (row.start.and_then(When::first), row.planned.and_then(When::last));
    match (
        start.map(|day| axis.x(day)),
        row.due_last().map(|day| axis.x(day)),
        planned.map(|day| axis.x(day)),
    ) {
        (Some(start), Some(due), _) => (start.min(due - HALF), due + HALF),
        (None, Some(due), _) => (due - HALF, due + HALF),
        (Some(start), None, _) => (start, start + 60),
        (None, None, planned) => planned.map_or((LEFT, LEFT), |at| (at - HALF, at + HALF)),
    }
}

/// Lines between the rows, and the heading of the lane of those without a day.
fn separators(svg: &mut Svg, spots: &[Spot], dated: usize) {
    for (ix, spot) in spots.iter().enumerate() {
        if ix == dated {
            svg.text("heading", 12, spot.top - 12, "No date");
        }
        svg.path("rule", &format!("M0 {}H{WIDTH}", spot.top));
    }
}

fn draw_row(svg: &mut Svg, chart: &Chart, row: &Row, spot: Spot, axis: Option<&Axis>) {
    svg.link(&format!("row {}", class(row.status)), &row.name.href, &row.told());
    svg.rect("hit", 2, spot.top + 2, WIDTH - 4, ROW - 4, 6);
    names(svg, row, spot.top);
    match axis.filter(|_| row.is_dated()) {
        Some(axis) => signs(svg, chart, row, spot, axis),
        None => {
            svg.rect("undated", LEFT, spot.middle - 11, 78, 22, 11);
            svg.anchored(
                "small",
                "middle",
                LEFT + 39,
                spot.middle + 4,
                if row.due.is_some() { "later" } else { "no date" },
            );
        }
    }
    svg.close();
}

/// The sign, the name on one line or two, and the facts below.
fn names(svg: &mut Svg, row: &Row, top: Px) {
    let lines = text::lines(&row.name.whole, BIG, NAMES_WIDTH, 2);
    let first = top + if lines.len() > 1 { 19 } else { 27 };
    marks::sign(svg, row.status, 16, first - 4);
    for (ix, line) in lines.iter().enumerate() {
        svg.text("name", NAMES, first + ix as Px * 16, line);
    }
    let last = first + lines.len().max(1) as Px * 16;
    svg.text("small", NAMES, last, &text::fit(&row.line(), SMALL, NAMES_WIDTH + 14));
}

/// The bar, the diamond, and what is late or has slipped.
fn signs(svg: &mut Svg, chart: &Chart, row: &Row, spot: Spot, axis: &Axis) {
    let y = spot.middle;
    bar::draw(svg, row, axis, bar::Frame { left: LEFT, y, half: BAR, diamond: HALF, open: 60, radius: 3 });
    let below = if bar::planned(row).is_some() { BELOW + 12 } else { BELOW - 4 };
    bar::base(svg, row, axis, spot.top + below, 4);
    slip(svg, chart, row, y, axis);
    if let Some(due) = row.due_last().map(|day| axis.x(day)) {
        late(svg, chart, row, due, y, axis);
        svg.path(bar::due_class(row), &marks::diamond(due, y, HALF));
    } else if row.start.is_some() {
        let words = if row.due.is_some() { "due later" } else { "no due day" };
        svg.text("small halo", spot.exit + 8, y + 4, words);
    }
}

/// A dashed diamond where it was first to be done, a line from there, and by how much it moved.
fn slip(svg: &mut Svg, chart: &Chart, row: &Row, middle: Px, axis: &Axis) {
    let Some(planned) = bar::planned(row) else { return };
    let y = middle + BELOW - MIDDLE - 4;
    let (from, to) = (axis.x(planned), axis.x(row.due_last().unwrap_or(planned)));
    let side = if to < from { -6 } else { 6 };
    let line = if to == from { String::new() } else { format!("M{} {y}H{to}m0 -4v8", from + side) };
    svg.path("ghost", &format!("{line}{}", marks::diamond(from, y, 6)));
    let now = if row.due.is_some() { "later" } else { "no due day" };
    let words = row.slip.map_or_else(|| format!("first planned, {now} now"), Slip::short);
    // An outgoing arrow turns just behind the diamond.
    let x = clear(chart, axis, (from + 12).max(to + HALF + 14), &words);
    svg.text("small halo strong", x, y + 4, &words);
}

/// A dashed line from the due day to the as-of day, a warning sign, and by how much it is late.
fn late(svg: &mut Svg, chart: &Chart, row: &Row, due: Px, y: Px, axis: &Axis) {
    let (Some(days), Some(as_of)) = (row.overdue, chart.as_of) else { return };
    let end = axis.x(as_of);
    svg.path("late", &format!("M{due} {y}H{end}"));
    let words = format!("overdue {days} d");
    let x = end.max(due + HALF + 6) + 16;
    marks::warning(svg, x, y);
    svg.text("small halo overdue", x + 10, y + 4, &words);
}

/// A place for words that the as-of line does not run through.
fn clear(chart: &Chart, axis: &Axis, x: Px, words: &str) -> Px {
    match chart.as_of.map(|day| axis.x(day)) {
        Some(line) if line >= x - 4 && line <= x + text::width(words, SMALL) + 4 => line + 6,
        _ => x,
    }
}

/// What the legend has to explain.
fn keys(chart: &Chart, rows: &[Row]) -> Vec<Key> {
    let any = |has: &dyn Fn(&Row) -> bool| rows.iter().any(has);
    let drawn = |row: &Row, broken: bool| {
        row.waits.iter().any(|wait| wait.broken == broken && wait.row.is_some_and(|row| row < rows.len()))
    };
    [
        (Key::Done, any(&|row| row.start.is_some() && row.due_last().is_some() && row.share.is_some())),
        (Key::Due, any(&|row| row.due.is_some_and(|due| !due.is_coarse()))),
        (Key::Span, any(&|row| row.due_last().is_some() && row.due.is_some_and(When::is_coarse))),
        (Key::Planned, any(&|row| bar::planned(row).is_some())),
        (Key::Base, any(&|row| row.base.is_some())),
        (Key::Late, chart.as_of.is_some() && any(&|row| row.overdue.is_some())),
        (Key::Arrow, any(&|row| drawn(row, false))),
        (Key::Broken, any(&|row| drawn(row, true))),
    ]
    .into_iter()
    .filter(|(_, occurs)| *occurs)
    .map(|(key, _)| key)
    .collect()
}
