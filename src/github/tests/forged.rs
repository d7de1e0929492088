//! A lock that a stranger changed, as in a pull request: what people made is left as it is, and what is ours is found again.

use super::{Scene, told};
use crate::{
    github::{
        plan::{Conflict, Item, Prune, Resolution},
        remote::{RemoteIssue, RemoteLabel, RemoteMilestone},
        world::World,
    },
    source::{
        AppliedIssue, AppliedLabel, AppliedMilestone, Lock, LockItem,
        schema::{Field, State},
    },
};

const SOURCE: &str = r#"{"labels": [{"name": "l-1", "color": "00ff00", "description": "ours"}, {"name": "l-2"}],
"milestones": [{"id": "M-1", "title": "One", "description": "ours", "state": "open"}, {"id": "M-2", "title": "Two"}],
"issues": [{"id": "i-1", "title": "Dig", "body": "b", "state": "open", "milestone": "M-1", "labels": ["l-1"], "assignees": ["ann"]},
{"id": "i-2", "title": "Fill", "body": "c", "parent": "i-1", "blocked_by": ["i-1"]}]}"#;

/// A repository in which the roadmap is applied, beside an issue, a label and a milestone of people's.
fn scene() -> Scene {
    let mut scene = Scene::applied(SOURCE);
    let people = RemoteIssue {
        number: 7,
        id: 5007,
        title: "A hole that a person reported".into(),
        body: "their words, written once".into(),
        labels: vec!["security".into()],
        assignees: vec!["mona".into()],
        milestone: Some(50),
        parent: Some(None),
        ..scene.world.issues[0].clone()
    };
    scene.world.issues.push(people);
    let description = Some("theirs".to_owned());
    scene.world.labels.push(RemoteLabel {
        id: 2,
        name: "security".into(),
        color: "000000".into(),
        description: description.clone(),
    });
    scene.world.milestones.push(RemoteMilestone {
        id: 3,
        number: 50,
        title: "Theirs".into(),
        description,
        due_on: None,
        state: State::Open,
        closed_on: None,
    });
    scene
}

/// What people made.
fn theirs(world: &World) -> (&RemoteIssue, &RemoteLabel, &RemoteMilestone) {
    let issue = world.issues.iter().find(|issue| issue.number == 7).expect("their issue");
    let label = world.labels.iter().find(|label| label.id == 2).expect("their label");
    let milestone = world.milestones.iter().find(|milestone| milestone.id == 3).expect("their milestone");
    (issue, label, milestone)
}

fn given<T>(value: T) -> Field<T> {
    Field::Given(Some(value))
}

/// What was last applied, as a stranger would have it: nothing, or just what people wrote.
fn issue_claims() -> [AppliedIssue; 2] {
    let text = "their words, written once";
    let forged = AppliedIssue {
        title: given("A hole that a person reported".into()),
        body: crate::github::text::fingerprint(text).map_or(Field::Absent, given),
        labels: given(vec!["security".into()]),
        assignees: given(vec!["mona".into()]),
        milestone: given("#50".into()),
        state: given(State::Open),
        ..AppliedIssue::default()
    };
    [AppliedIssue::default(), forged]
}

/// Holds that people's things stay as they are, through three runs, also where the source wins what both changed.
#[track_caller]
fn holds(what: &str, mut scene: Scene) {
    let before = scene.world.clone();
    for resolution in [Resolution::Fail, Resolution::Ours] {
        scene.options.on_conflict.all = resolution;
        for _ in 0..3 {
            let plan = scene.apply();
            let [was, now] = [theirs(&before), theirs(&scene.world)];
            assert_eq!(was, now, "{what}, {resolution:?}: {plan:#?}");
            assert!(!told(&plan).iter().any(|line| line.starts_with('+')), "{what}: {plan:#?}");
        }
    }
}

