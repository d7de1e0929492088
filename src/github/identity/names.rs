//! Labels and milestones: GitHub holds a name only once, so that a name finds at most one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

use unicode_normalization::UnicodeNormalization;

use super::{Lost, Seen};
use crate::{
    github::{
        desired::Desired,
        plan::{Found, Options},
        state::label_key,
        world::World,
    },
    model::Id,
    source::Lock,
};

/// Which label is which: by its REST id in the lock, by its name, by a former name.
pub(super) fn labels(
    desired: &Desired,
    world: &World,
    lock: &Lock,
    options: &Options,
) -> BTreeMap<String, Result<Seen, Lost>> {
    let ids = world.labels.iter().enumerate().map(|(at, label)| (label.id, at)).collect();
    let names = world.labels.iter().enumerate().map(|(at, label)| (label_key(&label.name), at)).collect();
    let mut search = Search { ids, names, found: BTreeMap::new(), taken: BTreeSet::new() };
    for key in &desired.labels {
        let line = lock.labels.get(key);
        search.lock(key, line.map(|line| (line.id, None)), options.recreate);
    }
    search.names(&desired.labels, Found::Title, |key| vec![key.clone()]);
    search.names(&desired.labels, Found::Was, |key| {
        desired.label_was.get(key).into_iter().flatten().map(|was| label_key(was)).collect()
    });
    search.found(&desired.labels)
}

/// Which milestone is which: by its REST id in the lock, by its exact title, by a former title; closed ones too.
pub(super) fn milestones(
    desired: &Desired,
    world: &World,
    lock: &Lock,
    options: &Options,
) -> BTreeMap<Id, Result<Seen, Lost>> {
    let numbers = world.milestones.iter().enumerate().map(|(at, milestone)| (milestone.number, at)).collect();
    let titles = world.milestones.iter().enumerate().map(|(at, it)| (composed(&it.title), at)).collect();
    let mut search = Search { ids: numbers, names: titles, found: BTreeMap::new(), taken: BTreeSet::new() };
    for id in &desired.milestones {
        let line = lock.milestones.get(id.key());
        search.lock(id, line.map(|line| (line.number, line.number)), options.recreate);
    }
    search.names(&desired.milestones, Found::Title, |id| {
        desired.state.milestones.get(id).map(|it| composed(&it.title)).into_iter().collect()
    });
    search.names(&desired.milestones, Found::Was, |id| {
        desired.milestone_was.get(id).into_iter().flatten().map(|was| composed(was)).collect()
    });
    search.found(&desired.milestones)
}

/// A title with its letters composed, however they were typed.
pub(super) fn composed(title: &str) -> String {
    title.trim().nfc().collect()
}

struct Search<K> {
    ids: BTreeMap<u64, usize>,
    names: BTreeMap<String, usize>,
    found: BTreeMap<K, Result<Seen, Lost>>,
    taken: BTreeSet<usize>,
}

impl<K: Ord + Clone + Debug> Search<K> {
    /// Looks for what the lock knows: by an id, and what to call it where that is gone.
    fn lock(&mut self, key: &K, line: Option<(Option<u64>, Option<u64>)>, recreate: bool) {
        let Some((Some(id), number)) = line else { return };
        let seen = match self.ids.get(&id) {
            Some(&at) if self.taken.insert(at) => Ok(Seen { at, found: Found::Lock }),
            _ if recreate => return,
            _ => Err(Lost::Deleted(number)),
        };
        self.found.insert(key.clone(), seen);
    }

    /// Looks for what is not found yet by names.
    fn names(&mut self, wanted: &[K], found: Found, names: impl Fn(&K) -> Vec<String>) {
        for key in wanted {
            if self.found.contains_key(key) {
                continue;
            }
            let at = names(key).iter().find_map(|name| self.names.get(name).copied());
            if let Some(at) = at.filter(|at| self.taken.insert(*at)) {
                self.found.insert(key.clone(), Ok(Seen { at, found }));
            }
        }
    }

    fn found(mut self, wanted: &[K]) -> BTreeMap<K, Result<Seen, Lost>> {
        for key in wanted {
            self.found.entry(key.clone()).or_insert(Err(Lost::New));
        }
        self.found
    }
}
