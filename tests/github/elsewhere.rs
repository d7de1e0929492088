//! Relations into other repositories, as whole runs: made by REST id, told where they cannot be, known from snapshots, imported.

use serde_json::{Value, json};

use crate::{
    fake::{GitHub, Whereabouts},
    roadmaps::{Account, github_across, roadmap_across},
    support::Project,
};

/// Two issues, of which the second waits for one of another repository and is a part of another.
fn source() -> Value {
    json!({ "repository": "acme/data-platform", "issues": [
        { "id": "DB-1", "title": "DB-1: One", "state": "open" },
        { "id": "DB-2", "title": "DB-2: Two", "state": "open", "blocked_by": ["DB-1", "Acme/garden#2"], "parent": "acme/garden#7" },
        { "id": "DB-3", "title": "DB-3: Three", "state": "open", "blocked_by": ["acme/garden#1"] },
    ] })
}

fn applied() -> (GitHub, Project) {
    let (github, project) = (github_across(), Project::asking(&source()));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    (github, project)
}

/// The keys of the fake for an issue of `acme/garden`.
fn garden(github: &GitHub, number: u64) -> u64 {
    github.world(|world| world.key_elsewhere("acme/garden", number)).expect("an issue that is seen")
}

fn lock(project: &Project) -> Value {
    let text = std::fs::read_to_string(project.path("roadmap/roadbook.lock.json")).expect("a lock");
    serde_json::from_str(&text).expect("JSON")
}

fn statuses(project: &Project) -> Vec<String> {
    let list = project.run(["list", "--format", "json"]).ends_with(0).json();
    let items = list["items"].as_array().expect("a list");
    items.iter().map(|item| item["status"].as_str().expect("a word").to_owned()).collect()
}

#[test]
fn they_are_made_by_rest_id_in_the_repository_that_they_are_of_and_settle() {
    let (github, project) = applied();
    // The repository has three issues: it is the other one that is given a part.
    let is_part = |line: &&String| line.starts_with("POST issues/7/sub_issues");
    assert_eq!(github.writes().iter().filter(is_part).count(), 1);
    assert_eq!(github.issue(2).parent, Some(garden(&github, 7)));
    assert_eq!(github.issue(2).blockers, [1, garden(&github, 2)]);
    github.forget();
    let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!((&plan["operations"], &plan["conflicts"]), (&json!([]), &json!([])));
    project.ask(&github, ["drift"]).ends_with(0);
    // Another case of a name is the same one, and so is the lock's.
    let mut other = source();
    other["issues"][1]["blocked_by"][1] = json!("acme/GARDEN#2");
    project.rewrite(&other);
    project.ask(&github, ["drift"]).ends_with(0);
    assert_eq!(github.writes(), [""; 0]);
    let offline = project.run(["plan", "--offline", "--format", "json"]).ends_with(0).json();
    assert_eq!(offline["operations"], json!([]), "{offline}");
}

#[test]
fn what_waits_elsewhere_is_ready_once_a_snapshot_saw_that_done() {
    let project = Project::asking(&source());
    let github = github_across();
    assert_eq!(statuses(&project), ["ready", "blocked", "unknown"]);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(lock(&project)["elsewhere"]["acme/garden#2"]["remote"]["state"], "closed");
    assert_eq!(statuses(&project), ["ready", "blocked", "blocked"]);
    github.edit_issue(garden(&github, 1), &json!({ "state": "closed", "state_reason": "completed" }));
    project.ask(&github, ["snapshot"]).ends_with(0);
    assert_eq!(statuses(&project), ["ready", "blocked", "ready"]);
    // What is not seen any more is not claimed any more.
    github.world(|world| world.hidden.insert("acme/garden".into()));
    project.ask(&github, ["snapshot"]).ends_with(0);
    assert_eq!(statuses(&project), ["ready", "blocked", "unknown"]);
}

#[test]
fn a_name_that_leads_to_no_issue_is_told_with_what_to_do_and_all_else_is_done() {
    type Spoil = fn(&GitHub, u64);
    let cases: [(&str, Spoil); 5] = [
        ("let it read `acme/garden`", |github, _| {
            github.world(|world| world.hidden.insert("acme/garden".into()));
        }),
        ("`acme/garden#1` was deleted", |github, key| {
            github.world(|world| world.issues.get_mut(&key).expect("it").whereabouts = Whereabouts::Deleted);
        }),
        ("`acme/garden#1` is `acme/park#5` now: write that name", |github, key| {
            let place = Whereabouts::Transferred("/repos/acme/park/issues/5".into());
            github.world(|world| world.issues.get_mut(&key).expect("it").whereabouts = place);
        }),
        ("`acme/garden#1` is a discussion", |github, key| {
            let place = Whereabouts::Transferred("/repos/acme/garden/discussions/5".into());
            github.world(|world| world.issues.get_mut(&key).expect("it").whereabouts = place);
        }),
        ("`acme/garden#1` is a pull request", |github, key| {
            github.world(|world| world.issues.get_mut(&key).expect("it").is_pull = true);
        }),
    ];
    for (words, spoil) in cases {
        let (github, mut source) = (github_across(), source());
        source["issues"][1].as_object_mut().expect("an object").retain(|key, _| key != "parent");
        source["issues"][1]["blocked_by"] = json!(["DB-1", "acme/garden#1"]);
        let project = Project::asking(&source);
        spoil(&github, garden(&github, 1));
        let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
        assert_eq!(run.out.matches(words).count(), 1, "{words}: {}", run.out);
        assert_eq!(github.issue(2).blockers, [1], "{words}");
        assert!(github.issue(3).blockers.is_empty(), "{words}");
        github.forget();
        let again = project.ask(&github, ["apply", "--yes"]);
        assert_eq!((again.code, github.writes().len()), (1, 0), "{words}: {}{}", again.out, again.err);
    }
}

