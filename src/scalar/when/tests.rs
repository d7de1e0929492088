//! How stated days are read, written, compared and sorted.

use proptest::prelude::*;

use super::{Loose, Purpose, Unit, When};
use crate::model::Day;

fn when(text: &str) -> When {
    When::parse(text).expect("a stated day")
}

fn span(text: &str) -> (String, String) {
    let when = when(text);
    let shown = |day: Option<Day>| day.map_or("-".into(), |day| day.to_string());
    (shown(when.first()), shown(when.last()))
}

#[test]
fn a_span_has_its_first_and_its_last_day() {
    for (text, first, last) in [
        ("2027-03-31", "2027-03-31", "2027-03-31"),
        ("2027-02", "2027-02-01", "2027-02-28"),
        ("2028-02", "2028-02-01", "2028-02-29"),
        ("2027-Q1", "2027-01-01", "2027-03-31"),
        ("2027-Q2", "2027-04-01", "2027-06-30"),
        ("2027-Q3", "2027-07-01", "2027-09-30"),
        ("2027-Q4", "2027-10-01", "2027-12-31"),
        ("2027-H1", "2027-01-01", "2027-06-30"),
        ("2027-H2", "2027-07-01", "2027-12-31"),
        ("2027", "2027-01-01", "2027-12-31"),
        ("9999-Q4", "9999-10-01", "9999-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("later", "-", "-"),
    ] {
        assert_eq!(span(text), (first.to_owned(), last.to_owned()), "{text}");
        assert_eq!(when(text).to_string(), text);
        assert_eq!(serde_json::to_string(&when(text)).expect("JSON"), format!("\"{text}\""));
    }
}

#[test]
fn what_is_no_stated_day_is_none() {
    for text in [
        "",
        "2027-Q0",
        "2027-Q5",
        "2027-Q",
        "2027-Q11",
        "2027-q1",
        "2027-H0",
        "2027-H3",
        "2027-00",
        "2027-13",
        "2027-3",
        "27-Q1",
        "0000",
        "0000-Q1",
        "12027",
        "+027",
        "2027-",
        "2027-02-29",
        "Later",
        "later ",
        " 2027",
        "2027-+3",
        "Q1",
    ] {
        assert_eq!(When::parse(text), None, "{text:?}");
    }
}

#[test]
fn the_schema_fits_what_is_read() {
    let schema = schemars::SchemaGenerator::default().into_root_schema_for::<When>();
    let validator = jsonschema::validator_for(schema.as_value()).expect("a schema");
    for text in ["2027-03-31", "2027-03", "2027-Q1", "2027-H2", "2027", "later"] {
        assert!(validator.is_valid(&text.into()), "{text}");
    }
    for text in ["2027-Q5", "2027-H3", "Q1 2027", "2027-3", "2027-Q1-01", "soon"] {
        assert!(!validator.is_valid(&text.into()), "{text}");
    }
}

#[test]
fn the_coarser_unit_compares() {
    for (one, other, is_after, is_before) in [
        ("2027-Q2", "2027-05-15", false, false),
        ("2027-Q2", "2027-03-31", true, false),
        ("2027-Q2", "2027-07-01", false, true),
        ("2027-Q1", "2027-H1", false, false),
        ("2027-H2", "2027-Q2", true, false),
        ("2027", "2027-Q4", false, false),
        ("2027-04", "2027-Q1", true, false),
        ("later", "9999-12-31", true, false),
        ("later", "2027", true, false),
        ("later", "later", false, false),
        ("2027-03-02", "2027-03-01", true, false),
    ] {
        assert_eq!(when(one).is_after(when(other)), is_after, "{one} after {other}");
        assert_eq!(when(other).is_after(when(one)), is_before, "{other} after {one}");
    }
}

#[test]
fn spans_are_sorted_by_their_last_days_and_later_comes_last() {
    let mut order =
        ["later", "2027", "2027-03-30", "9999-12-31", "2027-Q1", "2027-03-31", "2027-04-01"].map(when);
    order.sort_by_key(|when| when.order());
    // What ends on the same day stays in its order.
    let shown = order.map(|when| when.to_string());
    assert_eq!(shown, ["2027-03-30", "2027-Q1", "2027-03-31", "2027-04-01", "2027", "9999-12-31", "later"]);
}

#[test]
fn people_write_spans_in_many_ways() {
    for (text, meant) in [
        ("Q1 2027", "2027-Q1"),
        ("2027 Q1", "2027-Q1"),
        ("2027Q1", "2027-Q1"),
        ("q1/2027", "2027-Q1"),
        ("Q1-2027", "2027-Q1"),
        ("2027-q1", "2027-Q1"),
        ("H2 2027", "2027-H2"),
        ("2027 h2", "2027-H2"),
        ("March 2027", "2027-03"),
        ("Mar 2027", "2027-03"),
        ("Sept. 2027", "2027-09"),
        ("2027 december", "2027-12"),
        ("May, 2027", "2027-05"),
        ("03/2027", "2027-03"),
        ("2027-3", "2027-03"),
        ("2027", "2027"),
        ("Later", "later"),
    ] {
        let found = Loose::read(text).and_then(|loose| loose.when(None)).map(|when| when.to_string());
        assert_eq!(found.as_deref(), Some(meant), "{text}");
    }
    for text in ["Q1", "H2", "march"] {
        let loose = Loose::read(text).expect("a part of a year");
        assert!(loose.wants_year() && loose.when(None).is_none());
        assert!(loose.when(Some(2027)).is_some());
    }
    for text in [
        "Q5 2027",
        "H3",
        "13/2027",
        "soon",
        "Q1 2027 or so",
        "Q1 Q2 2027",
        "2026 2027",
        "Q1 27",
        "3",
        "",
        "ma 2027",
    ] {
        assert_eq!(Loose::read(text), None, "{text}");
    }
}

#[test]
fn what_is_misread_says_what_to_write() {
    let told = |text: &str, purpose| When::read(text, purpose).expect_err("no stated day");
    let help = |text: &str| told(text, Purpose::Due).help;
    assert_eq!(told("2026-11-31", Purpose::Due).message, "`2026-11-31` is not a day of the calendar");
    assert_eq!(help("2026-11-31"), "write it as year, month and day, as in `2026-11-22`");
    assert_eq!(help("Q1 2027"), "write `2027-Q1`");
    for text in
        ["2027-1-5", "2027/01/05", "Jan 5, 2027", "5 January 2027", "2027.1.5", "2027-01-05T00:00:00Z"]
    {
        assert_eq!(help(text), "write `2027-01-05`", "{text}");
    }
    for text in ["01/05/2027", "2027-2-30", "2027-13-5"] {
        assert_eq!(help(text), "write it as year, month and day, as in `2026-11-22`", "{text}");
    }
    assert_eq!(help("2027-Q5"), "a year has four quarters: write `2027-Q1` to `2027-Q4`");
    assert_eq!(help("Q7"), "a year has four quarters: write `2027-Q1` to `2027-Q4`");
    assert_eq!(help("2027-H3"), "a year has two halves: write `2027-H1` or `2027-H2`");
    assert_eq!(help("2027-13"), "a year has twelve months: write `2027-01` to `2027-12`");
    assert!(help("tomorrow").ends_with("`2026` or `later`"));
    assert!(told("tomorrow", Purpose::Start).help.ends_with("`2026`"));
    assert_eq!(told("later", Purpose::Start).message, "nothing begins `later`");
    assert!(!told("Later", Purpose::Start).help.contains("write `later`"));
    assert_eq!(When::read("later", Purpose::Due), Ok(When::LATER));
}

/// A stated day of any unit, in years in which all can be written.
fn any() -> impl Strategy<Value = When> {
    let unit = prop_oneof![
        Just(Unit::Day),
        Just(Unit::Month),
        Just(Unit::Quarter),
        Just(Unit::Half),
        Just(Unit::Year),
        Just(Unit::Later)
    ];
    (unit, 20_000_i64..24_000).prop_map(|(unit, day)| within(unit, Day::nearest(day)))
}

/// The span of a unit that holds a day.
pub(crate) fn within(unit: Unit, day: Day) -> When {
    let text = day.to_string();
    let month: u32 = text[5..7].parse().expect("a month");
    when(&match unit {
        Unit::Day => text,
        Unit::Month => text[..7].to_owned(),
        Unit::Quarter => format!("{}-Q{}", &text[..4], month.div_ceil(3)),
        Unit::Half => format!("{}-H{}", &text[..4], month.div_ceil(6)),
        Unit::Year => text[..4].to_owned(),
        Unit::Later => "later".to_owned(),
    })
}

proptest! {
    #[test]
    fn a_stated_day_is_read_as_it_is_written(one in any()) {
        prop_assert_eq!(When::parse(&one.to_string()), Some(one));
        prop_assert!(one.first() <= one.last());
    }

    #[test]
    fn spans_of_a_unit_follow_each_other(day in 20_000_i64..24_000, unit in 0..5_usize) {
        let unit = [Unit::Day, Unit::Month, Unit::Quarter, Unit::Half, Unit::Year][unit];
        let one = within(unit, Day::nearest(day));
        let (first, last) = (one.first().expect("a day").number(), one.last().expect("a day").number());
        prop_assert!(first <= day && day <= last);
        let next = within(unit, Day::nearest(last + 1));
        prop_assert_eq!(next.first().map(Day::number), Some(last + 1));
        prop_assert_eq!(next.number(), one.number() + 1);
        prop_assert!(next.is_after(one) && !one.is_after(next));
    }

    #[test]
    fn the_coarser_unit_decides(one in any(), other in any()) {
        let (Some(a), Some(b)) = (one.last(), other.last()) else { return Ok(()) };
        let unit = one.unit().max(other.unit());
        prop_assert_eq!(one.is_after(other), within(unit, a).order() > within(unit, b).order());
    }

    #[test]
    fn coming_after_is_an_order_and_lists_keep_to_it(one in any(), other in any(), third in any()) {
        prop_assert!(!one.is_after(one));
        prop_assert!(!(one.is_after(other) && other.is_after(one)));
        prop_assert!(!(one.is_after(other) && other.is_after(third)) || one.is_after(third));
        prop_assert!(!one.is_after(other) || one.order() > other.order());
    }
}
