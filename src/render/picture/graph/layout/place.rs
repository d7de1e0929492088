//! How far down each slot lies: as near to what it is joined to as the order of its layer lets it.

use super::{
    BETWEEN, Px,
    slot::{Joint, Slot},
};

/// How often all layers are gone through, the last time from the left, so that a chain runs straight from where it begins: often where it costs nothing, for what people look at; seldom where it is large.
const PASSES: (usize, usize) = (13, 5);

/// From how many slots on a layout is large.
const LARGE: usize = 4_000;

/// The room beside a lane.
const BESIDE: Px = 6;

/// A layer, ready to be settled many times.
struct Layer<'a> {
    slots: &'a [usize],
    /// For each slot the least room that those before it take: shifted up by it, slots need only stay in order.
    shifts: Vec<Px>,
}

impl<'a> Layer<'a> {
    fn new(slots: &[Slot], layer: &'a [usize]) -> Self {
        let mut shift = 0;
        let shifts = layer.iter().enumerate().map(|(ix, slot)| {
            let next = layer.get(ix + 1).map(|next| &slots[*next]);
            let are_items = slots[*slot].block.is_some() && next.is_some_and(|next| next.block.is_some());
            let own = shift;
            shift += slots[*slot].height + if are_items { BETWEEN } else { BESIDE };
            own
        });
        Self { shifts: shifts.collect(), slots: layer }
    }
}

/// Slots that lie as near to each other as they may.
struct Pool {
    /// The sum of their weighted places, and that of their weights.
    sum: Px,
    weight: Px,
    /// How many they are.
    count: usize,
    /// Where they lie together.
    place: Px,
}

impl Pool {
    /// The pool of this one and of that before it.
    fn with(self, last: Self) -> Self {
        let (sum, weight) = (self.sum + last.sum, self.weight + last.weight);
        Self { sum, weight, count: self.count + last.count, place: sum.div_euclid(weight) }
    }
}

/// The upper edges of all slots.
pub(super) fn place(slots: &[Slot], layers: &[Vec<usize>]) -> Vec<Px> {
    let layers: Vec<_> = layers.iter().map(|layer| Layer::new(slots, layer)).collect();
    let (mut tops, mut pools) = (vec![0; slots.len()], Vec::new());
    for layer in &layers {
        settle(layer, |_, _| (0, 1), &mut tops, &mut pools);
    }
    let passes = if slots.len() < LARGE { PASSES.0 } else { PASSES.1 };
    let mut is_settled = false;
    for pass in 0..passes {
        let mut has_moved = false;
        let mut pull = |layer: &Layer<'_>, joints: fn(&Slot) -> &[Joint]| {
            has_moved |= settle(layer, |slot, tops| wanted(slots, slot, tops, joints), &mut tops, &mut pools);
        };
        // Nothing pulls at the layer that a pass begins with.
        if pass % 2 == 0 {
            layers.iter().skip(1).for_each(|layer| pull(layer, |slot| &slot.before));
        } else {
            layers.iter().rev().skip(1).for_each(|layer| pull(layer, |slot| &slot.after));
        }
        // Neither from the left nor from the right: so it stays.
        if is_settled && !has_moved {
            break;
        }
        is_settled = !has_moved;
    }
    let first = tops.iter().copied().min().unwrap_or(0);
    tops.iter_mut().for_each(|top| *top -= first);
    tops
}

/// Where a slot would like to lie, and how much that weighs.
fn wanted(slots: &[Slot], ix: usize, tops: &[Px], joints: fn(&Slot) -> &[Joint]) -> (Px, Px) {
    let (mut sum, mut total) = (0, 0);
    for joint in joints(&slots[ix]) {
        sum += (tops[joint.slot] + joint.other - joint.own) * joint.weight;
        total += joint.weight;
    }
    if total == 0 { (tops[ix], 1) } else { (sum.div_euclid(total), total) }
}

/// Puts the slots of a layer as near to where they want to lie as their order and the room between them allow: the least
/// sum of weighted squares, by pooling neighbours that would overlap. Says whether any has moved.
fn settle(
    layer: &Layer<'_>,
    wanted: impl Fn(usize, &[Px]) -> (Px, Px),
    tops: &mut [Px],
    pools: &mut Vec<Pool>,
) -> bool {
    pools.clear();
    for (slot, shift) in layer.slots.iter().zip(&layer.shifts) {
        let (place, weight) = wanted(*slot, tops);
        let place = place - shift;
        let mut pool = Pool { sum: place * weight, weight, count: 1, place };
        while let Some(last) = pools.pop_if(|last| last.place > pool.place) {
            pool = pool.with(last);
        }
        pools.push(pool);
    }
    let settled = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.place, pool.count));
    let mut has_moved = false;
    for ((slot, shift), place) in layer.slots.iter().zip(&layer.shifts).zip(settled) {
        has_moved |= tops[*slot] != place + shift;
        tops[*slot] = place + shift;
    }
    has_moved
}
