//! What left the source is told and left alone, until somebody says what may go.

use super::{Scene, told};
use crate::{
    github::plan::{Prune, Unmanaged, Uses},
    source::schema::State,
};

const SOURCE: &str = r#"{"milestones": [{"title": "M-1: x"}, {"title": "M-2: y"}], "issues": [{"title": "A-1: One", "milestone": "M-1"},
{"title": "A-2: Two", "milestone": "M-2", "labels": ["x"]}]}"#;

fn left() -> Scene {
    let mut scene = Scene::applied(SOURCE);
    scene.source =
        r#"{"milestones": [{"title": "M-1: x"}], "issues": [{"title": "A-1: One", "milestone": "M-1"}]}"#
            .into();
    scene
}

#[test]
fn what_left_the_source_is_listed_with_its_uses() {
    let plan = left().plan();
    assert!(plan.is_empty());
    assert_eq!(
        plan.unmanaged,
        [
            Unmanaged::Label { name: "x".into(), uses: Uses { issues: 1, pulls: 0 } },
            Unmanaged::Milestone {
                id: "m-2".into(),
                number: 2,
                title: "M-2: y".into(),
                uses: Uses { issues: 1, pulls: 0 }
            },
            Unmanaged::Issue { id: "a-2".into(), number: 2, title: "A-2: Two".into(), is_open: true },
        ]
    );
}

#[test]
fn each_kind_is_removed_only_by_its_name_and_issues_are_closed() {
    let mut scene = left();
    scene.options.prune.insert(Prune::Issues);
    assert_eq!(told(&scene.apply()), ["close #2"]);
    assert_eq!(scene.world.issues[1].state, State::Closed);
    scene.options.prune.extend([Prune::Labels, Prune::Milestones]);
    let plan = scene.apply();
    assert_eq!((plan.operations.len(), plan.guard.closes), (2, 2));
    assert_eq!((scene.world.labels.len(), scene.world.milestones.len(), scene.world.issues.len()), (0, 1, 2));
    scene.settles();
    assert_eq!(scene.plan().unmanaged, []);
    assert!(scene.lock.labels.is_empty() && !scene.lock.issues.contains_key("a-2"));
}

#[test]
fn what_people_made_is_never_touched_and_never_listed() {
    let mut scene = Scene::applied(SOURCE);
    let mut label = scene.world.labels[0].clone();
    (label.id, label.name) = (99, "people's".into());
    scene.world.labels.push(label);
    let mut issue = scene.world.issues[0].clone();
    (issue.id, issue.number, issue.title, issue.body) = (77, 7, "a question".into(), String::new());
    scene.world.issues.push(issue);
    scene.options.prune.extend([Prune::Labels, Prune::Milestones, Prune::Issues]);
    let plan = scene.plan();
    assert!(plan.is_empty() && plan.unmanaged.is_empty(), "{plan:?}");
}

#[test]
fn an_imported_repository_plans_empty_and_says_nothing_of_states() {
    let mut scene = Scene::applied(
        r#"{"labels": [{"name": "area:db", "color": "ff0000", "description": "d"}], "milestones": [{"title": "M-1: x", "due_on": "2026-12-31", "description": "d"}],
        "issues": [{"title": "A-1: One", "body": "```\nopen", "labels": ["area:db"], "assignees": ["ann"], "milestone": "M-1"},
        {"title": "A-2: Two", "parent": "A-1", "blocked_by": ["A-1"], "state": "closed", "state_reason": "not_planned"}]}"#,
    );
    // Others' issues: the same id again, no id at all, text in every form.
    for (number, title, body) in
        [(3, "A-1: again", "ask @ann\r\n\r\n- [x] a  \r\n"), (4, "  no id ", "~~~\nopen"), (5, "no id", "")]
    {
        let mut issue = scene.world.issues[0].clone();
        (issue.number, issue.id, issue.title, issue.body) =
            (number, 1000 + number, title.into(), body.into());
        issue.blockers = Some(0);
        scene.world.issues.push(issue);
    }
    scene.world.issues[1].blockers = Some(1);
    let imported = crate::github::import::import(&super::Memory::of(scene.world.clone()), true).unwrap();
    let source = imported.source.clone();
    for unsaid in ["state", "assignees", "closed_on", "not_planned"] {
        assert!(!source.contains(unsaid), "{source}");
    }
    let lock = imported.lock(&super::wanted(&source), crate::model::Day::FIRST);
    assert_eq!(lock.issues["a-2"].remote.state, Some(State::Closed));
    let scene = Scene { source, lock, ..scene };
    let plan = scene.plan();
    assert!(plan.is_empty() && plan.records.is_empty(), "{plan:#?}\n{}", scene.source);
}

#[test]
fn a_snapshot_keeps_what_was_applied_and_brings_states_and_days() {
    let mut scene = Scene::applied(SOURCE);
    let applied = scene.lock.clone();
    scene.world.issues[0].state = State::Closed;
    scene.world.issues[0].closed_on = Some(crate::model::Day::FIRST);
    scene.world.issues[1].title = "by hand".into();
    let actual = scene.actual();
    crate::github::snapshot::refresh(&mut scene.lock, &actual, crate::model::Day::FIRST);
    assert_eq!(scene.lock.issues["a-1"].remote.state, Some(State::Closed));
    assert_eq!(scene.lock.issues["a-1"].remote.closed_on.as_deref(), Some("1970-01-01"));
    assert_eq!(scene.lock.issues["a-2"].applied, applied.issues["a-2"].applied);
    assert_eq!(scene.plan().conflicts.len(), 1, "the edit is a conflict all the same");
}
