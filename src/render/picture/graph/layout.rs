//! Where boxes and lines lie: a value, so that what a picture promises can be proven of it.
//!
//! Boxes stand in columns, one for each step. What hangs together is laid out together ([`weave`]): what is long one below the other
//! under common headings, what is short in a grid below. More columns than fit beside each other go on in a band below: their
//! lines run around the right end of one band and the left end of the next.

mod columns;
mod order;
mod place;
mod slot;
mod weave;

use super::{
    super::svg::Px,
    GraphInput,
    boxes::{Boxes, Cell, Kind, joined},
};
use columns::Columns;
use weave::{Frame, Woven};

/// The width of it all.
pub(super) const WIDTH: Px = 1248;

/// The height of an item, of one in a stack (they share a line), and the room around those in a cycle.
pub(super) const ROW: Px = 23;
pub(super) const STACKED: Px = 22;
pub(super) const CYCLE_TOP: Px = 22;
pub(super) const CYCLE_SIDE: Px = 5;
pub(super) const CYCLE_GAP: Px = 4;

/// The room between boxes of a column.
const BETWEEN: Px = 7;

/// The room between two things laid out apart.
const APART: Px = 22;

/// The room between two columns where there are many; where there are few the more.
const NARROW: Px = 34;
const WIDE: [Px; 5] = [0, 0, 128, 80, 56];

/// How high the headings of columns are.
const HEADING: Px = 46;

/// What is short: so many steps and boxes at most. Where nothing is longer, so many of them still get common columns.
const SHORT: (usize, usize) = (2, 6);
const MOST_LISTED: usize = 12;

/// The room at the sides of it all.
const SIDE: Px = 8;

/// How many short ones stand beside each other, and the room between them.
const ACROSS: usize = 3;
const GUTTER: Px = 28;

/// Where everything lies.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) height: Px,
    /// In the order in which they are read: column by column, from top to bottom.
    pub(super) boxes: Vec<Placed>,
    pub(super) lines: Vec<Line>,
    pub(super) headings: Vec<Heading>,
    /// How far down it is said that short chains follow.
    pub(super) short_at: Option<Px>,
}

/// A box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) kind: Kind,
    /// The items that it holds, those that are shown first.
    pub(super) members: Vec<usize>,
    pub(super) shown: usize,
    pub(super) is_critical: bool,
    pub(super) step: usize,
    pub(super) x: Px,
    pub(super) y: Px,
    pub(super) width: Px,
    pub(super) height: Px,
}

/// A line between two boxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The box that is waited for.
    pub(super) from: usize,
    /// The box that waits.
    pub(super) to: usize,
    pub(super) is_critical: bool,
    pub(super) is_broken: bool,
    /// From corner to corner: across or down it runs straight, else in a bend that leaves and arrives level.
    pub(super) points: Vec<(Px, Px)>,
}

/// What stands above a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) step: usize,
    pub(super) x: Px,
    pub(super) y: Px,
    pub(super) width: Px,
    /// How high the step is, with its heading.
    pub(super) height: Px,
}

impl Cell {
    fn height(&self) -> Px {
        let (shown, all) = (self.shown as Px, self.members.len() as Px);
        let more = if shown < all { 16 } else { 0 };
        match self.kind {
            Kind::One | Kind::More(..) => ROW,
            Kind::Stack => shown * STACKED + 1 + more,
            Kind::Cycle => CYCLE_TOP + shown * (ROW + CYCLE_GAP) + 2 + more,
        }
    }
}

/// Gives the boxes their places.
pub(super) fn layout(input: &GraphInput, boxes: &Boxes) -> Layout {
    let (long, short) = parts(boxes);
    let mut layout = Layout::default();
    let mut place = vec![None; boxes.cells.len()];
    let is_more = |cell: &usize| matches!(boxes.cells[*cell].kind, Kind::More(..));
    let more: Vec<_> = (0..boxes.cells.len()).filter(is_more).collect();
    if !long.is_empty() || !more.is_empty() {
        let heading = if input.is_small { 2 } else { HEADING };
        Columns::new(boxes, &long, &more, heading).lay(boxes, &long, &more, &mut layout, &mut place);
    }
    if !short.is_empty() {
        if !layout.boxes.is_empty() {
            layout.short_at = Some(layout.height + 14);
            layout.height += 24;
        }
        grid(boxes, &short, &mut layout, &mut place);
    }
    read_in_order(&mut layout, &place);
    layout
}

/// What hangs together, as cells: what is long, and what is short.
fn parts(boxes: &Boxes) -> (Vec<Vec<usize>>, Vec<Vec<usize>>) {
    let mut parts = joined(boxes.cells.len(), boxes.links.iter().map(|link| (link.from, link.to)));
    parts.iter_mut().for_each(|part| part.retain(|cell| !matches!(boxes.cells[*cell].kind, Kind::More(..))));
    parts.retain(|part| !part.is_empty());
    let steps = |cells: &[usize]| {
        let steps: std::collections::BTreeSet<_> = cells.iter().map(|cell| boxes.cells[*cell].step).collect();
        steps.len()
    };
    let (short, mut long): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|cells| steps(cells) <= SHORT.0 && cells.len() <= SHORT.1);
    long.sort_by_key(|cells| (std::cmp::Reverse(cells.len()), cells[0]));
    if long.is_empty() && short.len() <= MOST_LISTED { (short, long) } else { (long, short) }
}

/// Short ones, some beside each other.
fn grid(boxes: &Boxes, parts: &[Vec<usize>], layout: &mut Layout, place: &mut [Option<usize>]) {
    let width = (WIDTH - 2 * SIDE - GUTTER * (ACROSS as Px - 1)) / ACROSS as Px;
    for row in parts.chunks(ACROSS) {
        let mut height = 0;
        for (ix, part) in row.iter().enumerate() {
            let mut steps: Vec<_> = part.iter().map(|cell| boxes.cells[*cell].step).collect();
            steps.sort_unstable();
            steps.dedup();
            let layer = |cell: usize| steps.binary_search(&boxes.cells[cell].step).unwrap_or_default();
            let woven = Woven::new(boxes, part, layer);
            let left = SIDE + ix as Px * (width + GUTTER);
            woven.put(boxes, &Corner { left, top: layout.height, width }, layout, place);
            height = height.max(woven.height());
        }
        layout.height += height + APART / 2;
    }
}

/// Where something short stands: two columns.
struct Corner {
    left: Px,
    top: Px,
    width: Px,
}

impl Frame for Corner {
    fn layer(&self, layer: usize) -> (Px, Px, Px) {
        let column = (self.width - NARROW) / 2;
        (self.left + layer as Px * (column + NARROW), column, self.top)
    }
}

/// Numbers the boxes anew, in the order in which they are read.
fn read_in_order(layout: &mut Layout, place: &[Option<usize>]) {
    let mut boxes: Vec<_> = std::mem::take(&mut layout.boxes).into_iter().enumerate().collect();
    boxes.sort_by_key(|(_, it)| (it.step, layout.short_at.is_some_and(|from| it.y > from), it.x, it.y));
    let mut number = vec![0; boxes.len()];
    boxes.iter().enumerate().for_each(|(new, (old, _))| number[*old] = new);
    let of_cell = |cell: usize| place[cell].map_or(0, |old: usize| number[old]);
    layout.boxes = boxes.into_iter().map(|(_, it)| it).collect();
    for line in &mut layout.lines {
        (line.from, line.to) = (of_cell(line.from), of_cell(line.to));
    }
    layout.lines.sort_by_key(|line| (line.is_critical, line.from, line.to));
}
