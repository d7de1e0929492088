//! What is known of states, and what is not said where it is not known.

use serde_json::{Value, json};

use super::{Facts, Status};
use crate::{
    model::{Day, IssueIx, LabelIx},
    rules::tests::{roadmap, roadmap_with_lock},
};

fn statuses(source: &Value) -> Vec<Status> {
    Facts::derive(&roadmap(&source.to_string()), None).issues.iter().map(|issue| issue.status).collect()
}

#[test]
fn labels_say_a_state_only_where_nobody_states_one() {
    let states = json!({
        "in_progress": { "labels": ["Doing"] }, "done": { "labels": ["final"] }, "dropped": { "labels": ["withdrawn"] }
    });
    let issue = |state: Value, labels: &[&str]| {
        let mut issue = json!({ "title": format!("A: {state} {labels:?}"), "labels": labels });
        if !state.is_null() {
            issue["state"] = state;
        }
        issue
    };
    let none = Value::Null;
    let cases = [
        (issue(none.clone(), &["final"]), Status::Done),
        (issue(none.clone(), &["withdrawn", "other"]), Status::Dropped),
        (issue(none.clone(), &["doing"]), Status::InProgress),
        (issue(none.clone(), &["other"]), Status::Unknown),
        (issue("open".into(), &["final"]), Status::Ready),
        (issue("open".into(), &["doing"]), Status::InProgress),
        (issue("closed".into(), &["withdrawn"]), Status::Done),
        (issue("closed".into(), &["doing"]), Status::Done),
    ];
    let (issues, wanted): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    assert_eq!(statuses(&json!({ "repository": "o/r", "states": states, "issues": issues })), wanted);
}

#[test]
fn an_issue_is_open_where_there_is_nobody_to_ask() {
    let issues = json!([{ "title": "A-1: a" }, { "title": "A-2: b", "closed_on": "2026-11-01" }, { "title": "A-3: c", "state": null }]);
    assert_eq!(statuses(&json!({ "issues": issues })), [Status::Ready, Status::Done, Status::Unknown]);
    assert_eq!(statuses(&json!({ "repository": "o/r", "issues": issues })), [Status::Unknown; 3]);
}

