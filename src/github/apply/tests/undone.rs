//! The last apply, taken back.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use super::{SOURCE, Scene, changed};
use crate::github::{
    apply::Round,
    journal::{Journal, Told},
    plan::{Conflict, IssueField, Resolution},
    remote::RemoteIssue,
    tests::memory::Fault,
};

fn told(scene: &Scene) -> Told {
    Journal::beside(&scene.disk, Path::new(crate::github::tests::LOCK)).read().unwrap().unwrap()
}

fn undo(scene: &Scene) -> Round {
    let told = told(scene);
    scene
        .with(|apply, _| {
            let round = apply.undo(&told.done).unwrap();
            apply.ledger.forget().unwrap();
            round
        })
        .0
}

#[test]
fn everything_that_was_changed_is_as_it_was() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    let before = |scene: &Scene| {
        let mut issues = scene.github.world().issues.clone();
        for issue in &mut issues {
            issue.updated_at.clear();
            issue.state_reason = None;
        }
        (
            issues,
            scene.github.relations(),
            scene.github.world().labels.clone(),
            scene.github.world().milestones.clone(),
        )
    };
    let old = before(&scene);
    scene.source = changed();
    assert!(scene.run().unwrap().is_empty());
    assert_ne!(before(&scene), old);
    let round = undo(&scene);
    assert_eq!(round.left, Vec::<String>::new());
    assert_eq!(before(&scene), old);
    // The source still says otherwise, and can be applied again, or be put back as well. Nobody can tell any more that it was
    // not a person who opened the issue again.
    let conflicts = scene.plan(&scene.github, &scene.lock()).unwrap().conflicts;
    assert!(matches!(conflicts[..], [Conflict::Issue { field: IssueField::State(_), .. }]), "{conflicts:#?}");
    scene.options.on_conflict.all = Resolution::Ours;
    assert!(scene.run().unwrap().is_empty());
    undo(&scene);
    scene.source = SOURCE.into();
    assert!(scene.plan(&scene.github, &scene.lock()).unwrap().is_empty());
}

#[test]
fn killed_at_any_call_it_goes_on_and_blames_nobody() {
    let changed = || {
        let mut scene = Scene::new(SOURCE);
        scene.run().unwrap();
        scene.source = changed();
        assert!(scene.run().unwrap().is_empty());
        scene.github.calls.set(0);
        scene
    };
    let state = |scene: &Scene| {
        let world = scene.github.world();
        let of_issue = |it: &RemoteIssue| (it.title.clone(), it.body.clone(), it.labels.clone(), it.state);
        let issues: Vec<_> = world.issues.iter().map(of_issue).collect();
        (issues, world.labels.clone(), world.milestones.clone(), scene.github.relations(), scene.lock())
    };
    let whole = changed();
    undo(&whole);
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        for at in 1.. {
            let scene = changed();
            scene.github.fault.set(Some((at, fault)));
            let _ = catch_unwind(AssertUnwindSafe(|| undo(&scene)));
            if scene.github.calls.get() < at {
                assert!(at > 12, "{at}");
                break;
            }
            scene.github.fault.set(None);
            assert_eq!(undo(&scene).left, Vec::<String>::new(), "{at}");
            assert_eq!(state(&scene), state(&whole), "{at}");
        }
    }
}

#[test]
fn what_was_changed_since_is_left_and_what_was_made_stays() {
    let scene = Scene::new(SOURCE);
    scene.run().unwrap();
    let round = undo(&scene);
    assert_eq!(round.left, Vec::<String>::new());
    assert_eq!(scene.markers().len(), 6);
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.source = changed();
    scene.run().unwrap();
    scene.github.edit(2, |issue| issue.title = "A-2: Mine".into());
    let round = undo(&scene);
    assert_eq!(round.left, ["change `A-2`: it was changed in GitHub since, and is left as it is"]);
    assert_eq!(scene.github.world().issues[1].title, "A-2: Mine");
}

#[test]
fn a_journal_takes_nothing_back_that_github_does_not_say_to_be_ours() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.source = changed();
    scene.run().unwrap();
    // As a journal that somebody brought along would have it: people's issues, labels and milestones are what it says it left.
    let numbers: Vec<_> = scene.github.world().issues.iter().map(|issue| issue.number).collect();
    for number in numbers {
        scene.github.edit(number, |issue| match number % 2 {
            0 => issue.body = issue.body.replace("roadbook:id=", "roadbook:was="),
            _ => issue.id += 7_000_000,
        });
    }
    let before = || {
        let (issues, blockers) = (scene.github.world().issues.clone(), scene.github.relations());
        (issues, blockers, scene.github.world().labels.clone(), scene.github.world().milestones.clone())
    };
    let old = before();
    let told = told(&scene);
    let (round, _) = scene.with(|apply, _| {
        apply.ledger.lock.labels.clear();
        apply.ledger.lock.milestones.clear();
        apply.undo(&told.done).unwrap()
    });
    assert_eq!(before(), old);
    assert_eq!(round.done, 0);
    let kinds = ["change label", "change milestone", "change `", "close `"];
    for kind in kinds {
        assert!(round.left.iter().any(|line| line.starts_with(kind)), "{kind}: {:#?}", round.left);
    }
}
