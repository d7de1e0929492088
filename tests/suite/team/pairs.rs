//! The ordinary pairs of edits on two branches.

use serde_json::{Value, json};

use super::repository::{Merge, by_id, harbour, item};
use crate::support::{Project, SOURCE, pretty};

/// Merges what two people did, in both directions.
#[track_caller]
fn both(ann: &[&[&str]], bob: &[&[&str]]) -> [Merge; 2] {
    let repository = Project::shared(&harbour());
    repository.branch("ann", ann);
    repository.branch("bob", bob);
    [repository.merge("ann", "bob"), repository.merge("bob", "ann")]
}

/// The same where nothing contradicts: both directions come to the same.
#[track_caller]
fn merged(ann: &[&[&str]], bob: &[&[&str]]) -> Value {
    let [one, other] = both(ann, bob);
    assert!(one.is_clean && other.is_clean, "{}\n{}", one.said, other.said);
    assert_eq!(by_id(&one.plan), by_id(&other.plan));
    one.plan
}

/// The same where one field gets two values: what is said names it and both, and so does the file.
#[track_caller]
fn conflict(ann: &[&[&str]], bob: &[&[&str]], words: [&str; 3]) {
    for merge in both(ann, bob) {
        assert!(!merge.is_clean, "{}", merge.said);
        for word in words {
            assert!(merge.said.contains(word), "{word}: {}", merge.said);
        }
        assert_eq!(merge.plan, Value::Null, "it holds markers");
    }
}

#[test]
fn both_add() {
    let repository = Project::shared(&harbour());
    repository
        .branch("ann", &[&["add", "issue", "Paint it", "--milestone", "HB-M1", "--body", "Before HB-002."]]);
    repository.branch(
        "bob",
        &[
            &["add", "issue", "Oil the crane", "--milestone", "HB-M2"],
            &[
                "add",
                "issue",
                "Test the crane",
                "--milestone",
                "HB-M2",
                "--blocked-by",
                "HB-004",
                "--body",
                "After HB-004.",
            ],
        ],
    );
    for (into, from, kept, moved) in
        [("ann", "bob", "Paint it", "Oil the crane"), ("bob", "ann", "Oil the crane", "Paint it")]
    {
        let merge = repository.merge(into, from);
        assert!(merge.is_clean, "{}", merge.said);
        assert_eq!(item(&merge.plan, "HB-004")["title"], kept);
        assert_eq!(item(&merge.plan, "HB-006")["title"], moved, "{}", merge.said);
        let oil =
            merge.plan["issues"].as_array().expect("issues").iter().find(|it| it["title"] == "Oil the crane");
        let oil = oil.expect("it is there")["id"].as_str().expect("an id").to_owned();
        let test = item(&merge.plan, "HB-005");
        assert_eq!(test["blocked_by"], json!([oil]), "what refers to it follows");
        assert_eq!(test["body"], format!("After {oil}."));
        assert!(merge.said.contains("both sides added `HB-004`"), "{}", merge.said);
    }
}

#[test]
fn add_and_close() {
    let plan = merged(
        &[&["add", "issue", "Paint it", "--milestone", "HB-M1"]],
        &[&["close", "HB-002", "--on", "2026-11-20"]],
    );
    assert_eq!(item(&plan, "HB-004")["title"], "Paint it");
    assert_eq!(item(&plan, "HB-002")["closed_on"], "2026-11-20");
}

#[test]
fn move_and_rename() {
    let plan = merged(
        &[&["move", "HB-002", "HB-M2"]],
        &[&["rename", "HB-002", "HB-102"], &["rename", "HB-M2", "HB-M9"]],
    );
    assert_eq!(item(&plan, "HB-102")["milestone"], "HB-M9");
    assert_eq!(item(&plan, "HB-003")["milestone"], "HB-M9");
    let plan = merged(
        &[&["set", "HB-003", "blocked_by+=HB-002"], &["add", "issue", "Paint", "--blocked-by", "HB-002"]],
        &[&["rename", "HB-002", "HB-102"]],
    );
    assert_eq!(item(&plan, "HB-003")["blocked_by"], json!(["HB-102"]), "a new reference follows a rename");
}

