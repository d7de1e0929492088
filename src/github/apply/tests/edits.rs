//! People edit while an apply runs: every edit survives, or is told as a conflict.

use super::{SOURCE, Scene, changed};
use crate::github::{api::Reader, apply::Round, plan::Conflict};

#[test]
fn what_somebody_changes_between_plan_and_apply_is_left_alone() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.source = changed();
    let (round, _) = scene.with(|apply, _| {
        let plan = scene.plan(apply.writer, &apply.ledger.lock).unwrap();
        scene.github.edit(2, |issue| issue.title = "A-2: Mine".into());
        scene.github.edit(5, |issue| issue.body = "mine".into());
        apply.round(&plan).unwrap()
    });
    let Round { left, .. } = round;
    let why = "it was changed in GitHub since it was planned";
    assert_eq!(left, [format!("change `A-2`: {why}"), format!("change `A-5`: {why}")]);
    let rest = scene.run().unwrap();
    let conflicts: Vec<_> = rest
        .conflicts
        .iter()
        .map(|conflict| match conflict {
            Conflict::Issue { item, .. } => item.to_string(),
            _ => panic!("{conflict:?}"),
        })
        .collect();
    assert_eq!(conflicts, ["A-2", "A-5"]);
    let world = scene.github.world();
    assert_eq!((world.issues[1].title.as_str(), world.issues[4].body.as_str()), ("A-2: Mine", "mine"));
}

#[test]
fn a_label_and_a_milestone_that_somebody_changes_are_left_alone() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.source = changed();
    scene.with(|apply, _| {
        let plan = scene.plan(apply.writer, &apply.ledger.lock).unwrap();
        scene.github.act(|world| {
            world.labels[0].description = Some("mine".into());
            world.milestones[0].description = Some("mine".into());
        });
        let round = apply.round(&plan).unwrap();
        let why = "it was changed in GitHub since it was planned";
        // With the label, whose new name it would have borne by now, the issue has to wait for another round.
        let names = ["change label `area:db`", "change milestone `M-1`", "change `A-2`"];
        assert_eq!(round.left, names.map(|name| format!("{name}: {why}")));
    });
    assert_eq!(scene.github.labels().unwrap()[0].description.as_deref(), Some("mine"));
    assert_eq!(scene.github.milestones().unwrap()[0].description.as_deref(), Some("mine"));
}

#[test]
fn ticks_and_what_stands_below_the_marker_survive() {
    let mut scene = Scene::new(SOURCE);
    scene.run().unwrap();
    scene.github.edit(1, |issue| {
        issue.body = issue.body.replace("- [ ] one", "- [x] one") + "\nfrom a person";
    });
    scene.source = SOURCE.replace("Do it.", "Do it well.");
    assert!(scene.run().unwrap().is_empty());
    let body = &scene.github.world().issues[0].body;
    assert!(
        body.starts_with("Do it well.\n\n- [x] one\n- [ ] two") && body.ends_with("\nfrom a person"),
        "{body}"
    );
}
