//! `import`: a document or an export becomes a source; what is there already is filled, and never written over.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

/// The document that it all began with.
fn seed() -> String {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/seed/SUMMARY.expected.md");
    let fixture = std::fs::read_to_string(fixture).expect("the fixture");
    // Where the repository stands beside the document itself, that is what counts.
    let folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let mut originals =
        folders.filter_map(|folder| std::fs::read_to_string(folder.join("shared/seed/SUMMARY.md")).ok());
    originals.next().unwrap_or(fixture)
}

/// A folder with a document and no roadmap.
fn bare(document: &str) -> Project {
    let project = Project::whole("{}");
    std::fs::remove_dir_all(project.path("roadmap")).expect("it is there");
    project.write("SUMMARY.md", document);
    project
}

/// Our own roadmap in the older form: nothing but what a script of long ago wrote.
fn older() -> String {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/roadmap/milestones_and_issues.json");
    let own: Value = serde_json::from_str(&std::fs::read_to_string(own).expect("our roadmap")).expect("JSON");
    let list = |key: &str| own[key].as_array().expect("a list");
    let title = |id: &Value| {
        let named = |milestone: &&Value| {
            milestone["title"].as_str().expect("a title").starts_with(id.as_str().expect("an id"))
        };
        list("milestones").iter().find(named).expect("a milestone")["title"].clone()
    };
    let milestones: Vec<_> = list("milestones")
        .iter()
        .map(|it| json!({ "title": it["title"], "description": it["description"] }))
        .collect();
    let issues: Vec<_> = list("issues")
        .iter()
        .map(|it| json!({ "milestone": title(&it["milestone"]), "title": it["title"], "body": it["body"], "labels": it["labels"] }))
        .collect();
    let older = json!({ "repository": own["repository"], "milestones": milestones, "issues": issues });
    serde_json::to_string_pretty(&older).expect("JSON")
}

#[test]
fn the_seed_is_built_from_its_import_byte_for_byte() {
    let project = bare(&seed());
    let run = project.run("import SUMMARY.md").ends_with(0);
    assert!(run.err.contains("read 6 milestones and 22 issues"), "{}", run.err);
    assert!(run.err.contains("gives the document back, byte for byte"), "{}", run.err);
    project.run("build").ends_with(0);
    assert_eq!(project.text("roadmap/SUMMARY.md"), seed());
    project.run("check --deny-warnings").ends_with(0);
    project.run("import SUMMARY.md").ends_with(2);
}

#[test]
fn an_older_json_and_the_seed_give_the_seed_byte_for_byte() {
    let project = bare(&seed());
    let old = older();
    project.write(SOURCE, &old);
    project.run("check").ends_with(1);
    let shown = project.run("import SUMMARY.md --into roadmap/plan.json --dry-run").ends_with(0);
    assert_eq!(project.text(SOURCE), old, "a trial writes nothing");
    assert!(shown.out.contains("+  \"title\": \"Database Roadmap\""), "{}", shown.out);
    let removed = |line: &&str| line.starts_with('-') && !line.starts_with("---");
    // A line goes only where a comma has to come behind it.
    for line in shown.out.lines().filter(removed) {
        assert!(shown.out.contains(&format!("\n+{},\n", &line[1..])), "{line}");
    }
    project.run("import SUMMARY.md --into roadmap/plan.json").ends_with(0);
    let new: Value = serde_json::from_str(&project.text(SOURCE)).expect("JSON");
    let kept: Value = serde_json::from_str(&old).expect("JSON");
    assert_eq!(new["issues"], kept["issues"], "the document knows nothing of issues that the JSON lacked");
    project.run("build").ends_with(0);
    assert_eq!(project.text("roadmap/SUMMARY.md"), seed());
    let again = project.run("import SUMMARY.md --into roadmap/plan.json").ends_with(0);
    assert!(again.err.contains("lacks nothing that the document has"), "{}", again.err);
}

