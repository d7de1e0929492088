//! `batch`, and what the verbs print as JSON.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

const PLAN: &str = "{\n  \"milestones\": [\n    { \"id\": \"M-1\", \"title\": \"One\" }\n  ],\n  \"issues\": [\n    { \"id\": \"A-1\", \"title\": \"x\", \"state\": \"open\" },\n    { \"id\": \"A-2\", \"title\": \"y\", \"state\": \"open\", \"blocked_by\": [\"A-1\"] }\n  ]\n}\n";

/// A project with these lines on standard input.
pub(crate) fn lines(source: &str, lines: &[Value]) -> Project {
    let mut project = Project::whole(source);
    project.input = lines.iter().fold(String::new(), |text, line| text + &line.to_string() + "\n");
    project
}

#[test]
fn each_line_sees_what_the_lines_before_it_did() {
    let project = lines(
        PLAN,
        &[
            json!(["close", "A-1"]),
            json!(["start", "A-2"]),
            json!(["add", "issue", "New", "--milestone", "M-1", "--blocked-by", "A-2"]),
            json!(["add", "issue", "Newer", "--milestone", "M-1"]),
            json!(["add", "milestone", "Two", "--id", "M-2"]),
            json!(["move", "A-3", "A-4", "M-2"]),
            json!(["set", "A-3", "estimate=3", "due_on=2026-12-01"]),
            json!(["set", "A-3", "due_on=2026-12-02"]),
            json!(["rename", "A-4", "B-1"]),
            json!(["split", "B-1", "Part", "--format", "human"]),
            json!(["remove", "M-1"]),
            json!(["reopen", "A-1"]),
            json!(["close", "A-1", "--on", "2026-11-20"]),
        ],
    );
    let run = project.run("batch --build").ends_with(0);
    assert!(run.err.contains("note: gave it the id `A-4`"), "{}", run.err);
    let value: Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    assert_eq!(
        value["issues"],
        json!([
            { "id": "A-1", "title": "x", "state": "closed", "closed_on": "2026-11-20" },
            { "id": "A-2", "title": "y", "state": "open", "blocked_by": ["A-1"], "begun_on": "2026-11-22" },
            { "id": "A-3", "title": "New", "milestone": "M-2", "state": "open", "blocked_by": ["A-2"], "estimate": 3,
              "due_on": "2026-12-02", "planned_due_on": "2026-12-01" },
            { "id": "B-1", "title": "Newer", "milestone": "M-2", "state": "open" },
            { "id": "B-2", "title": "Part", "milestone": "M-2", "parent": "B-1", "state": "open" }
        ])
    );
    assert_eq!(value["milestones"], json!([{ "id": "M-2", "title": "Two" }]));
    project.run("check").ends_with(0);
}

#[test]
fn one_bad_edit_among_a_hundred_writes_nothing() {
    let good = |n: usize| json!(["add", "issue", format!("Number {n}"), "--milestone", "M-1"]);
    for (bad, code, why) in [
        (json!(["close", "A-7000"]), 2, "line 58 of standard input: unknown id or label `A-7000`"),
        (json!(["set", "A-1", "due_on=soon"]), 2, "line 58 of standard input: `due_on` cannot be `soon`"),
        (json!(["set", "A-1", "blocked_by=A-2"]), 1, "error[dependency-cycle]"),
        (json!(["add", "issue", "Twice", "--id", "A-2"]), 1, "error[duplicate-id]"),
        (json!(["close", "--now", "A-1"]), 2, "line 58 of standard input: unexpected argument '--now' found"),
        (json!(["build"]), 2, "only verbs that edit the JSON can be a part of a batch"),
        (json!(["batch"]), 2, "only verbs that edit"),
        (json!(["close", "A-1", "--build"]), 2, "options of the whole run are given to `batch` itself"),
        (json!(["close", "A-1", "--roadmap", "x"]), 2, "options of the whole run"),
        (json!(["close", "--help"]), 2, "line 58 of standard input: "),
        (json!(["add", "issue", "x", "--body-file", "-"]), 2, "would read the batch"),
        (json!({ "close": "A-1" }), 2, "is not a JSON list of texts\n  = help: write one command per line"),
        (json!(["remove", "A-1"]), 1, "`A-1` is still referred to"),
    ] {
        let mut all: Vec<_> = (0..99).map(good).collect();
        all.insert(57, bad.clone());
        let project = lines(PLAN, &all);
        let run = project.run("batch").ends_with(code);
        assert!(run.err.contains(why), "{bad}: {}", run.err);
        assert_eq!(project.text(SOURCE), PLAN, "{bad}");
        let files = std::fs::read_dir(project.path("roadmap")).expect("a folder").count();
        assert_eq!(files, 1, "{bad}: nothing else was written");
    }
    let project = lines(PLAN, &(0..99).map(good).collect::<Vec<_>>());
    let run = project.run("batch").ends_with(0);
    assert!(run.err.contains("and 79 more edits"), "{}", run.err);
    assert!(project.text(SOURCE).contains("\"A-101\""));
}

