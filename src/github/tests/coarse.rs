//! Milestones that are due within a month, a quarter or a year: GitHub gets the last day, and shows no drift for it.

use super::{Scene, told};
use crate::{
    github::plan::{Conflict, MilestoneField, Resolution},
    model::Day,
};

const SOURCE: &str = r#"{"milestones": [{"title": "M-1: x", "due_on": "2027-Q1"}], "issues": [{"title": "A-1: One", "milestone": "M-1", "due_on": "2027-03"}]}"#;

fn day(scene: &Scene) -> Option<String> {
    scene.world.milestones[0].due_on.map(|day| day.to_string())
}

#[test]
fn github_gets_the_last_day_and_nothing_is_planned_after() {
    for (stated, last) in [
        ("2027-Q1", Some("2027-03-31")),
        ("2027-02", Some("2027-02-28")),
        ("2027-H2", Some("2027-12-31")),
        ("2027", Some("2027-12-31")),
        ("2027-03-31", Some("2027-03-31")),
        ("later", None),
    ] {
        let mut scene = Scene::new(&SOURCE.replace("2027-Q1", stated));
        scene.apply();
        assert_eq!(day(&scene).as_deref(), last, "{stated}");
        scene.settles();
        assert_eq!(scene.plan().records, [], "{stated}");
    }
}

#[test]
fn what_ends_on_the_same_day_is_no_change_and_later_takes_the_day_away() {
    let mut scene = Scene::applied(SOURCE);
    for (old, new, wanted) in [
        ("2027-Q1", "2027-03-31", &[][..]),
        ("2027-03-31", "2027-Q1", &[]),
        ("2027-Q1", "2027-H1", &["~ milestone M-1: 1"]),
        ("2027-H1", "later", &["~ milestone M-1: 1"]),
        ("later", "2027-Q1", &["~ milestone M-1: 1"]),
    ] {
        scene.edit(old, new);
        assert_eq!(told(&scene.apply()), wanted, "{old} {new}");
        scene.settles();
    }
}

#[test]
fn a_day_that_people_move_is_a_conflict_and_theirs_is_a_whole_day() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.milestones[0].due_on = Day::parse("2027-03-15");
    let plan = scene.plan();
    assert!(matches!(&plan.conflicts[..], [Conflict::Milestone { field: MilestoneField::DueOn(change), .. }]
        if change.becomes == Day::parse("2027-03-31")));
    scene.options.on_conflict.all = Resolution::Theirs;
    let changes = scene.plan().source_changes;
    assert_eq!(changes.iter().map(|change| change.value.clone()).collect::<Vec<_>>(), ["2027-03-15"]);
    scene.options.on_conflict.all = Resolution::Ours;
    scene.apply();
    assert_eq!(day(&scene).as_deref(), Some("2027-03-31"));
    scene.settles();
}