#[test]
fn two_due_days_of_different_issues() {
    let plan = merged(&[&["set", "HB-001", "due_on=2026-12-05"]], &[&["set", "HB-002", "due_on=2026-12-12"]]);
    assert_eq!(item(&plan, "HB-001")["due_on"], "2026-12-05");
    assert_eq!(item(&plan, "HB-002")["due_on"], "2026-12-12");
}

#[test]
fn different_fields_of_one_issue() {
    let plan = merged(&[&["set", "HB-001", "due_on=2026-12-05"]], &[&["set", "HB-001", "estimate=3"]]);
    let pier = item(&plan, "HB-001");
    assert_eq!((&pier["due_on"], &pier["estimate"]), (&json!("2026-12-05"), &json!(3)));
}

#[test]
fn label_and_title() {
    let plan = merged(
        &[&["set", "HB-001", "labels+=risk"]],
        &[&["set", "HB-001", "labels+=wood"], &["set", "HB-001", "title=Build the long pier"]],
    );
    let pier = item(&plan, "HB-001");
    assert_eq!(pier["title"], "Build the long pier");
    assert_eq!(
        by_id(&json!({ "issues": [pier] }))["issues"][0]["labels"],
        json!(["risk", "type:build", "wood"])
    );
}

#[test]
fn both_set_the_same_field() {
    conflict(
        &[&["set", "HB-001", "title=Build a pier"]],
        &[&["set", "HB-001", "title=Build two piers"]],
        ["`title` of `HB-001`", "`Build a pier`", "`Build two piers`"],
    );
}

#[test]
fn delete_and_edit() {
    let repository = Project::shared(&harbour());
    let mut plan = harbour();
    plan["issues"].as_array_mut().expect("issues").truncate(2);
    repository.git("checkout --quiet -b ann").ends_with(0);
    repository.write(SOURCE, pretty(&plan));
    repository.finish_branch("ann");
    repository.branch("bob", &[&["set", "HB-003", "estimate=5"]]);
    repository.branch("eve", &[&["set", "HB-002", "estimate=5"]]);
    for (into, from) in [("ann", "bob"), ("bob", "ann")] {
        let merge = repository.merge(into, from);
        assert!(!merge.is_clean && merge.plan.is_null());
        assert!(merge.said.contains("conflict: `HB-003` is "), "{}", merge.said);
        assert!(merge.said.contains("removed") && merge.said.contains("changed"), "{}", merge.said);
    }
    let merge = repository.merge("eve", "ann");
    assert!(merge.is_clean, "{}", merge.said);
    assert_eq!(merge.plan["issues"].as_array().map(Vec::len), Some(2));
}

#[test]
fn both_pin() {
    let repository = Project::team();
    repository.write(
        SOURCE,
        "{ \"milestones\": [{ \"title\": \"Beta\" }], \"issues\": [\n  { \"title\": \"Log in\", \"milestone\": \"Beta\", \"state\": \"open\" },\n  { \"title\": \"Log out\", \"milestone\": \"Beta\", \"state\": \"open\" }\n] }\n",
    );
    repository.set_up();
    repository.branch("ann", &[&["pin"], &["set", "log-in", "estimate=1"]]);
    repository.branch("bob", &[&["pin"], &["set", "log-in", "labels+=web"]]);
    repository.branch("eve", &[&["set", "log-out", "estimate=2"]]);
    let merge = repository.merge("ann", "bob");
    assert!(merge.is_clean, "{}", merge.said);
    let item = item(&merge.plan, "log-in");
    assert_eq!((&item["estimate"], &item["labels"]), (&json!(1), &json!(["web"])));
    let merge = repository.merge("eve", "ann");
    assert!(merge.is_clean, "an item is the same with its id and without: {}", merge.said);
    assert_eq!(super::repository::item(&merge.plan, "log-out")["estimate"], 2);
}
