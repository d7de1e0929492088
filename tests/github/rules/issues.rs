//! Issues: limits, states and their reasons, pages with pull requests among them, times.

use serde_json::{Value, json};

use super::Conversation;
use crate::fake::Lag;

#[test]
fn bodies_and_titles_have_limits() {
    let talk = Conversation::new();
    let fits = json!({ "title": "é".repeat(256), "body": "é".repeat(65_536) });
    assert_eq!(talk.post("/issues", &fits).status, 201);
    talk.post("/issues", &json!({ "title": "e".repeat(257) })).refuses(422, "title", "custom");
    talk.patch("/issues/1", &json!({ "body": "e".repeat(65_537) })).refuses(422, "body", "custom");
    talk.post("/issues", &json!({ "title": "  " })).refuses(422, "title", "missing_field");
    assert_eq!(talk.post("/issues", &json!({ "body": "no title" })).status, 422);
    assert_eq!(talk.patch("/issues/1", &json!({ "labels": "a" })).status, 422);
    assert_eq!(talk.patch("/issues/1", &json!({ "state": "done" })).status, 422);
}

#[test]
fn a_reason_comes_with_a_change_of_state_alone() {
    let talk = Conversation::new();
    talk.issue("a");
    let told = talk.patch("/issues/1", &json!({ "state_reason": "not_planned" }));
    assert_eq!(told.body["state_reason"], Value::Null);
    assert_eq!(talk.patch("/issues/1", &json!({ "state": "closed" })).body["state_reason"], "completed");
    let again = talk.patch("/issues/1", &json!({ "state": "closed", "state_reason": "duplicate" }));
    assert_eq!(again.body["state_reason"], "completed");
    let opened = talk.patch("/issues/1", &json!({ "state": "open" }));
    assert_eq!((&opened.body["state_reason"], &opened.body["closed_at"]), (&json!("reopened"), &Value::Null));
}

#[test]
fn a_list_comes_in_pages_and_holds_pull_requests() {
    let talk = Conversation::new();
    for number in 0..250 {
        talk.github.open_issue(&json!({ "title": format!("issue {number}") }));
        if number % 50 == 0 {
            talk.github.open_pull(&format!("pull {number}"));
        }
    }
    let mut path = "/issues?state=all&per_page=100&sort=created&direction=asc".to_owned();
    let (mut numbers, mut pulls) = (Vec::new(), 0);
    loop {
        let told = talk.get(&path);
        numbers.extend(told.each("number"));
        pulls += told.each("pull_request").iter().filter(|pull| pull.is_object()).count();
        let link = told.header("link").unwrap_or_default().to_owned();
        let next = link.split(", ").find(|link| link.ends_with("rel=\"next\""));
        let Some(next) = next else { break };
        let address = next.trim_start_matches('<').split('>').next().expect("an address");
        path = address.split_once("/data-platform").expect("the repository").1.to_owned();
    }
    assert_eq!((numbers.len(), pulls), (255, 5));
    assert_eq!(numbers, (1..=255).map(Value::from).collect::<Vec<_>>());
    // Thirty, the newest first, open ones alone: what is answered to whoever asks for nothing.
    talk.patch("/issues/255", &json!({ "state": "closed" }));
    assert_eq!(talk.get("/issues").each("number")[..2], [254, 253]);
    assert_eq!(talk.get("/issues?per_page=1000").each("number").len(), 100);
    assert_eq!(talk.get("/issues?state=wat").status, 422);
}

#[test]
fn times_tell_what_changed() {
    let talk = Conversation::new();
    talk.issue("a");
    let first = talk.get("/issues/1").body["updated_at"].clone();
    // A change that changes nothing is none.
    assert_eq!(talk.patch("/issues/1", &json!({ "title": "a" })).body["updated_at"], first);
    let closed = talk.patch("/issues/1", &json!({ "state": "closed" }));
    assert_eq!(closed.body["closed_at"], closed.body["updated_at"]);
    assert_ne!(closed.body["updated_at"], first);
    talk.issue("b");
    let since = talk.get("/issues/2").body["updated_at"].as_str().expect("a time").to_owned();
    assert_eq!(talk.get(&format!("/issues?state=all&since={since}")).each("number"), [2]);
}

#[test]
fn what_is_gone_says_so() {
    let talk = Conversation::new();
    for title in ["a", "b", "c"] {
        talk.issue(title);
    }
    talk.github.delete_issue(1);
    talk.github.transfer_issue(2, "/repos/acme/other/issues/9");
    assert_eq!(talk.get("/issues/1").status, 410);
    let moved = talk.get("/issues/2");
    assert_eq!(moved.status, 301);
    assert!(moved.header("location").is_some_and(|to| to.ends_with("/repos/acme/other/issues/9")));
    assert_eq!(talk.get("/issues/4").status, 404);
    assert_eq!(talk.patch("/issues/1", &json!({ "title": "x" })).status, 410);
    assert_eq!(talk.get("/issues?state=all").each("number"), [3]);
    // Numbers are not given away again.
    assert_eq!(talk.issue("d").0, 4);
}

#[test]
fn assignees_are_known_people_and_types_known_types() {
    let talk = Conversation::new();
    let told = talk.post("/issues", &json!({ "title": "a", "assignees": ["Alice", "alice"], "type": "bug" }));
    assert_eq!(told.body["assignees"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&told.body["assignees"][0]["login"], &told.body["type"]["name"]),
        (&json!("alice"), &json!("Bug"))
    );
    talk.post("/issues", &json!({ "title": "a", "assignees": ["mallory"] })).refuses(
        422,
        "assignees",
        "invalid",
    );
    talk.post("/issues", &json!({ "title": "a", "type": "Epic" })).refuses(422, "type", "invalid");
    assert_eq!(
        talk.patch("/issues/1", &json!({ "type": null, "assignees": [] })).body["assignees"],
        json!([])
    );
    assert_eq!((talk.get("/assignees/alice").status, talk.get("/assignees/mallory").status), (204, 404));
    assert_eq!(talk.get("/issue-types").each("name"), ["Task", "Bug", "Feature"]);
}

#[test]
fn what_was_made_may_stay_unseen_for_a_while() {
    let talk = Conversation::new();
    talk.issue("a");
    talk.github.world(|world| world.lag = Lag { lists: 2, lookups: 1 });
    let (number, id) = talk.issue("b");
    assert_eq!(talk.get("/issues").each("number"), [1]);
    assert_eq!(talk.get("/issues").each("number"), [1]);
    assert_eq!(talk.get("/issues").each("number"), [2, 1]);
    assert_eq!(talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": id })).status, 404);
    assert_eq!(talk.get(&format!("/issues/{number}")).status, 200);
}

#[test]
fn labels_and_assignees_have_addresses_of_their_own() {
    let talk = Conversation::new();
    talk.issue("a");
    assert_eq!(talk.post("/issues/1/labels", &json!({ "labels": ["x", "y"] })).each("name"), ["x", "y"]);
    assert_eq!(talk.delete("/issues/1/labels/x").each("name"), ["y"]);
    assert_eq!(talk.delete("/issues/1/labels/x").status, 404);
    assert_eq!(talk.delete("/issues/1/labels").status, 204);
    let told = talk.post("/issues/1/assignees", &json!({ "assignees": ["bob", "mallory"] }));
    assert_eq!(told.body["assignees"].as_array().map(Vec::len), Some(1));
}
