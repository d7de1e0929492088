//! Issue fields: an organization has them, a value fits its field, and what may not be set is dropped or refused.

use roadbook::internals::io::Method;
use serde_json::{Value, json};

use super::Conversation;
use crate::{document::document, fake::GitHub, roadmaps::organization};

/// The fields of the owner, asked for as the client does.
fn fields(talk: &Conversation) -> Value {
    let answer = talk.send(Method::Get, "/orgs/acme/issue-fields", &Value::Null).expect("an answer");
    let faults = document().faults(&talk.github.log(), false);
    assert!(faults.is_empty(), "{faults:#?}");
    json!([answer.status, serde_json::from_slice::<Value>(&answer.body).expect("JSON")])
}

#[test]
fn a_user_has_no_fields() {
    let talk = Conversation::with(GitHub::start());
    talk.issue("a");
    assert_eq!(fields(&talk)[0], 404);
    assert_eq!(talk.get("/issues/1/issue-field-values").status, 404);
    let told =
        talk.post("/issues", &json!({ "title": "b", "issue_field_values": [{ "field_id": 1, "value": 1 }] }));
    assert_eq!((told.status, told.body.get("issue_field_values")), (201, None));
    assert_eq!(talk.get("").body["owner"]["type"], "User");
}

#[test]
fn values_fit_their_fields() {
    let talk = Conversation::with(organization());
    talk.issue("a");
    let listed = fields(&talk);
    assert_eq!((&listed[0], listed[1].as_array().map(Vec::len)), (&json!(200), Some(4)));
    let id = |name: &str| talk.github.world(|world| world.field(name));
    let post = |name: &str, value: Value| {
        let values = json!({ "issue_field_values": [{ "field_id": id(name), "value": value }] });
        talk.post("/issues/1/issue-field-values", &values)
    };
    for (name, bad) in
        [("Points", json!("many")), ("Target date", json!("2027-02-30")), ("Priority", json!("high"))]
    {
        post(name, bad).refuses(422, "value", "custom");
    }
    let unknown = json!({ "issue_field_values": [{ "field_id": 1, "value": 1 }] });
    talk.post("/issues/1/issue-field-values", &unknown).refuses(422, "field_id", "custom");
    assert_eq!(post("Points", json!(3)).each("value"), [json!(3)]);
    let told = post("Priority", json!("High"));
    assert_eq!(told.body[1]["single_select_option"]["name"], "High");
    assert_eq!(talk.get("/issues/1").body["issue_field_values"], told.body);
    // One is emptied once; an empty list empties all.
    let address = format!("/issues/1/issue-field-values/{}", id("Points"));
    assert_eq!([talk.delete(&address).status, talk.delete(&address).status], [204, 404]);
    assert_eq!(
        talk.post("/issues/1/issue-field-values", &json!({ "issue_field_values": [] })).body,
        json!([])
    );
}

#[test]
fn whoever_may_not_push_sets_none() {
    let mut talk = Conversation::with(organization());
    talk.issue("a");
    let points = talk.github.world(|world| world.field("Points"));
    let values = json!({ "issue_field_values": [{ "field_id": points, "value": 3 }] });
    talk.github.world(|world| world.drops_members = true);
    assert_eq!(talk.post("/issues/1/issue-field-values", &values).body, json!([]));
    talk.github.world(|world| {
        world.drops_members = false;
        world.tokens.values_mut().for_each(|access| access.pushes = false);
    });
    assert_eq!(talk.post("/issues/1/issue-field-values", &values).status, 403);
    let told = talk.patch("/issues/1", &values);
    assert_eq!((told.status, &told.body["issue_field_values"]), (200, &json!([])));
    talk.token = None;
    assert_eq!(fields(&talk)[0], 404);
}
