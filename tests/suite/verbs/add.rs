//! `add`: new items stand behind the last one and look like it.

use crate::support::{Project, SOURCE};

const PLAN: &str = "{\n  \"milestones\": [\n    { \"id\": \"M-1\", \"title\": \"One\" }\n  ],\n  \"issues\": [\n    {\n      \"title\": \"A-008: x\",\n      \"milestone\": \"M-1\",\n      \"labels\": [\"bug\"]\n    },\n    { \"title\": \"B-1: y\" }\n  ]\n}\n";

#[test]
fn an_issue_gets_the_next_id_of_its_milestone() {
    let project = Project::whole(PLAN);
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
    let run = project.run(words).ends_with(0);
    assert_eq!(
        run.err,
        "note: gave it the id `A-009`; use `--id` to choose another\nadded `A-009` to `roadmap/plan.json`\nrun `roadbook build` to update the documents\n"
    );
    let new = "{ \"title\": \"B-1: y\" },\n    { \"title\": \"A-009: New \\\"thing\\\"\", \"milestone\": \"M-1\", \"labels\": [\"bug\"], \"assignees\": [\"mara\"], \"state\": \"open\", \"due_on\": \"2026-12-01\" }";
    assert_eq!(project.text(SOURCE), PLAN.replace("{ \"title\": \"B-1: y\" }", new));
}

#[test]
fn an_id_that_is_given_is_taken() {
    let project = Project::whole(PLAN);
    project.run(["add", "issue", "C-5: Own"]).ends_with(0);
    project.run(["add", "issue", "Named", "--id", "C-6"]).ends_with(0);
    project.run(["add", "issue", "Odd", "--id", "odd_one"]).ends_with(0);
    let source = project.text(SOURCE);
    for part in [
        "{ \"title\": \"C-5: Own\", \"state\": \"open\" }",
        "{ \"title\": \"C-6: Named\", \"state\": \"open\" }",
        "{ \"id\": \"odd_one\", \"title\": \"Odd\", \"state\": \"open\" }",
    ] {
        assert!(source.contains(part), "{part}: {source}");
    }
    let run = project.run(["add", "issue", "Twice", "--id", "c-5"]).ends_with(1);
    assert!(run.err.contains("error[duplicate-id]: the id `c-5` is given twice"), "{}", run.err);
    assert_eq!(project.text(SOURCE), source);
}

#[test]
fn the_first_of_everything_is_added_to_an_empty_roadmap() {
    let project = Project::whole("{}");
    project.run(["add", "milestone", "Ship it"]).ends_with(0);
    project.run(["add", "issue", "Write it", "--milestone", "ship-it", "--body-file", "-"]).ends_with(0);
    project.run(["add", "label", "bug", "--description", "Broken", "--hex", "ff0000"]).ends_with(0);
    assert_eq!(
        project.text(SOURCE),
        "{\"milestones\": [{\"id\": \"ship-it\", \"title\": \"Ship it\"}], \"issues\": [{\"id\": \"write-it\", \"title\": \"Write it\", \"milestone\": \"ship-it\", \"body\": null, \"state\": \"open\"}], \"labels\": [{\"name\": \"bug\", \"description\": \"Broken\", \"color\": \"ff0000\"}]}"
    );
    project.run("check").ends_with(1);
    project.run("build").ends_with(0);
}

#[test]
fn a_milestone_is_named_as_the_others_are() {
    let project = Project::whole(
        "{\n  \"milestones\": [\n    {\n      \"title\": \"DB-ML0 – Inventory\"\n    }\n  ]\n}\n",
    );
    project.run(["add", "milestone", "Search", "--goal", "Found", "--blocked-by", "DB-ML0"]).ends_with(0);
    assert_eq!(
        project.text(SOURCE),
        "{\n  \"milestones\": [\n    {\n      \"title\": \"DB-ML0 – Inventory\"\n    },\n    {\n      \"title\": \"DB-ML1 – Search\",\n      \"goal\": \"Found\",\n      \"blocked_by\": [\"DB-ML0\"]\n    }\n  ]\n}\n"
    );
}

