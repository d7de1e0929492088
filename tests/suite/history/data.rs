//! What programs are told: the same members with the same values in every document, all of it as the published schema says.

use std::collections::BTreeMap;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::support::Project;

/// A roadmap in which every member has a value somewhere, and none somewhere.
fn plan() -> Value {
    json!({
        "title": "Launch",
        "repository": "acme/garden",
        "labels": [{ "name": "area:db", "description": "Databases", "color": "00ff00" }, { "name": "bare" }],
        "phases": [{ "title": "One", "milestones": ["M-1"] }],
        "milestones": [
            { "id": "M-1", "title": "M-1 – First", "owner": "ada", "description": "It *stands*.", "goal": "All of it.", "state": "open",
              "start_on": "2026-09-01", "due_on": "2026-11-20", "planned_due_on": "2026-11-06",
              "updates": [{ "on": "2026-11-12", "health": "at-risk", "text": "Late." }] },
            { "id": "M-2", "title": "M-2 – Second", "blocked_by": ["M-1"], "due_on": "2027-02-01" },
            { "id": "M-3", "title": "M-3 – Bare" }
        ],
        "issues": [
            { "title": "A-1: Write", "milestone": "M-1", "state": "closed", "state_reason": "completed", "closed_on": "2026-10-30",
              "estimate": 5, "type": "Task", "labels": ["area:db"], "assignees": ["ada", "linus"] },
            { "title": "A-2: Build, \"well\"", "milestone": "M-1", "state": "open", "blocked_by": ["A-1"], "estimate": 2.5,
              "start_on": "2026-11-01", "due_on": "2026-11-18", "planned_due_on": "2026-11-12", "body": "Do it." },
            { "title": "A-3: Sell", "milestone": "M-2", "state": "open", "blocked_by": ["A-2"], "parent": "A-2", "due_on": "2026-11-21" },
            { "title": "A-4: Bare" }
        ]
    })
}

fn repository() -> Project {
    let repository = Project::repository();
    repository.commit_plan("2026-10-01", &plan());
    let mut source = plan();
    source["as_of"] = "2026-11-22".into();
    source["issues"][0]["title"] = "A-1: Write well".into();
    source["issues"][1]["due_on"] = "2026-11-20".into();
    source["issues"][1]["labels"] = json!(["bare"]);
    source["milestones"][2]["goal"] = "Much.".into();
    repository.commit_plan("2026-10-09", &source);
    repository.spawn(["build"]).ends_with(0);
    repository
}

fn printed(repository: &Project, args: &[&str]) -> Value {
    repository.spawn([args, &["--format", "json"]].concat()).ends_with(0).json()
}

fn published(repository: &Project) -> Value {
    serde_json::from_str(&repository.text("site/roadmap.json")).expect("it is JSON")
}

/// The validator of a crate that is not ours, by the schema that users get.
fn validator(repository: &Project) -> (Value, Validator) {
    let schema = repository.spawn(["schema", "data"]).ends_with(0).json();
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    (schema, validator)
}

/// All documents, by what makes them.
fn documents(repository: &Project) -> BTreeMap<&'static str, Value> {
    BTreeMap::from([
        ("roadmap.json", published(repository)),
        ("list", printed(repository, &["list"])),
        ("list milestones", printed(repository, &["list", "milestones"])),
        ("list labels", printed(repository, &["list", "labels"])),
        ("next", printed(repository, &["next"])),
        ("show issue", printed(repository, &["show", "A-2"])),
        ("show milestone", printed(repository, &["show", "M-1"])),
        ("show label", printed(repository, &["show", "area:db"])),
        ("report", printed(repository, &["report", "--since", "2026-10-01"])),
        ("diff", printed(repository, &["diff", "HEAD~1..HEAD"])),
    ])
}

