//! How long an answer asks to wait. Whatever stands in its headers ends in a time: proxies and strangers write them too.
//!
//! Source: docs.github.com, "Rate limits for the REST API"; RFC 9110, section 10.2.3 (`Retry-After`: seconds or a date).

use std::time::Duration;

use super::wire::WireError;
use crate::io::Answer;

/// What an answer says of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// It asks for this wait.
    Told(Duration),
    /// It refuses for a limit, and does not say, or not in a readable way, for how long.
    Untold,
}

/// What an answer says of a limit at `now`, in time since 1970; `None` where it speaks of none.
pub(super) fn limit(answer: &Answer, now: Duration) -> Option<Limit> {
    if ![403, 429].contains(&answer.status) {
        return None;
    }
    // Moments are the server's: they are held against its own clock where it says what that shows.
    let now = answer.header("date").and_then(moment).unwrap_or(now);
    let header = |name: &str| answer.header(name).map(str::trim).filter(|value| !value.is_empty());
    if let Some(after) = header("retry-after") {
        let wait = seconds(after).or_else(|| Some(moment(after)?.saturating_sub(now)));
        return Some(wait.map_or(Limit::Untold, Limit::Told));
    }
    if header("x-ratelimit-remaining").and_then(seconds) == Some(Duration::ZERO) {
        let reset = header("x-ratelimit-reset").and_then(seconds);
        let wait = reset.map(|reset| reset.saturating_sub(now).saturating_add(Duration::from_secs(1)));
        return Some(wait.map_or(Limit::Untold, Limit::Told));
    }
    let message = WireError::read(&answer.body).message.unwrap_or_default().to_lowercase();
    let is_limit = answer.status == 429 || message.contains("secondary rate") || message.contains("abuse");
    is_limit.then_some(Limit::Untold)
}

/// A number of seconds. More of them than can be counted are as many as can be.
fn seconds(text: &str) -> Option<Duration> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

/// A moment as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT`, in time since 1970; one before that is that.
fn moment(text: &str) -> Option<Duration> {
    let moment = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(Duration::from_secs(u64::try_from(moment.timestamp()).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1_795_356_200);

    fn of(status: u16, headers: &[(&str, &str)]) -> Option<Limit> {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        limit(&Answer { status, headers, body: Vec::new() }, NOW)
    }

    fn told(seconds: u64) -> Option<Limit> {
        Some(Limit::Told(Duration::from_secs(seconds)))
    }

    #[test]
    fn every_form_of_retry_after_is_a_time_or_untold() {
        for (value, expected) in [
            ("7", told(7)),
            (" 7 ", told(7)),
            ("0", told(0)),
            ("18446744073709551615", told(u64::MAX)),
            ("99999999999999999999999999", told(u64::MAX)),
            ("Sun, 22 Nov 2026 14:03:50 GMT", told(30)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", told(0)),
            ("Wed, 01 Jan 1000 00:00:00 GMT", told(0)),
            ("-1", Some(Limit::Untold)),
            ("+1", Some(Limit::Untold)),
            ("1.5", Some(Limit::Untold)),
            ("1e99", Some(Limit::Untold)),
            ("soon", Some(Limit::Untold)),
            ("NaN", Some(Limit::Untold)),
        ] {
            assert_eq!(of(429, &[("retry-after", value)]), expected, "{value}");
            assert_eq!(of(403, &[("retry-after", value)]), expected, "{value}");
        }
        // An empty header says nothing.
        assert_eq!(of(403, &[("retry-after", " ")]), None);
        assert_eq!(of(200, &[("retry-after", "7")]), None);
    }

    #[test]
    fn every_form_of_a_reset_is_a_time_or_untold() {
        let reset = |value| of(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", value)]);
        assert_eq!(reset("1795356256"), told(57));
        assert_eq!(reset("0"), told(1));
        assert_eq!(reset("18446744073709551615"), told(u64::MAX - 1_795_356_200 + 1));
        assert_eq!(reset("99999999999999999999"), told(u64::MAX - 1_795_356_200 + 1));
        for odd in ["", "-5", "tomorrow", "1e99"] {
            assert_eq!(reset(odd), Some(Limit::Untold), "{odd}");
        }
        assert_eq!(of(403, &[("x-ratelimit-remaining", "-0")]), None);
    }

    #[test]
    fn a_moment_is_held_against_the_clock_of_the_server() {
        // The machine here is a year ahead; the server asks for a minute.
        let date = ("date", "Sun, 16 Nov 2025 00:00:00 GMT");
        let reset = ("x-ratelimit-reset", "1763251260");
        assert_eq!(of(403, &[date, ("x-ratelimit-remaining", "0"), reset]), told(61));
        assert_eq!(of(429, &[date, ("retry-after", "Sun, 16 Nov 2025 00:01:00 GMT")]), told(60));
        assert_eq!(of(429, &[("date", "nonsense"), ("retry-after", "5")]), told(5));
    }
}
