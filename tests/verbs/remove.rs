//! `remove`, `rename` of labels in `states`, and `pin --series`: what refers to an item.

use serde_json::{Value, json};

use crate::harness::{SOURCE, World};

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

fn value(world: &World) -> Value {
    serde_json::from_str(&world.read(SOURCE)).expect("JSON")
}

#[test]
fn what_is_referred_to_stays_and_everything_that_refers_to_it_is_named() {
    let world = World::new(PLAN);
    for (line, said) in [
        (
            "remove A-1",
            "error: `A-1` is still referred to:\n  `A-2` in `parent` (roadmap/roadmap.json:9)\n  `A-2` in `blocked_by` (roadmap/roadmap.json:9)\n  `A-3` in `blocked_by` (roadmap/roadmap.json:10)\n  = help: nothing was removed; `--force` removes these references as well\n",
        ),
        (
            "remove M-1",
            "error: `M-1` is still referred to:\n  `A-1` in `milestone` (roadmap/roadmap.json:8)\n  `M-2` in `blocked_by` (roadmap/roadmap.json:5)\n  `P` in `milestones` (roadmap/roadmap.json:6)\n",
        ),
        ("remove final", "`states.done.labels[0]` (roadmap/roadmap.json:3)\n"),
        ("remove A-2 A-3 A-1 M-1", "`M-1` is still referred to:\n  `M-2`"),
    ] {
        let run = world.run(line).code(1);
        assert!(run.err.contains(said), "{line}: {}", run.err);
        assert_eq!(world.read(SOURCE), PLAN, "{line}");
    }
    assert!(world.run("remove A-4").code(2).err.contains("did you mean `A-1`?"));
}

#[test]
fn what_nothing_refers_to_goes_with_its_former_ids() {
    let world = World::new(PLAN);
    world.run("remove old-2").code(0);
    let without = PLAN
        .lines()
        .filter(|line| !line.contains("\"A-2\", \"title\""))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(world.read(SOURCE), without.replace(", \"OLD-2\": \"A-2\"", ""));
    let world = World::new(PLAN);
    world.run("remove A-1 A-2 A-3").code(0);
    assert_eq!(value(&world)["issues"], json!([]), "they refer to each other alone");
    assert_eq!(value(&world)["aliases"], json!({}));
    world.run("build").code(0);
    world.run("check").code(0);
}

#[test]
fn force_mends_what_refers_to_it() {
    let world = World::new(PLAN);
    let run = world.run("remove A-1 --force").code(0);
    assert!(
        run.err.contains("1 line of your texts still say `A-1`:\n  roadmap/roadmap.json:9\n"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("removed `A-1` from `roadmap/roadmap.json`, and 3 references to it"),
        "{}",
        run.err
    );
    assert_eq!(
        value(&world)["issues"],
        json!([
            { "id": "A-2", "title": "b", "milestone": "M-2", "blocked_by": ["A-3"], "body": "Behind A-1." },
            { "id": "A-3", "title": "c", "milestone": "M-2", "blocked_by": [] }
        ])
    );
    let world = World::new(PLAN);
    world.run("remove One final area:db --force").code(0);
    let value = value(&world);
    assert_eq!(value["issues"][0], json!({ "id": "A-1", "title": "a", "labels": [] }));
    assert_eq!(value["milestones"], json!([{ "id": "M-2", "title": "Two", "blocked_by": [] }]));
    assert_eq!((&value["labels"], &value["states"]["done"]["labels"]), (&json!([]), &json!([])));
    assert_eq!(value["phases"][0]["milestones"], json!(["M-2"]));
}

#[test]
fn old_faults_of_items_behind_the_removed_one_are_not_new() {
    let source = r#"{ "labels": [{ "name": "a" }], "issues": [{ "id": "A-1", "title": "x" }, { "id": "A-2", "title": "y", "labels": ["b"] }] }"#;
    let world = World::new(source);
    world.run("remove A-1").code(0);
    assert_eq!(value(&world)["issues"][0]["id"], "A-2");
}

#[test]
fn removal_says_what_github_keeps_and_what_documents_say() {
    let world = World::new(
        r#"{ "repository": "o/r", "docs": ["GUIDE.md"], "issues": [{ "id": "A-1", "title": "x" }, { "id": "A-2", "title": "y" }] }"#,
    );
    world.write(
        "roadmap/roadbook.lock.json",
        r#"{ "version": 1, "repository": "o/r", "issues": { "A-2": { "number": 2 } } }"#,
    );
    world.write(
        "GUIDE.md",
        "# Guide\n\nFirst A-2.\n\n<!-- roadbook:begin issue A-2 -->\n<!-- roadbook:end -->\n",
    );
    let run = world.run("remove A-2 --dry-run").code(0);
    assert!(run.out.contains("-, { \"id\": \"A-2\"") || run.out.contains("A-2"), "{}", run.out);
    for said in ["GitHub still has `A-2`: `roadbook plan --prune issues`", "\n  GUIDE.md:3\n  GUIDE.md:5\n"] {
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn a_label_that_stands_for_a_state_is_renamed_there_as_well() {
    let world = World::new(PLAN);
    world.run("rename final done").code(0);
    let value = value(&world);
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
    let world = World::new(source);
    world.run("pin --series VP-").code(0);
    let pinned = value(&world);
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
    world.run("build").code(0);
    world.run("check").code(0);
    assert_eq!(world.run("pin --series VP-").code(0).err, "nothing to pin: no id is made from a title\n");
    let world = World::new(source);
    world.run("pin --series W-001").code(0);
    assert_eq!(value(&world)["issues"][2]["id"], "W-002");
    for series in ["12", "", "V P-", "-"] {
        let run = world.run_words(&["pin", "--series", series]).code(2);
        assert!(run.err.contains("cannot be a series") || series == "-", "{series}: {}", run.err);
    }
}
