//! The chart of due dates over time: each commit day across, the due date that was said then upwards, in equal scales.
//!
//! A line that runs flat kept its day, one that steps up slipped, and one that follows the dashed diagonal was moved each
//! time it came due. Below the diagonal a milestone is overdue; a dot on it says that it was reached.

use super::{
    Picture, Table,
    axis::{self, Axis, Frame},
    marks::{self, SMALL},
    svg::{Px, Svg, Value},
    table::Cell,
    text,
};
use crate::words::{self, say, word};
use crate::{
    data::{Slip, Slips},
    model::Day,
};

/// How many milestones are drawn: those that moved most often. The table tells of all.
pub(crate) const MOST_LINES: usize = 12;

/// The most that the picture is high.
pub(crate) const MOST_HEIGHT: Px = 540;

/// Where the days begin, and the room for names to the right of them.
const LEFT: Px = 88;
const NAMES: Px = 200;
const TOP: Px = 28;

/// The least that the days take across: a young history is drawn with what is still to come.
const LEAST: Px = 160;

/// How far names are pushed apart.
const PITCH: Px = 15;

/// What is drawn.
struct Chart<'a> {
    slips: Vec<&'a Slip>,
    x: Axis,
    y: Axis,
    bottom: Px,
    right: Px,
    until: Day,
}

/// The chart, this wide; `None` where no due date moved. `link` says where a milestone is shown, by its id.
pub(crate) fn slips(slips: &Slips, width: Px, link: &dyn Fn(&str) -> String) -> Option<Picture> {
    let (from, until) = slips.from.zip(slips.until)?;
    slips.moved().next()?;
    let drawn: Vec<_> = slips.milestones.iter().take(MOST_LINES).collect();
    let chart = Chart::new(drawn, from, until, width)?;
    let svg = chart.draw(width, slips.milestones.len(), link);
    Some(Picture { svg, facts: table(slips, link) })
}

/// The same facts: a row for each milestone.
pub(crate) fn table(slips: &Slips, link: &dyn Fn(&str) -> String) -> Table {
    let row = |slip: &Slip| {
        vec![
            Cell::link(text::head(&slip.title), link(&slip.id)),
            slip.first.to_string().into(),
            slip.now.map_or_else(|| say!("no due date"), |day| day.to_string()).into(),
            slip.net().map(|net| net.short()).unwrap_or_default().into(),
            slip.moves.len().into(),
            slip.median_words().into(),
        ]
    };
    let columns = [
        word!("Milestone"),
        word!("First due"),
        word!("Now due"),
        word!("Net"),
        word!("Moves"),
        word!("Median notice"),
    ];
    Table::new(told(slips), &columns, slips.milestones.iter().map(row).collect())
}

/// As `Due dates from 2027-01-04 to 2027-04-03: 2 of 5 milestones moved, 6 times in all`.
pub(crate) fn told(slips: &Slips) -> String {
    let (moved, all) = (slips.moved().count(), slips.milestones.len());
    let times = slips.moved().map(|slip| slip.moves.len()).sum::<usize>();
    let span = slips
        .from
        .zip(slips.until)
        .map(|(from, until)| say!(" from {from} to {until}", from = from, until = until));
    let noun = words::of(if all == 1 { word!("milestone") } else { word!("milestones") });
    let times = if times == 1 { say!("once") } else { say!("{times} times in all", times = times) };
    say!("Due dates{}: {} of {} {} moved, {}", span.unwrap_or_default(), moved, all, noun, times)
}

impl<'a> Chart<'a> {
    fn new(slips: Vec<&'a Slip>, from: Day, until: Day, width: Px) -> Option<Self> {
        let room = (width - LEFT - NAMES, MOST_HEIGHT - TOP - axis::HEIGHT - 26);
        let due = slips.iter().flat_map(|slip| slip.line.iter().filter_map(|point| point.due_on));
        let reached = slips.iter().filter_map(|slip| slip.reached_on);
        let y = Axis::new(due.chain(reached).chain([until]), 0, 0)?;
        // As many days across as the least room holds in the scale of the days upwards.
        let least = LEAST * y.days() / room.1;
        let end = Day::nearest(until.number().max(from.number() + least));
        let x = Axis::new([from, until, end].into_iter(), 0, 0)?;
        let high = (room.0 * y.days() / x.days()).clamp(1, room.1);
        let wide = (high * x.days() / y.days()).clamp(1, room.0);
        let names = PITCH * slips.len() as Px;
        let bottom = TOP + high.max(names.min(room.1));
        Some(Self {
            x: x.over(LEFT, LEFT + wide),
            // Places are counted from below.
            y: y.over(0, high),
            slips,
            bottom,
            right: LEFT + wide,
            until,
        })
    }

    fn up(&self, day: Day) -> Px {
        self.bottom - self.y.x(day)
    }

    fn draw(&self, width: Px, all: usize, link: &dyn Fn(&str) -> String) -> String {
        let left_out = all - self.slips.len();
        let more = if left_out > 0 { 18 } else { 0 };
        let height = (self.bottom + axis::HEIGHT + 6 + more).min(MOST_HEIGHT);
        let width = width.min(self.right + NAMES);
        let mut svg = Svg::group(
            "slips",
            width,
            height,
            &say!("Due dates of milestones by the day of the commit that says them"),
        );
        let top = self.up(self.y.last());
        self.x.draw(&mut svg, Frame::below(top, self.bottom));
        self.y.draw_up(&mut svg, self.bottom, 4, (LEFT, self.right));
        self.diagonal(&mut svg);
        marks::as_of(&mut svg, self.until, self.x.x(self.until), (2, self.bottom), (LEFT, width - 2));
        let places = self.places();
        for (slip, place) in self.slips.iter().zip(places) {
            self.line(&mut svg, slip, place, link);
        }
        if left_out > 0 {
            svg.text(
                "small",
                LEFT,
                height - 4,
                &say!("and {left_out} more, which the table tells of", left_out = left_out),
            );
        }
        svg.finish()
    }

