//! What titles say of which issue is which: an item's own title, or no more than its id at the beginning of another one.

use std::collections::BTreeMap;

use crate::{
    github::{
        desired::Desired,
        normal::{composed, folded},
        text::Body,
        world::World,
    },
    model::Id,
};

/// Issues without a marker, by the key of the item that they may be.
#[derive(Debug, Default)]
pub(super) struct Titles {
    /// Those with the item's own title, however its id is set off from it.
    pub(super) own: BTreeMap<String, Vec<usize>>,
    /// Those of which only the id is the item's.
    pub(super) alike: BTreeMap<String, Vec<usize>>,
}

impl Titles {
    /// Reads the titles of a world.
    pub(super) fn read(desired: &Desired, world: &World, bodies: &[Body]) -> Self {
        let whole: BTreeMap<_, _> =
            desired.state.issues.iter().map(|(id, issue)| (composed(&issue.title), id)).collect();
        let mut titles = Self::default();
        for (at, issue) in world.issues.iter().enumerate().filter(|(at, _)| bodies[*at].marker.is_none()) {
            let begins = leading(&issue.title).map(|(id, _)| desired.key_of(id));
            let begins = begins.filter(|id| desired.state.issues.contains_key(id.as_str()));
            let own = whole.get(&composed(&issue.title)).copied();
            match (begins, own) {
                (Some(key), _) if is_own(desired, &key, &issue.title) => put(&mut titles.own, key, at),
                (_, Some(id)) => put(&mut titles.own, id.key().to_owned(), at),
                (Some(key), None) => put(&mut titles.alike, key, at),
                (None, None) => {}
            }
        }
        titles
    }
}

fn put(places: &mut BTreeMap<String, Vec<usize>>, key: String, at: usize) {
    places.entry(key).or_default().push(at);
}

/// Whether a title that begins with the id of an item goes on as the item's does.
fn is_own(desired: &Desired, key: &str, title: &str) -> bool {
    let wanted = desired.state.issues.get(key).map(|issue| issue.title.as_str());
    let rest = |title| leading(title).map_or(title, |(_, rest)| rest);
    wanted.is_some_and(|wanted| folded(rest(wanted)) == folded(rest(title)))
}

/// Whether a title begins with the id of an item, or is the item's own.
pub(super) fn is_titled(desired: &Desired, id: &Id, title: &str) -> bool {
    let begins = leading(title).is_some_and(|(begins, _)| desired.key_of(begins) == id.key());
    let own = desired.state.issues.get(id).map(|issue| composed(&issue.title));
    begins || own == Some(composed(title))
}

/// Whether a title begins with this id, or is this one of the item's own.
pub(crate) fn is_called(title: &str, id: &Id, own: Option<&str>) -> bool {
    let begins = leading(title).is_some_and(|(begins, _)| begins.eq_ignore_ascii_case(id.as_str()));
    begins || own.is_some_and(|own| composed(own) == composed(title))
}

/// Whether a title begins with the id of a milestone, or differs from the milestone's own by case and white space alone.
pub(super) fn is_near(desired: &Desired, id: &Id, own: &str, title: &str) -> bool {
    let plain = |title: &str| folded(&title.split_whitespace().collect::<Vec<_>>().join(" "));
    let begins = leading(title).is_some_and(|(begins, _)| desired.key_of(begins) == id.key());
    begins || plain(own) == plain(title)
}

/// What stands before the `:`, `–`, `—` or ` - ` of a title, or in brackets (`DB-001: x`, `[DB-001] x`), and what follows.
fn leading(title: &str) -> Option<(&str, &str)> {
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
    let rest = rest.trim_start_matches(']').trim_start_matches([' ', ':', '–', '—']);
    let rest = rest.strip_prefix("- ").unwrap_or(rest);
    (is_id && !id.is_empty()).then_some((id, rest.trim()))
}
