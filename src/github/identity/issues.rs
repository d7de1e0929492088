//! Issues: by number in the lock, by marker, by title. GitHub may hold any of them twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lost, Seen, names::composed};
use crate::{
    github::{
        desired::Desired,
        plan::{Found, Options},
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
        copies: Vec::new(),
    };
    search.lock(desired, lock, options.recreate);
    // What the lock knows of items that left the source is theirs all the same.
    let numbers: BTreeMap<_, _> =
        world.issues.iter().enumerate().map(|(at, issue)| (issue.number, at)).collect();
    let locked = lock.issues.values().filter_map(|line| line.number);
    search.taken.extend(locked.filter_map(|number| numbers.get(&number).copied()));
    search.by(desired, Found::Marker, &markers(desired, bodies));
    search.by(desired, Found::Title, &titles(desired, world, bodies));
    for id in &desired.issues {
        search.found.entry(id.clone()).or_insert(Err(Lost::New));
    }
    (search.found, search.copies)
}

struct Search<'w> {
    world: &'w World,
    bodies: &'w [Body],
    oldest: bool,
    found: Matches,
    taken: BTreeSet<usize>,
    copies: Vec<(Id, usize)>,
}

impl Search<'_> {
    fn lock(&mut self, desired: &Desired, lock: &Lock, recreate: bool) {
        let issues = &self.world.issues;
        for id in &desired.issues {
            let Some(number) = lock.issues.get(id.key()).and_then(|line| line.number) else { continue };
            let seen = match issues.binary_search_by_key(&number, |issue| issue.number) {
                Err(_) if recreate => continue,
                Err(_) => Err(Lost::Deleted(Some(number))),
                Ok(at) => match self.bodies[at].marker.as_deref() {
                    Some(marker) if desired.key_of(marker) != id.key() => {
                        Err(Lost::Taken { number, marker: marker.to_owned() })
                    }
                    _ if self.taken.insert(at) => Ok(Seen { at, found: Found::Lock }),
                    // Two lines of the lock with one number: the first one has it.
                    _ => Err(Lost::Taken { number, marker: self.taker(at) }),
                },
            };
            self.found.insert(id.clone(), seen);
        }
    }

    /// The id of the item that has a place already.
    fn taker(&self, at: usize) -> String {
        let has = |seen: &Result<Seen, Lost>| seen.as_ref().is_ok_and(|seen| seen.at == at);
        self.found.iter().find(|(_, seen)| has(seen)).map(|(id, _)| id.to_string()).unwrap_or_default()
    }

    /// Looks for what is not found yet among the places that are under its id; further ones are copies.
    fn by(&mut self, desired: &Desired, found: Found, places: &BTreeMap<String, Vec<usize>>) {
        for id in &desired.issues {
            let Some(places) = places.get(id.key()) else { continue };
            let free: Vec<_> = places.iter().copied().filter(|at| !self.taken.contains(at)).collect();
            if let Some(seen) = self.found.get(id) {
                // A copy of what is found already bears its marker; an equal title alone says nothing.
                if seen.is_ok() && found == Found::Marker {
                    self.copies.extend(free.into_iter().map(|at| (id.clone(), at)));
                }
                continue;
            }
            let seen = match free.as_slice() {
                [] => continue,
                [at] => Ok(Seen { at: *at, found }),
                [first, copies @ ..] if self.oldest => {
                    self.copies.extend(copies.iter().map(|at| (id.clone(), *at)));
                    Ok(Seen { at: *first, found })
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

/// The issues that bear a marker, by the key of its id. They stand by ascending number: the oldest first.
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
