//! A label that has both its former and its new name on GitHub: told, merged where that is asked for, resumed, undone.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::{
    fake::{Fault, GitHub, Hook, When},
    proofs::{is_full, sampled},
    support::Project,
};

fn source() -> Value {
    json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "area:storage", "color": "00ff00", "was": ["area:db", "db"] }],
        "milestones": [{ "id": "M-1", "title": "Begin", "was": ["Start"] }],
        "issues": [
            { "title": "A-1: First", "labels": ["area:storage"] },
            { "title": "A-2: Second", "milestone": "M-1" },
        ],
    })
}

/// A repository in which people went on with the old label: an issue of ours, one of theirs that is closed, a pull request.
fn scene() -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.world(|world| {
        world.make_label("area:db");
        world.edit_label("area:db", &json!({ "color": "abcdef", "description": "Tables." }));
        world.edit_issue(2, &json!({ "labels": ["area:db", "theirs"] }));
        world.open_issue(&json!({ "title": "By hand", "labels": ["area:db"], "state": "closed" }));
        let pull = world.open_pull("A pull request");
        world.edit_issue(pull, &json!({ "labels": ["area:db"], "body": "Their words." }));
        world.open_issue(&json!({ "title": "With both", "labels": ["Area:DB", "area:storage"] }));
    });
    github.forget();
    (github, project)
}

/// The labels of each issue and pull request.
fn labels(github: &GitHub) -> Vec<Vec<String>> {
    github.world(|world| {
        let name =
            |id: &u64| world.labels.iter().find(|label| label.id == *id).map(|label| label.name.clone());
        let of = |issue: &crate::fake::Issue| {
            let mut names: Vec<_> = issue.labels.iter().filter_map(name).collect();
            names.sort();
            names
        };
        world.issues.values().map(of).collect()
    })
}

const MERGED: [&[&str]; 5] =
    [&["area:storage"], &["area:storage", "theirs"], &["area:storage"], &["area:storage"], &["area:storage"]];

#[test]
fn a_former_name_that_cannot_be_followed_is_told() {
    let (github, project) = scene();
    let before = github.dump();
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(0);
    let words = "label `area:db` cannot be renamed to `area:storage`, which is there as well: `--merge-labels` moves its 3 issues and 1 pull request over";
    assert!(run.out.contains(words), "{}", run.out);
    assert_eq!(github.writes(), [""; 0]);
    assert_eq!(github.dump().labels, before.labels);
    github.world(|world| {
        let number = world.make_milestone(&json!({ "title": "Start" }));
        world.edit_issue(3, &json!({ "milestone": number }));
    });
    let run = project.ask(&github, ["plan"]).ends_with(0);
    assert!(run.out.contains("milestone `Start` cannot be renamed to `Begin`, which is there as well (#1): move its 1 issue over"), "{}", run.out);
}

#[test]
fn labels_are_merged_issues_first_and_taken_apart_again() {
    let (github, project) = scene();
    let before = (labels(&github), github.dump());
    let plan = project.ask(&github, ["plan", "--merge-labels"]).ends_with(0);
    assert!(plan.out.contains("merged into `area:storage`"), "{}", plan.out);
    project.apply(&github, &["--merge-labels"]).ends_with(0);
    let writes = github.writes();
    let kinds: Vec<_> =
        writes.iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        kinds,
        ["POST issues/2/labels", "POST issues/3/labels", "POST issues/4/labels", "DELETE labels/area%3Adb"],
        "{writes:?}"
    );
    assert_eq!(labels(&github), MERGED);
    assert_eq!(github.issue(4).body.as_deref(), Some("Their words."));
    let run = project.ask(&github, ["drift"]).ends_with(0);
    assert!(!run.out.contains("area:db"), "{}", run.out);
    // And back: the label is what it was, and on what it was on.
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert_eq!(labels(&github), before.0);
    let of = |world: &crate::fake::World| {
        world.label("area:db").map(|it| (it.color.clone(), it.description.clone()))
    };
    assert_eq!(of(&github.dump()), of(&before.1));
    project.ask(&github, ["plan"]).ends_with(0);
}

