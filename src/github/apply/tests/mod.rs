//! Applies over a repository in memory, with a fault at every call in turn.

mod edits;
mod faults;
mod memory;
mod partly;
mod shelf;
mod undone;

use std::{cell::RefCell, collections::BTreeSet, path::Path, sync::Arc, sync::Mutex, time::Duration};

use super::{Apply, Known, Ledger, Round, Stop};
use crate::{
    github::{
        actual::actual,
        api::Reader,
        desired::{Desired, desired},
        identity::identify,
        journal::Told,
        plan::{Options, Plan, plan},
        text::Body,
        world::World,
    },
    io::{Clock, Failure, Files},
    model::{Day, resolve},
    report::Report,
    source::{Lock, merge, parse, parse_lock},
};
use memory::Memory;
use shelf::Shelf;

const LOCK: &str = "/roadbook.lock.json";

/// A clock that only counts.
#[derive(Default)]
struct Ticks(Mutex<Duration>);

impl Clock for Ticks {
    fn today(&self) -> Result<Day, Failure> {
        Ok(Day::FIRST)
    }
    fn now(&self) -> Duration {
        let mut now = self.0.lock().unwrap();
        *now += Duration::from_millis(1);
        *now
    }
    fn sleep(&self, time: Duration) {
        *self.0.lock().unwrap() += time;
    }
}

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

    fn desired(&self) -> Desired {
        let mut report = Report::default();
        let name: Arc<str> = "roadmap/r.json".into();
        let parsed = parse(&name, self.source.clone().into_bytes(), &mut report).unwrap();
        let (roadmap, _) = resolve(merge(vec![(name, parsed)], &mut report), "roadmap", None);
        desired(&roadmap).unwrap()
    }

    fn lock(&self) -> Lock {
        let Some(bytes) = self.disk.read(Path::new(LOCK)).unwrap() else { return Lock::default() };
        parse_lock(&LOCK.into(), bytes, &mut Report::default()).unwrap()
    }

    fn plan(&self, reader: &dyn Reader, lock: &Lock) -> Result<Plan, Failure> {
        let desired = self.desired();
        let mut world = World::read(reader, lock)?;
        let wanted: BTreeSet<_> = world.issues.iter().map(|issue| issue.number).collect();
        world.read_blockers(reader, &wanted)?;
        let identity = identify(&desired, &world, lock, &self.options);
        Ok(plan(&desired, &actual(world, identity), lock, &self.options))
    }

    /// Takes an apply in hand, as the verb does, and does something with it.
    fn with<T>(&self, act: impl FnOnce(&mut Apply<'_>, Option<Told>) -> T) -> (T, Vec<String>) {
        let said = RefCell::new(Vec::new());
        let notice = |text: &str| said.borrow_mut().push(text.to_owned());
        let known = Known::new(&self.github);
        let lock = LOCK.into();
        let (ledger, told) = Ledger::open(&self.disk, &self.clock, lock, self.lock(), "o/r").unwrap();
        let mut apply = Apply::new(&known, (&self.clock, false), ledger, &notice, &|_| {});
        let done = act(&mut apply, told);
        drop(apply);
        (done, said.into_inner())
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
        let issues = self.github.issues.borrow();
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
    assert_eq!(scene.github.blockers.borrow().len(), 3);
    let calls = scene.github.calls.get();
    assert!(scene.run().unwrap().is_empty());
    assert!(scene.github.calls.get() - calls < 20);
    scene.source = changed();
    let rest = scene.run().unwrap();
    assert!(rest.is_empty() && rest.records.is_empty(), "{rest:#?}");
    let labels = &scene.github.issues.borrow()[0].labels;
    assert_eq!(*labels, ["area:store"]);
}