#[test]
fn removals_see_what_the_lines_before_them_removed() {
    let chain = |number: usize| match number {
        1 => json!({ "id": "A-1", "title": "First", "state": "open" }),
        _ => {
            json!({ "id": format!("A-{number}"), "title": format!("Behind A-{}", number - 1), "state": "open",
                     "blocked_by": [format!("A-{}", number - 1)] })
        }
    };
    let source = json!({ "issues": (1..=6).map(chain).collect::<Vec<_>>() }).to_string();
    let gone = |ids: &[usize], force: &[&str]| {
        let line = |id: &usize| json!([&["remove", &format!("A-{id}")], force].concat());
        lines(&source, &ids.iter().map(line).collect::<Vec<_>>())
    };
    let project = gone(&[6, 5, 4], &[]);
    let run = project.run("batch").ends_with(0);
    assert!(!run.err.contains("still say"), "what says it is gone: {}", run.err);
    let refused = gone(&[5, 6], &[]).run("batch").ends_with(1);
    assert!(refused.err.contains("line 1 of standard input: `A-5` is still referred to"), "{}", refused.err);
    gone(&[6, 6], &[]).run("batch").ends_with(2).says("line 2 of standard input: unknown id or label `A-6`");
    let project = gone(&[2, 3, 5], &["--force"]);
    project.run("batch").ends_with(0);
    let value: Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    let left: Vec<_> =
        value["issues"].as_array().expect("issues").iter().map(|it| (&it["id"], &it["blocked_by"])).collect();
    assert_eq!(
        left,
        [(&json!("A-1"), &json!(null)), (&json!("A-4"), &json!([])), (&json!("A-6"), &json!([]))]
    );
}

/// Each line was a round of its own, in which the whole source was read: minutes for thousands of new titles.
#[test]
fn many_titles_and_removals_take_the_time_of_few() {
    let issue = |number: usize| json!({ "id": format!("A-{number}"), "title": "Dig", "state": "open" });
    let source = json!({ "issues": (0..600).map(issue).collect::<Vec<_>>() }).to_string();
    let takes = |edits: &[Value]| {
        let (project, start) = (lines(&source, edits), std::time::Instant::now());
        project.run("batch").ends_with(0);
        start.elapsed()
    };
    let title = |number: usize| json!(["set", format!("A-{number}"), format!("title=New {number}")]);
    let remove = |number: usize| json!(["remove", format!("A-{number}")]);
    for many in [(0..150).map(title).collect::<Vec<_>>(), (0..150).map(remove).collect()] {
        let (one, all) = (takes(&many[..1]), takes(&many));
        assert!(all < one * 30, "{one:?} for one, {all:?} for all");
    }
}

#[test]
fn an_empty_batch_changes_nothing_and_a_dry_run_shows_the_whole() {
    let mut project = lines(PLAN, &[]);
    assert_eq!(project.run("batch").ends_with(0).err, "nothing to change\n");
    project.input = "\u{feff}[\"close\", \"A-1\"]\r\n\r\n[\"close\", \"A-2\"]".to_owned();
    let run = project.run("batch --dry-run").ends_with(0);
    assert_eq!(run.out.matches("+    { \"id\":").count(), 2, "{}", run.out);
    assert_eq!(project.text(SOURCE), PLAN);
    project.input = "[\"close\", \"A-1\"]\n[\"reopen\", \"A-1\"]\n".to_owned();
    assert_eq!(project.run("batch").ends_with(0).err, "nothing to change\n", "what undoes itself");
    project.input = "[\"close\"".to_owned();
    assert!(project.run("batch").ends_with(2).err.contains("line 1 of standard input"));
}

#[test]
fn json_tells_each_change_with_its_place() {
    let mut project = Project::whole(PLAN);
    let run = project.run("close A-1 A-2 --format json").ends_with(0).json();
    assert_eq!(
        (&run["kind"], &run["command"], &run["written"]),
        (&json!("edit"), &json!("close"), &json!(true))
    );
    assert_eq!(run["items"], json!(["A-1", "A-2"]));
    let change = |pointer: &str, line: usize, column: usize, before: Value, after: Value| json!({ "file": SOURCE, "pointer": pointer, "line": line, "column": column, "before": before, "after": after });
    assert_eq!(
        run["changes"],
        json!([
            change("/issues/0/state", 6, 43, json!("open"), json!("closed")),
            change("/issues/0/closed_on", 6, 66, json!(null), json!("2026-11-22")),
            change("/issues/1/state", 7, 43, json!("open"), json!("closed")),
            change("/issues/1/closed_on", 7, 89, json!(null), json!("2026-11-22")),
        ])
    );
    let run = project.run("remove A-1 --force --format json --dry-run").ends_with(0);
    let run = run.json();
    assert_eq!(run["written"], false);
    assert_eq!(run["changes"][0]["before"]["id"], "A-1");
    assert_eq!(run["changes"][1], change("/issues/0/blocked_by", 6, 67, json!(["A-1"]), json!([])));
    let run = project.run("close A-1 --format json").ends_with(0).json();
    assert_eq!((&run["written"], &run["changes"]), (&json!(false), &json!([])));
    let refused = project.run("set A-1 blocked_by=A-2 --format json").ends_with(1).json();
    assert_eq!(refused["findings"][0]["code"], "dependency-cycle", "{refused}");
    project.input =
        "[\"remove\", \"A-2\"]\n[\"add\", \"issue\", \"z\"]\n[\"set\", \"A-2\", \"estimate=1\"]".to_owned();
    let run = project.run("batch --format json").ends_with(0).json();
    let mut told = String::new();
    for change in run["changes"].as_array().expect("a list") {
        let _ = writeln!(told, "{} {} {}", change["pointer"], change["before"]["id"], change["after"]["id"]);
    }
    assert_eq!(told, "\"/issues/1\" \"A-2\" null\n\"/issues/1\" null \"A-2\"\n");
}
