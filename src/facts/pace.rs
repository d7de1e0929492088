//! The pace of a team: how many weeks a number of issues takes, as a band, and how well that band held before.
//!
//! The rules and their constants were fitted to real histories, walked forward; the usual bootstrap of weekly closings claims more than it
//! holds. There is never a day for a milestone: a particular set of issues is closed by the band's upper end in few cases. Whole
//! numbers alone, so that every machine says the same.

use crate::model::Day;
use crate::words::word;

/// How many weeks are looked at.
pub(crate) const WEEKS: usize = 26;

/// The longest answer, in weeks: what takes longer is "more than two years".
pub(crate) const MOST: usize = 104;

/// How many earlier days the band is tried on.
const MOST_ASKED: usize = 13;

/// For how many weeks' work it is asked on each of them.
const ASKED_WEEKS: usize = 6;

/// The fewest issues that an answer is given for.
pub(crate) const FEWEST: usize = 3;

/// How many issues were closed in each of the last weeks, the oldest first; a week ends on the day that is asked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Closings([usize; WEEKS]);

/// Within how many weeks a number of issues is closed; `None`: in more than two years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Band {
    /// Hardly in fewer.
    pub(crate) low: Option<usize>,
    /// As likely as not.
    pub(crate) even: Option<usize>,
    /// In about six of seven cases.
    pub(crate) high: Option<usize>,
}

/// Why nothing can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Silence {
    /// More than a tenth of the closed issues have no closing date.
    Undated,
    /// The first closing date lies less than 26 weeks back.
    Young,
    /// Fewer than ten were closed.
    Few,
    /// Closings in fewer than five weeks.
    Rare,
}

impl Silence {
    /// The reason, as people read it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Undated => word!("over a tenth of the closed issues have no closing date"),
            Self::Young => word!("nothing was closed 26 weeks ago or before"),
            Self::Few => word!("fewer than 10 issues were closed in 26 weeks"),
            Self::Rare => word!("issues were closed in fewer than 5 of 26 weeks"),
        }
    }
}

/// How many were closed in each of the last weeks, the oldest first. Later days do not count.
pub(crate) fn weekly(closed: &[Day], today: Day) -> [usize; WEEKS] {
    let mut weeks = [0; WEEKS];
    for age in ages(closed, today).into_iter().filter(|age| *age < 7 * WEEKS) {
        weeks[WEEKS - 1 - age / 7] += 1;
    }
    weeks
}

/// How many days before today these lie, without those that come later.
fn ages(closed: &[Day], today: Day) -> Vec<usize> {
    closed.iter().filter_map(|day| usize::try_from(today.days_since(*day)).ok()).collect()
}

/// How the band held when it was asked on earlier days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Backtest {
    /// On how many days.
    pub(crate) asked: usize,
    /// How often all was closed by the upper end.
    pub(crate) high: usize,
    /// How often all was closed by the even one.
    pub(crate) even: usize,
}

impl Closings {
    /// The closings up to a day. Later ones do not count.
    ///
    /// # Errors
    /// Where too little is known to say anything; `undated` closed issues have no day.
    pub(crate) fn of(closed: &[Day], today: Day, undated: usize) -> Result<Self, Silence> {
        let (ages, weeks) = (ages(closed, today), weekly(closed, today));
        let closings = Self(weeks);
        if undated * 10 > ages.len() + undated {
            Err(Silence::Undated)
        } else if ages.iter().all(|age| *age < 7 * (WEEKS - 1)) {
            Err(Silence::Young)
        } else if closings.sum() < 10 {
            Err(Silence::Few)
        } else if weeks.iter().filter(|count| **count > 0).count() < 5 {
            Err(Silence::Rare)
        } else {
            Ok(closings)
        }
    }

    /// How many in each week.
    pub(crate) fn weeks(&self) -> &[usize; WEEKS] {
        &self.0
    }

    /// How many in all of them.
    pub(crate) fn sum(&self) -> usize {
        self.0.iter().sum()
    }

    /// The band for a number of issues.
    ///
    /// With the mean m and the variance v of the weeks, k weeks vary by 1.074·(v·k + k²·(v/26 + 0.09·m²)). All of it is multiplied until the
    /// numbers are whole.
    pub(crate) fn band(&self, issues: usize) -> Band {
        let [sum, n] = [self.sum(), issues].map(|count| count as i128);
        let squares: i128 = self.0.iter().map(|count| (*count * *count) as i128).sum();
        let spread = (26 * squares - sum * sum).max(25 * sum);
        let varies = |k: i128| 1_074 * (104 * spread * k + k * k * (4 * spread + 9 * sum * sum));
        let first = |holds: &dyn Fn(i128) -> bool| (1..=MOST).find(|k| holds(*k as i128));
        let short = |k| 26 * n - sum * k;
        let over = |k| 10 * sum * k - 286 * n;
        Band {
            low: first(&|k| short(k) <= 0 || short(k) * short(k) * 100_000 <= varies(k)),
            even: first(&|k| over(k) >= 0),
            high: first(&|k| over(k) >= 0 && over(k) * over(k) * 1_000 >= varies(k)),
        }
    }
}

