//! The order of the slots in each layer: few edges shall cross.

use super::slot::{Joint, Slot};

/// How often all layers are gone through.
const SWEEPS: usize = 12;

/// For each layer its slots from top to bottom.
pub(super) fn order(slots: &[Slot]) -> Vec<Vec<usize>> {
    let count = slots.iter().map(|slot| slot.layer + 1).max().unwrap_or(0);
    let mut layers = vec![Vec::new(); count];
    for (ix, slot) in slots.iter().enumerate() {
        layers[slot.layer].push(ix);
    }
    let mut places = vec![0; slots.len()];
    layers.iter().for_each(|layer| number(layer, &mut places));
    let mut fewest = crossings(slots, &layers, &places);
    let mut best = layers.clone();
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        if sweep % 2 == 0 {
            layers.iter_mut().for_each(|layer| sort(layer, slots, &mut places, |slot| &slot.before));
        } else {
            layers.iter_mut().rev().for_each(|layer| sort(layer, slots, &mut places, |slot| &slot.after));
        }
        let crossings = crossings(slots, &layers, &places);
        if crossings < fewest {
            fewest = crossings;
            best.clone_from(&layers);
        }
    }
    best
}

fn number(layer: &[usize], places: &mut [usize]) {
    layer.iter().enumerate().for_each(|(place, slot)| places[*slot] = place);
}

/// Sorts a layer by the mean place of what its slots are joined to; those that are joined to nothing stay where they are.
fn sort(layer: &mut [usize], slots: &[Slot], places: &mut [usize], joints: impl Fn(&Slot) -> &[Joint]) {
    layer.sort_by_cached_key(|slot| {
        let joints = joints(&slots[*slot]);
        let sum: usize =
            joints.iter().map(|joint| places[joint.slot] * 1000 + joint.other as usize % 1000).sum();
        (sum.checked_div(joints.len()).unwrap_or(places[*slot] * 1000), places[*slot])
    });
    number(layer, places);
}

/// How many pairs of edges cross.
fn crossings(slots: &[Slot], layers: &[Vec<usize>], places: &[usize]) -> usize {
    let mut ends = Vec::new();
    layers.iter().map(|layer| crossings_after(slots, layer, places, &mut ends)).sum()
}

/// How many pairs of edges cross between a layer and the next: pairs in the wrong order, counted with a binary indexed
/// tree (Barth, Jünger and Mutzel 2002). The places of their ends are put into `ends`.
fn crossings_after(slots: &[Slot], layer: &[usize], places: &[usize], ends: &mut Vec<usize>) -> usize {
    ends.clear();
    for slot in layer {
        let from = ends.len();
        ends.extend(slots[*slot].after.iter().map(|joint| places[joint.slot]));
        ends[from..].sort_unstable();
    }
    if ends.is_sorted() {
        return 0;
    }
    let size = ends.iter().max().map_or(0, |end| end + 2);
    let (mut tree, mut count) = (vec![0; size + 1], 0);
    for (seen, end) in ends.iter().enumerate() {
        let mut at = end + 1;
        let mut not_after = 0;
        while at > 0 {
            not_after += tree[at];
            at &= at - 1;
        }
        count += seen - not_after;
        at = end + 1;
        while at <= size {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    count
}
