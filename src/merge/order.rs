//! The order of a list in which people moved items, on one side or on both.
//!
//! Two items stand as that side has them which turned them round. What both sides turned makes one order, unless both moved the same
//! item to another place, or what they want together goes in a circle.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Conflict, Side, Three,
    list::{Row, name},
    values::{Context, shown},
};

/// The rows of a list in their order: in the text with our values, and in the one with theirs. Both are the same unless the order
/// is a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) ours: Vec<usize>,
    pub(super) theirs: Vec<usize>,
}

/// The merged order of the rows of a list; a conflict where the sides want two.
pub(super) fn merged(context: &mut Context, list: &str, rows: &[Row]) -> Order {
    let all = Three {
        base: in_order(rows, |at| at.base),
        ours: in_order(rows, |at| at.ours),
        theirs: in_order(rows, |at| at.theirs),
    };
    let is_in_all = |row: &usize| rows[*row].at.all().into_iter().all(Option::is_some);
    let core = all.as_ref().map(|rows| rows.iter().copied().filter(is_in_all).collect::<Vec<_>>());
    let (ours, theirs) =
        (|| placed(&core.ours, &all, Side::Ours), || placed(&core.theirs, &all, Side::Theirs));
    if core.theirs == core.base || core.theirs == core.ours {
        return Order { ours: ours(), theirs: ours() };
    }
    if core.ours == core.base {
        return Order { ours: theirs(), theirs: theirs() };
    }
    if let Some(core) = turned(&core) {
        let both = placed(&core, &all, Side::Ours);
        return Order { ours: both.clone(), theirs: both };
    }
    let names = |order: &[usize]| {
        let item = |row: &usize| rows[*row].ours.as_ref().map(|it| Value::from(name(it, "")));
        shown(&order.iter().filter_map(item).collect())
    };
    let what = format!("the order of `{list}`");
    context.conflicts.push(Conflict { what, ours: names(&core.ours), theirs: names(&core.theirs) });
    Order { ours: ours(), theirs: theirs() }
}

/// The rows that a version has, in its order.
fn in_order(rows: &[Row], at: impl Fn(&Three<Option<usize>>) -> Option<usize>) -> Vec<usize> {
    let mut all: Vec<_> = rows.iter().enumerate().filter_map(|(n, row)| Some((at(&row.at)?, n))).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, row)| row).collect()
}

/// The order in which each two rows stand as the side has them that turned them round; `None` where there is no such order, or both
/// sides moved one row and not to the same place.
fn turned(core: &Three<Vec<usize>>) -> Option<Vec<usize>> {
    let ranks = |side: &[usize]| {
        let at: BTreeMap<_, _> = side.iter().enumerate().map(|(n, row)| (*row, n)).collect();
        core.base.iter().map(|row| at.get(row).copied()).collect::<Option<Vec<_>>>()
    };
    let (ours, theirs) = (ranks(&core.ours)?, ranks(&core.theirs)?);
    let is_turned = |side: &[usize], a: usize, b: usize| (a < b) != (side[a] < side[b]);
    let all = 0..core.base.len();
    let movable = movable(&theirs);
    let is_elsewhere =
        |a: usize| all.clone().any(|b| b != a && is_turned(&ours, a, b) != is_turned(&theirs, a, b));
    if self::movable(&ours).intersection(&movable).any(|row| is_elsewhere(*row)) {
        return None;
    }
    let is_behind = |a: usize, b: usize| (b < a) != (is_turned(&ours, a, b) || is_turned(&theirs, a, b));
    let mut places = vec![None; core.base.len()];
    for a in all.clone() {
        let place = all.clone().filter(|b| *b != a && is_behind(a, *b)).count();
        // In a circle two rows have as many before them.
        if places[place].replace(core.base[a]).is_some() {
            return None;
        }
    }
    places.into_iter().collect()
}

/// The rows that may be those that were moved: all but those that every longest part has which kept its order.
fn movable(ranks: &[usize]) -> BTreeSet<usize> {
    let up_to = lengths(ranks.iter().copied());
    let turned = ranks.iter().rev().map(|rank| ranks.len() - rank);
    let from: Vec<_> = lengths(turned).into_iter().rev().collect();
    let longest = up_to.iter().copied().max().unwrap_or_default();
    let mut kept = BTreeMap::<usize, Vec<usize>>::new();
    for (n, (before, behind)) in up_to.into_iter().zip(from).enumerate() {
        if before + behind - 1 == longest {
            kept.entry(before).or_default().push(n);
        }
    }
    let kept: BTreeSet<_> = kept.into_values().filter(|all| all.len() == 1).flatten().collect();
    (0..ranks.len()).filter(|n| !kept.contains(n)).collect()
}

/// For each number the length of the longest rising part that ends with it.
fn lengths(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut ends = Vec::<usize>::new();
    let length = |number: usize| {
        let at = ends.partition_point(|end| *end < number);
        if at == ends.len() {
            ends.push(number)
        } else {
            ends[at] = number
        }
        at + 1
    };
    numbers.map(length).collect()
}

/// All rows: those that all versions have in this order, and each other one behind that which it follows on its side. What is new
/// behind all others comes last, and what is new on the side whose order does not count, too.
fn placed(core: &[usize], all: &Three<Vec<usize>>, first: Side) -> Vec<usize> {
    let (mut order, mut last) = (core.to_vec(), Vec::new());
    let known: BTreeSet<_> = core.iter().collect();
    let insert = |order: &mut Vec<usize>, last: &mut Vec<usize>, side: &[usize]| {
        let end = side.iter().rposition(|row| known.contains(row)).map_or(0, |at| at + 1);
        for (n, row) in side.iter().enumerate().filter(|(_, row)| !known.contains(row)) {
            if order.contains(row) || last.contains(row) {
                continue;
            }
            let at = |row: Option<&usize>| order.iter().position(|other| Some(other) == row);
            let before = n.checked_sub(1).and_then(|n| at(side.get(n)));
            match before.map(|at| at + 1).or_else(|| at(side.get(n + 1))) {
                Some(at) if n < end => order.insert(at, *row),
                _ if n < end => order.insert(0, *row),
                _ => last.push(*row),
            }
        }
    };
    if first == Side::Theirs {
        insert(&mut order, &mut last, &all.theirs);
    }
    insert(&mut order, &mut last, &all.ours);
    last.extend(all.theirs.iter().filter(|row| !known.contains(row) && !order.contains(row)));
    let mut seen = BTreeSet::new();
    order.into_iter().chain(last).filter(|row| seen.insert(*row)).collect()
}
