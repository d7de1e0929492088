//! A world in which nothing happens by itself: a clock that stands still or hurries, no other program, no network.
#![allow(dead_code, reason = "each program needs a part of it")]

use std::{
    ffi::OsStr,
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use roadbook::internals::{
    io::{Answer, Clock, Failure, Lost, Network, Output, Process, Request, SystemClock},
    model::Day,
};

/// A clock that stands still.
pub(crate) struct Fixed;

impl Clock for Fixed {
    fn today(&self) -> Result<Day, Failure> {
        Ok(Day::parse("2026-11-22").expect("a day"))
    }

    fn now(&self) -> Duration {
        Duration::from_secs(1_795_305_600)
    }

    /// Waiting takes its time all the same: a program that another test starts holds what is open here until it runs, and
    /// with it a lock that was let go.
    fn sleep(&self, time: Duration) {
        SystemClock.sleep(time);
    }
}

/// How long a wait by [`Hasty`] really takes at most.
const SHORT: Duration = Duration::from_millis(5);

/// The clock of the machine, but that no wait takes long.
#[derive(Default)]
pub(crate) struct Hasty {
    ahead: Mutex<Duration>,
}

impl Hasty {
    /// How much was waited for, by this clock.
    pub(crate) fn slept(&self) -> Duration {
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Hasty {
    fn today(&self) -> Result<Day, Failure> {
        Fixed.today()
    }

    fn now(&self) -> Duration {
        SystemTime::now().duration_since(UNIX_EPOCH).expect("a time") + self.slept()
    }

    /// As with [`Fixed`], a lock that was let go is given some time.
    fn sleep(&self, time: Duration) {
        SystemClock.sleep(time.min(SHORT));
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) += time;
    }
}

/// A machine with no other program and no network.
pub(crate) struct Alone;

impl Process for Alone {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn run(&self, _: &str, _: &[&OsStr], _: &Path) -> Result<Option<Output>, Failure> {
        Ok(None)
    }
}

impl Network for Alone {
    fn send(&self, _: &Request) -> Result<Answer, Lost> {
        Err(Lost::NotSent("no network".to_owned()))
    }
}
