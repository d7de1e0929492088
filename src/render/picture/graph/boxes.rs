//! Few boxes and lines that say the same as many: items that wait for each other become one box, so do items with equal
//! neighbours; lines that others imply are left out. What is past the picture's room is counted, step by step.

use std::collections::{BTreeMap, BTreeSet};

use super::GraphInput;
use crate::facts::{Graph, Sets};

/// How many steps have a column of their own; what lies further is counted in the last.
pub(super) const MOST_STEPS: usize = 40;

/// How many boxes that are joined are left out together or not at all.
const MOST_WHOLE: usize = 8;

/// How many groups are counted apart in a step.
const MOST_GROUPS: usize = 3;

/// How many items a stack and a cycle show; the others are counted.
const MOST_STACKED: usize = 24;
const MOST_CIRCLING: usize = 12;

/// How few items a stack and a cycle show, and how few boxes there are, before a picture takes more than its room.
const LEAST: usize = 1;
const LEAST_BOXES: usize = 8;

/// How many elements an item is, what surrounds several, and the heading of a step.
const OF_ITEM: usize = 8;
const OF_GROUP: usize = 4;
const OF_STEP: usize = 3;

/// What a box holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One item.
    One,
    /// Items that wait for the same, and that the same waits for.
    Stack,
    /// Items that wait for each other.
    Cycle,
    /// Items that have no room, of a group where there is one; as many.
    More(Option<usize>, usize),
}

/// A box before it has a place.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) kind: Kind,
    /// Its items from top to bottom; none where they are only counted.
    pub(super) members: Vec<usize>,
    /// How many of them are shown; the others are counted.
    pub(super) shown: usize,
    pub(super) step: usize,
    /// Its place on the longest chain.
    pub(super) chain: Option<usize>,
}

/// A line: what is waited for, what waits, whether it is a link of the longest chain, whether the days contradict it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) critical: bool,
    pub(super) broken: bool,
}

/// Boxes and lines.
#[derive(Debug, Default)]
pub(super) struct Boxes {
    pub(super) cells: Vec<Cell>,
    pub(super) links: Vec<Link>,
}

/// The graph of an input. What waits for another in the same step waits for itself, too, through items that the input leaves out.
pub(super) fn graph(input: &GraphInput) -> Graph {
    let mut waits = vec![Vec::new(); input.nodes.len()];
    let is_circular = |edge: &super::Edge| input.nodes[edge.from].step >= input.nodes[edge.to].step;
    for edge in &input.edges {
        waits[edge.to].push(edge.from);
        waits[edge.from].extend(is_circular(edge).then_some(edge.to));
    }
    Graph::new(waits.into_iter())
}

/// The items that wait for themselves by their own word.
pub(super) fn looped(input: &GraphInput) -> BTreeSet<usize> {
    input.edges.iter().filter(|edge| edge.from == edge.to).map(|edge| edge.to).collect()
}

/// Makes the boxes of an input, whose sets are known.
pub(super) fn boxes(input: &GraphInput, sets: &Sets) -> Boxes {
    let (cells, cell_of) = stacked(input, sets, &looped(input));
    let mut after = vec![Vec::new(); cells.len()];
    for set in 0..sets.len() {
        after[cell_of[set]].extend(sets.after(set).iter().map(|next| cell_of[*next]));
    }
    for ends in &mut after {
        ends.sort_unstable();
        ends.dedup();
    }
    let is_far = cells.iter().any(|cell| cell.step >= MOST_STEPS);
    // Most pictures by far fit as they are: nothing of them is copied.
    let at_most = |cell: &Cell| OF_STEP + OF_GROUP + OF_ITEM * cell.members.len().min(MOST_STACKED);
    let elements = cells.iter().map(at_most).chain(after.iter().map(Vec::len)).sum::<usize>();
    if cells.len() <= input.most && !is_far && elements <= input.room {
        let mut boxes = Boxes { links: links(input, &cells, after), cells };
        boxes.fit(input.room);
        return boxes;
    }
    let mut most = input.most;
    loop {
        let (cells, after) = match cells.len() > most || is_far {
            true => limited(input, most, &cells, &after),
            false => (cells.clone(), after.clone()),
        };
        let mut boxes = Boxes { links: links(input, &cells, after), cells };
        if boxes.fit(input.room) || most <= LEAST_BOXES {
            return boxes;
        }
        most = most.min(boxes.cells.len()) * 2 / 3;
    }
}

impl Boxes {
    /// Has stacks and cycles show as many of their items as the room of the picture takes; returns whether it takes some of each.
    fn fit(&mut self, room: usize) -> bool {
        let halves = std::iter::successors(Some(MOST_STACKED), |most| Some(most / 2));
        for most in halves.take_while(|most| *most >= LEAST) {
            self.cells.iter_mut().for_each(|cell| cell.show(most));
            if self.elements() <= room {
                return true;
            }
        }
        false
    }

