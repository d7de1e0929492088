//! `add`: new items stand behind the last one and look like it.

use crate::harness::{SOURCE, World};

const PLAN: &str = "{\n  \"milestones\": [\n    { \"id\": \"M-1\", \"title\": \"One\" }\n  ],\n  \"issues\": [\n    {\n      \"title\": \"A-008: x\",\n      \"milestone\": \"M-1\",\n      \"labels\": [\"bug\"]\n    },\n    { \"title\": \"B-1: y\" }\n  ]\n}\n";

#[test]
fn an_issue_gets_the_next_id_of_its_milestone() {
    let world = World::new(PLAN);
    let words = [
        "add",
        "issue",
        "New \"thing\"",
        "--milestone",
        "One",
        "--label",
        "bug",
        "--assignee",
        "@mara",
        "--due-on",
        "2026-12-01",
    ];
    let run = world.run_words(&words).code(0);
    assert_eq!(
        run.err,
        "note: gave it the id `A-009`; `--id` names another\nadded `A-009` to `roadmap/roadmap.json`\nrun `roadbook build` to bring the documents up to it\n"
    );
    let new = "{ \"title\": \"B-1: y\" },\n    { \"title\": \"A-009: New \\\"thing\\\"\", \"milestone\": \"M-1\", \"labels\": [\"bug\"], \"assignees\": [\"mara\"], \"state\": \"open\", \"due_on\": \"2026-12-01\" }";
    assert_eq!(world.read(SOURCE), PLAN.replace("{ \"title\": \"B-1: y\" }", new));
}

#[test]
fn an_id_that_is_given_is_taken() {
    let world = World::new(PLAN);
    world.run_words(&["add", "issue", "C-5: Own"]).code(0);
    world.run_words(&["add", "issue", "Named", "--id", "C-6"]).code(0);
    world.run_words(&["add", "issue", "Odd", "--id", "odd_one"]).code(0);
    let source = world.read(SOURCE);
    for part in [
        "{ \"title\": \"C-5: Own\", \"state\": \"open\" }",
        "{ \"title\": \"C-6: Named\", \"state\": \"open\" }",
        "{ \"id\": \"odd_one\", \"title\": \"Odd\", \"state\": \"open\" }",
    ] {
        assert!(source.contains(part), "{part}: {source}");
    }
    let run = world.run_words(&["add", "issue", "Twice", "--id", "c-5"]).code(1);
    assert!(run.err.contains("error[duplicate-id]: the id `c-5` is given twice"), "{}", run.err);
    assert_eq!(world.read(SOURCE), source);
}

#[test]
fn the_first_of_everything_is_added_to_an_empty_roadmap() {
    let world = World::new("{}");
    world.run_words(&["add", "milestone", "Ship it"]).code(0);
    world.run_words(&["add", "issue", "Write it", "--milestone", "ship-it", "--body-file", "-"]).code(0);
    world.run_words(&["add", "label", "bug", "--description", "Broken", "--hex", "ff0000"]).code(0);
    assert_eq!(
        world.read(SOURCE),
        "{\"milestones\": [{\"id\": \"ship-it\", \"title\": \"Ship it\"}], \"issues\": [{\"id\": \"write-it\", \"title\": \"Write it\", \"milestone\": \"ship-it\", \"body\": null, \"state\": \"open\"}], \"labels\": [{\"name\": \"bug\", \"description\": \"Broken\", \"color\": \"ff0000\"}]}"
    );
    world.run("check").code(1);
    world.run("build").code(0);
}

#[test]
fn a_milestone_is_named_as_the_others_are() {
    let world =
        World::new("{\n  \"milestones\": [\n    {\n      \"title\": \"DB-ML0 – Inventory\"\n    }\n  ]\n}\n");
    world.run_words(&["add", "milestone", "Search", "--goal", "Found", "--blocked-by", "DB-ML0"]).code(0);
    assert_eq!(
        world.read(SOURCE),
        "{\n  \"milestones\": [\n    {\n      \"title\": \"DB-ML0 – Inventory\"\n    },\n    {\n      \"title\": \"DB-ML1 – Search\",\n      \"goal\": \"Found\",\n      \"blocked_by\": [\"DB-ML0\"]\n    }\n  ]\n}\n"
    );
}

#[test]
fn the_first_label_of_a_list_takes_the_used_ones_along() {
    let world = World::new(PLAN);
    let run = world.run("add label area:web --hex 0075ca").code(0);
    assert!(run.err.contains("listed the labels in use as well"), "{}", run.err);
    let list = "  \"labels\": [\n    {\n      \"name\": \"bug\"\n    },\n    {\n      \"name\": \"area:web\",\n      \"color\": \"0075ca\"\n    }\n  ]\n}\n";
    assert!(world.read(SOURCE).ends_with(list), "{}", world.read(SOURCE));
    let run = world.run("add label BUG").code(2);
    assert!(run.err.starts_with("error: there is a label `bug` already\n"), "{}", run.err);
}

