//! A plan of ten thousand issues against ten thousand: what it takes beside the requests.

use std::{
    fs,
    io::Read,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::is_full;
use crate::{
    fake::{GitHub, World},
    roadmaps::{marker, roadmap},
    support::Project,
};

#[test]
fn a_large_plan_takes_little_beside_its_requests() {
    let count = if is_full() { 10_000 } else { 1_000 };
    // A program that is soon done may end between two looks at it: the most that was seen is near what it held.
    let small = (0..3).map(|_| peak_of(count / 10)).max().unwrap_or_default();
    let large = peak_of(count);
    // Memory is in proportion to what there is; a few megabytes are the program itself.
    assert!(large <= small.saturating_mul(10), "{small} kB, then {large} kB");
}

/// Plans that many issues against as many, tells what it took, and gives the most memory that it held, in kB.
fn peak_of(count: usize) -> u64 {
    let mut source = roadmap(count);
    // What they wait for is asked of each by itself: that is time of requests.
    for issue in source["issues"].as_array_mut().expect("a list") {
        let issue = issue.as_object_mut().expect("an object");
        issue.retain(|name, _| !["parent", "blocked_by", "assignees"].contains(&name.as_str()));
    }
    let github = GitHub::start_with(applied(&source));
    github.keep_no_answers();
    let project = Project::asking(&source);
    project.really_ask(&github, ["snapshot"]).ends_with(0);
    source["issues"][count / 2]["title"] = Value::from("Another title");
    project.rewrite(&source);
    github.forget();
    let began = Instant::now();
    let (run, peak) = watched(&mut project.command(&github, ["plan", "--format", "json"]));
    let (whole, busy, requests) = (began.elapsed(), github.busy(), github.counts().requests);
    println!(
        "{count} issues: {whole:.2?} and {peak} kB in all, {requests} requests in which the server was busy for {busy:.2?}"
    );
    let plan: Value = serde_json::from_slice(&run).expect("a plan");
    assert!(plan["operations"].as_array().is_some_and(|operations| operations.len() <= count), "{plan}");
    peak
}

/// Runs a program: what it wrote, and the most memory that it held, in kB, as far as the system tells.
fn watched(command: &mut Command) -> (Vec<u8>, u64) {
    let mut child = command.spawn().expect("a program that starts");
    let mut pipe = child.stdout.take().expect("a pipe");
    let reader = thread::spawn(move || {
        let mut out = Vec::new();
        pipe.read_to_end(&mut out).map(|_| out).unwrap_or_default()
    });
    let mut peak = 0;
    while child.try_wait().is_ok_and(|status| status.is_none()) {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(peak).max(peak);
        thread::sleep(Duration::from_millis(5));
    }
    (reader.join().unwrap_or_default(), peak)
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