#[test]
fn every_document_is_as_the_schema_says_and_has_every_member() {
    let repository = repository();
    let (schema, validator) = validator(&repository);
    let mut spoiled = 0;
    for (name, document) in documents(&repository) {
        let faults: Vec<_> = validator.iter_errors(&document).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
        // Each member is demanded: without it the document is none.
        for key in document.as_object().expect("an object").keys() {
            let mut without = document.clone();
            without.as_object_mut().expect("an object").remove(key);
            assert!(!validator.is_valid(&without), "{name} is valid without `{key}`");
            spoiled += 1;
        }
    }
    assert!(spoiled > 50, "{spoiled}");
    // And what is printed is described: no member is unknown to the schema.
    let described = |name: &str| schema["$defs"][name]["properties"].as_object().expect("members").clone();
    let list = printed(&repository, &["list"]);
    let issue = described("Issue");
    for key in list["items"][0].as_object().expect("an object").keys() {
        assert!(issue.contains_key(key), "{key}");
    }
    for (name, members) in
        ["Issue", "Milestone", "Label", "Report", "Diff"].map(|name| (name, described(name)))
    {
        for (key, member) in members {
            let is_told = member["description"].as_str().is_some_and(|words| words.ends_with('.'))
                || member.get("$ref").is_some();
            assert!(is_told, "`{key}` of {name} has no description");
        }
    }
}

/// The items of a document by kind and id.
fn items<'v>(
    lists: impl IntoIterator<Item = &'v Value>,
) -> BTreeMap<(String, String), &'v Map<String, Value>> {
    let all = lists.into_iter().flat_map(|list| list.as_array().expect("a list"));
    let item = |item: &'v Value| {
        let name = item.get("id").or(item.get("name")).and_then(Value::as_str).expect("a name");
        (
            (item["kind"].as_str().expect("a kind").to_owned(), name.to_owned()),
            item.as_object().expect("an object"),
        )
    };
    all.map(item).collect()
}

#[test]
fn an_item_is_told_alike_everywhere() {
    let repository = repository();
    let all = documents(&repository);
    let roadmap = &all["roadmap.json"];
    let listed: Vec<_> =
        ["list", "list milestones", "list labels"].iter().map(|name| &all[name]["items"]).collect();
    let listed = items(listed);
    assert_eq!(listed.len(), 4 + 3 + 2);
    let report = &all["report"];
    let others = [
        ("roadmap.json", items(["milestones", "labels", "issues"].map(|list| &roadmap[list])), 9),
        ("show", items(["show issue", "show milestone", "show label"].map(|name| &all[name]["items"])), 3),
        (
            "report",
            items([
                &report["milestones"],
                &report["overdue"],
                &report["slipped"],
                &report["blocked"],
                &report["ready"],
            ]),
            5,
        ),
    ];
    for (document, items, count) in others {
        assert_eq!(items.len(), count, "{document}: {:?}", items.keys());
        for (name, item) in items {
            for (key, value) in listed[&name] {
                assert_eq!(item.get(key), Some(value), "`{key}` of {name:?} in {document}");
            }
        }
    }
}

#[test]
fn the_table_holds_the_same_values() {
    let repository = repository();
    let table = repository.spawn(["report", "--format", "csv"]).ends_with(0).out;
    let mut rows = csv(&table).into_iter();
    let head = rows.next().expect("a head");
    let all = documents(&repository);
    let listed = items(["list", "list milestones"].map(|name| &all[name]["items"]));
    let rows: Vec<_> = rows.collect();
    assert_eq!(rows.len(), listed.len());
    for row in rows {
        let cells: BTreeMap<_, _> = head.iter().map(String::as_str).zip(row).collect();
        let item = listed[&(cells["kind"].clone(), cells["id"].clone())];
        for (key, value) in item {
            match value {
                Value::Object(members) => {
                    for (member, value) in members {
                        if let Some(cell) = cells.get(format!("{key}.{member}").as_str()) {
                            assert_eq!(*cell, flat(value), "{key}.{member} of {}", cells["id"]);
                        }
                    }
                }
                Value::Null if !cells.contains_key(key.as_str()) => {
                    let mut members = cells.iter().filter(|(name, _)| name.starts_with(&format!("{key}.")));
                    assert!(members.all(|(_, cell)| cell.is_empty()), "{key} of {}", cells["id"]);
                }
                value => assert_eq!(cells.get(key.as_str()), Some(&flat(value)), "{key} of {}", cells["id"]),
            }
        }
    }
}

/// A value as a cell.
fn flat(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(list) => {
            list.iter().map(|one| one.as_str().expect("a text")).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// The rows of a table, by RFC 4180.
fn csv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows
}
