//! The first apply over what was there: what differs is shown and left alone, what is empty is filled, lists are only added to.

use super::{Scene, told};
use crate::{
    github::{
        plan::{Conflict, IssueField, LabelField, MilestoneField, Resolution},
        remote::{IssueName, Reason},
    },
    model::Day,
    source::{
        Lock,
        schema::{State, StateReason},
    },
};

const SOURCE: &str = r#"{"labels": [{"name": "Bug", "color": "ff0000", "description": "It fails."}],
"milestones": [{"id": "M-1", "title": "Begin", "description": "What.", "due_on": "2027-05-01", "state": "open"}, {"id": "M-2", "title": "End"}],
"issues": [{"title": "A-1: One", "body": "Do it.", "milestone": "M-1", "labels": ["Bug"], "assignees": ["ann", "ben"], "type": "Task",
  "parent": "A-2", "blocked_by": ["A-2"], "state": "open"}, {"title": "A-2: Two"}, {"title": "A-3: Three"}]}"#;

/// The same, as if a script or a lost lock had left it: markers stay where `is_marked`.
fn found(is_marked: bool) -> Scene {
    let mut scene = Scene::applied(SOURCE);
    scene.lock = Lock::default();
    if !is_marked {
        for issue in &mut scene.world.issues {
            issue.body = issue.body.split("<!--").next().unwrap_or_default().trim().into();
        }
    }
    scene
}

fn fields(scene: &Scene) -> Vec<&'static str> {
    let name = |conflict: &Conflict| match conflict {
        Conflict::Issue { field, .. } => super::name(field),
        Conflict::Label { field: LabelField::Name(_), .. } => "label's name",
        Conflict::Label { field: LabelField::Color(_), .. } => "label's colour",
        Conflict::Label { field: LabelField::Description(_), .. } => "label's description",
        Conflict::Milestone { field: MilestoneField::Title(_), .. } => "milestone's title",
        Conflict::Milestone { field: MilestoneField::Description(_), .. } => "milestone's description",
        Conflict::Milestone { field: MilestoneField::DueOn(_), .. } => "milestone's day",
        Conflict::Milestone { field: MilestoneField::State(_), .. } => "milestone's state",
        other => panic!("{other:?}"),
    };
    scene.plan().conflicts.iter().map(name).collect()
}

#[test]
fn every_value_that_differs_is_a_conflict_until_somebody_decides() {
    type Edit = fn(&mut Scene);
    let edits: [(&str, Edit); 12] = [
        ("label's name", |it| {
            it.world.labels[0].name = "bug".into();
            it.world.issues[0].labels[0] = "bug".into();
        }),
        ("label's colour", |it| it.world.labels[0].color = "d73a4a".into()),
        ("label's description", |it| it.world.labels[0].description = Some("Something is wrong".into())),
        ("milestone's description", |it| it.world.milestones[0].description = Some("Theirs.".into())),
        ("milestone's day", |it| it.world.milestones[0].due_on = Day::parse("2027-06-01")),
        ("milestone's state", |it| it.world.milestones[0].state = State::Closed),
        ("body", |it| it.world.issues[0].body = it.world.issues[0].body.replace("Do it.", "Do it well.")),
        ("assignees", |it| it.world.issues[0].assignees.push("cleo".into())),
        ("milestone", |it| it.world.issues[0].milestone = Some(2)),
        ("type", |it| it.world.issues[0].kind = Some("Feature".into())),
        ("parent", |it| it.world.issues[0].parent = Some(Some(IssueName::here(3)))),
        ("blocked_by", |it| {
            let blockers = it.world.blocked_by.as_mut().expect("known");
            let other =
                crate::github::remote::Blocker { name: IssueName::here(3), id: it.world.issues[2].id };
            blockers.entry(1).or_default().push(other);
        }),
    ];
    for is_marked in [true, false] {
        found(is_marked).settles_but_for_markers();
        for (what, edit) in edits {
            let mut scene = found(is_marked);
            edit(&mut scene);
            assert_eq!(fields(&scene), [what], "marked {is_marked}");
            let before = scene.world.clone();
            for _ in 0..2 {
                scene.apply();
                scene.same_but_for_markers(&before, what);
                assert_eq!(fields(&scene), [what], "marked {is_marked}");
            }
            let mut theirs = scene.clone();
            theirs.options.on_conflict.all = Resolution::Theirs;
            let plan = theirs.plan();
            assert_eq!((plan.operations.len(), plan.source_changes.len()), (0, 1), "{what}: {plan:#?}");
            scene.options.on_conflict.all = Resolution::Ours;
            scene.options.reopen = true;
            assert_eq!(scene.apply().operations.len(), 1, "{what}, marked {is_marked}");
            scene.settles();
        }
    }
}

impl Scene {
    fn settles_but_for_markers(&mut self) {
        let plan = self.apply();
        let is_marker = |line: &String| line.starts_with("~ issue") && line.ends_with(": body");
        assert!(told(&plan).iter().all(is_marker) && plan.conflicts.is_empty(), "{plan:#?}");
        self.settles();
    }

