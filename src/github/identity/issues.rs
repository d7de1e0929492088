//! Issues: by number in the lock, by marker, by title. GitHub may hold any of them twice. An issue that shares only the id in its
//! title with an item is taken for it only where somebody said so.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Found, Lost, Seen, Trust,
    titles::{Titles, is_titled},
    trust::{Doubt, is_of_issue, proven},
};
use crate::{
    github::{
        desired::Desired,
        options::{Options, Which},
        remote::Gone,
        text::Body,
        world::World,
    },
    model::Id,
    source::Lock,
};

type Matches = BTreeMap<Id, Result<Seen, Lost>>;

/// Which issue is which, and further copies of those.
pub(super) fn find(
    desired: &Desired,
    world: &World,
    bodies: &[Body],
    lock: &Lock,
    options: &Options,
) -> (Matches, Vec<(Id, usize)>) {
    let mut search = Search {
        world,
        bodies,
        options,
        found: BTreeMap::new(),
        taken: BTreeSet::new(),
        owners: owners(world, lock),
        copies: Vec::new(),
    };
    let doubts = search.lock(desired, lock, options);
    search.by(desired, Found::Marker, &markers(desired, bodies));
    search.named(desired);
    search.pulls(desired);
    search.doubted(desired, &doubts);
    let titles = Titles::read(desired, world, bodies);
    search.by(desired, Found::Title, &titles.own);
    search.alike(desired, &titles.alike);
    for id in &desired.issues {
        let doubt = doubts.get(id).cloned();
        search.found.entry(id.clone()).or_insert_with(|| Err(doubt.map_or(Lost::New, Doubt::lost)));
    }
    (search.found, search.copies)
}

/// The keys of the lock's entries that name an issue, by its place. What it knows of items that left the source is theirs all
/// the same, so that no other item is found there by its title.
fn owners<'l>(world: &World, lock: &'l Lock) -> BTreeMap<usize, BTreeSet<&'l str>> {
    let mut owners = BTreeMap::<usize, BTreeSet<&str>>::new();
    for (key, line) in &lock.issues {
        let at = line.number.and_then(|number| place(world, number));
        if let Some(at) = at {
            owners.entry(at).or_default().insert(key);
        }
    }
    owners
}

fn place(world: &World, number: u64) -> Option<usize> {
    world.issues.binary_search_by_key(&number, |issue| issue.number).ok()
}

struct Search<'w> {
    world: &'w World,
    bodies: &'w [Body],
    options: &'w Options,
    found: Matches,
    taken: BTreeSet<usize>,
    owners: BTreeMap<usize, BTreeSet<&'w str>>,
    copies: Vec<(Id, usize)>,
}

