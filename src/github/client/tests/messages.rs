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
        (404, r#"{"message": "Not Found"}"#, "`o/r` is not on GitHub, or the token cannot see it"),
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
        (451, "", "GitHub does not show `o/r` for legal reasons"),
        (
            451,
            r#"{"message": "Repository access blocked", "block": {"reason": "dmca"}}"#,
            "GitHub does not show `o/r` for legal reasons: Repository access blocked",
        ),
        (403, "<html>Blocked</html>", "a web page came in place of an answer of GitHub's API (status 403)"),
        (404, "\n <!doctype html>", "a web page came in place of an answer of GitHub's API (status 404)"),
        (410, "no such host", "something else came in place of an answer of GitHub's API (status 410)"),
        (301, "<a href=login>", "a web page came in place of an answer of GitHub's API (status 301)"),
        (404, r#"["x"]"#, "something else came in place of an answer of GitHub's API (status 404)"),
        (200, "<html>hello</html>", "GitHub's answer cannot be read: it is a web page"),
        (200, "", "GitHub's answer cannot be read: it is empty"),
        (200, " \n", "GitHub's answer cannot be read: it is empty"),
        (200, r#"[{"id": 1, "na"#, "GitHub's answer cannot be read: it is cut off"),
        (200, r#"[{"id": "x"}]"#, "GitHub's answer cannot be read: it is not what GitHub's API promises"),
        (200, "ok", "GitHub's answer cannot be read: it is no JSON"),
    ] {
        assert_eq!(failure(status, body).message, words);
    }
}

#[test]
fn what_a_policy_forbids_is_told_with_what_to_do_about_it() {
    for (words, help) in [
        (
            "Although you appear to have the correct authorization credentials, the `o` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.",
            "address",
        ),
        (
            "`o` forbids access via a personal access token (classic). Please use a GitHub App, OAuth App, or a personal access token with fine-grained permissions.",
            "classic",
        ),
        (
            "The 'o' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days.",
            "lifetime",
        ),
        (
            "Although you appear to have the correct authorization credentials, the `o` organization has enabled OAuth App access restrictions",
            "approve",
        ),
        (
            "Resource protected by organization SAML enforcement. You must grant your Personal Access token access to this organization.",
            "authorize",
        ),
        ("Sorry. Your account was suspended.", "support"),
        ("Repository access blocked", "says why"),
        ("Resource not accessible by integration", "issues: write"),
        ("Resource not accessible by personal access token", "Read and write"),
        ("Must have admin rights to Repository.", "Read and write"),
    ] {
        let failure = failure(403, &serde_json::json!({ "message": words }).to_string());
        assert!(failure.message.contains(words), "{failure:?}");
        assert!(failure.help.is_some_and(|told| told.contains(help)), "{words}");
    }
}

#[test]
fn each_code_of_a_refused_value_is_told_with_its_field_and_value() {
    let refused = |fault: &str| {
        let body = format!(r#"{{"message": "Validation Failed", "errors": [{fault}]}}"#);
        let world = World::new(vec![answer(422, &body)]);
        let (refused, _) = world.with(|client| client.update_issue(7, &IssueChange::default()).unwrap_err());
        let Refused::This(words) = refused else { panic!("{refused:?}") };
        words
            .strip_prefix("GitHub refuses #7: Validation Failed")
            .expect(&words)
            .trim_start_matches(": ")
            .to_owned()
    };
    for (fault, words) in [
        (r#"{"resource": "Issue", "field": "title", "code": "missing_field"}"#, "`title` is missing"),
        (
            r#"{"resource": "Issue", "field": "assignees", "code": "invalid", "value": "ghost"}"#,
            "`assignees` cannot be what was sent (`ghost`)",
        ),
        (
            r#"{"resource": "Issue", "field": "milestone", "code": "missing", "value": 4}"#,
            "what `milestone` names is not there (`4`)",
        ),
        (r#"{"field": "type", "code": "unprocessable"}"#, "`type` cannot be what was sent"),
        (r#"{"field": "x", "code": "too_odd", "value": ["a"]}"#, r#"`x`: too odd (`["a"]`)"#),
        (r#"{"field": "labels", "code": "custom", "message": "too many", "value": "x"}"#, "too many (`x`)"),
        (r#"{"code": "custom", "message": "`x` is odd", "value": "x"}"#, "`x` is odd"),
        (r#""Could not add a part\n twice""#, "Could not add a part twice"),
        ("{}", ""),
    ] {
        assert_eq!(refused(fault), words, "{fault}");
    }
}

#[test]
fn what_is_missing_is_named_where_nothing_can_be_made() {
    let make = |answers| {
        let world = World::new(answers);
        let (refused, _) = world
            .with(|client| client.create_label(&crate::github::api::LabelChange::default()).unwrap_err());
        refused
    };
    let missing = || answer(404, r#"{"message": "Not Found"}"#);
    let repository = |rest: &str| answer(200, &format!(r#"{{"full_name": "o/r"{rest}}}"#));
    for (of_repository, words) in [
        (missing(), "`o/r` is not on GitHub, or the token cannot see it"),
        (repository(r#", "permissions": {"push": false}"#), "the token may read `o/r`, but not write to it"),
        (repository(r#", "archived": true"#), "`o/r` is archived, and so read-only"),
    ] {
        let refused = make(vec![missing(), of_repository]);
        assert!(matches!(&refused, Refused::All(failure) if failure.message == words), "{refused:?}");
    }
    let refused = make(vec![missing(), repository("")]);
    assert!(
        matches!(&refused, Refused::This(words) if words.contains("Issues: Read and write")),
        "{refused:?}"
    );
    // A page of a proxy leaves open whether it was made, and says of nothing that it is gone.
    let page = || answer(404, "<html>");
    assert!(matches!(make(vec![page()]), Refused::Unknown(_)));
    let world = World::new(vec![page(), page()]);
    world.with(|client| {
        assert!(matches!(client.delete_label("x"), Err(Refused::All(_))));
        assert!(client.issue(7).is_err(), "it is not said to be gone");
    });
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
    let help = "write `\"repository\": \"o/new\"` into the JSON, or `o/new` on the command line";
    assert_eq!(failure.help.as_deref(), Some(help));
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
