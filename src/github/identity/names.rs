//! Labels and milestones: GitHub holds a name only once, so that a name finds at most one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use super::{
    Found, Lost, Seen, Trust,
    titles::is_near,
    trust::{is_label_of, is_of_milestone, label_proofs, proves_milestone, take},
};
use crate::{
    github::{
        desired::Desired,
        normal::composed,
        options::{Options, Which},
        remote::{Gone, RemoteLabel},
        state::label_key,
        world::World,
    },
    model::Id,
    source::Lock,
};

/// Which label is which: by its entry in the lock, by its name, by a former name.
pub(super) fn labels(
    desired: &Desired,
    world: &World,
    lock: &Lock,
    options: &Options,
) -> BTreeMap<String, Result<Seen, Lost>> {
    let ids: BTreeMap<_, _> = world.labels.iter().enumerate().map(|(at, label)| (label.id, at)).collect();
    let names = world.labels.iter().enumerate().map(|(at, label)| (label_key(&label.name), at)).collect();
    let proofs = label_proofs(lock);
    let proven = |(at, label): (usize, &RemoteLabel)| is_label_of(&proofs, label).then_some(at);
    let proven = world.labels.iter().enumerate().filter_map(proven).collect();
    let mut search = Search::new(names, proven);
    for key in &desired.labels {
        let Some(id) = lock.labels.get(key).and_then(|line| line.id) else { continue };
        let entry = match ids.get(&id) {
            Some(&at) => Entry::Of(at),
            None if options.recreate => continue,
            None => Entry::Gone(None),
        };
        search.lock(key, entry, key);
    }
    let own = |key: &String| vec![key.clone()];
    search.names(&desired.labels, Found::Title, own);
    search.doubted();
    search.names(&desired.labels, Found::Was, |key| {
        desired.label_was.get(key).into_iter().flatten().map(|was| label_key(was)).collect()
    });
    search.found(&desired.labels)
}

/// Which milestone is which: by its entry in the lock, by what somebody said, by its exact title, by a former title; closed ones too.
/// GitHub tells titles apart by case and white space: one that differs by no more is asked about.
pub(super) fn milestones(
    desired: &Desired,
    world: &World,
    lock: &Lock,
    options: &Options,
) -> BTreeMap<Id, Result<Seen, Lost>> {
    let titles = world.milestones.iter().enumerate().map(|(at, it)| (composed(&it.title), at)).collect();
    let own = |id: &Id| desired.state.milestones.get(id).map(|it| composed(&it.title));
    let places: BTreeMap<_, _> =
        world.milestones.iter().enumerate().map(|(at, milestone)| (milestone.number, at)).collect();
    let numbers = |number: u64| places.get(&number).copied();
    // The number alone does not say whose a milestone is: that of another roadmap has one too.
    let line_at = |id: &Id| {
        let line = lock.milestones.get(id.key())?;
        Some((line, line.number?))
    };
    let proven = desired.milestones.iter().filter_map(|id| {
        let (line, number) = line_at(id)?;
        let at = numbers(number)?;
        proves_milestone(line, &world.milestones[at]).then_some(at)
    });
    let mut search = Search::new(titles, proven.collect());
    for id in &desired.milestones {
        let Some((line, number)) = line_at(id) else { continue };
        let entry = match numbers(number).filter(|at| is_of_milestone(line, &world.milestones[*at])) {
            Some(at) => Entry::Of(at),
            None if options.recreate => continue,
            None => Entry::Gone(Some(number)),
        };
        search.lock(id, entry, &own(id).unwrap_or_default());
    }
    search.named(&desired.milestones, |id| options.adopt.get(id.key()).copied(), numbers);
    search.names(&desired.milestones, Found::Title, |id| own(id).into_iter().collect());
    search.doubted();
    search.names(&desired.milestones, Found::Was, |id| {
        desired.milestone_was.get(id).into_iter().flatten().map(|was| composed(was)).collect()
    });
    search.alike(desired, world, options);
    search.found(&desired.milestones)
}

/// What an entry of the lock names.
#[derive(Debug, Clone, Copy)]
enum Entry {
    /// This place.
    Of(usize),
    /// What is gone, by its number.
    Gone(Option<u64>),
}

