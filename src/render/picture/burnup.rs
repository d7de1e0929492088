//! The burn-up: how many issues were closed by which day, below how many there are.
//!
//! Only what has a known closing date can be placed; issues that are closed on a day that nobody has stated are told, and
//! drawn as a dashed step at the end.

use crate::words::{say, word};
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

/// How large it is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    width: Px,
    /// Where days begin and end; the names of the lines have the room after that.
    left: Px,
    right: Px,
    /// Where the most issues and none lie.
    top: Px,
    bottom: Px,
}

/// As wide as a page.
pub(crate) const WIDE: Size = Size { width: 1000, left: 48, right: 880, top: 34, bottom: 254 };

/// Half as wide, with words of the same size.
pub(crate) const COMPACT: Size = Size { width: 380, left: 32, right: 290, top: 34, bottom: 150 };

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
    /// How many issues there were from each day on; empty where that is not known.
    scope: BTreeMap<Day, usize>,
    size: Size,
}

/// The burn-up of all issues below how many there are; `None` where no closing date is known.
pub(crate) fn burnup(roadmap: &Roadmap, as_of: Option<Day>) -> Option<Picture> {
    with_scope(roadmap, as_of, BTreeMap::new(), WIDE)
}

/// The same below how many issues there were from each day on, as far as that is known.
pub(crate) fn with_scope(
    roadmap: &Roadmap,
    as_of: Option<Day>,
    scope: BTreeMap<Day, usize>,
    size: Size,
) -> Option<Picture> {
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
        scope,
        size,
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
            count => say!(", {count} of them on unknown dates", count = count),
        };
        let first = self.scope.iter().next().filter(|(_, count)| **count != self.total);
        let scope = first
            .map(|(day, count)| say!("; there were {count} on {day}", count = count, day = day))
            .unwrap_or_default();
        say!("Burn-up to {}: {} of {} issues closed{}{}", self.end, self.closed, self.total, undated, scope)
    }

    fn draw(&self) -> Option<String> {
        let Size { width, left, right, top, bottom } = self.size;
        let days = self.days.keys().chain(self.scope.keys()).copied();
        let axis = Axis::new(days.chain([self.end]), left, right)?;
        let mut svg = Svg::image("burnup", width, bottom + axis::HEIGHT + 6, &self.told());
        axis.draw(&mut svg, Frame::below(top, bottom));
        self.scale(&mut svg);
        let end = axis.x(self.end);
        let y = self.curve(&mut svg, &axis, end);
        svg.path("total", &self.total_line(&axis, end));
        let closed = self.y(self.closed);
        if closed != y {
            svg.path("ghost", &format!("M{end} {y}V{closed}"));
        }
        self.words(&mut svg, end, closed);
        if let Some(day) = self.as_of {
            marks::as_of(&mut svg, day, axis.x(day), (2, bottom), (left, width - 2));
        }
        Some(svg.finish())
    }

    /// How many issues there were: one line across where only today's number is known.
    fn total_line(&self, axis: &Axis, end: Px) -> String {
        let mut scope = self.scope.iter();
        let mut line = match scope.next() {
            Some((day, count)) => format!("M{} {}", axis.x(*day), self.y(*count)),
            None => format!("M{} {}", self.size.left, self.y(self.total)),
        };
        for (day, count) in scope {
            line.push_str(&format!("H{}V{}", axis.x(*day), self.y(*count)));
        }
        let last = if self.scope.is_empty() { String::new() } else { format!("V{}", self.y(self.total)) };
        format!("{line}H{end}{last}")
    }

    /// The most issues that there were.
    fn most(&self) -> usize {
        self.scope.values().copied().chain([self.total, self.closed]).max().unwrap_or_default()
    }

    fn y(&self, count: usize) -> Px {
        let Size { top, bottom, .. } = self.size;
        bottom - (count as Px * (bottom - top - 12)) / self.most().max(1) as Px
    }

    /// Lines across at round numbers.
    fn scale(&self, svg: &mut Svg) {
        let Size { left, right, .. } = self.size;
        let mut steps = (0..).flat_map(|power| [1, 2, 5].map(|step| step * 10_usize.pow(power)));
        let step = steps.find(|step| self.most() / step < 6).unwrap_or(self.most());
        svg.open("g", &[("class", &"axis"), ("aria-hidden", &"true")]);
        for count in (0..=self.most()).step_by(step.max(1)) {
            svg.path("grid", &format!("M{left} {}H{right}", self.y(count)));
            svg.anchored("small", "end", left - 8, self.y(count) + 4, &count.to_string());
        }
        svg.close();
    }

    /// The steps, filled down to the ground; days that lie on one place of the axis are one step.
    fn curve(&self, svg: &mut Svg, axis: &Axis, end: Px) -> Px {
        let Size { left, bottom, .. } = self.size;
        let mut steps = BTreeMap::new();
        let mut closed = 0;
        for (day, count) in &self.days {
            closed += count;
            steps.insert(axis.x(*day), closed);
        }
        let mut line = format!("M{left} {bottom}");
        for (x, closed) in steps {
            line.push_str(&format!("H{x}V{}", self.y(closed)));
        }
        line.push_str(&format!("H{end}"));
        svg.path("area", &format!("{line}V{bottom}z"));
        svg.path("closed", &line);
        self.y(closed)
    }

    /// What the two lines are, to the right of their ends, one below the other.
    fn words(&self, svg: &mut Svg, end: Px, closed: Px) {
        let total = self.y(self.total);
        svg.text("small halo strong", end + 10, total + 4, &say!("{} issues", self.total));
        let y = if self.closed == self.total { total + 20 } else { (closed + 4).max(total + 20) };
        svg.text("small halo strong done", end + 10, y, &say!("{} closed", self.closed));
        if self.undated() > 0 {
            svg.text("small halo", end + 10, y + 15, &say!("{} without a date", self.undated()));
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
            let scope = self.scope_in(&period).map(Cell::from).unwrap_or_default();
            vec![period.into(), count.into(), all.into(), (self.total - all).into(), scope]
        };
        let mut rows: Vec<Vec<Cell>> = periods.into_iter().map(row).collect();
        if self.undated() > 0 {
            let (undated, left) = (self.undated(), self.total - self.closed);
            let cells = [say!("no date known").into(), undated.into(), self.closed.into(), left.into()];
            rows.push(cells.into_iter().chain([Cell::default()]).collect());
        }
        let columns = [
            if by_month { word!("Month") } else { word!("Day") },
            word!("Closed"),
            word!("Closed in all"),
            // What was closed on an unknown date may have been closed by then.
            if self.undated() > 0 { word!("Left at most") } else { word!("Left") },
            word!("Issues then"),
        ];
        Table::new(format!("{title}. {}", self.told()), &columns, rows)
    }
    /// How many issues there were at the end of a period, which is a day or a month.
    fn scope_in(&self, period: &str) -> Option<usize> {
        let mut scope = self.scope.iter().rev();
        scope.find(|(day, _)| day.to_string()[..period.len()] <= *period).map(|(_, count)| *count)
    }
}
