//! The published JSON Schema: it is fresh, it takes what Roadbook takes, and it refuses what Roadbook refuses.
//!
//! The validator is not ours.

use std::{fs, path::PathBuf};

use jsonschema::Validator;
use roadbook::internals::source::schema::json_schema;
use serde_json::{Value, json};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn validator() -> Validator {
    jsonschema::validator_for(&json_schema()).expect("the schema is one")
}

fn source(path: &PathBuf) -> Value {
    serde_json::from_slice(&fs::read(path).expect("it is there")).expect("it is JSON")
}

#[test]
fn the_committed_schema_is_fresh() {
    let committed = fs::read_to_string(repository().join("roadmap/roadbook.schema.json")).unwrap_or_default();
    let fresh = serde_json::to_string_pretty(&json_schema()).expect("JSON") + "\n";
    assert!(
        committed.replace("\r\n", "\n") == fresh,
        "roadmap/roadbook.schema.json is stale. To repair: cargo run -- schema > roadmap/roadbook.schema.json"
    );
}

#[test]
fn our_own_sources_are_valid() {
    let mut sources = vec![repository().join("roadmap/milestones_and_issues.json")];
    for fixture in fs::read_dir(repository().join("tests/fixtures")).expect("the fixtures") {
        let folder = fixture.expect("a fixture").path().join("roadmap");
        for file in fs::read_dir(&folder).into_iter().flatten() {
            let path = file.expect("a file").path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            if name.ends_with(".json") && !name.starts_with("roadbook.") && !name.ends_with(".schema.json") {
                sources.push(path);
            }
        }
    }
    assert!(sources.len() > 2, "the fixtures hold sources: {sources:?}");
    let validator = validator();
    for path in sources {
        let errors: Vec<_> = validator
            .iter_errors(&source(&path))
            .map(|error| format!("{error} at {}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{}", path.display());
    }
}

#[test]
fn planted_faults_are_refused() {
    let good = source(&repository().join("roadmap/milestones_and_issues.json"));
    let validator = validator();
    assert!(validator.is_valid(&good));
    let faults: [(&str, &str, Value); 12] = [
        ("an unknown key at the top", "/milestons", json!([])),
        ("an unknown key of an issue", "/issues/0/lables", json!([])),
        ("an unknown key of a milestone", "/milestones/0/due", json!("2026-01-01")),
        ("a title that is a number", "/issues/0/title", json!(7)),
        ("an empty title", "/milestones/0/title", json!("")),
        ("a title that is null", "/issues/3/title", json!(null)),
        ("labels that are a text", "/issues/0/labels", json!("area:db")),
        ("a state that is none", "/issues/0/state", json!("done")),
        ("a health that is none", "/milestones/0/updates", json!([{ "on": "2026-01-01", "health": "good" }])),
        ("an update without a day", "/milestones/0/updates", json!([{ "text": "it goes well" }])),
        ("a colour with a number sign", "/labels/0/color", json!("#ff0000")),
        ("an estimate below 0", "/issues/0/estimate", json!(-1)),
    ];
    for (what, path, value) in faults {
        let mut bad = good.clone();
        let (parent, key) = path.rsplit_once('/').expect("a pointer");
        bad.pointer_mut(parent).expect("it is there")[key] = value;
        assert!(!validator.is_valid(&bad), "{what} is not refused");
    }
}

#[test]
fn what_is_required_is_missed() {
    let validator = validator();
    assert!(validator.is_valid(&json!({})), "every top-level key is optional");
    for list in ["milestones", "issues", "phases", "sections"] {
        assert!(!validator.is_valid(&json!({ list: [{}] })), "an item of `{list}` without its title");
    }
    assert!(!validator.is_valid(&json!({ "labels": [{}] })), "a label without its name");
    assert!(!validator.is_valid(&json!([])), "a list at the top");
}
