//! A repository in memory with GitHub's rules as far as a plan and an apply meet them, and with faults at any call.

mod writer;

use std::{
    cell::{Cell, Ref, RefCell},
    collections::BTreeMap,
    panic::resume_unwind,
};

use crate::{
    github::{
        api::{Reader, Refused},
        fields::{FieldValue, Fillable},
        remote::{Blocker, Fetched, Gone, IssueName, RemoteIssue, RemoteLabel, RemoteMilestone, Repository},
        state::label_key,
        world::World,
    },
    io::{Failure, FailureKind},
};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::github) enum Fault {
    /// The run is killed before the request goes out: nothing happens, and nothing goes on.
    KilledBefore,
    /// The run is killed before the answer comes: it happens, and nothing goes on.
    KilledAfter,
    /// It happens, and the answer is lost.
    AnswerLost,
    /// It does not happen, and no answer comes.
    RequestLost,
    /// It is refused.
    Refused,
}

/// The repository.
pub(in crate::github) struct Memory {
    world: RefCell<World>,
    /// How many calls were made.
    pub(in crate::github) calls: Cell<usize>,
    /// What goes wrong, and at which call.
    pub(in crate::github) fault: Cell<Option<(usize, Fault)>>,
    /// Whether people are dropped in silence, as where whoever asks may not set them.
    pub(in crate::github) drops_people: Cell<bool>,
    /// How many listings do not show an issue that was just made.
    pub(in crate::github) lag: Cell<usize>,
    /// Labels that came to be because an issue was to have them.
    pub(in crate::github) unasked: Cell<usize>,
    /// The issues that lists do not show yet, and for how many listings more.
    hidden: RefCell<Vec<(u64, usize)>>,
    clock: Cell<u64>,
}

/// What a run that is killed unwinds with.
struct Killed;

/// What becomes of a call.
enum Fate {
    Killed,
    KilledBut,
    Done,
    Never(Refused),
    DoneBut(Refused),
}

/// A repository without anything in it.
pub(super) fn empty() -> World {
    let repository =
        Repository { full_name: "o/r".into(), can_push: true, has_issues: true, is_archived: false };
    World {
        repository,
        labels: Vec::new(),
        milestones: Vec::new(),
        issues: Vec::new(),
        blocked_by: Some(BTreeMap::new()),
        gone: BTreeMap::new(),
        elsewhere: BTreeMap::new(),
        pulls: BTreeMap::new(),
        pull_labels: BTreeMap::new(),
        pull_milestones: BTreeMap::new(),
        fillable: Fillable::default(),
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::of(empty())
    }
}

impl Memory {
    /// A repository that holds this.
    pub(super) fn of(world: World) -> Self {
        let (calls, fault, drops_people, lag, unasked, hidden, clock) = Default::default();
        Self { world: RefCell::new(world), calls, fault, drops_people, lag, unasked, hidden, clock }
    }

