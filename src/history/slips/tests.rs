//! One milestone's due dates: the case of the specification, and what holds of any series.

use proptest::prelude::*;

use super::*;
use crate::history::Commit;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

fn at(on: Day, subject: &str) -> Moment {
    let (id, tree) = ("c".repeat(40), String::new());
    let commit = Commit { id, seconds: on.number() * 86_400, subject: subject.into(), tree };
    Moment { commit: Some(commit), day: on }
}

/// The series of what is said on these days; days that go back are raised, as the recorder does.
fn series(said: &[(Day, Option<Day>)]) -> Series {
    let (mut series, mut latest) = (Series::default(), Day::nearest(i64::MIN));
    for (on, due) in said {
        latest = latest.max(*on);
        series.say(latest, due.map(When::from), &at(latest, "why"));
    }
    series
}

fn days_between(from: Option<When>, to: Option<When>) -> Option<i64> {
    Some(to?.last()?.days_since(from?.last()?))
}

#[test]
fn what_is_stated_in_one_unit_moves_in_that_unit() {
    let mut series = Series::default();
    let said = [
        ("2027-01-04", "2027-Q1"),
        ("2027-01-10", "2027-03-31"),
        ("2027-01-20", "2027-Q2"),
        ("2027-02-01", "2027-Q3"),
        ("2027-02-10", "later"),
        ("2027-02-20", "2027-10"),
    ];
    for (on, due) in said {
        series.say(day(on), When::parse(due), &at(day(on), "why"));
    }
    let words: Vec<_> = series.moves.iter().map(|one| one.words()).collect();
    assert_eq!(
        words,
        [
            "about 91 days later: 2027-03-31 → 2027-Q2",
            "1 quarter later: 2027-Q2 → 2027-Q3",
            "no due date any more, it was 2027-Q3",
            "due again, about 31 days later: 2027-Q3 → 2027-10",
        ]
    );
    assert_eq!(series.moves[1].days, Some(92));
    assert_eq!(series.line.iter().map(|point| point.on).next(), Some(day("2027-01-04")));
}

#[test]
fn each_move_has_its_days_and_its_notice() {
    let said = [
        ("2027-01-04", Some("2027-03-01")),
        ("2027-02-01", Some("2027-03-15")),
        ("2027-02-20", None),
        ("2027-03-01", Some("2027-04-01")),
        ("2027-04-03", Some("2027-04-20")),
    ];
    let series = series(&said.map(|(on, due)| (day(on), due.map(day))));
    let told: Vec<_> = series.moves.iter().map(|one| (one.kind, one.days, one.notice)).collect();
    assert_eq!(
        told,
        [
            (MoveKind::Moved, Some(14), Some(28)),
            (MoveKind::Taken, None, Some(23)),
            (MoveKind::Given, Some(17), None),
            (MoveKind::Moved, Some(19), Some(-2)),
        ]
    );
    assert_eq!(days_between(series.first, series.now), Some(50));
    assert_eq!(series.median_notice(), Some(23));
    assert_eq!(series.moves[0].words(), "14 days later: 2027-03-01 → 2027-03-15");
    assert_eq!(series.moves[1].words(), "no due date any more, it was 2027-03-15");
    assert_eq!(series.moves[2].words(), "due again, 17 days later: 2027-03-15 → 2027-04-01");
    assert_eq!(series.moves[3].notice_words(), "2 days after it had come due");
}

#[test]
fn what_is_given_again_on_the_day_on_which_it_was_taken_knows_what_it_was() {
    let said = [("2027-01-04", Some("2027-03-01")), ("2027-01-04", None), ("2027-01-04", Some("2027-03-03"))];
    let series = series(&said.map(|(on, due)| (day(on), due.map(day))));
    assert_eq!((series.moves[1].from, series.moves[1].days), (Some(When::from(day("2027-03-01"))), Some(2)));
    assert_eq!(series.line, [Point { on: day("2027-01-04"), due_on: Some(day("2027-03-03")) }]);
}

