//! `roadbook apply` as people use it: what it asks before it writes, plans that were kept, GitHub's values into the source,
//! and the way back.

use serde_json::{Value, json};

use crate::{fake::GitHub, support::Project};

/// Four issues in a milestone, with a label.
fn source() -> Value {
    json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "area:db", "color": "ff0000" }],
        "milestones": [{ "id": "M-1", "title": "Begin", "due_on": "2026-12-31" }],
        "issues": [
            { "title": "A-1: First", "milestone": "M-1", "body": "Do it.", "labels": ["area:db"] },
            { "title": "A-2: Second", "parent": "A-1", "blocked_by": ["A-1"] },
            { "title": "A-3: Third", "body": "x" },
            { "title": "A-4: Fourth" },
        ],
    })
}

/// A repository in which it is applied.
fn applied() -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(run.err.contains("applied to `acme/data-platform`; nothing is left to do"), "{}", run.err);
    github.forget();
    (github, project)
}

/// Gives an item of the source another value.
fn set(project: &Project, list: &str, at: usize, key: &str, value: &str) {
    let mut source = project.source();
    source[list][at][key] = json!(value);
    project.rewrite(&source);
}

#[test]
fn nobody_is_taken_to_have_said_yes() {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    let run = project.ask(&github, ["apply"]).ends_with(2);
    assert!(run.err.contains("cannot ask for confirmation: there is no terminal"), "{}", run.err);
    assert_eq!(github.writes(), Vec::<String>::new());
}

#[test]
fn what_closes_or_renames_much_is_confirmed_by_its_number() {
    let (github, project) = applied();
    for at in 0..3 {
        set(&project, "issues", at, "title", &format!("A-{}: Another", at + 1));
    }
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(2);
    assert!(run.err.contains("confirm it with `--yes=3`"), "{}", run.err);
    let run = project.ask(&github, ["apply", "--yes=2"]).ends_with(2);
    assert!(run.err.contains("`--yes=2` is not that number"), "{}", run.err);
    assert_eq!(github.writes(), Vec::<String>::new());
    project.ask(&github, ["apply", "--yes=3"]).ends_with(0);
    assert_eq!(github.writes().len(), 3);
}

#[test]
fn a_plan_that_was_kept_is_done_once_and_refused_once_the_world_moved_on() {
    let (github, project) = applied();
    set(&project, "milestones", 0, "due_on", "2027-01-31");
    let file = project.path("plan.json");
    let file = file.to_str().unwrap();
    project.ask(&github, ["plan", "--out", file]).ends_with(0);
    project.ask(&github, ["apply", file, "--yes"]).ends_with(0);
    assert_eq!(github.writes().len(), 1);
    let run = project.ask(&github, ["apply", file, "--yes"]).ends_with(4);
    assert!(run.err.contains("was planned: 1 operation: change milestone `M-1`"), "{}", run.err);
    assert_eq!(github.writes().len(), 1);
}

