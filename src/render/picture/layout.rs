//! Where the items of a dependency graph lie: in layers from left to right, each to the right of all that it waits for.
//!
//! Sugiyama's way with fixed numbers of passes and whole numbers only: items that wait for each other become one block
//! ([`Graph::circles`]), blocks get the layer after the longest chain before them, edges that cross layers are led
//! through stand-ins ([`order`] puts each layer's slots in an order with few crossings), and [`place`] shifts the slots
//! down so that edges run straight. Ties fall to the lower index. Nothing recurses.

mod order;
mod place;

use super::svg::Px;
use crate::facts::Graph;

/// The size of an item.
pub(super) const WIDTH: Px = 224;
pub(super) const HEIGHT: Px = 70;

/// The room between two items of a circle, and around them in their box.
const CIRCLE_GAP: Px = 26;
const BOX_SIDE: Px = 44;
const BOX_TOP: Px = 34;
const BOX_BOTTOM: Px = 16;

/// The room that an edge takes where it passes a layer.
const PASSAGE: Px = 10;

/// The room between two layers: at least, at most, and for each edge that runs there.
const GAP: (Px, Px, Px) = (54, 140, 5);

/// How many stand-ins a layout makes for each item, on top of a thousand. Past that, the longest edges run straight.
const STAND_INS: usize = 30;

/// Where everything lies.
#[derive(Debug)]
pub(super) struct Layout {
    /// The size of it all.
    pub(super) width: Px,
    pub(super) height: Px,
    /// The upper left corner of each item; `None` for items that neither wait nor are waited for.
    pub(super) items: Vec<Option<(Px, Px)>>,
    /// The layer of each item, from 0.
    pub(super) layers: Vec<usize>,
    /// The boxes around circles.
    pub(super) boxes: Vec<Circle>,
    /// For each edge the spans at which it passes a layer between its ends: left, right, height.
    pub(super) passages: Vec<Vec<(Px, Px, Px)>>,
    /// The left and the right edge of each layer.
    pub(super) columns: Vec<(Px, Px)>,
    /// For each edge whether its ends wait for each other.
    pub(super) in_circle: Vec<bool>,
}

/// A box around items that wait for each other.
#[derive(Debug)]
pub(super) struct Circle {
    pub(super) x: Px,
    pub(super) y: Px,
    pub(super) width: Px,
    pub(super) height: Px,
    /// Its items from top to bottom: each is waited for by the next, the last one by the first where that is the circle.
    pub(super) items: Vec<usize>,
}

/// One thing in a layer: a block of items, or a stand-in for an edge that passes.
#[derive(Debug)]
struct Slot {
    /// The block; `None` for a stand-in.
    block: Option<usize>,
    layer: usize,
    height: Px,
    /// What it is joined to in the layer before: own height, the other slot, the height there.
    before: Vec<Joint>,
    /// What it is joined to in the layer after.
    after: Vec<Joint>,
}

/// One end of a piece of an edge, as seen from the other.
#[derive(Debug, Clone, Copy)]
struct Joint {
    /// How far below the slot's upper edge the piece begins.
    own: Px,
    /// The slot at its other end.
    slot: usize,
    /// How far below that slot's upper edge it ends.
    other: Px,
}

/// The graph in blocks.
struct Blocks {
    /// The block of each item, and how far below the block's upper edge the item's middle lies.
    of_item: Vec<(usize, Px)>,
    /// The items of each block, from top to bottom.
    items: Vec<Vec<usize>>,
    /// The layer of each block.
    layers: Vec<usize>,
    /// Whether a block is a circle.
    is_circle: Vec<bool>,
}

/// Lays out `count` items. An edge leads from what is waited for to what waits.
pub(super) fn layout(count: usize, edges: &[(usize, usize)]) -> Layout {
    let mut waits = vec![Vec::new(); count];
    edges.iter().for_each(|(from, to)| waits[*to].push(*from));
    let graph = Graph::new(waits.into_iter());
    let is_joined = |item: usize| !graph.waits_for(item).is_empty() || !graph.needed_by(item).is_empty();
    let blocks = Blocks::new(&graph, count);
    let (mut slots, chains) = slots(&blocks, edges, is_joined);
    let mut layers = order::order(&mut slots);
    let tops = place::place(&slots, &mut layers);
    let columns = columns(&blocks, &slots, &layers);
    finish(&blocks, &slots, &tops, columns, &chains, edges)
}

impl Blocks {
    fn new(graph: &Graph, count: usize) -> Self {
        let cycles = graph.cycles();
        let mut blocks = Self {
            of_item: vec![(0, HEIGHT / 2); count],
            items: Vec::new(),
            layers: Vec::new(),
            is_circle: Vec::new(),
        };
        for set in graph.circles() {
            let block = blocks.items.len();
            let is_circle = graph.is_in_cycle(set[0]);
            // `circles` names what is waited for first, so the layers before are known.
            let before = set.iter().flat_map(|item| graph.waits_for(*item));
            let before = before.filter(|item| set.binary_search(item).is_err());
            let layer = before.map(|item| blocks.layers[blocks.of_item[*item].0] + 1).max().unwrap_or(0);
            let items = if is_circle { in_turn(set, &cycles) } else { set.to_vec() };
            for (ix, item) in items.iter().enumerate() {
                let top = if is_circle { BOX_TOP + ix as Px * (HEIGHT + CIRCLE_GAP) } else { 0 };
                blocks.of_item[*item] = (block, top + HEIGHT / 2);
            }
            blocks.layers.push(layer);
            blocks.is_circle.push(is_circle);
            blocks.items.push(items);
        }
        blocks
    }

