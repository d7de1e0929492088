//! `list` and `show`.

use serde_json::json;

use crate::support::Project;

const SOURCE: &str = r##"{
  "repository": "o/r",
  "labels": [
    { "name": "area:db", "description": "Databases", "color": "00ff00" },
    { "name": "area:web" }
  ],
  "milestones": [
    { "id": "M-1", "title": "M-1: First", "due_on": "2026-12-31", "owner": "ada", "goal": "It *stands*." },
    { "id": "M-2", "title": "Second", "blocked_by": ["M-1"] }
  ],
  "issues": [
    { "title": "A-1: Draw it", "milestone": "M-1", "state": "closed", "labels": ["area:db"] },
    { "title": "A-2: Build it", "milestone": "M-1", "state": "open", "blocked_by": ["A-1"], "due_on": "2026-11-20",
      "planned_due_on": "2026-11-10", "labels": ["area:db", "area:web"], "assignees": ["Ada"], "body": "Do\u001b[2J it.\n" },
    { "title": "A-3: Sell it", "milestone": "M-2", "state": "open", "blocked_by": ["A-2"], "start_on": "2026-11-01" },
    { "title": "A-4: Start it", "state": "open", "start_on": "2026-11-01", "assignees": ["bob"] },
    { "title": "A-5: Unsaid" }
  ],
  "aliases": { "OLD-1": "A-2", "OLD-M": "M-1" }
}
"##;

fn ids(line: &str) -> Vec<String> {
    let run = Project::whole(SOURCE).run(line).ends_with(0);
    run.out.lines().map(|line| line.split_whitespace().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_list_is_a_table_and_a_count() {
    let run = Project::whole(SOURCE).run("list").ends_with(0);
    let expected = "\
A-1  done            —           M-1  Draw it
A-2  ready, overdue  2026-11-20  M-1  Build it
A-3  blocked         —           M-2  Sell it
A-4  in progress     —           —    Start it
A-5  unknown         —           —    Unsaid
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "5 issues\n");
}

#[test]
fn milestones_and_labels_are_listed_too() {
    let project = Project::whole(SOURCE);
    let run = project.run("list milestones").ends_with(0);
    let expected = "\
M-1  in progress  2026-12-31  1 of 2 done  M-1: First
M-2  blocked      —           0 of 1 done  Second
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "2 milestones\n");
    let run = project.run("list labels --quiet").ends_with(0);
    assert_eq!(run.out, "area:db   2  1  1  Databases\narea:web  1  1  0  —\n");
    assert_eq!(run.err, "");
}

#[test]
fn filters_choose() {
    assert_eq!(ids("list --status ready"), ["A-2"]);
    assert_eq!(ids("list --status overdue --status unknown"), ["A-2", "A-5"]);
    assert_eq!(ids("list --status overdue --as-of 2026-11-20"), [""; 0]);
    assert_eq!(ids("list --status in-progress"), ["A-4"]);
    assert_eq!(ids("list --status in-progress --as-of 2026-10-31"), [""; 0]);
    assert_eq!(ids("list --milestone m-1"), ["A-1", "A-2"]);
    assert_eq!(ids("list --milestone Second"), ["A-3"]);
    assert_eq!(ids("list --milestone old-m"), ["A-1", "A-2"]);
    assert_eq!(ids("list --label AREA:DB --label area:web"), ["A-2"]);
    assert_eq!(ids("list --assignee @ada"), ["A-2"]);
    assert_eq!(ids("list milestones --status blocked"), ["M-2"]);
    let run = Project::whole(SOURCE).run("list --assignee nobody").ends_with(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("", "0 of 5 issues\n"));
}

#[test]
fn a_filter_that_names_nothing_is_a_usage_error() {
    let project = Project::whole(SOURCE);
    let run = project.run("list --label area:dv").ends_with(2);
    assert_eq!(run.err, "error: unknown label `area:dv`\n  = help: did you mean `area:db`?\n");
    assert_eq!(run.out, "");
    let run = project.run("list --milestone M-3").ends_with(2);
    assert!(run.err.starts_with("error: unknown milestone `M-3`\n"), "{}", run.err);
    let run = project.run("list labels --status ready").ends_with(2);
    assert!(run.err.contains("`--status` is not a filter for labels"), "{}", run.err);
    project.run("list --status late").ends_with(2);
}

