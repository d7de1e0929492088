//! Which issue is which: what an older script left, what was found twice, what is gone, what is another's.

use std::collections::BTreeMap;

use super::{Scene, told};
use crate::{
    github::{
        plan::{Conflict, Found, IssueField, Item, Operation, Options, Resolution, Which},
        remote::RemoteIssue,
    },
    source::{Lock, schema::State},
};

const SOURCE: &str = r#"{"milestones": [{"id": "M-1", "title": "M-1 – Begin"}], "labels": [{"name": "area:db"}],
"issues": [{"title": "A-1: One", "body": "Do it.\n\n- [ ] a", "milestone": "M-1", "labels": ["area:db"]}, {"id": "two", "title": "The second"}]}"#;

/// A repository as a script left it: another body's end, labels lost, no marker, the milestone closed; and no lock.
fn script() -> Scene {
    let mut scene = Scene::applied(SOURCE);
    scene.lock = Lock::default();
    scene.world.milestones[0].state = State::Closed;
    for issue in &mut scene.world.issues {
        issue.body = issue.body.split("\n\n<!--").next().unwrap_or_default().replace('\n', "\r\n") + "\n";
        issue.labels.clear();
    }
    scene.world.issues[1].body = "nobody owns this".into();
    scene
}

fn again(scene: &mut Scene, at: usize) {
    let number = scene.world.issues.len() as u64 + 1;
    let copy = RemoteIssue { number, id: number + 1000, ..scene.world.issues[at].clone() };
    scene.world.issues.push(copy);
}

#[test]
fn what_an_older_script_made_is_adopted_and_then_nothing_is_left_to_do() {
    let mut scene = script();
    let plan = scene.apply();
    assert_eq!(told(&plan), ["~ issue A-1 by Title: body labels", "~ issue two by Title: body"]);
    assert_eq!(scene.world.issues[0].body, "Do it.\r\n\r\n- [ ] a\n\n<!-- roadbook:id=A-1 -->");
    assert_eq!(scene.world.issues[1].body, "nobody owns this\n\n<!-- roadbook:id=two -->");
    scene.settles();
    assert_eq!(scene.world.issues.len(), 2);
}

#[test]
fn titles_are_read_in_every_form_that_people_write() {
    for title in ["A-1: one", "[A-1] One", "[a-1]: One", "A-1 – One", "A-1—One", "  A-1 - One", "A-1 : One"]
    {
        let mut scene = script();
        scene.world.issues[0].title = title.into();
        // Its title is people's until somebody decides.
        let plan = scene.apply();
        assert_eq!(told(&plan)[0], "~ issue A-1 by Title: body labels", "{title}");
        assert!(
            matches!(&plan.conflicts[..], [Conflict::Issue { field: IssueField::Title(_), .. }]),
            "{title}"
        );
        assert_eq!(scene.apply().conflicts.len(), 1, "{title}");
        scene.options.on_conflict.all = Resolution::Ours;
        assert_eq!(told(&scene.apply()), ["~ issue A-1 by Lock: title"], "{title}");
        scene.settles();
    }
    for title in ["A-10: x", "see A-1: x", "A-1 x", "A-1-x", "[A-1 x", "A-1"] {
        let mut scene = script();
        scene.world.issues[0].title = title.into();
        assert_eq!(told(&scene.plan())[0], "+ issue A-1", "{title}");
    }
}

