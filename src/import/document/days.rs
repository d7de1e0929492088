//! Days as documents state them: whole, as `Q1 2027` or `March 2027`, as `later`, and without a year where what is around gives it.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::Reading;
use crate::documents::dates;
use crate::model::{Loose, Purpose, When};

/// What is around a day that can give its year.
#[derive(Debug, Clone, Default)]
struct Around {
    /// The day that stands before it, in its column or as its start.
    before: Option<When>,
    /// The day that stands behind it.
    behind: Option<When>,
}

/// The day that a text states with its year.
fn dated(text: &str) -> Option<When> {
    let text = text.trim();
    When::parse(text).or_else(|| Loose::read(text)?.when(None)).filter(|when| !when.is_later())
}

/// Whether a text states a day, be it without its year.
pub(super) fn is_day(text: &str) -> bool {
    dated(text).is_some() || Loose::read(text.trim()).is_some()
}

/// Words before a day that say that it is one of work, and whether that is done then.
const BEFORE_A_DAY: [(&str, bool); 15] = [
    ("due by", false),
    ("due", false),
    ("by", false),
    ("target date", false),
    ("target", false),
    ("eta", false),
    ("until", false),
    ("deadline", false),
    ("planned for", false),
    ("planned", false),
    ("expected", false),
    ("released on", true),
    ("released", true),
    ("shipped", true),
    ("release", false),
];

/// A day behind a title: `0.2.0 (2026-03-01)`, `Plugins — Q4 2026`, `Login (by March 2026)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Behind<'t> {
    /// The title without it.
    pub(super) title: &'t str,
    pub(super) day: &'t str,
    /// Whether a word says what day it is.
    pub(super) is_told: bool,
    /// Whether that word says that it is done.
    pub(super) is_done: bool,
}

impl<'t> Behind<'t> {
    /// The day behind a title; a bare year is one only where a word before it says so.
    pub(super) fn of(text: &'t str) -> Option<Self> {
        let text = text.trim_end();
        let (title, inside) = match text.strip_suffix([')', ']']) {
            Some(inside) => inside.rsplit_once(['(', '['])?,
            None => {
                let dashes = [" - ", " – ", " — "].into_iter();
                dashes.filter_map(|dash| text.rsplit_once(dash)).max_by_key(|(title, _)| title.len())?
            }
        };
        let lower = inside.to_lowercase();
        let word = BEFORE_A_DAY
            .iter()
            .find(|(word, _)| lower.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', ':'])));
        let behind = word.and_then(|(word, _)| inside.get(word.len()..)).unwrap_or(inside);
        let day = behind.trim_start_matches([' ', ':']).trim_end();
        let is_year = day.len() == 4 && day.bytes().all(|byte| byte.is_ascii_digit());
        let is_day = dated(day).is_some() || dates::day_of(day).is_some();
        let title = title.trim_end();
        (is_day && (word.is_some() || !is_year) && title.contains(char::is_alphanumeric)).then_some(Self {
            title,
            day,
            is_told: word.is_some(),
            is_done: word.is_some_and(|(_, is_done)| *is_done),
        })
    }
}

/// The quarter, half or month that a title is, or begins with before a separator: `Q3 2026`, `March 2027: Beta`, `Q2 – Growth`.
pub(super) fn day_of_title(title: &str) -> Option<&str> {
    let ends = [": ", " - ", " – ", " — ", " ("].iter().filter_map(|end| title.find(end)).min();
    let head = title[..ends.unwrap_or(title.len())].trim();
    let is_part = head.len() > 4 && dated(head).is_some();
    (is_part || Loose::read(head).is_some_and(Loose::wants_year)).then_some(head)
}

/// The years that days state.
pub(super) fn years_of<'t>(days: impl Iterator<Item = &'t str>) -> BTreeSet<i32> {
    days.filter_map(dated).filter_map(When::year).collect()
}

/// For each of some values the last one in front of it that is there.
fn nearest<'v, T: Copy + 'v>(values: impl Iterator<Item = &'v Option<T>>) -> Vec<Option<T>> {
    let mut last = None;
    let before = values.map(|value| {
        let before = last;
        last = value.or(last);
        before
    });
    before.collect()
}