#[test]
fn a_label_that_somebody_puts_on_meanwhile_is_not_lost() {
    let (github, project) = scene();
    project.ask(&github, ["plan", "--merge-labels", "--out", "merge.json"]).ends_with(0);
    github.open_issue(&json!({ "title": "Late", "labels": ["area:db"] }));
    let run = project.apply(&github, &["merge.json"]).ends_with(5);
    assert!(run.err.contains("1 issue still without `area:storage`"), "{}", run.err);
    assert!(github.world(|world| world.label("area:db").is_some()));
    project.apply(&github, &["--merge-labels"]).ends_with(0);
    assert_eq!(labels(&github).last().map(Vec::as_slice), Some(&["area:storage".to_owned()][..]));
}

#[test]
fn two_former_names_and_a_lock_that_was_lost() {
    let (github, project) = scene();
    github.world(|world| {
        world.make_label("db");
        world.edit_issue(3, &json!({ "labels": ["db", "area:db"] }));
    });
    project.lose("roadmap/roadbook.lock.json");
    project.apply(&github, &["--merge-labels", "--on-conflict", "ours"]).ends_with(0);
    assert_eq!(labels(&github), MERGED);
    github.world(|world| assert_eq!(world.labels.len(), 2, "{:?}", world.labels));
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn a_merge_that_fails_or_is_killed_at_any_request_goes_on() {
    for kind in 0..3 {
        for nth in sampled(14, if is_full() { 1 } else { 3 }, kind) {
            let (github, project) = scene();
            let undone = labels(&github);
            match kind {
                0 => killed(&github, &project, nth),
                1 => {
                    github.fault(When::Request(nth), Fault::DropsAfter);
                    project.apply(&github, &["--merge-labels"]);
                }
                _ => {
                    github.fault_times(When::Request(nth), 9, Fault::Forbidden);
                    project.apply(&github, &["--merge-labels"]);
                }
            }
            github.heal();
            // Nothing has lost the old label before it has the new one.
            let halfway = labels(&github);
            let is_kept =
                |names: &Vec<String>| names.iter().any(|it| it == "area:db" || it == "area:storage");
            assert!(halfway.iter().all(is_kept), "{kind} at {nth}: {halfway:?}");
            project.apply(&github, &["--merge-labels"]).ends_with(0);
            assert_eq!(labels(&github), MERGED, "{kind} at {nth}");
            project.ask(&github, ["drift"]).ends_with(0);
            project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
            let back = labels(&github);
            for (was, now) in undone.iter().zip(&back).filter(|(was, _)| was.iter().any(|it| it == "area:db"))
            {
                // What was cut off before it was entered may keep the new label as well.
                let kept: Vec<_> =
                    now.iter().filter(|it| was.contains(it) || *it != "area:storage").collect();
                if github.world(|world| world.label("area:db").is_some()) {
                    assert_eq!(kept, was.iter().collect::<Vec<_>>(), "{kind} at {nth}");
                }
            }
        }
    }
}

/// Runs the merge in the real program until it is killed at that request.
fn killed(github: &GitHub, project: &Project, nth: u64) {
    let child = Arc::new(Mutex::new(None::<std::process::Child>));
    let victim = Arc::clone(&child);
    let hook: Hook = Arc::new(move || {
        if let Some(child) = victim.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            let _ = child.kill();
            let _ = child.wait();
        }
    });
    github.fault(When::Request(nth), Fault::After(hook));
    let mut held = child.lock().unwrap_or_else(PoisonError::into_inner);
    let started = project.command(github, ["apply", "--yes=1", "--merge-labels"]).spawn();
    let mut started = started.expect("a program that starts");
    let pipe = started.stdout.take();
    *held = Some(started);
    drop(held);
    let _ = std::io::Read::read_to_end(&mut pipe.expect("a pipe"), &mut Vec::new());
    let _ = child.lock().unwrap_or_else(PoisonError::into_inner).as_mut().expect("the child").wait();
}