#[test]
fn an_entry_of_an_issue_that_lacks_our_marker_leads_nowhere() {
    for applied in issue_claims() {
        for id in [Some(5007), Some(1001), None] {
            let mut scene = scene();
            let line = scene.lock.issues.get_mut("i-1").unwrap();
            (line.number, line.id, line.applied) = (Some(7), id, applied.clone());
            // The issue that is ours is found by its marker, and goes on.
            assert_eq!(told(&scene.plan()), [""; 0]);
            holds("overwritten", scene.clone());
            scene.edit(
                r#""state": "open", "milestone": "M-1", "labels""#,
                r#""state": "closed", "milestone": "M-1", "labels""#,
            );
            assert_eq!(told(&scene.plan()), ["close i-1"]);
            holds("closed", scene.clone());
            scene.edit(r#""Dig""#, r#""Dig deep""#);
            holds("renamed", scene);
        }
    }
}

#[test]
fn an_item_that_is_not_there_yet_does_not_take_what_its_entry_names() {
    for applied in issue_claims() {
        let mut scene = scene();
        scene.edit(r#""issues": ["#, r#""issues": [{"id": "i-9", "title": "New", "body": "x", "state": "closed", "blocked_by": ["i-1"]}, "#);
        let line = LockItem { number: Some(7), id: Some(5007), applied, ..LockItem::default() };
        scene.lock.issues.insert("i-9".into(), line);
        let plan = scene.plan();
        assert_eq!(told(&plan), [""; 0]);
        assert!(
            matches!(&plan.conflicts[..], [Conflict::Unmarked { number: 7, item }] if item.as_str() == "i-9"),
            "{plan:#?}"
        );
        holds("a new item", scene.clone());
        // It has the item's title: it is adopted, as conflicts, and gets nothing but what it lacks.
        scene.edit(r#""New""#, r#""A hole that a person reported""#);
        let plan = scene.apply();
        assert!(told(&plan).iter().all(|line| line == "i-9 waits for i-1"), "{plan:#?}");
        assert_eq!(plan.conflicts.len(), 2, "{plan:#?}");
        assert_eq!(theirs(&scene.world).0.body, "their words, written once");
        assert_eq!(theirs(&scene.world).0.state, State::Open);
        assert_eq!(scene.apply().conflicts.len(), 2);
    }
}

#[test]
fn two_entries_that_change_places_are_found_by_their_markers() {
    let mut scene = scene();
    let lines = &mut scene.lock.issues;
    let (one, two) = (lines["i-1"].clone(), lines["i-2"].clone());
    lines.insert("i-1".into(), LockItem { applied: one.applied.clone(), ..two.clone() });
    lines.insert("i-2".into(), LockItem { applied: two.applied, ..one });
    assert_eq!(told(&scene.plan()), [""; 0]);
    holds("swapped", scene.clone());
    scene.apply();
    assert_eq!(scene.lock.issues["i-1"].number, Some(1));
    scene.settles();
}

#[test]
fn an_entry_of_a_milestone_with_another_name_is_a_conflict() {
    let titled = |title: &str| AppliedMilestone { title: given(title.into()), ..AppliedMilestone::default() };
    for applied in [AppliedMilestone::default(), titled("One"), titled("Theirs")] {
        let mut scene = scene();
        let line = scene.lock.milestones.get_mut("m-1").unwrap();
        (line.number, line.id, line.applied) = (Some(50), Some(3), applied.clone());
        // Ours is found by its title, and its issue stays in it.
        let plan = scene.plan();
        assert_eq!(told(&plan), [""; 0], "{plan:#?}");
        holds("milestone renamed", scene);
    }
    for applied in [AppliedMilestone::default(), titled("One")] {
        let mut scene = self::scene();
        scene.edit(
            r#""milestones": ["#,
            r#""milestones": [{"id": "M-9", "title": "Nine", "state": "closed"}, "#,
        );
        scene.edit(r#""parent": "i-1""#, r#""milestone": "M-9", "parent": "i-1""#);
        let line = LockItem { number: Some(50), id: Some(3), applied, ..LockItem::default() };
        scene.lock.milestones.insert("m-9".into(), line);
        let before = scene.world.clone();
        for _ in 0..3 {
            let plan = scene.apply();
            assert_eq!(told(&plan), [""; 0], "{plan:#?}");
            assert_eq!(plan.conflicts.len(), 3, "{plan:#?}");
            assert_eq!(scene.world, before);
        }
    }
}

#[test]
fn an_entry_of_a_label_with_another_name_is_a_conflict() {
    let named = |name: &str| AppliedLabel { name: given(name.into()), ..AppliedLabel::default() };
    for applied in [AppliedLabel::default(), named("l-1"), named("security")] {
        let mut scene = scene();
        let line = scene.lock.labels.get_mut("l-1").unwrap();
        (line.id, line.applied) = (Some(2), applied.clone());
        assert_eq!(told(&scene.plan()), [""; 0]);
        holds("label renamed", scene);
    }
    for applied in [AppliedLabel::default(), named("l-9")] {
        let mut scene = self::scene();
        scene.edit(
            r#""labels": [{"#,
            r#""labels": [{"name": "l-9", "color": "ff0000", "description": "n"}, {"#,
        );
        scene.edit(r#""labels": ["l-1"]"#, r#""labels": ["l-1", "l-9"]"#);
        scene.lock.labels.insert("l-9".into(), LockItem { id: Some(2), applied, ..LockItem::default() });
        let before = scene.world.clone();
        for _ in 0..3 {
            let plan = scene.apply();
            assert_eq!(told(&plan), [""; 0], "{plan:#?}");
            assert_eq!(plan.conflicts.len(), 3, "{plan:#?}");
            assert_eq!(scene.world, before);
        }
    }
}

#[test]
fn a_former_name_takes_nothing_that_the_lock_does_not_prove() {
    let mut scene = scene();
    scene.edit(r#""labels": [{"#, r#""labels": [{"name": "sec", "was": ["security"], "color": "ff0000"}, {"#);
    scene.edit(r#""milestones": ["#, r#""milestones": [{"id": "M-9", "title": "Nine", "was": ["Theirs"]}, "#);
    let before = scene.world.clone();
    let plan = scene.apply();
    assert_eq!((told(&plan).len(), plan.conflicts.len()), (0, 3), "{plan:#?}");
    assert_eq!(scene.world, before);
}

#[test]
fn what_left_the_source_is_removed_only_where_it_is_proven() {
    let mut scene = scene();
    scene.options.prune.extend([Prune::Labels, Prune::Milestones, Prune::Issues]);
    for applied in issue_claims() {
        let line = LockItem { number: Some(7), id: Some(5007), applied, ..LockItem::default() };
        scene.lock.issues.insert("gone".into(), line);
        let milestone = LockItem { number: Some(50), id: Some(3), ..LockItem::default() };
        scene.lock.milestones.insert("gone".into(), milestone);
        scene.lock.labels.insert("gone".into(), LockItem { id: Some(2), ..LockItem::default() });
        holds("pruned", scene.clone());
    }
    // An entry of nothing in the source that names what is in it.
    for key in ["m-1", "m-2"] {
        let line = scene.lock.milestones[key].clone();
        scene.lock.milestones.insert(format!("gone-{key}"), line);
    }
    let line = scene.lock.issues["i-1"].clone();
    scene.lock.issues.insert("gone-i".into(), line);
    assert_eq!(told(&scene.plan()), [""; 0]);
}

#[test]
fn what_an_entry_claims_takes_no_label_of_peoples_off_an_issue_of_ours() {
    let mut scene = scene();
    scene.world.issues[0].labels.push("security".into());
    let labels = &mut scene.lock.issues.get_mut("i-1").unwrap().applied.labels;
    *labels = given(vec!["l-1".into(), "security".into()]);
    assert_eq!(told(&scene.plan()), [""; 0]);
    scene.apply();
    assert_eq!(scene.world.issues[0].labels, ["l-1", "security"]);
}

#[test]
fn an_emptied_entry_makes_conflicts_of_what_people_changed() {
    let mut scene = scene();
    let issue = &mut scene.world.issues[0];
    (issue.title, issue.assignees) = ("by hand".into(), vec!["mona".into()]);
    issue.body = issue.body.replace('b', "by hand").replace("roadby handook", "roadbook");
    scene.world.milestones[0].description = Some("by hand".into());
    for lose in [(|lock| *lock = Lock::default()) as fn(&mut Lock), |lock| {
        lock.issues.values_mut().for_each(|line| line.applied = AppliedIssue::default())
    }] {
        let mut scene = scene.clone();
        lose(&mut scene.lock);
        scene.lock.milestones.clear();
        let plan = scene.apply();
        assert_eq!(told(&plan), [""; 0], "{plan:#?}");
        let items: Vec<_> = plan.conflicts.iter().map(std::mem::discriminant).collect();
        assert_eq!(items.len(), 4, "{plan:#?}");
        assert_eq!(scene.apply().conflicts.len(), 4);
    }
}

#[test]
fn a_marker_that_a_person_deleted_is_told_or_the_title_finds_the_issue() {
    let mut scene = scene();
    scene.world.issues[0].body = "b".into();
    scene.settles();
    // What the source changes then is a conflict, and deciding it brings the marker back.
    scene.edit(r#""body": "b""#, r#""body": "d""#);
    assert_eq!(scene.plan().conflicts.len(), 1);
    scene.options.on_conflict.all = Resolution::Ours;
    scene.apply();
    assert_eq!(scene.world.issues[0].body, "d\n\n<!-- roadbook:id=i-1 -->");
    scene.settles();
    // With another title nothing says whose it is.
    scene.world.issues[0].body = "d".into();
    scene.world.issues[0].title = "Something else".into();
    let plan = scene.apply();
    let unmarked = |it: &Conflict| matches!(it, Conflict::Unmarked { number: 1, .. });
    let unreached = |it: &Conflict| matches!(it, Conflict::Unreached { .. });
    assert!(plan.conflicts.iter().any(unmarked), "{plan:#?}");
    assert!(plan.conflicts.iter().all(|it| unmarked(it) || unreached(it)), "{plan:#?}");
    assert_eq!(plan.operations, []);
}

#[test]
fn a_deleted_issue_is_told_also_where_another_has_its_title() {
    let mut scene = scene();
    scene.world.issues.remove(0);
    scene.world.issues.last_mut().unwrap().title = "Dig".into();
    let plan = scene.plan();
    let deleted = |it: &Conflict| matches!(it, Conflict::Deleted { item: Item::Issue(id), number: Some(1) } if id.as_str() == "i-1");
    assert!(plan.conflicts.iter().any(deleted), "{plan:#?}");
    assert_eq!(theirs(&scene.world).0.body, "their words, written once");
}

#[test]
fn a_label_that_github_made_by_itself_is_nobodys() {
    // Its own request was lost, and the issue that has it was made: a later look finds it by its name.
    let mut scene = scene();
    scene.lock.labels.remove("l-1");
    let label = scene.world.labels.iter_mut().find(|label| label.name == "l-1").unwrap();
    (label.color, label.description) = ("ededed".into(), None);
    let plan = scene.apply();
    assert_eq!((told(&plan), plan.conflicts.len()), (vec!["~ label l-1: 2".to_owned()], 0), "{plan:#?}");
    scene.settles();
}
