//! `start`, `close`, `reopen` and `split`: fields, labels and days that say together how something stands.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

const LABELLED: &str = r#"{
  "states": {
    "in_progress": { "labels": ["Status:Doing"] },
    "done": { "labels": ["status:final"] },
    "dropped": { "labels": ["status:withdrawn"] }
  },
  "label_groups": [{ "prefix": "status", "exclusive": true }],
  "milestones": [{ "id": "M-1", "title": "One" }, { "id": "M-2", "title": "Two", "state": "closed" }],
  "issues": [
    { "id": "A-1", "title": "a", "milestone": "M-1", "labels": ["status:todo", "area:db"], "state": "open" },
    { "id": "A-2", "title": "b", "labels": ["status:doing"], "blocked_by": ["A-1"], "begun_on": "2026-11-01" },
    { "id": "A-3", "title": "c", "labels": ["status:final"], "state": "closed", "state_reason": "completed", "closed_on": "2026-11-02" },
    { "id": "A-4", "title": "d" }
  ]
}
"#;

/// The issue of a source after some commands.
#[track_caller]
fn after(source: &str, lines: &[&str], id: &str) -> Value {
    let project = Project::whole(source);
    for line in lines {
        project.run(line).ends_with(0);
    }
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
    let value: Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    let items = ["issues", "milestones"].iter().filter_map(|list| value[list].as_array()).flatten();
    items.into_iter().find(|it| it["id"] == id).unwrap_or(&Value::Null).clone()
}

#[test]
fn start_says_when_and_puts_the_label_of_work_in_progress() {
    assert_eq!(
        after(LABELLED, &["start A-1"], "A-1"),
        json!({ "id": "A-1", "title": "a", "milestone": "M-1", "labels": ["area:db", "status:doing"], "state": "open", "begun_on": "2026-11-22" }),
        "a group of which an issue has one label at most gives the other one up"
    );
    assert_eq!(
        after(LABELLED, &["start a-4 A-1 --on 2026-11-20 --assignee @mara"], "A-4"),
        json!({ "id": "A-4", "title": "d", "labels": ["status:doing"], "assignees": ["mara"], "begun_on": "2026-11-20" })
    );
    let project = Project::whole(LABELLED);
    let run = project.run("start A-2").ends_with(0);
    assert_eq!(run.err, "nothing to change\n", "it began already, and has the label in other letters");
    let run = project.run("start A-2 --on 2026-11-03").ends_with(0);
    assert!(run.err.contains("note: `A-2` still waits for `A-1`"), "{}", run.err);
    for (line, why) in [
        ("start A-3", "`A-3` is closed: work on it cannot start\n  = help: `roadbook reopen A-3`"),
        ("start M-1", "`M-1` is not an issue: only issues are started"),
        ("start area:db", "`area:db` is not an issue"),
        ("start A-5", "did you mean `A-1`?"),
        ("start A-1 --on soon", "write a day as in"),
        ("start A-1 --mine", "`--mine` does not know who you are\n  = help: set `ROADBOOK_USER`"),
    ] {
        let run = project.run(line).ends_with(2);
        assert!(run.err.contains(why), "{line}: {}", run.err);
    }
}

#[test]
fn what_nobody_says_is_open_is_open_once_it_has_begun() {
    let source = r#"{ "repository": "o/r", "issues": [{ "id": "A-1", "title": "a" }] }"#;
    let mut project = Project::whole(source);
    project.variables = vec![("ROADBOOK_USER", "@mara".into())];
    project.run("start A-1 --mine").ends_with(0);
    assert_eq!(
        project.text(SOURCE),
        r#"{ "repository": "o/r", "issues": [{ "id": "A-1", "title": "a", "assignees": ["mara"], "state": "open", "begun_on": "2026-11-22" }] }"#
    );
    assert!(project.run("list --mine --status in-progress").ends_with(0).out.starts_with("A-1"));
}

#[test]
fn close_and_set_agree_and_labels_follow() {
    let closed = json!({ "id": "A-2", "title": "b", "labels": ["status:final"], "blocked_by": ["A-1"], "state": "closed", "begun_on": "2026-11-01", "closed_on": "2026-11-22" });
    for line in ["close A-2", "set A-2 state=closed"] {
        assert_eq!(after(LABELLED, &["close A-1", line], "A-2"), closed, "{line}");
    }
    let dropped = json!(["area:db", "status:withdrawn"]);
    for line in ["close A-1 --reason not-planned", "set A-1 state=closed state_reason=not_planned"] {
        assert_eq!(after(LABELLED, &[line], "A-1")["labels"], dropped, "{line}");
    }
    let given = after(LABELLED, &["set A-4 state=closed closed_on=2026-11-09 labels="], "A-4");
    assert_eq!(
        given,
        json!({ "id": "A-4", "title": "d", "labels": [], "state": "closed", "closed_on": "2026-11-09" })
    );
    assert_eq!(after(LABELLED, &["set A-4 state=closed --unset closed_on"], "A-4").get("closed_on"), None);
    assert_eq!(after(LABELLED, &["close A-1 A-4 a-1"], "A-4")["closed_on"], "2026-11-22");
}

#[test]
fn reopen_takes_out_what_spoke_of_the_end() {
    let open = json!({ "id": "A-3", "title": "c", "labels": [], "state": "open" });
    for line in ["reopen A-3", "set A-3 state=open"] {
        assert_eq!(after(LABELLED, &[line], "A-3"), open, "{line}");
    }
    assert_eq!(after(LABELLED, &["reopen M-2 A-3"], "M-2")["state"], "open");
    let project = Project::whole(LABELLED);
    assert_eq!(project.run("reopen A-1 A-4").ends_with(0).err, "nothing to change\n");
    assert!(
        project.run("reopen area:db").ends_with(2).err.contains("only issues and milestones are reopened")
    );
    let closed =
        "{ \"issues\": [{ \"title\": \"A-1: x\", \"state\": \"closed\", \"closed_on\": \"2026-11-20\" }] }";
    let project = Project::whole(closed);
    project.run("reopen A-1").ends_with(0);
    project.run("close A-1 --on 2026-11-20").ends_with(0);
    assert_eq!(project.text(SOURCE), closed, "the two undo each other");
}

