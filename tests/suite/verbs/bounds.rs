//! Bounds on days, as people and programs are told of them: by `check`, `show`, `report`, pages and documents.

use serde_json::{Value, json};

use crate::support::Project;

/// `B` cannot hold its day, and its milestone with it; `C` has two days of room before `M-2`; `H` is held up by a stated start.
const SOURCE: &str = r#"{
  "as_of": "2027-03-01",
  "repository": "o/r",
  "milestones": [
    { "id": "M-1", "title": "First", "state": "open", "due_on": "2027-04-15" },
    { "id": "M-2", "title": "Second", "state": "open", "start_on": "2027-04-12", "due_on": "2027-05-31", "blocked_by": ["M-1"] },
    { "id": "M-3", "title": "Third", "state": "open", "due_on": "2027-03-08" },
    { "id": "M-4", "title": "Fourth", "state": "open", "due_on": "2027-03-25" }
  ],
  "issues": [
    { "id": "A", "title": "Pour", "state": "open", "milestone": "M-3", "start_on": "2027-02-01", "due_on": "2027-02-20" },
    { "id": "B", "title": "Raise", "state": "open", "milestone": "M-3", "start_on": "2027-02-22", "due_on": "2027-03-05", "blocked_by": ["A"] },
    { "id": "C", "title": "Paint", "state": "open", "milestone": "M-1", "start_on": "2027-03-08", "due_on": "2027-04-10" },
    { "id": "F", "title": "Dry", "state": "open", "start_on": "2027-04-01" },
    { "id": "G", "title": "Saw", "state": "open", "blocked_by": ["F"] },
    { "id": "H", "title": "Nail", "state": "open", "milestone": "M-4", "due_on": "2027-03-20", "blocked_by": ["G"] },
    { "id": "K", "title": "Wait", "state": "open", "blocked_by": ["K"] }
  ]
}
"#;

fn out(line: &str) -> String {
    Project::whole(SOURCE).run(line).ends_with(0).out
}

fn item(line: &str) -> Value {
    Project::whole(SOURCE).run(format!("{line} --format json --as-of 2027-03-01")).ends_with(0).json()["items"][0]
        .clone()
}

/// The line of a card that begins with this name.
fn line(out: &str, name: &str) -> String {
    let found = out.lines().find_map(|line| line.trim_start().strip_prefix(name));
    found.unwrap_or_default().trim().to_owned()
}

#[test]
fn an_item_tells_why_it_cannot_be_done_sooner() {
    let day = "--as-of 2027-03-01";
    let of = |id: &str, name: &str| line(&out(&format!("show {id} {day}")), name);
    assert_eq!(of("B", "earliest"), "as planned, not before 2027-03-12: B ← A");
    assert_eq!(of("H", "earliest"), "cannot be done before 2027-04-01: H ← G ← F");
    assert_eq!(of("G", "earliest"), "cannot be done before 2027-04-01: G ← F");
    assert_eq!(of("K", "earliest"), "can never be done: it waits for itself, or for something that does");
    assert_eq!(of("C", "earliest"), "", "its day holds");
    assert_eq!(of("C", "needed by"), "2027-04-12 so that M-2 can begin: room for 2 days");
    assert_eq!(of("B", "needed by"), "2027-03-08 for M-3: 4 days too late");
    assert_eq!(of("M-3", "critical path"), "12 days, A → B");
    assert_eq!(of("C", "critical path"), "step 1 of 1, 34 days in all");
}

#[test]
fn a_delay_tells_what_it_pushes() {
    let pushed = |id: &str, days: u32| {
        line(&out(&format!("show {id} --delay {days} --as-of 2027-03-01")), &format!("+{days} days pushes"))
    };
    assert_eq!(pushed("C", 2), "no stated day");
    assert_eq!(pushed("C", 3), "at most M-2");
    assert_eq!(pushed("C", 6), "at most M-1, M-2");
    assert_eq!(item("show C --delay 6")["pushes"], json!(["M-1", "M-2"]));
    assert_eq!(item("show C --delay 2")["pushes"], json!([]));
    assert_eq!(item("show C")["pushes"], Value::Null);
    let labelled = SOURCE.replacen("\"title\": \"Pour\"", "\"title\": \"Pour\", \"labels\": [\"big\"]", 1);
    let run = Project::whole(&labelled).run("show big --delay 3").ends_with(2);
    assert!(run.err.contains("`big` is a label, which has no days"), "{}", run.err);
}

