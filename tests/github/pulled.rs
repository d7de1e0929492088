//! `roadbook pull` as people use it: what comes home, what is left and told, what is refused, and that a run that is cut off
//! loses nothing.

use serde_json::{Value, json};

use crate::{
    fake::{GitHub, Whereabouts},
    layout::changed,
    roadmaps::marker,
    support::{Project, Run},
};

const LOCK: &str = "roadmap/roadbook.lock.json";

/// A roadmap as somebody lays it out: ids in titles, a coarse day, an issue that says who does it and whether it is open.
const SOURCE: &str = r#"{
  "repository": "acme/data-platform",
  "outputs": { "summary": null, "milestones": null, "labels": null, "site": null },
  "labels": [
    { "name": "area:db", "color": "FF0000", "description": "Rows" },
    { "name": "area:web", "color": "00ff00" }
  ],
  "milestones": [
    { "title": "A-M1 – Begin", "description": "First.", "due_on": "2027-Q2", "state": "open" },
    { "id": "A-M2", "title": "Go on", "due_on": "2027-12-31" }
  ],
  "issues": [
    { "title": "A-1: First", "milestone": "A-M1", "labels": ["area:db"], "assignees": ["alice"],
      "body": "Do it.\n\n- [ ] one\n- [ ] two", "state": "open" },
    { "title": "A-2: Second", "milestone": "Go on", "parent": "A-1", "blocked_by": ["A-1"], "body": "x" },
    { "title": "A-3: Third" , "blocked_by": [] },
    { "title": "A-4: Fourth" }
  ]
}
"#;

/// A repository in which it is applied.
fn applied() -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&json!({})));
    project.write("roadmap/plan.json", SOURCE);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.forget();
    (github, project)
}

fn edit(github: &GitHub, number: u64, members: Value) {
    github.edit_issue(number, &members);
}

/// Puts a text in front of an issue's body, or behind what is ours of it.
fn body(github: &GitHub, number: u64, change: impl Fn(&str) -> String) {
    let body = github.issue(number).body.unwrap_or_default();
    edit(github, number, json!({ "body": change(&body) }));
}

/// Pulls, and holds that it leaves nothing to do.
#[track_caller]
fn pulls(github: &GitHub, project: &Project, args: &[&str]) -> Run {
    let run = project.ask(github, [&["pull"], args].concat()).ends_with(0);
    is_settled(github, project, args);
    run
}

