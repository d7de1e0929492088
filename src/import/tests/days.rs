//! Days as documents state them: less exactly than as a day, and without a year.

use serde_json::Value;

use super::{import, read, told};

/// The due dates of a table's rows, and what was told.
fn dues(heading: &str, head: &str, cells: &[&str]) -> (Vec<Value>, Vec<String>) {
    let rows: String = (1..).zip(cells).map(|(n, cell)| format!("| A-{n} | x | {cell} |\n")).collect();
    let (source, told) =
        read(&format!("# Roadmap\n\n## {heading}\n\n| ID | Task | {head} |\n|--|--|--|\n{rows}"));
    let issues = source["issues"].as_array().expect("a list");
    (issues.iter().map(|issue| issue["due_on"].clone()).collect(), told)
}

#[test]
fn days_are_read_as_people_state_them() {
    let cells = [
        "Q1 2027",
        "2027 Q1",
        "Q1/2027",
        "2027-Q1",
        "H2 2027",
        "March 2027",
        "Mar 2027",
        "2027",
        "later",
        "Later",
        "2027-03-31",
        "TBD",
    ];
    let (found, told) = dues("Issues", "Due", &cells);
    let wanted = [
        "2027-Q1",
        "2027-Q1",
        "2027-Q1",
        "2027-Q1",
        "2027-H2",
        "2027-03",
        "2027-03",
        "2027",
        "later",
        "later",
        "2027-03-31",
    ];
    assert_eq!(found[..11], wanted.map(Value::from));
    assert_eq!((&found[11], told), (&Value::Null, Vec::new()));
}

#[test]
fn a_year_that_is_left_out_is_taken_only_from_where_it_is_plain() {
    let none = Value::Null;
    let taken = |heading: &str, head: &str, cells: &[&str], at: usize| {
        let (found, told) = dues(heading, head, cells);
        assert_eq!(found[at].is_null(), told.len() == 1, "what is left out is told: {told:?}");
        found[at].clone()
    };
    for (heading, head, cells, at, wanted) in [
        // A heading, the head of the column, the neighbours.
        ("Issues 2027", "Due", &["H2"][..], 0, "2027-H2"),
        ("Issues", "Due (2027)", &["March"], 0, "2027-03"),
        ("Issues", "Target 2028", &["Q1"], 0, "2028-Q1"),
        ("Issues", "Due", &["H1 2027", "H2"], 1, "2027-H2"),
        ("Issues", "Due", &["Q1", "2027-05-15"], 0, "2027-Q1"),
        ("Issues", "Due", &["Q2 2026", "Q3", "Q1 2027"], 1, "2026-Q3"),
        ("Issues", "Due", &["Q4 2026", "Q1", "Q2 2027"], 1, "2027-Q1"),
        ("Issues 2027", "Due", &["Q3 2027", "Q1"], 1, "2027-Q1"),
    ] {
        assert_eq!(taken(heading, head, cells, at), Value::from(wanted), "{heading} {head} {cells:?}");
    }
    for (heading, head, cells, at) in [
        ("Issues", "Due", &["Q3"][..], 0),
        ("Issues", "Due", &["2026-12-01", "Q3"], 1),
        ("Issues", "Due", &["Q4 2027", "Q1"], 1),
        ("Issues 2026 and 2027", "Due", &["Q3"], 0),
        ("Issues 2027", "Due", &["Q1 2028", "H2"], 1),
        ("Issues", "Due", &["Q1 2026", "Q3", "Q4 2027"], 1),
        ("Issues", "Due", &["later", "Q3"], 1),
    ] {
        assert_eq!(taken(heading, head, cells, at), none, "{heading} {head} {cells:?}");
    }
}

#[test]
fn a_milestone_states_its_days_in_lines_as_well() {
    let (source, told) = read(
        "# Roadmap\n\n## M1: Base\n\nStart: Q1 2027\n**Due:** H2\n\n- [ ] Do\n\n## M2: Rest\n\nStart: later\nDue: later\n\n- [ ] Rest\n\n## M3: More\n\nDue: 2027-Q5\n\n- [ ] More\n",
    );
    let days = |ix: usize| ["start_on", "due_on"].map(|key| source["milestones"][ix][key].clone());
    assert_eq!(days(0), ["2027-Q1", "2027-H2"].map(Value::from));
    assert_eq!(days(1), [Value::Null, "later".into()]);
    assert_eq!(days(2), [Value::Null, Value::Null]);
    assert_eq!(told, ["12 `later` was left out", "19 `2027-Q5` was left out"]);
}

#[test]
fn a_due_day_with_the_same_last_day_is_no_contradiction_and_stays_as_it_is() {
    let document = "# Roadmap\n\n## Issues\n\n| ID | Task | Due |\n|--|--|--|\n| A-1 | x | March 2027 |\n| A-2 | y | Q2 2027 |\n";
    let source = r#"{ "title": "Roadmap", "issues": [{ "title": "A-1: x", "due_on": "2027-Q1" }, { "title": "A-2: y", "due_on": "2027-Q1" }] }"#;
    let imported = import(document, Some(source)).expect("it is filled");
    assert!(imported.source.contains(r#"{ "title": "A-1: x", "due_on": "2027-Q1" }"#), "{}", imported.source);
    let told = told(imported.report, document);
    assert_eq!(told.iter().filter(|told| told.contains("due_on")).count(), 1, "{told:?}");
    assert!(
        told.iter().any(|told| told.contains("`due_on` is `2027-Q1` here, and `2027-Q2` in the document")),
        "{told:?}"
    );
}
