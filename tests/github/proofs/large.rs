//! A plan of ten thousand issues against ten thousand: what it takes beside the requests.

use std::time::Instant;

use serde_json::Value;

use super::is_full;
use crate::{
    fake::{GitHub, World},
    program::Project,
    roadmaps::{marker, roadmap},
};

#[test]
fn a_large_plan_takes_little_beside_its_requests() {
    let count = if is_full() { 10_000 } else { 1_000 };
    let mut source = roadmap(count);
    // Ten thousand issues in one list of parts and blockers are another test's.
    for issue in source["issues"].as_array_mut().expect("a list") {
        let issue = issue.as_object_mut().expect("an object");
        issue.retain(|name, _| !["parent", "blocked_by", "assignees"].contains(&name.as_str()));
    }
    let github = GitHub::start_with(applied(&source));
    github.keep_no_answers();
    let project = Project::of(&source);
    let adopted = project.spawn(&github, &["snapshot"]);
    assert_eq!(adopted.code, Some(0), "{}", adopted.err);
    for change in [false, true] {
        if change {
            source["issues"][count / 2]["title"] = Value::from("Another title");
            project.write(&source);
        }
        github.forget();
        let began = Instant::now();
        let plan = project.spawn(&github, &["plan", "--format", "json"]).ends(0).json();
        let (whole, busy) = (began.elapsed(), github.busy());
        let requests = github.counts().requests;
        println!(
            "{count} issues: {whole:.2?} in all, {requests} requests in which the server was busy for {busy:.2?}"
        );
        let operations = plan["operations"].as_array().expect("a list").len();
        assert!(change || operations <= count, "{operations}");
    }
}

/// A repository that is as this roadmap says.
fn applied(source: &Value) -> World {
    let mut world = World::new("acme", "data-platform");
    for milestone in source["milestones"].as_array().expect("a list") {
        world.make_milestone(milestone);
    }
    for issue in source["issues"].as_array().expect("a list") {
        let mut members = issue.clone();
        let id = issue["id"].as_str().expect("an id");
        members["body"] =
            Value::from(format!("{}\n\n{}", issue["body"].as_str().expect("a body"), marker(id)));
        let milestone: u64 =
            issue["milestone"].as_str().and_then(|id| id.get(3..)?.parse().ok()).expect("a number");
        members["milestone"] = Value::from(milestone + 1);
        world.open_issue(&members);
    }
    for label in source["labels"].as_array().expect("a list") {
        world.edit_label(label["name"].as_str().expect("a name"), label);
    }
    world
}
