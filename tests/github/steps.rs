//! From an empty repository to a second plan that is empty; then each change of the source as the one right request; what
//! an older script left behind; what GitHub drops in silence.

use serde_json::{Value, json};

use crate::{
    document::document,
    fake::{GitHub, World},
    roadmaps::{Account, roadmap},
    support::Project,
};

/// A repository to which a roadmap was applied, and whose log is empty.
fn applied(source: &Value) -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(source));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(Account::of(&github, source), Account::default());
    document().hold(&github.log());
    github.forget();
    (github, project)
}

/// The writing requests of an apply after a change of the source.
#[track_caller]
fn after(source: &Value, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let (github, project) = applied(source);
    let mut source = source.clone();
    change(&mut source);
    project.rewrite(&source);
    project.apply(&github, &[]).ends_with(0);
    let writes = github.writes();
    let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!(plan["operations"], json!([]));
    document().hold(&github.log());
    writes
}

#[test]
fn a_second_plan_is_empty() {
    let source = roadmap(22);
    let (github, project) = applied(&source);
    let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!((&plan["operations"], &plan["conflicts"]), (&json!([]), &json!([])));
    project.ask(&github, ["drift"]).ends_with(0);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn every_change_is_one_request() {
    let source = roadmap(4);
    let one = |change: fn(&mut Value)| after(&source, change);
    assert_eq!(
        one(|source| source["issues"][1]["title"] = json!("DB-002: Another thing")),
        [r#"PATCH issues/2 {"title":"DB-002: Another thing"}"#]
    );
    assert_eq!(
        one(|source| source["issues"][1]["milestone"] = json!("ML-3")),
        [r#"PATCH issues/2 {"milestone":4}"#]
    );
    let day = one(|source| source["milestones"][1]["due_on"] = json!("2026-11-13"));
    assert_eq!(day, [r#"PATCH milestones/2 {"due_on":"2026-11-13T12:00:00Z"}"#]);
    let closed = one(|source| {
        source["issues"][1]["state"] = json!("closed");
        source["issues"][1]["state_reason"] = json!("not_planned");
    });
    assert_eq!(closed, [r#"PATCH issues/2 {"state":"closed","state_reason":"not_planned"}"#]);
    let renamed = one(|source| {
        source["labels"][0]["name"] = json!("field:0");
        source["labels"][0]["was"] = json!(["area:0"]);
        for issue in source["issues"].as_array_mut().expect("a list") {
            for label in issue["labels"].as_array_mut().expect("a list") {
                if label == "area:0" {
                    *label = json!("field:0");
                }
            }
        }
    });
    assert_eq!(renamed, [r#"PATCH labels/area%3A0 {"new_name":"field:0"}"#]);
    let cleared = one(|source| source["milestones"][1]["due_on"] = Value::Null);
    assert_eq!(cleared, [r#"PATCH milestones/2 {"due_on":null}"#]);
    let moved = one(|source| source["issues"][1]["parent"] = json!("DB-003"));
    assert!(moved.len() == 1 && moved[0].starts_with("POST issues/3/sub_issues"), "{moved:?}");
}

#[test]
fn what_an_older_script_left_is_adopted() {
    let source = roadmap(5);
    let mut world = World::new("acme", "data-platform");
    world.make_milestone(&json!({ "title": source["milestones"][0]["title"], "state": "closed" }));
    for issue in source["issues"].as_array().expect("a list") {
        let body = format!("{}\n", issue["body"].as_str().expect("a body"));
        world.open_issue(&json!({ "title": issue["title"], "body": body }));
    }
    world.open_pull("DB-001: Do thing 1");
    let github = GitHub::start_with(world.clone());
    let project = Project::asking(&source);
    let run = project.ask(&github, ["plan"]).ends_with(0);
    assert!(run.out.contains("adopt"), "{}", run.out);
    project.apply(&github, &[]).ends_with(0);
    assert_eq!(github.log().iter().filter(|it| it.line().starts_with("POST issues {")).count(), 0);
    assert_eq!(Account::of(&github, &source), Account::default());
    document().hold(&github.log());

    // Run twice, the script made everything twice: nobody guesses which is meant.
    for issue in source["issues"].as_array().expect("a list") {
        world.open_issue(&json!({ "title": issue["title"], "body": issue["body"] }));
    }
    let github = GitHub::start_with(world);
    let project = Project::asking(&source);
    let run = project.ask(&github, ["plan"]);
    assert!(run.out.contains("#1") && run.out.contains("#7"), "{}{}", run.out, run.err);
    project.apply(&github, &["--adopt", "oldest"]).ends_with(0);
    let open = github.world(|world| world.issues.values().filter(|it| !it.is_closed && !it.is_pull).count());
    assert_eq!(open, 5);
}

#[test]
fn what_is_dropped_in_silence_is_noticed() {
    let (github, project) = applied(&roadmap(4));
    let mut source = project.source();
    source["issues"][0]["labels"] = json!(["area:5"]);
    project.rewrite(&source);
    // The right to push goes after it was looked at.
    github.world(|world| world.drops_members = true);
    let run = project.ask(&github, ["apply", "--yes"]);
    assert_ne!(run.code, 0);
    assert!(run.err.contains("DB-001"), "{}", run.err);
}
