//! The small timeline: one line for each milestone, to be taken in at a glance.

use super::{
    super::{
        axis::{self, Axis, Frame},
        class,
        marks::{self, BIG, SMALL},
        svg::{Px, Svg, Value},
        text,
    },
    Chart, MOST_MINI_ROWS, Row, bar,
};
use crate::words::{counted, say};
use crate::{
    facts::{Slip, Status},
    model::{Day, When},
};

const NAMES: Px = 26;
const AXIS: Px = 24;
const TOP: Px = AXIS + axis::HEIGHT + 4;

/// Where things lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    width: Px,
    names_width: Px,
    /// Where days begin and end; words to the right of a bar have the room after that.
    left: Px,
    right: Px,
    row: Px,
    /// Where in a row the middles of its name and of its bar lie.
    name: Px,
    bar: Px,
}

/// Names to the left of the bars.
pub(super) const WIDE: Layout =
    Layout { width: 760, names_width: 206, left: 250, right: 656, row: 28, name: 14, bar: 14 };

/// Names above the bars, for a telephone.
pub(super) const NARROW: Layout =
    Layout { width: 320, names_width: 286, left: 8, right: 226, row: 46, name: 14, bar: 33 };

/// Moves the rows to be drawn to the front and says how many they are: the first ones that are not done, filled up with
/// the last ones that are; the order stays.
pub(super) fn chosen(chart: &mut Chart) -> usize {
    let open = chart.rows.iter().filter(|row| !row.status.is_closed()).count();
    let mut done = chart.rows.len() - open;
    let keep = MOST_MINI_ROWS.saturating_sub(open);
    let (front, back) = std::mem::take(&mut chart.rows).into_iter().partition(|row| {
        let is_done = row.status.is_closed();
        done -= usize::from(is_done);
        !is_done || done < keep
    });
    chart.rows = front;
    let count = chart.rows.len().min(MOST_MINI_ROWS);
    chart.rows.extend::<Vec<Row>>(back);
    count
}

/// Draws the first `count` rows.
pub(super) fn draw(chart: &Chart, count: usize, layout: Layout) -> String {
    let Layout { width, left, right, row: height_of_row, .. } = layout;
    let rows = &chart.rows[..count];
    let days = rows.iter().flat_map(Row::days);
    let is_dated = rows.iter().any(Row::is_dated);
    let axis = Axis::new(days.chain(chart.as_of.filter(|_| is_dated)), left, right);
    let top = if axis.is_some() { TOP } else { 8 };
    let left_out = chart.rows.len() - count;
    let end = top + count as Px * height_of_row;
    let height = end + if left_out > 0 { 26 } else { 8 };

    let mut svg = Svg::image("mini", width, height, &name(chart));
    if let Some(axis) = &axis {
        axis.draw(&mut svg, Frame::above(AXIS, end));
    }
    for (ix, row) in rows.iter().enumerate() {
        draw_row(&mut svg, chart, row, top + ix as Px * height_of_row, axis.as_ref(), layout);
    }
    if let (Some(axis), Some(day)) = (&axis, chart.as_of) {
        marks::as_of(&mut svg, day, axis.x(day), (1, end), (left - 8, width - 2));
    }
    if left_out > 0 {
        svg.text("small", NAMES, end + 17, &say!("and {left_out} more", left_out = left_out));
    }
    svg.finish()
}

/// What the picture says to those who do not see it, in short: the table beside it says the rest.
fn name(chart: &Chart) -> String {
    let count = |is: &dyn Fn(&Row) -> bool| chart.rows.iter().filter(|row| is(row)).count();
    let done = count(&|row| row.status == Status::Done);
    let dropped = count(&|row| row.status == Status::Dropped);
    let unknown = count(&|row| row.status == Status::Unknown);
    let overdue = count(&|row| row.overdue.is_some());
    let as_of = chart.as_of.map(|day| say!(", as of {day}", day = day)).unwrap_or_default();
    // Without a milestone that is known to be open nobody knows of any that is late.
    let can_be_late = chart.as_of.is_some() && count(&|row| row.status.is_open()) > 0;
    let overdue = if can_be_late { say!(", {overdue} overdue", overdue = overdue) } else { String::new() };
    let dropped_words =
        if dropped > 0 { say!(", {dropped} dropped", dropped = dropped) } else { String::new() };
    let all = chart.rows.len() - dropped;
    if unknown == all {
        return say!("{}{}: {}{}", chart.name, as_of, counted(all, "milestone"), dropped_words);
    }
    let unknown_words =
        if unknown > 0 { say!(", {unknown} unknown", unknown = unknown) } else { String::new() };
    say!(
        "{}{}: {} of {} milestones done{}{}{}",
        chart.name,
        as_of,
        done,
        all,
        unknown_words,
        dropped_words,
        overdue
    )
}

fn draw_row(svg: &mut Svg, chart: &Chart, row: &Row, top: Px, axis: Option<&Axis>, layout: Layout) {
    let Layout { width, names_width, left, .. } = layout;
    let (name, y) = (top + layout.name, top + layout.bar);
    svg.open("g", &[("class", &[&"row " as &dyn Value, &class(row.status)])]);
    svg.path("rule", &format!("M0 {top}H{width}"));
    marks::sign(svg, row.status, 12, name);
    svg.text("name", NAMES, name + 4, &text::fit(&row.name, BIG, names_width));
    match axis.filter(|_| row.is_dated()) {
        Some(axis) => signs(svg, chart, row, y, axis, left),
        None => svg.text(
            "small",
            left + 4,
            y + 4,
            &if row.due.is_some() { say!("later") } else { say!("no date") },
        ),
    }
    svg.close();
}

fn signs(svg: &mut Svg, chart: &Chart, row: &Row, y: Px, axis: &Axis, left: Px) {
    let x = |day: Option<Day>| day.map(|day| axis.x(day));
    bar::draw(svg, row, axis, bar::Frame { left, y, half: 5, diamond: 7, open: 40, radius: 2 });
    bar::base(svg, row, axis, y + 9, 2);
    let due = x(row.due_last());
    if let Some(planned) = x(bar::planned(row)) {
        svg.path("ghost", &marks::Diamond(planned, y, 6));
    }
    let Some(due) = due else { return };
    let as_of = chart.as_of.filter(|_| row.overdue.is_some()).map(|day| axis.x(day));
    if let Some(as_of) = as_of {
        svg.path("late", &format!("M{due} {y}H{as_of}"));
    }
    svg.path(bar::due_class(row), &marks::Diamond(due, y, 7));
    let late = row.overdue.map(|days| say!("overdue {days} d", days = days));
    let Some(words) = late.or_else(|| row.slip.map(Slip::short)) else { return };
    let class = if row.overdue.is_some() { "small halo overdue" } else { "small halo strong" };
    let planned = x(row.planned.and_then(When::last)).map_or(0, |x| x + 6);
    let mut at = (due + 7).max(planned).max(as_of.unwrap_or(0)) + 6;
    if let Some(line) = chart.as_of.map(|day| axis.x(day)) {
        let crossed = line >= at - 4 && line <= at + text::width(&words, SMALL);
        at = if crossed { line + 6 } else { at };
    }
    svg.text(class, at, y + 4, &words);
}
