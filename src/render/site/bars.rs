//! Bars of counted issues, all of a list to one scale.

use crate::render::status::StatusView;
use crate::words::say;
use serde::Serialize;

use super::{
    PageContext,
    grouping::{Grouping, Slot},
};
use crate::facts::{Status, StatusCounts};

/// The order in which statuses stand in a bar.
const STATUSES: [Status; 6] =
    [Status::Done, Status::InProgress, Status::Ready, Status::Blocked, Status::Unknown, Status::Dropped];

/// A bar: what the components `bar` and `key` may know.
#[derive(Debug, Default, Serialize)]
pub(super) struct BarView {
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
    count: usize,
    /// What it leads to; empty where it leads nowhere.
    link: String,
}

impl BarView {
    fn new(scale: usize, counted: impl Iterator<Item = (String, String, usize, String)>) -> Self {
        let mut bar = Self::default();
        let (mut at, share) = (0, |count: usize| share(count, scale));
        for (class, name, count, link) in counted.filter(|(.., count, _)| *count > 0) {
            let separator = if bar.words.is_empty() { "" } else { ", " };
            bar.words += &format!("{separator}{count} {}", name.to_lowercase());
            let length = share(at + count).saturating_sub(share(at));
            let (from, length) = (in_percent(share(at)), in_percent(length));
            bar.pieces.push(Piece { class, name, at: from, length, count, link });
            at += count;
        }
        bar
    }

    /// How issues stand.
    pub(super) fn of_statuses(counts: &StatusCounts, scale: usize) -> Self {
        let pieces = STATUSES.map(|status| {
            let view = StatusView::from(status);
            (format!("st {}", view.class), view.said().into_owned(), counts.get(status), String::new())
        });
        Self::new(scale, pieces.into_iter())
    }

    /// How many issues have each label of a group; `counts` are those of [`Grouping::counts`].
    pub(super) fn of_group(here: &PageContext<'_>, group: &Grouping, counts: &[usize], scale: usize) -> Self {
        let slots = group.slots.iter().map(|slot| {
            let link = slot.label.map(|label| here.label(label)).unwrap_or_default();
            (format!("l {}", class(here, slot)), slot.said().into_owned(), link)
        });
        let without = ("l l-none".to_owned(), say!("no {}", group.prefix), String::new());
        let pieces = slots.chain(std::iter::once(without)).zip(counts);
        Self::new(scale, pieces.map(|((class, name, link), count)| (class, name, *count, link)))
    }

    /// The same with each issue by itself, a gap behind it.
    pub(super) fn in_units(self, scale: usize) -> Self {
        let unit = |at: usize, piece: &Piece| Piece {
            class: piece.class.clone(),
            name: piece.name.clone(),
            at: in_percent(share(at, scale)),
            length: in_percent(share(1, scale) * 7 / 8),
            count: 1,
            link: String::new(),
        };
        let whole = self.pieces.iter().flat_map(|piece| std::iter::repeat_n(piece, piece.count));
        Self { pieces: whole.enumerate().map(|(at, piece)| unit(at, piece)).collect(), words: self.words }
    }

    /// A number alone.
    pub(super) fn of_number(count: usize, scale: usize, class: &str, name: &str) -> Self {
        Self::new(scale, std::iter::once((class.to_owned(), name.to_owned(), count, String::new())))
    }
}

/// The class that has the colour of a label; beside it, `l` fills with that.
pub(super) fn class<'a>(here: &PageContext<'a>, slot: &Slot) -> &'a str {
    slot.label.map_or("l-none", |label| here.places.label_slug(label))
}

/// A count in hundredths of a per cent of a scale.
fn share(count: usize, scale: usize) -> usize {
    (count * 10_000).checked_div(scale).unwrap_or_default()
}

/// Hundredths of a per cent as per cent: `12.5`.
fn in_percent(share: usize) -> String {
    let (whole, rest) = (share / 100, share % 100);
    let digits = format!("{whole}.{rest:02}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}
