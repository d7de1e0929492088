//! `check --accept`: what is as old as the roadmap is taken over once, counted, and does not grow by itself.

use std::sync::Barrier;

use serde_json::{Value, json};

use crate::support::{Project, Run};

const FILE: &str = "roadmap/roadbook.accepted.json";
const SOURCE: &str = "roadmap/roadmap.json";

/// An issue that is due before the one that it waits for, and one with a made id whose body holds a dead link.
fn plan(more: &Value) -> Value {
    let mut issues = vec![
        json!({ "id": "A-1", "title": "Dig", "due_on": "2027-05-01" }),
        json!({ "id": "A-2", "title": "Pour", "due_on": "2027-04-01", "blocked_by": ["A-1"] }),
        json!({ "title": "Paint it", "milestone": "M-1", "body": "See [this](a.md), [that](b.md) and [those](c.md)." }),
    ];
    issues.extend(more.as_array().cloned().unwrap_or_default());
    json!({
        "outputs": { "site": null }, "docs": ["docs"],
        "milestones": [{ "id": "M-1", "title": "Shed" }], "issues": issues,
    })
}

fn project() -> Project {
    let project = Project::empty();
    project.write(SOURCE, plan(&json!([])).to_string());
    project.write("docs/a.md", "# A\n\n[x](gone.md) and [x](gone.md)\n");
    project.run(["build"]);
    project
}

fn counts(run: &Run) -> (Value, Value, Value) {
    let counts = run.json()["counts"].clone();
    (counts["errors"].clone(), counts["warnings"].clone(), counts["accepted"].clone())
}

fn checked(project: &Project) -> (u64, u64, u64) {
    let (errors, warnings, accepted) = counts(&project.run(["check", "--format", "json"]));
    let number = |value: Value| value.as_u64().expect("a number");
    (number(errors), number(warnings), number(accepted))
}

#[test]
fn what_is_old_is_accepted_in_one_go_and_told_no_more() {
    let project = project();
    let before = checked(&project);
    assert_eq!(before, (3, 4, 0), "{}", project.run(["check"]).err);
    project.run(["check", "--accept"]).ends_with(0).says("accepts 7 findings: 7 added, 0 removed");
    let text = project.text(FILE);
    let lines: Vec<_> = text.lines().filter(|line| line.contains("\"code\"")).collect();
    assert_eq!(
        lines,
        [
            r#"    {"code":"dead-link","file":"docs/a.md","value":"docs/gone.md","count":2},"#,
            r#"    {"code":"dead-link","file":"roadmap/roadmap.json","item":"paint-it","value":"roadmap/milestones/a.md"},"#,
            r#"    {"code":"dead-link","file":"roadmap/roadmap.json","item":"paint-it","value":"roadmap/milestones/b.md"},"#,
            r#"    {"code":"dead-link","file":"roadmap/roadmap.json","item":"paint-it","value":"roadmap/milestones/c.md"},"#,
            r#"    {"code":"due-order","file":"roadmap/roadmap.json","item":"A-2","value":"A-2, 2027-04-01, A-1"},"#,
            r#"    {"code":"made-id","file":"roadmap/roadmap.json","item":"paint-it","value":"paint-it"}"#,
        ]
    );
    assert_eq!(checked(&project), (0, 0, 7));
    project
        .run(["check", "--deny-warnings"])
        .ends_with(0)
        .says("; 7 accepted in roadmap/roadbook.accepted.json");
    // Only `check` looks at links: what it alone finds is in nobody's way elsewhere.
    project.run(["build"]).ends_with(0).says("0 removed; 2 accepted in roadmap/roadbook.accepted.json");
    // It is no part of the source.
    assert_eq!(
        project.run(["list", "--format", "json"]).ends_with(0).json()["items"].as_array().map(Vec::len),
        Some(3)
    );
}

