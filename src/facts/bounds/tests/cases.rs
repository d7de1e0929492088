//! Cases with known answers. The day is 2027-03-01 where none is named, and all is open.

use super::{Case, roadmap};
use crate::{
    facts::Facts,
    model::{Day, Target},
};

#[test]
fn a_chain_that_keeps_its_days() {
    let case = Case::new(&["A 03-01..03-10", "B 03-11..03-20 <- A", "C ..03-25 <- B"]);
    assert_eq!(case.all_earliest(), "03-10 03-20 03-20");
    assert_eq!(case.findings(), "");
    assert_eq!(case.path(), "A B C: 20 days, 1 without");
    assert_eq!((case.pushes("A", 1), case.pushes("A", 2)), (String::new(), "B".into()));
    assert_eq!(
        (case.needed("A"), case.needed("B")),
        ("03-11 begins B, room 1".into(), "03-25 for C, room 5".into())
    );
    assert_eq!((case.pushes("B", 5), case.pushes("B", 6)), (String::new(), "C".into()));
}

#[test]
fn work_that_is_late_takes_its_days_all_the_same() {
    let lines = ["A 02-01..02-20 in M", "B 02-22..03-05 <- A in M", "M ..03-08"];
    let case = Case::new(&lines);
    assert_eq!(case.all_earliest(), "03-01 03-12 03-12");
    assert_eq!(case.findings(), "B with M");
    assert_eq!(case.chain("M"), "A B M");
    assert_eq!((case.floor("B"), case.floor("M")), ("03-01".into(), "03-01".into()));

    let undated = Case::on(None, &lines);
    assert_eq!(undated.earliest("B"), "03-05");
    assert_eq!(undated.findings(), "");
}

#[test]
fn without_days_nothing_is_known() {
    let lines = ["A", "B <- A", "C <- B", "D"];
    let case = Case::new(&lines);
    assert_eq!(case.all_earliest(), "03-01 03-01 03-01 03-01");
    assert_eq!(case.findings(), "");
    assert!(!case.bounds.has_lengths());
    assert_eq!(case.path(), "A B C: 0 days, 3 without");
    assert_eq!(Case::on(None, &lines).all_earliest(), "- - - -");
}

#[test]
fn a_stated_start_alone_is_enough_to_be_certain() {
    let case = Case::new(&["A 04-01..", "B <- A", "C ..03-20 <- B"]);
    assert_eq!((case.earliest("C"), case.floor("C")), ("04-01".into(), "04-01".into()));
    assert_eq!((case.findings(), case.chain("C")), ("C".into(), "A B C".into()));
}

#[test]
fn what_was_dropped_does_not_block() {
    let case = Case::new(&["A dropped 02-25", "B 02-20..03-03 <- A"]);
    assert_eq!((case.earliest("A"), case.earliest("B")), ("-".into(), "03-08".into()));
    assert_eq!(case.findings(), "B");
    assert_eq!(case.chain("B"), "B");
    assert_eq!(case.path(), "B: 8 days, 0 without");
}

#[test]
fn a_milestone_is_done_once_all_that_were_not_dropped_are_closed() {
    let settled = |issues: &[&str]| {
        let mut lines = issues.to_vec();
        lines.push("M 04-01.. unsaid");
        let case = Case::new(&lines);
        case.bounds.plan.is_settled(case.bounds.ix(case.target("M")))
    };
    assert!(!settled(&["A closed in M", "B dropped in M", "C in M"]));
    assert!(settled(&["A closed in M", "B dropped in M"]));
    assert!(settled(&["A dropped in M"]), "what was dropped holds up nothing");
    assert!(!settled(&["A dropped in M", "B unsaid in M"]));
    let undated = Case::new(&["A ..03-20 in M", "M ..03-10 unsaid"]);
    assert_eq!(
        (undated.earliest("M"), undated.needed("A")),
        ("03-01".into(), "03-10 for M, room -10".into())
    );
    assert!(!settled(&["A closed in M", "B unsaid in M"]));
}