impl Search<'_> {
    /// Takes the entries of the lock that agree with what is there, and returns the others.
    fn lock(&mut self, desired: &Desired, lock: &Lock, options: &Options) -> BTreeMap<Id, Doubt> {
        let mut doubts = BTreeMap::new();
        for id in &desired.issues {
            let Some(line) = lock.issues.get(id.key()) else { continue };
            let Some(number) = line.number else { continue };
            let doubt = match place(self.world, number) {
                None => match self.world.gone.get(&number).cloned().unwrap_or(Gone::Deleted) {
                    // What became something else is not made a second time.
                    Gone::Deleted if options.recreate => continue,
                    gone => Doubt::Gone(number, gone),
                },
                Some(at) => match self.bodies[at].marker.as_deref() {
                    Some(marker) if desired.key_of(marker) != id.key() => {
                        Doubt::Other { number, marker: marker.to_owned() }
                    }
                    marker
                        if is_of_issue(line, &self.world.issues[at])
                            && (marker.is_some() || options.reads_only) =>
                    {
                        self.taken.insert(at);
                        self.found.insert(id.clone(), Ok(proven(at)));
                        continue;
                    }
                    _ => Doubt::Unproven { number, at },
                },
            };
            doubts.insert(id.clone(), doubt);
        }
        doubts
    }

    /// Takes the issues that somebody named for an item, as far as they are there and carry no marker.
    fn named(&mut self, desired: &Desired) {
        for id in &desired.issues {
            let Some(Which::Number(number)) = self.options.adopt.get(id.key()) else { continue };
            if self.found.contains_key(id) {
                continue;
            }
            let seen = match place(self.world, *number) {
                Some(at) => match &self.bodies[at].marker {
                    Some(marker) => Err(Lost::Taken { number: *number, marker: marker.clone() }),
                    None if self.taken.insert(at) => Ok(Seen { at, found: Found::Title, trust: Trust::Name }),
                    None => Err(Lost::Ambiguous(Found::Title, vec![*number])),
                },
                None if self.world.pulls.contains_key(number) => Err(Lost::Gone(*number, Gone::PullRequest)),
                None => Err(Lost::Gone(*number, Gone::Hidden)),
            };
            self.found.insert(id.clone(), seen);
        }
    }

    /// What to make of issues whose titles begin with the id of an item that nothing else finds: they are asked about, and none
    /// is a copy of another.
    fn alike(&mut self, desired: &Desired, places: &BTreeMap<String, Vec<usize>>) {
        for id in &desired.issues {
            let is_new = self.options.adopt.get(id.key()) == Some(&Which::New);
            if is_new || self.found.contains_key(id) {
                continue;
            }
            let places = places.get(id.key()).into_iter().flatten();
            let free: Vec<_> = places.copied().filter(|at| self.is_free(id, *at, Found::Title)).collect();
            let seen = match free.as_slice() {
                [] => continue,
                [at] if self.options.adopt_by_id => {
                    self.taken.insert(*at);
                    Ok(Seen { at: *at, found: Found::Title, trust: Trust::Name })
                }
                all => Err(Lost::Alike(all.iter().map(|at| self.world.issues[*at].number).collect())),
            };
            self.found.insert(id.clone(), seen);
        }
    }

    /// What nothing else finds, and a pull request carries the marker of, was made one: it is not made a second time.
    fn pulls(&mut self, desired: &Desired) {
        for (number, marker) in &self.world.pulls {
            let key = desired.key_of(marker);
            if let Some(id) = desired.issues.iter().find(|id| id.key() == key) {
                let gone = || Err(Lost::Gone(*number, Gone::PullRequest));
                self.found.entry(id.clone()).or_insert_with(gone);
            }
        }
    }

    /// What to make of entries that nothing confirms, and whose items no marker finds: an issue without a marker is adopted
    /// where it has the item's title, and what is gone or another item's is not looked for by its title.
    fn doubted(&mut self, desired: &Desired, doubts: &BTreeMap<Id, Doubt>) {
        for (id, doubt) in doubts.iter().filter(|(id, _)| desired.state.issues.contains_key(*id)) {
            if self.found.contains_key(id) {
                continue;
            }
            match doubt {
                Doubt::Gone(..) | Doubt::Other { .. } => {
                    self.found.insert(id.clone(), Err(doubt.clone().lost()));
                }
                Doubt::Unproven { at, .. } => {
                    let is_free = self.bodies[*at].marker.is_none() && !self.taken.contains(at);
                    if is_free && is_titled(desired, id, &self.world.issues[*at].title) {
                        self.taken.insert(*at);
                        let seen = Seen { at: *at, found: Found::Title, trust: Trust::Name };
                        self.found.insert(id.clone(), Ok(seen));
                    }
                }
            }
        }
    }

    /// Whether a place is free for an item. By its title an item finds nothing that the lock says to be another's.
    fn is_free(&self, id: &Id, at: usize, found: Found) -> bool {
        let others = |owners: &BTreeSet<&str>| !owners.contains(id.key());
        let is_others = found == Found::Title && self.owners.get(&at).is_some_and(others);
        !self.taken.contains(&at) && !is_others
    }

    /// Looks for what is not found yet among the places that are under its id; further ones are copies.
    fn by(&mut self, desired: &Desired, found: Found, places: &BTreeMap<String, Vec<usize>>) {
        let trust = if found == Found::Marker { Trust::Marker } else { Trust::Name };
        for id in &desired.issues {
            let Some(places) = places.get(id.key()) else { continue };
            let choice = self.options.adopt.get(id.key());
            if found == Found::Title && choice == Some(&Which::New) {
                continue;
            }
            let free: Vec<_> = places.iter().copied().filter(|at| self.is_free(id, *at, found)).collect();
            if let Some(seen) = self.found.get(id) {
                // A copy of what is found already carries its marker; an equal title alone says nothing.
                if seen.is_ok() && found == Found::Marker {
                    self.copies.extend(free.into_iter().map(|at| (id.clone(), at)));
                }
                continue;
            }
            let seen = match free.as_slice() {
                [] => continue,
                [at] => Ok(Seen { at: *at, found, trust }),
                several => match self.chosen(several, choice) {
                    Some(at) => {
                        // An equal title alone does not make a copy, unless the oldest was asked for.
                        let is_copy = found == Found::Marker || self.options.adopt_oldest;
                        let copies = several.iter().filter(|copy| is_copy && **copy != at);
                        self.copies.extend(copies.map(|copy| (id.clone(), *copy)));
                        Ok(Seen { at, found, trust })
                    }
                    None => {
                        let numbers = several.iter().map(|at| self.world.issues[*at].number).collect();
                        Err(Lost::Ambiguous(found, numbers))
                    }
                },
            };
            self.taken.extend(free);
            self.found.insert(id.clone(), seen);
        }
    }

    /// Which of several places is taken: the one that somebody named, else the oldest where that was asked for.
    fn chosen(&self, places: &[usize], choice: Option<&Which>) -> Option<usize> {
        let named = places.iter().find(|at| match choice {
            Some(Which::Number(number)) => self.world.issues[**at].number == *number,
            _ => false,
        });
        named.or_else(|| places.first().filter(|_| self.options.adopt_oldest)).copied()
    }
}

/// The issues that have a marker, by the key of its id. They stand by ascending number: the oldest first.
fn markers(desired: &Desired, bodies: &[Body]) -> BTreeMap<String, Vec<usize>> {
    let mut places = BTreeMap::<String, Vec<usize>>::new();
    for (at, body) in bodies.iter().enumerate() {
        if let Some(marker) = &body.marker {
            places.entry(desired.key_of(marker)).or_default().push(at);
        }
    }
    places
}
