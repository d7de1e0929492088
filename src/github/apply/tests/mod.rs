//! Applies over a repository in memory, with a fault at every call in turn.

mod edits;
mod faults;
mod partly;
mod undone;

use std::{collections::BTreeSet, path::Path};

use super::{Apply, Round, Stop};
use crate::{
    github::{
        actual::actual,
        api::Reader,
        identity::identify,
        journal::Told,
        plan::{Options, Plan, plan},
        tests::{
            LOCK, in_hand,
            memory::Memory,
            shelf::{Shelf, Ticks},
            wanted,
        },
        text::Body,
        world::World,
    },
    io::{Failure, Files},
    report::Report,
    source::{Lock, parse_lock},
};

/// A source, the folder with its lock, and the repository.
struct Scene {
    source: String,
    disk: Shelf,
    clock: Ticks,
    github: Memory,
    options: Options,
}

impl Scene {
    fn new(source: &str) -> Self {
        let (disk, clock, github, options) = Default::default();
        Self { source: source.into(), disk, clock, github, options }
    }

    fn lock(&self) -> Lock {
        let Some(bytes) = self.disk.read(Path::new(LOCK)).unwrap() else { return Lock::default() };
        parse_lock(&LOCK.into(), bytes, &mut Report::default()).unwrap()
    }

    fn plan(&self, reader: &dyn Reader, lock: &Lock) -> Result<Plan, Failure> {
        let desired = wanted(&self.source);
        let mut world = World::read(reader, lock)?;
        let wanted: BTreeSet<_> = world.issues.iter().map(|issue| issue.number).collect();
        world.read_blockers(reader, &wanted)?;
        let identity = identify(&desired, &world, lock, &self.options);
        Ok(plan(&desired, &actual(world, identity), lock, &self.options))
    }

    /// Takes an apply in hand, as the verb does, and does something with it.
    fn with<T>(&self, act: impl FnOnce(&mut Apply<'_>, Option<Told>) -> T) -> (T, Vec<String>) {
        in_hand(&self.github, (&self.disk, &self.clock), self.lock(), act)
    }

    /// A whole run: what is left after at most three rounds.
    fn run(&self) -> Result<Plan, Stop> {
        self.with(|apply, told| {
            match told {
                Some(told) => apply.settle_open(told.open)?,
                None => apply.ledger.begin()?,
            }
            for _ in 0..3 {
                let plan = self.plan(apply.writer, &apply.ledger.lock)?;
                let Round { done, .. } = apply.round(&plan)?;
                if done == 0 {
                    break;
                }
            }
            let rest = self.plan(apply.writer, &apply.ledger.lock)?;
            apply.ledger.end()?;
            Ok(rest)
        })
        .0
    }

    /// The ids of the issues that are there, each as often as it is.
    fn markers(&self) -> Vec<String> {
        let issues = &self.github.world().issues;
        let mut markers: Vec<_> = issues.iter().filter_map(|issue| Body::read(&issue.body).marker).collect();
        markers.sort();
        markers
    }
}

/// Six issues with everything that an issue can have.
const SOURCE: &str = r#"{"repository": "o/r",
"labels": [{"name": "area:db", "color": "ff0000", "description": "the store"}, {"name": "type:docs"}],
"milestones": [{"id": "M-1", "title": "M-1 – Begin", "description": "what", "due_on": "2026-12-31"}, {"id": "M-2", "title": "M-2 – End"}],
"issues": [
 {"title": "A-1: First", "milestone": "M-1", "body": "Do it.\n\n- [ ] one\n- [ ] two\n", "labels": ["area:db"], "assignees": ["mona"]},
 {"title": "A-2: Second", "milestone": "M-1", "labels": ["area:db", "type:docs"], "parent": "A-1", "blocked_by": ["A-1"]},
 {"title": "A-3: Third", "milestone": "M-2", "blocked_by": ["A-1", "A-2"], "state": "closed", "state_reason": "not_planned"},
 {"title": "A-4: Fourth", "parent": "A-1"},
 {"title": "A-5: Fifth", "milestone": null, "body": "x"},
 {"title": "A-6: Sixth", "labels": []}]}"#;

/// What is changed in it later.
fn changed() -> String {
    SOURCE
        .replace("[\"area:db\"", "[\"area:store\"")
        .replace("\"area:db\", \"color\"", "\"area:store\", \"was\": [\"area:db\"], \"color\"")
        .replace("A-2: Second", "A-2: The second")
        .replace("M-1 – Begin", "M-1 – Start")
        .replace("2026-12-31", "2027-01-31")
        .replace("\"parent\": \"A-1\"}", "\"parent\": \"A-2\"}")
        .replace("\"blocked_by\": [\"A-1\", \"A-2\"]", "\"blocked_by\": [\"A-2\"]")
        .replace(
            "\"milestone\": null, \"body\": \"x\"",
            "\"milestone\": \"M-2\", \"body\": \"y\", \"state\": \"closed\"",
        )
}

#[test]
fn all_is_made_once_and_then_nothing_is_left() {
    let mut scene = Scene::new(SOURCE);
    let rest = scene.run().unwrap();
    assert!(rest.is_empty() && rest.records.is_empty(), "{rest:#?}");
    assert_eq!(scene.markers(), ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"]);
    assert_eq!(scene.github.relations().len(), 3);
    let calls = scene.github.calls.get();
    assert!(scene.run().unwrap().is_empty());
    assert!(scene.github.calls.get() - calls < 20);
    scene.source = changed();
    let rest = scene.run().unwrap();
    assert!(rest.is_empty() && rest.records.is_empty(), "{rest:#?}");
    assert_eq!(scene.github.world().issues[0].labels, ["area:store"]);
}