#[test]
fn what_waits_for_itself_is_never_done() {
    let case = Case::new(&["A <- B", "B <- A", "C ..03-20 <- B", "D"]);
    assert_eq!(case.all_earliest(), "never never never 03-01");
    assert_eq!(case.findings(), "");
    assert_eq!(case.path(), "-");
    assert_eq!((case.needed("B"), case.bounds.slack(case.target("C"))), ("-".into(), None));
    assert_eq!(case.pushes("A", 3), "");

    let part = Case::new(&["P", "c <- P of P"]);
    assert_eq!(part.all_earliest(), "never never");
    let alone = Case::new(&["A <- A", "B <- A"]);
    assert_eq!(alone.all_earliest(), "never never");
    let milestones = Case::new(&["A in M1", "M1 <- M2", "M2 <- M1", "M3 <- M2"]);
    assert_eq!(milestones.all_earliest(), "03-01 never never never");
}

#[test]
fn milestones_overlap_what_they_wait_for() {
    let case = Case::new(&["A 03-08..04-10 in M1", "M1 ..04-15", "M2 04-12..05-31 <- M1"]);
    assert_eq!((case.earliest("M1"), case.earliest("M2")), ("04-10".into(), "04-12".into()));
    assert_eq!(case.needed("A"), "04-12 begins M2, room 2");
    assert_eq!(case.needed("M1"), "04-12 begins M2, room -3");
    assert_eq!(case.pushes("A", 2), "");
    assert_eq!(case.pushes("A", 3), "M2");
    assert_eq!(case.pushes("A", 6), "M1 M2");
    assert_eq!((case.path_of("M1"), case.path_of("M2")), case_path("A: 34 days, 0 without"));
}

fn case_path(words: &str) -> (String, String) {
    (words.to_owned(), words.to_owned())
}

#[test]
fn equal_days_never_conflict() {
    let case = Case::new(&["A 03-05..03-05", "B 03-05..03-05 <- A"]);
    assert_eq!((case.all_earliest(), case.findings()), ("03-05 03-05".into(), String::new()));
}

#[test]
fn what_is_closed_holds_nothing_up() {
    let case = Case::new(&["A 03-10..03-20", "B closed <- A", "C ..03-05 <- B"]);
    assert_eq!(case.earliest("C"), "03-01");
    let late = Case::new(&["A closed 02-25", "B 02-20..03-03 <- A"]);
    assert_eq!(late.earliest("B"), "03-08");
    let tomorrow = Case::new(&["A closed 04-20", "B <- A"]);
    assert_eq!(tomorrow.earliest("B"), "03-01", "no day behind today is one on which something was closed");
}

#[test]
fn what_nobody_says_counts_while_it_lies_ahead() {
    let lines = ["A 03-10..03-20 unsaid", "B ..03-15 <- A", "E 02-10..03-30 unsaid", "F ..03-15 <- E"];
    let case = Case::new(&lines);
    assert_eq!(case.findings(), "B");
    assert_eq!((case.earliest("B"), case.earliest("F")), ("03-20".into(), "03-01".into()));
    let undated = Case::on(None, &lines);
    assert_eq!((undated.earliest("B"), undated.earliest("F")), ("03-20".into(), "03-30".into()));
    let begun = Case::new(&["A 04-01..04-10 unsaid begun 02-10"]);
    assert_eq!(begun.earliest("A"), "02-19", "only what is said to be open is not done before today");
}

#[test]
fn what_has_begun_waits_for_nothing_and_is_not_late_by_its_length() {
    let lines = ["A 02-01..02-20 in M", "B 02-22..03-05 begun 02-22 <- A in M", "M ..03-08"];
    let case = Case::new(&lines);
    assert_eq!((case.earliest("B"), case.findings()), ("03-05".into(), String::new()));
    assert_eq!(case.needed("A"), "03-08 for M, room 7");
    let sooner = Case::new(&["B 02-22..03-05 begun 02-25"]);
    assert_eq!(sooner.earliest("B"), "03-05", "its due date holds, although it began late");
    assert_eq!(sooner.path(), "B: 5 days, 0 without");
    let after = Case::new(&["B 02-10..02-12 begun 02-20", "C ..03-05 <- B"]);
    assert_eq!(after.all_earliest(), "03-01 03-01");
}