#[test]
fn a_terminal_gets_a_head_colours_and_cut_titles() {
    let mut project =
        Project::whole(&SOURCE.replace("Draw it", "Draw it with a very long title that does not fit"));
    project.columns = Some(50);
    let run = project.run("list --color never").ends_with(0);
    let mut lines = run.out.lines();
    assert_eq!(lines.next(), Some("ID   STATUS          DUE         MILESTONE  TITLE"));
    assert_eq!(lines.next(), Some("A-1  done            —           M-1        Draw it wit…"));
    assert!(project.run("list").ends_with(0).out.contains("\u{1b}[31mready, overdue\u{1b}[0m"));
    project.columns = None;
    assert!(!project.run("list").ends_with(0).out.contains('\u{1b}'));
}

#[test]
fn lists_are_json_too() {
    let run = Project::whole(SOURCE).run("list --milestone M-1 --status overdue --format json").ends_with(0);
    let expected = json!({
        "version": 1, "kind": "list", "tool_version": env!("CARGO_PKG_VERSION"), "as_of": "2026-11-22",
        "items": [{
            "kind": "issue", "id": "A-2", "title": "A-2: Build it", "state": "open", "status": "ready",
            "due_last": "2026-11-20", "due_on": "2026-11-20", "planned_due_on": "2026-11-10",
            "overdue_days": 2, "slip_days": 10, "blocked_by": ["A-1"], "waits_for": [], "needed_by": ["A-3"],
            "earliest": "2026-11-22", "earliest_floor": "2026-11-22", "never": false, "needed_on": "2026-12-31",
            "slack": 39, "room": 39, "chain": [],
            "broken": false, "internal": false, "milestone": "M-1", "labels": ["area:db", "area:web"], "assignees": ["Ada"],
            "blocked_elsewhere": [], "critical": true,
        }],
    });
    // What is not known is `null`, which the schema demands of every member.
    let mut told = run.json();
    told["items"][0].as_object_mut().expect("an object").retain(|_, value| !value.is_null());
    assert_eq!(told, expected);
    let run = Project::whole(SOURCE).run("list milestones --format json").ends_with(0);
    let progress = json!({ "issues": 2, "closed": 1, "open": 1, "unknown": 0, "dropped": 0, "percent": 50 });
    assert_eq!(run.json()["items"][0]["progress"], progress);
    let run = Project::whole(SOURCE).run("list labels --format json").ends_with(0);
    assert_eq!(run.json()["items"][1]["description"], json!(null));
}

#[test]
fn an_issue_is_shown_with_what_follows() {
    let run = Project::whole(SOURCE).run("show a-2").ends_with(0);
    let expected = r"A-2  Build it

  status         ready, overdue
  milestone      M-1  First
  due            2026-11-20, 10 days later than planned (2026-11-10), overdue by 2 days
  needed by      2026-12-31 for M-1: room for 39 days
  assignees      @Ada
  labels         area:db, area:web
  critical path  step 1 of 2
  source         roadmap/plan.json:13

Waits for:
  A-1  done  Draw it

Needed by:
  A-3  blocked  Sell it

Do\u{1b}[2J it.
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "");
}

#[test]
fn a_milestone_and_a_label_are_shown() {
    let project = Project::whole(SOURCE);
    let run = project.run("show M-1").ends_with(0);
    for part in [
        "M-1  First\n",
        "  progress       1 of 2 done\n",
        "  health         at risk: A-2 is overdue\n",
        "\nIt *stands*.\n",
    ] {
        assert!(run.out.contains(part), "{part:?} in {}", run.out);
    }
    let run = project.run("show AREA:db").ends_with(0);
    assert!(run.out.starts_with("area:db  Databases\n\n  colour         #00ff00\n"), "{}", run.out);
}

#[test]
fn a_former_id_leads_on_and_an_unknown_one_is_a_usage_error() {
    let project = Project::whole(SOURCE);
    let run = project.run("show old-1").ends_with(0);
    assert!(run.out.starts_with("A-2  Build it\n"));
    assert_eq!(run.err, "`old-1` is `A-2` by now\n");
    let run = project.run("show A-9").ends_with(2);
    assert_eq!(run.err, "error: unknown id or label `A-9`\n  = help: did you mean `A-1`?\n");
}