#[test]
fn an_issue_that_shares_only_the_id_is_asked_about() {
    for title in ["A-1: x", "[A-1] One more", "[a-1]: x", "A-1 – x", "A-1—x", "  A-1 - x"] {
        let mut scene = script();
        scene.world.issues[0].title = title.into();
        let before = scene.world.issues[0].clone();
        let plan = scene.apply();
        assert!(
            matches!(&plan.conflicts[..], [Conflict::Alike { item: Item::Issue(item), others, .. }]
                if item.as_str() == "A-1" && others[0].number == 1 && others[0].title == title),
            "{title}: {plan:#?}"
        );
        scene.options.on_conflict.all = Resolution::Ours;
        scene.options.adopt_oldest = true;
        assert_eq!(scene.apply().conflicts.len(), 1, "{title}");
        assert_eq!(scene.world.issues[0], before, "{title}");
        // Yes, and what differs is a conflict all the same.
        let mut yes = scene.clone();
        yes.options = Options::default();
        for by_id in [true, false] {
            let mut yes = yes.clone();
            yes.options.adopt_by_id = by_id;
            if !by_id {
                yes.options.adopt.insert("a-1".into(), Which::Number(1));
            }
            let plan = yes.apply();
            assert_eq!((told(&plan).len(), plan.conflicts.len()), (1, 1), "{title}");
            // From then on nobody is asked again.
            yes.options = Options::default();
            yes.options.on_conflict.all = Resolution::Ours;
            assert_eq!(told(&yes.apply()), ["~ issue A-1 by Lock: title"], "{title}");
            yes.settles();
        }
        // No: it is made.
        scene.options.adopt.insert("a-1".into(), Which::New);
        assert_eq!(told(&scene.apply()), ["+ issue A-1"], "{title}");
        assert_eq!(scene.world.issues[0], before, "{title}");
        scene.settles();
    }
}

#[test]
fn what_somebody_names_is_taken_where_it_can_be() {
    let one = |number| BTreeMap::from([("a-1".to_owned(), Which::Number(number))]);
    // Of two copies the one that is named, and the other is left alone.
    let mut scene = script();
    again(&mut scene, 0);
    scene.options.adopt = one(3);
    assert_eq!(told(&scene.apply())[0], "~ issue A-1 by Title: body labels");
    assert_eq!(scene.lock.issues["a-1"].number, Some(3));
    assert_eq!(scene.world.issues[0].state, State::Open);
    scene.settles();
    // Not what is another item's, and not what is not there.
    for (number, is_taken) in [(2, true), (77, false)] {
        let mut scene = Scene::applied(SOURCE);
        scene.lock = Lock::default();
        scene.world.issues[0].body.clear();
        scene.world.issues[0].title = "Something else".into();
        scene.options.adopt = one(number);
        let plan = scene.plan();
        let [conflict] = &plan.conflicts[..] else { panic!("{plan:#?}") };
        assert_eq!(matches!(conflict, Conflict::Taken { .. }), is_taken, "{conflict:?}");
        assert_eq!(matches!(conflict, Conflict::Gone { .. }), !is_taken, "{conflict:?}");
        assert_eq!(told(&plan), [""; 0]);
    }
}

#[test]
fn what_is_there_twice_is_a_conflict_that_names_the_numbers() {
    let mut scene = script();
    again(&mut scene, 0);
    let plan = scene.plan();
    assert!(matches!(
        &plan.conflicts[..],
        [Conflict::Ambiguous { item: Item::Issue(id), found: Found::Title, numbers }] if id.as_str() == "A-1" && *numbers == [1, 3]
    ));
    assert_eq!(told(&plan), ["~ issue two by Title: body"]);
    scene.options.adopt_oldest = true;
    assert_eq!(
        told(&scene.apply()),
        ["~ issue A-1 by Title: body labels", "~ issue two by Title: body", "close #3"]
    );
    assert_eq!((scene.world.issues[0].state, scene.world.issues[2].state), (State::Open, State::Closed));
    scene.settles();
}

#[test]
fn a_marker_goes_before_a_title_and_the_lock_before_both() {
    let mut scene = Scene::applied(SOURCE);
    again(&mut scene, 1);
    scene.world.issues[2].title = "A-1: looks like it".into();
    scene.settles();
    scene.lock = Lock::default();
    scene.world.issues[2].body = String::new();
    // The marker finds the first one; the other has an equal title and is left alone.
    assert_eq!(told(&scene.apply()), [""; 0]);
    assert_eq!(scene.lock.issues["a-1"].number, Some(1));
    // A second one with the marker is told.
    scene.world.issues[2].body = "<!-- roadbook:id=A-1 -->".into();
    let plan = scene.plan();
    assert!(plan.is_empty() && plan.notes[0].starts_with("#3 has the marker of `A-1` as well"));
}

