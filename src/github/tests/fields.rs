//! Issue fields: what is filled, what is left, who wins.

use super::{Scene, told};
use crate::{
    github::{
        fields::{FieldKind, FieldValue, OrgField},
        plan::{Conflict, Field, IssueField, Resolution},
    },
    source::FieldValues,
};

const SOURCE: &str = r#"{
  "github": { "fields": { "start_on": "Start date", "due_on": "Target date", "estimate": "Points", "priority": "Priority" } },
  "label_groups": [{ "prefix": "priority" }],
  "labels": [{ "name": "priority:high" }, { "name": "priority:low" }, { "name": "area:db" }],
  "issues": [{ "id": "A-1", "title": "A-1: One", "labels": ["area:db", "priority:high"],
    "start_on": "2027-01", "due_on": "2027-Q1", "estimate": 5.0 }]
}"#;

/// A repository of an organization that has these fields.
fn scene() -> Scene {
    let mut scene = Scene::new(SOURCE);
    let fields = [
        ("Start Date", FieldKind::Date),
        ("Target date", FieldKind::Date),
        ("points", FieldKind::Number),
        ("Priority", FieldKind::SingleSelect),
    ];
    for ((name, kind), id) in fields.into_iter().zip(1..) {
        let options = ["Urgent", "High", "Low"].map(str::to_owned).to_vec();
        let field = OrgField { id, name: name.into(), kind, options };
        scene.world.fillable.fields.insert(name.to_lowercase(), field);
    }
    scene
}

fn applied() -> Scene {
    let mut scene = scene();
    scene.apply();
    scene.settles();
    scene
}

/// Sets a value in GitHub; an empty text takes it away.
fn set(scene: &mut Scene, field: u64, value: &str) {
    let values = scene.world.issues[0].fields.as_mut().expect("they are told");
    values.retain(|value| value.field != field);
    if !value.is_empty() {
        values.push(FieldValue { field, value: value.into() });
    }
}

fn values(scene: &Scene) -> Vec<(u64, String)> {
    let values = scene.world.issues[0].fields.iter().flatten();
    let mut values: Vec<_> = values.map(|value| (value.field, value.value.clone())).collect();
    values.sort_unstable();
    values
}

#[test]
fn each_field_is_filled_once_and_a_coarse_day_by_its_end() {
    let mut scene = scene();
    let plan = scene.apply();
    let filled = "fill new A-1: Target date nothing -> 2027-03-31, points nothing -> 5, Priority nothing -> High, Start Date nothing -> 2027-01-01";
    assert_eq!(told(&plan).last().unwrap(), filled);
    assert_eq!(plan.estimate.requests, plan.operations.len());
    scene.settles();
    assert_eq!(plan_of(&scene), [""; 0]);
    // What GitHub has is as the source says, however coarse that is.
    scene.edit("2027-Q1", "2027-03-31");
    scene.settles();
}

fn plan_of(scene: &Scene) -> Vec<String> {
    told(&scene.plan())
}

