//! An empty repository, and what is planned after: the order, one request for each change, and then nothing.

use super::{Scene, told};
use crate::{
    github::plan::{Done, Operation, Resolution},
    model::Day,
    source::schema::State,
};

pub(super) const SOURCE: &str = r#"{"repository": "o/r", "labels": [{"name": "area:db", "color": "FF0000", "description": "the store"}],
"milestones": [{"id": "M-1", "title": "M-1 – Begin", "description": "what", "goal": "secret", "due_on": "2026-12-31"}],
"issues": [
 {"title": "A-1: First", "milestone": "M-1", "body": "Do it, @ann.\n\n- [ ] one\n- [ ] two\n", "labels": ["area:db"], "assignees": ["Mara"]},
 {"title": "A-2: Second", "labels": ["area:db"], "parent": "A-1", "blocked_by": ["A-1"], "state": "open"},
 {"title": "A-3: Third", "blocked_by": [], "labels": [], "state": "closed", "state_reason": "not_planned"}]}"#;

#[test]
fn everything_is_made_once_in_the_order_in_which_it_is_needed() {
    let mut scene = Scene::new(SOURCE);
    let plan = scene.apply();
    assert_eq!(
        told(&plan),
        [
            "+ label area:db",
            "+ milestone M-1",
            "+ issue A-1",
            "+ issue A-2",
            "+ issue A-3",
            "parent of new A-2: new A-1",
            "new A-2 waits for new A-1",
            "close new A-3",
        ]
    );
    let issue = &scene.world.issues[0];
    assert_eq!(issue.body, "Do it, @<!-- -->ann.\n\n- [ ] one\n- [ ] two\n\n<!-- roadbook:id=A-1 -->");
    assert_eq!((scene.world.labels[0].color.as_str(), issue.milestone), ("ff0000", Some(1)));
    assert_eq!(scene.world.milestones[0].description.as_deref(), Some("what"));
    assert_eq!((plan.estimate.requests, plan.estimate.notified, plan.estimate.seconds), (8, 1, 16));
    scene.settles();
    assert_eq!(scene.plan().records, []);
    let line = &scene.lock.issues["a-2"];
    assert_eq!((line.number, line.id), (Some(2), Some(1002)));
    assert_eq!(line.applied.parent.get().map(String::as_str), Some("a-1"));
    assert_eq!(scene.lock.issues["a-3"].applied.state.get(), Some(&State::Closed));
}