#[test]
fn what_the_source_drops_goes_and_undo_brings_it_back() {
    let (github, project) = applied();
    let mut other = source();
    other["issues"][1]["blocked_by"] = json!(["DB-1", "acme/garden#1"]);
    other["issues"][1]["parent"] = json!("acme/garden#2");
    other["issues"][2]["blocked_by"] = json!([]);
    project.rewrite(&other);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    let related = || (github.issue(2).parent, github.issue(2).blockers, github.issue(3).blockers);
    let [one, two, seven] = [1, 2, 7].map(|number| garden(&github, number));
    assert_eq!(related(), (Some(two), vec![1, one], vec![]));
    project.ask(&github, ["drift"]).ends_with(0);
    project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(0);
    assert_eq!(related(), (Some(seven), vec![1, two], vec![one]));
}

#[test]
fn what_people_related_is_a_conflict_and_comes_home_by_its_name() {
    let (github, project) = applied();
    github.world(|world| world.make_wait(3, world.key_elsewhere("acme/garden", 7).expect("it")));
    let plan = project.ask(&github, ["plan"]).ends_with(0);
    assert!(plan.out.contains("acme/garden#7"), "{}", plan.out);
    project.ask(&github, ["drift"]).ends_with(1);
    project.ask(&github, ["apply", "--yes", "--on-conflict", "theirs"]).ends_with(0);
    assert_eq!(project.source()["issues"][2]["blocked_by"], json!(["acme/garden#1", "acme/garden#7"]));
    project.ask(&github, ["drift"]).ends_with(0);
}

#[test]
fn an_import_names_them_and_plans_nothing() {
    let (github, _) = applied();
    let other = Project::asking(&json!({}));
    other.lose("roadmap/plan.json");
    other.ask(&github, ["import", "acme/data-platform"]).ends_with(0);
    let made = std::fs::read_to_string(other.path("roadmap/milestones_and_issues.json")).expect("a source");
    let made: Value = serde_json::from_str(&made).expect("JSON");
    assert_eq!(made["issues"][1]["blocked_by"], json!(["DB-1", "acme/garden#2"]));
    assert_eq!(made["issues"][1]["parent"], json!("acme/garden#7"));
    assert_eq!(lock(&other)["elsewhere"]["acme/garden#2"]["remote"]["state"], "closed");
    github.forget();
    other.ask(&github, ["drift"]).ends_with(0);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn another_owners_parent_is_refused_by_github_and_told() {
    let github = github_across();
    github.world(|world| world.open_elsewhere("other/park", 3, &json!({ "title": "Park" })));
    let mut source = source();
    source["issues"][1]["parent"] = json!("other/park#3");
    let project = Project::asking(&source);
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    assert!(run.err.contains("same owner"), "{}", run.err);
    assert_eq!(github.issue(2).blockers, [1, garden(&github, 2)]);
}

#[test]
fn the_roadmaps_own_repository_is_no_other_one_under_any_name() {
    let github = github_across();
    let mut source = source();
    source["repository"] = json!("acme/shed");
    source["issues"][1]["parent"] = json!("Acme/Data-Platform#1");
    let project = Project::asking(&source);
    let run = project.ask(&github, ["plan", "--repo", "acme/data-platform"]).ends_with(4);
    assert!(run.err.contains("which is in `acme/data-platform` itself"), "{}", run.err);
    assert_eq!(github.writes(), [""; 0]);
}

#[test]
fn a_large_roadmap_across_repositories_is_as_it_says() {
    let source = roadmap_across(40);
    let (github, project) = (github_across(), Project::asking(&source));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    let account = Account::of(&github, &source);
    assert!(account.is_clean(), "{account:?}");
    let across = github.world(|world| {
        let mut issues = world.issues.values().filter(|issue| issue.home.is_none());
        issues.by_ref().filter(|issue| issue.blockers.iter().any(|key| *key > 1000)).count()
    });
    assert_eq!(across, 14, "one of three waits across");
}