/// Holds that a plan is empty, and that another pull writes nothing.
#[track_caller]
fn is_settled(github: &GitHub, project: &Project, args: &[&str]) {
    project.run(["build"]).ends_with(0);
    let plan = project.ask(github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!((&plan["operations"], &plan["conflicts"]), (&json!([]), &json!([])), "{plan:#}");
    let files = || (project.text("roadmap/plan.json"), project.text(LOCK));
    let before = files();
    let again = project.ask(github, [&["pull"], args].concat()).ends_with(0);
    assert!(again.err.contains("nothing to write"), "{}", again.err);
    assert_eq!(files(), before);
    assert_eq!(github.writes(), [""; 0], "a pull writes nothing to GitHub");
}

#[test]
fn every_field_that_the_source_owns_comes_home_and_no_other_byte_moves() {
    let (github, project) = applied();
    edit(
        &github,
        1,
        json!({ "title": "Quite another", "assignees": ["bob", "alice"], "labels": ["area:db", "area:web"] }),
    );
    edit(&github, 2, json!({ "milestone": 1, "title": "A-2: Renamed" }));
    edit(&github, 3, json!({ "state": "closed", "state_reason": "not_planned" }));
    body(&github, 2, |body| format!("More.\r\n\r\n{body}\r\n\r\nbelow the line"));
    github.edit_milestone(1, &json!({ "title": "Begun", "description": null, "state": "closed" }));
    github.edit_milestone(2, &json!({ "title": "Go far", "due_on": "2028-01-31T12:00:00Z" }));
    github.edit_label(
        "area:db",
        &json!({ "new_name": "area:rows", "color": "0000FF", "description": "Tables" }),
    );
    github.world(|world| {
        world.leave_part(2);
        world.make_part(3, 2);
        world.end_wait(2, 1);
        world.make_wait(3, 4);
    });
    pulls(&github, &project, &[]);
    let (new, source) = (project.text("roadmap/plan.json"), project.source());
    let mut paths = changed(SOURCE, &new);
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "issues[0].assignees",
            "issues[0].id",
            "issues[0].labels",
            "issues[0].title",
            "issues[1].blocked_by",
            "issues[1].body",
            "issues[1].milestone",
            "issues[1].parent",
            "issues[1].title",
            "issues[2].blocked_by",
            "labels[0].color",
            "labels[0].description",
            "labels[0].name",
            "milestones[0].description",
            "milestones[0].id",
            "milestones[0].state",
            "milestones[0].title",
            "milestones[1].due_on",
            "milestones[1].title",
        ],
        "{new}"
    );
    let (first, second) = (&source["issues"][0], &source["issues"][1]);
    assert_eq!((&first["id"], &first["title"]), (&json!("A-1"), &json!("Quite another")));
    assert_eq!(
        (&first["labels"], &first["assignees"]),
        (&json!(["area:rows", "area:web"]), &json!(["alice", "bob"]))
    );
    assert_eq!(
        second["body"], "More.\n\nx",
        "line ends are the source's, and what is below the marker is people's"
    );
    assert_eq!(
        (&second["milestone"], &second["parent"], &second["blocked_by"]),
        (&json!("A-M1"), &json!("A-3"), &json!([]))
    );
    assert_eq!(source["issues"][2]["blocked_by"], json!(["A-4"]));
    assert_eq!(
        source["labels"][0],
        json!({ "name": "area:rows", "color": "0000ff", "description": "Tables" })
    );
    assert_eq!(
        (&source["milestones"][0]["due_on"], &source["milestones"][0]["description"]),
        (&json!("2027-Q2"), &Value::Null)
    );
    assert_eq!(source["milestones"][1], json!({ "id": "A-M2", "title": "Go far", "due_on": "2028-01-31" }));
    // What the source leaves to GitHub is the lock's.
    let lock: Value = serde_json::from_str(&project.text(LOCK)).expect("a lock");
    assert_eq!(lock["issues"]["a-3"]["remote"]["state_reason"], "not_planned");
}

#[test]
fn ticks_and_closes_with_their_reason_come_home_and_go_again() {
    let (github, project) = applied();
    body(&github, 1, |body| body.replace("[ ] two", "[x] two"));
    edit(&github, 1, json!({ "state": "closed", "state_reason": "not_planned" }));
    pulls(&github, &project, &[]);
    let issue = || project.source()["issues"][0].clone();
    assert_eq!(issue()["body"], "Do it.\n\n- [ ] one\n- [x] two");
    assert_eq!((&issue()["state"], &issue()["state_reason"]), (&json!("closed"), &json!("not_planned")));
    edit(&github, 1, json!({ "state": "open" }));
    edit(&github, 1, json!({ "state": "closed", "state_reason": "completed" }));
    pulls(&github, &project, &[]);
    assert_eq!(issue()["state_reason"], "completed");
    body(&github, 1, |body| body.replace("[x] two", "[ ] two"));
    edit(&github, 1, json!({ "state": "open" }));
    pulls(&github, &project, &[]);
    assert_eq!(project.text("roadmap/plan.json"), SOURCE);
}

#[test]
fn a_coarse_day_is_its_last_day_and_is_replaced_by_another() {
    let (github, project) = applied();
    let run = pulls(&github, &project, &[]);
    assert!(run.err.contains("nothing to write"), "{}", run.err);
    github.edit_milestone(1, &json!({ "due_on": "2027-06-30T12:00:00Z" }));
    pulls(&github, &project, &[]);
    assert_eq!(project.text("roadmap/plan.json"), SOURCE);
    github.edit_milestone(1, &json!({ "due_on": "2027-07-02T12:00:00Z" }));
    pulls(&github, &project, &[]);
    assert_eq!(project.source()["milestones"][0]["due_on"], "2027-07-02");
}

