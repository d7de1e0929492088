//! Issues: by number in the lock, by marker, by title. GitHub may hold any of them twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Lost, Seen, Trust,
    trust::{Doubt, is_of_issue, proven},
};
use crate::{
    github::{
        desired::Desired,
        normal::composed,
        plan::{Found, Options},
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
        oldest: options.adopt_oldest,
        found: BTreeMap::new(),
        taken: BTreeSet::new(),
        owners: owners(world, lock),
        copies: Vec::new(),
    };
    let doubts = search.lock(desired, lock, options);
    search.by(desired, Found::Marker, &markers(desired, bodies));
    search.pulls(desired);
    search.doubted(desired, &doubts);
    search.by(desired, Found::Title, &titles(desired, world, bodies));
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
    oldest: bool,
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
                [first, copies @ ..] if self.oldest => {
                    self.copies.extend(copies.iter().map(|at| (id.clone(), *at)));
                    Ok(Seen { at: *first, found, trust })
                }
                several => {
                    let numbers = several.iter().map(|at| self.world.issues[*at].number).collect();
                    Err(Lost::Ambiguous(found, numbers))
                }
            };
            self.taken.extend(free);
            self.found.insert(id.clone(), seen);
        }
    }
}

/// Whether a title begins with the id of an item, or is the item's own.
fn is_titled(desired: &Desired, id: &Id, title: &str) -> bool {
    let begins = leading_id(title).is_some_and(|begins| desired.key_of(begins) == id.key());
    let own = desired.state.issues.get(id).map(|issue| composed(&issue.title));
    begins || own == Some(composed(title))
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

/// The issues without a marker by the id that their titles begin with, else by that of the item of exactly this title.
fn titles(desired: &Desired, world: &World, bodies: &[Body]) -> BTreeMap<String, Vec<usize>> {
    let whole: BTreeMap<_, _> =
        desired.state.issues.iter().map(|(id, issue)| (composed(&issue.title), id)).collect();
    let mut places = BTreeMap::<String, Vec<usize>>::new();
    for (at, (issue, body)) in world.issues.iter().zip(bodies).enumerate() {
        if body.marker.is_some() {
            continue;
        }
        let begins = leading_id(&issue.title).map(|id| desired.key_of(id));
        let id = begins.filter(|id| desired.state.issues.contains_key(id.as_str()));
        let id = id.or_else(|| whole.get(&composed(&issue.title)).map(|id| id.key().to_owned()));
        if let Some(id) = id {
            places.entry(id).or_default().push(at);
        }
    }
    places
}

/// What stands before the `:`, `–`, `—` or ` - ` of a title, or in brackets: `DB-001: x`, `[DB-001] x`.
fn leading_id(title: &str) -> Option<&str> {
    let title = title.trim_start();
    let (inside, is_bracketed) = match title.strip_prefix('[') {
        Some(inside) => (inside, true),
        None => (title, false),
    };
    let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || "._-".contains(c)))?;
    let (id, rest) = inside.split_at(end);
    let is_id = if is_bracketed {
        rest.starts_with(']')
    } else {
        rest.starts_with(" - ") || rest.trim_start_matches(' ').starts_with([':', '–', '—'])
    };
    (is_id && !id.is_empty()).then_some(id)
}
