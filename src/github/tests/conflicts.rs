//! What people change in GitHub: it survives, or is a conflict until somebody decides.

use super::{Scene, told};
use crate::{
    github::{
        plan::{Conflict, Field, IssueField, Item, Resolution},
        remote::{IssueName, Reason},
    },
    source::schema::{State, StateReason},
};

const SOURCE: &str = r#"{"labels": [{"name": "area:db", "color": "ff0000"}, {"name": "kind:x"}],
"milestones": [{"title": "M-1: x", "description": "what", "due_on": "2026-12-31", "state": "open"}],
"issues": [{"title": "A-1: One", "body": "First.\n\n- [ ] box\n- [ ] other", "labels": ["area:db", "kind:x"], "assignees": ["ann"],
  "milestone": "M-1", "state": "open", "type": "Bug", "parent": null, "blocked_by": []}, {"title": "A-2: Two"}]}"#;

#[test]
fn an_edit_of_an_owned_field_is_a_conflict_and_everything_else_is_done() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues[0].title = "A-1: by hand".into();
    scene.edit("A-1: One", "A-1: Eins");
    scene.edit("First.", "Begin.");
    let plan = scene.apply();
    assert_eq!(told(&plan), ["~ issue A-1 by Lock: body"]);
    assert!(matches!(
        &plan.conflicts[..],
        [Conflict::Issue { number: 1, field: IssueField::Title(change), .. }] if change.was == "A-1: by hand"
    ));
    assert_eq!(scene.world.issues[0].title, "A-1: by hand");
    // It stays one for as long as nobody decides.
    let plan = scene.apply();
    assert_eq!((told(&plan).len(), plan.conflicts.len()), (0, 1));
}

#[test]
fn every_owned_field_that_people_change_is_a_conflict() {
    let applied = Scene::applied(SOURCE);
    type Edit = fn(&mut Scene);
    let edits: [(&str, Edit); 13] = [
        ("label's name", |it| it.world.labels[0].name = "area:else".into()),
        ("label's colour", |it| it.world.labels[0].color = "00ff00".into()),
        ("milestone's title", |it| it.world.milestones[0].title = "M-1: by hand".into()),
        ("milestone's description", |it| it.world.milestones[0].description = None),
        ("milestone's day", |it| it.world.milestones[0].due_on = None),
        ("milestone's state", |it| it.world.milestones[0].state = State::Closed),
        ("body", |it| it.world.issues[0].body = it.world.issues[0].body.replace("First", "Second")),
        ("assignees", |it| it.world.issues[0].assignees.push("ben".into())),
        ("milestone", |it| it.world.issues[0].milestone = None),
        ("type", |it| it.world.issues[0].kind = None),
        ("state", |it| it.world.issues[0].state = State::Closed),
        ("parent", |it| it.world.issues[0].parent = Some(Some(IssueName::here(2)))),
        ("a label taken off", |it| it.world.issues[0].labels.clear()),
    ];
    for (what, edit) in edits {
        let mut scene = applied.clone();
        edit(&mut scene);
        // A rename in GitHub reaches the issues that have the label.
        if what == "label's name" {
            scene.world.issues[0].labels[0] = "area:else".into();
        }
        let before = scene.world.clone();
        let plan = scene.apply();
        assert_eq!((told(&plan).len(), plan.conflicts.len()), (0, 1), "{what}: {plan:#?}");
        assert_eq!(scene.world, before);
        // Ours puts it back, theirs writes it into the source.
        let mut ours = scene.clone();
        ours.options.on_conflict.all = Resolution::Ours;
        ours.options.reopen = true;
        let plan = ours.apply();
        assert_eq!((plan.operations.len(), plan.conflicts.len()), (1, 0), "{what}");
        ours.settles();
        scene.options.on_conflict.all = Resolution::Theirs;
        let plan = scene.plan();
        assert_eq!((told(&plan).len(), plan.conflicts.len(), plan.source_changes.len()), (0, 0, 1), "{what}");
    }
}

#[test]
fn both_made_the_same_change() {
    let mut scene = Scene::applied(SOURCE);
    scene.edit("A-1: One", "A-1: Eins");
    scene.world.issues[0].title = "A-1: Eins".into();
    let plan = scene.apply();
    assert!(plan.is_empty());
    assert_eq!(plan.records.len(), 1);
    // From now on that is what was applied: an edit back is people's.
    scene.world.issues[0].title = "A-1: One".into();
    assert_eq!(scene.plan().conflicts.len(), 1);
}

#[test]
fn theirs_says_what_the_source_has_to_say() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues[0].labels = vec!["kind:x".into(), "people's".into()];
    scene.world.issues[0].body = scene.world.issues[0].body.replace("First.", "Ask @ann.");
    scene.options.on_conflict.all = Resolution::Theirs;
    let changes = scene.plan().source_changes;
    let told: Vec<_> = changes.iter().map(|it| (it.field, it.value.clone())).collect();
    assert_eq!(
        told,
        [(Field::Body, "Ask @ann.\n\n- [ ] box\n- [ ] other".into()), (Field::Labels, vec!["kind:x"].into()),]
    );
    assert!(changes.iter().all(|it| matches!(&it.item, Item::Issue(id) if id.as_str() == "A-1")));
}

