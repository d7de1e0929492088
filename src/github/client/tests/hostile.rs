//! Answers that GitHub never gives: each ends in words.

use super::double::{World, answer, headed, issue};
use crate::{github::api::Reader, io::FailureKind};

fn next(url: &str) -> String {
    format!("<{url}>; rel=\"next\"")
}

/// A page of one issue, which leads on to an address.
fn page(number: u64, to: &str) -> Result<crate::io::Answer, crate::io::Lost> {
    headed(200, &[("link", &next(to))], &format!("[{}]", issue(number, "")))
}

#[test]
fn a_list_that_leads_back_to_itself_ends() {
    let there = "https://api.github.com/repos/o/r/issues?page=2";
    let world = World::new(vec![page(1, there), page(2, there)]);
    let (failure, _) = world.with(|client| client.issues().unwrap_err());
    assert_eq!(failure.message, "a list of GitHub's leads back to pages that were read");
    // Through two addresses.
    let other = "https://api.github.com/repos/o/r/issues?page=3";
    let world = World::new(vec![page(1, there), page(2, other), page(3, there)]);
    let (failure, _) = world.with(|client| client.issues().unwrap_err());
    assert_eq!(failure.kind, FailureKind::GitHub);
}

#[test]
fn a_list_that_brings_nothing_new_ends() {
    let at = |number: u64| format!("https://api.github.com/repos/o/r/issues?page={number}");
    let world = World::new((2..=5).map(|number| page(1, &at(number))).collect());
    let (failure, _) = world.with(|client| client.issues().unwrap_err());
    assert_eq!(failure.message, "a list of GitHub's leads back to pages that were read");
    // A page that repeats what was read is passed over as long as others follow.
    let world =
        World::new(vec![page(1, &at(2)), page(1, &at(3)), answer(200, &format!("[{}]", issue(2, "")))]);
    let (issues, _) = world.with(|client| client.issues().unwrap());
    assert_eq!(issues.len(), 2);
}

#[test]
fn a_list_of_short_pages_that_does_not_end_is_left() {
    let at = |number: u64| format!("https://api.github.com/repos/o/r/issues?page={number}");
    let world = World::new((1..=101).map(|number| page(number, &at(number + 1))).collect());
    let (failure, _) = world.with(|client| client.issues().unwrap_err());
    assert_eq!(failure.message, "a list of GitHub's does not end");
    assert_eq!(failure.kind.exit_code(), 4);
}

#[test]
fn a_next_page_at_another_origin_is_asked_for_at_our_own() {
    // The double holds every request to `https://api.github.com/`.
    for elsewhere in [
        "https://evil.example/repos/o/r/issues?page=2",
        "http://api.github.com/repos/o/r/issues?page=2",
        "https://api.github.com@evil.example/repos/o/r/issues?page=2",
        "https://api.github.com:8443/repos/o/r/issues?page=2",
        "//evil.example/repos",
        "/repos/o/r/issues?page=2",
    ] {
        let world = World::new(vec![page(1, elsewhere), answer(200, "[]")]);
        world.with(|client| client.issues().unwrap());
    }
    for none in ["evil", "", "https://evil.example", "javascript:alert(1)"] {
        let world = World::new(vec![page(1, none)]);
        let (failure, _) = world.with(|client| client.issues().unwrap_err());
        assert_eq!(failure.message, "a list of GitHub's names a next page that is none", "{none}");
    }
}

#[test]
fn a_body_of_any_other_shape_is_an_answer_that_cannot_be_read() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let members = |rest: &str| format!(r#"[{{"id": 1, "number": 1, "title": "t", "state": "open"{rest}}}]"#);
    for body in [
        "",
        "null",
        "{}",
        "true",
        "<!doctype html><title>Sign in</title>",
        "[null]",
        "[[]]",
        "[1]",
        "[{}]",
        &deep,
        &format!(r#"[{{"a": {deep}}}]"#),
        "\u{feff}[]",
        "[\0]",
        r#"[{"id": -1, "number": 1, "title": "t", "state": "open"}]"#,
        r#"[{"id": 1e99, "number": 1, "title": "t", "state": "open"}]"#,
        r#"[{"id": 1.5, "number": 1, "title": "t", "state": "open"}]"#,
        r#"[{"id": 18446744073709551616, "number": 1, "title": "t", "state": "open"}]"#,
        r#"[{"id": "1", "number": 1, "title": "t", "state": "open"}]"#,
        r#"[{"id": 1, "number": null, "title": "t", "state": "open"}]"#,
        r#"[{"id": 1, "id": 2, "number": 1, "title": "t", "state": "open"}]"#,
        r#"[{"id": 1, "number": 1, "title": 5, "state": "open"}]"#,
        r#"[{"id": 1, "number": 1, "title": "t", "state": "melted"}]"#,
        &members(r#", "milestone": {"number": -4}"#),
        &members(r#", "labels": {}"#),
        &members(r#", "labels": [{"name": 5}]"#),
        &members(r#", "assignees": [null]"#),
    ] {
        let world = World::new(vec![answer(200, body)]);
        let (failure, _) = world.with(|client| client.issues().unwrap_err());
        assert!(failure.message.starts_with("GitHub's answer cannot be read: "), "{body:.60}: {failure}");
        assert!(failure.message.len() < 700 && !failure.message.contains(char::is_control), "{failure}");
        assert_eq!(failure.kind.exit_code(), 4);
    }
}

#[test]
fn a_status_that_nobody_expects_is_told() {
    for status in [100, 199, 301, 304, 307, 400, 406, 418, 451, 499] {
        let body = format!(r#"{{"message": "a\u0000b\u001b[2J{}"}}"#, "x".repeat(100_000));
        let world = World::new(vec![answer(status, &body)]);
        let (failure, _) = world.with(|client| client.issues().unwrap_err());
        assert!(failure.message.len() < 700 && !failure.message.contains(char::is_control), "{failure}");
        assert_eq!(failure.kind.exit_code(), 4, "{status}");
    }
    for status in [200, 204] {
        let world = World::new(vec![answer(status, "")]);
        let (failure, _) = world.with(|client| client.issues().unwrap_err());
        assert!(failure.message.starts_with("GitHub's answer cannot be read"), "{status}: {failure}");
    }
}