#[test]
fn room_ends_where_the_next_begins() {
    let case = Case::new(&["A ..03-10", "B 03-15..03-19 <- A"]);
    assert_eq!(case.needed("A"), "03-15 begins B, room 5");
    assert_eq!((case.pushes("A", 5), case.pushes("A", 6)), (String::new(), "B".into()));
}

#[test]
fn days_make_a_path_critical_and_not_the_number_of_issues() {
    let lines = ["X1 03-01..03-30", "X2 04-05..04-06 <- X1", "Y1 03-01..03-01", "Y2 <- Y1", "Y3 <- Y2"];
    assert_eq!(Case::new(&lines).path(), "X1 X2: 32 days, 0 without");
    let half_done = Case::on(Some("03-21"), &lines);
    assert_eq!(
        half_done.path(),
        "X1 X2: 12 days, 0 without",
        "planned starts cut nothing but what has begun"
    );
    assert_eq!(Case::on(None, &lines).path(), "X1 X2: 32 days, 0 without");
    let overrun = Case::new(&["A 02-01..02-10", "B 03-01..03-05 <- A"]);
    assert_eq!(overrun.path(), "A B: 5 days, 0 without", "days that have passed are not taken off others");
}

#[test]
fn a_whole_takes_as_long_as_its_longest_part() {
    let case = Case::new(&["P ..03-10", "c 03-01..03-15 of P"]);
    assert_eq!(
        (case.earliest("P"), case.findings(), case.chain("P")),
        ("03-15".into(), "P".into(), "c P".into())
    );
    let long = Case::new(&["P 03-01..03-30", "c 03-01..03-15 of P", "d <- P"]);
    assert_eq!(long.path(), "c P d: 30 days, 1 without");
}

#[test]
fn of_equal_chains_the_longest_holds_up_then_the_first() {
    let case = Case::new(&["A ..", "B 03-20..", "C <- A", "D 03-20..", "E <- D", "F ..03-10 <- B,E"]);
    assert_eq!(case.chain("F"), "D E F");
    let equal = Case::new(&["A 03-20..", "B 03-20..", "C ..03-10 <- B,A"]);
    assert_eq!(equal.chain("C"), "A C");
    let own = Case::new(&["A 03-20..", "B 03-20..03-19 <- A"]);
    assert_eq!(own.chain("B"), "B", "its own start says as much");
}

#[test]
fn late_days_of_one_chain_are_one_finding() {
    let lines = [
        "A 04-01..",
        "B ..03-10 <- A",
        "C ..03-12 <- B",
        "D ..03-14 <- C",
        "E ..03-11 <- A",
        "F ..05-01 <- B",
    ];
    assert_eq!(Case::new(&lines).findings(), "B with C D, E");
}

#[test]
fn a_span_bounds_by_its_first_and_its_last_day_and_has_no_length() {
    let case = Case::new(&["A ..Q2", "B ..05-15 <- A"]);
    assert_eq!((case.all_earliest(), case.findings()), ("03-01 03-01".into(), String::new()));
    let spans = Case::new(&["A Q2..Q2", "B ..04 <- A", "C ..Q1 <- B"]);
    assert_eq!(
        (spans.earliest("C"), spans.floor("C"), spans.findings()),
        ("04-01".into(), "04-01".into(), "C".into())
    );
    assert_eq!(spans.path(), "A B C: 0 days, 3 without");
    assert_eq!(Case::new(&["A 03-05..03"]).path(), "-", "one item alone is a path only with a length");
    let last = Case::new(&["A 06-30..", "B ..H1 <- A", "C ..Q2 <- B", "D ..06 <- C"]);
    assert_eq!(last.findings(), "", "the last day of a span will do");
    assert_eq!(Case::new(&["A 07-01..", "B ..H1 <- A"]).findings(), "B");
}

#[test]
fn what_begins_in_a_quarter_may_begin_on_its_last_day() {
    let case = Case::new(&["A ..05-15", "B Q2.. <- A"]);
    assert_eq!(case.needed("A"), "06-30 begins B, room 46");
    assert_eq!((case.pushes("A", 46), case.pushes("A", 47)), (String::new(), "B".into()));
    let begun = Case::on(Some("05-01"), &["A ..05-15", "B Q2.. <- A"]);
    assert_eq!(begun.needed("A"), "06-30 begins B, room 46", "the quarter has not passed");
}