    /// The days on which a due date is today.
    fn diagonal(&self, svg: &mut Svg) {
        let (from, to) = (self.x.first().max(self.y.first()), self.x.last().min(self.y.last()));
        if from < to {
            let (x, y) = (self.x.x(from), self.up(from));
            svg.path("diagonal", &format!("M{x} {y}L{} {}", self.x.x(to), self.up(to)));
        }
    }

    /// The due date at which a line ends.
    fn end(slip: &Slip) -> Day {
        slip.line.iter().rev().find_map(|point| point.due_on).or(slip.first.last()).unwrap_or(Day::FIRST)
    }

    /// Where the names are written: beside the ends of their lines, pushed apart.
    fn places(&self) -> Vec<Px> {
        let ends: Vec<_> = self.slips.iter().map(|slip| self.up(Self::end(slip)) + 4).collect();
        let mut order: Vec<_> = (0..ends.len()).collect();
        order.sort_by_key(|ix| (ends[*ix], *ix));
        let mut places = ends.clone();
        let mut least = TOP + 8;
        for ix in &order {
            places[*ix] = ends[*ix].max(least);
            least = places[*ix] + PITCH;
        }
        let mut most = self.bottom;
        for ix in order.iter().rev() {
            places[*ix] = places[*ix].min(most);
            most = places[*ix] - PITCH;
        }
        places
    }

    fn line(&self, svg: &mut Svg, slip: &Slip, place: Px, link: &dyn Fn(&str) -> String) {
        let last = slip.line.last().map_or(self.until, |point| point.on);
        let end = slip.reached_on.map_or(self.until, |day| day.max(last)).min(self.until);
        svg.link(&[&"slip " as &dyn Value, &self.class(slip)], &link(&slip.id), &self.words(slip));
        svg.path("line", &self.steps(slip, end));
        let (x, y) = (self.x.x(end), self.up(Self::end(slip)));
        if let Some(day) = slip.reached_on {
            let (at, on) = (self.x.x(day), self.up(day));
            svg.path("to-dot", &format!("M{x} {y}L{at} {on}"));
            svg.leaf("circle", &[("class", &"dot"), ("cx", &at), ("cy", &on), ("r", &4)]);
        }
        let from = match slip.now {
            Some(_) => x,
            None => {
                let x = self.x.x(last);
                svg.path("cross", &marks::cross(x, y));
                x + 6
            }
        };
        svg.path("leader", &format!("M{from} {y}H{}L{} {}", self.right + 4, self.right + 14, place - 4));
        let room = NAMES - 22;
        let more = self.more(slip);
        let name = text::fit(slip.short_name(), SMALL, room - text::width(&more, SMALL));
        svg.text("small halo strong", self.right + 18, place, &format!("{name}{more}"));
        svg.close();
    }

    /// Steps, never slopes: a due date holds until another is said. A gap where there is none.
    fn steps(&self, slip: &Slip, end: Day) -> String {
        let (mut path, mut is_down) = (String::new(), false);
        for point in &slip.line {
            let x = self.x.x(point.on);
            if is_down {
                path.push_str(&format!("H{x}"));
            }
            if let Some(due) = point.due_on {
                let y = self.up(due);
                path.push_str(&if is_down { format!("V{y}") } else { format!("M{x} {y}") });
            }
            is_down = point.due_on.is_some();
        }
        if is_down {
            path.push_str(&format!("H{}", self.x.x(end)));
        }
        path
    }

    fn class(&self, slip: &Slip) -> &'static str {
        match (slip.reached_on, slip.now, slip.net_days) {
            (Some(_), ..) => "reached",
            (None, None, _) => "taken",
            (None, Some(now), _) if now.last().is_some_and(|last| last < self.until) => "passed",
            (None, _, Some(days)) if days > 0 => "later",
            _ => "kept",
        }
    }

    /// What stands behind the name.
    fn more(&self, slip: &Slip) -> String {
        let net = match (slip.now, slip.net()) {
            (None, _) => say!(" no due date"),
            (_, None) => String::new(),
            (_, Some(net)) => format!(" {}", net.short()),
        };
        match self.class(slip) {
            "reached" => say!("{net}, reached", net = net),
            "passed" => say!("{net}, overdue", net = net),
            _ => net,
        }
    }

    fn words(&self, slip: &Slip) -> String {
        let moves = match slip.moves.len() {
            0 => say!("never moved"),
            1 => say!("moved once"),
            count => say!("moved {count} times", count = count),
        };
        let now = slip.now.map_or_else(|| say!("no due date now"), |day| say!("now {day}", day = day));
        let reached = slip.reached_on.map(|day| say!(", reached on {day}", day = day)).unwrap_or_default();
        say!(
            "{}: first due {}, {}, {}, {}{}",
            text::head(&slip.title),
            slip.first,
            now,
            slip.net_words(),
            moves,
            reached
        )
    }
}
