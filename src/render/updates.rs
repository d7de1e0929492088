//! What is said of a milestone in the course of time, in parts: the daily updates of a year are more than one page shows.

use std::cmp::Reverse;

use crate::model::{Milestone, Update};

/// How many updates stand on a part of a milestone's page, and past how many bytes of them it shows no more.
const MOST_UPDATES: usize = 50;
const MOST_BYTES: usize = 100_000;

/// The updates of each part of a milestone's page, the last first.
pub(crate) fn parts(milestone: &Milestone) -> Vec<Vec<&Update>> {
    let mut updates: Vec<_> = milestone.updates.iter().collect();
    updates.sort_by_key(|update| Reverse((update.on, update.index)));
    let (mut parts, mut bytes) = (Vec::<Vec<_>>::new(), 0);
    for update in updates {
        bytes += self::bytes(update);
        match parts.last_mut() {
            Some(part) if part.len() < MOST_UPDATES && bytes <= MOST_BYTES => part.push(update),
            _ => {
                parts.push(vec![update]);
                bytes = self::bytes(update);
            }
        }
    }
    parts
}

/// How long an update is on a page of Markdown, in bytes.
pub(super) fn bytes(update: &Update) -> usize {
    const HEAD: usize = "\n### 2026-11-06: off track\n\n\n".len();
    HEAD + update.text.as_ref().map_or(0, String::len)
}
