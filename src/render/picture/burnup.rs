//! The burn-up: how many issues were closed by which day, below how many there are.
//!
//! Only what has a known closed day can be placed; issues that are closed on a day that nobody has stated are told, and
//! drawn as a dashed step at the end.

use std::collections::BTreeMap;

use super::{
    Picture, Table,
    axis::{self, Axis, Frame},
    marks,
    svg::{Px, Svg},
    table::Cell,
    text,
};
use crate::model::{Day, Roadmap};

const WIDTH: Px = 760;
const LEFT: Px = 48;
const RIGHT: Px = 640;
const TOP: Px = 34;
const BOTTOM: Px = 254;
const HEIGHT: Px = BOTTOM + axis::HEIGHT + 6;

/// Past how many days the table counts by month.
const MOST_DAYS: usize = 40;

/// What the burn-up shows.
struct Burnup {
    /// How many issues there are, less those that were dropped.
    total: usize,
    /// How many are closed.
    closed: usize,
    /// How many were closed on each day that is known.
    days: BTreeMap<Day, usize>,
    /// The day that it ends with.
    end: Day,
    as_of: Option<Day>,
}

/// The burn-up of all issues; `None` where no closed day is known.
pub fn burnup(roadmap: &Roadmap, as_of: Option<Day>) -> Option<Picture> {
    let closed = || roadmap.issues.iter().filter(|issue| issue.is_done());
    let mut days = BTreeMap::new();
    for day in closed().filter_map(|issue| issue.known_closed_on()) {
        *days.entry(day).or_insert(0) += 1;
    }
    let last = *days.keys().next_back()?;
    let burnup = Burnup {
        total: roadmap.issues.iter().filter(|issue| !issue.is_dropped()).count(),
        closed: closed().count(),
        end: as_of.map_or(last, |day| day.max(last)),
        days,
        as_of,
    };
    Some(Picture { svg: burnup.draw()?, facts: burnup.table(text::head(&roadmap.title)) })
}

impl Burnup {
    /// How many are closed on days that nobody has stated.
    fn undated(&self) -> usize {
        self.closed - self.days.values().sum::<usize>()
    }

    fn told(&self) -> String {
        let undated = match self.undated() {
            0 => String::new(),
            count => format!(", {count} of them on days that nobody has stated"),
        };
        format!("Burn-up to {}: {} of {} issues closed{undated}", self.end, self.closed, self.total)
    }

    fn draw(&self) -> Option<String> {
        let axis = Axis::new(self.days.keys().copied().chain([self.end]), LEFT, RIGHT)?;
        let mut svg = Svg::image("burnup", WIDTH, HEIGHT, &self.told());
        axis.draw(&mut svg, Frame::below(TOP, BOTTOM));
        self.scale(&mut svg);
        let end = axis.x(self.end);
        let y = self.curve(&mut svg, &axis, end);
        svg.path("total", &format!("M{LEFT} {}H{end}", self.y(self.total)));
        let closed = self.y(self.closed);
        if closed != y {
            svg.path("ghost", &format!("M{end} {y}V{closed}"));
        }
        self.words(&mut svg, end, closed);
        if let Some(day) = self.as_of {
            marks::as_of(&mut svg, day, axis.x(day), (2, BOTTOM), (LEFT, WIDTH - 2));
        }
        Some(svg.finish())
    }

    fn y(&self, count: usize) -> Px {
        BOTTOM - (count as Px * (BOTTOM - TOP - 12)) / self.total.max(1) as Px
    }

    /// Lines across at round numbers.
    fn scale(&self, svg: &mut Svg) {
        let mut steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.pow(power)));
        let step = steps.find(|step| self.total / step < 6).unwrap_or(self.total);
        svg.open("g", &[("class", &"axis"), ("aria-hidden", &"true")]);
        for count in (0..=self.total).step_by(step.max(1)) {
            svg.path("grid", &format!("M{LEFT} {}H{RIGHT}", self.y(count)));
            svg.anchored("small", "end", LEFT - 8, self.y(count) + 4, &count.to_string());
        }
        svg.close();
    }

    /// The steps, filled down to the ground; days that lie on one place of the axis are one step.
    fn curve(&self, svg: &mut Svg, axis: &Axis, end: Px) -> Px {
        let mut steps = BTreeMap::new();
        let mut closed = 0;
        for (day, count) in &self.days {
            closed += count;
            steps.insert(axis.x(*day), closed);
        }
        let mut line = format!("M{LEFT} {BOTTOM}");
        for (x, closed) in steps {
            line.push_str(&format!("H{x}V{}", self.y(closed)));
        }
        line.push_str(&format!("H{end}"));
        svg.path("area", &format!("{line}V{BOTTOM}z"));
        svg.path("closed", &line);
        self.y(closed)
    }

    /// What the two lines are, to the right of their ends, one below the other.
    fn words(&self, svg: &mut Svg, end: Px, closed: Px) {
        let total = self.y(self.total);
        svg.text("small halo strong", end + 10, total + 4, &format!("{} issues", self.total));
        let y = if self.closed == self.total { total + 20 } else { (closed + 4).max(total + 20) };
        svg.text("small halo strong done", end + 10, y, &format!("{} closed", self.closed));
        if self.undated() > 0 {
            svg.text("small halo", end + 10, y + 15, &format!("{} without a day", self.undated()));
        }
    }

    fn table(&self, title: &str) -> Table {
        let by_month = self.days.len() > MOST_DAYS;
        let mut periods = BTreeMap::new();
        for (day, count) in &self.days {
            let day = day.to_string();
            let period = if by_month { day[..7].to_owned() } else { day };
            *periods.entry(period).or_insert(0) += count;
        }
        let mut all = 0;
        let row = |(period, count): (String, usize)| {
            all += count;
            vec![period.into(), count.into(), all.into(), (self.total - all).into()]
        };
        let mut rows: Vec<Vec<Cell>> = periods.into_iter().map(row).collect();
        if self.undated() > 0 {
            let (undated, left) = (self.undated(), self.total - self.closed);
            rows.push(vec!["no day known".into(), undated.into(), self.closed.into(), left.into()]);
        }
        let columns = [if by_month { "Month" } else { "Day" }, "Closed", "Closed in all", "Left"];
        Table::new(format!("{title}. {}", self.told()), &columns, rows)
    }
}