#[test]
fn an_issue_that_is_another_by_its_marker_is_not_taken() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues[0].body = "<!-- roadbook:id=B-9 -->".into();
    let plan = scene.plan();
    assert!(matches!(&plan.conflicts[..], [Conflict::Taken { number: 1, marker, .. }] if marker == "B-9"));
    assert!(plan.operations.is_empty());
}

#[test]
fn what_was_deleted_is_made_again_only_where_that_is_asked_for() {
    let mut scene = Scene::applied(SOURCE);
    scene.world.issues.remove(0);
    scene.world.milestones.clear();
    scene.world.labels.clear();
    let plan = scene.plan();
    assert_eq!(plan.operations, []);
    assert_eq!(plan.conflicts.iter().filter(|it| matches!(it, Conflict::Deleted { .. })).count(), 3);
    scene.options.recreate = true;
    assert_eq!(told(&scene.apply()), ["+ label area:db", "+ milestone M-1", "+ issue A-1"]);
    scene.settles();
}

#[test]
fn a_closed_milestone_is_found_and_its_letters_may_be_composed_otherwise() {
    let mut scene = Scene::new(r#"{"milestones": [{"title": "M-1: Caf\u00e9"}]}"#);
    scene.apply();
    scene.lock = Lock::default();
    scene.world.milestones[0].title = "M-1: Cafe\u{301}".into();
    scene.world.milestones[0].state = State::Closed;
    let plan = scene.apply();
    assert!(!plan.operations.iter().any(|it| matches!(it, Operation::CreateMilestone { .. })), "{plan:?}");
    scene.settles();
}

#[test]
fn a_milestone_that_is_called_almost_alike_is_asked_about() {
    let source = r#"{"milestones": [{"title": "M-1 \u2013 Begin of all"}]}"#;
    for title in ["M-1: Inventory", "m-1 \u{2013} begin of ALL", "M-1 \u{2013}  Begin of all"] {
        let mut scene = Scene::applied(source);
        scene.lock = Lock::default();
        scene.world.milestones[0].title = title.into();
        let plan = scene.apply();
        assert!(
            matches!(&plan.conflicts[..], [Conflict::Alike { item: Item::Milestone(_), others, .. }]
                if others[0].number == 1 && others[0].title == title),
            "{title}: {plan:#?}"
        );
        assert!(plan.operations.is_empty(), "{title}: {plan:#?}");
        for yes in [Some(Which::Number(1)), None] {
            let mut scene = scene.clone();
            scene.options.adopt_by_id = yes.is_none();
            scene.options.adopt.extend(yes.map(|yes| ("m-1".to_owned(), yes)));
            scene.options.on_conflict.all = Resolution::Ours;
            assert_eq!(told(&scene.apply()), ["~ milestone M-1: 1"], "{title}");
            scene.settles();
        }
        let mut no = scene.clone();
        no.options.adopt.insert("m-1".into(), Which::New);
        assert_eq!(told(&no.apply()), ["+ milestone M-1"], "{title}");
        no.settles();
        // What somebody names has to be there.
        scene.options.adopt.insert("m-1".into(), Which::Number(9));
        assert!(matches!(&scene.plan().conflicts[..], [Conflict::Gone { number: 9, .. }]), "{title}");
    }
}

#[test]
fn a_lock_of_another_repository_is_refused() {
    let lock = Lock { repository: Some("a/template".into()), ..Lock::default() };
    let refused = crate::github::look::refuse_other(&lock, "o/r").unwrap_err();
    assert_eq!(refused.message, "the lock speaks of `a/template`, and this is `o/r`");
    assert_eq!(crate::github::look::refuse_other(&lock, "A/Template"), Ok(()));
}