#[test]
fn what_both_changed_is_left_until_somebody_decides() {
    let (github, project) = applied();
    edit(&github, 1, json!({ "title": "A-1: Theirs" }));
    edit(&github, 3, json!({ "title": "A-3: Theirs" }));
    let ours = SOURCE.replace("A-1: First", "A-1: Ours").replace("A-4: Fourth", "A-4: Ahead");
    project.write("roadmap/plan.json", &ours);
    let run = project.ask(&github, ["pull"]).ends_with(1);
    assert!(run.err.contains("source: `A-1: Ours`") && run.err.contains("< issue A-3: title"), "{}", run.err);
    let taken = ours.replace("A-3: Third", "A-3: Theirs");
    assert_eq!(project.text("roadmap/plan.json"), taken);
    // What is agreed on is the base of what comes next, although other fields are not.
    project.write("roadmap/plan.json", taken.replace("A-3: Theirs", "A-3: Mine"));
    let plan = project.ask(&github, ["plan", "--format", "json"]).json();
    assert_eq!(plan["conflicts"].as_array().map(Vec::len), Some(1), "{plan:#}");
    project.write("roadmap/plan.json", &taken);
    project.ask(&github, ["pull", "--on-conflict", "A-1.title=ours"]).ends_with(0);
    assert_eq!(project.text("roadmap/plan.json"), taken);
    project.ask(&github, ["pull", "--on-conflict", "theirs"]).ends_with(0);
    assert_eq!(project.source()["issues"][0]["title"], "A-1: Theirs");
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.writes(), [r#"PATCH issues/4 {"title":"A-4: Ahead"}"#]);
}

#[test]
fn without_a_lock_nobody_knows_who_changed_what() {
    let (github, project) = applied();
    edit(&github, 1, json!({ "title": "A-1: Theirs" }));
    project.lose("roadmap/roadbook.lock.json");
    for _ in 0..2 {
        project.ask(&github, ["pull"]).ends_with(1);
        assert_eq!(project.text("roadmap/plan.json"), SOURCE);
    }
    project.ask(&github, ["pull", "--on-conflict", "theirs"]).ends_with(0);
    is_settled(&github, &project, &[]);
}

#[test]
fn what_is_imported_has_no_marker_and_its_edits_come_home() {
    let (github, project) = (GitHub::start(), Project::asking(&json!({})));
    github.open_issue(&json!({ "title": "By hand", "body": "Words." }));
    project.lose("roadmap/plan.json");
    project.ask(&github, ["import", "acme/data-platform"]).ends_with(0);
    let name = "roadmap/milestones_and_issues.json";
    edit(&github, 1, json!({ "title": "By head", "body": "Other words." }));
    project.ask(&github, ["pull"]).ends_with(0);
    let source: Value = serde_json::from_str(&project.text(name)).expect("JSON");
    assert_eq!(
        (&source["issues"][0]["title"], &source["issues"][0]["body"]),
        (&json!("By head"), &json!("Other words."))
    );
    let plan = project.ask(&github, ["plan", "--format", "json"]).json();
    assert_eq!((&plan["operations"], &plan["conflicts"]), (&json!([]), &json!([])));
}

#[test]
fn a_dry_run_shows_and_writes_nothing() {
    let (github, project) = applied();
    edit(&github, 3, json!({ "title": "A-3: Theirs" }));
    let lock = project.text(LOCK);
    let run = project.ask(&github, ["pull", "--dry-run"]).ends_with(0);
    assert!(
        run.out.contains("-    { \"title\": \"A-3: Third\"")
            && run.out.contains("+    { \"title\": \"A-3: Theirs\""),
        "{}",
        run.out
    );
    assert!(run.err.contains("1 value would be taken"), "{}", run.err);
    let run = project.ask(&github, ["pull", "-n", "--format", "json"]).ends_with(0).json();
    assert_eq!(
        (&run["kind"], &run["written"], &run["changes"][0]["value"]),
        (&json!("pull"), &json!(false), &json!("A-3: Theirs"))
    );
    assert_eq!((project.text("roadmap/plan.json"), project.text(LOCK)), (SOURCE.to_owned(), lock));
    let run = project.ask(&github, ["pull", "--only", "A-4"]).ends_with(0);
    assert!(run.err.contains("nothing to write"), "{}", run.err);
    project.ask(&github, ["pull", "--only", "A-3", "--format", "json"]).ends_with(0);
    assert_eq!(project.text("roadmap/plan.json"), SOURCE.replace("A-3: Third", "A-3: Theirs"));
}

#[test]
fn what_the_rules_refuse_is_left_out_and_holds_up_nothing_else() {
    let (github, project) = applied();
    edit(&github, 3, json!({ "title": "A-3: turned \u{202e}round" }));
    let run = project.ask(&github, ["pull"]).ends_with(1);
    assert!(run.err.contains("not taken: issue A-3"), "{}", run.err);
    assert_eq!(project.text("roadmap/plan.json"), SOURCE);
    edit(&github, 4, json!({ "title": "A-4: Theirs" }));
    edit(&github, 1, json!({ "labels": ["area:web"] }));
    github.open_issue(&json!({ "title": "NUL \u{0} and\nlines", "body": "\u{0}", "labels": ["area:db"] }));
    let run = project.ask(&github, ["pull", "--new"]).ends_with(1);
    assert!(
        run.err.contains("not taken: issue A-3") && run.err.contains("not taken: issue #5"),
        "{}",
        run.err
    );
    assert_eq!(
        project.text("roadmap/plan.json"),
        SOURCE
            .replace("A-4: Fourth", "A-4: Theirs")
            .replace("\"labels\": [\"area:db\"]", "\"labels\": [\"area:web\"]")
    );
}

#[test]
fn issues_that_people_opened_come_home_only_where_that_is_asked() {
    let (github, project) = applied();
    github.world(|world| {
        world.make_label("needs-triage");
        world.open_issue(&json!({ "title": "By hand", "body": "@ann, see\r\nthis", "milestone": 2, "labels": ["area:web", "needs-triage"] }));
        world.open_issue(&json!({ "title": "A-7: By its id", "labels": ["AREA:DB"] }));
        world.open_issue(&json!({ "title": "Nobody's" }));
        world.open_issue(&json!({ "title": "A-1: A copy", "milestone": 1, "state": "closed", "state_reason": "completed" }));
        world.open_issue(&json!({ "title": "Spam", "milestone": 1, "state": "closed", "state_reason": "not_planned" }));
        world.open_issue(&json!({ "title": "Another's", "milestone": 1, "body": marker("ZZ-1") }));
        world.open_pull("A pull request");
        world.make_part(5, 6);
        world.make_wait(5, 8);
        world.make_wait(6, 7);
    });
    let run = project.ask(&github, ["pull"]).ends_with(0);
    assert!(run.err.contains("people opened 3 issues") && run.err.contains("`ZZ-1`"), "{}", run.err);
    assert_eq!(project.text("roadmap/plan.json"), SOURCE);
    let run = pulls(&github, &project, &["--new"]);
    assert!(run.err.contains("`blocked_by` of `A-7` leads to what the source cannot name"), "{}", run.err);
    let new = project.text("roadmap/plan.json");
    assert_eq!(changed(SOURCE, &new), ["issues[4]", "issues[5]", "issues[6]"], "{new}");
    let source = project.source();
    let issues = source["issues"].as_array().expect("a list");
    assert_eq!(
        issues[4..],
        [
            json!({ "id": "A-5", "title": "By hand", "milestone": "A-M2", "body": "@ann, see\nthis", "labels": ["area:web"], "blocked_by": ["A-6"] }),
            json!({ "title": "A-7: By its id", "labels": ["area:db"], "parent": "A-5" }),
            json!({ "id": "A-6", "title": "A-1: A copy", "milestone": "A-M1" }),
        ]
    );
    // The marker comes with the next change, and what people write meanwhile is not lost.
    edit(&github, 5, json!({ "title": "By head" }));
    pulls(&github, &project, &["--new"]);
    let mut source = project.source();
    source["issues"][4]["assignees"] = json!(["bob"]);
    project.write("roadmap/plan.json", source.to_string());
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(github.issue(5).body.expect("a body").ends_with(&marker("A-5")));
    assert_eq!(github.writes().len(), 1);
}

#[test]
fn markers_and_calls_in_what_people_write_are_words() {
    let (github, project) = applied();
    let forged =
        |body: &str| format!("{}\n\nSee @bob.\n\n{} {body}", marker("A-3"), "<!-- roadbook:id=A-4 -->");
    body(&github, 2, forged);
    pulls(&github, &project, &[]);
    assert_eq!(project.source()["issues"][1]["body"], "See @bob.\n\n x");
    assert!(!project.text("roadmap/plan.json").contains("roadbook:id"));
    // Below ours it would be the one that holds: then it is another item's, and told.
    body(&github, 1, |body| format!("{body}\n\n{}", marker("A-3")));
    let before = project.text("roadmap/plan.json");
    let run = project.ask(&github, ["pull"]).ends_with(1);
    assert!(run.err.contains("A-3"), "{}", run.err);
    assert_eq!(project.text("roadmap/plan.json"), before);
}

#[test]
fn what_is_gone_is_told_and_nothing_of_it_is_written() {
    let (github, project) = applied();
    github.delete_issue(1);
    github.transfer_issue(3, "/repositories/42/issues/7");
    github.world(|world| world.issues.get_mut(&4).expect("an issue").is_pull = true);
    let run = project.ask(&github, ["pull"]).ends_with(1);
    for id in ["A-1", "A-3", "A-4"] {
        assert!(run.err.contains(id), "{id}: {}", run.err);
    }
    assert_eq!(project.text("roadmap/plan.json"), SOURCE, "{}", run.err);
    assert!(github.world(|world| world.issues[&1].whereabouts == Whereabouts::Deleted));
}

#[test]
fn relations_into_what_the_source_cannot_name_are_told_and_left() {
    let (github, project) = applied();
    github.world(|world| {
        world.make_milestone(&json!({ "title": "Another's" }));
        world.open_issue(&json!({ "title": "Nobody's" }));
        world.make_wait(3, 5);
    });
    edit(&github, 1, json!({ "milestone": 3 }));
    let run = project.ask(&github, ["pull"]).ends_with(0);
    assert!(
        run.err.contains("`milestone` of `A-1` leads to #3")
            && run.err.contains("`blocked_by` of `A-3` leads to #5"),
        "{}",
        run.err
    );
    assert_eq!(project.text("roadmap/plan.json"), SOURCE);
}

#[test]
fn edits_go_into_the_file_that_holds_the_item() {
    let (github, project) = (GitHub::start(), Project::asking(&json!({})));
    let mut source: Value = serde_json::from_str(SOURCE).expect("JSON");
    let issues = source["issues"].as_array_mut().expect("a list").split_off(2);
    let more = serde_json::to_string_pretty(&json!({ "issues": issues })).expect("JSON").replace("  ", "\t")
        + "\r\n";
    project.write("roadmap/plan.json", source.to_string());
    project.write("roadmap/plan2.json", &more);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.forget();
    edit(&github, 1, json!({ "title": "A-1: Theirs" }));
    edit(&github, 3, json!({ "title": "A-3: Theirs" }));
    pulls(&github, &project, &[]);
    assert_eq!(project.text("roadmap/plan.json"), source.to_string().replace("A-1: First", "A-1: Theirs"));
    assert_eq!(project.text("roadmap/plan2.json"), more.replace("A-3: Third", "A-3: Theirs"));
}

#[test]
fn a_run_that_is_cut_off_between_two_files_is_mended_by_the_next() {
    let (github, project) = applied();
    github.world(|world| {
        world.edit_issue(3, &json!({ "title": "A-3: Theirs" }));
        world.edit_label("area:db", &json!({ "new_name": "area:rows" }));
        world.open_issue(&json!({ "title": "Twice", "milestone": 2 }));
        world.open_issue(&json!({ "title": "Twice", "milestone": 2 }));
    });
    let before = project.text(LOCK);
    let whole = || {
        pulls(&github, &project, &["--new"]);
        (project.text("roadmap/plan.json"), project.text(LOCK))
    };
    let (source, lock) = whole();
    let line = |id: &str| {
        lock.lines().find(|line| line.contains(&format!("\"{id}\""))).expect("an entry").to_owned()
    };
    let numbers =
        |id: &str| line(id).split(",\"applied\"").next().expect("numbers").to_owned() + ",\"applied\":{}}";
    let reserved =
        before.replace("\n  }\n}", &format!(",\n{},\n{}\n  }}\n}}", numbers("a-5"), numbers("a-6")));
    assert_ne!(reserved, before);
    for (source_then, lock_then, what) in
        [(SOURCE, &reserved, "behind the numbers"), (&*source, &reserved, "behind the source")]
    {
        project.write("roadmap/plan.json", source_then);
        project.write(LOCK, lock_then);
        assert_eq!(whole(), (source.clone(), lock.clone()), "{what}");
    }
}

#[test]
fn a_source_that_cannot_be_read_and_a_github_that_refuses_change_nothing() {
    let (github, mut project) = applied();
    edit(&github, 3, json!({ "title": "A-3: Theirs" }));
    let before = (project.text("roadmap/plan.json"), project.text(LOCK));
    project.log_in(Some("ghp_of_another"));
    project.ask(&github, ["pull"]).ends_with(4);
    assert_eq!((project.text("roadmap/plan.json"), project.text(LOCK)), before);
    project.ask(&github, ["pull", "--only", "A-9"]).ends_with(2);
    project.ask(&github, ["pull", "--roadmap", "-"]).ends_with(2);
    project.write("roadmap/plan.json", "{");
    project.ask(&github, ["pull"]).ends_with(3);
}

#[test]
fn bodies_that_have_files_come_home_into_them() {
    let (github, project) = applied();
    for (id, body) in [("A-1", "Do it.\n\n- [ ] one\n- [ ] two\n"), ("A-2", "x\n")] {
        project.write(&format!("roadmap/bodies/{id}.md"), body);
    }
    let split = SOURCE.replace(",\n      \"body\": \"Do it.\\n\\n- [ ] one\\n- [ ] two\"", "");
    let split = split.replace(", \"body\": \"x\"", "");
    assert!(!split.contains("\"body\""), "{split}");
    project.write("roadmap/plan.json", &split);
    project.run(["build"]).ends_with(0);
    let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!(plan["operations"], json!([]), "the same bodies are the same issues");
    body(&github, 1, |body| body.replace("[ ] one", "[x] one"));
    edit(&github, 2, json!({ "title": "A-2: Renamed" }));
    github.world(|world| {
        world.open_issue(&json!({ "title": "By hand", "body": "See\r\nthis", "labels": ["area:web"] }));
    });
    pulls(&github, &project, &["--new"]);
    let source = project.source();
    assert!(
        source["issues"].as_array().expect("a list").iter().all(|it| it.get("body").is_none()),
        "{source:#}"
    );
    assert_eq!(project.text("roadmap/bodies/A-1.md"), "Do it.\n\n- [x] one\n- [ ] two\n");
    assert_eq!(project.text("roadmap/bodies/A-2.md"), "x\n");
    assert_eq!(project.text("roadmap/bodies/A-5.md"), "See\nthis\n");
    // Emptied there, the file is empty.
    body(&github, 2, |_| String::new());
    project.ask(&github, ["pull"]).ends_with(0);
    assert_eq!(project.text("roadmap/bodies/A-2.md").trim(), "");
}
