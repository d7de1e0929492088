//! What hangs together, in layers: boxes and the lanes of lines that pass a layer, in an order with few crossings
//! ([`order`](super::order)), shifted so that lines run straight ([`place`](super::place)). All lines of a box share a lane.

use std::collections::BTreeMap;

use super::{
    super::boxes::{Boxes, Cell, Link},
    Layout, Line, Placed, Px, order, place,
    slot::{Joint, Slot},
};

/// The room that a lane takes.
const LANE: Px = 4;

/// How much it weighs that a piece of a line runs straight, by how many of its ends are lanes: long lines shall.
const WEIGHTS: [Px; 3] = [2, 1, 6];

/// Where the layers stand.
pub(super) trait Frame {
    /// Where a layer begins, how wide it is, and how far down its slots are counted from.
    fn layer(&self, layer: usize) -> (Px, Px, Px);

    /// Where the lines of a box run that come to a layer around the ends of two bands: at the right, between them, at the left.
    fn around(&self, _cell: usize, _layer: usize) -> Option<(Px, Px, Px)> {
        None
    }
}

/// Boxes and lanes with their heights; where a layer stands is up to others.
#[derive(Debug)]
pub(super) struct Woven<'a> {
    /// Its boxes, sorted; their slots are the first ones, in the same order.
    part: &'a [usize],
    slots: Vec<Slot>,
    tops: Vec<Px>,
    /// The lane of each box in each layer that lines of it pass.
    lanes: BTreeMap<(usize, usize), usize>,
}

impl<'a> Woven<'a> {
    /// Weaves the boxes of `part`, which are sorted and lie in these layers.
    pub(super) fn new(boxes: &Boxes, part: &'a [usize], layer: impl Fn(usize) -> usize) -> Self {
        debug_assert!(part.is_sorted());
        let slot = |block: Option<usize>, layer: usize, height: Px| Slot {
            block,
            layer,
            height,
            before: Vec::new(),
            after: Vec::new(),
        };
        let block = |cell: &usize| slot(Some(*cell), layer(*cell), boxes.cells[*cell].height());
        let mut slots: Vec<_> = part.iter().map(block).collect();
        let mut lanes = BTreeMap::new();
        for (first, last, link) in links(boxes, part) {
            let mut at = first;
            for layer in slots[first].layer + 1..slots[last].layer {
                at = *lanes.entry((link.from, layer)).or_insert_with(|| {
                    slots.push(slot(None, layer, LANE));
                    let lane = slots.len() - 1;
                    join(&mut slots, at, lane);
                    lane
                });
            }
            join(&mut slots, at, last);
        }
        let layers = order::order(&slots);
        let tops = place::place(&slots, &layers);
        Self { part, slots, tops, lanes }
    }

    /// How high it is.
    pub(super) fn height(&self) -> Px {
        self.span(|_| true).map_or(0, |(_, bottom)| bottom)
    }

    /// From where to where the slots of some layers reach; `None` where there are none.
    pub(super) fn span(&self, is_meant: impl Fn(usize) -> bool) -> Option<(Px, Px)> {
        let meant = || self.slots.iter().zip(&self.tops).filter(|(slot, _)| is_meant(slot.layer));
        let top = meant().map(|(_, top)| *top).min()?;
        Some((top, meant().map(|(slot, top)| top + slot.height).max()?))
    }

    /// Adds its boxes and lines to a layout.
    pub(super) fn put(
        &self,
        boxes: &Boxes,
        frame: &impl Frame,
        layout: &mut Layout,
        place: &mut [Option<usize>],
    ) {
        for ((cell, slot), top) in self.part.iter().zip(&self.slots).zip(&self.tops) {
            let (x, width, y) = frame.layer(slot.layer);
            place[*cell] = Some(layout.boxes.len());
            layout.boxes.push(Placed::new(&boxes.cells[*cell], (x, y + top), width));
        }
        for (from, to, link) in links(boxes, self.part) {
            layout.lines.push(Line {
                from: link.from,
                to: link.to,
                is_critical: link.critical,
                is_broken: link.broken,
                points: self.points(link, (from, to), frame),
            });
        }
    }

    /// The corners of a line between two slots.
    fn points(&self, link: &Link, (from, to): (usize, usize), frame: &impl Frame) -> Vec<(Px, Px)> {
        let middle = |slot: usize| (self.slots[slot].layer, self.tops[slot] + self.slots[slot].height / 2);
        let ((first, leaves), (last, arrives)) = (middle(from), middle(to));
        let (x, width, y) = frame.layer(first);
        let mut at = (x + width, y + leaves);
        let mut points = vec![at];
        for layer in first + 1..=last {
            let (x, width, y) = frame.layer(layer);
            let lane = self.lanes.get(&(link.from, layer)).filter(|_| layer < last);
            let next = (x, y + lane.map_or(arrives, |slot| self.tops[*slot] + LANE / 2));
            if let Some((right, down, left)) = frame.around(link.from, layer) {
                points.extend([(right, at.1), (right, down), (left, down), (left, next.1)]);
            }
            points.push(next);
            at = (x + width, next.1);
            points.extend((layer < last).then_some(at));
        }
        points
    }
}

impl Placed {
    /// A box at a place.
    pub(super) fn new(cell: &Cell, (x, y): (Px, Px), width: Px) -> Self {
        Self {
            kind: cell.kind,
            members: cell.members.clone(),
            shown: cell.shown,
            is_critical: cell.chain.is_some(),
            step: cell.step,
            x,
            y,
            width,
            height: cell.height(),
        }
    }
}

/// The lines between the boxes of a part, each with the places of its ends in there.
fn links<'a>(boxes: &'a Boxes, part: &'a [usize]) -> impl Iterator<Item = (usize, usize, &'a Link)> {
    let place = |cell: usize| part.binary_search(&cell).ok();
    boxes.links.iter().filter_map(move |link| Some((place(link.from)?, place(link.to)?, link)))
}

fn join(slots: &mut [Slot], from: usize, to: usize) {
    debug_assert!(slots[from].layer < slots[to].layer);
    let (own, other) = (slots[from].height / 2, slots[to].height / 2);
    let lanes = [from, to].into_iter().filter(|slot| slots[*slot].block.is_none()).count();
    let weight = WEIGHTS[lanes];
    slots[from].after.push(Joint { own, slot: to, other, weight });
    slots[to].before.push(Joint { own: other, slot: from, other: own, weight });
}