#[test]
fn a_contradiction_is_told_with_both_places_and_the_rest_is_filled() {
    let project = bare("# P\n\n## A-M1: One\n\n**Goal:** Done.\n\n- [x] A-001: Build it\n- A-002: New\n");
    project.write(
        SOURCE,
        "{\n  \"milestones\": [{ \"title\": \"A-M1: One\", \"goal\": \"Begun.\" }],\n  \"issues\": [{ \"title\": \"A-001: Build it\" }]\n}\n",
    );
    let run = project.run("import SUMMARY.md --into roadmap/plan.json").ends_with(1);
    for part in [
        "error[import-contradiction]: `goal` is `Begun.` here, and `Done.` in the document",
        "--> roadmap/plan.json:3:50",
        "--> SUMMARY.md:5:11",
        "`A-002` is in the document, and not in `issues`",
        "2 errors, 1 warning",
    ] {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    let source = project.text(SOURCE);
    assert!(source.contains("\"goal\": \"Begun.\""), "{source}");
    assert!(
        source.contains("{ \"title\": \"A-001: Build it\", \"milestone\": \"A-M1\", \"state\": \"closed\" }"),
        "{source}"
    );
}

#[test]
fn a_document_that_is_not_given_back_says_where_it_first_differs() {
    let document = seed().replace("**Total: 6 milestones, 22 issues**", "Total: 6 milestones, 23 issues");
    let project = bare(&document);
    let run = project.run("import SUMMARY.md").ends_with(0);
    for part in [
        "warning[import-inexact]: a build does not reproduce this document: 1 line would differ, this one first",
        "SUMMARY.md:16:1",
        "would write `**Total: 6 milestones, 22 issues**` here",
        "warning[import-contradiction]: the document says 23 issues and lists 22",
    ] {
        assert!(run.err.contains(part), "{part}: {}", run.err);
    }
    let source: Value =
        serde_json::from_str(&project.text("roadmap/milestones_and_issues.json")).expect("JSON");
    assert!(source.get("summary").is_none(), "it is said only where it holds");
    let shown = project.run("import SUMMARY.md --out other.json -v").ends_with(0);
    assert!(shown.err.contains("-Total: 6 milestones, 23 issues"), "{}", shown.err);
}

#[test]
fn a_document_goes_to_standard_output_or_to_a_file_of_its_own() {
    let project = bare("- [ ] A-001: Build it\n");
    let run = project.run("import SUMMARY.md --out -").ends_with(0);
    assert_eq!(run.json()["issues"], json!([{ "title": "A-001: Build it", "state": "open" }]));
    project.run("import SUMMARY.md --out plans/a.json").ends_with(0);
    assert_eq!(project.text("plans/a.json"), run.out);
    let twice = project.run("import SUMMARY.md --out plans/a.json").ends_with(2);
    assert!(twice.err.contains("`plans/a.json` is there already"), "{}", twice.err);
    // Two files in one folder would be one roadmap, with everything twice.
    project.write("roadmap/plan.json", "{}");
    let beside = project.run("import SUMMARY.md").ends_with(2);
    assert!(beside.err.contains("`--into roadmap/plan.json` fills it"), "{}", beside.err);
    project.write("roadmap/more.json", "{}");
    let several = project.run("import SUMMARY.md --into roadmap/plan.json").ends_with(2);
    assert!(several.err.contains("one of several files"), "{}", several.err);
}

#[test]
fn what_cannot_be_read_is_refused_and_nothing_is_written() {
    let project = bare("");
    project.write("cut.json", "[{\"number\": 1, \"title\": \"x");
    project.write("roadmap.json", "{ \"issues\": [] }");
    project.write("other.json", "[{ \"a\": 1 }]");
    std::fs::write(project.path("bytes.md"), [0xff_u8, 0xfe, 0x3d, 0xd8]).expect("it is written");
    std::fs::write(project.path("latin.md"), b"# caf\xe9\n").expect("it is written");
    for (line, code, words) in [
        ("import SUMMARY.md", 3, "no milestone and no issue was found"),
        ("import bytes.md", 3, "error[encoding]"),
        ("import latin.md", 3, "error[encoding]"),
        ("import cut.json", 3, "error[syntax]: this export ends in the middle"),
        ("import roadmap.json", 3, "this file is a roadmap already"),
        ("import other.json", 3, "this is no issue of GitHub"),
        ("import missing.md", 2, "there is no `missing.md`"),
        ("import docs/plan.md", 2, "there is no `docs/plan.md`"),
        ("import .", 2, "`.` is a folder"),
        ("import SUMMARY.md --into nothing.json", 2, "there is no `nothing.json` to fill"),
        ("import acme/site --into roadmap.json", 2, "a repository cannot be filled into"),
        ("import SUMMARY.md --into a.json --out b.json", 2, "cannot be used with"),
    ] {
        let run = project.run(line).ends_with(code);
        assert!(run.err.contains(words), "{line}: {}", run.err);
    }
    assert!(!project.path("roadmap").exists());
}

/// What `gh issue list --state all --json …` writes.
fn listed() -> Value {
    json!([
        {
            "id": "I_1", "number": 7, "title": "DB-001: Build", "body": "Do it\r\n", "state": "CLOSED",
            "stateReason": "COMPLETED", "closedAt": "2026-11-01T10:00:00Z", "assignees": [{ "id": "U_1", "login": "mara" }],
            "labels": [{ "id": "LA_1", "name": "area:db", "description": "Db", "color": "AABBCC" }],
            "milestone": { "number": 1, "title": "DB-M1: One", "description": "First", "dueOn": "2026-12-18T00:00:00Z" },
            "url": "https://github.com/acme/site/issues/7",
        },
        {
            "id": "I_2", "number": 9, "title": "Unnamed", "body": "", "state": "OPEN", "stateReason": "", "closedAt": null,
            "assignees": [], "labels": [], "milestone": null, "url": "https://github.com/acme/site/issues/9",
        },
    ])
}

#[test]
fn an_export_gives_a_source_and_what_people_did_goes_into_the_lock() {
    let project = bare("");
    project.write("issues.txt", listed().to_string());
    project.run("import issues.txt").ends_with(0);
    let source: Value =
        serde_json::from_str(&project.text("roadmap/milestones_and_issues.json")).expect("JSON");
    assert_eq!(
        source,
        json!({
            "repository": "acme/site",
            "labels": [{ "name": "area:db", "color": "aabbcc", "description": "Db" }],
            "milestones": [{ "title": "DB-M1: One", "description": "First", "due_on": "2026-12-18" }],
            "issues": [
                { "title": "DB-001: Build", "milestone": "DB-M1", "labels": ["area:db"], "body": "Do it" },
                { "id": "issue-9", "title": "Unnamed", "labels": [] },
            ],
        })
    );
    let lock: Value = serde_json::from_str(&project.text("roadmap/roadbook.lock.json")).expect("JSON");
    let closed = &lock["issues"]["db-001"];
    assert_eq!((&closed["number"], closed.get("id")), (&json!(7), None), "the id is GraphQL's, and not kept");
    assert_eq!(
        closed["remote"],
        json!({ "state": "closed", "state_reason": "completed", "closed_on": "2026-11-01" })
    );
    assert!(lock["milestones"]["db-m1"]["remote"].get("state").is_none(), "nobody said it");
    project.run("build").ends_with(0);
    project.run("check").ends_with(0);
    assert_eq!(
        project.run("list --status done --format json").ends_with(0).json()["items"][0]["id"],
        "DB-001"
    );
    project.run("plan --offline").ends_with(0);
}

#[test]
fn pages_of_the_api_are_read_however_they_are_joined_and_pull_requests_are_left_out() {
    let issue = |number: u64, more: Value| {
        let mut issue = json!({
            "id": 1000 + number, "number": number, "title": format!("A-{number}: x"), "body": null, "state": "open",
            "html_url": format!("https://github.com/acme/site/issues/{number}"), "labels": [], "assignees": [],
            "milestone": { "id": 50, "number": 2, "title": "Soon", "state": "closed", "due_on": null },
        });
        issue.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        issue
    };
    let first = json!([issue(3, json!({})), issue(2, json!({ "pull_request": {} }))]);
    let second = json!([
        issue(1, json!({ "state": "closed", "closed_at": "2026-10-10T00:00:00Z" })),
        issue(3, json!({}))
    ]);
    let mut made = Vec::new();
    for text in [
        json!([first, second]).to_string(),
        format!("{first}{second}\n"),
        json!({ "total_count": 4, "items": [first[0], first[1], second[0], second[1]] }).to_string(),
    ] {
        let project = bare("");
        project.write("dump", &text);
        let run = project.run("import dump").ends_with(0);
        assert!(run.err.contains("left out 1 pull request"), "{}", run.err);
        made.push((
            project.text("roadmap/milestones_and_issues.json"),
            project.text("roadmap/roadbook.lock.json"),
        ));
    }
    assert!(made[0] == made[1] && made[1] == made[2]);
    let lock: Value = serde_json::from_str(&made[0].1).expect("JSON");
    assert_eq!(
        (&lock["issues"]["a-3"]["id"], lock["issues"].as_object().map(serde_json::Map::len)),
        (&json!(1003), Some(2))
    );
    assert_eq!(lock["milestones"]["soon"], Value::Null, "a milestone without an id is named by its number");
    assert_eq!(lock["milestones"]["milestone-2"]["remote"]["state"], "closed");
}

#[test]
fn an_export_of_no_known_repository_gives_no_numbers() {
    let project = bare("");
    let mut issues = listed();
    for issue in issues.as_array_mut().expect("a list") {
        issue.as_object_mut().expect("an object").remove("url");
    }
    project.write("issues.json", issues.to_string());
    let run = project.run("import issues.json --out a/plan.json").ends_with(0);
    assert!(run.err.contains("`--repo OWNER/NAME` names it"), "{}", run.err);
    let lock = project.text("a/roadbook.lock.json");
    assert!(!lock.contains("number") && lock.contains("\"state\":\"closed\""), "{lock}");
    project.run("import issues.json --out b/plan.json --repo acme/site").ends_with(0);
    assert!(project.text("b/roadbook.lock.json").contains("\"number\":7"));
    project.write("issues.json", listed().to_string());
    let other = project.run("import issues.json --out c/plan.json --repo acme/other").ends_with(3);
    assert!(
        other.err.contains("nothing in this file is of `acme/other`: it is of `acme/site`"),
        "{}",
        other.err
    );
}

#[test]
fn what_an_export_names_without_ids_is_there_offline() {
    let project = bare("");
    let export = json!([
        { "number": 7, "title": "HB-001: Dredge", "state": "OPEN", "labels": [{ "name": "type:work" }], "body": "x",
          "milestone": { "number": 3, "title": "First" } },
        { "number": 8, "title": "HB-002: Paint", "state": "CLOSED", "labels": [], "body": "y" },
    ]);
    project.write("issues.json", export.to_string());
    project.run("import issues.json --repo acme/harbour").ends_with(0);
    let run = project.run("plan --offline --format json").ends_with(0);
    let plan = run.json();
    assert_eq!(plan["operations"], json!([]), "{plan}");
    assert!(!run.out.contains("deleted"), "{}", run.out);
    project.run("set HB-002 state=open").ends_with(0);
    project.run("set HB-001 labels-=type:work").ends_with(0);
    let plan = project.run("plan --offline --format json").ends_with(0).json();
    assert!(plan["operations"].as_array().is_some_and(|operations| !operations.is_empty()), "{plan}");
}

#[test]
fn a_list_in_a_list_in_a_list_ends_somewhere() {
    let project = Project::empty();
    project.write("PLAN.md", format!("# Plan\n\n## M1\n\n{}deep\n", "1. ".repeat(3_000)));
    let run = project.run("import PLAN.md --out n.json --dry-run");
    assert!(run.code <= 1, "{}", run.err);
    run.says("what nests more than 100 levels deep was left out");
}