    #[track_caller]
    fn same_but_for_markers(&self, before: &crate::github::world::World, what: &str) {
        let mut now = self.world.clone();
        for (issue, was) in now.issues.iter_mut().zip(&before.issues) {
            issue.updated_at.clone_from(&was.updated_at);
            if !was.body.contains("<!--") {
                issue.body = issue.body.split("<!--").next().unwrap_or_default().trim().into();
            }
        }
        assert_eq!(now, *before, "{what}");
    }
}

#[test]
fn a_closed_issue_is_found_and_left_closed() {
    for is_marked in [true, false] {
        for reason in [StateReason::Completed, StateReason::NotPlanned, StateReason::Duplicate] {
            let mut scene = found(is_marked);
            scene.world.issues[0].state = State::Closed;
            scene.world.issues[0].state_reason = Some(Reason::Closed(reason));
            for winner in [Resolution::Fail, Resolution::Ours] {
                scene.options.on_conflict.all = winner;
                let plan = scene.apply();
                assert_eq!(plan.conflicts.len(), 1, "{plan:#?}");
                assert_eq!(scene.world.issues[0].state, State::Closed);
                assert_eq!(scene.world.issues.len(), 3, "it is not made a second time");
            }
            scene.options.reopen = true;
            scene.apply();
            assert_eq!(scene.world.issues[0].state, State::Open);
            scene.settles();
        }
    }
}

#[test]
fn what_somebody_took_out_of_an_issue_of_ours_stays_out_where_the_lock_was_lost() {
    let mut scene = found(true);
    let issue = &mut scene.world.issues[0];
    (issue.milestone, issue.kind) = (None, None);
    assert_eq!(fields(&scene), ["milestone", "type"]);
    scene.apply();
    assert_eq!((scene.world.issues[0].milestone, scene.world.issues[0].kind.clone()), (None, None));
    // What never was an item of ours lacks it for another reason: it is filled.
    let mut scene = found(false);
    let issue = &mut scene.world.issues[0];
    (issue.milestone, issue.kind) = (None, None);
    assert_eq!(told(&scene.apply())[0], "~ issue A-1 by Title: body milestone type");
    scene.settles();
}

#[test]
fn what_somebody_opened_again_is_not_closed_where_the_lock_was_lost() {
    let closed =
        SOURCE.replace(r#""state": "open"}, {"title": "A-2"#, r#""state": "closed"}, {"title": "A-2"#);
    for (reason, conflicts) in [(Some(Reason::Reopened), 1), (None, 0)] {
        let mut scene = found(true);
        scene.source.clone_from(&closed);
        scene.world.issues[0].state_reason = reason;
        let plan = scene.apply();
        assert_eq!(plan.conflicts.len(), conflicts, "{plan:#?}");
        let expected = if conflicts == 1 { State::Open } else { State::Closed };
        assert_eq!(scene.world.issues[0].state, expected);
    }
}

#[test]
fn lists_are_only_added_to() {
    for is_marked in [true, false] {
        let mut scene = found(is_marked);
        let issue = &mut scene.world.issues[0];
        issue.assignees = vec!["Cleo".into(), "Ann".into()];
        issue.labels = vec!["theirs".into()];
        let blockers = scene.world.blocked_by.as_mut().expect("known");
        let other = crate::github::remote::Blocker { name: IssueName::here(3), id: scene.world.issues[2].id };
        blockers.insert(1, vec![other.clone()]);
        let plan = scene.apply();
        assert_eq!(fields(&scene), ["assignees", "blocked_by"], "{plan:#?}");
        let issue = &scene.world.issues[0];
        // Of an issue of ours it is known that somebody took one off.
        let added = if is_marked { &["Cleo", "Ann"][..] } else { &["Cleo", "Ann", "ben"] };
        assert_eq!(issue.assignees, added);
        assert_eq!(issue.labels, ["theirs", "Bug"]);
        let waits = &scene.world.blocked_by.as_ref().expect("known")[&1];
        assert!(waits.contains(&other) && waits.len() == 2, "{waits:?}");
        // A list of which the source says more is added to without a word.
        let mut scene = found(is_marked);
        scene.world.issues[0].assignees = vec!["Ben".into()];
        assert_eq!(scene.apply().conflicts, []);
        assert_eq!(scene.world.issues[0].assignees, ["Ben", "ann"]);
    }
}

#[test]
fn one_entry_of_the_lock_that_is_missing_makes_conflicts_of_that_item_alone() {
    let mut scene = Scene::applied(SOURCE);
    scene.lock.issues.remove("a-1");
    scene.settles();
    scene.world.issues[0].title = "A-1: Theirs".into();
    scene.edit("A-1: One", "A-1: Ours");
    scene.edit("A-2: Two", "A-2: Zwei");
    let plan = scene.apply();
    assert_eq!(told(&plan), ["~ issue A-2 by Lock: title"]);
    assert!(matches!(&plan.conflicts[..], [Conflict::Issue { field: IssueField::Title(_), number: 1, .. }]));
}
