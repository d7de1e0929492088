//! Requests at random, sound and unsound ones, without a socket: whatever is asked, the answer is one that GitHub's
//! document allows.

use serde_json::{Value, json};

use crate::{
    document::document,
    fake::{self, Entry, Request, TOKEN, World},
    support::Dice,
};

/// How many requests are tried.
const TRIES: usize = 4_000;

#[test]
fn no_request_gets_an_answer_that_github_would_not_give() {
    let dice = Dice::new(1);
    let mut world = World::new("acme", "data-platform");
    let mut statuses = std::collections::BTreeMap::<u16, usize>::new();
    for nth in 1..=TRIES {
        let request = request(&dice, &world);
        let answer = fake::answer(&mut world, &request);
        let entry = Entry::answered(nth as u64, &request, &answer, false, true);
        let faults = document().faults(std::slice::from_ref(&entry), false);
        assert!(faults.is_empty(), "{} gave {}: {faults:#?}", entry.line(), entry.answer);
        *statuses.entry(answer.status).or_default() += 1;
    }
    println!("{TRIES} requests: {statuses:?}");
    // They met things that are there, and things that are not.
    assert!(
        [200, 201, 204, 404, 422].iter().all(|status| statuses.get(status).is_some_and(|count| *count > 50))
    );
}

/// A request to one of the addresses, with members that may be sound.
fn request(dice: &Dice, world: &World) -> Request {
    let number = 1 + dice.below(world.issues.len() + 2);
    let id = world.issues.values().nth(dice.below(world.issues.len() + 1)).map_or(7, |issue| issue.id);
    let label = dice.one(&["area:db", "AREA:DB", "new", "a%2Fb", "absent"]);
    let milestone = 1 + dice.below(5);
    let issue = format!("issues/{number}");
    let (method, path) = dice.one(&[
        ("GET", String::new()),
        ("GET", "labels".to_owned()),
        ("POST", "labels".to_owned()),
        ("PATCH", format!("labels/{label}")),
        ("DELETE", format!("labels/{label}")),
        ("GET", "milestones".to_owned()),
        ("POST", "milestones".to_owned()),
        ("PATCH", format!("milestones/{milestone}")),
        ("DELETE", format!("milestones/{milestone}")),
        ("GET", "issues".to_owned()),
        ("POST", "issues".to_owned()),
        ("POST", "issues".to_owned()),
        ("PATCH", issue.clone()),
        ("GET", issue.clone()),
        ("POST", format!("{issue}/sub_issues")),
        ("GET", format!("{issue}/sub_issues")),
        ("DELETE", format!("{issue}/sub_issue")),
        ("GET", format!("{issue}/parent")),
        ("POST", format!("{issue}/dependencies/blocked_by")),
        ("GET", format!("{issue}/dependencies/blocked_by")),
        ("DELETE", format!("{issue}/dependencies/blocked_by/{id}")),
        ("POST", format!("{issue}/labels")),
        ("POST", format!("{issue}/assignees")),
        ("GET", "issue-types".to_owned()),
    ]);
    let query = dice.one(&[
        "",
        "state=all&per_page=2",
        "state=wat",
        "per_page=0&page=-1",
        "page=99999999999999999999",
    ]);
    let has_body = method != "GET" && !path.contains("labels/");
    Request {
        method: method.to_owned(),
        path: format!("/repos/acme/data-platform/{path}"),
        query: query.to_owned(),
        headers: vec![
            ("user-agent".to_owned(), "fuzz".to_owned()),
            ("authorization".to_owned(), format!("Bearer {TOKEN}")),
        ],
        body: if has_body { body(dice, id).to_string().into_bytes() } else { Vec::new() },
    }
}

/// A body with some of the members that any address knows.
fn body(dice: &Dice, id: u64) -> Value {
    let mut members = json!({});
    for _ in 0..1 + dice.below(5) {
        let (name, value) = dice.one(&[
            ("name", json!(format!("label {}", dice.below(40)))),
            ("name", json!("AREA:db")),
            ("new_name", json!("area:db")),
            ("color", json!(dice.one(&["aabbcc", "AABBCC", "red"]))),
            ("description", json!("x".repeat(dice.below(120)))),
            ("title", json!(format!("title {}", dice.below(100)))),
            ("title", json!(dice.one(&["", " ", "é"]))),
            ("title", json!(17)),
            ("body", json!("words")),
            ("body", Value::Null),
            ("state", json!(dice.one(&["open", "closed", "done"]))),
            ("state_reason", json!(dice.one(&["completed", "not_planned", "because"]))),
            ("labels", json!(["area:db", { "name": "new" }])),
            ("labels", json!("area:db")),
            ("assignees", json!([dice.one(&["alice", "BOB", "mallory"])])),
            ("milestone", dice.one(&[json!(1), json!("2"), json!(99), json!({}), Value::Null])),
            ("type", dice.one(&[json!("Bug"), json!("Epic"), Value::Null])),
            (
                "due_on",
                dice.one(&[
                    json!("2026-11-01T12:00:00Z"),
                    json!("2026-11-01"),
                    json!("0000-01-01T00:00:00Z"),
                    Value::Null,
                ]),
            ),
            ("sub_issue_id", json!(id)),
            ("sub_issue_id", json!(-1)),
            ("replace_parent", json!(dice.below(2) == 0)),
            ("issue_id", json!(id)),
            ("issue_id", json!("5")),
        ]);
        members[name] = value;
    }
    members
}