    fn height(&self, block: usize) -> Px {
        let count = self.items[block].len() as Px;
        if self.is_circle[block] {
            BOX_TOP + count * (HEIGHT + CIRCLE_GAP) - CIRCLE_GAP + BOX_BOTTOM
        } else {
            HEIGHT
        }
    }

    fn width(&self, block: usize) -> Px {
        if self.is_circle[block] { WIDTH + 2 * BOX_SIDE } else { WIDTH }
    }
}

/// The items of a set that can all reach each other: first the ones of a circle, each waited for by the next, then the
/// others.
fn in_turn(set: &[usize], cycles: &[Vec<usize>]) -> Vec<usize> {
    let Ok(found) = cycles.binary_search_by_key(&set[0], |cycle| cycle[0]) else { return set.to_vec() };
    let cycle = &cycles[found];
    let in_cycle: std::collections::BTreeSet<_> = cycle.iter().collect();
    // A cycle names what waits before what it waits for.
    let turned = cycle[..1].iter().chain(cycle[1..].iter().rev()).copied();
    turned.chain(set.iter().copied().filter(|item| !in_cycle.contains(item))).collect()
}

/// The slots of all layers, and for each edge the stand-ins that it passes.
fn slots(
    blocks: &Blocks,
    edges: &[(usize, usize)],
    is_joined: impl Fn(usize) -> bool,
) -> (Vec<Slot>, Vec<Vec<usize>>) {
    let mut slots = Vec::new();
    let mut slot_of = vec![None; blocks.items.len()];
    for (block, items) in blocks.items.iter().enumerate().filter(|(_, items)| is_joined(items[0])) {
        debug_assert!(!items.is_empty());
        slot_of[block] = Some(slots.len());
        slots.push(Slot {
            block: Some(block),
            layer: blocks.layers[block],
            height: blocks.height(block),
            before: Vec::new(),
            after: Vec::new(),
        });
    }
    let span = |(from, to): (usize, usize)| {
        blocks.layers[blocks.of_item[to].0].saturating_sub(blocks.layers[blocks.of_item[from].0])
    };
    let mut left = STAND_INS * blocks.of_item.len() + 1000;
    let mut short_first: Vec<_> = (0..edges.len()).collect();
    short_first.sort_by_key(|edge| span(edges[*edge]));
    let mut chains = vec![Vec::new(); edges.len()];
    for edge in short_first {
        let ((from, own), (to, other)) = (blocks.of_item[edges[edge].0], blocks.of_item[edges[edge].1]);
        let (Some(first), Some(last)) = (slot_of[from], slot_of[to]) else { continue };
        let needed = span(edges[edge]).saturating_sub(1);
        if from == to || needed > left {
            continue;
        }
        left -= needed;
        let mut at = (first, own);
        for layer in blocks.layers[from] + 1..blocks.layers[to] {
            let next = slots.len();
            slots.push(Slot { block: None, layer, height: PASSAGE, before: Vec::new(), after: Vec::new() });
            join(&mut slots, at, (next, PASSAGE / 2));
            chains[edge].push(next);
            at = (next, PASSAGE / 2);
        }
        join(&mut slots, at, (last, other));
    }
    (slots, chains)
}

fn join(slots: &mut [Slot], (from, own): (usize, Px), (to, other): (usize, Px)) {
    slots[from].after.push(Joint { own, slot: to, other });
    slots[to].before.push(Joint { own: other, slot: from, other: own });
}

/// The left and right edges of the layers: as wide as their widest block, further apart where more edges run.
fn columns(blocks: &Blocks, slots: &[Slot], layers: &[Vec<usize>]) -> Vec<(Px, Px)> {
    let mut x = 0;
    let mut columns = Vec::new();
    for layer in layers {
        let width = layer.iter().filter_map(|slot| slots[*slot].block).map(|block| blocks.width(block)).max();
        let width = width.unwrap_or(WIDTH);
        let edges: usize = layer.iter().map(|slot| slots[*slot].after.len()).sum();
        columns.push((x, x + width));
        x += width + (GAP.0 + GAP.2 * edges as Px).min(GAP.1);
    }
    columns
}

fn finish(
    blocks: &Blocks,
    slots: &[Slot],
    tops: &[Px],
    columns: Vec<(Px, Px)>,
    chains: &[Vec<usize>],
    edges: &[(usize, usize)],
) -> Layout {
    let mut items = vec![None; blocks.of_item.len()];
    let mut boxes = Vec::new();
    let mut height = 0;
    for (slot, y) in slots.iter().zip(tops) {
        height = height.max(y + slot.height);
        let Some(block) = slot.block else { continue };
        let (left, right) = columns[slot.layer];
        let width = blocks.width(block);
        let x = left + (right - left - width) / 2;
        let side = (width - WIDTH) / 2;
        for item in &blocks.items[block] {
            items[*item] = Some((x + side, y + blocks.of_item[*item].1 - HEIGHT / 2));
        }
        if blocks.is_circle[block] {
            boxes.push(Circle { x, y: *y, width, height: slot.height, items: blocks.items[block].clone() });
        }
    }
    let passage = |slot: &usize| {
        let (left, right) = columns[slots[*slot].layer];
        (left, right, tops[*slot] + PASSAGE / 2)
    };
    Layout {
        width: columns.last().map_or(0, |column| column.1),
        height,
        items,
        layers: blocks.of_item.iter().map(|(block, _)| blocks.layers[*block]).collect(),
        boxes,
        passages: chains.iter().map(|chain| chain.iter().map(passage).collect()).collect(),
        in_circle: edges.iter().map(|(from, to)| blocks.of_item[*from].0 == blocks.of_item[*to].0).collect(),
        columns,
    }
}

#[cfg(test)]
mod tests;
