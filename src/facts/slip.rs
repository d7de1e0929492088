//! By how much a stated day moved: in its own unit where both are stated in the same one, else about so many days.

use crate::model::{Unit, When};
use crate::words::{counted, say};

/// By how much a stated day moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slip {
    /// The days between the last days of both: negative where it comes sooner.
    pub(crate) days: i64,
    /// How many of the unit; days where the units differ.
    count: i64,
    unit: Unit,
    /// Whether both are stated so unlike that the days between them are not meant.
    is_about: bool,
}

impl Slip {
    /// From one day to another; `None` where the last day is the same, or one of them is `later`.
    pub(crate) fn between(from: When, to: When) -> Option<Self> {
        let days = to.last()?.days_since(from.last()?);
        let is_same = from.unit() == to.unit();
        let (count, unit) =
            if is_same { (to.number() - from.number(), to.unit()) } else { (days, Unit::Day) };
        (days != 0).then_some(Self { days, count, unit, is_about: !is_same })
    }

    /// Whether it comes later.
    pub(crate) fn is_later(self) -> bool {
        self.days > 0
    }

    /// As `14 days`, `1 quarter`, `about 45 days`.
    pub(crate) fn length(self) -> String {
        let count = self.count.abs();
        let about = if self.is_about { say!("about ") } else { String::new() };
        match (self.unit, count) {
            (Unit::Day, _) => format!("{about}{}", counted(count as usize, "day")),
            (unit, _) => counted(count as usize, unit.noun()),
        }
    }

    /// As `14 days later`, `1 quarter sooner`.
    pub(crate) fn words(self) -> String {
        if self.is_later() { say!("{} later", self.length()) } else { say!("{} sooner", self.length()) }
    }

    /// As `+14 d`, `−1 quarter`, `about +45 d`.
    pub(crate) fn short(self) -> String {
        let sign = if self.is_later() { '+' } else { '−' };
        match self.unit {
            Unit::Day => {
                let about = if self.is_about { say!("about ") } else { String::new() };
                say!("{}{}{} d", about, sign, self.count.abs())
            }
            _ => format!("{sign}{}", self.length()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_told_in_the_unit_that_both_days_are_stated_in() {
        for (from, to, words, short) in [
            ("2027-03-01", "2027-03-15", "14 days later", "+14 d"),
            ("2027-03-02", "2027-03-01", "1 day sooner", "−1 d"),
            ("2027-Q1", "2027-Q2", "1 quarter later", "+1 quarter"),
            ("2027-Q2", "2026-Q4", "2 quarters sooner", "−2 quarters"),
            ("2026-11", "2027-02", "3 months later", "+3 months"),
            ("2027-H1", "2027-H2", "1 half-year later", "+1 half-year"),
            ("2027", "2029", "2 years later", "+2 years"),
            ("2027-Q1", "2027-05-15", "about 45 days later", "about +45 d"),
            ("2027-05-15", "2027-Q1", "about 45 days sooner", "about −45 d"),
            ("2027-Q1", "2027-H1", "about 91 days later", "about +91 d"),
        ] {
            let when = |text| When::parse(text).expect("a stated day");
            let slip = Slip::between(when(from), when(to)).expect("a slip");
            assert_eq!((slip.words().as_str(), slip.short().as_str()), (words, short), "{from} {to}");
        }
    }

    #[test]
    fn what_has_no_day_and_what_ends_on_the_same_did_not_slip() {
        for (from, to) in [
            ("2027-Q1", "2027-Q1"),
            ("2027-Q1", "2027-03-31"),
            ("2027-Q1", "later"),
            ("later", "2027-Q1"),
            ("later", "later"),
        ] {
            let when = |text| When::parse(text).expect("a stated day");
            assert_eq!(Slip::between(when(from), when(to)), None, "{from} {to}");
        }
    }
}
