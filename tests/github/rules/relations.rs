//! Parts and blockers: by id, one parent, a hundred parts, eight levels, fifty blockers.

use roadbook::internals::io::Method;
use serde_json::{Value, json};

use super::Conversation;

#[test]
fn an_issue_has_one_parent() {
    let talk = Conversation::new();
    let ids: Vec<_> = ["a", "b", "c"].into_iter().map(|title| talk.issue(title).1).collect();
    assert!(ids[0] > 1 << 31, "ids are past what 32 bits hold");
    let told = talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": ids[2] }));
    assert_eq!((told.status, &told.body["number"]), (201, &json!(1)));
    assert_eq!(told.body["sub_issues_summary"]["total"], 1);
    let address = talk.get("/issues/3").body["parent_issue_url"].clone();
    assert!(address.as_str().is_some_and(|address| address.ends_with("/issues/1")));
    talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": ids[2] })).refuses(422, "sub_issue", "custom");
    talk.post("/issues/2/sub_issues", &json!({ "sub_issue_id": ids[2] })).refuses(422, "sub_issue", "custom");
    let replaced =
        talk.post("/issues/2/sub_issues", &json!({ "sub_issue_id": ids[2], "replace_parent": true }));
    assert_eq!(replaced.status, 201);
    assert_eq!(
        (talk.get("/issues/1/sub_issues").body, talk.get("/issues/3/parent").body["number"].clone()),
        (json!([]), json!(2))
    );
    // The number is not the id.
    assert_eq!(talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": 2 })).status, 404);
    assert_eq!(talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": "x" })).status, 422);
    let removed = talk.ask(Method::Delete, "/issues/2/sub_issue", &json!({ "sub_issue_id": ids[2] }));
    assert_eq!((removed.status, talk.get("/issues/3/parent").status), (200, 404));
    let again = talk.ask(Method::Delete, "/issues/2/sub_issue", &json!({ "sub_issue_id": ids[2] }));
    assert_eq!(again.status, 404);
}

#[test]
fn parts_make_no_circle_and_no_tower() {
    let talk = Conversation::new();
    let ids: Vec<_> = (0..10).map(|number| talk.issue(&format!("{number}")).1).collect();
    for (parent, id) in (1..=8).zip(&ids[1..]) {
        let told = talk.post(&format!("/issues/{parent}/sub_issues"), &json!({ "sub_issue_id": id }));
        assert_eq!(told.status, 201, "{told:?}");
    }
    talk.post("/issues/9/sub_issues", &json!({ "sub_issue_id": ids[9] })).refuses(422, "sub_issue", "custom");
    talk.post("/issues/9/sub_issues", &json!({ "sub_issue_id": ids[0] })).refuses(422, "sub_issue", "custom");
    talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": ids[0] })).refuses(422, "sub_issue", "custom");
}

#[test]
fn an_issue_has_a_hundred_parts_and_fifty_blockers() {
    let talk = Conversation::new();
    let ids: Vec<_> = (0..102)
        .map(|number| {
            let number = talk.github.open_issue(&json!({ "title": format!("{number}") }));
            talk.github.issue(number).id
        })
        .collect();
    talk.github.world(|world| (2..=101).for_each(|part| world.make_part(1, part)));
    talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": ids[101] })).refuses(
        422,
        "sub_issue",
        "custom",
    );
    talk.github.world(|world| (2..=51).for_each(|blocker| world.make_wait(1, blocker)));
    talk.post("/issues/1/dependencies/blocked_by", &json!({ "issue_id": ids[60] }))
        .refuses(422, "issue", "custom");
    assert_eq!(talk.get("/issues/1/dependencies/blocked_by?per_page=100").each("number").len(), 50);
    assert_eq!(talk.get("/issues/1/sub_issues").each("number").len(), 30);
}

#[test]
fn blockers_are_counted_open_and_in_all() {
    let talk = Conversation::new();
    let ids: Vec<_> = ["a", "b", "c"].into_iter().map(|title| talk.issue(title).1).collect();
    for id in &ids[1..] {
        let told = talk.post("/issues/1/dependencies/blocked_by", &json!({ "issue_id": id }));
        assert_eq!((told.status, &told.body["number"]), (201, &json!(1)));
    }
    talk.post("/issues/1/dependencies/blocked_by", &json!({ "issue_id": ids[1] }))
        .refuses(422, "issue", "custom");
    talk.post("/issues/1/dependencies/blocked_by", &json!({ "issue_id": ids[0] }))
        .refuses(422, "issue", "custom");
    talk.patch("/issues/3", &json!({ "state": "closed" }));
    let summary = talk.get("/issues/1").body["issue_dependencies_summary"].clone();
    assert_eq!((&summary["blocked_by"], &summary["total_blocked_by"]), (&json!(1), &json!(2)));
    assert_eq!(talk.get("/issues/2/dependencies/blocking").each("number"), [1]);
    let path = format!("/issues/1/dependencies/blocked_by/{}", ids[1]);
    assert_eq!((talk.delete(&path).status, talk.delete(&path).status), (200, 404));
    assert_eq!(talk.get("/issues/1/dependencies/blocked_by").each("number"), [3]);
}

#[test]
fn parts_have_an_order() {
    let talk = Conversation::new();
    let ids: Vec<_> = ["a", "b", "c"].into_iter().map(|title| talk.issue(title).1).collect();
    for id in &ids[1..] {
        talk.post("/issues/1/sub_issues", &json!({ "sub_issue_id": id }));
    }
    let order = json!({ "sub_issue_id": ids[2], "before_id": ids[1] });
    assert_eq!(talk.patch("/issues/1/sub_issues/priority", &order).status, 200);
    assert_eq!(talk.get("/issues/1/sub_issues").each("number"), [3, 2]);
    let neither = talk.patch("/issues/1/sub_issues/priority", &json!({ "sub_issue_id": ids[2] }));
    assert_eq!(neither.status, 422);
}

#[test]
fn an_older_server_knows_no_relations() {
    let talk = Conversation::new();
    talk.github.world(|world| {
        world.repository.has_sub_issues = false;
        world.repository.has_dependencies = false;
    });
    talk.issue("a");
    let told = talk.get("/issues/1");
    assert!(
        ["parent_issue_url", "issue_dependencies_summary"].iter().all(|name| told.body.get(name).is_none())
    );
    assert_eq!(talk.get("/issues/1/sub_issues").status, 404);
    assert_eq!(talk.get("/issues/1/dependencies/blocked_by").status, 404);
    assert_eq!(told.body["state_reason"], Value::Null);
}