#[test]
fn the_first_label_of_a_list_takes_the_used_ones_along() {
    let project = Project::whole(PLAN);
    let run = project.run("add label area:web --hex 0075ca").ends_with(0);
    assert!(run.err.contains("listed the labels in use as well"), "{}", run.err);
    let list = "  \"labels\": [\n    {\n      \"name\": \"bug\"\n    },\n    {\n      \"name\": \"area:web\",\n      \"color\": \"0075ca\"\n    }\n  ]\n}\n";
    assert!(project.text(SOURCE).ends_with(list), "{}", project.text(SOURCE));
    let run = project.run("add label BUG").ends_with(2);
    assert!(run.err.starts_with("error: there is a label `bug` already\n"), "{}", run.err);
}

#[test]
fn an_item_goes_into_the_last_file_that_has_its_list() {
    let project = Project::whole(PLAN);
    project.write("roadmap/second.json", "{\n\t\"issues\": []\n}");
    project.write("roadmap/third.json", "{ \"title\": \"T\" }");
    project.run(["add", "issue", "Z"]).ends_with(0);
    assert_eq!(project.text(SOURCE), PLAN);
    assert_eq!(
        project.text("roadmap/second.json"),
        "{\n\t\"issues\": [\n\t\t{\n\t\t\t\"title\": \"B-2: Z\",\n\t\t\t\"state\": \"open\"\n\t\t}\n\t]\n}"
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let project = Project::whole(PLAN);
    for (words, code, why) in [
        (vec!["add", "issue", "x", "--milestone", "M-2"], 2, "unknown milestone `M-2`"),
        (vec!["add", "issue", "x", "--due-on", "soon"], 2, "write a day as in"),
        (vec!["add", "issue", "x", "--blocked-by", "A-9"], 1, "error[unknown-blocker]"),
        (vec!["add", "issue", " "], 2, "the title is empty"),
        (vec!["add", "issue", "x", "--body-file", "none.md"], 2, "there is no such file"),
        (vec!["add", "label", "x", "--hex", "red"], 1, "error[label-color]"),
    ] {
        let run = project.run(&words).ends_with(code);
        assert!(run.err.contains(why), "{words:?}: {}", run.err);
        assert_eq!(project.text(SOURCE), PLAN);
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
    let project = Project::whole(source);
    project.run(["pin"]).ends_with(0);
    project.run(["add", "issue", "Forgotten password", "--milestone", "Beta (public)"]).ends_with(0);
    project.run(["add", "issue", "Port to macOS 15", "--milestone", "Version 2"]).ends_with(0);
    project.run(["add", "issue", "Export as CSV!"]).ends_with(0);
    project.run(["add", "milestone", "Version 3"]).ends_with(0);
    let source = project.text(SOURCE);
    for id in ["forgotten-password", "port-to-macos-15", "export-as-csv-2", "version-3"] {
        assert!(source.contains(&format!(r#""{id}""#)), "{id}: {source}");
    }
    // Nor does the id of a title that has changed since, where it alone ends so.
    let renamed = r#"{ "issues": [{ "id": "login-with-oauth2", "title": "Login" }] }"#;
    let project = Project::whole(renamed);
    project.run(["add", "issue", "Forgotten password"]).ends_with(0);
    assert!(project.text(SOURCE).contains(r#""forgotten-password""#), "{}", project.text(SOURCE));
    // A series that most use is a series still.
    let mixed = r#"{ "issues": [{ "id": "A-1", "title": "One" }, { "id": "A-2", "title": "Two" }, { "id": "step-9", "title": "Step 9" }] }"#;
    let project = Project::whole(mixed);
    project.run(["add", "issue", "Three"]).ends_with(0);
    assert!(project.text(SOURCE).contains(r#""A-3""#), "{}", project.text(SOURCE));
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
        let project = Project::whole(source);
        let words: Vec<_> = ["add", "issue", "New"].into_iter().chain(words).collect();
        project.run(&words).ends_with(0);
        assert!(project.text(SOURCE).contains(&format!("\"{id}\"")), "{words:?}: {}", project.text(SOURCE));
    }
}

#[test]
fn an_id_that_the_lock_knows_is_never_given_again() {
    let project = Project::whole(r#"{ "repository": "o/r", "issues": [{ "id": "A-1", "title": "a" }] }"#);
    let lock = r#"{ "version": 1, "repository": "o/r", "issues": { "A-2": { "number": 2 } } }"#;
    project.write("roadmap/roadbook.lock.json", lock);
    project.run("add issue New").ends_with(0);
    let source = project.text(SOURCE);
    assert!(
        source.contains(r#"{ "id": "A-3", "title": "New" }"#),
        "GitHub says whether it is open: {source}"
    );
}