impl Search<Id> {
    /// Takes the milestones that somebody named, as far as they are there and no other's.
    fn named(
        &mut self,
        wanted: &[Id],
        said: impl Fn(&Id) -> Option<Which>,
        at: impl Fn(u64) -> Option<usize>,
    ) {
        for id in wanted {
            let Some(Which::Number(number)) = said(id).filter(|_| !self.found.contains_key(id)) else {
                continue;
            };
            let seen = match at(number) {
                None => Err(Lost::Gone(number, Gone::Hidden)),
                Some(at) => match take(&mut self.taken, at) {
                    Some(at) => Ok(Seen { at, found: Found::Title, trust: Trust::Name }),
                    None => Err(Lost::Ambiguous(Found::Title, vec![number])),
                },
            };
            self.found.insert(id.clone(), seen);
        }
    }

    /// What to make of milestones that are called almost as one that nothing else finds.
    fn alike(&mut self, desired: &Desired, world: &World, options: &Options) {
        for id in &desired.milestones {
            let is_new = options.adopt.get(id.key()) == Some(&Which::New);
            let Some(wanted) = desired.state.milestones.get(id).filter(|_| !is_new) else { continue };
            if self.found.contains_key(id) {
                continue;
            }
            let is_free = |at: &usize| !self.taken.contains(at);
            let near = |at: &usize| is_near(desired, id, &wanted.title, &world.milestones[*at].title);
            let near: Vec<_> = (0..world.milestones.len()).filter(is_free).filter(near).collect();
            let seen = match near.as_slice() {
                [] => continue,
                [at] if options.adopt_by_id => {
                    self.taken.insert(*at);
                    Ok(Seen { at: *at, found: Found::Title, trust: Trust::Name })
                }
                all => Err(Lost::Alike(all.iter().map(|at| world.milestones[*at].number).collect())),
            };
            self.found.insert(id.clone(), seen);
        }
    }
}

struct Search<K> {
    names: BTreeMap<String, usize>,
    /// The places of which an entry of the lock agrees with what is there.
    proven: BTreeSet<usize>,
    found: BTreeMap<K, Result<Seen, Lost>>,
    taken: BTreeSet<usize>,
    /// Entries that nothing confirms.
    doubts: BTreeMap<K, Entry>,
}

impl<K: Ord + Clone + Debug> Search<K> {
    fn new(names: BTreeMap<String, usize>, proven: BTreeSet<usize>) -> Self {
        let (found, taken, doubts) = Default::default();
        Self { names, proven, found, taken, doubts }
    }

    /// Takes an entry that agrees with what is there. One of a place with another name is doubted where another place, which
    /// no entry knows, has the item's own: that is what the item is then.
    fn lock(&mut self, key: &K, entry: Entry, own: &str) {
        let named = self.names.get(own).copied();
        match entry {
            Entry::Of(at) => {
                let is_own = named == Some(at);
                let has_better = !is_own && named.is_some_and(|at| !self.proven.contains(&at));
                let is_proven = is_own || (self.proven.contains(&at) && !has_better);
                if is_proven && take(&mut self.taken, at).is_some() {
                    let trust = if self.proven.contains(&at) { Trust::Entry } else { Trust::Name };
                    self.found.insert(key.clone(), Ok(Seen { at, found: Found::Lock, trust }));
                } else {
                    self.doubts.insert(key.clone(), entry);
                }
            }
            Entry::Gone(_) => {
                self.doubts.insert(key.clone(), entry);
            }
        }
    }

    /// Looks for what is not found yet by names.
    fn names(&mut self, wanted: &[K], found: Found, names: impl Fn(&K) -> Vec<String>) {
        for key in wanted {
            if self.found.contains_key(key) {
                continue;
            }
            let at = names(key).iter().find_map(|name| self.names.get(name).copied());
            if let Some(at) = at.and_then(|at| take(&mut self.taken, at)) {
                let trust = if self.proven.contains(&at) { Trust::Entry } else { Trust::Name };
                self.found.insert(key.clone(), Ok(Seen { at, found, trust }));
            }
        }
    }

    /// What to make of entries that nothing confirms, and whose items no name finds.
    fn doubted(&mut self) {
        for (key, entry) in std::mem::take(&mut self.doubts) {
            if self.found.contains_key(&key) {
                continue;
            }
            let seen = match entry {
                Entry::Of(at) => match take(&mut self.taken, at) {
                    Some(at) => Ok(Seen { at, found: Found::Lock, trust: Trust::Doubted }),
                    None => Err(Lost::Deleted(None)),
                },
                Entry::Gone(number) => Err(Lost::Deleted(number)),
            };
            self.found.insert(key, seen);
        }
    }

    fn found(mut self, wanted: &[K]) -> BTreeMap<K, Result<Seen, Lost>> {
        for key in wanted {
            self.found.entry(key.clone()).or_insert(Err(Lost::New));
        }
        self.found
    }
}
