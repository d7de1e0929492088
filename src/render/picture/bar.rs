//! Bars: how far something has come, and how issues spread over labels.

use super::{
    Picture, Table, class,
    marks::{BIG, SMALL},
    svg::{Px, Svg},
    table::Cell,
    text,
};
use crate::{
    data::percent,
    facts::{Facts, Status},
    model::{IssueIx, LabelIx, Roadmap},
};

/// In how many units a progress bar is divided.
const UNITS: usize = 1000;

/// The least that a part of a progress bar takes, so that one issue of a thousand is still seen.
const LEAST: usize = 8;

/// The room between two parts.
const GAP: usize = 3;

/// How many labels one picture draws; the table tells of all.
pub const MOST_BARS: usize = 60;

/// The order of the parts.
const STATUSES: [Status; 6] =
    [Status::Done, Status::InProgress, Status::Ready, Status::Blocked, Status::Unknown, Status::Dropped];

/// How many issues stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// Closed ones.
    pub done: usize,
    /// Those that have begun.
    pub in_progress: usize,
    /// Those that can begin.
    pub ready: usize,
    /// Those that wait.
    pub blocked: usize,
    /// Those of which nobody has stated whether they are open.
    pub unknown: usize,
    /// Those that were dropped.
    pub dropped: usize,
}

impl Counts {
    /// Counts some issues.
    pub fn of(facts: &Facts, issues: impl Iterator<Item = IssueIx>) -> Self {
        let mut counts = Self::default();
        for ix in issues {
            *counts.of_status(facts.issue(ix).status) += 1;
        }
        counts
    }

    /// All of them.
    pub fn total(&self) -> usize {
        self.done + self.in_progress + self.ready + self.blocked + self.unknown + self.dropped
    }

    fn of_status(&mut self, status: Status) -> &mut usize {
        match status {
            Status::Done => &mut self.done,
            Status::InProgress => &mut self.in_progress,
            Status::Ready => &mut self.ready,
            Status::Blocked => &mut self.blocked,
            Status::Unknown => &mut self.unknown,
            Status::Dropped => &mut self.dropped,
        }
    }

    /// Each status with its count.
    fn each(mut self) -> [(Status, usize); 6] {
        STATUSES.map(|status| (status, *self.of_status(status)))
    }

    /// `3 done, 1 ready, 2 blocked`; `no issues` where there is none.
    pub fn words(&self) -> String {
        let each = self.each().into_iter().filter(|(_, count)| *count > 0);
        let words: Vec<_> = each.map(|(status, count)| format!("{count} {}", status.words())).collect();
        if words.is_empty() { "no issues".into() } else { words.join(", ") }
    }
}

/// A stacked bar of how issues stand. `name` says of what, as `Progress of DB-ML1`.
pub fn progress(name: &str, counts: Counts) -> Picture {
    let total = counts.total();
    let caption = format!("{}: {}", text::head(name), counts.words());
    let mut svg = Svg::stretched("bar", UNITS as Px, 12, &caption);
    let parts: Vec<_> = counts.each().into_iter().filter(|(_, count)| *count > 0).collect();
    let mut x = 0;
    for ((status, _), width) in parts.iter().zip(widths(&parts)) {
        svg.rect(&format!("part {}", class(*status)), x, 0, width, 12, 0);
        x += width + GAP as Px;
    }
    if parts.is_empty() {
        svg.rect("part empty", 0, 0, UNITS as Px, 12, 0);
    }
    let share = |count: usize| percent(count * 100 / total.max(1)).into();
    let row = |(status, count): &(Status, usize)| vec![status.words().into(), count.into(), share(*count)];
    let rows = parts.iter().map(row).collect();
    Picture { svg: svg.finish(), facts: Table::new(caption, &["Status", "Issues", "Share"], rows) }
}

