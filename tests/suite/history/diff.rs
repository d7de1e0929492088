//! What `diff` tells of each kind of change, and what it does not call one.

use serde_json::{Value, json};

use crate::support::{Project, SOURCE};

fn plan() -> Value {
    json!({
        "labels": [{ "name": "area:web" }, { "name": "area:api" }],
        "milestones": [
            { "id": "L-M1", "title": "L-M1 – A page", "due_on": "2026-11-06", "owner": "ada", "goal": "A page.\n" },
            { "id": "L-M2", "title": "L-M2 – Users" }
        ],
        "issues": [
            { "id": "L-001", "title": "L-001: Write", "milestone": "L-M1", "state": "open", "due_on": "2026-10-30",
              "labels": ["area:web"], "body": "Do it.\n\n- [ ] one\n- [ ] two\n", "estimate": 3 },
            { "id": "L-002", "title": "L-002: Draw", "milestone": "L-M1", "state": "open", "blocked_by": ["L-001"] },
            { "id": "L-003", "title": "L-003: Ask", "milestone": "L-M2", "state": "closed", "closed_on": "2026-09-30" }
        ]
    })
}

/// What changed from the plan to the one that `change` makes of it: the group, the id and the words of each change.
fn changed(change: impl Fn(&mut Value)) -> Vec<String> {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &plan());
    let mut other = plan();
    change(&mut other);
    repository.write(SOURCE, serde_json::to_string(&other).expect("JSON"));
    let run = repository.spawn(["diff"]).ends_with(0);
    run.out
        .lines()
        .map(|line| {
            line.split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect::<Vec<_>>().join(" | ")
        })
        .collect()
}

