//! The axis of days: which days a picture spans, where each lies, and which marks help to read it.

use super::{
    marks::SMALL,
    svg::{Px, Svg},
    text,
};
use crate::model::Day;
use crate::words::{self, say, word};

/// The names of the months, as a mark shows them.
const MONTHS: [&str; 12] = [
    word!("Jan"),
    word!("Feb"),
    word!("Mar"),
    word!("Apr"),
    word!("May"),
    word!("Jun"),
    word!("Jul"),
    word!("Aug"),
    word!("Sep"),
    word!("Oct"),
    word!("Nov"),
    word!("Dec"),
];

/// How high the words of an axis are: two lines.
pub(super) const HEIGHT: Px = 38;

/// What lies between two marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Week,
    Month,
    Quarter,
    Years(i64),
}

/// A span of days laid out from left to right.
#[derive(Debug, Clone)]
pub(super) struct Axis {
    /// The first day, counted from [`Day::FIRST`].
    first: i64,
    /// The day after the last one.
    end: i64,
    left: Px,
    right: Px,
    unit: Unit,
}

/// A mark on the axis.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) x: Px,
    /// Its number among all marks of its unit since year 0: marks that are left out for want of room are left out evenly.
    pub(super) number: i64,
    pub(super) label: String,
    /// The larger unit that begins at this mark.
    pub(super) larger: Option<String>,
}

impl Axis {
    /// An axis that shows all these days; `None` where there is no day.
    pub(super) fn new(days: impl Iterator<Item = Day>, left: Px, right: Px) -> Option<Self> {
        let days = days.map(count);
        let (min, max) = days.fold(None, |span: Option<(i64, i64)>, day| {
            Some(span.map_or((day, day), |(min, max)| (min.min(day), max.max(day))))
        })?;
        let unit = Unit::for_span(max - min);
        let end = unit.after(unit.begin(max));
        let end = if end - max < unit.room() { unit.after(end) } else { end };
        Some(Self { first: unit.begin(min), end, left, right, unit })
    }

    /// How many days lie between its ends.
    pub(super) fn days(&self) -> i64 {
        self.end - self.first
    }

    /// The first day.
    pub(super) fn first(&self) -> Day {
        Day::nearest(self.first)
    }

    /// The day at its end.
    pub(super) fn last(&self) -> Day {
        Day::nearest(self.end)
    }

    /// The same days between other places.
    pub(super) fn over(self, left: Px, right: Px) -> Self {
        Self { left, right, ..self }
    }

    /// Where a day lies; days before or after the axis lie at its ends.
    pub(super) fn x(&self, day: Day) -> Px {
        self.place(count(day))
    }

    fn place(&self, day: i64) -> Px {
        let day = day.clamp(self.first, self.end);
        self.left + (day - self.first) * (self.right - self.left) / (self.end - self.first).max(1)
    }