#[test]
fn an_item_goes_into_the_last_file_that_has_its_list() {
    let world = World::new(PLAN);
    world.write("roadmap/second.json", "{\n\t\"issues\": []\n}");
    world.write("roadmap/third.json", "{ \"title\": \"T\" }");
    world.run_words(&["add", "issue", "Z"]).code(0);
    assert_eq!(world.read(SOURCE), PLAN);
    assert_eq!(
        world.read("roadmap/second.json"),
        "{\n\t\"issues\": [\n\t\t{\n\t\t\t\"title\": \"B-2: Z\",\n\t\t\t\"state\": \"open\"\n\t\t}\n\t]\n}"
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let world = World::new(PLAN);
    for (words, code, why) in [
        (vec!["add", "issue", "x", "--milestone", "M-2"], 2, "unknown milestone `M-2`"),
        (vec!["add", "issue", "x", "--due-on", "soon"], 2, "write a day as in"),
        (vec!["add", "issue", "x", "--blocked-by", "A-9"], 1, "error[unknown-blocker]"),
        (vec!["add", "issue", " "], 2, "the title is empty"),
        (vec!["add", "issue", "x", "--body-file", "none.md"], 2, "there is no such file"),
        (vec!["add", "label", "x", "--hex", "red"], 1, "error[label-color]"),
    ] {
        let run = world.run_words(&words).code(code);
        assert!(run.err.contains(why), "{words:?}: {}", run.err);
        assert_eq!(world.read(SOURCE), PLAN);
    }
}

#[test]
fn beside_ids_that_were_pinned_the_next_one_is_made_of_its_title_as_well() {
    let source = r#"{
  "milestones": [{ "title": "Beta (public)" }, { "title": "Version 2" }],
  "issues": [
    { "title": "Login with OAuth2", "milestone": "Beta (public)" },
    { "title": "Export as CSV", "milestone": "Beta (public)" },
    { "title": "Port to Windows 11", "milestone": "Version 2" }
  ]
}
"#;
    let world = World::new(source);
    world.run_words(&["pin"]).code(0);
    world.run_words(&["add", "issue", "Forgotten password", "--milestone", "Beta (public)"]).code(0);
    world.run_words(&["add", "issue", "Port to macOS 15", "--milestone", "Version 2"]).code(0);
    world.run_words(&["add", "issue", "Export as CSV!"]).code(0);
    world.run_words(&["add", "milestone", "Version 3"]).code(0);
    let source = world.read(SOURCE);
    for id in ["forgotten-password", "port-to-macos-15", "export-as-csv-2", "version-3"] {
        assert!(source.contains(&format!(r#""{id}""#)), "{id}: {source}");
    }
    // Nor does the id of a title that has changed since, where it alone ends so.
    let renamed = r#"{ "issues": [{ "id": "login-with-oauth2", "title": "Login" }] }"#;
    let world = World::new(renamed);
    world.run_words(&["add", "issue", "Forgotten password"]).code(0);
    assert!(world.read(SOURCE).contains(r#""forgotten-password""#), "{}", world.read(SOURCE));
    // A series that most use is a series still.
    let mixed = r#"{ "issues": [{ "id": "A-1", "title": "One" }, { "id": "A-2", "title": "Two" }, { "id": "step-9", "title": "Step 9" }] }"#;
    let world = World::new(mixed);
    world.run_words(&["add", "issue", "Three"]).code(0);
    assert!(world.read(SOURCE).contains(r#""A-3""#), "{}", world.read(SOURCE));
}

#[test]
fn an_issue_gets_the_next_id_of_its_label_where_the_milestone_has_none() {
    let source = r#"{
  "milestones": [{ "id": "M-1", "title": "Empty" }, { "id": "M-2", "title": "Mixed" }],
  "issues": [
    { "id": "DB-7", "title": "a", "labels": ["area:db"], "milestone": "M-2" },
    { "id": "DB-8", "title": "b", "labels": ["area:db"], "milestone": "M-2" },
    { "id": "WEB-3", "title": "c", "labels": ["area:web"], "milestone": "M-2" }
  ]
}
"#;
    for (words, id) in [
        (vec!["--milestone", "M-1", "--label", "area:web"], "WEB-4"),
        (vec!["--label", "area:web"], "WEB-4"),
        (vec!["--milestone", "M-2"], "DB-9"),
        (vec!["--milestone", "M-2", "--label", "area:web"], "WEB-4"),
        (vec!["--label", "new"], "DB-9"),
        (vec![], "DB-9"),
    ] {
        let world = World::new(source);
        let words: Vec<_> = ["add", "issue", "New"].into_iter().chain(words).collect();
        world.run_words(&words).code(0);
        assert!(world.read(SOURCE).contains(&format!("\"{id}\"")), "{words:?}: {}", world.read(SOURCE));
    }
}

#[test]
fn an_id_that_the_lock_knows_is_never_given_again() {
    let world = World::new(r#"{ "repository": "o/r", "issues": [{ "id": "A-1", "title": "a" }] }"#);
    let lock = r#"{ "version": 1, "repository": "o/r", "issues": { "A-2": { "number": 2 } } }"#;
    world.write("roadmap/roadbook.lock.json", lock);
    world.run("add issue New").code(0);
    let source = world.read(SOURCE);
    assert!(
        source.contains(r#"{ "id": "A-3", "title": "New" }"#),
        "GitHub says whether it is open: {source}"
    );
}