#[test]
fn one_field_of_one_item_is_decided_by_itself() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues[0].title = "A-1: by hand".into();
    scene.world.issues[0].assignees.clear();
    scene.options.on_conflict.fields.insert(("a-1".into(), Field::Title), Resolution::Ours);
    let plan = scene.apply();
    assert_eq!((told(&plan), plan.conflicts.len()), (vec!["~ issue A-1 by Lock: title".to_owned()], 1));
}

#[test]
fn what_is_peoples_is_never_in_the_way() {
    let mut scene = Scene::applied(SOURCE);
    let issue = &mut scene.world.issues[0];
    issue.body = issue.body.replace("- [ ] box", "- [x] box").replace('\n', "\r\n") + "\r\n\r\nI have begun.";
    issue.labels.push("people's".into());
    scene.world.issues[1].title = "A-2: Two".into();
    scene.world.issues[1].assignees.push("ben".into());
    scene.world.issues[1].body = "what people wrote into a body that nobody owns".into();
    scene.settles();
    scene.edit("First.", "Begin.");
    assert_eq!(told(&scene.apply()), ["~ issue A-1 by Lock: body"]);
    assert_eq!(
        scene.world.issues[0].body,
        "Begin.\n\n- [x] box\n- [ ] other\n\n<!-- roadbook:id=A-1 -->\r\n\r\nI have begun."
    );
    scene.edit(r#""labels": ["area:db", "kind:x"]"#, r#""labels": ["kind:x"]"#);
    scene.apply();
    assert_eq!(scene.world.issues[0].labels, ["kind:x", "people's"]);
    scene.settles();
}

#[test]
fn what_was_closed_is_opened_again_only_where_that_is_asked_for() {
    let mut scene =
        Scene::applied(&SOURCE.replace(r#""state": "open", "type""#, r#""state": "closed", "type""#));
    scene.edit(r#""state": "closed""#, r#""state": "open""#);
    let plan = scene.apply();
    assert!(matches!(&plan.conflicts[..], [Conflict::Closed { number: 1, .. }]));
    scene.options.reopen = true;
    assert_eq!(told(&scene.apply()), ["reopen A-1"]);
    scene.settles();
}

#[test]
fn a_world_that_moved_on_since_the_plan_is_refused() {
    let mut scene = Scene::applied(SOURCE);
    scene.edit("A-1: One", "A-1: Eins");
    let plan = scene.plan();
    scene.world.issues[0].body.push_str("\n\nsomething else, meanwhile");
    assert_eq!(scene.carry_out(&plan).left.len(), 1);
    assert_eq!(scene.world.issues[0].title, "A-1: One");
}

#[test]
fn a_body_that_github_cannot_take_is_told_and_not_sent() {
    let long = "x".repeat(65_530);
    let scene = Scene::new(&format!(r#"{{"issues": [{{"title": "A-1: x", "body": "{long}"}}]}}"#));
    let plan = scene.plan();
    assert!(matches!(&plan.conflicts[..], [Conflict::TooLong { characters, .. }] if *characters > 65_536));
    assert!(plan.operations.is_empty());
}

#[test]
fn another_reason_than_the_source_gives_is_a_difference() {
    let source = r#"{"issues": [{"title": "A-1: One", "state": "closed", "state_reason": "not_planned"}, {"title": "A-2: Two", "state": "closed"}]}"#;
    let mut scene = Scene::applied(source);
    scene.settles();
    // People's own reason, where the source gives none.
    scene.world.issues[1].state_reason = Some(Reason::Closed(StateReason::Duplicate));
    scene.settles();
    scene.world.issues[0].state_reason = Some(Reason::Closed(StateReason::Completed));
    let plan = scene.plan();
    assert!(
        matches!(&plan.conflicts[..], [Conflict::Issue { field: IssueField::StateReason(change), .. }]
            if (change.was, change.becomes) == (StateReason::Completed, StateReason::NotPlanned)),
        "{plan:#?}"
    );
    scene.options.on_conflict.all = Resolution::Theirs;
    let plan = scene.plan();
    assert_eq!(
        (plan.source_changes[0].field, plan.source_changes[0].value.as_str()),
        (Field::StateReason, Some("completed"))
    );
    scene.options.on_conflict.all = Resolution::Ours;
    scene.apply();
    assert_eq!(scene.world.issues[0].state_reason, Some(Reason::Closed(StateReason::NotPlanned)));
    scene.settles();
    // The source changes its mind: nobody else did.
    scene.options.on_conflict.all = Resolution::Fail;
    scene.edit("not_planned", "completed");
    assert_eq!(told(&scene.apply()), ["~ issue A-1 by Lock: state_reason"]);
    scene.settles();
}

#[test]
fn line_ends_that_a_browser_changes_are_no_edit() {
    let source = r#"{"milestones": [{"title": "M-1: x", "description": "A floor.\nFour walls."}]}"#;
    let mut scene = Scene::applied(source);
    let before = scene.plan();
    scene.world.milestones[0].description = Some("A floor.\r\nFour walls.\r\n".into());
    assert_eq!(scene.plan(), before);
}
