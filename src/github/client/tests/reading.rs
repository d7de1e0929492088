//! What is read: all pages, each thing once, whatever is missing in it.

use super::double::{World, answer, headed, issue};
use crate::{
    github::{
        api::Reader,
        remote::{Blocker, Fetched, Gone, IssueName, Reason},
    },
    model::Day,
    source::schema::{State, StateReason},
};

#[test]
fn every_page_is_read_below_our_own_address() {
    let link = r#"<https://evil.example/repositories/7/issues?page=1>; rel="prev", <https://evil.example/repositories/7/issues?page=2>; rel="next""#;
    let pull = issue(2, r#", "pull_request": {"url": "x"}"#);
    let first = format!("[{}, {pull}, {}]", issue(1, ""), issue(4, ""));
    let second = format!("[{}, {}]", issue(4, ""), issue(3, ""));
    let world = World::new(vec![headed(200, &[("link", link)], &first), answer(200, &second)]);
    let (issues, _) = world.with(|client| client.issues().unwrap());
    assert_eq!(issues.iter().map(|issue| issue.number).collect::<Vec<_>>(), [1, 3, 4]);
    assert_eq!(
        world.urls(),
        [
            "https://api.github.com/repos/o/r/issues?state=all&sort=created&direction=asc&per_page=100",
            "https://api.github.com/repositories/7/issues?page=2",
        ]
    );
}

#[test]
fn an_issue_is_read_with_all_that_it_has() {
    let rest = r#", "body": null, "state_reason": "reopened", "labels": ["a", {"name": "b"}, {"name": null}],
        "assignees": [{"login": "mona"}], "milestone": {"number": 3}, "type": {"name": "Bug"}, "locked": true,
        "pull_request": null, "parent_issue_url": "https://api.github.com/repos/O/R/issues/12",
        "issue_dependencies_summary": {"blocked_by": 1, "total_blocked_by": 2}, "updated_at": "2026-11-22T10:00:00Z""#;
    let world = World::new(vec![answer(200, &issue(1, rest))]);
    let (read, _) = world.with(|client| client.issue(1).unwrap().issue().unwrap());
    assert_eq!((read.body.as_str(), read.state_reason), ("", Some(Reason::Reopened)));
    assert_eq!((read.labels, read.assignees), (vec!["a".into(), "b".into()], vec!["mona".into()]));
    assert_eq!((read.milestone, read.kind.as_deref(), read.is_locked), (Some(3), Some("Bug"), true));
    assert_eq!((read.parent, read.blockers), (Some(Some(IssueName::here(12))), Some(2)));
    assert_eq!(read.updated_at, "2026-11-22T10:00:00Z");
}

#[test]
fn a_server_that_knows_no_relations_says_nothing_of_them() {
    for (rest, parent) in [
        ("", None),
        (r#", "parent_issue_url": null"#, Some(None)),
        (r#", "sub_issues_summary": {"total": 0}"#, Some(None)),
        (
            r#", "parent_issue_url": "https://api.github.com/repos/o/other/issues/12""#,
            Some(IssueName::parse("o/other#12")),
        ),
    ] {
        let world = World::new(vec![answer(200, &issue(1, rest)), answer(404, "{}")]);
        world.with(|client| {
            let read = client.issue(1).unwrap().issue().unwrap();
            assert_eq!((read.parent, read.blockers), (parent, None));
            assert_eq!(client.blocked_by(1).unwrap(), None);
        });
    }
}

#[test]
fn what_became_of_an_issue_is_told_apart() {
    let to = |location: &str| headed(301, &[("location", location)], "{}");
    let moved = |place: &str| Gone::Moved(Some(place.into()));
    let there = answer(200, &issue(9, r#", "repository_url": "https://api.github.com/repos/acme/garden""#));
    for (answers, gone) in [
        (vec![answer(410, "{}")], Gone::Deleted),
        (vec![answer(404, "{}")], Gone::Hidden),
        (vec![answer(301, "{}")], Gone::Moved(None)),
        (vec![to("https://api.github.com/repos/acme/garden/issues/9")], moved("acme/garden#9")),
        (vec![to("https://api.github.com/repositories/77/issues/9"), there], moved("acme/garden#9")),
        (vec![to("https://api.github.com/repositories/77/issues/9"), answer(404, "{}")], Gone::Moved(None)),
        (vec![to("https://github.com/o/r/discussions/9")], Gone::Discussion),
        (vec![answer(200, &issue(9, r#", "pull_request": {}"#))], Gone::PullRequest),
    ] {
        let world = World::new(answers);
        world.with(|client| assert_eq!(client.issue(9).unwrap(), Fetched::Gone(gone)));
    }
}

#[test]
fn a_pull_request_that_carries_a_marker_is_remembered_and_is_no_issue() {
    let body = r#", "body": "x\n\n<!-- roadbook:id=A-1 -->""#;
    let pull = issue(5, &format!(r#"{body}, "pull_request": {{}}"#));
    let bare = issue(6, r#", "pull_request": {}"#);
    let world = World::new(vec![answer(200, &format!("[{}, {pull}, {bare}]", issue(4, body)))]);
    world.with(|client| {
        let numbers: Vec<_> = client.issues().unwrap().iter().map(|issue| issue.number).collect();
        assert_eq!(numbers, [4]);
        assert_eq!(client.marked_pulls(), [(5, "A-1".to_owned())].into());
    });
}

#[test]
fn a_day_is_the_one_that_is_written_whatever_midnight_it_is() {
    let closed = r#"{"id": 1, "number": 1, "title": "m", "description": "", "state": "closed",
        "due_on": "2026-03-08T08:00:00Z", "closed_at": "2026-03-09T23:59:59Z"}"#;
    let open = r#"{"id": 2, "number": 2, "title": "n", "state": "open", "due_on": null}"#;
    let world = World::new(vec![answer(200, &format!("[{open}, {closed}]"))]);
    let (read, _) = world.with(|client| client.milestones().unwrap());
    assert_eq!(read[0].due_on, Day::parse("2026-03-08"));
    assert_eq!((read[0].closed_on, read[0].state), (Day::parse("2026-03-09"), State::Closed));
    assert_eq!((&read[0].description, read[1].due_on), (&None, None));
    assert!(world.urls()[0].ends_with("/milestones?state=all&per_page=100"));
}

#[test]
fn labels_blockers_and_the_repository_are_read() {
    let label = r#"[{"id": 7, "name": "area:db", "color": "0E8A16", "description": null}]"#;
    let repository =
        r#"{"full_name": "o/r", "permissions": {"push": false}, "has_issues": false, "archived": true}"#;
    let blockers = format!("[{}]", issue(3, r#", "state_reason": "not_planned""#));
    let world = World::new(vec![
        answer(200, label),
        answer(200, repository),
        answer(200, &blockers),
        answer(200, &issue(3, r#", "state_reason": "not_planned""#)),
    ]);
    world.with(|client| {
        assert_eq!(client.labels().unwrap()[0].color, "0e8a16");
        let repository = client.repository().unwrap();
        assert!(!repository.can_push && !repository.has_issues && repository.is_archived);
        assert_eq!(client.blocked_by(1).unwrap(), Some(vec![Blocker { name: IssueName::here(3), id: 1003 }]));
        let reason = client.issue(3).unwrap().issue().unwrap().state_reason;
        assert_eq!(reason, Some(Reason::Closed(StateReason::NotPlanned)));
    });
}

#[test]
fn an_app_is_not_judged_by_the_rights_of_a_person() {
    let mut world = World::new(vec![]);
    world.variables.insert("GH_TOKEN", "ghs_x".into());
    let io = world.io();
    let access = crate::github::client::Access { repository: Some("o/r"), ..Default::default() };
    assert!(crate::github::client::connect(&io, &access, &|_| {}).unwrap().token.is_of_app());
}

#[test]
fn a_blocker_in_another_repository_is_none_of_ours() {
    let of = |number, repository: &str| {
        issue(number, &format!(r#", "repository_url": "https://api.github.com/repos/{repository}""#))
    };
    let world = World::new(vec![answer(
        200,
        &format!("[{}, {}]", of(3, "O/R"), of(3, "acme/garden").replace("1003", "9003")),
    )]);
    let (read, _) = world.with(|client| client.blocked_by(1).unwrap().unwrap());
    let names: Vec<_> = read.iter().map(|blocker| blocker.name.to_string()).collect();
    assert_eq!(names, ["#3", "acme/garden#3"]);
}
