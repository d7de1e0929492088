//! Issue fields of an organization: filled once, left where people or GitHub say so, told where they cannot be.

use serde_json::{Value, json};

use crate::{
    document::document,
    fake::{GitHub, World},
    roadmaps::{Account, organization, with_fields},
    support::Project,
};

/// A repository of an organization to which a roadmap with fields was applied.
fn applied(count: usize) -> (GitHub, Project) {
    let (github, project) = (organization(), Project::asking(&with_fields(count)));
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(run.err.contains("nothing is left to do"), "{}", run.err);
    assert_eq!(Account::of(&github, &project.source()), Account::default());
    document().hold(&github.log());
    github.forget();
    (github, project)
}

/// Changes an issue of the source.
fn set(project: &Project, at: usize, key: &str, value: Value) {
    let mut source = project.source();
    match value {
        Value::Null => _ = source["issues"][at].as_object_mut().expect("an issue").remove(key),
        value => source["issues"][at][key] = value,
    }
    project.rewrite(&source);
}

#[track_caller]
fn is_through(github: &GitHub, project: &Project) {
    let plan = project.ask(github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!(plan["is_empty"], true, "{plan:#}");
    project.ask(github, ["drift"]).ends_with(0);
    document().hold(&github.log());
}

#[test]
fn each_change_is_the_one_right_request() {
    let (github, project) = applied(4);
    let [target, points, priority] =
        ["Target date", "Points", "Priority"].map(|name| github.world(|world| world.field(name)));
    let after = |key: &str, value: Value| {
        set(&project, 3, key, value);
        github.forget();
        project.apply(&github, &[]).ends_with(0);
        let writes = github.writes();
        is_through(&github, &project);
        writes
    };
    let post = |id: u64, value: &str| {
        format!(
            r#"POST issues/4/issue-field-values {{"issue_field_values":[{{"field_id":{id},"value":{value}}}]}}"#
        )
    };
    assert_eq!(after("due_on", json!("2028-02")), [post(target, r#""2028-02-29""#)]);
    assert_eq!(after("estimate", json!(0.5)), [post(points, "0.5")]);
    assert_eq!(after("estimate", json!(13.0)), [post(points, "13")]);
    assert_eq!(after("estimate", Value::Null), [format!("DELETE issues/4/issue-field-values/{points}")]);
    assert_eq!(after("due_on", json!("later")), [format!("DELETE issues/4/issue-field-values/{target}")]);
    let relabelled = after("labels", json!(["priority:low"]));
    assert_eq!(relabelled.len(), 2, "{relabelled:?}");
    assert_eq!(relabelled[1], post(priority, r#""Low""#));
    assert_eq!(github.filled(4, "Priority"), "Low");
}

#[test]
fn the_organization_is_asked_once_and_issues_only_before_a_write() {
    let (github, project) = applied(6);
    set(&project, 3, "estimate", json!(40));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    let asked = |path: &str| github.log().iter().filter(|entry| entry.path.contains(path)).count();
    assert_eq!((asked("/orgs/"), asked("/issue-field-values")), (1, 2));
    // Where lists do not tell values, each issue that has one is asked.
    github.world(|world| world.organization.as_mut().expect("one").lists_no_values = true);
    github.forget();
    is_through(&github, &project);
    assert_eq!(asked("/issue-field-values"), 2 * 6);
    // Switched off, nothing of it is asked.
    let mut source = project.source();
    source.as_object_mut().expect("an object").remove("github");
    project.rewrite(&source);
    github.forget();
    is_through(&github, &project);
    assert_eq!((asked("/orgs/"), asked("/issue-field-values")), (0, 0));
}

#[test]
fn what_people_set_is_a_conflict_and_comes_home() {
    for (field, key, value, home) in [
        ("Target date", "due_on", json!("2027-07-07"), json!("2027-07-07")),
        ("Start date", "start_on", json!("2026-01-05"), json!("2026-01-05")),
        ("Points", "estimate", json!(99), json!(99)),
        ("Points", "estimate", Value::Null, Value::Null),
        ("Priority", "labels", json!("Low"), json!(["area:4", "area:5", "priority:low"])),
    ] {
        let (github, project) = applied(4);
        github.fill(4, field, &value);
        let run = project.ask(&github, ["plan"]).ends_with(0);
        assert!(run.out.contains(&format!("{key} in {field}: GitHub: ")), "{}", run.out);
        project.ask(&github, ["drift"]).ends_with(1);
        let run = project.ask(&github, ["apply", "--yes"]).ends_with(1);
        assert_eq!(github.writes(), [""; 0], "{}", run.err);
        let decided = format!("DB-004.{key}=theirs");
        project.ask(&github, ["apply", "--yes", "--on-conflict", &decided]).ends_with(0);
        assert_eq!(project.source()["issues"][3][key], home);
        assert_eq!(github.filled(4, field), value);
        is_through(&github, &project);
    }
}

#[test]
fn an_edit_between_plan_and_apply_is_not_overwritten() {
    let (github, project) = applied(4);
    set(&project, 3, "estimate", json!(21));
    let file = project.path("plan.json");
    let file = file.to_str().expect("a path");
    project.ask(&github, ["plan", "--out", file]).ends_with(0);
    github.fill(4, "Points", &json!(3));
    let run = project.ask(&github, ["apply", file, "--yes"]);
    assert!(
        run.code != 0 && run.err.contains("fill the issue fields of `DB-004`: it was changed"),
        "{run:?}"
    );
    assert_eq!(github.filled(4, "Points"), 3);
}

#[test]
fn what_is_dropped_in_silence_is_said_once_and_stays_to_be_done() {
    let (github, project) = (organization(), Project::asking(&with_fields(6)));
    github.world(|world| {
        let points = world.field("Points");
        world.organization.as_mut().expect("one").unavailable.insert(points);
    });
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    let told: Vec<_> = run.err.lines().filter(|line| line.contains("dropped the value")).collect();
    assert_eq!(told.len(), 1, "{}", run.err);
    assert!(
        told[0]
            .contains("not done: fill the issue field `Points` of `DB-001`, `DB-002`, `DB-003` and 3 others"),
        "{told:?}"
    );
    // All others were filled, and it goes on from there once the field can be set.
    assert_eq!(github.filled(4, "Priority"), "High");
    assert_eq!(github.filled(4, "Points"), Value::Null);
    github.world(|world| world.organization.as_mut().expect("one").unavailable.clear());
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(Account::of(&github, &project.source()), Account::default());
    is_through(&github, &project);
}

#[test]
fn the_last_apply_is_taken_back_where_nobody_changed_it_since() {
    let (github, project) = applied(4);
    for at in [0, 2, 3] {
        set(&project, at, "estimate", json!(50 + at));
    }
    set(&project, 3, "due_on", Value::Null);
    let due = github.filled(4, "Target date");
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    github.fill(3, "Points", &json!(1));
    let run = project.ask(&github, ["apply", "--undo", "--yes"]).ends_with(5);
    assert!(run.err.contains("not undone: fill the issue fields of `DB-003`"), "{}", run.err);
    assert!(run.err.contains("2 changes taken back"), "{}", run.err);
    assert_eq!((github.filled(1, "Points"), github.filled(3, "Points")), (json!(1), json!(1)));
    assert_eq!((github.filled(4, "Points"), github.filled(4, "Target date")), (json!(4), due));
    document().hold(&github.log());
}

/// The notes of a plan against this world, in which no field can be filled, nor is there a conflict.
fn notes(world: World, source: &Value) -> Vec<String> {
    let (github, project) = (GitHub::start_with(world), Project::asking(source));
    let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert!(github.writes().iter().all(|line| !line.contains("issue-field-values")));
    is_through(&github, &project);
    serde_json::from_value(plan["notes"].clone()).expect("a list")
}

#[test]
fn where_fields_cannot_be_filled_one_note_says_why() {
    let source = with_fields(3);
    let told = notes(World::new("acme", "data-platform"), &source);
    assert_eq!(
        told,
        ["`acme` is a user, and only organizations have issue fields: `github.fields` does nothing here"]
    );
    let mut world = organization().dump();
    world.organization.as_mut().expect("one").hides_fields = true;
    let told = notes(world, &source);
    assert!(told.len() == 1 && told[0].contains("the token may not see them (`read:org`"), "{told:?}");
}

#[test]
fn a_field_that_is_missing_or_of_another_kind_is_drift_where_the_source_says_a_value() {
    let mut world = World::new("acme", "data-platform");
    world.organize(&[("start date", "text", &[]), ("Points", "single_select", &["1"])]);
    let mut source = with_fields(3);
    let (github, project) = (GitHub::start_with(world), Project::asking(&source));
    let plan = |project: &Project| project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    let told = plan(&project);
    let whys: Vec<_> =
        told["conflicts"].as_array().expect("a list").iter().map(|it| it["why"].clone()).collect();
    assert_eq!(
        whys,
        [
            "`acme` has no issue field `Target date`: add it there as a date field, or correct the name in `github.fields`",
            "`Points` is a single-select field in GitHub, and `estimate` needs a number field: name another one in `github.fields`",
            "`acme` has no issue field `Priority`: add it there as a single-select field, or correct the name in `github.fields`",
            "`Start date` is a text field in GitHub, and `start_on` needs a date field: name another one in `github.fields`",
        ]
    );
    // All else is carried out, and what is left is told at each run.
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    assert!(run.out.contains("cannot be filled for `DB-001`, `DB-002`, `DB-003`"), "{}", run.out);
    assert!(github.writes().iter().all(|line| !line.contains("issue-field-values")));
    project.ask(&github, ["drift"]).ends_with(1);
    project.ask(&github, ["drift", "--only", "db-001"]).ends_with(1);
    project.ask(&github, ["drift", "--only", "labels"]).ends_with(0);
    // Where the source says no value, nothing differs.
    for issue in source["issues"].as_array_mut().expect("a list") {
        issue
            .as_object_mut()
            .expect("an object")
            .retain(|key, _| !["start_on", "due_on", "estimate"].contains(&key.as_str()));
        issue["labels"] = json!(["area:1"]);
    }
    project.rewrite(&source);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    is_through(&github, &project);
    assert_eq!(plan(&project)["notes"].as_array().map(Vec::len), Some(4));
}

#[test]
fn an_option_that_is_missing_is_told_once_and_the_rest_is_filled() {
    let mut world = World::new("acme", "data-platform");
    world.organize(&[
        ("Start date", "date", &[]),
        ("Target date", "date", &[]),
        ("Points", "number", &[]),
        ("Priority", "single_select", &["Low"]),
        ("Customer", "text", &[]),
    ]);
    let (github, project) = (GitHub::start_with(world), Project::asking(&with_fields(8)));
    let run = project.ask(&github, ["apply", "--yes"]).ends_with(5);
    let note = "the issue field `Priority` has no option for it (it has `Low`), so it stays unset for `DB-002`, `DB-004`";
    assert_eq!(run.out.matches(note).count(), 1, "{}", run.out);
    assert_eq!((github.filled(4, "Priority"), github.filled(4, "Points")), (Value::Null, json!(4)));
    assert_eq!(github.filled(1, "Priority"), "Low");
    project.ask(&github, ["drift"]).ends_with(1);
    github.world(|world| {
        let id = world.fresh_id();
        let fields = &mut world.organization.as_mut().expect("one").fields;
        let priority = fields.iter_mut().find(|field| field.name == "Priority").expect("a field");
        priority.options.push((id, "HIGH".into()));
    });
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.filled(4, "Priority"), "HIGH");
    // A field that is not mapped is the team's own.
    github.fill(4, "Customer", &json!("ACME"));
    is_through(&github, &project);
    set(&project, 3, "estimate", Value::Null);
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    assert_eq!(github.filled(4, "Customer"), "ACME");
}

#[test]
fn without_the_network_and_without_the_lock_it_is_known_what_is_to_be_done() {
    let (github, project) = applied(4);
    let offline = |project: &Project| {
        project.run(["plan", "--offline", "--format", "json"]).ends_with(0).json()["operations"].clone()
    };
    assert_eq!(offline(&project), json!([]));
    set(&project, 3, "estimate", json!(8));
    let told = offline(&project);
    assert_eq!(
        (&told[0]["operation"], &told[0]["fields"][0]["was"], &told[0]["fields"][0]["becomes"]),
        (&json!("set_fields"), &json!("4"), &json!("8"))
    );
    assert_eq!(told.as_array().map(Vec::len), Some(1));
    // A lock that was lost says nothing about who set what: what differs is people's.
    project.lose("roadmap/roadbook.lock.json");
    let plan = project.ask(&github, ["plan", "--format", "json"]).ends_with(0).json();
    assert_eq!(
        (plan["operations"].clone(), plan["conflicts"].as_array().map(Vec::len)),
        (json!([]), Some(1))
    );
    set(&project, 3, "estimate", json!(4));
    project.ask(&github, ["apply", "--yes"]).ends_with(0);
    is_through(&github, &project);
}

#[test]
fn a_day_that_is_an_error_in_another_issue_is_left_and_nothing_else() {
    let (github, project) = applied(6);
    // `DB-006` waits for `DB-005` and is due on 2027-07-11.
    github.world(|world| {
        world.fill(5, "Target date", &json!("2027-10-13"));
        world.fill(2, "Points", &json!(13));
        world.fill(4, "Target date", &json!("2027-05-12"));
    });
    let run = project.ask(&github, ["pull"]).ends_with(1);
    assert!(run.err.contains("not taken: issue DB-005: `DB-006` is due on 2027-07-11"), "{}", run.err);
    let source = project.source();
    let of = |at: usize, key: &str| source["issues"][at][key].clone();
    assert_eq!([of(1, "estimate"), of(3, "due_on")], [json!(13), json!("2027-05-12")]);
    assert_eq!(of(4, "due_on"), json!("2027-06-11"));
}