#[test]
fn what_waits_for_an_unknown_state_elsewhere_is_neither_ready_nor_blocked() {
    let source = json!({ "as_of": "2026-11-29", "issues": [
        { "title": "A-1: a", "state": "open", "due_on": "2026-11-20", "blocked_by": ["acme/garden#1"] },
        { "title": "A-2: b", "state": "open", "blocked_by": ["acme/garden#1", "A-1"] },
        { "title": "A-3: c", "state": "open", "begun_on": "2026-11-01", "blocked_by": ["acme/garden#1"] },
        { "title": "A-4: d", "state": "closed", "blocked_by": ["acme/garden#1"] },
        { "title": "A-5: e", "state": "open", "parent": "acme/garden#1" },
    ] })
    .to_string();
    let statuses = |remote: &str| {
        let lock = format!(
            r#"{{ "version": 1, "elsewhere": {{ "acme/garden#1": {{ "id": 7, "remote": {remote} }} }} }}"#
        );
        let roadmap = roadmap_with_lock(&source, &lock);
        let facts = Facts::derive(&roadmap, roadmap.as_of);
        // That it is late is known all the same.
        assert_eq!((facts.issues[0].overdue, facts.overdue(&roadmap)), (Some(9), Some(1)));
        facts.issues.iter().map(|issue| issue.status).collect::<Vec<_>>()
    };
    let rest = [Status::Blocked, Status::InProgress, Status::Done, Status::Ready];
    assert_eq!(statuses("{}"), [&[Status::Unknown], &rest[..]].concat());
    let waits = [Status::Blocked, Status::Blocked, Status::Blocked, Status::Done, Status::Ready];
    assert_eq!(statuses(r#"{ "state": "open" }"#), waits);
    let closed = r#"{ "state": "closed", "state_reason": "completed", "closed_on": "2026-11-03" }"#;
    assert_eq!(statuses(closed), [&[Status::Ready], &rest[..]].concat());
}

#[test]
fn what_waits_for_an_unknown_state_here_is_neither_ready_nor_blocked() {
    let source = json!({ "as_of": "2027-03-01", "repository": "o/r",
        "milestones": [{ "id": "M-1", "title": "m" }, { "id": "M-2", "title": "n", "state": "open", "blocked_by": ["M-1"] }],
        "issues": [
            { "id": "A-1", "title": "a", "milestone": "M-1" }, { "id": "A-2", "title": "b", "milestone": "M-1", "state": "closed" },
            { "id": "B-1", "title": "c", "state": "open", "blocked_by": ["A-1"] },
            { "id": "B-2", "title": "d", "state": "open", "blocked_by": ["A-1", "B-1"] },
            { "id": "B-3", "title": "e", "state": "open", "begun_on": "2027-02-01", "blocked_by": ["A-1"] },
        ] });
    let statuses = [Status::Unknown, Status::Done, Status::Unknown, Status::Blocked, Status::InProgress];
    let facts = derived(&source);
    assert_eq!(facts.issues.iter().map(|issue| issue.status).collect::<Vec<_>>(), statuses);
    assert_eq!(facts.milestones.iter().map(|it| it.status).collect::<Vec<_>>(), [Status::Unknown; 2]);
    // The chain of open issues has none of which nobody knows whether it is open.
    assert_eq!(facts.critical_path, [IssueIx(2), IssueIx(3)]);
}

#[test]
fn only_what_is_known_to_be_open_is_late_or_makes_late() {
    let mut source = json!({ "as_of": "2027-03-01", "repository": "o/r",
        "milestones": [
            { "id": "M-1", "title": "m", "due_on": "2027-05-01" },
            { "id": "M-2", "title": "n", "state": "open", "due_on": "2027-04-01", "blocked_by": ["M-1"] },
            { "id": "M-3", "title": "o", "due_on": "2027-02-01" },
        ],
        "issues": [
            { "id": "A-1", "title": "a", "milestone": "M-2", "due_on": "2027-04-20" },
            { "id": "A-2", "title": "b", "milestone": "M-3" }, { "id": "A-3", "title": "c", "milestone": "M-3", "state": "closed" },
        ] });
    let told = |source: &Value| {
        let milestones = derived(source).milestones;
        let told = milestones.into_iter().map(|it| (it.overdue, it.health.map(|verdict| verdict.why())));
        told.collect::<Vec<_>>()
    };
    assert_eq!(told(&source), [(None, None), (None, Some(String::new())), (None, None)]);
    source["issues"][0]["state"] = "open".into();
    source["issues"][1]["state"] = "open".into();
    let late = Some("overdue by 28 days".to_owned());
    assert_eq!(told(&source), [(None, None), (None, Some("A-1 is due after it".into())), (Some(28), late)]);
    source["issues"][0]["state"] = Value::Null;
    source["milestones"][0]["state"] = "open".into();
    let why = told(&source).swap_remove(1).1;
    assert_eq!(why.as_deref(), Some("M-1, which it waits for, is due after it"));
}

#[test]
fn what_an_owner_says_later_is_not_said_yet() {
    let source = json!({ "as_of": "2027-02-14", "milestones": [{ "id": "M-1", "title": "m", "updates": [
        { "on": "2027-03-10", "health": "off-track" }, { "on": "2027-01-20", "health": "on-track" }] }] });
    let stated = derived(&source).milestones[0].stated.expect("an update");
    assert_eq!(stated.on.to_string(), "2027-01-20");
}

#[test]
fn a_closed_milestone_needs_nothing_first() {
    let source = |state: &str| {
        json!({ "as_of": "2027-03-01", "milestones": [{ "id": "M-1", "title": "m", "state": state, "due_on": "2027-02-01" }],
            "issues": [{ "id": "A-1", "title": "a", "milestone": "M-1", "state": "open" }] })
    };
    let by = |state: &str| {
        let roadmap = roadmap(&source(state).to_string());
        Facts::derive(&roadmap, roadmap.as_of).first(&roadmap)[0].by.map(|day| day.to_string())
    };
    assert_eq!((by("closed"), by("open").as_deref()), (None, Some("2027-02-01")));
}

#[test]
fn who_is_assigned_is_at_work_where_the_team_says_so() {
    let source = |assigned| {
        json!({ "states": { "in_progress": { "assigned": assigned } }, "issues": [
            { "title": "A-1: a", "state": "open", "assignees": ["ada"] }, { "title": "A-2: b", "state": "open" },
            { "title": "A-3: c", "state": "open", "assignees": ["ada"], "blocked_by": ["A-2"] }
        ] })
    };
    assert_eq!(statuses(&source(true)), [Status::InProgress, Status::Ready, Status::Blocked]);
    assert_eq!(statuses(&source(false)), [Status::Ready, Status::Ready, Status::Blocked]);
}

fn derived(source: &Value) -> Facts {
    let roadmap = roadmap(&source.to_string());
    Facts::derive(&roadmap, roadmap.as_of)
}

#[test]
fn what_was_dropped_is_not_done_and_blocks_nothing() {
    let issue = |id: &str, more: Value| {
        let mut issue = json!({ "id": id, "title": id, "milestone": "M-1" });
        issue.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        issue
    };
    let closed =
        |reason: &str| json!({ "state": "closed", "state_reason": reason, "estimate": 2, "labels": ["l"] });
    let mut source = json!({
        "as_of": "2027-03-01", "repository": "o/r",
        "milestones": [{ "id": "M-1", "title": "One" }],
        "issues": [
            issue("A-1", closed("completed")), issue("A-2", closed("completed")), issue("A-3", closed("not_planned")),
            issue("A-4", json!({ "state": "open", "blocked_by": ["A-3"], "due_on": "2027-02-01" })),
        ]
    });
    let facts = derived(&source);
    let progress = facts.milestones[0].progress;
    assert_eq!((progress.closed, progress.total, progress.dropped, progress.percent()), (2, 3, 1, Some(66)));
    assert_eq!(progress.points.map(|points| (points.total, points.closed)), Some((4.0, 4.0)));
    assert_eq!((facts.issues[2].status, facts.issues[3].status), (Status::Dropped, Status::Ready));
    assert_eq!(facts.label(LabelIx(0)).progress.dropped, 1);
    source["issues"][3]["state"] = "closed".into();
    let facts = derived(&source);
    assert_eq!(
        (facts.milestones[0].status, facts.milestones[0].progress.percent()),
        (Status::Done, Some(100))
    );
    for issue in source["issues"].as_array_mut().expect("a list") {
        issue["state_reason"] = "duplicate".into();
    }
    let facts = derived(&source);
    assert_eq!((facts.milestones[0].status, facts.progress.percent()), (Status::Dropped, None));
    source["milestones"][0]["state"] = "open".into();
    assert_ne!(derived(&source).milestones[0].status, Status::Dropped, "somebody says that it is open");
}

#[test]
fn the_lock_says_why_something_was_closed() {
    let mut roadmap =
        roadmap(r#"{ "issues": [{ "title": "A-1: a" }, { "title": "A-2: b", "state": "closed" }] }"#);
    for issue in &mut roadmap.issues {
        issue.snapshot.state = Some(crate::source::schema::State::Closed);
        issue.snapshot.state_reason = Some(crate::source::schema::StateReason::NotPlanned);
    }
    let facts = Facts::derive(&roadmap, None);
    assert!(facts.issues.iter().all(|issue| issue.status == Status::Dropped), "{:?}", facts.issues);
}

#[test]
fn without_a_day_nothing_is_late_begun_or_healthy() {
    let source = json!({
        "milestones": [{ "id": "M-1", "title": "One", "due_on": "2025-01-31", "start_on": "2025-01-01" }],
        "issues": [{ "title": "A-1: a", "milestone": "M-1", "state": "open", "start_on": "2025-01-01", "due_on": "2025-01-15" }]
    });
    let roadmap = roadmap(&source.to_string());
    let facts = Facts::derive(&roadmap, None);
    assert_eq!((facts.issues[0].status, facts.issues[0].overdue), (Status::Ready, None));
    assert_eq!((facts.milestones[0].overdue, &facts.milestones[0].health), (None, &None));
    assert_eq!(facts.overdue(&roadmap), None);
    let source =
        source.to_string().replacen('{', r#"{ "repository": "o/r","#, 1).replace(r#""state":"open","#, "");
    let unknown = Facts::derive(&crate::rules::tests::roadmap(&source), Day::parse("2025-02-01"));
    assert_eq!((unknown.issues[0].status, unknown.issues[0].overdue), (Status::Unknown, None), "{source}");
    assert_eq!((unknown.milestones[0].overdue, &unknown.milestones[0].health), (None, &None));
    let facts = Facts::derive(&roadmap, Day::parse("2025-02-01"));
    assert!(facts.overdue(&roadmap) == Some(1) && facts.milestones[0].health.is_some());
    let done = Facts::derive(
        &crate::rules::tests::roadmap(
            r#"{ "issues": [{ "title": "A-1: a", "state": "closed", "due_on": "2025-01-15" }] }"#,
        ),
        Day::parse("2025-02-01"),
    );
    assert_eq!(done.issues[0].overdue, None);
}

/// An open issue and its open milestone, both due then and said to begin so, on a day.
fn due(start: &str, due: &str, today: &str) -> Facts {
    let source = json!({
        "milestones": [{ "id": "M", "title": "m", "state": "open", "due_on": due }],
        "issues": [{ "id": "A", "title": "a", "state": "open", "milestone": "M", "start_on": start, "due_on": due }]
    });
    Facts::derive(&roadmap(&source.to_string()), Day::parse(today))
}

#[test]
fn what_is_due_in_a_quarter_is_overdue_after_its_last_day() {
    for (stated, today, overdue) in [
        ("2027-Q1", "2027-03-31", None),
        ("2027-Q1", "2027-04-01", Some(1)),
        ("2027-02", "2027-03-02", Some(2)),
        ("2027-H1", "2027-06-30", None),
        ("2027", "2028-01-01", Some(1)),
        ("later", "2027-06-30", None),
        ("later", "9999-12-31", None),
    ] {
        let facts = due("2020", stated, today);
        assert_eq!(
            (facts.issues[0].overdue, facts.milestones[0].overdue),
            (overdue, overdue),
            "{stated} {today}"
        );
    }
}

#[test]
fn of_what_is_due_later_no_health_is_said_and_nothing_is_late() {
    let source = json!({ "milestones": [{ "id": "M", "title": "m", "state": "open", "due_on": "later" }] });
    let roadmap = roadmap(&source.to_string());
    let facts = Facts::derive(&roadmap, Day::parse("2027-03-01"));
    assert_eq!((&facts.milestones[0].health, facts.overdue(&roadmap)), (&None, None));
}

#[test]
fn the_health_of_a_milestone_goes_by_the_coarser_unit() {
    let words = |due: &str, issue: &str| {
        let source = json!({
            "milestones": [{ "id": "M", "title": "m", "state": "open", "due_on": due }],
            "issues": [{ "id": "A", "title": "a", "state": "open", "milestone": "M", "due_on": issue }]
        });
        let facts = Facts::derive(&roadmap(&source.to_string()), Day::parse("2027-03-01"));
        facts.milestones[0].health.as_ref().map(|verdict| verdict.health.words())
    };
    assert_eq!(words("2027-05-15", "2027-Q2"), Some("on track"));
    assert_eq!(words("2027-Q1", "2027-04-01"), Some("off track"));
    assert_eq!(words("2027-Q1", "later"), Some("off track"));
    assert_eq!(words("2027-Q1", "2027-03"), Some("on track"));
}

#[test]
fn what_begins_in_a_quarter_is_due_to_have_begun_from_its_first_day() {
    let status = |today| due("2027-Q2", "2027", today).issues[0].status;
    assert_eq!((status("2027-03-31"), status("2027-04-01")), (Status::Ready, Status::InProgress));
}

#[test]
fn a_milestone_in_which_nothing_can_go_on_is_blocked() {
    let source = |state: &str| {
        json!({ "milestones": [{ "id": "M-1", "title": "M" }, { "id": "M-2", "title": "N" }], "issues": [
            { "id": "A-1", "title": "Dig", "state": state, "milestone": "M-1" },
            { "id": "A-2", "title": "Fill", "state": "open", "milestone": "M-2", "blocked_by": ["A-1"] },
            { "id": "A-3", "title": "Paint", "state": "closed", "milestone": "M-2" }] })
    };
    let statuses = |state| derived(&source(state)).milestones.iter().map(|it| it.status).collect::<Vec<_>>();
    assert_eq!(statuses("open"), [Status::Ready, Status::Blocked]);
    assert_eq!(statuses("closed"), [Status::Done, Status::InProgress]);
}
