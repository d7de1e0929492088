//! The machine's clock.
#![allow(clippy::disallowed_methods, reason = "io is where the clock and its stand-in are read")]

use std::{
    env, thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::Clock;
use crate::model::Day;

/// The clock of this machine, in UTC; `SOURCE_DATE_EPOCH` (seconds since 1970) stands in for it.
/// Source: reproducible-builds.org, "SOURCE_DATE_EPOCH".
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn today(&self) -> Day {
        let stand_in = env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
        let now = || self.now().as_secs().try_into().ok();
        stand_in.or_else(now).and_then(Day::from_unix).unwrap_or(Day::FIRST)
    }

    fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
    }

    fn sleep(&self, time: Duration) {
        thread::sleep(time);
    }
}
