//! How many issues began in each quarter, month or year, and what became of them: where nothing is due.

use super::{Group, Lanes, class, track::Track};
use crate::{
    facts::{Facts, Status},
    model::{Day, Roadmap, When},
    render::picture::{
        axis::Axis,
        svg::{Px, Value},
    },
    words::{self, counted, say},
};

/// How many pieces columns may be of on one page; with their names they are twice as many elements.
const MOST_PIECES: usize = 600;

/// How high a row is, and how high its highest column.
const HEIGHT: Px = 48;
const MOST: Px = 34;

/// From the foot of a column to its top: what is done first, what was dropped last.
pub(crate) const STATUSES: [Status; 6] =
    [Status::Done, Status::InProgress, Status::Ready, Status::Unknown, Status::Blocked, Status::Dropped];

/// How long a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Period {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
    /// Ten years.
    Decade,
}

impl Period {
    /// Those that are usual, the shortest first.
    pub(crate) const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// The number of the one that holds a day, among all since year 0.
    pub(crate) fn number(self, day: Day) -> i64 {
        (day.months() - 1).div_euclid(self.months().into())
    }

    fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
            Self::Decade => 120,
        }
    }

    /// How many began from one period to another, and at most in one.
    fn told(self, all: &str, (first, last): (&str, &str), most: usize) -> String {
        match self {
            Self::Month => say!("{} start from {} to {}, at most {} in a month", all, first, last, most),
            Self::Quarter => say!("{} start from {} to {}, at most {} in a quarter", all, first, last, most),
            Self::Year => say!("{} start from {} to {}, at most {} in a year", all, first, last, most),
            Self::Decade => say!("{} start from {} to {}, at most {} in a decade", all, first, last, most),
        }
    }

    /// How many began at most in one.
    fn most(self, most: usize) -> String {
        match self {
            Self::Month => say!("most in a month: {}", most),
            Self::Quarter => say!("most in a quarter: {}", most),
            Self::Year => say!("most in a year: {}", most),
            Self::Decade => say!("most in a decade: {}", most),
        }
    }

    /// What holds a day: as it is written, and its first and last days.
    pub(crate) fn around(self, day: Day) -> Option<(String, Day, Day)> {
        let month = u32::try_from((day.months() - 1).rem_euclid(12)).ok()? + 1;
        let year = (day.months() - 1).div_euclid(12);
        let written = match self {
            Self::Month => format!("{year:04}-{month:02}"),
            Self::Quarter => format!("{year:04}-Q{}", (month - 1) / self.months() + 1),
            Self::Year => format!("{year:04}"),
            Self::Decade => {
                let (from, to) = (year - year.rem_euclid(10), year - year.rem_euclid(10) + 9);
                let end = |year| When::parse(&format!("{year:04}"));
                return Some((say!("{}s", from), end(from.max(1))?.first()?, end(to)?.last()?));
            }
        };
        let when = When::parse(&written)?;
        Some((written, when.first()?, when.last()?))
    }
}

/// The columns of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    period: Period,
    /// Whether each piece says what it is when it is pointed at.
    named: bool,
}

impl Columns {
    /// Those that are readable, and not more of them on a page than it may hold.
    pub(super) fn of(roadmap: &Roadmap, facts: &Facts, groups: &[Group], axis: &Axis) -> Self {
        let least = match axis.days() {
            ..=1_000 => Period::Month,
            1_001..=6_600 => Period::Quarter,
            _ => Period::Year,
        };
        let pieces = |period: Period| {
            let of = |group: &Group| {
                let begun = group.issues.iter().filter_map(|ix| {
                    let day = roadmap.issues[ix.0].begins()?.first()?;
                    Some((period.number(day), facts.issue(*ix).status as usize))
                });
                begun.collect::<std::collections::BTreeSet<_>>().len()
            };
            groups.iter().map(of).sum::<usize>()
        };
        let fits = |period: &Period| *period >= least && pieces(*period) <= MOST_PIECES;
        match Period::ALL.into_iter().find(fits) {
            Some(period) => Self { period, named: true },
            // Without names there is room for twice as many.
            None if pieces(Period::Year) <= MOST_PIECES * 2 => Self { period: Period::Year, named: false },
            None => Self { period: Period::Decade, named: false },
        }
    }
}

/// A column: its name and place, and how many began in it, by how they stand.
struct Column {
    name: String,
    from: Px,
    to: Px,
    counts: [usize; 6],
}

/// Draws the columns of a group.
pub(super) fn draw(lanes: &Lanes<'_>, group: &Group, Columns { period, named }: Columns) -> String {
    let columns = columns(lanes, group, period);
    let most = columns.iter().map(|column| column.counts.iter().sum()).max().unwrap_or(0);
    let all: usize = columns.iter().flat_map(|column| column.counts).sum();
    let told = match (columns.first(), columns.last()) {
        (Some(first), Some(last)) => period.told(&counted(all, "issue"), (&first.name, &last.name), most),
        _ => say!("no issue has a start date"),
    };
    let mut track = Track::new(&"lane", HEIGHT, &told);
    for column in &columns {
        let mut y = HEIGHT - 2;
        for (status, count) in STATUSES.into_iter().zip(column.counts).filter(|(_, count)| *count > 0) {
            let height = (MOST * count as Px / (most as Px).max(1)).max(1);
            y -= height;
            let name = match named {
                true if lanes.facts.tells(status) => {
                    format!("{}: {count} {}", column.name, words::of(lanes.facts.word(status)).to_lowercase())
                }
                true => format!("{}: {}", column.name, counted(count, "issue")),
                false => String::new(),
            };
            let class: [&dyn Value; 2] = [&"begun ", &class(status)];
            track.named_rect(&class, (column.from, column.to), y, height, &name);
        }
    }
    if most > 0 {
        track.text("small halo", 0, 3, 11, "", &period.most(most));
    }
    track.finish()
}

fn columns(lanes: &Lanes<'_>, group: &Group, period: Period) -> Vec<Column> {
    let mut columns = std::collections::BTreeMap::<Day, Column>::new();
    for ix in &group.issues {
        let start = lanes.roadmap.issues[ix.0].begins().and_then(When::first);
        let Some((name, first, last)) = start.and_then(|day| period.around(day)) else { continue };
        let column = columns.entry(first).or_insert_with(|| {
            let (from, to) = (lanes.axis.x(first), lanes.axis.x(last));
            // A little room stays between two columns.
            Column { name, from, to: (to - (to - from) / 10).max(from + 10), counts: [0; 6] }
        });
        let status = lanes.facts.issue(*ix).status;
        if let Some(at) = STATUSES.iter().position(|known| *known == status) {
            column.counts[at] += 1;
        }
    }
    columns.into_values().collect()
}
