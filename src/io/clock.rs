//! The machine's clock.
#![allow(clippy::disallowed_methods, reason = "io is where the clock and its stand-in are read")]

use std::{
    env, thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{Failure, FailureKind};
use crate::scalar::Day;

/// The clock. Only what speaks for today asks it; what is committed never does.
pub trait Clock: Sync {
    /// Today, or the day of `SOURCE_DATE_EPOCH`, which stands in for it.
    ///
    /// # Errors
    /// Where that is not a number of seconds.
    fn today(&self) -> Result<Day, Failure>;

    /// The time since 1970-01-01 00:00 UTC. Nothing stands in for it: waiting is about the real clock.
    fn now(&self) -> Duration;

    /// Waits.
    fn sleep(&self, time: Duration);
}

/// The variable that stands in for the clock.
const STAND_IN: &str = "SOURCE_DATE_EPOCH";

/// The clock of this machine, in UTC; `SOURCE_DATE_EPOCH` (seconds since 1970) stands in for it.
/// Source: reproducible-builds.org, "SOURCE_DATE_EPOCH".
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn today(&self) -> Result<Day, Failure> {
        match env::var_os(STAND_IN).filter(|text| !text.is_empty()) {
            Some(text) => stand_in(&text.to_string_lossy()),
            None => Ok(self.now().as_secs().try_into().ok().and_then(Day::from_unix).unwrap_or(Day::FIRST)),
        }
    }

    fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }
}

/// The day that the stand-in names. Whoever sets it wants the same output again: the real day would be a surprise.
fn stand_in(text: &str) -> Result<Day, Failure> {
    text.parse().ok().and_then(Day::from_unix).ok_or_else(|| {
        let message =
            format!("cannot take today's date from `{STAND_IN}`: `{text}` is not a number of seconds");
        Failure::new(FailureKind::Usage, message)
            .help("set it to the seconds since 1970-01-01, as `date +%s` prints them, or unset it")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_for_the_clock_is_a_number_or_an_error() {
        assert_eq!(stand_in("1795305600").map(|day| day.to_string()).ok().as_deref(), Some("2026-11-22"));
        for text in ["soon", "1795305600.5", "2026-11-22", " ", "99999999999999999999"] {
            let failure = stand_in(text).expect_err("no number");
            assert_eq!(failure.kind.exit_code(), 2);
            assert!(failure.message.contains(&format!("`{text}` is not a number")), "{}", failure.message);
        }
    }
}