    /// All that is in it.
    pub(in crate::github) fn world(&self) -> Ref<'_, World> {
        self.world.borrow()
    }

    /// All that is in it, when nothing more is done there.
    pub(super) fn into_world(self) -> World {
        self.world.into_inner()
    }

    /// Who waits for what.
    pub(in crate::github) fn relations(&self) -> Vec<(u64, Blocker)> {
        let world = self.world();
        let all = world.blocked_by.iter().flatten();
        let mut all: Vec<_> = all.flat_map(|(issue, of)| of.iter().map(|it| (*issue, it.clone()))).collect();
        all.sort_unstable();
        all
    }

    /// A person edits an issue.
    pub(in crate::github) fn edit(&self, number: u64, act: impl FnOnce(&mut RemoteIssue)) {
        self.touch(number, act).unwrap();
    }

    /// A person edits anything else.
    pub(in crate::github) fn act(&self, act: impl FnOnce(&mut World)) {
        act(&mut self.world.borrow_mut());
    }

    fn now(&self) -> String {
        self.clock.set(self.clock.get() + 1);
        format!("2026-01-01T00:00:{:06}Z", self.clock.get())
    }

    fn fate(&self) -> Fate {
        self.calls.set(self.calls.get() + 1);
        match self.fault.get().filter(|(at, _)| *at == self.calls.get()) {
            None => Fate::Done,
            Some((_, Fault::KilledBefore)) => Fate::Killed,
            Some((_, Fault::KilledAfter)) => Fate::KilledBut,
            Some((_, Fault::AnswerLost)) => Fate::DoneBut(Refused::Unknown("no answer came".into())),
            Some((_, Fault::RequestLost)) => Fate::Never(Refused::Unknown("no answer came".into())),
            Some((_, Fault::Refused)) => Fate::Never(Refused::This("GitHub refuses it".into())),
        }
    }

    fn write<T>(&self, act: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
        match self.fate() {
            Fate::Done => act(),
            Fate::Never(refused) => Err(refused),
            Fate::DoneBut(refused) => act().and(Err(refused)),
            Fate::Killed => resume_unwind(Box::new(Killed)),
            Fate::KilledBut => {
                let _ = act();
                resume_unwind(Box::new(Killed))
            }
        }
    }

    fn read<T>(&self, act: impl FnOnce(&World) -> T) -> Result<T, Failure> {
        match self.fate() {
            Fate::Done => Ok(act(&self.world())),
            Fate::Killed | Fate::KilledBut => resume_unwind(Box::new(Killed)),
            _ => Err(Failure::new(FailureKind::GitHub, "GitHub cannot be reached")),
        }
    }

    fn touch(&self, number: u64, act: impl FnOnce(&mut RemoteIssue)) -> Result<RemoteIssue, Refused> {
        let mut world = self.world.borrow_mut();
        let issue = found(world.issues.iter_mut().find(|issue| issue.number == number))?;
        let had = issue.labels.clone();
        act(issue);
        issue.updated_at = self.now();
        let issue = issue.clone();
        self.make_labels(&mut world, issue.labels.iter().filter(|name| !had.contains(name)));
        Ok(issue)
    }

    /// Makes the labels that an issue gets and the repository lacks, as GitHub does by the way.
    fn make_labels<'n>(&self, world: &mut World, names: impl Iterator<Item = &'n String>) {
        for name in names {
            if world.labels.iter().all(|label| label_key(&label.name) != label_key(name)) {
                let (id, color) = (next(7000, world.labels.iter().map(|it| it.id)), "ededed".into());
                world.labels.push(RemoteLabel { id, name: name.clone(), color, description: None });
                self.unasked.set(self.unasked.get() + 1);
            }
        }
    }
}

/// The number after all of these, at least after the first.
fn next(first: u64, taken: impl Iterator<Item = u64>) -> u64 {
    taken.fold(first, u64::max) + 1
}

fn found<T>(found: Option<T>) -> Result<T, Refused> {
    found.ok_or_else(|| Refused::This("not there".into()))
}

impl Reader for Memory {
    fn repository(&self) -> Result<Repository, Failure> {
        self.read(|world| world.repository.clone())
    }

    fn labels(&self) -> Result<Vec<RemoteLabel>, Failure> {
        self.read(|world| world.labels.clone())
    }

    fn milestones(&self) -> Result<Vec<RemoteMilestone>, Failure> {
        self.read(|world| world.milestones.clone())
    }

    fn issues(&self) -> Result<Vec<RemoteIssue>, Failure> {
        self.read(|world| {
            let mut hidden = self.hidden.borrow_mut();
            let is_shown = |issue: &&RemoteIssue| !hidden.iter().any(|(number, _)| *number == issue.number);
            let shown = world.issues.iter().filter(is_shown).cloned().collect();
            hidden.iter_mut().for_each(|(_, left)| *left -= 1);
            hidden.retain(|(_, left)| *left > 0);
            shown
        })
    }

    fn issue(&self, number: u64) -> Result<Fetched, Failure> {
        self.read(|world| {
            let found = world.issues.iter().find(|issue| issue.number == number).cloned();
            let gone = || Fetched::Gone(world.gone.get(&number).cloned().unwrap_or(Gone::Deleted));
            found.map_or_else(gone, |issue| Fetched::Issue(Box::new(issue)))
        })
    }

    fn elsewhere(&self, name: &IssueName) -> Result<Fetched, Failure> {
        self.read(|world| world.elsewhere.get(name).cloned().unwrap_or(Fetched::Gone(Gone::Hidden)))
    }

    fn marked_pulls(&self) -> BTreeMap<u64, String> {
        self.world().pulls.clone()
    }

    fn labelled_pulls(&self) -> BTreeMap<u64, Vec<String>> {
        self.world().pull_labels.clone()
    }

    fn planned_pulls(&self) -> BTreeMap<u64, u64> {
        self.world().pull_milestones.clone()
    }

    fn blocked_by(&self, number: u64) -> Result<Option<Vec<Blocker>>, Failure> {
        self.read(|world| {
            world.blocked_by.as_ref().map(|known| known.get(&number).cloned().unwrap_or_default())
        })
    }

    fn field_values(&self, number: u64) -> Result<Option<Vec<FieldValue>>, Failure> {
        self.read(|world| world.issues.iter().find(|issue| issue.number == number)?.fields.clone())
    }
}
