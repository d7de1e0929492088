//! What GitHub does without a part of it counts as done, and the part is no edit of anybody's.

use super::{SOURCE, Scene};
use crate::github::{
    apply::name,
    plan::{IssueField, Operation},
};

#[test]
fn what_was_made_without_its_people_counts_and_they_are_tried_again() {
    let scene = Scene::new(SOURCE);
    scene.github.drops_people.set(true);
    let (round, _) = scene.with(|apply, _| {
        apply.ledger.begin().unwrap();
        let plan = scene.plan(apply.writer, &apply.ledger.lock).unwrap();
        let all = plan.operations.len();
        let round = apply.round(&plan).unwrap();
        assert_eq!((round.done, apply.done), (all, all));
        apply.ledger.end().unwrap();
        round
    });
    assert_eq!(round.left, ["make `A-1`: not its assignees"]);
    // They are wanted still, as a change that nobody stands against.
    let rest = scene.run().unwrap();
    assert_eq!((rest.operations.len(), rest.conflicts.len()), (1, 0), "{rest:#?}");
    assert!(matches!(
        &rest.operations[..],
        [Operation::ChangeIssue { fields, .. }] if matches!(fields[..], [IssueField::Assignees(_)])
    ));
    assert_eq!(name(&rest.operations[0]), "change `A-1`");
    scene.github.drops_people.set(false);
    assert!(scene.run().unwrap().is_empty());
    assert_eq!(scene.github.world().issues[0].assignees, ["mona"]);
}

#[test]
fn of_a_change_what_was_done_can_be_undone_and_what_was_not_keeps_its_base() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.source = SOURCE.replace("A-1: First", "A-1: The first").replace("\"mona\"", "\"lisa\"");
    scene.github.drops_people.set(true);
    let rest = scene.run().unwrap();
    assert_eq!(scene.github.world().issues[0].title, "A-1: The first");
    // Mona is gone, as GitHub's answer to the whole list has it: that is a conflict with what was applied.
    assert_eq!((rest.operations.len(), rest.conflicts.len()), (0, 1), "{rest:#?}");
    scene.with(|apply, _| {
        let deeds = apply.ledger.deeds().unwrap().unwrap().done;
        let changed = deeds.iter().find_map(|deed| match &deed.operation {
            Operation::ChangeIssue { fields, .. } => Some(fields.clone()),
            _ => None,
        });
        assert!(matches!(changed.as_deref(), Some([IssueField::Title(_)])), "{changed:?}");
        apply.undo(&deeds).unwrap();
    });
    assert_eq!(scene.github.world().issues[0].title, "A-1: First");
}

#[test]
fn a_run_that_does_nothing_leaves_the_one_before_to_be_undone() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.source = SOURCE.replace("A-1: First", "A-1: The first");
    scene.run().unwrap();
    scene.run().unwrap();
    let (deeds, _) = scene.with(|apply, told| {
        assert_eq!(told, None, "it came to its end");
        apply.ledger.deeds().unwrap().unwrap().done
    });
    assert_eq!(deeds.len(), 1);
    // One that does something takes its place, and only that is undone.
    scene.source = SOURCE.replace("A-1: First", "A-1: The very first");
    scene.run().unwrap();
    scene.run().unwrap();
    let (deeds, _) = scene.with(|apply, _| apply.ledger.deeds().unwrap().unwrap().done);
    assert!(matches!(
        &deeds[..],
        [deed] if matches!(&deed.operation, Operation::ChangeIssue { fields, .. } if matches!(&fields[..], [IssueField::Title(it)] if it.was == "A-1: The first"))
    ));
}
