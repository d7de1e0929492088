//! `roadbook apply --undo`: the last apply taken back, also where labels were renamed, things were adopted or copies closed,
//! and where it was cut off itself.

use serde_json::{Value, json};

use crate::{
    fake::{Fault, GitHub, When},
    support::Project,
};

const LOCK: &str = "roadmap/roadbook.lock.json";

/// Items enough that no change of a few asks for a number.
fn source() -> Value {
    json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "old", "color": "ff0000", "description": "precious" }, { "name": "keep" }],
        "milestones": [],
        "issues": [
            { "title": "A-1: One", "labels": ["old"] },
            { "title": "A-2: Two", "labels": ["old"] },
            { "title": "A-3: Three" }, { "title": "A-4: Four" }, { "title": "A-5: Five" }, { "title": "A-6: Six" },
        ],
    })
}

/// A repository in which it is applied.
fn applied() -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    (github, project)
}

fn lock(project: &Project) -> Value {
    serde_json::from_slice(&project.bytes(LOCK)).expect("a lock")
}

/// The names of an issue's labels.
fn labels(github: &GitHub, number: u64) -> Vec<String> {
    let ids = github.issue(number).labels;
    github.world(|world| {
        world.labels.iter().filter(|label| ids.contains(&label.id)).map(|label| label.name.clone()).collect()
    })
}

#[test]
fn a_label_that_was_renamed_goes_back_on_its_issues_as_it_was() {
    let (github, project) = applied();
    let before = github.dump().labels;
    let mut source = source();
    source["labels"][0] =
        json!({ "name": "new", "was": ["old"], "color": "ff0000", "description": "precious" });
    source["issues"][0]["labels"] = json!(["new", "keep"]);
    source["issues"][1]["labels"] = json!(["new"]);
    project.rewrite(&source);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(labels(&github, 1), ["new", "keep"]);
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert_eq!(github.dump().labels, before);
    assert_eq!((labels(&github, 1), labels(&github, 2)), (vec!["old".to_owned()], vec!["old".to_owned()]));
}

#[test]
fn an_issue_is_closed_again_for_the_reason_that_it_was_closed_for() {
    let (github, project) = applied();
    let mut source = source();
    source["issues"][0]["state"] = json!("open");
    project.rewrite(&source);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.world(|world| world.edit_issue(1, &json!({ "state": "closed", "state_reason": "not_planned" })));
    project.apply(&github, &["--reopen", "--on-conflict", "ours"]).ends_with(0);
    assert!(!github.issue(1).is_closed);
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    let issue = github.issue(1);
    assert_eq!((issue.is_closed, issue.reason.as_deref()), (true, Some("not_planned")));
    // What the lock says of GitHub is what GitHub says.
    assert_eq!(lock(&project)["issues"]["a-1"]["remote"]["state_reason"], "not_planned");
}

#[test]
fn what_was_adopted_is_as_unknown_as_before() {
    let github = GitHub::start();
    github.world(|world| {
        world.make_milestone(&json!({ "title": "Begin" }));
        world.make_label("bug");
    });
    let project = Project::asking(&json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "bug", "description": "It fails." }],
        "milestones": [{ "id": "M-1", "title": "Begin", "due_on": "2027-01-01" }],
        "issues": [],
    }));
    let plan = || project.ask(&github, ["plan"]);
    let before = plan().out;
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    let milestone = &lock(&project)["milestones"]["m-1"];
    assert!(milestone["applied"] == json!({}) && milestone["remote"].get("due_on").is_none(), "{milestone}");
    let after = plan().out;
    assert!(
        after.contains("due_on: nothing → `2027-01-01`") && !after.contains("GitHub:"),
        "{before}\n{after}"
    );
}

#[test]
fn an_issue_that_left_the_source_is_known_again() {
    let (github, project) = applied();
    let mut source = source();
    source["issues"].as_array_mut().expect("a list").pop();
    project.rewrite(&source);
    let before = lock(&project)["issues"]["a-6"].clone();
    project.ask(&github, ["apply", "--yes", "--prune", "issues"]).ends_with(0);
    assert!(github.issue(6).is_closed && lock(&project)["issues"].get("a-6").is_none());
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(!github.issue(6).is_closed);
    assert_eq!(lock(&project)["issues"]["a-6"]["number"], before["number"]);
    project.ask(&github, ["apply", "--yes", "--prune", "issues"]).ends_with(0);
    assert!(github.issue(6).is_closed);
}

#[test]
fn copies_without_a_marker_are_opened_again() {
    let github = GitHub::start();
    github.world(|world| {
        for _ in 0..3 {
            world.open_issue(&json!({ "title": "A-1: One", "body": "x" }));
        }
    });
    let project = Project::asking(&json!({
        "repository": "acme/data-platform",
        "issues": [{ "title": "A-1: One", "body": "x" }],
    }));
    project.apply(&github, &["--adopt", "oldest"]).ends_with(0);
    assert!(github.issue(2).is_closed && github.issue(3).is_closed);
    // What somebody took for one of ours since is left, and can be taken back later.
    github.world(|world| world.edit_issue(3, &json!({ "title": "Mine" })));
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(5);
    assert!(run.err.contains("not undone: close #3: nothing in GitHub says"), "{}", run.err);
    assert!(!github.issue(2).is_closed && github.issue(3).is_closed);
    github.world(|world| world.edit_issue(3, &json!({ "title": "A-1: One" })));
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(run.err.contains("1 change taken back"), "{}", run.err);
    assert!(!github.issue(3).is_closed);
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(run.err.contains("nothing to undo"), "{}", run.err);
}

#[test]
fn an_undo_that_was_cut_off_goes_on() {
    let (github, project) = applied();
    let mut source = source();
    for (at, title) in ["A-1: ONE", "A-2: TWO", "A-3: THREE"].into_iter().enumerate() {
        source["issues"][at]["title"] = json!(title);
    }
    project.rewrite(&source);
    project.apply(&github, &[]).ends_with(0);
    github.forget();
    github.fault_times(When::Write(2), 9, Fault::FailsAfter(401));
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(5);
    assert!(run.err.contains("1 change taken back before that"), "{}", run.err);
    github.heal();
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(run.err.contains("2 changes taken back"), "{}", run.err);
    let titles: Vec<_> = (1..4).map(|number| github.issue(number).title).collect();
    assert_eq!(titles, ["A-1: One", "A-2: Two", "A-3: Three"]);
    // Nobody is told to have changed anything.
    let plan = project.ask(&github, ["plan"]);
    assert!(plan.out.contains("~ issue A-2") && !plan.out.contains("GitHub:"), "{}", plan.out);
}