    /// Its marks, from left to right.
    pub(super) fn ticks(&self) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut day = self.first;
        while day <= self.end {
            let (number, label, larger) = self.unit.label(day);
            ticks.push(Tick { x: self.place(day), number, label, larger });
            day = self.unit.after(day);
        }
        ticks
    }

    /// Writes the marks and draws their lines.
    pub(super) fn draw(&self, svg: &mut Svg, frame: Frame) {
        let ticks = self.ticks();
        let pitch = (self.right - self.left) / (ticks.len() as Px - 1).max(1);
        let widest = ticks.iter().map(|tick| text::width(&tick.label, SMALL)).max().unwrap_or(0);
        let every = [1, 2, 3, 4, 6, 12].into_iter().find(|every| pitch * every >= widest + 9).unwrap_or(12);
        svg.open("g", &[("class", &"axis"), ("aria-hidden", &"true")]);
        for tick in &ticks {
            let (class, words) =
                if tick.larger.is_some() { ("grid larger", frame.larger) } else { ("grid", frame.small) };
            let (from, to) = (frame.top.min(words - 12), frame.bottom.max(words + 4));
            svg.path(class, &format!("M{} {from}V{to}", tick.x));
        }
        let end = self.right - widest;
        for tick in ticks.iter().filter(|tick| tick.number % every == 0 && tick.x <= end) {
            svg.text("small", tick.x + 4, frame.small, &tick.label);
        }
        self.larger(svg, frame.larger);
        svg.close();
    }

    /// Writes the marks and draws their lines for days that run upwards: places are counted from `bottom`. The larger units are
    /// written at `left`, the marks up to `across.0`, and the lines run from there to `across.1`.
    pub(super) fn draw_up(&self, svg: &mut Svg, bottom: Px, left: Px, across: (Px, Px)) {
        let ticks = self.ticks();
        let pitch = (self.right - self.left) / (ticks.len() as Px - 1).max(1);
        let every = [1, 2, 3, 4, 6, 12].into_iter().find(|every| pitch * every >= SMALL + 4).unwrap_or(12);
        svg.open("g", &[("class", &"axis"), ("aria-hidden", &"true")]);
        let mut written = Px::MAX;
        for tick in &ticks {
            let y = bottom - tick.x;
            let class = if tick.larger.is_some() { "grid larger" } else { "grid" };
            svg.path(class, &format!("M{} {y}H{}", across.0 - 4, across.1));
            if tick.number % every == 0 {
                svg.anchored("small", "end", across.0 - 8, y + 4, &tick.label);
            }
            let larger = if tick.x == self.left { self.unit.larger(self.first) } else { tick.larger.clone() };
            if let Some(words) = larger.filter(|_| written >= y + SMALL + 4) {
                svg.text("small strong", left, y + 4, &words);
                written = y;
            }
        }
        svg.close();
    }

    /// Writes the larger units where each has room before the next.
    fn larger(&self, svg: &mut Svg, y: Px) {
        for (x, words, room) in self.larger_units() {
            if text::width(&words, SMALL) + 8 <= room {
                svg.text("small strong", x + 4, y, &words);
            }
        }
    }

    /// The larger units: where each begins, what it is called, and how much room it has.
    pub(super) fn larger_units(&self) -> Vec<(Px, String, Px)> {
        let first = self.unit.larger(self.first).map(|words| (self.left, words));
        let begin = self.ticks().into_iter().filter_map(|tick| Some((tick.x, tick.larger?)));
        let mut units: Vec<_> = first.into_iter().chain(begin).collect();
        units.dedup_by_key(|unit| unit.0);
        let next = units.iter().skip(1).map(|unit| unit.0).chain([self.right]).collect::<Vec<_>>();
        units.into_iter().zip(next).map(|((x, words), next)| (x, words, next - x)).collect()
    }
}

/// Where an axis writes and draws.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The baseline of its marks.
    pub(super) small: Px,
    /// The baseline of the larger units.
    pub(super) larger: Px,
    /// Where its lines begin and end; they go on to the words where those lie further out.
    pub(super) top: Px,
    pub(super) bottom: Px,
}

impl Frame {
    /// Words above the lines; they take [`HEIGHT`].
    pub(super) fn above(top: Px, bottom: Px) -> Self {
        Self { small: top + 32, larger: top + 13, top: top + HEIGHT, bottom }
    }

    /// Words below the lines; they take [`HEIGHT`].
    pub(super) fn below(top: Px, bottom: Px) -> Self {
        Self { small: bottom + 16, larger: bottom + 33, top, bottom }
    }
}

impl Unit {
    fn for_span(days: i64) -> Self {
        match days {
            ..=124 => Self::Week,
            125..=731 => Self::Month,
            732..=2922 => Self::Quarter,
            _ => {
                let years = days / 365 + 2;
                let mut steps = [1, 2, 5].into_iter().cycle();
                let mut tens = 1;
                loop {
                    let step = steps.next().unwrap_or(1) * tens;
                    if years / step < 16 {
                        return Self::Years(step);
                    }
                    tens *= if step == 5 * tens { 10 } else { 1 };
                }
            }
        }
    }

    /// The first day of the unit that holds a day.
    fn begin(self, day: i64) -> i64 {
        let (year, month, _) = date(day);
        match self {
            // The first day of all is a Thursday.
            Self::Week => day - (day + 3).rem_euclid(7),
            Self::Month => number(year, month),
            Self::Quarter => number(year, (month - 1) / 3 * 3 + 1),
            Self::Years(step) => number(year.div_euclid(step) * step, 1),
        }
    }

