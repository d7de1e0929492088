//! Limits of every kind, waits, and what is sent again.

use std::time::Duration;

use super::double::{NOW, World, answer, cut, headed, issue, offline};
use crate::{
    github::{
        api::{IssueChange, Reader, Refused, Writer},
        remote::{Blocker, IssueKey, IssueName},
    },
    io::{Answer, Lost, Method},
};

const REPOSITORY: &str = r#"{"full_name": "o/r"}"#;

fn wish() -> IssueChange {
    IssueChange { title: Some("t".into()), ..IssueChange::default() }
}

/// An answer that refuses for a limit.
fn limited(status: u16, headers: &[(&str, &str)]) -> Result<Answer, Lost> {
    headed(status, headers, r#"{"message": "API rate limit exceeded"}"#)
}

#[test]
fn a_limit_is_waited_for_as_long_as_it_says() {
    let reset = (NOW + 56).to_string();
    let secondary = r#"{"message": "You have exceeded a secondary rate limit."}"#;
    for (refusal, seconds) in [
        (limited(403, &[("retry-after", "7")]), 7),
        (limited(429, &[("retry-after", "7"), ("x-ratelimit-remaining", "0")]), 7),
        (limited(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &reset)]), 57),
        (headed(403, &[("x-ratelimit-remaining", "9")], secondary), 60),
        (answer(429, ""), 60),
    ] {
        let world = World::new(vec![refusal.clone(), answer(200, REPOSITORY)]);
        let (_, said) = world.with(|client| client.repository().unwrap());
        assert_eq!(said, [format!("waiting {seconds} s for GitHub's rate limit")]);
        assert_eq!(world.seconds(), [seconds]);
        // A refused POST did nothing, and may be sent again.
        let world = World::new(vec![refusal, answer(201, &issue(1, ""))]);
        world.with(|client| client.create_issue(&wish()).unwrap());
        assert_eq!(world.posts(), 2);
    }
}

#[test]
fn a_limit_that_does_not_say_how_long_is_waited_for_longer_each_time() {
    let world = World::new((0..5).map(|_| answer(429, "")).collect());
    let (failure, _) = world.with(|client| client.repository().unwrap_err());
    assert_eq!(world.seconds(), [60, 120, 240, 480]);
    assert_eq!(failure.message, "GitHub's rate limit is used up: resume after 14:35 UTC");
}

#[test]
fn a_long_limit_ends_the_run_and_says_when_to_go_on() {
    let reset = (NOW + 3000).to_string();
    let refusal = limited(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &reset)]);
    let world = World::new(vec![refusal]);
    let (failure, _) = world.with(|client| client.issues().unwrap_err());
    assert_eq!(failure.message, "GitHub's rate limit is used up: resume after 14:54 UTC");
    assert_eq!(failure.kind.exit_code(), 4);
    assert!(world.seconds().is_empty());
}

