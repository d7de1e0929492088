//! What is none of ours, or no issue any more: other repositories' issues, pull requests, what was transferred or deleted.

use super::{Scene, told};
use crate::github::{
    plan::{Conflict, IssueField, IssueRef, Item, Operation, Resolution},
    remote::{Blocker, Gone, IssueName},
};

const SOURCE: &str = r#"{"issues": [{"title": "A-1: One"}, {"title": "A-2: Two", "blocked_by": ["A-1"], "parent": null},
  {"title": "A-3: Three", "blocked_by": []}]}"#;

/// The issue of this number in another repository, which has it under another REST id.
fn elsewhere(number: u64) -> Blocker {
    Blocker { name: IssueName { repository: Some("acme/garden".into()), number }, id: 77_000 + number }
}

fn conflicts(scene: &Scene) -> Vec<String> {
    let plan = scene.plan();
    assert_eq!(told(&plan), Vec::<String>::new());
    plan.conflicts
        .iter()
        .map(|conflict| match conflict {
            Conflict::Issue { item, field: IssueField::BlockedBy(change), .. } => {
                let word = |issue: &IssueRef| match issue {
                    IssueRef::Elsewhere { elsewhere, .. } => elsewhere.to_string(),
                    other => other.item().map(ToString::to_string).unwrap_or_default(),
                };
                format!("{item}: {:?}", change.was.iter().map(word).collect::<Vec<_>>())
            }
            Conflict::Gone { item: Item::Issue(item), number, gone } => {
                format!("{item} #{number}: {}", gone.words())
            }
            other => format!("{other:?}"),
        })
        .collect()
}

#[test]
fn a_blocker_in_another_repository_is_not_taken_for_ours_of_its_number() {
    let mut scene = Scene::applied(SOURCE);
    let blockers = |scene: &mut Scene, issue: u64, all: Vec<Blocker>| {
        scene.world.blocked_by.as_mut().unwrap().insert(issue, all);
    };
    blockers(&mut scene, 2, vec![elsewhere(1)]);
    assert_eq!(conflicts(&scene), [r#"A-2: ["acme/garden#1"]"#]);
    blockers(&mut scene, 2, vec![Blocker { name: IssueName::here(1), id: 1001 }]);
    blockers(&mut scene, 3, vec![elsewhere(1)]);
    assert_eq!(conflicts(&scene), [r#"A-3: ["acme/garden#1"]"#]);
    // It is removed by its own REST id where the source is said to win.
    scene.options.on_conflict.all = Resolution::Ours;
    let plan = scene.plan();
    assert!(
        matches!(
            &plan.operations[..],
            [Operation::RemoveBlocker { blocker: IssueRef::Elsewhere { id: Some(77_001), .. }, .. }]
        ),
        "{plan:#?}"
    );
    scene.apply();
    scene.settles();
}

#[test]
fn a_parent_in_another_repository_is_told_by_its_whole_name() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues[1].parent = Some(Some(elsewhere(1).name));
    assert_eq!(scene.plan().conflicts.len(), 1);
    scene.options.on_conflict.all = Resolution::Ours;
    scene.apply();
    assert_eq!(scene.world.issues[1].parent, Some(None));
    scene.settles();
    // What the plan holds survives its file.
    scene.world.issues[1].parent = Some(Some(elsewhere(1).name));
    let plan = scene.plan();
    let text = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<crate::github::plan::Plan>(&text).unwrap(), plan);
}

#[test]
fn what_became_something_else_is_told_and_never_made_again() {
    for gone in [
        Gone::PullRequest,
        Gone::Discussion,
        Gone::Hidden,
        Gone::Moved(Some("acme/garden#9".into())),
        Gone::Moved(None),
    ] {
        let mut scene = Scene::applied(SOURCE);
        scene.world.issues.remove(0);
        scene.world.gone.insert(1, gone.clone());
        for recreate in [false, true] {
            scene.options.recreate = recreate;
            let told = conflicts(&scene);
            assert!(told.contains(&format!("A-1 #1: {}", gone.words())), "{told:?}");
        }
    }
    // What was deleted may be made again.
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues.remove(0);
    scene.world.gone.insert(1, Gone::Deleted);
    scene.options.recreate = true;
    assert!(told(&scene.plan()).contains(&"+ issue A-1".to_owned()));
}

#[test]
fn a_pull_request_that_carries_the_marker_keeps_the_issue_from_being_made() {
    let mut scene = Scene::new(SOURCE);
    scene.world.pulls.insert(4, "a-1".into());
    let plan = scene.plan();
    assert!(!told(&plan).contains(&"+ issue A-1".to_owned()));
    assert!(
        matches!(&plan.conflicts[..], [Conflict::Gone { number: 4, gone: Gone::PullRequest, .. }, ..]),
        "{plan:#?}"
    );
}