    /// How many elements they are, at most.
    fn elements(&self) -> usize {
        let of_cell = |cell: &Cell| OF_GROUP + OF_ITEM * cell.shown;
        let steps: BTreeSet<_> = self.cells.iter().map(|cell| cell.step).collect();
        self.cells.iter().map(of_cell).sum::<usize>() + self.links.len() + OF_STEP * steps.len()
    }
}

impl Cell {
    fn new(kind: Kind, members: Vec<usize>, step: usize, chain: Option<usize>) -> Self {
        Self { kind, shown: members.len(), members, step, chain }
    }

    /// Has a stack or a cycle show this many of its items at most.
    fn show(&mut self, most: usize) {
        self.shown = match self.kind {
            Kind::Cycle => self.members.len().min(most).min(MOST_CIRCLING),
            Kind::Stack => self.members.len().min(most),
            Kind::One | Kind::More(..) => self.members.len(),
        };
    }
}

/// A box for each set, but one for those that have the same neighbours and nothing of their own to tell; and the box of each set.
fn stacked(input: &GraphInput, sets: &Sets, looped: &BTreeSet<usize>) -> (Vec<Cell>, Vec<usize>) {
    let mut before = vec![Vec::new(); sets.len()];
    for set in 0..sets.len() {
        sets.after(set).iter().for_each(|next| before[*next].push(set));
    }
    let (mut cells, mut cell_of, mut alike) = (Vec::<Cell>::new(), vec![0; sets.len()], BTreeMap::new());
    for set in 0..sets.len() {
        let members = sets.members(set);
        let node = &input.nodes[members[0]];
        let is_cycle = members.len() > 1 || looped.contains(&members[0]);
        let chain = members.iter().filter_map(|item| input.nodes[*item].chain).min();
        let stacks = !is_cycle && chain.is_none() && !node.is_middle;
        let key = (before[set].as_slice(), sets.after(set), node.step, node.outside);
        if let Some(cell) = alike.get(&key).filter(|_| stacks) {
            cell_of[set] = *cell;
            cells[*cell].kind = Kind::Stack;
            cells[*cell].members.push(members[0]);
            continue;
        }
        cell_of[set] = cells.len();
        if stacks {
            alike.insert(key, cells.len());
        }
        let kind = if is_cycle { Kind::Cycle } else { Kind::One };
        cells.push(Cell::new(kind, members.to_vec(), node.step, chain));
    }
    for cell in cells.iter_mut().filter(|cell| cell.kind == Kind::Stack) {
        cell.members.sort_by_key(|item| (std::cmp::Reverse(input.nodes[*item].helps), *item));
    }
    (cells, cell_of)
}

/// The lines between boxes, in the order of the boxes.
fn links(input: &GraphInput, cells: &[Cell], mut after: Vec<Vec<usize>>) -> Vec<Link> {
    let mut cell_of = vec![None; input.nodes.len()];
    for (ix, cell) in cells.iter().enumerate() {
        cell.members.iter().for_each(|item| cell_of[*item] = Some(ix));
    }
    let ends = |edge: &super::Edge| Some((cell_of[edge.from]?, cell_of[edge.to]?));
    let broken: BTreeSet<_> = input.edges.iter().filter(|edge| edge.broken).filter_map(ends).collect();
    // A chain of the most days can have a link that others imply.
    let is_next = |from: usize, to: usize| {
        let places = |cell: usize| cells[cell].members.iter().filter_map(|item| input.nodes[*item].chain);
        from != to && places(from).any(|place| places(to).any(|next| next == place + 1))
    };
    for (from, to) in input.edges.iter().filter_map(ends).filter(|(from, to)| is_next(*from, *to)) {
        if let Err(place) = after[from].binary_search(&to) {
            after[from].insert(place, to);
        }
    }
    let link = |(from, to): (usize, usize)| Link {
        from,
        to,
        critical: is_next(from, to),
        broken: broken.contains(&(from, to)),
    };
    let pairs = after.iter().enumerate().flat_map(|(from, ends)| ends.iter().map(move |to| (from, *to)));
    pairs.map(link).collect()
}