#[test]
fn a_plain_refusal_is_not_asked_again() {
    let world = World::new(vec![answer(403, r#"{"message": "Resource not accessible by integration"}"#)]);
    let (failure, _) = world.with(|client| client.repository().unwrap_err());
    assert!(failure.message.contains("Resource not accessible by integration"));
    assert!(failure.help.unwrap().contains("permissions: issues: write"));
}

#[test]
fn reading_and_absolute_changes_are_sent_again_a_few_times() {
    for lost in [answer(502, "<html>"), cut(), offline()] {
        let world = World::new(vec![lost.clone(), lost.clone(), answer(200, REPOSITORY)]);
        world.with(|client| client.repository().unwrap());
        assert_eq!(world.seconds(), [1, 2]);
        let world = World::new(vec![lost.clone(), answer(200, &issue(1, ""))]);
        world.with(|client| client.update_issue(1, &wish()).unwrap());
        let world = World::new(vec![lost.clone(); 4]);
        let (failure, _) = world.with(|client| client.repository().unwrap_err());
        assert_eq!(failure.kind.exit_code(), 4);
    }
}

#[test]
fn a_create_without_an_answer_is_sent_once_and_unknown() {
    for lost in
        [answer(500, ""), answer(502, "<html>"), answer(503, ""), cut(), answer(201, "{\"id\": 1, \"num")]
    {
        let world = World::new(vec![lost.clone()]);
        let (refused, _) = world.with(|client| client.create_issue(&wish()).unwrap_err());
        assert!(matches!(&refused, Refused::Unknown(why) if !why.contains("secret")), "{refused:?}");
        assert_eq!(world.posts(), 1);
        let world = World::new(vec![lost]);
        let (refused, _) =
            world.with(|client| client.add_blocker(1, &Blocker { name: IssueName::here(2), id: 5 }));
        assert!(matches!(refused, Err(Refused::Unknown(_)) | Ok(())), "{refused:?}");
        assert_eq!(world.posts(), 1);
    }
}

#[test]
fn a_create_that_never_went_out_is_sent_again() {
    let world = World::new(vec![offline(), answer(201, &issue(1, ""))]);
    world.with(|client| client.create_issue(&wish()).unwrap());
    assert_eq!(world.posts(), 2);
    let world = World::new(vec![offline(), offline(), offline(), offline()]);
    let (refused, _) = world.with(|client| client.create_issue(&wish()).unwrap_err());
    let Refused::All(failure) = refused else { panic!("{refused:?}") };
    assert_eq!(failure.message, "GitHub cannot be reached: no such host");
}

#[test]
fn writes_have_pauses_between_them_and_reading_has_none() {
    let world = World::new(vec![
        answer(201, &issue(1, "")),
        answer(200, &issue(1, "")),
        answer(200, &issue(1, "")),
        answer(201, "{}"),
        answer(200, &issue(1, "")),
    ]);
    world.with(|client| {
        client.create_issue(&wish()).unwrap();
        client.issue(1).unwrap();
        client.update_issue(1, &wish()).unwrap();
        client.set_parent(&IssueName::here(1), IssueKey { id: 5, number: 2 }).unwrap();
        client.issue(1).unwrap();
    });
    assert_eq!(world.seconds(), [3, 1]);
}

#[test]
fn the_budget_of_an_hour_ends_the_run() {
    let made = (1..=480).map(|number| answer(201, &issue(number, ""))).collect();
    let world = World::new(made);
    let (refused, _) = world.with(|client| {
        (0..480).for_each(|_| drop(client.create_issue(&wish()).unwrap()));
        client.create_issue(&wish()).unwrap_err()
    });
    let Refused::All(failure) = refused else { panic!("{refused:?}") };
    assert_eq!(
        failure.message,
        "480 things were made in this hour, and GitHub allows about 500: resume after 15:04 UTC"
    );
}

#[test]
fn what_was_just_made_may_not_be_found_for_a_moment() {
    let key = IssueKey { id: 1002, number: 2 };
    let missing = || answer(404, r#"{"message": "Not Found"}"#);
    let world = World::new(vec![answer(201, &issue(2, "")), missing(), missing(), answer(201, "{}")]);
    world.with(|client| {
        client.create_issue(&wish()).unwrap();
        client.set_parent(&IssueName::here(1), key).unwrap();
    });
    assert_eq!(world.urls().len(), 4);
    // What is long there is not waited for.
    let world = World::new(vec![missing()]);
    let (refused, _) = world.with(|client| client.set_parent(&IssueName::here(1), key).unwrap_err());
    assert_eq!(refused, Refused::Missing("the relation of #1 with #2 is not there any more".into()));
}

#[test]
fn a_place_in_the_order_of_parts_that_is_taken_is_asked_for_again() {
    let taken =
        answer(422, r#"{"message": "Validation Failed", "errors": ["Priority has already been taken"]}"#);
    let world = World::new(vec![taken, answer(201, "{}")]);
    world.with(|client| client.set_parent(&IssueName::here(1), IssueKey { id: 5, number: 2 }).unwrap());
}

#[test]
fn what_is_to_be_gone_and_is_gone_is_done() {
    let world = World::new(vec![cut(), answer(404, "{}"), answer(200, "{}"), answer(404, "{}")]);
    world.with(|client| {
        client.delete_label("area:db").unwrap();
        client.unset_parent(&IssueName::here(1), IssueKey { id: 5, number: 2 }).unwrap();
    });
    let sent = world.sent.lock().unwrap();
    assert_eq!(sent[1].1, "https://api.github.com/repos/o/r/labels/area%3Adb");
    assert_eq!(sent[3].0, Method::Delete);
    assert_eq!(sent[3].2, serde_json::json!({ "sub_issue_id": 5 }));
}

#[test]
fn a_limit_that_nobody_can_wait_for_ends_in_words() {
    for (headers, message) in [
        (
            &[("retry-after", "18446744073709551615")][..],
            "GitHub's rate limit is used up, and the server asks to wait 18446744073709551615 s",
        ),
        (
            &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "18446744073709551615")],
            "GitHub's rate limit is used up, and the server asks to wait 18446744071914195416 s",
        ),
        (&[("retry-after", "86400")], "GitHub's rate limit is used up: resume after 2026-11-23 14:04 UTC"),
        (&[("retry-after", "86399")], "GitHub's rate limit is used up: resume after 14:04 UTC"),
    ] {
        let world = World::new(vec![limited(429, headers)]);
        let (failure, _) = world.with(|client| client.repository().unwrap_err());
        assert_eq!((failure.message.as_str(), failure.kind.exit_code()), (message, 4));
        assert!(world.seconds().is_empty());
    }
}

#[test]
fn what_took_most_of_a_minute_is_not_tried_again() {
    for (seconds, again) in [(50, 1), (51, 0)] {
        for lost in [answer(502, "<html>"), cut(), offline()] {
            let takes = Duration::from_secs(seconds);
            let mut script = vec![lost];
            script.extend((0..again).map(|_| answer(200, REPOSITORY)));
            let mut world = World::new(script);
            world.takes = takes;
            let (read, _) = world.with(|client| client.repository().is_ok());
            assert_eq!((read, world.seconds().len()), (again == 1, again), "after {seconds} s");
        }
    }
}
