//! What is told is so: of what GitHub has no more, of what uses a thing, of words in another case, of answers that were lost.

use serde_json::{Value, json};

use crate::{
    fake::{Fault, GitHub, When},
    support::{Project, SOURCE},
};

const LOCK: &str = "roadmap/roadbook.lock.json";

fn source() -> Value {
    json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "old" }],
        "milestones": [{ "id": "M-1", "title": "Begin" }, { "id": "M-2", "title": "End" }],
        "issues": [
            { "title": "A-1: First", "milestone": "M-1", "labels": ["old"] },
            { "title": "A-2: Second" }, { "title": "A-3: Third" }, { "title": "A-4: Fourth" }, { "title": "A-5: Fifth" },
        ],
    })
}

fn applied(source: &Value) -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(source));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.forget();
    (github, project)
}

#[test]
fn what_github_has_no_more_has_no_state() {
    let (github, project) = applied(&source());
    github.world(|world| world.edit_issue(3, &json!({ "state": "closed" })));
    project.ask(&github, ["snapshot"]).ends_with(0);
    let remote = |list: &str, id: &str| {
        let lock: Value = serde_json::from_slice(&project.bytes(LOCK)).expect("a lock");
        lock[list][id].get("remote").cloned()
    };
    assert_eq!(remote("issues", "a-3").expect("a state")["state"], "closed");
    github.delete_issue(3);
    github.world(|world| world.milestones.remove(&2));
    let run = project.ask(&github, ["snapshot"]).ends_with(0);
    assert!(run.err.contains("wrote what GitHub says of 1 milestone and 4 issues"), "{}", run.err);
    assert!(
        run.err.contains("note: #3 of `A-3`: it was deleted in GitHub; its state is no longer told"),
        "{}",
        run.err
    );
    assert!(run.err.contains("note: milestone #2 of `M-2`: it was deleted in GitHub"), "{}", run.err);
    assert_eq!((remote("issues", "a-3"), remote("milestones", "m-2")), (None, None));
    assert!(remote("issues", "a-1").is_some());
}

#[test]
fn pull_requests_use_labels_and_milestones_as_well() {
    let (github, project) = applied(&source());
    github.world(|world| {
        for title in ["One", "Two"] {
            let pull = world.open_pull(title);
            world.edit_issue(pull, &json!({ "labels": ["old"], "milestone": 2 }));
        }
    });
    let mut source = source();
    source["labels"] = json!([]);
    source["issues"][0]["labels"] = json!([]);
    source["milestones"].as_array_mut().expect("a list").pop();
    project.rewrite(&source);
    let run = project.ask(&github, ["plan"]);
    assert!(run.out.contains("1 issue and 2 pull requests have it"), "{}", run.out);
    assert!(run.out.contains("#2, 0 issues and 2 pull requests belong to it"), "{}", run.out);
    let words = ["plan", "--prune", "labels", "--prune", "milestones", "--out", "plan.json"];
    let run = project.ask(&github, words);
    assert!(
        run.out.contains("    title: `End`\n    0 issues and 2 pull requests belong to it"),
        "{}",
        run.out
    );
    project.apply(&github, &["plan.json"]).ends_with(0);
    assert!(github.world(|world| world.labels.is_empty() && world.milestones.len() == 1));
}

#[test]
fn a_type_in_another_case_is_the_same_type() {
    let mut source = source();
    source["issues"][1]["type"] = json!("bug");
    let (github, project) = applied(&source);
    assert_eq!(github.issue(2).kind.as_deref(), Some("Bug"));
    project.ask(&github, ["drift"]).ends_with(0);
    assert!(project.ask(&github, ["pull"]).ends_with(0).err.contains("nothing"));
    source["issues"][1]["type"] = json!("feature");
    project.rewrite(&source);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.issue(2).kind.as_deref(), Some("Feature"));
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert_eq!(github.issue(2).kind.as_deref(), Some("Bug"));
}