#[test]
fn data_keeps_what_is_accepted() {
    let project = project();
    let all = project.run(["check", "--format", "json"]).json()["findings"].as_array().expect("a list").len();
    project.run(["check", "--accept"]).ends_with(0);
    let run = project.run(["check", "--format", "json"]);
    let found = run.ends_with(0).json();
    let findings = found["findings"].as_array().expect("a list");
    assert_eq!(findings.len(), all);
    assert!(findings.iter().all(|finding| finding["accepted"] == json!(true)));
    assert_eq!(found["counts"]["by_code"], json!({}));
    let due = findings.iter().find(|finding| finding["code"] == "due-order").expect("a finding");
    assert_eq!((&due["item"], &due["value"]), (&json!("A-2"), &json!("A-2, 2027-04-01, A-1")));
    let sarif = project.run(["check", "--format", "sarif"]).ends_with(0).json();
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.len(), all);
    let suppressed = json!([{ "kind": "external", "status": "accepted" }]);
    assert!(results.iter().all(|result| result["suppressions"] == suppressed));
    assert_eq!(project.run(["check", "--format", "github"]).ends_with(0).out, "");
    // Beside one that is not accepted, every result says whether it is.
    project.write("docs/b.md", "# B\n\n[x](gone.md)\n");
    let sarif = project.run(["check", "--format", "sarif"]).ends_with(1).json();
    let results = sarif["runs"][0]["results"].as_array().expect("a list");
    assert_eq!(results.iter().filter(|result| result["suppressions"] == json!([])).count(), 1);
}

#[test]
fn of_equal_findings_so_many_are_accepted_as_there_were() {
    let project = project();
    project.run(["check", "--accept"]).ends_with(0);
    let text = project.text(FILE);
    // A third one, and one that moved: lines decide nothing.
    project.write("docs/a.md", "# A\n\nMoved.\n\n[x](gone.md) and [x](gone.md)\n\n[x](gone.md)\n");
    project.run(["check"]).ends_with(1).says("docs/a.md:7:1").says("1 error\n");
    // It does not grow by itself.
    project
        .run(["check", "--accept"])
        .ends_with(1)
        .says("accepts what it did: 7 findings")
        .says("roadbook check --accept=all");
    assert_eq!(project.text(FILE), text);
    project.run(["check", "--accept=all"]).ends_with(0).says("accepts 8 findings: 1 added, 0 removed");
    assert!(project.text(FILE).contains("\"count\":3"));
    // What is not there any more is told, and taken out.
    project.write("docs/a.md", "# A\n\n[x](gone.md)\n");
    project
        .run(["check"])
        .ends_with(0)
        .says("this line accepts 2 findings of `dead-link` more than there are")
        .says("1 warning\n");
    project.run(["check", "--deny-warnings"]).ends_with(1);
    project.run(["check", "--accept"]).ends_with(0).says("accepts 6 findings: 0 added, 2 removed");
    assert_eq!(checked(&project), (0, 0, 6));
    project.write("docs/a.md", "# A\n");
    project.run(["check"]).says("warning[unused-accepted]").says(&format!("{FILE}:4:5"));
    project.run(["check", "--accept"]).ends_with(0).says("1 removed");
    // A file with CRLF keeps it.
    project.write(FILE, project.text(FILE).replace('\n', "\r\n"));
    let (with_crlf, source) = (project.bytes(FILE), project.text(SOURCE));
    project.run(["check", "--accept"]).ends_with(0);
    assert_eq!(project.bytes(FILE), with_crlf);
    // Another value, another item, another file are other findings.
    project.write(SOURCE, source.replace("2027-04-01", "2027-03-01"));
    project.run(["build"]);
    project.run(["check"]).ends_with(1).says("error[due-order]").says("warning[unused-accepted]");
}