/// How wide the parts are: by their counts, none too small to be seen, together with the gaps the whole bar.
fn widths(parts: &[(Status, usize)]) -> Vec<Px> {
    let total: usize = parts.iter().map(|(_, count)| count).sum();
    let free = UNITS - GAP * parts.len().saturating_sub(1) - LEAST * parts.len();
    let mut widths: Vec<_> =
        parts.iter().map(|(_, count)| (LEAST + count * free / total.max(1)) as Px).collect();
    let used: Px = widths.iter().sum::<Px>() + (GAP * parts.len().saturating_sub(1)) as Px;
    if let Some(widest) = widths.iter_mut().max() {
        *widest += UNITS as Px - used;
    }
    widths
}

/// How many issues have each of some labels, and how many of those are closed. `name` says which labels, as `Area labels`.
pub fn labels(
    roadmap: &Roadmap,
    facts: &Facts,
    name: &str,
    labels: &[LabelIx],
    links: &dyn Fn(LabelIx) -> String,
) -> Picture {
    let share = |ix: &LabelIx| {
        let facts = facts.label(*ix);
        Share {
            name: text::head(&roadmap.labels[ix.0].name).to_owned(),
            href: links(*ix),
            total: facts.issues.len(),
            done: facts.closed,
            open: facts.open,
        }
    };
    distribution(name, &labels.iter().map(share).collect::<Vec<_>>())
}

/// One bar of a distribution.
#[derive(Debug, Clone)]
pub struct Share {
    /// What it is of.
    pub name: String,
    /// Where that is shown; empty where nothing links.
    pub href: String,
    /// All issues.
    pub total: usize,
    /// Those that are closed.
    pub done: usize,
    /// Those that are open; of the rest nobody has said.
    pub open: usize,
}

impl Share {
    fn words(&self) -> String {
        match (self.total, self.done, self.open) {
            (0, ..) => "none".into(),
            (total, 0, 0) => format!("{total} unknown"),
            (total, done, _) => format!("{done} of {total} done"),
        }
    }
}

const WIDTH: Px = 640;
const ROW: Px = 28;
const LEFT: Px = 196;
const RIGHT: Px = 520;

/// Bars side by side: as long as they have issues, filled as far as those are done.
pub fn distribution(name: &str, shares: &[Share]) -> Picture {
    let drawn = &shares[..shares.len().min(MOST_BARS)];
    let most = shares.iter().map(|share| share.total).max().unwrap_or(0).max(1);
    let left_out = shares.len() - drawn.len();
    let end = 4 + drawn.len() as Px * ROW;
    let height = end + if left_out > 0 { 26 } else { 4 };
    let mut svg = Svg::group("distribution", WIDTH, height, text::head(name));
    for (ix, share) in drawn.iter().enumerate() {
        draw_share(&mut svg, share, 4 + ix as Px * ROW, most);
    }
    if left_out > 0 {
        svg.text("small", 8, end + 16, &format!("and {left_out} more, which the table tells of"));
    }
    let row = |share: &Share| {
        vec![Cell::link(&share.name, &share.href), share.total.into(), share.open.into(), share.done.into()]
    };
    let rows = shares.iter().map(row).collect();
    let caption = text::head(name).to_owned();
    Picture { svg: svg.finish(), facts: Table::new(caption, &["Label", "Issues", "Open", "Closed"], rows) }
}

fn draw_share(svg: &mut Svg, share: &Share, top: Px, most: usize) {
    let words = share.words();
    svg.link("row", &share.href, &format!("{}: {words}", share.name));
    svg.rect("hit", 1, top + 1, WIDTH - 2, ROW - 2, 5);
    svg.text("name", 8, top + 18, &text::fit(&share.name, BIG, LEFT - 20));
    let length = |count: usize| (count * (RIGHT - LEFT) as usize / most) as Px;
    let all = length(share.total);
    if share.total > 0 {
        svg.rect("track", LEFT, top + 8, all.max(3), 12, 2);
    }
    if share.done > 0 {
        svg.rect("share", LEFT, top + 8, length(share.done).max(2), 12, 2);
    }
    debug_assert!(text::width(&words, SMALL) < WIDTH);
    svg.text("small", LEFT + all + 10, top + 18, &words);
    svg.close();
}
