//! Time as this GitHub tells it: a clock that goes on by a second with every change, and California's midnight, to which
//! due dates are floored.

use chrono::{
    DateTime, Datelike, Days, Duration, NaiveDate, NaiveTime, SecondsFormat, TimeZone, Utc, Weekday,
};

/// A clock that no machine has: the same requests in the same order get the same answers, times and all.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    now: DateTime<Utc>,
}

impl Clock {
    /// A clock that stands at ten in the morning of a Monday in January.
    pub(crate) fn new() -> Self {
        Self { now: Utc.with_ymd_and_hms(2026, 1, 5, 10, 0, 0).single().expect("a time") }
    }

    /// What it tells.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// Goes on by a second, for a change that is about to be made.
    pub(crate) fn tick(&mut self) -> DateTime<Utc> {
        self.now += Duration::seconds(1);
        self.now
    }

    /// Goes on by days.
    pub(crate) fn pass(&mut self, days: u64) {
        self.now = self.now + Days::new(days);
    }
}

/// A time as GitHub writes it.
pub(crate) fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A time as it is sent; `None` where it is none.
pub(crate) fn read(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.with_timezone(&Utc))
}

/// The midnight in California that begins the day in which a time lies there.
pub(crate) fn pacific_midnight(time: DateTime<Utc>) -> DateTime<Utc> {
    let summer = summer_begins(time.year()) <= time && time < summer_ends(time.year());
    let there = time.naive_utc() - Duration::hours(if summer { 7 } else { 8 });
    let midnight = there.date().and_time(NaiveTime::MIN);
    // Clocks change at two in the morning: the midnight before still belongs to what was.
    let standard = (midnight + Duration::hours(8)).and_utc();
    let year = there.date().year();
    let is_summer = summer_begins(year) < standard && standard - Duration::hours(1) < summer_ends(year);
    if is_summer { standard - Duration::hours(1) } else { standard }
}

/// When summer time begins: on the second Sunday of March, at two, ten in UTC.
fn summer_begins(year: i32) -> DateTime<Utc> {
    sunday(year, 3, 2).and_hms_opt(10, 0, 0).expect("a time").and_utc()
}

/// When summer time ends: on the first Sunday of November, at two, nine in UTC.
fn summer_ends(year: i32) -> DateTime<Utc> {
    sunday(year, 11, 1).and_hms_opt(9, 0, 0).expect("a time").and_utc()
}

fn sunday(year: i32, month: u32, nth: u8) -> NaiveDate {
    NaiveDate::from_weekday_of_month_opt(year, month, Weekday::Sun, nth).expect("a Sunday")
}