#[test]
fn what_blocks_and_what_build_repairs_is_never_accepted() {
    let project = project();
    project.write("roadmap/SUMMARY.md", project.text("roadmap/SUMMARY.md") + "\nMore.\n");
    project.remove("roadmap/LABELS.md");
    project.run(["check", "--accept"]).ends_with(1).says("error[stale-file]");
    for code in ["stale-file", "missing-file", "orphan-file"] {
        assert!(!project.text(FILE).contains(code), "{code}");
    }
    let text = project.text(FILE);
    let broken = plan(&json!([{ "id": "A-9", "title": "x", "blocked_by": ["nobody"] }]));
    project.write(SOURCE, broken.to_string());
    project.run(["check", "--accept"]).ends_with(3).says("nothing was accepted");
    assert_eq!(project.text(FILE), text);
    // Nor is it when somebody writes it in by hand.
    let line = r#"{"code":"unknown-blocker","file":"roadmap/roadmap.json","item":"A-9","value":"nobody"}"#;
    project.write(FILE, format!(r#"{{ "version": 1, "accepted": [{line}] }}"#));
    project.run(["check"]).ends_with(3).says("error[unknown-blocker]");
    project.write(SOURCE, plan(&json!([])).to_string());
    project.run(["build"]);
    project.run(["check"]).ends_with(1).says("findings of this rule cannot be accepted");
}

#[test]
fn a_broken_file_is_told_with_its_place_and_stays() {
    let project = project();
    for (text, words) in [
        ("{", "error[syntax]"),
        (r#"{ "version": 1, "acepted": [] }"#, "did you mean `accepted`?"),
        (
            r#"{ "version": 1, "accepted": [{ "code": "x", "file": "y", "value": "z", "line": 3 }] }"#,
            "error[unknown-key]",
        ),
        (
            "{ \"version\": 1, \"accepted\": [\n<<<<<<< a\n=======\n>>>>>>> b\n] }\n",
            "error[conflict-markers]",
        ),
        (r#"{ "version": 7, "accepted": [] }"#, "reads version `1`"),
    ] {
        project.write(FILE, text);
        for verb in ["check", "build"] {
            project.run([verb]).ends_with(3).says(words).says(&format!("{FILE}:"));
        }
        project.run(["check", "--accept"]).ends_with(3).says(words);
        assert_eq!(project.text(FILE), text);
    }
}

#[test]
fn it_lies_beside_the_json_and_is_nobodys_output() {
    let project = Project::empty();
    project.write("plans/a.json", plan(&json!([])).to_string());
    project.write("docs/a.md", "# A\n");
    project.run(["build", "--roadmap", "plans/a.json"]);
    project.run(["check", "--accept", "--roadmap", "plans/a.json"]).ends_with(0);
    assert!(project.has("plans/roadbook.accepted.json") && !project.has("roadmap"));
    project.run(["check", "--roadmap", "plans/a.json"]).says("accepted in plans/roadbook.accepted.json");
    // Another roadmap beside it keeps its lines, and its own findings.
    project.write(
        "plans/b.json",
        json!({ "outputs": null, "issues": [{ "title": "Else" }] })
            .to_string()
            .replace("null", "{\"summary\":null,\"milestones\":null,\"labels\":null,\"site\":null}"),
    );
    let lines = project.text("plans/roadbook.accepted.json");
    project.run(["check", "--accept", "--roadmap", "plans/b.json"]).ends_with(0).says("warning[made-id]");
    assert_eq!(project.text("plans/roadbook.accepted.json"), lines);
    // An output cannot take its place.
    let source = project
        .text("plans/a.json")
        .replace(r#""site":null"#, r#""site":null,"summary":"plans/roadbook.accepted.json""#);
    project.write("plans/a.json", source);
    project.run(["check", "--roadmap", "plans/a.json"]).ends_with(3).says("the file of accepted findings");
}

#[test]
fn standard_input_is_held_against_it_and_accepts_nothing() {
    let project = project();
    project.run(["check", "--accept"]).ends_with(0);
    let before = project.text(FILE);
    let source = project.bytes(SOURCE);
    let run = project.run_on(&project.disk(), &source, ["check", "--roadmap", "-", "--format", "json"]);
    let found = run.json();
    assert_eq!(found["counts"]["by_code"].get("due-order"), None, "{found}");
    assert_eq!(found["counts"]["by_code"].get("unused-accepted"), None);
    assert_eq!(found["counts"]["accepted"], 7);
    project
        .run_on(&project.disk(), &source, ["check", "--roadmap", "-", "--accept"])
        .ends_with(2)
        .says("standard input cannot be written to");
    assert_eq!(project.text(FILE), before);
    project.run(["check", "--accept", "--staged"]).ends_with(2);
}

#[test]
fn what_is_staged_is_judged_by_the_file_that_is_staged() {
    let project = project();
    let git = |args: &[&str]| project.git(args).ends_with(0).out.clone();
    let program = |args: &[&str]| {
        let mut command = project.process(args);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        project.finish(&mut command)
    };
    git(&["init", "--quiet"]);
    program(&["check", "--accept"]).ends_with(0);
    git(&["add", "--all"]);
    program(&["check", "--staged"]).ends_with(0).says("7 accepted");
    git(&["rm", "--quiet", "--cached", FILE]);
    program(&["check", "--staged"]).ends_with(1).says("error[due-order]");
    // What decides a verdict has to be in the commit.
    program(&["check", "--tracked"]).ends_with(1).says(&format!("git add {FILE}"));
}

#[test]
fn two_that_accept_at_once_lose_nothing() {
    for _ in 0..4 {
        let project = project();
        let gate = Barrier::new(2);
        let codes: Vec<_> = std::thread::scope(|scope| {
            let run = |arg: &'static str| {
                let (gate, project) = (&gate, &project);
                scope.spawn(move || {
                    gate.wait();
                    project.spawn(["check", arg]).code
                })
            };
            let runs = [run("--accept"), run("--accept=all")];
            runs.into_iter().map(|run| run.join().expect("a run")).collect()
        });
        assert_eq!(codes, [0, 0]);
        assert_eq!(checked(&project), (0, 0, 7));
    }
}

#[cfg(unix)]
#[test]
fn where_it_cannot_be_written_nothing_is_accepted() {
    use std::os::unix::fs::PermissionsExt;
    let project = project();
    let folder = project.path("roadmap");
    let set = |mode| std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).expect("modes");
    set(0o555);
    let can_write = std::fs::write(folder.join("probe"), "").is_ok();
    let run = project.run(["check", "--accept"]);
    set(0o755);
    // Root may write everywhere.
    if !can_write {
        run.ends_with(3).says("roadbook.accepted.json");
        assert!(!project.has(FILE));
    }
}

#[test]
fn warnings_in_one_body_are_told_once_with_their_count() {
    let project = project();
    let run = project
        .run(["check"])
        .says("note: and 2 more in the body of `paint-it`")
        .says("3 errors, 4 warnings\n");
    assert_eq!(run.err.matches("warning[dead-link]").count(), 1);
    let all = project.run(["check", "--verbose"]);
    assert_eq!(all.err.matches("warning[dead-link]").count(), 3);
    let github = project.run(["check", "--format", "github"]);
    assert_eq!(github.out.matches("%0Aand 2 more in the body of `paint-it`").count(), 1);
    assert_eq!(github.out.lines().count(), 5, "{}", github.out);
}

#[test]
fn a_thousand_warnings_in_bodies_fill_a_screen_and_no_more() {
    let issue = |n: usize| {
        let links: String = (0..10).map(|link| format!("[x](gone-{link}.md) ")).collect();
        json!({ "id": format!("B-{n}"), "title": "x", "milestone": "M-1", "body": links })
    };
    let source = json!({
        "outputs": { "site": null }, "milestones": [{ "id": "M-1", "title": "Shed" }],
        "issues": (0..100).map(issue).collect::<Vec<_>>(),
    });
    let project = Project::empty();
    project.write(SOURCE, source.to_string());
    project.run(["build"]).ends_with(0);
    let run = project
        .run(["check"])
        .ends_with(0)
        .says("… and 800 more `dead-link` warnings")
        .says("1000 warnings\n");
    assert!(run.err.lines().count() < 80, "{}", run.err);
    let github = project.run(["check", "--format", "github"]);
    assert_eq!(github.out.lines().count(), 51);
    assert!(
        github.out.ends_with("::warning title=roadbook%3A dead-link::… and 500 more `dead-link` warnings\n"),
        "{}",
        github.out
    );
    let json = project.run(["check", "--format", "json"]).json();
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1000));
}

#[test]
fn what_is_accepted_in_a_body_goes_with_it() {
    let project = Project::empty();
    let mut source = plan(&json!([]));
    source["issues"][2]["id"] = json!("A-3");
    source["issues"][2]["body"] = json!("See [this](a.md).\n\n[That](b.md) and A-1 and A-9.");
    project.write(SOURCE, source.to_string());
    project.write("docs/a.md", "# A\n");
    let settled = |project: &Project, accepted: u64| {
        let text = project.text(FILE);

        project.run(["check", "--deny-warnings"]).ends_with(0).says(&format!("; {accepted} accepted in"));
        project.run(["check", "--accept"]).ends_with(0).says("accepts what it did");
        assert_eq!(project.text(FILE), text);
    };
    project.run(["build"]);
    project.run(["check", "--accept"]).ends_with(0);
    let (_, _, accepted) = checked(&project);
    settled(&project, accepted);
    project.run(["bodies", "split"]).ends_with(0);
    settled(&project, accepted);
    // What is found says whose body it is in, too.
    let found = project.run(["check", "--format", "json"]).json();
    let in_body = |it: &&Value| it["file"] == "roadmap/bodies/A-3.md";
    let found: Vec<_> =
        found["findings"].as_array().expect("a list").iter().filter(in_body).cloned().collect();
    assert!(found.len() >= 3 && found.iter().all(|it| it["item"] == "A-3"), "{found:#?}");
    // What is accepted while the body has a file is accepted in the JSON as well.
    project.remove(FILE);
    project.run(["check", "--accept"]).ends_with(0);
    project.run(["bodies", "join"]).ends_with(0);
    settled(&project, accepted);
    // A further fault in either place is a new one.
    project.run(["bodies", "split"]).ends_with(0);
    project.write("roadmap/bodies/A-3.md", project.text("roadmap/bodies/A-3.md") + "\n[More](c.md)\n");
    project.run(["build"]);
    project.run(["check"]).says("warning[dead-link]").says("roadmap/bodies/A-3.md:5:1");
}