#[test]
fn mentions_call_people_only_where_the_source_says_so() {
    let scene = Scene::new(&SOURCE.replacen('{', r#"{"mentions": true, "#, 1));
    let plan = scene.plan();
    assert_eq!(plan.estimate.notified, 2);
}

#[test]
fn each_change_of_the_source_is_the_one_right_operation() {
    let changes = [
        (r#""color": "FF0000""#, r#""color": "00FF00""#, "~ label area:db: 1"),
        (r#"M-1 – Begin"#, "M-1 – Start", "~ milestone M-1: 1"),
        ("2026-12-31", "2027-01-31", "~ milestone M-1: 1"),
        ("A-1: First", "A-1: Begin", "~ issue A-1 by Lock: title"),
        ("Do it", "Do this", "~ issue A-1 by Lock: body"),
        (
            r#""labels": ["area:db"], "assignees""#,
            r#""labels": [], "assignees""#,
            "~ issue A-1 by Lock: labels",
        ),
        (r#"["Mara"]"#, r#"["Mara", "ben"]"#, "~ issue A-1 by Lock: assignees"),
        (r#""milestone": "M-1""#, r#""milestone": null"#, "~ issue A-1 by Lock: milestone"),
        (r#""parent": "A-1""#, r#""parent": null"#, "parent of A-2: "),
        (r#""blocked_by": ["A-1"]"#, r#""blocked_by": []"#, "A-2 waits no more for A-1"),
        (r#""blocked_by": []"#, r#""blocked_by": ["A-2"]"#, "A-3 waits for A-2"),
        (r#""state": "open""#, r#""state": "closed""#, "close A-2"),
        (r#""parent": "A-1""#, r#""parent": "A-1", "type": "Bug""#, "~ issue A-2 by Lock: type"),
    ];
    let applied = Scene::applied(SOURCE);
    for (old, new, wanted) in changes {
        let mut scene = applied.clone();
        scene.edit(old, new);
        let plan = scene.apply();
        assert_eq!(told(&plan), [wanted], "{old} -> {new}");
        assert_eq!(plan.conflicts, []);
        scene.settles();
    }
}

#[test]
fn what_the_source_stops_saying_is_left_as_it_is() {
    let applied = Scene::applied(SOURCE);
    for (old, new) in [
        (r#""assignees": ["Mara"]"#, r#""internal": false"#),
        (r#", "due_on": "2026-12-31""#, ""),
        (r#", "parent": "A-1""#, ""),
        (r#", "state": "open""#, ""),
    ] {
        let mut scene = applied.clone();
        scene.edit(old, new);
        scene.settles();
        scene.apply();
        assert_eq!(scene.plan().records, [], "{old}");
    }
}

#[test]
fn a_label_and_a_milestone_are_renamed_by_what_they_were() {
    let mut scene = Scene::applied(SOURCE);
    scene.source = scene.source.replace("area:db", "area:store");
    scene.edit(r#""color""#, r#""was": ["area:db"], "color""#);
    assert_eq!(told(&scene.apply()), ["~ label area:store: 1"]);
    assert_eq!(scene.world.issues[0].labels, ["area:store"]);
    scene.settles();
    assert_eq!(scene.lock.labels.keys().collect::<Vec<_>>(), ["area:store"]);
    // Without the lock the former title finds it.
    scene.lock.milestones.clear();
    scene.edit(
        r#""id": "M-1", "title": "M-1 – Begin""#,
        r#""id": "M-1", "title": "M-1 – Start", "was": ["M-1 – Begin"]"#,
    );
    // Whether it was ours or somebody made it, nothing says then.
    let plan = scene.apply();
    assert_eq!((told(&plan).len(), plan.conflicts.len()), (0, 1));
    scene.options.on_conflict.all = Resolution::Ours;
    assert_eq!(told(&scene.apply()), ["~ milestone M-1: 1"]);
    scene.settles();
}

#[test]
fn a_name_is_given_up_before_another_item_takes_it() {
    let source = |titles: [&str; 3]| {
        let milestones =
            titles.iter().enumerate().map(|(n, title)| format!(r#"{{"id": "M-{n}", "title": "{title}"}}"#));
        format!(r#"{{"milestones": [{}]}}"#, milestones.collect::<Vec<_>>().join(", "))
    };
    let mut scene = Scene::applied(&source(["One", "Two", "Three"]));
    // What the first gets is the second's, what the second gets is the third's, and a fourth gets the first's.
    let longer = source(["Two", "Three", "Four"]).replace("]}", r#", {"id": "M-3", "title": "One"}]}"#);
    scene.source = longer;
    let plan = scene.apply();
    assert_eq!(
        told(&plan),
        ["~ milestone M-2: 1", "~ milestone M-1: 1", "~ milestone M-0: 1", "+ milestone M-3"]
    );
    assert_eq!(plan.notes, [""; 0]);
    scene.settles();
}

#[test]
fn names_that_change_places_are_told_with_the_way_out() {
    let mut scene =
        Scene::applied(r#"{"milestones": [{"id": "M-1", "title": "One"}, {"id": "M-2", "title": "Two"}]}"#);
    scene.source = r#"{"milestones": [{"id": "M-1", "title": "Two"}, {"id": "M-2", "title": "One"}]}"#.into();
    let plan = scene.apply();
    assert_eq!(plan.operations.len(), 2);
    let [note] = &plan.notes[..] else { panic!("{:?}", plan.notes) };
    assert!(note.starts_with("`One` and `Two` change places"), "{note}");
    // The way that the note tells.
    scene.edit(r#""title": "Two""#, r#""title": "One, for now""#);
    scene.apply();
    scene.edit("One, for now", "Two");
    scene.apply();
    scene.settles();
}

#[test]
fn an_id_is_changed_by_the_alias_that_it_leaves_behind() {
    let renamed = |scene: &mut Scene| {
        scene.source = scene.source.replace("A-1", "B-1").replace("M-1", "N-1");
        scene.source = scene.source.replacen('{', r#"{"aliases": {"A-1": "B-1", "M-1": "N-1"},"#, 1);
        scene.lock.rename(&super::wanted(&scene.source).former);
    };
    let mut scene = Scene::applied(SOURCE);
    let made = scene.world.issues.len();
    renamed(&mut scene);
    let done = told(&scene.apply());
    assert!(done.contains(&"~ issue B-1 by Lock: title body".to_owned()), "{done:?}");
    assert!(!done.iter().any(|words| words.starts_with('+')), "{done:?}");
    scene.settles();
    assert_eq!(scene.world.issues.len(), made);
    assert!(
        scene.world.issues[0].body.ends_with("<!-- roadbook:id=B-1 -->"),
        "{}",
        scene.world.issues[0].body
    );
    assert!(scene.lock.issues.contains_key("b-1") && !scene.lock.issues.contains_key("a-1"));
    // Without the lock the marker of the former id finds it, and without the marker its title.
    let mut scene = Scene::applied(SOURCE);
    scene.lock = crate::source::Lock::default();
    renamed(&mut scene);
    let done = told(&scene.apply());
    assert!(done.iter().any(|words| words.starts_with("~ issue B-1 by Marker: body")), "{done:?}");
    let mut scene = Scene::applied(SOURCE);
    scene.lock = crate::source::Lock::default();
    scene.world.issues[0].body.clear();
    renamed(&mut scene);
    let done = told(&scene.apply());
    assert!(done.iter().any(|words| words.starts_with("~ issue B-1 by Title:")), "{done:?}");
    assert_eq!(scene.world.issues.len(), made);
}

#[test]
fn a_label_is_renamed_while_an_issue_that_bears_it_changes() {
    let mut scene = Scene::applied(SOURCE);
    scene.source = scene.source.replace("area:db", "area:store").replace("A-1: First", "A-1: Begin");
    scene.edit(r#""color""#, r#""was": ["area:db"], "color""#);
    assert_eq!(told(&scene.apply()), ["~ label area:store: 1", "~ issue A-1 by Lock: title"]);
    scene.settles();
}

#[test]
fn the_case_of_a_label_is_a_change_where_it_is_listed() {
    let mut scene = Scene::applied(SOURCE);
    scene.edit(r#""name": "area:db""#, r#""name": "Area:DB""#);
    assert_eq!(told(&scene.apply()), ["~ label Area:DB: 1"]);
    scene.settles();
    let mut scene = Scene::applied(r#"{"issues": [{"title": "A-1: x", "labels": ["Area:DB"]}]}"#);
    scene.edit("Area:DB", "area:db");
    scene.settles();
}

#[test]
fn a_day_is_a_day_on_every_day_of_a_year() {
    let source = |day| format!(r#"{{"milestones": [{{"title": "M-1: x", "due_on": "{day}"}}]}}"#);
    let mut scene = Scene::applied(&source("2027-12-31".to_owned()));
    for second in (0..366).map(|day: i64| 1_830_297_600 + day * 86_400) {
        let day = Day::from_unix(second).unwrap();
        scene.source = source(day.to_string());
        assert_eq!(told(&scene.apply()), ["~ milestone M-1: 1"]);
        assert_eq!(scene.world.milestones[0].due_on, Some(day));
        scene.settles();
    }
}

#[test]
fn a_plan_is_the_same_after_a_way_through_a_file() {
    let mut scene = Scene::applied(SOURCE);
    scene.source = scene.source.replace("A-1: First", "A-1: Begin").replace("Do it", "Do this");
    scene.edit(r#""blocked_by": []"#, r#""blocked_by": ["A-2"]"#);
    scene.world.milestones[0].title = "by hand".into();
    for plan in [Scene::new(SOURCE).plan(), scene.plan()] {
        let text = serde_json::to_string(&plan).unwrap();
        assert_eq!(serde_json::from_str::<crate::github::plan::Plan>(&text).unwrap(), plan);
    }
}

#[test]
fn a_kill_between_any_two_operations_leaves_a_lock_that_finishes_the_work() {
    let whole = Scene::new(SOURCE).plan();
    for killed in 0..=whole.operations.len() {
        let mut scene = Scene::new(SOURCE);
        let mut part = whole.clone();
        part.operations.truncate(killed);
        scene.carry_out(&part);
        let rest = scene.apply();
        assert_eq!(rest.conflicts, [], "{killed}");
        assert_eq!(rest.operations.len(), whole.operations.len() - killed);
        scene.settles();
        // Also where the lock was lost with it.
        scene.lock = crate::source::Lock::default();
        scene.settles();
    }
}

#[test]
fn what_is_made_is_recorded_only_with_its_numbers() {
    let plan = Scene::new(SOURCE).plan();
    let mut lock = crate::source::Lock::default();
    let made = plan.operations.iter().find(|it| matches!(it, Operation::CreateIssue { .. })).unwrap();
    made.record(&mut lock, None);
    assert!(lock.issues.is_empty());
    made.record(&mut lock, Some(Done::Issue(crate::github::remote::IssueKey { id: 9, number: 4 })));
    assert_eq!(lock.issues["a-1"].number, Some(4));
}
