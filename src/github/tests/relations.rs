//! Parents and blockers: on servers that know them and on others, to what is not ours, and in part of a roadmap.

use super::{Scene, told};
use crate::{
    github::{
        plan::{Conflict, Only},
        remote::{Blocker, IssueName},
    },
    source::Lock,
};

const SOURCE: &str = r#"{"milestones": [{"title": "M-1: x"}], "issues": [{"title": "A-1: One"}, {"title": "A-2: Two", "milestone": "M-1", "labels": ["x"], "parent": "A-1", "blocked_by": ["A-1"]},
{"title": "A-3: Three", "blocked_by": ["A-2"]}]}"#;

#[test]
fn a_server_that_knows_no_relations_is_told_of_and_left_alone() {
    let mut scene = Scene::applied(SOURCE);
    scene.edit(r#""parent": "A-1""#, r#""parent": "A-3""#);
    scene.edit(r#"["A-2"]"#, r#"["A-1"]"#);
    scene.world.blocked_by = None;
    scene.world.issues.iter_mut().for_each(|issue| issue.parent = None);
    let plan = scene.plan();
    assert!(plan.is_empty(), "{plan:?}");
    assert_eq!(plan.notes.len(), 2);
}

#[test]
fn a_parent_moves_in_one_step_and_a_blocker_goes_before_another_comes() {
    let mut scene = Scene::applied(SOURCE);
    scene.edit(r#""parent": "A-1", "blocked_by": ["A-1"]"#, r#""parent": "A-3", "blocked_by": []"#);
    scene.edit(r#"{"title": "A-1: One"}"#, r#"{"title": "A-1: One", "blocked_by": ["A-2"]}"#);
    assert_eq!(
        told(&scene.apply()),
        ["parent of A-2: A-3", "A-2 waits no more for A-1", "A-1 waits for A-2"]
    );
    scene.settles();
}

#[test]
fn relations_that_people_made_are_theirs_where_nobody_owns_the_field() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues[0].parent = Some(Some(IssueName::here(3)));
    scene.world.blocked_by.as_mut().unwrap().insert(1, vec![Blocker { name: IssueName::here(77), id: 99 }]);
    scene.settles();
    // Where it is owned, it is a conflict.
    scene
        .world
        .blocked_by
        .as_mut()
        .unwrap()
        .get_mut(&2)
        .unwrap()
        .push(Blocker { name: IssueName::here(77), id: 99 });
    scene.world.issues[1].parent = Some(Some(IssueName::here(77)));
    assert_eq!(scene.plan().conflicts.len(), 2);
}

#[test]
fn a_relation_to_what_is_in_conflict_itself_is_told() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues.remove(0);
    scene.lock.issues.get_mut("a-2").unwrap().applied.parent = crate::source::schema::Field::Absent;
    scene.world.issues[0].parent = Some(None);
    let conflicts = scene.plan().conflicts;
    assert!(conflicts.iter().any(|it| matches!(it, Conflict::Deleted { .. })));
    assert!(conflicts.iter().any(|it| matches!(it, Conflict::Unreached { .. })), "{conflicts:?}");
}

#[test]
fn a_part_is_made_with_what_it_needs_and_without_what_is_not_there_yet() {
    let mut scene = Scene::new(SOURCE);
    scene.options.only.insert(Only::Item("a-2".into()));
    assert_eq!(told(&scene.apply()), ["+ label x", "+ milestone M-1", "+ issue A-2"]);
    scene.options.only.clear();
    assert_eq!(
        told(&scene.apply()),
        [
            "+ issue A-1",
            "+ issue A-3",
            "parent of A-2: new A-1",
            "A-2 waits for new A-1",
            "new A-3 waits for A-2",
        ]
    );
    scene.settles();
    let mut scene = Scene::new(SOURCE);
    scene.options.only.insert(Only::Labels);
    assert_eq!(told(&scene.plan()), ["+ label x"]);
}

#[test]
fn without_the_network_the_lock_is_what_is_there() {
    let mut scene = Scene::applied(SOURCE);
    scene.lock.repository = Some("o/r".into());
    let offline = |scene: &Scene| {
        let desired = super::wanted(&scene.source);
        let reader = crate::github::offline::Offline { lock: &scene.lock, desired: &desired };
        let actual = crate::github::look::look(&reader, &desired, &scene.lock, &scene.options).unwrap();
        super::plan(&desired, &actual, &scene.lock, &scene.options)
    };
    assert!(offline(&scene).is_empty(), "{:#?}", offline(&scene));
    scene.edit("A-3: Three", "A-3: Drei");
    scene.edit(r#"["A-2"]"#, r#"["A-1"]"#);
    assert_eq!(
        told(&offline(&scene)),
        ["~ issue A-3 by Lock: title", "A-3 waits no more for A-2", "A-3 waits for A-1"]
    );
    scene.lock = Lock { repository: Some("o/r".into()), ..Lock::default() };
    assert_eq!(offline(&scene).operations.len(), Scene::new(&scene.source).plan().operations.len());
}
