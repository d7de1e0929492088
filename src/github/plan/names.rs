//! What must not be there for a while: a name that two items have (GitHub holds each once: one is given up before another item
//! takes it), and an issue that is above itself.

use std::collections::BTreeMap;

use super::{Change, IssueRef, LabelField, MilestoneField, Operation};
use crate::github::state::label_key;

/// A name among those that it must differ from.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Label(String),
    Milestone(String),
}

/// Operations in an order in which no name is taken while another item still has it, and otherwise as they stood.
#[derive(Debug)]
pub(super) struct Ordered {
    /// The operations.
    pub(super) operations: Vec<Operation>,
    /// Names that change in a cycle, which no order gets done.
    pub(super) cycles: Vec<Vec<Change<String>>>,
}

/// Brings operations into that order.
pub(super) fn order(operations: Vec<Operation>) -> Ordered {
    let freed =
        operations.iter().enumerate().filter_map(|(place, operation)| Some((frees(operation)?, place)));
    let freed: BTreeMap<_, _> = freed.collect();
    let waits_for = |place: usize| {
        let before = freed.get(&takes(&operations[place])?)?;
        (*before != place).then_some(*before)
    };
    let (mut places, mut cycles) = (Vec::new(), Vec::new());
    let mut is_placed = vec![false; operations.len()];
    for place in 0..operations.len() {
        let mut chain = Vec::new();
        let mut next = Some(place);
        while let Some(place) = next.filter(|place| !is_placed[*place]) {
            is_placed[place] = true;
            chain.push(place);
            next = waits_for(place);
        }
        if let Some(begin) = chain.iter().position(|place| next == Some(*place)) {
            cycles.push(
                chain[begin..].iter().filter_map(|place| rename(&operations[*place])).cloned().collect(),
            );
        }
        places.extend(chain.into_iter().rev());
    }
    let mut operations: Vec<_> = operations.into_iter().map(Some).collect();
    Ordered { operations: places.into_iter().filter_map(|place| operations[place].take()).collect(), cycles }
}

/// New parents from the top down: whatever becomes a parent has its own place by then, so that no chain is a circle for a while.
pub(super) fn top_down(parents: Vec<Operation>) -> Vec<Operation> {
    let ends = |operation: &Operation| match operation {
        Operation::SetParent { issue, becomes, .. } => {
            (Some(issue.lock_key()), becomes.as_ref().map(IssueRef::lock_key))
        }
        _ => (None, None),
    };
    let places: BTreeMap<_, _> = parents.iter().enumerate().map(|(place, it)| (ends(it).0, place)).collect();
    let (mut order, mut is_placed) = (Vec::new(), vec![false; parents.len()]);
    for place in 0..parents.len() {
        let mut chain = Vec::new();
        let mut next = Some(place);
        while let Some(place) = next.filter(|place| !is_placed[*place]) {
            is_placed[place] = true;
            chain.push(place);
            next = ends(&parents[place]).1.and_then(|parent| places.get(&Some(parent)).copied());
        }
        order.extend(chain.into_iter().rev());
    }
    let mut parents: Vec<_> = parents.into_iter().map(Some).collect();
    order.into_iter().filter_map(|place| parents[place].take()).collect()
}

/// The name that nobody has once the operation is done.
fn frees(operation: &Operation) -> Option<Name> {
    named(operation, &rename(operation)?.was)
}

/// The name that nobody may have when the operation is done.
fn takes(operation: &Operation) -> Option<Name> {
    match operation {
        Operation::CreateLabel { label, .. } => named(operation, &label.name),
        Operation::CreateMilestone { milestone, .. } => named(operation, &milestone.title),
        _ => named(operation, &rename(operation)?.becomes),
    }
}

fn named(operation: &Operation, name: &str) -> Option<Name> {
    match operation {
        Operation::CreateLabel { .. } | Operation::ChangeLabel { .. } => Some(Name::Label(label_key(name))),
        Operation::CreateMilestone { .. } | Operation::ChangeMilestone { .. } => {
            Some(Name::Milestone(name.to_owned()))
        }
        _ => None,
    }
}

fn rename(operation: &Operation) -> Option<&Change<String>> {
    match operation {
        Operation::ChangeLabel { fields, .. } => fields.iter().find_map(|field| match field {
            LabelField::Name(change) => Some(change),
            _ => None,
        }),
        Operation::ChangeMilestone { fields, .. } => fields.iter().find_map(|field| match field {
            MilestoneField::Title(change) => Some(change),
            _ => None,
        }),
        _ => None,
    }
}
