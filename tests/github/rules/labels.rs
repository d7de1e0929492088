//! Labels: unique whatever the case, short, with six digits of colour, kept by id through a rename.

use serde_json::json;

use super::Conversation;

#[test]
fn a_name_is_taken_in_any_case() {
    let talk = Conversation::new();
    assert_eq!(talk.post("/labels", &json!({ "name": "area:db", "color": "AABBCC" })).status, 201);
    talk.post("/labels", &json!({ "name": "AREA:db" })).refuses(422, "name", "already_exists");
    let told = talk.get("/labels/Area%3ADB");
    assert_eq!((told.body["name"].as_str(), told.body["color"].as_str()), (Some("area:db"), Some("aabbcc")));
    // Its own name in another case is a rename like any other.
    assert_eq!(talk.patch("/labels/area%3Adb", &json!({ "new_name": "Area:DB" })).body["name"], "Area:DB");
}

#[test]
fn limits_are_counted_in_characters() {
    let talk = Conversation::new();
    assert_eq!(
        talk.post("/labels", &json!({ "name": "é".repeat(50), "description": "é".repeat(100) })).status,
        201
    );
    talk.post("/labels", &json!({ "name": "e".repeat(51) })).refuses(422, "name", "custom");
    let long = json!({ "name": "a", "description": "e".repeat(101) });
    talk.post("/labels", &long).refuses(422, "description", "custom");
    talk.post("/labels", &json!({ "name": "" })).refuses(422, "name", "missing_field");
    for color in ["#aabbcc", "abc", "gggggg", "aabbcc0"] {
        talk.post("/labels", &json!({ "name": "a", "color": color })).refuses(422, "color", "invalid");
    }
    assert_eq!(talk.get("/labels").each("name").len(), 1);
}

#[test]
fn a_rename_keeps_the_id_and_the_issues() {
    let talk = Conversation::new();
    let made = talk.post("/labels", &json!({ "name": "type:doc" }));
    talk.post("/issues", &json!({ "title": "a", "labels": ["type:doc"] }));
    let renamed = talk.patch("/labels/type%3Adoc", &json!({ "new_name": "type:docs" }));
    assert_eq!(renamed.body["id"], made.body["id"]);
    assert_eq!(talk.get("/issues/1").body["labels"][0]["name"], "type:docs");
    assert_eq!(talk.get("/labels/type%3Adoc").status, 404);
    assert_eq!(talk.delete("/labels/type%3Adocs").status, 204);
    assert_eq!(talk.get("/issues/1").body["labels"], json!([]));
}

#[test]
fn an_issue_makes_labels_that_are_unknown() {
    let talk = Conversation::new();
    talk.post("/labels", &json!({ "name": "area:db", "color": "112233" }));
    talk.post("/issues", &json!({ "title": "a", "labels": ["Area:DB", "new", "NEW"] }));
    let labels = talk.get("/labels");
    assert_eq!(labels.each("name"), ["area:db", "new"]);
    assert_eq!(labels.each("color"), ["112233", "ededed"]);
    talk.post("/issues", &json!({ "title": "b", "labels": ["x".repeat(51)] }))
        .refuses(422, "name", "invalid");
    // What was refused left nothing behind.
    assert_eq!(talk.get("/issues?state=all").each("number"), [1]);
}
