//! What cannot be done as it is planned: due dates that are out of reach, and items that wait for themselves.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::rows::{Row, Rows};
use crate::{
    facts::{
        Facts,
        bounds::words::{ARROW, chain, id_of, names},
    },
    model::{Roadmap, Target},
};

/// An item that cannot be done by its due date, or can never be done. Of a chain of such items it is the first one.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Impossible<'a> {
    /// The item: `earliest`, `earliest_floor` and `never` say what holds of it.
    #[serde(flatten)]
    pub(crate) row: Row<'a>,
    /// The ids of those that miss their due date because of it.
    pub(crate) with: Vec<&'a str>,
    /// As `as planned, not before 2027-03-12`.
    #[serde(skip)]
    pub(crate) how: String,
    /// Why, in words.
    #[serde(skip)]
    pub(crate) reasons: Vec<String>,
    /// Whether the chain of those that push it is not what holds it up.
    #[serde(skip)]
    pub(crate) is_held_elsewhere: bool,
}

/// What cannot be done as planned, in the order of the source; due dates come first.
pub(super) fn impossible<'a>(roadmap: &'a Roadmap, facts: &Facts, rows: &Rows<'a>) -> Vec<Impossible<'a>> {
    let bounds = &facts.bounds;
    let unreachable = bounds.unreachable().into_iter().filter_map(|found| {
        let earliest = bounds.earliest(found.item)?;
        let links = bounds.chain(found.item);
        let row = rows.row(found.item);
        // What pushes it is told with titles and days; the chain is where it says another thing.
        let is_told = links
            .iter()
            .rev()
            .skip(1)
            .map(|item| id_of(roadmap, *item))
            .eq(row.why.iter().map(|cause| cause.id));
        let held =
            (links.len() > 1 && !is_told).then(|| format!("held up: {}", chain(roadmap, &links, ARROW)));
        let with = (!found.with.is_empty()).then(|| format!("{} with it", names(roadmap, &found.with)));
        Some(Impossible {
            row,
            with: found.with.iter().map(|item| id_of(roadmap, *item)).collect(),
            how: bounds.not_before(found.item, earliest),
            is_held_elsewhere: held.is_some(),
            reasons: held.into_iter().chain(with).collect(),
        })
    });
    let milestones = roadmap.milestones().map(|(ix, _)| Target::Milestone(ix));
    let all = milestones.chain(roadmap.issues().map(|(ix, _)| Target::Issue(ix)));
    let never = all.filter(|item| bounds.is_never(*item)).map(|item| Impossible {
        row: rows.row(item),
        with: Vec::new(),
        how: "can never be done".into(),
        is_held_elsewhere: true,
        reasons: vec!["it waits for itself, or for something that does".into()],
    });
    unreachable.chain(never).collect()
}

/// The ids of items that have been named.
#[derive(Debug, Default)]
pub(super) struct Named<'r>(BTreeSet<&'r str>);

impl<'r> Named<'r> {
    /// Adds ids.
    pub(super) fn add(&mut self, ids: impl IntoIterator<Item = &'r str>) {
        self.0.extend(ids);
    }

    /// Whether an item has been named.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.contains(id)
    }
}