/// The years that a heading names.
fn years_in(text: &str) -> BTreeSet<i32> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let years = words.filter(|word| word.len() == 4).filter_map(|word| word.parse().ok());
    years.filter(|year| (1990..=2100).contains(year)).collect()
}

impl Around {
    /// The one year with which a part of one stands in order between its neighbours.
    fn year(&self, part: Loose) -> Option<i32> {
        let is_in_order = |year: &i32| {
            part.when(Some(*year)).is_some_and(|when| {
                self.before.is_none_or(|before| !before.is_after(when))
                    && self.behind.is_none_or(|behind| !when.is_after(behind))
            })
        };
        let (first, last) = match (self.before.and_then(When::year), self.behind.and_then(When::year)) {
            (Some(first), Some(last)) => (first, last),
            (one, other) => one.or(other).map(|year| (year, year))?,
        };
        let mut found = (first..=last).filter(is_in_order);
        found.next().filter(|_| found.next().is_none())
    }
}

impl Reading<'_> {
    /// Takes note of the years of a column's days that name none, each text with its place: that of its head or of a heading above
    /// where no day of the table is of another, else that of their neighbours.
    pub(super) fn note_years(&mut self, head: &str, cells: &[(String, usize)], of_table: &BTreeSet<i32>) {
        let stated: Vec<_> = cells.iter().map(|(text, _)| dated(text)).collect();
        let (before, mut behind) = (nearest(stated.iter()), nearest(stated.iter().rev()));
        behind.reverse();
        for (ix, (text, at)) in cells.iter().enumerate() {
            let Some(part) = Loose::read(text).filter(|part| part.wants_year()) else { continue };
            let around = Around { before: before[ix], behind: behind[ix] };
            let named = years_in(head);
            let heading = match named.len() {
                0 => self.year_above(*at),
                _ => named.first().copied().filter(|_| named.len() == 1),
            };
            let year = match heading {
                Some(year) => Some(year).filter(|year| of_table.iter().all(|other| other == year)),
                None => around.year(part),
            };
            if let Some(year) = year {
                self.years.entry(*at).or_insert(year);
            }
        }
    }

    /// The one year that the nearest heading above a place names which names any.
    pub(super) fn year_above(&self, at: usize) -> Option<i32> {
        // They stand in the order of the document.
        let begun = self.chapters.partition_point(|chapter| chapter.heading.start <= at);
        let mut chapter = begun.checked_sub(1);
        while let Some(above) = chapter.map(|ix| &self.chapters[ix]) {
            let found = years_in(&above.title.text);
            if !found.is_empty() {
                return found.first().copied().filter(|_| found.len() == 1);
            }
            chapter = above.parent;
        }
        None
    }

    /// Whether a title is named by a time whose year it or a heading above it gives.
    pub(super) fn is_of_time(&self, title: &str, at: usize) -> bool {
        day_of_title(title).is_some_and(|day| dated(day).is_some() || self.year_above(at).is_some())
    }

    /// The day that a text states, as a source writes it.
    ///
    /// # Errors
    /// Where it states none, or not of which year; the answer says what to write.
    pub(super) fn stated(
        &self,
        text: &str,
        purpose: Purpose,
        range: &Range<usize>,
    ) -> Result<String, String> {
        let text = text.trim();
        let loose = Loose::read(text);
        let year = self.years.get(&range.start).copied();
        let whole = || dates::day_of(text).map(When::from);
        let found =
            When::parse(text).or_else(|| loose?.when(year)).or_else(whole).map(|when| when.to_string());
        if found.is_none() && loose.is_some_and(Loose::wants_year) {
            return Err("nothing around says of which year: write it, as in `Q1 2027`".into());
        }
        let written = found.as_deref().unwrap_or(text);
        When::read(written, purpose).map(|when| when.to_string()).map_err(|misread| misread.help)
    }
}

/// The years of days by the places of their texts.
pub(super) type Years = BTreeMap<usize, i32>;