#[test]
fn items_are_shown_as_json_too() {
    let run = Project::whole(SOURCE).run("show A-2 --format json").ends_with(0);
    let value = run.json();
    assert_eq!(value["kind"], "show");
    let item = &value["items"][0];
    assert_eq!(item["body"], "Do\u{1b}[2J it.\n");
    assert_eq!(item["needed_by"], json!(["A-3"]));
    assert_eq!(item["source"], json!({ "file": "roadmap/plan.json", "path": "issues[1]" }));
    assert!(!run.out.contains('\u{1b}'));
    for id in ["M-1", "area:db"] {
        assert_eq!(
            Project::whole(SOURCE).run(format!("show {id} --format json")).json()["items"][0]["internal"],
            false
        );
    }
}

#[test]
fn hostile_titles_command_no_terminal() {
    let title = "A-1: evil\\u001b]0;x\\u0007\\u202e\\u009b2J\\nerror: no";
    let mut project = Project::whole(&format!(r#"{{ "issues": [{{ "title": "{title}" }}] }}"#));
    project.columns = Some(200);
    for verb in ["list --color never", "show A-1 --color never"] {
        let shown = project.run(verb).out;
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}']), "{shown:?}");
        assert!(shown.contains(r"evil\u{1b}]0;x\u{7}\u{202e}\u{9b}2J\nerror: no"), "{shown}");
    }
}

#[test]
fn a_source_that_cannot_be_used_is_one_line_and_exit_3() {
    let project =
        Project::whole(r#"{ "issues": [{ "title": "A-1: x", "milestone": "M", "parent": "A-7" }] }"#);
    for verb in ["list", "show A-1", "list milestones --format json"] {
        let run = project.run(verb).ends_with(3);
        assert_eq!(run.out, "");
        assert_eq!(run.err, "error: the source has 2 errors: run roadbook check\n");
    }
}

#[test]
fn a_report_is_written_as_its_file_is_called() {
    let project = Project::whole(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "state": "open" }] }"#);
    for (name, starts) in [
        ("r.html", "<!doctype html>"),
        ("R.HTM", "<!doctype html>"),
        ("r.md", "# "),
        ("r.json", "{"),
        ("r.csv", ""),
    ] {
        project.run(format!("report --out {name}")).ends_with(0);
        let text = project.text(name);
        assert!(text.starts_with(starts) && (!starts.is_empty() || text.contains(',')), "{name}: {text}");
    }
    project.run("report --format json --out other.html").ends_with(0);
    assert!(project.text("other.html").starts_with('{'), "what is asked for counts");
    project.run("report --out plain").ends_with(0);
    assert!(!project.text("plain").starts_with(['{', '<', '#']));
}

#[test]
fn what_most_others_wait_for_comes_first_and_then_what_is_needed_sooner() {
    let source = r#"{ "milestones": [{ "id": "M-1", "title": "First" }], "labels": [{ "name": "x" }], "issues": [
        { "id": "A", "title": "alone", "state": "open", "assignees": ["mara"] },
        { "id": "B", "title": "first of a chain", "state": "open", "milestone": "M-1", "labels": ["x"] },
        { "id": "C", "title": "second", "state": "open", "blocked_by": ["B"] },
        { "id": "D", "title": "third", "state": "open", "blocked_by": ["C"], "start_on": "2027-05-01", "due_on": "2027-05-10" },
        { "id": "E", "title": "due", "state": "open", "due_on": "2027-04-01" },
        { "id": "F", "title": "dropped behind it", "state": "closed", "state_reason": "not_planned", "blocked_by": ["A"] },
        { "id": "G", "title": "begun", "state": "open", "begun_on": "2027-01-01" }
    ] }"#;
    let project = Project::whole(source);
    let run = project.run("next --as-of 2027-02-01").ends_with(0);
    let expected = "\
B  2 wait  2027-05-01 so that D can begin  —           first of a chain
E  —       —                               2027-04-01  due
A  —       —                               —           alone
";
    assert_eq!(run.out, expected);
    assert_eq!(run.err, "3 issues ready to begin\n");
    let run = project.run("next --most 1").ends_with(0);
    assert_eq!(
        (run.out.lines().count(), run.err.as_str()),
        (1, "3 issues ready to begin, 2 not shown: --most 3\n")
    );
    let ids = |line: &str| {
        let items = project.run(line).ends_with(0).json()["items"].clone();
        items
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it["id"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids("next --format json --milestone M-1 --label x"), ["B"]);
    assert_eq!(ids("next --format json --assignee @Mara"), ["A"]);
    assert_eq!(project.run("next --format json").json()["items"][0]["waiting"], json!(["C", "D"]));
    project.run("next --milestone M-9").ends_with(2);
    let none = Project::whole(r#"{ "issues": [] }"#).run("next").ends_with(0);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "0 issues ready to begin\n"));
}
