//! Whatever people change in GitHub, between an apply and a plan and between the plan and its apply: it survives, or it is
//! a conflict. And what was done is done.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};

use super::Scene;
use crate::{
    github::{
        plan::{Conflict, Field},
        text::Body,
        world::World,
    },
    source::schema::State,
};

const SOURCE: &str = r#"{"labels": [{"name": "a", "color": "000001"}, {"name": "b", "color": "000002"}],
"milestones": [{"title": "M-1: x", "due_on": "2026-12-31", "state": "open"}, {"title": "M-2: y"}],
"issues": [{"title": "A-1: One", "body": "TEXT-1\n\n- [ ] box\n", "labels": ["a", "b"], "milestone": "M-1", "state": "open"},
{"title": "A-2: Two", "body": "TEXT-2", "labels": ["a"], "milestone": "M-2"}, {"title": "A-3: Three", "labels": [], "assignees": ["ann"]}]}"#;

/// What somebody does in GitHub, to the issue at a place.
#[derive(Debug, Clone)]
enum Edit {
    Title(usize, u8),
    Text(usize, u8),
    Below(usize, u8),
    Tick(usize),
    AddLabel(usize, u8),
    RemoveLabel(usize),
    Milestone(usize, Option<u64>),
    Close(usize),
    Assign(usize, u8),
    MilestoneTitle(usize, u8),
    Color(usize, u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    let (at, n) = (0..3_usize, any::<u8>());
    prop_oneof![
        (at.clone(), n).prop_map(|(at, n)| Edit::Title(at, n)),
        (at.clone(), any::<u8>()).prop_map(|(at, n)| Edit::Text(at, n)),
        (at.clone(), any::<u8>()).prop_map(|(at, n)| Edit::Below(at, n)),
        at.clone().prop_map(Edit::Tick),
        (at.clone(), any::<u8>()).prop_map(|(at, n)| Edit::AddLabel(at, n)),
        at.clone().prop_map(Edit::RemoveLabel),
        (at.clone(), proptest::option::of(1..3_u64)).prop_map(|(at, n)| Edit::Milestone(at, n)),
        at.clone().prop_map(Edit::Close),
        (at.clone(), any::<u8>()).prop_map(|(at, n)| Edit::Assign(at, n)),
        (0..2_usize, any::<u8>()).prop_map(|(at, n)| Edit::MilestoneTitle(at, n)),
        (0..2_usize, any::<u8>()).prop_map(|(at, n)| Edit::Color(at, n)),
    ]
}

fn act(world: &mut World, edit: &Edit) {
    match edit {
        Edit::Title(at, n) => world.issues[*at].title = format!("by hand {n}"),
        Edit::Text(at, n) => world.issues[*at].body.insert_str(0, &format!("by hand {n} ")),
        Edit::Below(at, n) => world.issues[*at].body.push_str(&format!("\n\nbelow {n}")),
        Edit::Tick(at) => world.issues[*at].body = world.issues[*at].body.replace("[ ]", "[x]"),
        Edit::AddLabel(at, n) => world.issues[*at].labels.push(format!("people's {n}")),
        Edit::RemoveLabel(at) => world.issues[*at].labels.truncate(1),
        Edit::Milestone(at, number) => world.issues[*at].milestone = *number,
        Edit::Close(at) => world.issues[*at].state = State::Closed,
        Edit::Assign(at, n) => world.issues[*at].assignees.push(format!("ben{n}")),
        Edit::MilestoneTitle(at, n) => world.milestones[*at].title = format!("by hand {n}"),
        Edit::Color(at, n) => world.labels[*at].color = format!("0000{n:02x}"),
    }
    // People's labels are labels of the repository.
    let known: BTreeSet<_> = world.labels.iter().map(|label| label.name.clone()).collect();
    let names: BTreeSet<_> = world.issues.iter().flat_map(|issue| issue.labels.clone()).collect();
    for name in names.difference(&known) {
        let id = 9_000 + world.labels.len() as u64;
        let mut label = world.labels[0].clone();
        (label.id, label.name) = (id, name.clone());
        world.labels.push(label);
    }
    world.issues.iter_mut().for_each(|issue| {
        issue.labels.sort();
        issue.labels.dedup();
    });
}

/// How the source changes.
fn change() -> impl Strategy<Value = (&'static str, String)> {
    let word = "[a-z]{1,4}";
    prop_oneof![
        word.prop_map(|word| ("A-1: One", format!("A-1: {word}"))),
        word.prop_map(|word| ("TEXT-1", format!("{word}\\n\\n- [ ] more"))),
        word.prop_map(|word| ("TEXT-2", word)),
        Just((r#"["a", "b"]"#, r#"["b"]"#.to_owned())),
        Just((r#""labels": []"#, r#""labels": ["a"]"#.to_owned())),
        Just((r#""milestone": "M-1""#, r#""milestone": "M-2""#.to_owned())),
        Just(("M-2: y", "M-2: z".to_owned())),
        Just((r#"["ann"]"#, "[]".to_owned())),
        Just(("000001", "00000f".to_owned())),
        Just((r#""state": "open"}"#, r#""state": "closed"}"#.to_owned())),
    ]
}

/// What people can see of their own edits: all that differs from what was applied.
fn traces(before: &World, now: &World) -> BTreeSet<String> {
    let mut traces = BTreeSet::new();
    for (was, issue) in before.issues.iter().zip(&now.issues) {
        let number = issue.number;
        let mut put = |changed: bool, what: &str| {
            if changed {
                traces.insert(format!("#{number} {what}"));
            }
        };
        put(was.title != issue.title, &format!("title {}", issue.title));
        let (old, new) = (Body::read(&was.body), Body::read(&issue.body));
        put(!new.text.contains("by hand") && old.text.contains("by hand"), "text gone");
        if let Some(hand) = new.text.split(' ').nth(2).filter(|_| new.text.starts_with("by hand")) {
            put(true, &format!("text by hand {hand}"));
        }
        for below in new.below.split('\n').filter(|line| line.starts_with("below")) {
            put(true, below);
        }
        put(new.text.contains("[x] box"), "tick");
        for label in issue.labels.iter().filter(|name| name.starts_with("people's")) {
            put(true, label);
        }
        for label in was.labels.iter().filter(|name| !issue.labels.contains(name)) {
            put(true, &format!("without {label}"));
        }
        put(was.milestone != issue.milestone, &format!("milestone {:?}", issue.milestone));
        put(was.state != issue.state, "closed");
        for login in issue.assignees.iter().filter(|login| login.starts_with("ben")) {
            put(true, login);
        }
    }
    for (was, milestone) in before.milestones.iter().zip(&now.milestones) {
        if was.title != milestone.title {
            traces.insert(format!("milestone {} {}", milestone.number, milestone.title));
        }
    }
    for (was, label) in before.labels.iter().zip(&now.labels).filter(|(was, now)| was.color != now.color) {
        traces.insert(format!("label {} {}", was.name, label.color));
    }
    traces
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nobodys_edit_is_lost(
        early in vec(edit(), 0..6),
        late in vec(edit(), 0..3),
        changes in vec(change(), 0..5),
    ) {
        let mut scene = Scene::applied(SOURCE);
        let applied = scene.world.clone();
        for (old, new) in &changes {
            scene.source = scene.source.replacen(old, new, 1);
        }
        early.iter().for_each(|edit| act(&mut scene.world, edit));
        let plan = scene.plan();
        late.iter().for_each(|edit| act(&mut scene.world, edit));
        let wanted = traces(&applied, &scene.world);
        scene.carry_out(&plan);
        let left = traces(&applied, &scene.world);
        let lost: Vec<_> = wanted.difference(&left).collect();
        prop_assert!(lost.is_empty(), "lost {lost:?}\nplan {plan:#?}");
        // What was refused or left is done by the next run or is a conflict; then nothing is left to do.
        scene.apply();
        let rest = scene.plan();
        prop_assert!(rest.operations.is_empty() && rest.records.is_empty(), "{rest:#?}");
        let kept = traces(&applied, &scene.world);
        let lost: Vec<_> = wanted.difference(&kept).collect();
        prop_assert!(lost.is_empty(), "lost later {lost:?}");
        let is_field = |it: &Conflict| {
            matches!(
                it,
                Conflict::Issue { .. }
                    | Conflict::Milestone { .. }
                    | Conflict::Label { .. }
                    | Conflict::Closed { .. }
                    // The marker went with the text.
                    | Conflict::Unmarked { .. }
                    // A milestone that was renamed is joined by no further issue until somebody decides.
                    | Conflict::Unreached { field: Field::Milestone, .. }
            )
        };
        let are_fields = rest.conflicts.iter().all(is_field);
        prop_assert!(are_fields);
    }
}