#[test]
fn split_gives_an_issue_parts_of_its_series() {
    let source = r#"{
  "states": { "in_progress": { "labels": ["doing"] } },
  "milestones": [{ "title": "First" }],
  "issues": [
    { "title": "DB-009: Whole", "milestone": "First", "labels": ["area:db", "doing"], "state": "open" },
    { "title": "X-1: other", "milestone": "First" },
    { "title": "X-2: other", "milestone": "First" }
  ]
}
"#;
    let project = Project::whole(source);
    let run = project.run(["split", "db-009", "One part", "DB-020: Another"]).ends_with(0);
    assert_eq!(
        run.err,
        "note: `DB-009` stays, as the parent of 2 parts\nsplit `DB-009` into `DB-010`, `DB-020` in `roadmap/plan.json`\nrun `roadbook build` to update the documents\n"
    );
    let part = |title: &str| {
        format!(
            "    {{ \"title\": \"{title}\", \"milestone\": \"First\", \"labels\": [\"area:db\"], \"state\": \"open\", \"parent\": \"DB-009\" }}"
        )
    };
    let parts = format!(",\n{},\n{}\n  ]", part("DB-010: One part"), part("DB-020: Another"));
    assert_eq!(project.text(SOURCE), source.replace("\n  ]\n}", &format!("{parts}\n}}")));
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
    assert_eq!(project.run("show DB-020 --format json").json()["items"][0]["parent"], "DB-009");
    assert!(project.run(["split", "First", "x"]).ends_with(2).err.contains("only issues are split"));
    assert!(project.run(["split", "DB-009", " "]).ends_with(2).err.contains("the title is empty"));
}

#[test]
fn an_issue_whose_id_is_of_its_title_has_parts_named_likewise() {
    let project =
        Project::whole(r#"{ "issues": [{ "title": "Big thing" }, { "id": "A-1", "title": "x" }] }"#);
    project.run(["split", "big-thing", "Small thing", "Small thing"]).ends_with(0);
    let source = project.text(SOURCE);
    for id in ["small-thing", "small-thing-2"] {
        assert!(source.contains(&format!("\"{id}\"")), "{source}");
    }
}

#[test]
fn lists_are_chosen_by_days_and_states_and_sorted() {
    let source = r#"{ "milestones": [{ "id": "M-1", "title": "One", "updates": [{ "on": "2026-11-03" }] }, { "id": "M-2", "title": "Two", "due_on": "2026-12-01" }],
        "issues": [
        { "id": "A-10", "title": "b", "state": "open", "due_on": "2026-12-03", "assignees": ["Mara"] },
        { "id": "A-9", "title": "a", "state": "open", "blocked_by": ["A-10"], "begun_on": "2026-11-10" },
        { "id": "A-1", "title": "C", "state": "closed", "closed_on": "2026-11-02", "due_on": "2026-11-01" },
        { "id": "A-2", "title": "d", "state": "closed", "state_reason": "duplicate", "closed_on": "2026-10-02" },
        { "id": "A-3", "title": "e", "state": "open", "blocked_by": ["elsewhere/x#1"] }] }"#;
    let mut project = Project::whole(source);
    project.variables = vec![("ROADBOOK_USER", "mara".into())];
    let ids = |project: &Project, line: &str| -> Vec<String> {
        let run = project.run(format!("list {line}")).ends_with(0);
        run.out.lines().filter_map(|line| Some(line.split_whitespace().next()?.to_owned())).collect()
    };
    for (line, wanted) in [
        ("--status open", "A-10 A-9 A-3"),
        ("--status closed", "A-1 A-2"),
        ("--status dropped", "A-2"),
        ("--since 2026-11-02", "A-9 A-1"),
        ("--status closed --since 2026-11-02", "A-1"),
        ("--sort id", "A-1 A-2 A-3 A-9 A-10"),
        ("--sort id --reverse", "A-10 A-9 A-3 A-2 A-1"),
        ("--sort due", "A-1 A-10 A-9 A-2 A-3"),
        ("--sort due --reverse", "A-10 A-1 A-9 A-2 A-3"),
        ("--sort title", "A-9 A-10 A-1 A-2 A-3"),
        ("--sort waiting", "A-10 A-9 A-1 A-2 A-3"),
        ("--sort closed", "A-2 A-1 A-10 A-9 A-3"),
        ("--mine", "A-10"),
        ("milestones --since 2026-11-03", "M-1"),
        ("milestones --sort due", "M-2 M-1"),
    ] {
        assert_eq!(ids(&project, line).join(" "), wanted, "{line}");
    }
    assert!(project.run("next --mine").ends_with(0).out.starts_with("A-10"));
    assert!(project.run("list milestones --sort waiting").ends_with(2).err.contains("are for issues"));
    assert!(
        project.run("list labels --since 2026-11-03").ends_with(2).err.contains("is not a filter for labels")
    );
    assert!(
        project.run("list milestones --mine").ends_with(2).err.contains("is not a filter for milestones")
    );
    project.variables.clear();
    for line in ["list --mine", "next --mine"] {
        assert!(project.run(line).ends_with(2).err.contains("does not know who you are"));
    }
}
