//! A plain day of the calendar, without a time or a zone.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A day, as `2026-11-22`. Years run from 1 to 9999, so that every day is written in ten characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// 1970-01-01: what a clock that cannot tell the day says.
    pub const FIRST: Self = Self(NaiveDate::from_epoch_days(0).expect("the epoch is a day"));

    /// 0001-01-01: the first day that can be written.
    const EARLIEST: Self = Self(NaiveDate::from_ymd_opt(1, 1, 1).expect("a day of the calendar"));

    /// 9999-12-31: the last day that can be written.
    pub(super) const LATEST: Self =
        Self(NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day of the calendar"));

    /// Reads `YYYY-MM-DD`; anything else, and a day that no calendar has, is `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |range: std::ops::Range<usize>| {
            let part = text.get(range)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten()
        };
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let year = i32::try_from(digits(0..4)?).ok().filter(|year| *year >= 1)?;
        NaiveDate::from_ymd_opt(year, digits(5..7)?, digits(8..10)?).map(Self)
    }

    /// The day that holds this second since 1970-01-01T00:00:00 UTC; `None` outside the years 1 to 9999.
    pub(crate) fn from_unix(seconds: i64) -> Option<Self> {
        let day = chrono::DateTime::from_timestamp(seconds, 0)?.date_naive();
        (1..=9999).contains(&day.year()).then_some(Self(day))
    }

    /// The day as a number of whole days since 1970-01-01.
    pub fn number(self) -> i64 {
        self.0.to_epoch_days().into()
    }

    /// The day of this number; of one outside the years 1 to 9999 the nearest that is written.
    pub fn nearest(number: i64) -> Self {
        let day = i32::try_from(number).ok().and_then(NaiveDate::from_epoch_days);
        let outside = if number < 0 { Self::EARLIEST } else { Self::LATEST };
        day.map_or(outside, |day| Self(day).clamp(Self::EARLIEST, Self::LATEST))
    }

    /// The last day of a month, from 1 to 12.
    pub(super) fn last_of_month(year: i32, month: u32) -> Option<Self> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).filter(|_| (1..=9999).contains(&year))?;
        first.with_day(first.num_days_in_month().into()).map(Self)
    }

    /// The first day of as many months as end with this day's.
    pub(super) fn first_of_months(self, months: u32) -> Self {
        let back = |first: NaiveDate| first.checked_sub_months(chrono::Months::new(months.saturating_sub(1)));
        Self(self.0.with_day(1).and_then(back).unwrap_or(self.0))
    }

    /// How many months have begun since the year 0.
    pub(crate) fn months(self) -> i64 {
        i64::from(self.0.year()) * 12 + i64::from(self.0.month())
    }

    /// How many days lie between `earlier` and this day: negative where this day comes first.
    pub(crate) fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }
}

impl Day {
    /// Hands out the day as it is written. Digit by digit: pages hold so many days that a general formatter is seen in what a
    /// build takes.
    fn written<T>(self, show: impl FnOnce(&str) -> T) -> T {
        let (year, month, day) = (self.0.year().unsigned_abs(), self.0.month(), self.0.day());
        let digit = |number: u32, unit: u32| b'0' + (number / unit % 10) as u8;
        let [a, b, c, d] = [1000, 100, 10, 1].map(|unit| digit(year, unit));
        let ([m, n], [x, y]) = ([10, 1].map(|unit| digit(month, unit)), [10, 1].map(|unit| digit(day, unit)));
        show(str::from_utf8(&[a, b, c, d, b'-', m, n, b'-', x, y]).unwrap_or_default())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written(|text| f.write_str(text))
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }

    fn inline_schema() -> bool {
        true
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written(|text| serializer.serialize_str(text))
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text)
            .ok_or_else(|| D::Error::custom(format_args!("`{text}` is not a day of the calendar")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_days_of_the_calendar() {
        for good in ["2026-11-22", "2024-02-29", "0001-01-01", "9999-12-31"] {
            assert_eq!(Day::parse(good).map(|day| day.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "2025-02-29",
            "2026-13-01",
            "0000-01-01",
            "tomorrow",
            "2026-1-01",
            "2026-11-22T00",
            "+026-11-22",
            "",
        ] {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn days_are_numbers_and_back() {
        for text in ["1970-01-01", "0001-01-01", "9999-12-31", "2024-02-29"] {
            let day = Day::parse(text).expect("a day");
            assert_eq!(Day::nearest(day.number()), day);
        }
        let number = |text| Day::parse(text).expect("a day").number();
        assert_eq!((number("1970-01-01"), number("2027-03-01")), (0, 20_878));
        assert_eq!(Day::nearest(number("9999-12-31") + 1).to_string(), "9999-12-31");
        assert_eq!(Day::nearest(i64::MAX).to_string(), "9999-12-31");
        assert_eq!(Day::nearest(number("0001-01-01") - 1).to_string(), "0001-01-01");
        assert_eq!(Day::nearest(i64::MIN).to_string(), "0001-01-01");
    }

    #[test]
    fn counts_days_across_a_leap_year() {
        let day = |text| Day::parse(text).expect("a day");
        assert_eq!(day("2024-03-01").days_since(day("2024-02-28")), 2);
        assert_eq!(day("2026-01-01").days_since(day("2026-01-15")), -14);
        assert_eq!(Day::from_unix(1_795_305_600).map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
    }
}
