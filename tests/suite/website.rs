//! The website as a whole run sees it: written with everything else, compared where it is committed, and without a trace
//! of what is internal.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Project, SOURCE, pretty, same_tree};

fn roadmap(is_committed: bool, body: &str) -> Value {
    json!({
        "milestones": [{ "id": "A-M1", "title": "First" }, { "id": "A-M2", "title": "Second", "blocked_by": ["A-M1"] }],
        "issues": [
            { "title": "A-1: Dig", "milestone": "A-M1", "labels": ["area:ground"], "body": body },
            { "title": "A-2: Buy the neighbour's garden", "milestone": "A-M2", "internal": true }
        ],
        "outputs": {},
        "site": { "committed": is_committed }
    })
}

#[test]
fn a_second_build_writes_nothing_and_a_committed_site_is_compared() {
    let project = Project::of(&roadmap(true, "Deep enough.")).built();
    assert!(project.has("site/index.html") && project.has("site/issues/i-a-1.html"));
    project.run(["build"]).ends_with(0).says("0 written").says("0 removed");
    project.run(["check"]).ends_with(0);
    let before = project.tree();
    for path in before.keys().filter(|path| path.starts_with("site/")) {
        let mut bytes = before[path].clone();
        bytes.extend(b"x");
        project.write(path, &bytes);
        project.run(["check"]).ends_with(1).says("is stale").says(path);
        project.remove(path);
        project.run(["check"]).ends_with(1).says("is missing").says(path);
        project.write(path, &before[path]);
    }
    same_tree(&before, &project.tree());
    project.write("site/index.html", "<!doctype html><title>mine</title>");
    let mine = project.tree();
    project.run(["build"]).ends_with(1).says("`site/index.html` is not Roadbook's");
    same_tree(&mine, &project.tree());
}

#[test]
fn a_site_that_is_not_committed_is_not_compared_and_check_says_so() {
    let project = Project::of(&roadmap(false, "Deep enough.")).built();
    project.remove("site/index.html");
    project.run(["check"]).ends_with(0).says("site: not compared: `site.committed` is false");
}

#[test]
fn the_name_of_something_internal_is_found_on_the_site() {
    for body in ["Once A-2 is settled.", "They will buy the neighbour's garden."] {
        let project = Project::of(&roadmap(false, body)).built();
        project
            .run(["check"])
            .ends_with(1)
            .says("error[internal-leak]")
            .says("`site/issues/i-a-1.html` names it");
    }
    let quiet = Project::of(&roadmap(false, "Once there is room.")).built();
    quiet.run(["check"]).ends_with(0);
    for (path, bytes) in quiet.tree().iter().filter(|(path, _)| path.starts_with("site/")) {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("neighbour") && !text.contains("a-2<"), "{path}");
    }
    assert!(pretty(&roadmap(false, "")).contains("neighbour"), "the source holds it: {SOURCE}");
}

/// The members of objects, each with the list that the objects stand in.
fn members(value: &Value, list: &str, found: &mut BTreeSet<(String, String)>) {
    for (name, value) in value.as_object().into_iter().flatten() {
        found.insert((list.to_owned(), name.clone()));
        value.as_array().into_iter().flatten().for_each(|item| members(item, name, found));
    }
}

/// The members that the published schema names.
fn told(schema: &Value) -> BTreeSet<(String, String)> {
    let lists = [
        ("Roadmap", ""),
        ("LinkedMilestone", "milestones"),
        ("LinkedIssue", "issues"),
        ("LinkedLabel", "labels"),
        ("Phase", "phases"),
    ];
    let members = |(name, list): (&str, &'static str)| {
        let members = schema["$defs"][name]["properties"].as_object().expect("members");
        members.keys().map(|key| (list.to_owned(), key.clone())).collect::<Vec<_>>()
    };
    lists.into_iter().flat_map(members).collect()
}

#[test]
fn the_data_holds_what_its_schema_names_and_nothing_else() {
    let mut source = roadmap(false, "Secret of the garden.");
    source["repository"] = json!("o/r");
    source["as_of"] = json!("2026-11-22");
    source["site"]["url"] = json!("https://example.org/roadmap/");
    source["labels"] = json!([{ "name": "area:ground", "description": "below", "color": "1d76db" }]);
    source["phases"] = json!([{ "title": "One", "milestones": ["A-M1", "A-M2"], "body": "Go." }]);
    let days = json!({ "start_on": "2026-09-01", "due_on": "2026-11-10", "planned_due_on": "2026-11-01", "extra": { "secret": 1 } });
    let milestone = json!({ "owner": "ada", "state": "open", "goal": "Reached.", "updates": [{ "on": "2026-11-20", "health": "at-risk" }] });
    let issue = json!({ "state": "open", "assignees": ["ada"], "type": "Task", "estimate": 3 });
    for (list, more) in [("milestones", milestone), ("issues", issue)] {
        for (name, value) in days.as_object().into_iter().chain(more.as_object()).flatten() {
            source[list][0][name] = value.clone();
        }
    }
    let last = json!({ "title": "A-3: Fill", "milestone": "A-M2", "parent": "A-1", "blocked_by": ["A-1"],
        "state": "closed", "state_reason": "completed", "closed_on": "2026-11-01" });
    source["issues"].as_array_mut().expect("a list").push(last);
    let project = Project::of(&source);
    project.run(["build"]);
    let data: Value = serde_json::from_str(&project.text("site/roadmap.json")).expect("it is JSON");
    let mut found = BTreeSet::new();
    members(&data, "", &mut found);
    let schema = project.run(["schema", "data"]).ends_with(0).json();
    assert_eq!(found, told(&schema));
}

#[test]
fn two_roadmaps_of_one_repository_have_calendars_of_their_own() {
    let project = Project::empty();
    let uids = |folder: &str| {
        let plan = json!({
            "repository": "o/r", "outputs": { "site": format!("site-{folder}") },
            "milestones": [{ "id": "M-1", "title": "Shed", "due_on": "2027-05-31" }], "issues": [],
        });
        project.write(&format!("{folder}/plan.json"), plan.to_string());
        project.run(["build", "--root", ".", "--roadmap", folder]).ends_with(0);
        let calendar = project.text(&format!("site-{folder}/roadmap.ics"));
        calendar.lines().find(|line| line.starts_with("UID:")).expect("an event").to_owned()
    };
    assert_eq!(uids("roadmap"), "UID:m-m-1@o/r/roadmap");
    assert_eq!(uids("plans"), "UID:m-m-1@o/r/roadmap/plans");
}