#[test]
fn the_median_of_an_even_number_is_the_mean_of_the_middle() {
    let said = [("2027-01-01", 10), ("2027-01-02", 20), ("2027-01-03", 30)];
    let due = |days| Some(Day::nearest(day("2027-01-01").number() + days));
    let series = series(&said.map(|(on, days)| (day(on), due(days))));
    // Moved 9 and 18 days before it came due.
    assert_eq!(series.median_notice(), Some(13));
    assert_eq!(Series::default().median_notice(), None);
}

/// Days and what is said on them: few of either, so that days go back, and are said again.
fn any_said() -> impl Strategy<Value = Vec<(Day, Option<Day>)>> {
    let days = |range: std::ops::Range<i64>| range.prop_map(Day::nearest);
    prop::collection::vec((days(20_800..20_830), prop::option::of(days(20_810..20_840))), 0..40)
}

proptest! {
    #[test]
    fn the_moves_lead_from_the_first_day_to_the_one_of_now(said in any_said()) {
        let series = series(&said);
        let first = said.iter().find_map(|(_, due)| *due);
        prop_assert_eq!(series.first, first.map(When::from));
        prop_assert_eq!(series.now, said.last().and_then(|(_, due)| *due).map(When::from));
        let sum: i64 = series.moves.iter().filter_map(|one| one.days).sum();
        prop_assert_eq!(days_between(series.first, series.last), first.map(|_| sum));
        // Each begins where the one before ended, and none says nothing.
        let mut known = first;
        for one in &series.moves {
            prop_assert_eq!(one.from, known.map(When::from));
            prop_assert!(one.kind == MoveKind::Given || one.from != one.to);
            prop_assert_eq!(one.notice, (one.kind != MoveKind::Given).then(|| known.map(|known| known.days_since(one.on))).flatten());
            known = one.to.and_then(When::last).or(known);
        }
        prop_assert!(series.moves.windows(2).all(|two| two[0].on <= two[1].on));
        // What was taken is given before it is moved or taken again.
        let kinds: Vec<_> = series.moves.iter().map(|one| one.kind).collect();
        prop_assert!(kinds.windows(2).all(|two| (two[0] == MoveKind::Taken) == (two[1] == MoveKind::Given)));
    }

    #[test]
    fn the_line_has_the_last_word_of_each_day(said in any_said()) {
        let line = series(&said).line;
        prop_assert!(line.windows(2).all(|two| two[0].on < two[1].on));
        let mut latest = Day::nearest(i64::MIN);
        let mut last = BTreeMap::new();
        for (on, due) in &said {
            latest = latest.max(*on);
            last.insert(latest, *due);
        }
        // On each day that anything is said the line says the same.
        for (on, due) in &last {
            let drawn = line.iter().rev().find(|point| point.on <= *on).and_then(|point| point.due_on);
            prop_assert_eq!(drawn, *due);
        }
    }

    #[test]
    fn what_is_said_twice_changes_nothing(said in any_said()) {
        let twice: Vec<_> = said.iter().flat_map(|one| [*one, *one]).collect();
        let (once, twice) = (series(&said), series(&twice));
        prop_assert_eq!(once.moves, twice.moves);
        prop_assert_eq!(once.line, twice.line);
    }

    #[test]
    fn later_days_by_as_much_are_the_same_moves(said in any_said(), by in -500_i64..500) {
        let shift = |day: Day| Day::nearest(day.number() + by);
        let shifted: Vec<_> = said.iter().map(|(on, due)| (shift(*on), due.map(shift))).collect();
        let told = |series: &Series| -> Vec<_> { series.moves.iter().map(|one| (one.kind, one.days, one.notice)).collect() };
        prop_assert_eq!(told(&series(&said)), told(&series(&shifted)));
    }
}

#[test]
fn what_was_dropped_or_moved_away_last_was_left_until_then() {
    let done = Work { done: 1, last: Some(day("2026-02-10")), ..Work::default() };
    assert_eq!(done.done_on(1), Some(day("2026-02-10")), "the last one was done that day");
    assert_eq!(done.done_on(3), None, "two others were left until the edition that says so");
    assert_eq!(Work { left: 1, ..done }.done_on(2), None);
}