    /// The first day of the unit after the one that begins on a day.
    fn after(self, day: i64) -> i64 {
        let (year, month, _) = date(day);
        let months = |by: i64| number(year + (month - 1 + by) / 12, (month - 1 + by) % 12 + 1);
        match self {
            Self::Week => day + 7,
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Years(step) => number(year + step, 1),
        }
    }

    /// How many days stay free after the last one at least.
    fn room(self) -> i64 {
        match self {
            Self::Week => 2,
            Self::Month => 5,
            Self::Quarter => 14,
            Self::Years(step) => step * 40,
        }
    }

    /// What the mark at a day says, with its number and the larger unit that begins there.
    fn label(self, day: i64) -> (i64, String, Option<String>) {
        let (year, month, of_month) = date(day);
        let larger = |begins: bool| begins.then(|| self.larger(day)).flatten();
        match self {
            Self::Week => (day.div_euclid(7), of_month.to_string(), larger(of_month <= 7)),
            Self::Month => {
                (month - 1, words::of(MONTHS[(month - 1) as usize]).into_owned(), larger(month == 1))
            }
            Self::Quarter => (month / 3, say!("Q{}", month / 3 + 1), larger(month == 1)),
            Self::Years(step) => (year / step, year.to_string(), None),
        }
    }

    /// The larger unit that holds a day.
    fn larger(self, day: i64) -> Option<String> {
        let (year, month, _) = date(day);
        match self {
            Self::Week => Some(format!("{} {year}", words::of(MONTHS[(month - 1) as usize]))),
            Self::Month | Self::Quarter => Some(year.to_string()),
            Self::Years(_) => None,
        }
    }
}

/// A day as a number.
fn count(day: Day) -> i64 {
    day.days_since(Day::FIRST)
}

/// Year, month and day of the month of a day (Hinnant, "chrono-compatible low-level date algorithms").
fn date(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// The number of the first day of a month.
fn number(year: i64, month: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5;
    year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    fn axis(from: &str, to: &str) -> Axis {
        Axis::new([day(from), day(to)].into_iter(), 0, 700).expect("an axis")
    }

    #[test]
    fn days_and_numbers_are_the_same_both_ways() {
        for text in ["0001-01-01", "1970-01-01", "2000-02-29", "2026-11-22", "9999-12-31"] {
            let (year, month, of_month) = date(count(day(text)));
            assert_eq!(format!("{year:04}-{month:02}-{of_month:02}"), text);
            assert_eq!(number(year, month) + of_month - 1, count(day(text)));
        }
    }

    #[test]
    fn the_span_chooses_the_unit_and_never_explodes() {
        for (from, to, unit) in [
            ("2026-11-22", "2026-11-22", Unit::Week),
            ("2026-11-22", "2027-03-20", Unit::Week),
            ("2026-11-22", "2027-04-20", Unit::Month),
            ("2026-11-22", "2030-04-20", Unit::Quarter),
            ("2026-11-22", "2036-04-20", Unit::Years(1)),
            ("1926-11-22", "2126-04-20", Unit::Years(20)),
            ("0001-01-01", "9999-12-31", Unit::Years(1000)),
        ] {
            let axis = axis(from, to);
            assert_eq!(axis.unit, unit, "{from} {to}");
            assert!((2..=40).contains(&axis.ticks().len()), "{} ticks", axis.ticks().len());
        }
    }

    #[test]
    fn every_day_lies_on_the_axis_in_order() {
        let axis = axis("2026-01-15", "2026-12-31");
        let days = ["2026-01-01", "2026-01-15", "2026-06-30", "2026-07-01", "2026-12-31", "2027-03-01"];
        let places = days.map(|text| axis.x(day(text)));
        assert!(places.is_sorted() && places[0] == 0 && places[4] < 700 && places[5] == 700, "{places:?}");
    }

    #[test]
    fn weeks_begin_on_mondays_and_say_their_month() {
        let ticks = axis("2026-11-25", "2026-12-20").ticks();
        let labels: Vec<_> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, ["23", "30", "7", "14", "21", "28"][..labels.len()]);
        assert_eq!(ticks[2].larger.as_deref(), Some("Dec 2026"));
    }
}
