//! `remove`, `rename` of labels in `states`, and `pin --series`: what refers to an item.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

const PLAN: &str = r#"{
  "aliases": { "OLD-1": "A-1", "OLD-2": "A-2" },
  "states": { "done": { "labels": ["final"] } },
  "labels": [{ "name": "final" }, { "name": "area:db" }],
  "milestones": [{ "id": "M-1", "title": "One" }, { "id": "M-2", "title": "Two", "blocked_by": ["M-1"] }],
  "phases": [{ "title": "P", "milestones": ["M-1", "M-2"] }],
  "issues": [
    { "id": "A-1", "title": "a", "milestone": "One", "labels": ["area:db", "final"] },
    { "id": "A-2", "title": "b", "milestone": "M-2", "parent": "A-1", "blocked_by": ["a-1", "A-3"], "body": "Behind A-1." },
    { "id": "A-3", "title": "c", "milestone": "M-2", "blocked_by": ["A-1"] }
  ]
}
"#;

fn value(project: &Project) -> Value {
    serde_json::from_str(&project.text(SOURCE)).expect("JSON")
}

#[test]
fn what_is_referred_to_stays_and_everything_that_refers_to_it_is_named() {
    let project = Project::whole(PLAN);
    for (line, said) in [
        (
            "remove A-1",
            "error: `A-1` is still referred to:\n  `A-2` in `parent` (roadmap/plan.json:9)\n  `A-2` in `blocked_by` (roadmap/plan.json:9)\n  `A-3` in `blocked_by` (roadmap/plan.json:10)\n  = help: nothing was removed; `--force` removes these references as well\n",
        ),
        (
            "remove M-1",
            "error: `M-1` is still referred to:\n  `A-1` in `milestone` (roadmap/plan.json:8)\n  `M-2` in `blocked_by` (roadmap/plan.json:5)\n  `P` in `milestones` (roadmap/plan.json:6)\n",
        ),
        ("remove final", "`states.done.labels[0]` (roadmap/plan.json:3)\n"),
        ("remove A-2 A-3 A-1 M-1", "`M-1` is still referred to:\n  `M-2`"),
    ] {
        let run = project.run(line).ends_with(1);
        assert!(run.err.contains(said), "{line}: {}", run.err);
        assert_eq!(project.text(SOURCE), PLAN, "{line}");
    }
    assert!(project.run("remove A-4").ends_with(2).err.contains("did you mean `A-1`?"));
}

#[test]
fn what_nothing_refers_to_goes_with_its_former_ids() {
    let project = Project::whole(PLAN);
    project.run("remove old-2").ends_with(0);
    let without = PLAN
        .lines()
        .filter(|line| !line.contains("\"A-2\", \"title\""))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(project.text(SOURCE), without.replace(", \"OLD-2\": \"A-2\"", ""));
    let project = Project::whole(PLAN);
    project.run("remove A-1 A-2 A-3").ends_with(0);
    assert_eq!(value(&project)["issues"], json!([]), "they refer to each other alone");
    assert_eq!(value(&project)["aliases"], json!({}));
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
}

#[test]
fn force_mends_what_refers_to_it() {
    let project = Project::whole(PLAN);
    let run = project.run("remove A-1 --force").ends_with(0);
    assert!(
        run.err.contains("1 line of your texts still say `A-1`:\n  roadmap/plan.json:9\n"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("removed `A-1` from `roadmap/plan.json`, and 3 references to it"),
        "{}",
        run.err
    );
    assert_eq!(
        value(&project)["issues"],
        json!([
            { "id": "A-2", "title": "b", "milestone": "M-2", "blocked_by": ["A-3"], "body": "Behind A-1." },
            { "id": "A-3", "title": "c", "milestone": "M-2", "blocked_by": [] }
        ])
    );
    let project = Project::whole(PLAN);
    project.run("remove One final area:db --force").ends_with(0);
    let value = value(&project);
    assert_eq!(value["issues"][0], json!({ "id": "A-1", "title": "a", "labels": [] }));
    assert_eq!(value["milestones"], json!([{ "id": "M-2", "title": "Two", "blocked_by": [] }]));
    assert_eq!((&value["labels"], &value["states"]["done"]["labels"]), (&json!([]), &json!([])));
    assert_eq!(value["phases"][0]["milestones"], json!(["M-2"]));
}

#[test]
fn old_faults_of_items_behind_the_removed_one_are_not_new() {
    let source = r#"{ "labels": [{ "name": "a" }], "issues": [{ "id": "A-1", "title": "x" }, { "id": "A-2", "title": "y", "labels": ["b"] }] }"#;
    let project = Project::whole(source);
    project.run("remove A-1").ends_with(0);
    assert_eq!(value(&project)["issues"][0]["id"], "A-2");
}

#[test]
fn removal_says_what_github_keeps_and_what_documents_say() {
    let project = Project::whole(
        r#"{ "repository": "o/r", "docs": ["GUIDE.md"], "issues": [{ "id": "A-1", "title": "x" }, { "id": "A-2", "title": "y" }] }"#,
    );
    project.write(
        "roadmap/roadbook.lock.json",
        r#"{ "version": 1, "repository": "o/r", "issues": { "A-2": { "number": 2 } } }"#,
    );
    project.write(
        "GUIDE.md",
        "# Guide\n\nFirst A-2.\n\n<!-- roadbook:begin issue A-2 -->\n<!-- roadbook:end -->\n",
    );
    let run = project.run("remove A-2 --dry-run").ends_with(0);
    assert!(run.out.contains("-, { \"id\": \"A-2\"") || run.out.contains("A-2"), "{}", run.out);
    for said in ["GitHub still has `A-2`: `roadbook plan --prune issues`", "\n  GUIDE.md:3\n  GUIDE.md:5\n"] {
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn a_label_that_stands_for_a_state_is_renamed_there_as_well() {
    let project = Project::whole(PLAN);
    project.run("rename final done").ends_with(0);
    let value = value(&project);
    assert_eq!(value["states"]["done"]["labels"], json!(["done"]));
    assert_eq!(value["issues"][0]["labels"], json!(["area:db", "done"]));
}

#[test]
fn pin_gives_ids_of_a_series_and_references_and_pages_follow() {
    let source = r#"{
  "milestones": [{ "title": "Ship it" }],
  "issues": [
    { "title": "Write it", "milestone": "Ship it" },
    { "title": "VP-4: Named", "blocked_by": ["write-it"] },
    { "title": "Read it", "parent": "Write-It" }
  ]
}
"#;
    let project = Project::whole(source);
    project.run("pin --series VP-").ends_with(0);
    let pinned = value(&project);
    assert_eq!(pinned["milestones"][0]["id"], "ship-it");
    assert_eq!(
        pinned["issues"],
        json!([
            { "id": "VP-5", "title": "Write it", "milestone": "Ship it" },
            { "title": "VP-4: Named", "blocked_by": ["VP-5"] },
            { "id": "VP-6", "title": "Read it", "parent": "VP-5" }
        ])
    );
    assert_eq!(pinned["aliases"], json!({ "write-it": "VP-5", "read-it": "VP-6" }));
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
    assert_eq!(
        project.run("pin --series VP-").ends_with(0).err,
        "nothing to pin: no id is made from a title\n"
    );
    let project = Project::whole(source);
    project.run("pin --series W-001").ends_with(0);
    assert_eq!(value(&project)["issues"][2]["id"], "W-002");
    for series in ["12", "", "V P-", "-"] {
        let run = project.run(["pin", "--series", series]).ends_with(2);
        assert!(run.err.contains("cannot be a series") || series == "-", "{series}: {}", run.err);
    }
}
