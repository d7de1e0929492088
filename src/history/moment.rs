//! When something was committed. git takes any number for a time; here it is a second of the years 1 to 9999.

use crate::model::Day;

/// 0001-01-01T00:00:00 and 9999-12-31T23:59:59 UTC, in seconds since 1970.
const RANGE: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// The seconds since 1970 that a text tells. A time beyond the calendar is the nearest one in it, and what is no number is 0,
/// as git has it.
pub(super) fn seconds_of(text: &str) -> i64 {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    let endless = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    text.parse().unwrap_or(endless).clamp(*RANGE.start(), *RANGE.end())
}

/// The day of UTC that holds a second.
pub(super) fn day_of(seconds: i64) -> Day {
    Day::from_unix(seconds).unwrap_or(Day::FIRST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_a_time_of_the_calendar() {
        for (text, day) in [
            ("1795305600", "2026-11-22"),
            ("0", "1970-01-01"),
            ("-1", "1969-12-31"),
            ("-62135596800", "0001-01-01"),
            ("-62135596801", "0001-01-01"),
            ("253402300800", "9999-12-31"),
            ("9223372036854775808", "9999-12-31"),
            ("-99999999999999999999999", "0001-01-01"),
            ("", "1970-01-01"),
            ("-", "1970-01-01"),
            ("+5", "1970-01-01"),
            ("1e9", "1970-01-01"),
        ] {
            assert_eq!(day_of(seconds_of(text)).to_string(), day, "{text}");
        }
    }
}
