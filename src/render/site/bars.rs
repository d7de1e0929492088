//! Bars of issues, all of a list to one scale: each issue counts as one, or with its points where most are estimated.

use crate::render::status::StatusView;
use crate::words::{counted, say};
use serde::Serialize;

use super::{
    PageContext,
    grouping::{Grouping, Slot},
};
use crate::{
    data::rounded,
    facts::{Facts, Status, StatusCounts},
    model::IssueIx,
};

/// The order in which statuses stand in a bar.
const STATUSES: [Status; 6] =
    [Status::Done, Status::InProgress, Status::Ready, Status::Blocked, Status::Unknown, Status::Dropped];

/// What an issue counts at most, in points: sums of them stay numbers.
const MOST_POINTS: f64 = 1e12;

/// A bar: what the components `bar` and `key` may know.
#[derive(Debug, Default, Serialize)]
pub(super) struct BarView {
    /// What is counted, if that is not issues: `Points`.
    unit: String,
    /// What has none, as `3 issues without an estimate`; empty where all have some.
    without: String,
    /// Its pieces, without empty ones.
    pieces: Vec<Piece>,
    /// What it shows, as `81 done, 59 blocked`.
    words: String,
}

/// A piece of a bar.
#[derive(Debug, Serialize)]
struct Piece {
    /// The classes that colour it.
    class: String,
    /// What is counted, as `Done`.
    name: String,
    /// Where it begins and how long it is, in per cent of the whole width, as `12.5`.
    at: String,
    length: String,
    /// How much is counted, as `12` or `2.5`.
    count: String,
    #[serde(skip)]
    size: f64,
    /// What it leads to; empty where it leads nowhere.
    link: String,
}

impl BarView {
    fn new(scale: f64, counted: impl Iterator<Item = (String, String, f64, String)>) -> Self {
        let mut bar = Self::default();
        let (mut at, share) = (0.0, |size: f64| share(size, scale));
        for (class, name, size, link) in counted.filter(|(.., size, _)| *size > 0.0) {
            let (separator, count) = (if bar.words.is_empty() { "" } else { ", " }, rounded(size));
            bar.words += &format!("{separator}{count} {}", name.to_lowercase());
            let length = share(at + size).saturating_sub(share(at));
            let (from, length) = (in_percent(share(at)), in_percent(length));
            bar.pieces.push(Piece { class, name, at: from, length, count, size, link });
            at += size;
        }
        bar
    }

    /// How issues stand, each counted as one.
    pub(super) fn of_statuses(facts: &Facts, counts: &StatusCounts, scale: usize) -> Self {
        Self::by_status(facts, |status| counts.get(status) as f64, scale as f64)
    }

    /// How issues stand, each by its [size](PageContext::size).
    pub(super) fn of_issues(here: &PageContext<'_>, issues: &[IssueIx], scale: f64) -> Self {
        let mut sums = [0.0; STATUSES.len()];
        for ix in issues {
            sums[here.facts.issue(*ix).status as usize] += here.size(*ix);
        }
        let bar = Self::by_status(here.facts, |status| sums[status as usize], scale);
        if !here.known().points {
            return bar;
        }
        let is_without = |ix: &&IssueIx| here.roadmap.issues[ix.0].estimate.is_none();
        let without = match issues.iter().filter(is_without).count() {
            0 => String::new(),
            some => say!("{} without an estimate", counted(some, "issue")),
        };
        Self { unit: say!("Points"), without, ..bar }
    }

    fn by_status(facts: &Facts, size: impl Fn(Status) -> f64, scale: f64) -> Self {
        let pieces = STATUSES.map(|status| {
            let view = StatusView::of(facts, status);
            (format!("st {}", view.class), view.said().into_owned(), size(status), String::new())
        });
        Self::new(scale, pieces.into_iter())
    }

    /// What issues have each label of a group; `sums` are those of [`Grouping::sums`].
    pub(super) fn of_group(here: &PageContext<'_>, group: &Grouping, sums: &[f64], scale: f64) -> Self {
        let slots = group.slots.iter().map(|slot| {
            let link = slot.label.map(|label| here.label(label)).unwrap_or_default();
            (format!("l {}", class(here, slot)), slot.said().into_owned(), link)
        });
        let without = ("l l-none".to_owned(), say!("no {}", group.prefix), String::new());
        let pieces = slots.chain(std::iter::once(without)).zip(sums);
        Self::new(scale, pieces.map(|((class, name, link), size)| (class, name, *size, link)))
    }

    /// The same with each issue by itself, a gap behind it.
    pub(super) fn in_units(self, scale: usize) -> Self {
        let unit = |at: usize, piece: &Piece| Piece {
            class: piece.class.clone(),
            name: piece.name.clone(),
            at: in_percent(share(at as f64, scale as f64)),
            length: in_percent(share(1.0, scale as f64) * 7 / 8),
            count: rounded(1.0),
            size: 1.0,
            link: String::new(),
        };
        let whole = self.pieces.iter().flat_map(|piece| std::iter::repeat_n(piece, piece.size as usize));
        Self { pieces: whole.enumerate().map(|(at, piece)| unit(at, piece)).collect(), ..self }
    }

    /// A number alone.
    pub(super) fn of_number(count: usize, scale: usize, class: &str, name: &str) -> Self {
        Self::of_sum(count as f64, scale as f64, class, name)
    }

    /// A sum alone.
    pub(super) fn of_sum(sum: f64, scale: f64, class: &str, name: &str) -> Self {
        Self::new(scale, std::iter::once((class.to_owned(), name.to_owned(), sum, String::new())))
    }
}

impl PageContext<'_> {
    /// How much an issue counts in bars: its points where most of what is open is estimated, else 1.
    pub(super) fn size(&self, ix: IssueIx) -> f64 {
        let estimate = self.roadmap.issues[ix.0].estimate;
        if self.known().points { estimate.map_or(0.0, |points| points.clamp(0.0, MOST_POINTS)) } else { 1.0 }
    }

    /// The same of many issues.
    pub(super) fn size_of(&self, issues: &[IssueIx]) -> f64 {
        issues.iter().map(|ix| self.size(*ix)).sum()
    }
}

/// The class that has the colour of a label; beside it, `l` fills with that.
pub(super) fn class<'a>(here: &PageContext<'a>, slot: &Slot) -> &'a str {
    slot.label.map_or("l-none", |label| here.places.label_slug(label))
}

/// A size in hundredths of a per cent of a scale; 0 where that is 0.
fn share(size: f64, scale: f64) -> usize {
    if scale > 0.0 { (size * 10_000.0 / scale) as usize } else { 0 }
}

/// Hundredths of a per cent as per cent: `12.5`.
fn in_percent(share: usize) -> String {
    let (whole, rest) = (share / 100, share % 100);
    let digits = format!("{whole}.{rest:02}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}