#[test]
fn what_is_due_in_a_quarter_is_too_late_only_where_its_first_day_is() {
    let notes = |due: &str| {
        let roadmap = roadmap(&format!(
            r#"{{ "as_of": "2027-03-01", "issues": [
                {{ "id": "A", "title": "a", "state": "open", "due_on": "{due}" }},
                {{ "id": "B", "title": "b", "state": "open", "due_on": "2027-05-15", "blocked_by": ["A"] }}
            ] }}"#
        ));
        let facts = Facts::derive(&roadmap, roadmap.as_of);
        facts.bounds.notes(&roadmap, Target::Issue(crate::model::IssueIx(0))).join(" ")
    };
    assert_eq!((notes("2027-Q2"), notes("2027-05"), notes("2027"), notes("later")), Default::default());
    assert_eq!(notes("2027-05-17"), "Needed by 2027-05-15 for b: 2 days too late.");
    assert_eq!(notes("2027-06"), "Needed by 2027-05-15 for b: at least 17 days too late.");
}

#[test]
fn what_is_due_later_is_never_too_late_and_bounds_nothing() {
    let case = Case::new(&["A 2028..", "B ..later <- A", "C ..later"]);
    assert_eq!(
        (case.findings(), case.needed("A"), case.pushes("A", 1000)),
        (String::new(), "-".into(), String::new())
    );
}

#[test]
fn a_roadmap_gives_all_that_is_stated() {
    let source = r#"{
        "as_of": "2027-03-01", "repository": "a/b",
        "milestones": [
            { "id": "M-1", "title": "a", "due_on": "2027-04-15", "state": "open" },
            { "id": "M-2", "title": "b", "start_on": "2027-04-12", "due_on": "2027-05-31", "state": "open", "blocked_by": ["M-1"] },
            { "id": "M-3", "title": "c" }
        ],
        "issues": [
            { "id": "A-1", "title": "a", "state": "open", "milestone": "M-1", "start_on": "2027-03-08", "due_on": "2027-04-10" },
            { "id": "A-2", "title": "b", "state": "closed", "closed_on": "2027-02-25" },
            { "id": "A-3", "title": "c", "state": "open", "start_on": "2027-02-20", "due_on": "2027-03-03", "blocked_by": ["A-2"], "parent": "A-1" },
            { "id": "A-4", "title": "d", "state": "closed", "state_reason": "not_planned", "milestone": "M-3" },
            { "id": "A-5", "title": "e", "state": "closed", "milestone": "M-3" },
            { "id": "A-6", "title": "f", "state": "open", "start_on": "2027-06-01", "parent": "A-3" },
            { "id": "A-7", "title": "g" }
        ] }"#;
    let roadmap = roadmap(source);
    let facts = Facts::derive(&roadmap, roadmap.as_of);
    let bounds = &facts.bounds;
    let days = |item| bounds.earliest(item).map_or("-".to_owned(), |day: Day| day.to_string());
    let issues: Vec<_> = roadmap.issues().map(|(ix, _)| days(Target::Issue(ix))).collect();
    assert_eq!(issues, ["2027-06-01", "-", "2027-06-01", "-", "-", "2027-06-01", "-"]);
    let milestones: Vec<_> = roadmap.milestones().map(|(ix, _)| days(Target::Milestone(ix))).collect();
    assert_eq!(milestones, ["2027-06-01", "2027-06-01", "-"]);
    let told = |item: &Target| match item {
        Target::Issue(ix) => roadmap.issues[ix.0].id.to_string(),
        Target::Milestone(ix) => roadmap.milestones[ix.0].id.to_string(),
    };
    let chain: Vec<_> =
        bounds.chain(Target::Milestone(crate::model::MilestoneIx(1))).iter().map(told).collect();
    assert_eq!(chain, ["A-6", "A-3", "A-1", "M-1", "M-2"]);
    let path = bounds.critical_path().expect("a path");
    assert_eq!((path.days, path.items.len(), path.without_length), (34, 3, 1));
}