#[test]
fn programs_are_told_all_of_it() {
    let bounds = |id: &str| {
        let item = item(&format!("show {id}"));
        ["earliest", "earliest_floor", "never", "needed_on", "slack", "room", "chain"]
            .map(|name| item[name].clone())
    };
    let day = |day: &str| json!(format!("2027-{day}"));
    assert_eq!(
        bounds("B"),
        [day("03-12"), day("03-01"), json!(false), day("03-08"), json!(-7), json!(-4), json!(["A", "B"])]
    );
    assert_eq!(
        bounds("C"),
        [day("04-10"), day("03-08"), json!(false), day("04-12"), json!(0), json!(2), json!([])]
    );
    assert_eq!(
        bounds("K"),
        [json!(null), json!(null), json!(true), json!(null), json!(null), json!(null), json!([])]
    );
    let report = Project::whole(SOURCE).run("report --format json --as-of 2027-03-01").ends_with(0).json();
    let path = &report["critical_path"];
    assert_eq!(
        (&path["days"], &path["items"][0]["id"], &path["without_length"]),
        (&json!(34), &json!("C"), &json!(0))
    );
}

#[test]
fn a_report_tells_what_late_items_and_the_critical_path_push() {
    let out = out("report --as-of 2027-03-01");
    assert!(out.contains("each day more pushes at most B, M-3"), "{out}");
    assert!(out.contains("Critical path: 34 days, C (1)"), "{out}");
    assert!(out.contains("needed by 2027-04-12 so that M-2 can begin: room for 2 days"), "{out}");
    let half = SOURCE.replacen("\"id\": \"C\",", "\"id\": \"C\", \"blocked_by\": [\"D\"],", 1).replacen(
        "\"issues\": [",
        "\"issues\": [ { \"id\": \"D\", \"title\": \"Sand\", \"state\": \"open\" },",
        1,
    );
    let out = Project::whole(&half).run("report --format markdown --as-of 2027-03-01").ends_with(0).out;
    assert!(out.contains("## Critical path: 34 days, D → C; 1 of 2 states no length\n"), "{out}");
}

#[test]
fn health_goes_by_what_is_certain_and_by_what_is_planned() {
    let health = |id: &str| {
        let item = item(&format!("show {id}"));
        (item["health"].clone(), item["health_why"].clone())
    };
    assert_eq!(health("M-4"), (json!("off-track"), json!("cannot be done before 2027-04-01 (H)")));
    assert_eq!(health("M-1"), (json!("on-track"), Value::Null));
    let unlate = SOURCE.replacen("\"due_on\": \"2027-02-20\"", "\"due_on\": \"2027-03-02\"", 1);
    let run = Project::whole(&unlate).run("show M-3 --format json --as-of 2027-03-01").ends_with(0);
    let item = &run.json()["items"][0];
    assert_eq!(
        (&item["health"], &item["health_why"]),
        (&json!("at-risk"), &json!("as planned not done before 2027-03-13 (B)"))
    );
}

#[test]
fn pages_say_what_cannot_hold_and_nothing_else() {
    let project = Project::whole(SOURCE);
    project.run("build").ends_with(1);
    let page = project.text("site/issues/i-b.html");
    assert!(page.contains("<p class=\"note\">As planned, not before 2027-03-12: B ← A.</p>"), "{page}");
    assert!(page.contains("<p class=\"note\">Needed by 2027-03-08 for M-3: 4 days too late.</p>"), "{page}");
    assert!(!project.text("site/issues/i-c.html").contains("class=\"note\""));
    let document = project.text("roadmap/milestones/m-m-3.md");
    assert!(document.contains("\nAs planned, not before 2027-03-12: B ← A.\n"), "{document}");
    assert!(!project.text("roadmap/milestones/m-m-2.md").contains("Needed by"));
}

#[test]
fn without_lengths_the_critical_path_is_the_longest_chain() {
    let source = r#"{ "issues": [
        { "id": "A", "title": "a", "state": "open", "due_on": "2027-03-20" },
        { "id": "B", "title": "b", "state": "open", "blocked_by": ["A"] }
    ] }"#;
    let project = Project::whole(source);
    let path = &project.run("report --format json --as-of 2027-03-01").ends_with(0).json()["critical_path"];
    assert_eq!((&path["days"], &path["without_length"]), (&Value::Null, &json!(2)));
    let out = project.run("report --as-of 2027-03-01").ends_with(0).out;
    assert!(out.contains("\nCritical path: the longest chain, A → B (2)\n"), "{out}");
    project.run("build").ends_with(0);
    assert!(project.text("site/graph.html").contains("No dependency chain of open issues has more steps."));
}