#[test]
fn what_the_source_changes_or_drops_is_changed_and_taken_away() {
    let mut scene = applied();
    scene.edit("5.0", "0.5");
    scene.edit(r#""due_on": "2027-Q1", "#, "");
    scene.edit(r#", "priority:high"]"#, "]");
    let plan = scene.apply();
    assert_eq!(
        told(&plan).last().unwrap(),
        "fill A-1: Target date 2027-03-31 -> nothing, points 5 -> 0.5, Priority High -> nothing"
    );
    // One request fills, two empty; another takes the label off.
    assert_eq!((plan.operations.len(), plan.estimate.requests), (2, 4));
    assert_eq!(values(&scene), [(1, "2027-01-01".into()), (3, "0.5".into())]);
    scene.settles();
    // What people set from then on is theirs.
    set(&mut scene, 2, "2027-05-05");
    scene.settles();
    let FieldValues(kept) = scene.lock.issues["a-1"].applied.fields.get().cloned().unwrap();
    assert_eq!(kept.get("points"), Some(&Some("0.5".into())));
}

#[test]
fn what_people_set_is_a_conflict_until_somebody_decides() {
    for (field, name, value) in [
        (1, Field::StartOn, "2027-02-01"),
        (2, Field::DueOn, "2027-03-30"),
        (3, Field::Estimate, "8"),
        (4, Field::Labels, "Low"),
        (2, Field::DueOn, ""),
    ] {
        let mut scene = applied();
        let before = values(&scene);
        set(&mut scene, field, value);
        let plan = scene.apply();
        let [Conflict::Issue { field: IssueField::Custom(change), .. }] = plan.conflicts.as_slice() else {
            panic!("{plan:#?}")
        };
        assert_eq!((change.of, change.was.as_deref()), (name, Some(value).filter(|it| !it.is_empty())));
        assert_eq!((plan.operations.len(), scene.plan().conflicts.len()), (0, 1));
        scene.options.on_conflict.fields.insert(("a-1".into(), name), Resolution::Ours);
        scene.apply();
        assert_eq!(values(&scene), before);
        scene.options.on_conflict.fields.clear();
        scene.settles();
    }
}

#[test]
fn values_of_githubs_come_into_the_source() {
    for (field, value, edit) in [
        (1, "2027-02-01", (r#""start_on": "2027-01""#, r#""start_on": "2027-02-01""#)),
        (3, "8", (r#""estimate": 5.0"#, r#""estimate": 8"#)),
        (3, "0.25", (r#""estimate": 5.0"#, r#""estimate": 0.25"#)),
        (4, "LOW", (r#"["area:db", "priority:high"]"#, r#"["area:db","priority:low"]"#)),
        (4, "", (r#"["area:db", "priority:high"]"#, r#"["area:db"]"#)),
        (2, "", (r#""due_on": "2027-Q1""#, r#""due_on": null"#)),
    ] {
        let mut scene = applied();
        set(&mut scene, field, value);
        scene.options.on_conflict.all = Resolution::Theirs;
        let plan = scene.apply();
        let [change] = plan.source_changes.as_slice() else { panic!("{plan:#?}") };
        assert_eq!(
            format!(r#""{}": {}"#, change.field.key(), change.value).split_once(": ").unwrap().1,
            edit.1.split_once(": ").map_or(edit.1, |(_, value)| value)
        );
        scene.edit(edit.0, edit.1);
        scene.options.on_conflict.all = Resolution::Fail;
        // A label may have to follow.
        scene.apply();
        scene.settles();
    }
}

#[test]
fn an_option_that_is_not_there_is_a_conflict() {
    let mut scene = applied();
    scene.edit("priority:high\" }", "priority:top\" }");
    scene.edit("\"priority:high\"]", "\"priority:top\"]");
    scene.apply();
    let plan = scene.plan();
    assert_eq!((plan.operations.len(), plan.notes.len()), (0, 0), "{plan:#?}");
    let [Conflict::NoOption { field, option, label, options, issues }] = plan.conflicts.as_slice() else {
        panic!("{plan:#?}")
    };
    assert_eq!([field, option, label], ["Priority", "top", "priority:top"]);
    assert_eq!((options.len(), issues.len()), (3, 1));
    // Nor can the source say an option for which it has no label.
    let mut scene = applied();
    set(&mut scene, 4, "Urgent");
    scene.options.on_conflict.all = Resolution::Theirs;
    let plan = scene.plan();
    assert!(plan.source_changes.is_empty() && plan.operations.is_empty(), "{plan:#?}");
    assert_eq!(plan.conflicts.len(), 1, "it still differs: {plan:#?}");
    assert!(plan.notes[0].contains("is `Urgent` in GitHub, which no label says"), "{plan:#?}");
}

#[test]
fn what_was_there_before_is_peoples() {
    let mut scene = scene();
    let source = scene.source.clone();
    scene.source = source.replace(r#""due_on": "2027-Q1", "#, "");
    scene.apply();
    set(&mut scene, 2, "2027-01-15");
    scene.source = source;
    let plan = scene.plan();
    assert_eq!((plan.operations.len(), plan.conflicts.len()), (0, 1), "{plan:#?}");
    // A value that is the same already is taken for applied.
    set(&mut scene, 2, "2027-03-31");
    scene.apply();
    scene.edit("2027-Q1", "2027-Q2");
    assert_eq!(plan_of(&scene), ["fill A-1: Target date 2027-03-31 -> 2027-06-30"]);
}

#[test]
fn fields_that_are_not_told_or_not_there_are_left_with_what_is_known_of_them() {
    let mut scene = applied();
    let known = scene.lock.clone();
    scene.world.issues[0].fields = None;
    scene.edit("5.0", "7");
    scene.settles();
    scene.apply();
    scene.world.fillable.fields.clear();
    scene.settles();
    scene.apply();
    assert_eq!(scene.lock.issues["a-1"].applied.fields, known.issues["a-1"].applied.fields);
}
