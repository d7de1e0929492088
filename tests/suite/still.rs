//! A world in which nothing happens by itself: a clock that stands still, no other program, no network.

use std::{ffi::OsStr, path::Path, time::Duration};

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