/// The line that tells of a change, and the change.
type Case = (&'static str, fn(&mut Value));

#[test]
fn every_kind_of_change_is_told_by_its_name() {
    let cases: [Case; 18] = [
        ("slipped | L-001 | 14 days later: 2026-10-30 → 2026-11-13 | Write", |it| {
            it["issues"][0]["due_on"] = "2026-11-13".into()
        }),
        ("slipped | L-M1 | 1 day later: 2026-11-06 → 2026-11-07 | A page", |it| {
            it["milestones"][0]["due_on"] = "2026-11-07".into()
        }),
        ("rescheduled | L-001 | 2 days sooner: 2026-10-30 → 2026-10-28 | Write", |it| {
            it["issues"][0]["due_on"] = "2026-10-28".into()
        }),
        ("rescheduled | L-002 | now due on 2026-11-01 | Draw", |it| {
            it["issues"][1]["due_on"] = "2026-11-01".into()
        }),
        ("rescheduled | L-001 | start date — → 2026-10-10 | Write", |it| {
            it["issues"][0]["start_on"] = "2026-10-10".into()
        }),
        ("closed | L-003 | as not planned on 2026-09-30 | Ask", |it| {
            it["issues"][2]["state_reason"] = "not_planned".into()
        }),
        ("closed | L-002 | as not planned on 2026-10-20 | Draw", |it| {
            it["issues"][1]["state"] = "closed".into();
            it["issues"][1]["closed_on"] = "2026-10-20".into();
            it["issues"][1]["state_reason"] = "not_planned".into();
        }),
        ("reopened | L-003 | open again | Ask", |it| {
            it["issues"][2] =
                json!({ "id": "L-003", "title": "L-003: Ask", "milestone": "L-M2", "state": "open" });
        }),
        ("dropped | L-003 | was in L-M2 | Ask", |it| {
            drop(it["issues"].as_array_mut().expect("a list").pop())
        }),
        ("added | L-004 | new in L-M1 | Sell", |it| {
            let new = json!({ "title": "L-004: Sell", "milestone": "L-M1" });
            it["issues"].as_array_mut().expect("a list").push(new);
        }),
        ("moved | L-001 | milestone L-M1 → L-M2 | Write", |it| {
            it["issues"][0]["milestone"] = "L-M2".into()
        }),
        ("renamed | L-001 | was “Write” | Write well", |it| {
            it["issues"][0]["title"] = "L-001: Write well".into()
        }),
        ("renamed | L-101 | was L-001 | Write", |it| {
            it["issues"][0]["id"] = "L-101".into();
            it["issues"][0]["title"] = "L-101: Write".into();
            it["issues"][1]["blocked_by"] = json!(["L-101"]);
            it["aliases"] = json!({ "L-001": "L-101" });
        }),
        ("re-scoped | L-001 | estimate 3 → 5, body +1 −2 lines | Write", |it| {
            it["issues"][0]["estimate"] = 5.into();
            it["issues"][0]["body"] = "Do it.\n\n- [ ] three\n".into();
        }),
        ("re-scoped | L-M1 | goal +1 −1 line | A page", |it| {
            it["milestones"][0]["goal"] = "A site.\n".into()
        }),
        ("dependencies | L-002 | waits for L-003, no longer for L-001 | Draw", |it| {
            it["issues"][1]["blocked_by"] = json!(["L-003"])
        }),
        ("people | L-M1 | +grace −ada | A page", |it| it["milestones"][0]["owner"] = "grace".into()),
        ("labels | L-001 | +area:api −area:web | Write", |it| {
            it["issues"][0]["labels"] = json!(["area:api"])
        }),
    ];
    for (line, change) in cases {
        assert_eq!(changed(change), [line]);
    }
}

#[test]
fn what_says_the_same_is_no_change() {
    let cases: [fn(&mut Value); 5] = [
        |it| it["issues"][0]["body"] = "Do it.\r\n\r\n- [x] one\r\n- [ ] two\r\n".into(),
        |it| it["issues"].as_array_mut().expect("a list").reverse(),
        |it| it["issues"][0]["id"] = "l-001".into(),
        |it| it["issues"][1]["milestone"] = "L-M1 – A page".into(),
        |it| it["extra"] = json!({ "mine": 1 }),
    ];
    for change in cases {
        assert_eq!(changed(change), [""; 0]);
    }
}

#[test]
fn a_label_is_renamed_where_the_source_says_so() {
    let lines = changed(|it| {
        it["labels"][0] = json!({ "name": "area:site", "was": ["area:web"] });
        it["issues"][0]["labels"] = json!(["area:site"]);
    });
    assert_eq!(lines, ["renamed | area:site | was area:web | label"]);
}

#[test]
fn states_of_the_lock_are_compared_too() {
    let repository = Project::repository();
    let source = json!({ "issues": [{ "title": "A-1: x" }] });
    repository.commit_plan("2026-10-01", &source);
    let lock = json!({ "version": 1, "issues": { "a-1": { "remote": { "state": "closed", "closed_on": "2026-10-03" } } } });
    repository.write("roadmap/roadbook.lock.json", lock.to_string());
    repository.commit_all("2026-10-04");
    assert_eq!(repository.changes(["HEAD~1..HEAD"]), ["2026-10-04 closed A-1"]);
    assert_eq!(repository.changes(["--since", "2026-10-02"]), ["2026-10-04 closed A-1"]);
    // A lock that is named speaks for the working tree, as in a workflow that has just asked GitHub.
    repository.write(
        "now.json",
        json!({ "version": 1, "issues": { "a-1": { "remote": { "state": "open" } } } }).to_string(),
    );
    let run = repository.spawn(["diff", "--lock", "now.json"]).ends_with(0);
    assert!(run.out.starts_with("reopened  A-1"), "{}", run.out);
}

#[test]
fn a_walk_says_when_and_skips_what_it_cannot_read() {
    let repository = Project::repository();
    let mut source = plan();
    repository.commit_plan("2026-10-01", &source);
    source["issues"][0]["due_on"] = "2026-11-13".into();
    repository.commit_plan("2026-10-05", &source);
    repository.write(SOURCE, "{ \"title\": ");
    repository.commit_all("2026-10-06");
    source["issues"][1]["state"] = "closed".into();
    repository.commit_plan("2026-10-07", &source);
    repository.write("README.md", "nothing to do with it\n");
    repository.commit_all("2026-10-08");
    source["issues"][1]["title"] = "L-002: Paint".into();
    repository.write(SOURCE, source.to_string());
    let all = ["2026-10-05 slipped L-001", "2026-10-07 closed L-002", "2026-11-22 renamed L-002"];
    assert_eq!(repository.changes(["--since", "2026-01-01"]), all);
    assert_eq!(repository.changes(["--since", "2026-10-05"]), all);
    assert_eq!(repository.changes(["--since", "2026-10-06"]), all[1..]);
    assert_eq!(repository.changes(["--since", "HEAD~3"]), all[1..]);
    assert_eq!(repository.changes(["--since", "HEAD"]), all[2..]);
    let run = repository.spawn(["diff", "--since", "2026-01-01"]).ends_with(0);
    let run = run.says("the roadmap begins on 2026-10-01 with 2 milestones and 3 issues");
    run.says(" of 2026-10-06: `roadmap/plan.json`: the file ends in the middle");
    // Whoever asks for such a revision itself is refused.
    repository.spawn(["diff", "HEAD~2"]).ends_with(3).says("cannot be read: `roadmap/plan.json`");
}

#[test]
fn a_pull_request_is_compared_with_where_it_parted() {
    let repository = Project::repository();
    let mut source = plan();
    repository.commit_plan("2026-10-01", &source);
    repository.git(["checkout", "--quiet", "-b", "side"]).ends_with(0);
    source["issues"][1]["title"] = "L-002: Paint".into();
    repository.commit_plan("2026-10-02", &source);
    repository.git(["checkout", "--quiet", "main"]).ends_with(0);
    let mut other = plan();
    other["issues"][0]["due_on"] = "2026-11-13".into();
    repository.commit_plan("2026-10-03", &other);
    assert_eq!(repository.changes(["main...side"]), ["2026-10-02 renamed L-002"]);
    assert_eq!(repository.changes(["main..side"]).len(), 2);
    // A merge is one step: what it brought, on the day on which it came.
    repository.git(["merge", "--quiet", "--no-edit", "--no-ff", "side"]).ends_with(0);
    assert_eq!(repository.changes(["--since", "HEAD^1"]), ["2026-10-01 renamed L-002"]);
}

#[test]
fn markdown_is_harmless_and_of_bounded_size() {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &json!({ "issues": [{ "title": "A-1: x" }] }));
    let hostile = "A-10: @octocat fixes #1 | <img src=x> `a` [b](javascript:x) https://evil.example\u{202e}";
    let mut issues = vec![json!({ "title": "A-1: x" }), json!({ "title": hostile })];
    issues.extend((1_000..4_000).map(|n| json!({ "title": format!("A-{n}: {}", "long ".repeat(20)) })));
    repository.write(SOURCE, json!({ "issues": issues }).to_string());
    let out = repository.spawn(["diff", "--format", "markdown"]).ends_with(0).out;
    assert!(out.len() < 65_536 && out.contains(" changes for which there is no room here"), "{}", out.len());
    let line = out.lines().find(|line| line.contains("A-10*")).expect("it is told");
    for live in [" @octocat", " #1 ", "\u{202e}"] {
        assert!(!line.contains(live), "`{live}` stands in {line}");
    }
    let mut options = comrak::Options::default();
    (options.extension.table, options.extension.autolink, options.render.r#unsafe) = (true, true, true);
    let html = comrak::markdown_to_html(&out, &options);
    for live in ["<img", "<a ", "<code>"] {
        assert!(!html.contains(live), "`{live}` comes of {line}");
    }
    assert_eq!(line.replace("\\|", "").matches('|').count(), 4, "{line}");
}

#[test]
fn of_two_items_of_one_title_nobody_knows_which_came_back() {
    let told = changed(|it| {
        let issues = it["issues"].as_array_mut().expect("a list");
        issues.truncate(1);
        issues.push(json!({ "id": "L-009", "title": "L-009: Ask" }));
    });
    assert!(told.iter().any(|line| line.starts_with("renamed | L-009")), "{told:#?}");
    let repository = Project::repository();
    let docs = |ids: &[&str]| {
        let issue = |id: &&str| json!({ "id": id, "title": "Write docs" });
        json!({ "issues": ids.iter().map(issue).collect::<Vec<_>>() })
    };
    repository.commit_plan("2026-10-01", &docs(&["A-2", "A-3"]));
    repository.write(SOURCE, docs(&["B-1"]).to_string());
    let told = repository.spawn(["diff"]).ends_with(0).out;
    assert!(!told.contains("renamed") && told.matches("dropped").count() == 2, "{told}");
}

#[test]
fn a_milestone_whose_issues_were_all_dropped_is_not_done() {
    let repository = Project::repository();
    let plan = |more: Value| {
        let mut issue = json!({ "id": "A-1", "title": "a", "milestone": "M-1", "state": "open" });
        let mut milestone = json!({ "id": "M-1", "title": "one" });
        if more == json!(true) {
            issue["state"] = "closed".into();
            issue["state_reason"] = "not_planned".into();
            milestone["state"] = "closed".into();
        }
        json!({ "milestones": [milestone], "issues": [issue] })
    };
    repository.commit_plan("2026-10-01", &plan(json!(false)));
    repository.write(SOURCE, plan(json!(true)).to_string());
    let told = repository.spawn(["diff"]).ends_with(0).out;
    assert!(!told.contains("done") && told.matches("as not planned").count() == 2, "{told}");
}

#[test]
fn a_roadmap_begins_on_the_day_on_which_it_was_first_there() {
    let repository = Project::repository();
    repository.write("README.md", "hi\n");
    repository.commit_all("2026-01-01");
    repository.commit_plan("2026-01-05", &plan());
    let mut other = plan();
    other["issues"][0]["state"] = "closed".into();
    repository.commit_plan("2026-02-25", &other);
    let told = repository.spawn(["diff", "HEAD~2..HEAD", "--format", "json"]).ends_with(0).json();
    assert_eq!((&told["began"]["day"], &told["began"]["issues"]), (&json!("2026-01-05"), &json!(3)));
}
