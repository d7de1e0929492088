//! The first apply over what was there, as whole runs: a script's issues, a lock that was lost, copies, other people's issues.

use serde_json::{Value, json};

use crate::{
    fake::GitHub,
    roadmaps::marker,
    support::{Project, Run},
};

const LOCK: &str = "roadmap/roadbook.lock.json";

fn source() -> Value {
    json!({
        "repository": "acme/data-platform",
        "labels": [{ "name": "Bug", "color": "ff0000", "description": "It fails." }],
        "milestones": [{ "id": "M-1", "title": "Begin", "description": "What.", "due_on": "2027-05-01" }],
        "issues": [
            { "title": "A-1: First", "milestone": "M-1", "body": "Do it.", "labels": ["Bug"], "state": "open" },
            { "title": "A-2: Second", "body": "Then this.", "blocked_by": ["A-1"] },
        ],
    })
}

/// A repository in which a script made the milestone and the first issue, and people went on.
fn script() -> (GitHub, Project) {
    let github = GitHub::start();
    github.world(|world| {
        world.make_milestone(&json!({ "title": "Begin", "description": "What.", "due_on": "2027-06-01" }));
        world.make_label("bug");
        world.open_issue(&json!({ "title": "A-1: First", "body": "Do it well.", "labels": ["bug"] }));
    });
    (github, Project::asking(&source()))
}

/// A repository to which it was applied, and of which no lock is left.
fn lost() -> (GitHub, Project) {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    project.lose(LOCK);
    project.lose("roadmap/roadbook.journal.jsonl");
    github.forget();
    (github, project)
}

/// What a plan leaves to be decided: each conflict's item and field.
fn conflicts(project: &Project, github: &GitHub) -> Vec<String> {
    let plan = project.ask(github, ["plan", "--format", "json"]).json();
    let told = plan["conflicts"].as_array().expect("a list").iter().map(|it| {
        let item = it["item"].as_str().or_else(|| it["label"].as_str()).unwrap_or_default();
        format!(
            "{item} {}",
            it["field"]["field"].as_str().unwrap_or_else(|| it["conflict"].as_str().unwrap_or_default())
        )
    });
    told.collect()
}

#[track_caller]
fn says(run: &Run, words: &[&str]) {
    for word in words {
        assert!(run.out.contains(word), "not `{word}`: {}", run.out);
    }
}

#[test]
fn what_a_script_left_and_people_changed_is_shown_and_kept() {
    let (github, project) = script();
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    says(
        &run,
        &["due_on: GitHub: `2027-06-01` → source: `2027-05-01`", "name: GitHub: `bug` → source: `Bug`"],
    );
    let first = github.issue(1);
    assert_eq!((first.body.as_deref(), first.milestone), (Some("Do it well."), Some(1)));
    let day = github.world(|world| world.milestones[&1].due_on.map(|day| day.to_string()));
    assert!(day.is_some_and(|day| day.starts_with("2027-06-01")));
    // Nobody chose the label's grey.
    assert_eq!(conflicts(&project, &github), ["Bug name", "M-1 due_on", "A-1 body"]);
    // A second run writes nothing, and decides nothing.
    github.forget();
    project.ask(&github, ["apply", "--yes"]).ends_with(1);
    assert_eq!(github.writes(), [""; 0]);
    // GitHub's day comes home, the rest is put right.
    project.apply(&github, &["--on-conflict", "ours", "--on-conflict", "M-1.due_on=theirs"]).ends_with(0);
    assert_eq!(project.source()["milestones"][0]["due_on"], "2027-06-01");
    assert_eq!(github.issue(1).body.as_deref(), Some(&*format!("Do it.\n\n{}", marker("A-1"))));
    project.ask(&github, ["drift"]).ends_with(0);
    github.world(|world| assert_eq!((world.issues.len(), world.labels.len()), (2, 1)));
}

#[test]
fn a_lock_that_was_lost_is_made_again_and_edits_stay() {
    let (github, project) = lost();
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.writes(), [""; 0]);
    project.ask(&github, ["drift"]).ends_with(0);
    project.lose(LOCK);
    github.edit_issue(1, &json!({ "title": "A-1: By hand", "milestone": null, "labels": [] }));
    github.edit_milestone(1, &json!({ "description": "By hand." }));
    project.ask(&github, ["apply", "--yes"]).ends_with(5);
    // A label that is missing is put on: a list is added to.
    assert_eq!(github.writes().len(), 1, "{:?}", github.writes());
    assert_eq!(conflicts(&project, &github), ["M-1 description", "A-1 title", "A-1 milestone"]);
    assert_eq!((github.issue(1).title.as_str(), github.issue(1).milestone), ("A-1: By hand", None));
}

