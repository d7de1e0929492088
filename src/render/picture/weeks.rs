//! How many issues were closed in each week, as bars.

use super::{
    Picture, Table,
    svg::{Px, Svg},
    table::Cell,
    text,
};
use crate::model::Day;
use crate::words::{say, word};

const WIDTH: Px = 380;
const LEFT: Px = 32;
const RIGHT: Px = 372;
const TOP: Px = 14;
const BOTTOM: Px = 150;

/// How many issues were closed in a week, and how many came and went as far as that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Week {
    /// The day that it ends on.
    pub(crate) ending: Day,
    /// How many were closed.
    pub(crate) closed: usize,
    /// How many were added and dropped.
    pub(crate) moved: Option<(usize, usize)>,
}

/// Weeks side by side, the oldest first; `None` where nothing was closed in them.
pub(crate) fn weeks(title: &str, weeks: &[Week]) -> Option<Picture> {
    let (first, last) = (weeks.first()?, weeks.last()?);
    let most = weeks.iter().map(|week| week.closed).max().filter(|most| *most > 0)?;
    let sum: usize = weeks.iter().map(|week| week.closed).sum();
    let told = say!(
        "Closed in the {} weeks up to {}: {}, at most {} in a week",
        weeks.len(),
        last.ending,
        sum,
        most
    );
    let mut svg = Svg::image("weeks", WIDTH, BOTTOM + 24, &told);
    scale(&mut svg, most);
    let pitch = (RIGHT - LEFT) / weeks.len() as Px;
    for (ix, week) in weeks.iter().enumerate().filter(|(_, week)| week.closed > 0) {
        let y = height(week.closed, most);
        svg.rect("share", LEFT + ix as Px * pitch + 1, y, pitch - 2, BOTTOM - y, 1);
    }
    svg.text("small", LEFT, BOTTOM + 16, &first.ending.to_string());
    svg.anchored("small", "end", LEFT + weeks.len() as Px * pitch, BOTTOM + 16, &last.ending.to_string());
    let rows = weeks.iter().map(|week| {
        let count = |count: Option<usize>| count.map(Cell::from).unwrap_or_default();
        let (added, dropped) = (week.moved.map(|moved| moved.0), week.moved.map(|moved| moved.1));
        vec![week.ending.into(), week.closed.into(), count(added), count(dropped)]
    });
    let columns = [word!("Week ending"), word!("Closed"), word!("Added"), word!("Dropped")];
    let facts = Table::new(format!("{}. {told}", text::head(title)), &columns, rows.collect());
    Some(Picture { svg: svg.finish(), facts })
}

fn height(count: usize, most: usize) -> Px {
    BOTTOM - count as Px * (BOTTOM - TOP) / most.max(1) as Px
}

/// Lines across at none, half and the most; of an odd most at the most alone.
fn scale(svg: &mut Svg, most: usize) {
    let half = (most.is_multiple_of(2)).then_some(most / 2);
    svg.open("g", &[("class", &"axis"), ("aria-hidden", &"true")]);
    for count in [0].into_iter().chain(half).chain([most]) {
        let y = height(count, most);
        svg.path("grid", &format!("M{LEFT} {y}H{RIGHT}"));
        svg.anchored("small", "end", LEFT - 8, y + 4, &count.to_string());
    }
    svg.close();
}
