//! Who may do what, and where the repository is.

use roadbook::internals::io::Method;
use serde_json::{Value, json};

use super::{Conversation, Told};
use crate::fake::Access;

/// Somebody else, with a token of theirs.
fn visitor(change: impl FnOnce(&mut Access)) -> Conversation {
    let mut talk = Conversation::new();
    let mut access = Access { login: "visitor".to_owned(), reads: true, pushes: false, is_read_only: false };
    change(&mut access);
    talk.github.world(|world| world.tokens.insert("theirs".to_owned(), access));
    talk.token = Some("theirs");
    talk
}

#[test]
fn a_wrong_token_may_not_even_read() {
    let mut talk = Conversation::new();
    talk.token = Some("wrong");
    let told = talk.get("");
    assert_eq!((told.status, &told.body["message"]), (401, &json!("Bad credentials")));
    talk.token = None;
    assert_eq!(talk.get("").status, 200);
    assert_eq!(talk.post("/issues", &json!({ "title": "a" })).status, 401);
    assert_eq!(talk.send(Method::Get, "/user", &Value::Null).expect("an answer").status, 401);
}

#[test]
fn whoever_may_not_push_is_not_heard_on_labels() {
    let talk = visitor(|_| ());
    talk.github.world(|world| world.make_label("known"));
    assert_eq!(talk.get("").body["permissions"]["push"], false);
    let members = json!({ "title": "a", "labels": ["known", "new"], "assignees": ["bob"], "type": "Bug" });
    let told = talk.post("/issues", &members);
    assert_eq!((told.status, &told.body["labels"], &told.body["assignees"]), (201, &json!([]), &json!([])));
    assert_eq!(talk.get("/labels").each("name"), ["known"]);
    assert_eq!(talk.post("/labels", &json!({ "name": "x" })).status, 404);
    assert_eq!(talk.post("/milestones", &json!({ "title": "x" })).status, 404);
    // One's own words may be changed, others' may not.
    assert_eq!(talk.patch("/issues/1", &json!({ "title": "b" })).body["title"], "b");
    talk.github.open_issue(&json!({ "title": "c" }));
    assert_eq!(talk.patch("/issues/2", &json!({ "title": "d" })).status, 403);
}

#[test]
fn a_workflow_of_a_fork_only_reads() {
    let talk = visitor(|access| access.is_read_only = true);
    let told = talk.post("/issues", &json!({ "title": "a" }));
    assert_eq!((told.status, &told.body["message"]), (403, &json!("Resource not accessible by integration")));
    assert_eq!(talk.get("/issues").status, 200);
}

#[test]
fn a_private_repository_is_not_there_for_others() {
    let talk = visitor(|access| access.reads = false);
    assert_eq!(talk.get("").status, 200);
    talk.github.world(|world| world.repository.is_private = true);
    assert_eq!((talk.get("").status, talk.get("/issues").status), (404, 404));
}

#[test]
fn a_former_name_leads_to_the_new_one() {
    let talk = Conversation::new();
    talk.github.world(|world| {
        world.repository.former.insert("acme/data-platform".to_owned());
        world.repository.name = "platform".to_owned();
    });
    let moved = talk.get("/issues?state=all");
    let location = moved.header("location").expect("an address").to_owned();
    assert_eq!(moved.status, 301);
    let path = location.trim_start_matches(&talk.github.url()).to_owned();
    assert!(path.starts_with("/repositories/") && path.ends_with("/issues?state=all"), "{path}");
    assert_eq!(talk.send(Method::Get, &path, &Value::Null).expect("an answer").status, 200);
    assert_eq!(talk.post("/issues", &json!({ "title": "a" })).status, 307);
    let told = Told::new(&talk.send(Method::Get, "/repos/acme/platform", &Value::Null).expect("an answer"));
    assert_eq!(told.body["full_name"], "acme/platform");
}

#[test]
fn issues_can_be_switched_off_and_a_repository_archived() {
    let talk = Conversation::new();
    talk.issue("a");
    talk.github.world(|world| world.repository.has_issues = false);
    assert_eq!(talk.get("").body["has_issues"], false);
    assert_eq!(
        (talk.get("/issues/1").status, talk.post("/issues", &json!({ "title": "b" })).status),
        (410, 410)
    );
    talk.github.world(|world| {
        world.repository.has_issues = true;
        world.repository.is_archived = true;
    });
    assert_eq!((talk.get("").body["archived"].clone(), talk.get("/issues").status), (json!(true), 200));
    assert_eq!(talk.patch("/issues/1", &json!({ "title": "b" })).status, 403);
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let talk = Conversation::new();
    let mark = talk.get("/labels").header("etag").expect("a mark").to_owned();
    let again = talk.get("/labels");
    assert_eq!(again.header("etag"), Some(mark.as_str()));
    talk.github.world(|world| world.make_label("new"));
    assert_ne!(talk.get("/labels").header("etag"), Some(mark.as_str()));
}