#[test]
fn an_issue_that_shares_only_the_id_is_left_alone_until_somebody_says_yes() {
    let (github, project) = script();
    let theirs = json!({ "title": "A-2: it leaks since May", "body": "A person's report." });
    github.open_issue(&theirs);
    let before = github.issue(2);
    for winner in ["fail", "ours", "theirs"] {
        let run = project.ask(&github, ["apply", "--yes", "--on-conflict", winner, "--adopt", "oldest"]);
        says(
            &run,
            &["#2 `A-2: it leaks since May`", "`A-2: Second`", "`--adopt A-2=2`", "`--adopt A-2=new`"],
        );
        assert_eq!(github.issue(2), before, "{winner}");
    }
    project.ask(&github, ["drift"]).ends_with(1);
    let run = project.ask(&github, ["plan", "--adopt", "A-9=2"]).ends_with(2);
    assert!(run.err.contains("there is no milestone or issue `A-9`"), "{}", run.err);
    let run = project.ask(&github, ["plan", "--adopt", "A-2=99"]).ends_with(0);
    says(&run, &["#99", "GitHub does not show it"]);
    // No: a new one is made, and the report stays a report.
    project.ask(&github, ["apply", "--yes", "--adopt", "A-2=new"]);
    assert_eq!(github.issue(2), before);
    assert_eq!(github.issue(3).title, "A-2: Second");
}

#[test]
fn the_issue_that_somebody_names_is_taken_over() {
    let (github, project) = script();
    github.open_issue(&json!({ "title": "The second thing", "body": "Then this." }));
    project.apply(&github, &["--adopt", "A-2=2", "--on-conflict", "ours"]).ends_with(0);
    github.world(|world| assert_eq!(world.issues.len(), 2));
    assert!(github.issue(2).body.is_some_and(|body| body.contains(&marker("A-2"))));
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn of_copies_the_oldest_or_the_one_that_is_named_is_kept() {
    for (adopt, kept, closed) in [("oldest", 1, true), ("A-1=3", 3, false)] {
        let (github, project) = lost();
        let copy = json!({ "title": "A-1: First", "body": format!("Do it.\n\n{}", marker("A-1")) });
        github.open_issue(&copy);
        let run = project.ask(&github, ["apply", "--yes"]).ends_with(1);
        says(&run, &["#1, #3 have its marker", "`--adopt oldest`", "`--adopt A-1=3`"]);
        assert_eq!(github.writes(), [""; 0]);
        // Closing it is more than a fifth of what there is: it is asked for by its number.
        let run = project.ask(&github, ["apply", "--yes", "--adopt", adopt]);
        assert_eq!(run.code == 2, closed, "{}{}", run.out, run.err);
        project.apply(&github, &["--adopt", adopt, "--on-conflict", "ours"]);
        assert_eq!(github.issue(3).is_closed, closed);
        assert!(!github.issue(1).is_closed);
        let lock = std::fs::read_to_string(project.path(LOCK)).expect("a lock");
        let lock: Value = serde_json::from_str(&lock).expect("JSON");
        assert_eq!(lock["issues"]["a-1"]["number"], kept, "{lock}");
        project.ask(&github, ["drift"]).ends_with(0);
    }
}

#[test]
fn a_pull_request_that_carries_a_marker_is_not_written_to() {
    let (github, project) = script();
    let number = github.open_pull("A pull request");
    github.edit_issue(number, &json!({ "body": format!("As in\n\n{}", marker("A-2")) }));
    let before = github.issue(number);
    let run = project.ask(&github, ["apply", "--yes", "--on-conflict", "ours"]);
    says(&run, &["pull request"]);
    assert_eq!(github.issue(number), before);
    let run = project.ask(&github, ["plan", "--adopt", &format!("A-2={number}")]);
    says(&run, &["pull request"]);
}

#[test]
fn a_closed_issue_that_its_title_finds_stays_closed() {
    let (github, project) = script();
    github.edit_issue(1, &json!({ "state": "closed", "state_reason": "not_planned" }));
    project.ask(&github, ["apply", "--yes"]).ends_with(5);
    project.ask(&github, ["apply", "--yes", "--on-conflict", "ours"]);
    assert!(github.issue(1).is_closed);
    project.apply(&github, &["--on-conflict", "ours", "--reopen"]).ends_with(0);
    assert!(!github.issue(1).is_closed);
    github.world(|world| assert_eq!(world.issues.len(), 2));
}

#[test]
fn one_entry_that_is_missing_in_the_lock_costs_nobody_an_edit() {
    let (github, project) = (GitHub::start(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    let lock = std::fs::read_to_string(project.path(LOCK)).expect("a lock");
    let mut lock: Value = serde_json::from_str(&lock).expect("JSON");
    for (list, key) in [("issues", "a-1"), ("milestones", "m-1"), ("labels", "bug")] {
        lock[list].as_object_mut().expect("an object").remove(key).expect("an entry");
    }
    std::fs::write(project.path(LOCK), lock.to_string()).expect("a file");
    github.edit_issue(1, &json!({ "body": format!("By hand.\n\n{}", marker("A-1")) }));
    github.world(|world| world.edit_label("Bug", &json!({ "description": "By hand." })));
    github.forget();
    project.ask(&github, ["apply", "--yes"]).ends_with(1);
    assert_eq!(github.writes(), [""; 0]);
    assert_eq!(conflicts(&project, &github), ["Bug description", "A-1 body"]);
}