#[test]
fn reopen_is_all_that_has_to_be_said() {
    let mut source = source();
    source["issues"][0]["state"] = json!("open");
    source["milestones"][0]["state"] = json!("open");
    let (github, project) = applied(&source);
    github.world(|world| {
        world.edit_issue(1, &json!({ "state": "closed", "state_reason": "not_planned" }));
        world.edit_milestone(1, &json!({ "state": "closed" }));
    });
    project.ask(&github, ["apply", "--yes"]).ends_with(1);
    project.ask(&github, ["apply", "--yes", "--reopen"]).ends_with(0);
    assert!(!github.issue(1).is_closed && !github.world(|world| world.milestones[&1].is_closed));
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn a_rename_whose_answer_is_lost_is_done_and_taken_back() {
    let (github, project) = applied(&source());
    let mut source = source();
    source["labels"][0] = json!({ "name": "new", "was": ["old"] });
    source["issues"][0]["labels"] = json!(["new"]);
    project.rewrite(&source);
    github.fault(When::Write(1), Fault::FailsAfter(502));
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(!run.err.contains("not done") && run.err.contains("1 change applied"), "{}", run.err);
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert!(github.world(|world| world.label("old").is_some() && world.labels.len() == 1));
}

#[test]
fn a_relation_whose_answer_is_lost_is_done() {
    let (github, project) = applied(&source());
    let mut source = source();
    source["issues"][1]["parent"] = json!("A-1");
    source["issues"][2]["blocked_by"] = json!(["A-1"]);
    project.rewrite(&source);
    github.fault_times(When::Write(1), 2, Fault::FailsAfter(502));
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(!run.err.contains("not done") && run.err.contains("2 changes applied"), "{}", run.err);
    assert_eq!((github.issue(2).parent, github.issue(3).blockers), (Some(1), vec![1]));
}

#[test]
fn a_hierarchy_is_turned_upside_down_at_once() {
    let mut source = source();
    for at in 1..5 {
        source["issues"][at]["parent"] = json!(format!("A-{at}"));
    }
    source["issues"][0]["parent"] = json!(null);
    let (github, project) = applied(&source);
    for at in 0..4 {
        source["issues"][at]["parent"] = json!(format!("A-{}", at + 2));
    }
    source["issues"][4]["parent"] = json!(null);
    project.rewrite(&source);
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(run.err.contains("5 changes applied"), "{}", run.err);
    let parents: Vec<_> = (1..=5).map(|number| github.issue(number).parent).collect();
    assert_eq!(parents, [Some(2), Some(3), Some(4), Some(5), None]);
}

#[test]
fn a_name_that_is_taken_is_the_one_that_is_told() {
    let (github, project) = applied(&source());
    github.world(|world| {
        world.make_label("new");
        world.make_milestone(&json!({ "title": "Start" }));
    });
    let mut source = source();
    source["milestones"][0]["title"] = json!("Start");
    source["labels"][0] = json!({ "name": "new", "was": ["old"] });
    source["issues"][0]["labels"] = json!(["new"]);
    project.rewrite(&source);
    let run = project.ask(&github, ["apply", "--yes", "--on-conflict", "ours"]);
    assert!(!run.err.contains("milestone 1 exists") && !run.err.contains("`old` exists"), "{}", run.err);
}

#[test]
fn what_only_the_lock_or_the_source_learns_is_built() {
    let mut source = source();
    source["outputs"] = json!({ "site": null });
    let (github, project) = (GitHub::start(), Project::asking(&source));
    project.write(SOURCE, source.to_string());
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    project.run(["check"]).ends_with(0);
    github.world(|world| world.edit_issue(2, &json!({ "state": "closed" })));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    project.run(["check"]).ends_with(0);
    github.world(|world| world.edit_issue(1, &json!({ "title": "A-1: Theirs" })));
    project.ask(&github, ["apply", "--yes", "--on-conflict", "theirs"]).ends_with(0);
    project.run(["check"]).ends_with(0);
}