#[test]
fn a_plan_that_was_kept_does_what_it_says_where_it_takes_values_of_githubs_as_well() {
    let (github, project) = applied();
    github.world(|world| world.edit_issue(1, &json!({ "title": "A-1: Theirs" })));
    set(&project, "issues", 1, "title", "A-2: Ours");
    let plan = ["plan", "--only", "A-1", "--on-conflict", "A-1.title=theirs", "--out", "plan.json"];
    project.ask(&github, plan).ends_with(0);
    project.ask(&github, ["apply", "plan.json", "--yes"]);
    assert_eq!(github.writes(), [""; 0]);
    assert_eq!(project.source()["issues"][0]["title"], "A-1: Theirs");
    assert_eq!(github.issue(2).title, "A-2: Second");
    // And what it was told to do besides is done.
    github.world(|world| world.edit_issue(1, &json!({ "title": "A-1: Theirs again" })));
    github.world(|world| world.edit_issue(3, &json!({ "body": "theirs" })));
    set(&project, "issues", 2, "body", "y");
    let conflicts = ["--on-conflict", "A-1.title=theirs", "--on-conflict", "A-3.body=ours"];
    project.ask(&github, [&["plan", "--out", "plan.json"], &conflicts[..]].concat()).ends_with(0);
    project.apply(&github, &["plan.json"]).ends_with(0);
    assert_eq!(project.source()["issues"][0]["title"], "A-1: Theirs again");
    assert!(github.issue(3).body.is_some_and(|body| body.starts_with("y\n")));
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn a_plan_that_was_kept_makes_no_issue_that_somebody_opened_since() {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    let plan = |words: &[&str]| project.ask(&github, [&["plan", "--out", "plan.json"], words].concat());
    plan(&[]).ends_with(0);
    github.open_issue(&json!({ "title": "A-3: Third" }));
    let run = project.ask(&github, ["apply", "plan.json", "--yes"]).ends_with(4);
    assert!(run.err.contains("1 operation: make `A-3`"), "{}", run.err);
    assert_eq!(github.writes(), [""; 0]);
    // Unless that was seen, and said to be another one.
    plan(&["--adopt", "A-3=new"]).ends_with(0);
    project.ask(&github, ["apply", "plan.json", "--yes"]).ends_with(0);
    assert_eq!(github.dump().issues.len(), 5);
}

#[test]
fn a_conflict_is_left_alone_until_somebody_decides() {
    let (github, project) = applied();
    github.world(|world| world.edit_issue(3, &json!({ "title": "A-3: Theirs" })));
    set(&project, "issues", 2, "title", "A-3: Ours");
    set(&project, "issues", 3, "body", "y");
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    assert_eq!(github.writes().len(), 1, "{}", run.err);
    project.ask(&github, ["apply", "--yes"]).ends_with(1);
    let run = project.ask(&github, ["apply", "--yes", "--on-conflict", "A-3.title=theirs"]).ends_with(0);
    assert!(run.err.contains("wrote 1 value of GitHub's into 1 file of the source"), "{}", run.err);
    assert_eq!(project.source()["issues"][2]["title"], "A-3: Theirs");
    assert_eq!(github.writes().len(), 1);
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn the_last_apply_is_taken_back_where_nobody_changed_it_since() {
    let (github, project) = applied();
    set(&project, "issues", 0, "body", "Do it well.");
    set(&project, "issues", 2, "title", "A-3: Ours");
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.world(|world| world.edit_issue(3, &json!({ "title": "A-3: Theirs" })));
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(5);
    let left = "not undone: change `A-3`: it was changed in GitHub since, and is left as it is";
    assert!(run.err.contains(left) && run.err.contains("1 change taken back"), "{}", run.err);
    // It can be taken back later, and nothing else is taken back twice.
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(5);
    assert!(run.err.contains(left) && run.err.contains("0 changes taken back"), "{}", run.err);
    github.forget();
    project.ask(&github, ["plan"]).ends_with(0);
    assert_eq!(github.writes(), Vec::<String>::new());
}

#[test]
fn only_what_is_named_is_done() {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes", "--only", "labels"]).ends_with(0);
    assert_eq!(github.writes().len(), 1);
    project.ask(&github, ["apply", "--yes", "--only", "A-3"]).ends_with(0);
    assert_eq!(github.writes().len(), 2);
}

#[test]
fn a_bot_is_one_assignee_under_both_of_its_names() {
    let github = GitHub::start();
    github.world(|world| world.people.extend(["Copilot", "dependabot[bot]"].map(str::to_owned)));
    let mut source = source();
    source["issues"][0]["assignees"] = json!(["copilot-swe-agent[bot]", "Dependabot[bot]"]);
    source["issues"][2]["assignees"] = json!(["Copilot"]);
    let project = Project::asking(&source);
    let is_through = || {
        let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
        assert_eq!(plan["is_empty"], true, "{plan:#}");
        project.ask(&github, ["drift"]).ends_with(0);
    };
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.issue(1).assignees, ["Copilot", "dependabot[bot]"]);
    assert_eq!(github.issue(3).assignees, ["Copilot"]);
    is_through();
    // Neither name is an edit of the other, here or there, with the lock or without it.
    source["issues"][0]["assignees"] = json!(["Copilot", "dependabot[bot]"]);
    source["issues"][2]["assignees"] = json!(["copilot-swe-agent[bot]"]);
    project.rewrite(&source);
    is_through();
    assert!(project.ask(&github, ["pull"]).ends_with(0).err.contains("nothing"));
    project.lose("roadmap/roadbook.lock.json");
    is_through();
    // A user of that name is somebody else.
    github.world(|world| world.people.push("dependabot".into()));
    source["issues"][0]["assignees"] = json!(["Copilot", "dependabot"]);
    project.rewrite(&source);
    let plan = project.ask(&github, ["plan"]).ends_with(0);
    assert!(plan.out.contains("dependabot[bot]"), "{}", plan.out);
}