/// The boxes that matter most, with lines that say of them what all said, and boxes that count the others.
fn limited(
    input: &GraphInput,
    most: usize,
    cells: &[Cell],
    after: &[Vec<usize>],
) -> (Vec<Cell>, Vec<Vec<usize>>) {
    let rank = |cell: &Cell| {
        let nodes = || cell.members.iter().map(|item| &input.nodes[*item]);
        let is_late = nodes().any(|node| node.overdue.is_some());
        let helps = nodes().map(|node| node.helps).max();
        (
            !nodes().any(|node| node.is_middle),
            cell.chain.is_none(),
            cell.kind != Kind::Cycle,
            !is_late,
            std::cmp::Reverse(helps),
        )
    };
    let near = |cell: &usize| cells[*cell].step + 1 < MOST_STEPS;
    let mut kept: Vec<_> = (0..cells.len()).filter(near).collect();
    // A few boxes that are joined stay together: one without the other would have lost its line.
    let best = |chain: &Vec<usize>| chain.iter().map(|cell| rank(&cells[*cell])).min();
    let mut ranks: Vec<_> = cells.iter().enumerate().map(|(ix, cell)| (rank(cell), ix)).collect();
    let pairs = after.iter().enumerate().flat_map(|(from, ends)| ends.iter().map(move |to| (from, *to)));
    for chain in joined(after.len(), pairs).iter().filter(|chain| chain.len() <= MOST_WHOLE) {
        let first = best(chain).zip(chain.first().copied());
        chain.iter().for_each(|cell| ranks[*cell] = first.unwrap_or(ranks[*cell]));
    }
    kept.sort_by_key(|cell| (ranks[*cell], *cell));
    kept.truncate(most * 3 / 4);
    kept.sort_unstable();
    let mut lines = shortened(&kept, after);
    let is_kept: BTreeSet<_> = kept.iter().copied().collect();
    let (mut shown, mut left) = (Vec::new(), Vec::new());
    for (ix, cell) in cells.iter().cloned().enumerate() {
        let list = if is_kept.contains(&ix) { &mut shown } else { &mut left };
        list.push(cell);
    }
    shown.extend(counted(input, &left));
    lines.resize(shown.len(), Vec::new());
    (shown, lines)
}

/// What hangs together of so many boxes, directly or through others: each set in their order.
pub(super) fn joined(count: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut part: Vec<_> = (0..count).collect();
    fn root(part: &mut [usize], mut at: usize) -> usize {
        while part[at] != at {
            part[at] = part[part[at]];
            at = part[at];
        }
        at
    }
    for (from, to) in pairs {
        let (a, b) = (root(&mut part, from), root(&mut part, to));
        part[a.max(b)] = a.min(b);
    }
    let mut parts = BTreeMap::<usize, Vec<usize>>::new();
    for cell in 0..count {
        parts.entry(root(&mut part, cell)).or_default().push(cell);
    }
    parts.into_values().collect()
}

/// For each box that is kept those that wait for it through what is not kept, without what others imply. Boxes that wait come
/// behind those that they wait for.
fn shortened(kept: &[usize], after: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let words = kept.len().div_ceil(64);
    let mut reach = vec![0_u64; words * after.len()];
    let mut waits = vec![Vec::new(); kept.len()];
    for cell in (0..after.len()).rev() {
        let mut found = vec![0; words];
        for next in &after[cell] {
            debug_assert!(*next > cell);
            match kept.binary_search(next) {
                Ok(place) => found[place / 64] |= 1 << (place % 64),
                Err(_) => found.iter_mut().zip(&reach[next * words..]).for_each(|(word, more)| *word |= more),
            }
        }
        reach[cell * words..][..words].copy_from_slice(&found);
        if let Ok(from) = kept.binary_search(&cell) {
            let ends = (0..kept.len()).filter(|to| found[to / 64] >> (to % 64) & 1 == 1);
            ends.for_each(|to| waits[to].push(from));
        }
    }
    let sets = Sets::new(&Graph::new(waits.into_iter()));
    let ends = |from: usize| {
        let mut ends: Vec<_> = sets.after(sets.of(from)).iter().map(|set| sets.members(*set)[0]).collect();
        ends.sort_unstable();
        ends
    };
    (0..kept.len()).map(ends).collect()
}

/// Boxes that count what is not kept: by step, and by the groups that have the most of it.
fn counted(input: &GraphInput, left: &[Cell]) -> Vec<Cell> {
    let mut counts = BTreeMap::<usize, BTreeMap<Option<usize>, usize>>::new();
    for (cell, item) in left.iter().flat_map(|cell| cell.members.iter().map(move |item| (cell, *item))) {
        let groups = counts.entry(cell.step.min(MOST_STEPS - 1)).or_default();
        *groups.entry(input.nodes[item].group).or_default() += 1;
    }
    let mut cells = Vec::new();
    for (step, groups) in counts {
        let mut groups: Vec<_> = groups.into_iter().collect();
        groups.sort_by_key(|(group, count)| (std::cmp::Reverse(*count), *group));
        if groups.len() > MOST_GROUPS {
            let rest = groups.split_off(MOST_GROUPS - 1).iter().map(|(_, count)| count).sum();
            groups.push((None, rest));
        }
        let cell = |(group, count)| Cell::new(Kind::More(group, count), Vec::new(), step, None);
        cells.extend(groups.into_iter().map(cell));
    }
    cells
}
