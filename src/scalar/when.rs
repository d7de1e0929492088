//! A stated day: a whole one, or no more exactly than a month, a quarter, a half or a year; or `later`.
//!
//! What is due within a span is due on its last day, what begins within one may begin on its first. Code that needs a day asks
//! for [`When::first`] or [`When::last`]; two of them are compared by the coarser unit ([`When::is_after`]) and sorted by their
//! last days ([`When::order`]), so there is no plain `<`.

mod loose;
mod meant;

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use super::Day;

pub(crate) use loose::Loose;
pub(crate) use meant::{meant_day, meant_when};

/// `later`, as it is written.
const LATER: &str = "later";

/// How exactly a day is stated, the most exact first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    /// `2027-03-31`.
    Day,
    /// `2027-03`.
    Month,
    /// `2027-Q1`: a quarter of the calendar.
    Quarter,
    /// `2027-H1`: a half of the calendar year.
    Half,
    /// `2027`.
    Year,
    /// `later`: after every day, but not never.
    Later,
}

impl Unit {
    /// How many months it has; none of a day, or of `later`.
    fn months(self) -> Option<u32> {
        match self {
            Self::Day | Self::Later => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Half => Some(6),
            Self::Year => Some(12),
        }
    }

    /// What one is called.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Day | Self::Later => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half-year",
            Self::Year => "year",
        }
    }
}

/// A stated day, as exact as it is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The last day of the span; for `later` the last day that can be written.
    last: Day,
    unit: Unit,
}

/// What a day is stated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// When something is due, which may be `later`.
    Due,
    /// When something begins.
    Start,
}

/// Why a text states no day, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misread {
    /// What is wrong.
    pub(crate) message: String,
    /// What to write.
    pub(crate) help: String,
}

impl When {
    /// `later`.
    pub(crate) const LATER: Self = Self { last: Day::LATEST, unit: Unit::Later };

    /// The span of this many months that holds a month, from 1 to 12.
    fn span(unit: Unit, year: i32, month: u32) -> Option<Self> {
        let months = unit.months()?;
        let end = month.checked_sub(1)? / months * months + months;
        Some(Self { last: Day::last_of_month(year, end)?, unit })
    }

    /// Reads `2027-03-31`, `2027-03`, `2027-Q1`, `2027-H1`, `2027` or `later`; anything else is `None`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.len() == 10 {
            return Day::parse(text).map(Self::from);
        }
        if text == LATER {
            return Some(Self::LATER);
        }
        let number = |text: &str, digits: usize| {
            let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
            is_number.then(|| text.parse::<u32>().ok()).flatten()
        };
        let (year, part) = text.split_once('-').map_or((text, None), |(year, part)| (year, Some(part)));
        let year = i32::try_from(number(year, 4)?).ok()?;
        let Some(part) = part else { return Self::span(Unit::Year, year, 12) };
        let (unit, month) = match (part.strip_prefix('Q'), part.strip_prefix('H')) {
            (Some(quarter), _) => (Unit::Quarter, number(quarter, 1)? * 3),
            (_, Some(half)) => (Unit::Half, number(half, 1)? * 6),
            _ => (Unit::Month, number(part, 2)?),
        };
        Self::span(unit, year, month)
    }

    /// Reads what is stated for a purpose.
    ///
    /// # Errors
    /// Where it is no such day; the answer says what to write.
    pub(crate) fn read(text: &str, purpose: Purpose) -> Result<Self, Misread> {
        match Self::parse(text) {
            Some(when) if when.unit == Unit::Later && purpose == Purpose::Start => Err(Misread {
                message: "nothing begins `later`".into(),
                help: "write a day, a month, a quarter, a half or a year, or leave the start out: only what is due \
                       can be `later`"
                    .into(),
            }),
            Some(when) => Ok(when),
            None => Err(loose::misread(text, purpose)),
        }
    }

    /// How exactly it is stated.
    pub(crate) fn unit(self) -> Unit {
        self.unit
    }

    /// Whether it is `later`.
    pub(crate) fn is_later(self) -> bool {
        self.unit == Unit::Later
    }

    /// Whether it is stated less exactly than as a day.
    pub(crate) fn is_coarse(self) -> bool {
        self.unit != Unit::Day
    }

    /// The first day of the span: something that begins then may begin on it. None for `later`.
    pub(crate) fn first(self) -> Option<Day> {
        match self.unit.months() {
            Some(months) => Some(self.last.first_of_months(months)),
            None => self.last(),
        }
    }

    /// The last day of the span, by which something is due. None for `later`.
    pub(crate) fn last(self) -> Option<Day> {
        (!self.is_later()).then_some(self.last)
    }

    /// The year in which it ends. None for `later`.
    pub(crate) fn year(self) -> Option<i32> {
        i32::try_from((self.last()?.months() - 1) / 12).ok()
    }

    /// The day, where a whole one is stated.
    pub(crate) fn day(self) -> Option<Day> {
        (!self.is_coarse()).then_some(self.last)
    }

    /// Whether it comes after another, by the coarser of the two units: no day of the one is a day of the other, or comes before
    /// it. `later` comes after every other.
    pub(crate) fn is_after(self, other: Self) -> bool {
        match (self.first(), other.last()) {
            (Some(first), Some(last)) => first > last,
            (None, Some(_)) => true,
            (_, None) => false,
        }
    }

    /// What lists are sorted by: the last day, and `later` behind all days.
    pub(crate) fn order(self) -> (bool, Day) {
        (self.is_later(), self.last)
    }

    /// Its number among all spans of its unit since the year 0, or the number of the day.
    pub(crate) fn number(self) -> i64 {
        let months = self.last.months();
        self.unit.months().map_or_else(|| self.last.number(), |unit| (months / i64::from(unit)) - 1)
    }

    /// With the word that stands before it: `on 2027-03-31`, `in 2027-Q1`, `later`.
    pub(crate) fn on(self) -> String {
        match self.unit {
            Unit::Day => format!("on {self}"),
            Unit::Later => LATER.into(),
            Unit::Month | Unit::Quarter | Unit::Half | Unit::Year => format!("in {self}"),
        }
    }
}

/// Whether one stated day comes after another; what has none comes after nothing.
pub(crate) fn is_after(one: Option<When>, other: Option<When>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.is_after(other))
}

impl From<Day> for When {
    fn from(day: Day) -> Self {
        Self { last: day, unit: Unit::Day }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months = self.last.months();
        let (year, month) = ((months - 1) / 12, (months - 1) % 12 + 1);
        match self.unit {
            Unit::Day => self.last.fmt(f),
            Unit::Month => write!(f, "{year:04}-{month:02}"),
            Unit::Quarter => write!(f, "{year:04}-Q{}", month / 3),
            Unit::Half => write!(f, "{year:04}-H{}", month / 6),
            Unit::Year => write!(f, "{year:04}"),
            Unit::Later => f.write_str(LATER),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.unit {
            Unit::Day => self.last.serialize(serializer),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format_args!("`{text}` is not a day of the calendar")))
    }
}

impl JsonSchema for When {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "When".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?|-Q[1-4]|-H[12])?|later)$"
        })
    }

    fn inline_schema() -> bool {
        true
    }
}

#[cfg(test)]
pub(crate) mod tests;
