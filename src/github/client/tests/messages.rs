//! One clear message for each way in which GitHub says no, with what to do.

use super::double::{TOKEN, World, answer, headed};
use crate::{
    github::api::{IssueChange, MilestoneChange, Reader, Refused, Writer},
    io::{Failure, FailureKind},
};

fn failure(status: u16, body: &str) -> Failure {
    let world = World::new(vec![answer(status, body)]);
    let (failure, _) = world.with(|client| client.issues().unwrap_err());
    assert_eq!(failure.kind, FailureKind::GitHub);
    assert!(failure.help.is_some(), "{failure:?}");
    failure
}

#[test]
fn each_refusal_has_its_words() {
    for (status, body, words) in [
        (401, r#"{"message": "Bad credentials"}"#, "GitHub does not accept the token"),
        (404, r#"{"message": "Not Found"}"#, "`o/r` is not in GitHub, or the token may not see it"),
        (410, r#"{"message": "Issues are disabled for this repo"}"#, "issues are switched off in `o/r`"),
        (301, r#"{"message": "Moved Permanently"}"#, "`o/r` has moved"),
        (
            403,
            r#"{"message": "Repository was archived so is read-only."}"#,
            "`o/r` is archived, and so read-only",
        ),
        (
            403,
            r#"{"message": "Must have push access"}"#,
            "the token may not do this in `o/r`: Must have push access",
        ),
        (400, r#"{"message": "not a supported version"}"#, "GitHub answers 400: not a supported version"),
        (451, "", "GitHub answers 451"),
    ] {
        assert_eq!(failure(status, body).message, words);
    }
    let strange = failure(200, "<html>hello</html>");
    assert!(strange.message.starts_with("GitHub's answer cannot be read"));
}

#[test]
fn what_an_answer_echoes_is_neither_the_token_nor_a_command_to_the_terminal() {
    let body = format!(r#"{{"message": "no: {TOKEN}\u001b[2J"}}"#);
    let told = failure(403, &body);
    assert_eq!(told.message, "the token may not do this in `o/r`: no: … [2J");
}

#[test]
fn single_sign_on_is_named() {
    let world = World::new(vec![headed(403, &[("x-github-sso", "required; url=https://x")], "{}")]);
    let (failure, _) = world.with(|client| client.labels().unwrap_err());
    assert_eq!(failure.message, "the organization of `o/r` asks for single sign-on");
}

#[test]
fn a_renamed_repository_is_named_anew_and_the_token_follows_no_redirect() {
    let moved = headed(301, &[("location", "https://evil.example/repositories/7")], "{}");
    let world = World::new(vec![moved, answer(200, r#"{"full_name": "o/new"}"#)]);
    let (failure, _) = world.with(|client| client.repository().unwrap_err());
    assert_eq!(failure.message, "`o/r` is called `o/new` now");
    assert_eq!(failure.help.as_deref(), Some("write `\"repository\": \"o/new\"` into the JSON"));
    assert_eq!(world.urls()[1], "https://api.github.com/repositories/7");
}

#[test]
fn a_refused_write_says_what_and_lets_others_go_on() {
    let exists = r#"{"message": "Validation Failed", "errors": [{"resource": "Milestone", "code": "already_exists", "field": "title"}]}"#;
    let title = MilestoneChange { title: Some("One".into()), ..MilestoneChange::default() };
    let world = World::new(vec![answer(422, exists)]);
    let (refused, _) = world.with(|client| client.create_milestone(&title).unwrap_err());
    assert_eq!(refused, Refused::Exists("the milestone `One` exists already".into()));
    let long = r#"{"message": "Validation Failed", "errors": [{"message": "body is too long (maximum is 65536 characters)"}]}"#;
    let world = World::new(vec![answer(422, long), answer(410, "{}"), answer(301, "{}")]);
    world.with(|client| {
        let change = || client.update_issue(7, &IssueChange::default()).unwrap_err();
        let words = "GitHub refuses #7: Validation Failed: body is too long (maximum is 65536 characters)";
        assert_eq!(change(), Refused::This(words.into()));
        assert_eq!(change(), Refused::Missing("#7 is not there any more".into()));
        assert_eq!(change(), Refused::This("#7 was moved to another repository".into()));
    });
}

#[test]
fn a_refusal_that_holds_for_all_ends_the_run() {
    let disabled = r#"{"message": "Issues are disabled for this repo"}"#;
    for (status, body) in [(401, "{}"), (403, "{}"), (410, disabled)] {
        let world = World::new(vec![answer(status, body)]);
        let (refused, _) = world.with(|client| client.create_issue(&IssueChange::default()).unwrap_err());
        assert!(matches!(refused, Refused::All(_)), "{refused:?}");
        assert_eq!(world.posts(), 1);
    }
}
