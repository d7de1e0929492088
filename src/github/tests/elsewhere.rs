//! Relations that the source has into other repositories: planned and applied by REST id, told where they cannot be.

use super::{Memory, Scene, told, wanted};
use crate::{
    github::{
        look::look,
        plan::{Conflict, Field, IssueRef, Operation, Resolution},
        remote::{Fetched, Gone, IssueName, RemoteIssue},
        snapshot::refresh,
    },
    model::Day,
    source::{Lock, schema::State},
};

const SOURCE: &str = r#"{"issues": [{"title": "A-1: One"},
  {"title": "A-2: Two", "blocked_by": ["A-1", "Acme/Garden#1"], "parent": "acme/garden#7"}]}"#;

fn name(text: &str) -> IssueName {
    IssueName::elsewhere(text).unwrap()
}

/// Another repository's issue, under a REST id of its own.
fn issue(number: u64) -> Fetched {
    let mut one = Scene::applied(r#"{"issues": [{"title": "X-1: x"}]}"#).world.issues.remove(0);
    (one.id, one.number) = (77_000 + number, number);
    Fetched::Issue(Box::new(RemoteIssue { state: State::Closed, ..one }))
}

fn scene() -> Scene {
    let mut scene = Scene::new(SOURCE);
    for number in [1, 7, 9] {
        scene.world.elsewhere.insert(name(&format!("acme/garden#{number}")), issue(number));
    }
    scene
}

#[test]
fn a_relation_into_another_repository_is_made_by_its_rest_id_and_settles() {
    let mut scene = scene();
    let plan = scene.apply();
    assert!(plan.operations.iter().any(|it| matches!(
        it,
        Operation::AddBlocker { blocker: IssueRef::Elsewhere { id: Some(77_001), .. }, .. }
    )));
    assert_eq!(scene.world.issues[1].parent, Some(Some(name("acme/garden#7"))));
    scene.settles();
    // GitHub's case of a repository's name is no difference, nor is the source's.
    scene.world.issues[1].parent = Some(Some(name("ACME/garden#7")));
    scene.edit("Acme/Garden#1", "acme/GARDEN#1");
    scene.settles();
    assert_eq!(
        scene.lock.issues["a-2"].applied.blocked_by.get().unwrap(),
        &["a-1".to_owned(), "acme/garden#1".into()]
    );
}

#[test]
fn what_the_source_drops_or_changes_goes() {
    let mut scene = scene();
    scene.apply();
    scene.edit(r#""A-1", "Acme/Garden#1""#, r#""acme/garden#9""#);
    scene.edit(r#""acme/garden#7""#, "null");
    assert_eq!(
        told(&scene.plan()),
        [
            "parent of A-2: ",
            "A-2 waits no more for A-1",
            "A-2 waits no more for Acme/Garden#1",
            "A-2 waits for acme/garden#9"
        ]
    );
    scene.apply();
    scene.settles();
}

#[test]
fn what_people_related_elsewhere_comes_home_by_its_whole_name() {
    let mut scene = scene();
    scene.apply();
    scene.world.issues[1].parent = Some(Some(name("acme/garden#9")));
    assert_eq!(scene.plan().conflicts.len(), 1);
    scene.options.on_conflict.all = Resolution::Theirs;
    let plan = scene.plan();
    let change = &plan.source_changes[0];
    assert_eq!((change.field, change.value.as_str()), (Field::Parent, Some("acme/garden#9")));
}

#[test]
fn what_is_no_issue_there_is_told_once_with_what_to_do_and_the_rest_is_done() {
    for (gone, word) in [
        (Gone::Hidden, "let it read `acme/garden`"),
        (Gone::PullRequest, "is a pull request"),
        (Gone::Deleted, "was deleted"),
        (Gone::Moved(Some("acme/park#3".into())), "write that name"),
        (Gone::Moved(None), "was transferred"),
        (Gone::Discussion, "is a discussion"),
    ] {
        let mut scene = scene();
        scene.edit(r#"{"title": "A-1: One"}"#, r#"{"title": "A-1: One", "blocked_by": ["acme/garden#1"]}"#);
        scene.world.elsewhere.insert(name("acme/garden#1"), Fetched::Gone(gone.clone()));
        let plan = scene.apply();
        let is_told = |it: &&Conflict| matches!(it, Conflict::Elsewhere { field: Field::BlockedBy, .. });
        assert_eq!(plan.conflicts.iter().filter(is_told).count(), 2, "{gone:?}");
        assert_eq!(plan.notes.iter().filter(|note| note.contains(word)).count(), 1, "{:?}", plan.notes);
        assert_eq!(scene.world.issues[1].parent, Some(Some(name("acme/garden#7"))));
        // Nothing but what cannot be is left, in the next plan as well.
        let rest = scene.plan();
        assert!(rest.operations.is_empty() && rest.conflicts.len() == 2, "{rest:#?}");
    }
}

#[test]
fn the_snapshot_keeps_ids_and_states_and_forgets_what_nothing_leads_to() {
    let scene = scene();
    let mut lock = Lock::default();
    let today = Day::parse("2026-11-29").unwrap();
    let actual = look(&Memory::of(scene.world.clone()), &wanted(SOURCE), &lock, &scene.options).unwrap();
    refresh(&mut lock, &actual, today);
    let keys: Vec<_> = lock.elsewhere.keys().map(String::as_str).collect();
    assert_eq!(keys, ["acme/garden#1", "acme/garden#7"]);
    let line = &lock.elsewhere["acme/garden#1"];
    assert_eq!((line.id, line.remote.state), (Some(77_001), Some(State::Closed)));
    let none = r#"{"issues": [{"title": "A-1: One"}]}"#;
    let actual = look(&Memory::of(scene.world.clone()), &wanted(none), &lock, &scene.options).unwrap();
    refresh(&mut lock, &actual, today);
    assert!(lock.elsewhere.is_empty());
}

#[test]
fn the_repository_itself_is_no_other_one() {
    let source = SOURCE.replace("acme/garden#7", "O/R#7");
    let failure =
        look(&Memory::of(scene().world), &wanted(&source), &Lock::default(), &scene().options).unwrap_err();
    assert!(failure.message.contains("`O/R#7`, which is in `o/r` itself"), "{failure:?}");
}