impl Backtest {
    /// Asks on earlier days, four weeks apart, for six weeks' work, as long as the answer is known by today.
    pub(crate) fn of(closed: &[Day], today: Day) -> Self {
        let mut sorted = closed.to_vec();
        sorted.sort_unstable();
        let mut test = Self::default();
        let mut back = 28;
        while test.asked < MOST_ASKED {
            let then = Day::nearest(today.number() - back);
            let known = sorted.partition_point(|day| *day <= then);
            let Ok(closings) = Closings::of(&sorted[..known], then, 0) else { break };
            test.ask(&closings, &sorted[known..], then, today);
            back += 28;
        }
        test
    }

    fn ask(&mut self, closings: &Closings, later: &[Day], then: Day, today: Day) {
        let issues = (2 * ASKED_WEEKS * closings.sum() + WEEKS) / (2 * WEEKS);
        let (Band { even, high: Some(high), .. }, true) = (closings.band(issues), issues >= FEWEST) else {
            return;
        };
        let end = |weeks: usize| then.number() + 7 * weeks as i64;
        if end(high) > today.number() {
            return;
        }
        let last = later.get(issues - 1);
        let held = |weeks: usize| last.is_some_and(|day| day.number() <= end(weeks));
        self.asked += 1;
        self.high += usize::from(held(high));
        self.even += usize::from(even.is_some_and(held));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: [usize; WEEKS] =
        [2, 0, 3, 1, 2, 4, 0, 2, 1, 3, 2, 2, 0, 5, 1, 2, 3, 0, 2, 2, 1, 4, 2, 0, 3, 3];

    fn day(text: &str) -> Day {
        Day::parse(text).expect("a day")
    }

    /// Closings in these weeks, each on the last day of its week.
    fn closed(weeks: &[usize], today: Day) -> Vec<Day> {
        let last = |week: usize| Day::nearest(today.number() - 7 * (weeks.len() - 1 - week) as i64);
        weeks.iter().enumerate().flat_map(|(week, count)| vec![last(week); *count]).collect()
    }

    #[test]
    fn the_band_is_that_of_the_rules() {
        let today = day("2027-03-01");
        let closings = Closings::of(&closed(&EXAMPLE, today), today, 0).expect("enough is known");
        assert_eq!((closings.weeks(), closings.sum()), (&EXAMPLE, 50));
        let band = |n| {
            let Band { low, even, high } = closings.band(n);
            (low, even, high)
        };
        assert_eq!(band(14), (Some(5), Some(9), Some(14)));
        assert_eq!(band(40), (Some(15), Some(23), Some(37)));
        assert_eq!(band(150), (Some(58), Some(86), None));
    }

    #[test]
    fn what_is_too_little_is_said() {
        let today = day("2027-03-01");
        let of = |weeks: &[usize], undated| Closings::of(&closed(weeks, today), today, undated).err();
        let mut young = EXAMPLE;
        (young[0], young[1]) = (0, 0);
        assert_eq!(of(&young, 0), Some(Silence::Young));
        assert_eq!(of(&[], 0), Some(Silence::Young));
        assert_eq!(of(&EXAMPLE, 6), Some(Silence::Undated));
        assert_eq!(of(&EXAMPLE, 5), None);
        let mut rare = [0; WEEKS];
        (rare[0], rare[9], rare[12], rare[20]) = (3, 3, 3, 3);
        assert_eq!(of(&rare, 0), Some(Silence::Rare));
        (rare[0], rare[9]) = (1, 1);
        assert_eq!(of(&rare, 0), Some(Silence::Few));
    }

    #[test]
    fn what_closed_later_does_not_count() {
        let today = day("2027-03-01");
        let mut days = closed(&EXAMPLE, today);
        let before = Closings::of(&days, today, 0);
        days.push(day("2027-03-02"));
        assert_eq!(Closings::of(&days, today, 0), before);
    }

    #[test]
    fn a_steady_team_held_and_a_slowing_one_did_not() {
        let today = day("2027-03-01");
        let steady = Backtest::of(&closed(&[3; 104], today), today);
        assert_eq!((steady.asked, steady.high, steady.even), (13, 13, 13));
        let slowing: Vec<_> = [9; 40].into_iter().chain([1; 30]).collect();
        let slowing = Backtest::of(&closed(&slowing, today), today);
        assert_eq!((slowing.asked, slowing.high, slowing.even), (8, 3, 3));
        assert_eq!(Backtest::of(&[], today), Backtest::default());
    }
}
