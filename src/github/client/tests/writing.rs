//! What is written: each change as the one right request, and its answer compared.

use serde_json::json;

use super::double::{World, answer, issue};
use crate::{
    github::{
        api::{IssueChange, LabelChange, MilestoneChange, Refused, Writer},
        remote::{Blocker, IssueKey, IssueName},
    },
    io::Method,
    model::Day,
    source::schema::{State, StateReason},
};

/// The one request that was sent: its method, its path in the repository, its body.
fn sent(world: &World) -> (Method, String, serde_json::Value) {
    let (method, url, body) = world.sent.lock().unwrap().pop().unwrap();
    (method, url.strip_prefix("https://api.github.com/repos/o/r").unwrap().to_owned(), body)
}

#[test]
fn an_issue_is_made_whole_in_one_request() {
    let wish = IssueChange {
        title: Some("T".into()),
        body: Some("b\n\n<!-- roadbook:id=A-1 -->".into()),
        labels: Some(vec!["x".into()]),
        assignees: Some(vec![]),
        milestone: Some(None),
        kind: None,
        state: Some((State::Closed, None)),
    };
    let got = r#"{"id": 1, "number": 1, "title": "T", "body": "b\r\n\r\n<!-- roadbook:id=A-1 -->", "state": "open", "labels": [{"name": "X"}]}"#;
    let world = World::new(vec![answer(201, got)]);
    world.with(|client| client.create_issue(&wish).unwrap());
    let body =
        json!({"title": "T", "body": "b\n\n<!-- roadbook:id=A-1 -->", "labels": ["x"], "assignees": []});
    assert_eq!(sent(&world), (Method::Post, "/issues".into(), body));
}

#[test]
fn only_what_changes_is_sent() {
    let change = IssueChange {
        milestone: Some(None),
        kind: Some(None),
        state: Some((State::Closed, Some(StateReason::NotPlanned))),
        ..IssueChange::default()
    };
    let got = r#"{"id": 1, "number": 1, "title": "T", "state": "closed", "state_reason": "not_planned"}"#;
    let world = World::new(vec![answer(200, got)]);
    world.with(|client| client.update_issue(1, &change).unwrap());
    let body = json!({"milestone": null, "type": null, "state": "closed", "state_reason": "not_planned"});
    assert_eq!(sent(&world), (Method::Patch, "/issues/1".into(), body));
}

#[test]
fn what_github_drops_in_silence_is_told() {
    let change = IssueChange {
        labels: Some(vec!["x".into()]),
        assignees: Some(vec!["mona".into()]),
        milestone: Some(Some(3)),
        ..IssueChange::default()
    };
    let world = World::new(vec![answer(200, &issue(1, ""))]);
    let (refused, _) = world.with(|client| client.update_issue(1, &change).unwrap_err());
    let Refused::Dropped { words, .. } = refused else { panic!("{refused:?}") };
    assert!(
        words.starts_with("GitHub took #1 but not its labels, assignees, milestone: the token lacks"),
        "{words}"
    );
}

#[test]
fn every_day_of_a_year_is_sent_so_that_it_stays_itself() {
    for days in 0..365 {
        let day = Day::from_unix(1_767_225_600 + days * 86_400);
        let change = MilestoneChange { due_on: Some(day), ..MilestoneChange::default() };
        // GitHub keeps the day in California, eight hours behind at most, and answers with its midnight.
        let text = day.unwrap().to_string();
        let got = format!(
            r#"{{"id": 1, "number": 1, "title": "m", "state": "open", "due_on": "{text}T08:00:00Z"}}"#
        );
        let world = World::new(vec![answer(200, &got)]);
        world.with(|client| client.update_milestone(1, &change).unwrap());
        assert_eq!(sent(&world).2, json!({ "due_on": format!("{text}T12:00:00Z") }));
    }
}

#[test]
fn a_day_is_taken_away_by_null_and_a_new_milestone_has_none() {
    let got = r#"{"id": 1, "number": 1, "title": "m", "state": "open", "due_on": null}"#;
    let change =
        MilestoneChange { title: Some("m".into()), due_on: Some(None), ..MilestoneChange::default() };
    let world = World::new(vec![answer(200, got), answer(201, got)]);
    world.with(|client| {
        client.update_milestone(1, &change).unwrap();
        client.create_milestone(&change).unwrap();
    });
    assert_eq!(sent(&world).2, json!({ "title": "m" }));
    assert_eq!(sent(&world).2, json!({ "title": "m", "due_on": null }));
}

#[test]
fn a_label_is_named_by_any_characters_and_never_leads_out_of_its_list() {
    let change = LabelChange { name: Some("b".into()), color: Some("AABBCC".into()), description: None };
    let got = r#"{"id": 1, "name": "b", "color": "aabbcc"}"#;
    let world = World::new(vec![answer(200, got)]);
    world.with(|client| {
        client.update_label("a:b/c d%é", &change).unwrap();
        assert!(matches!(client.delete_label(".."), Err(Refused::This(_))));
    });
    let body = json!({ "new_name": "b", "color": "AABBCC" });
    assert_eq!(sent(&world), (Method::Patch, "/labels/a%3Ab%2Fc%20d%25%C3%A9".into(), body));
}

#[test]
fn relations_are_named_by_id_and_one_that_is_there_is_done() {
    let key = IssueKey { id: 5, number: 2 };
    let twice =
        r#"{"message": "Validation Failed", "errors": ["Issue may not contain duplicate sub-issues"]}"#;
    let world = World::new(vec![answer(201, "{}"), answer(200, "{}"), answer(422, twice)]);
    world.with(|client| {
        let blocker = Blocker { name: IssueName::here(2), id: 5 };
        client.add_blocker(1, &blocker).unwrap();
        client.remove_blocker(1, &blocker).unwrap();
        client.set_parent(&IssueName::here(1), key).unwrap();
    });
    assert_eq!(
        sent(&world),
        (Method::Post, "/issues/1/sub_issues".into(), json!({"sub_issue_id": 5, "replace_parent": true}))
    );
    assert_eq!(sent(&world), (Method::Delete, "/issues/1/dependencies/blocked_by/5".into(), json!(null)));
    assert_eq!(
        sent(&world),
        (Method::Post, "/issues/1/dependencies/blocked_by".into(), json!({"issue_id": 5}))
    );
}
