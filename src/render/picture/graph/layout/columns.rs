//! The columns of what is long: one for each step, two or more for a step of many boxes, in bands below each other.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    APART, BETWEEN, Boxes, Frame, HEADING, Heading, Layout, NARROW, Placed, Px, SIDE, WIDE, WIDTH, Woven,
};

/// How many columns stand in a band, and how many boxes in a column.
const MOST_COLUMNS: usize = 8;
const MOST_HIGH: usize = 45;

/// How far lines run from each other, and from all else, where they go around.
const PITCH: Px = 3;
const CLEAR: Px = 8;

/// How wide a column is at most where there is nothing beside it.
const MOST_WIDE: Px = 420;

/// A column.
#[derive(Debug, Clone, Copy)]
struct Column {
    step: usize,
    band: usize,
    x: Px,
}

/// The columns, and where the lines go around that come from one band to the next.
#[derive(Debug)]
pub(super) struct Columns {
    columns: Vec<Column>,
    width: Px,
    /// The column of each box.
    of: BTreeMap<usize, usize>,
    /// For each band but the last the boxes whose lines go on below, in the order in which they run.
    tracks: Vec<BTreeMap<usize, usize>>,
    margin: Px,
    /// How high headings are.
    heading: Px,
}

/// Where the bands of one part stand.
struct Bands<'a> {
    columns: &'a Columns,
    /// For each band how far down the part is counted from.
    tops: Vec<Px>,
    /// For each band where the first line runs below it.
    gutters: &'a [Px],
}

impl Columns {
    /// The columns of these parts, and of boxes that count what has no room.
    pub(super) fn new(boxes: &Boxes, parts: &[Vec<usize>], more: &[usize], heading: Px) -> Self {
        let mut steps = BTreeMap::<usize, Vec<usize>>::new();
        for cell in parts.iter().flatten() {
            steps.entry(boxes.cells[*cell].step).or_default().push(*cell);
        }
        more.iter().for_each(|cell| _ = steps.entry(boxes.cells[*cell].step).or_default());
        let (mut columns, mut of) = (Vec::<Column>::new(), BTreeMap::new());
        let (mut band, mut beside) = (0, 0);
        for (step, cells) in &steps {
            let count = cells.len().div_ceil(MOST_HIGH).max(1);
            if beside > 0 && beside + count > MOST_COLUMNS {
                (band, beside) = (band + 1, 0);
            }
            for cells in split(cells, count) {
                if beside == MOST_COLUMNS {
                    (band, beside) = (band + 1, 0);
                }
                cells.iter().for_each(|cell| _ = of.insert(*cell, columns.len()));
                columns.push(Column { step: *step, band, x: beside as Px });
                beside += 1;
            }
        }
        let tracks = tracks(boxes, &columns, &of, band);
        let most = tracks.iter().map(BTreeMap::len).max().unwrap_or_default() as Px;
        let margin = if most > 0 { 2 * CLEAR + most * PITCH } else { SIDE };
        let across = columns.iter().map(|column| column.x + 1).max().unwrap_or(1);
        let gap = WIDE.get(across as usize).copied().unwrap_or(NARROW);
        let width = (WIDTH - 2 * margin - (across - 1) * gap) / across;
        let width = if across == 1 { width.min(MOST_WIDE) } else { width };
        columns.iter_mut().for_each(|column| column.x = margin + column.x * (width + gap));
        Self { columns, width, of, tracks, margin, heading }
    }

    /// Gives the parts their places, one below the other in each band.
    pub(super) fn lay(
        &self,
        boxes: &Boxes,
        parts: &[Vec<usize>],
        more: &[usize],
        layout: &mut Layout,
        place: &mut [Option<usize>],
    ) {
        let woven: Vec<_> = parts.iter().map(|part| Woven::new(boxes, part, |cell| self.of[&cell])).collect();
        let (mut tops, mut gutters, mut y) = (vec![Vec::new(); parts.len()], Vec::new(), 0);
        for band in 0..=self.columns.last().map_or(0, |column| column.band) {
            let top = y + self.heading;
            let mut end = top;
            for (woven, tops) in woven.iter().zip(&mut tops) {
                let span = woven.span(|layer| self.columns[layer].band == band);
                tops.push(end - span.map_or(0, |(top, _)| top));
                end += span.map_or(0, |(top, bottom)| bottom - top + APART);
            }
            // How far down each column reaches: what is only counted lies below all else.
            let mut ends = BTreeMap::new();
            for (ix, _) in self.columns.iter().enumerate().filter(|(_, column)| column.band == band) {
                let own = |(woven, tops): (&Woven<'_>, &Vec<Px>)| {
                    Some(tops[band] + woven.span(|at| at == ix)?.1 + BETWEEN)
                };
                ends.insert(ix, woven.iter().zip(&tops).filter_map(own).max().unwrap_or(top));
            }
            self.count(boxes, more, &mut ends, layout, place);
            let bottom = ends.into_values().map(|end| end - BETWEEN).max().unwrap_or(top);
            self.headings(band, (y, bottom), layout);
            gutters.push(bottom + 2 * CLEAR);
            let tracks = self.tracks.get(band).map_or(0, BTreeMap::len) as Px;
            y = bottom + if tracks > 0 { 4 * CLEAR + tracks * PITCH } else { APART };
            layout.height = bottom + CLEAR;
        }
        for (woven, tops) in woven.iter().zip(tops) {
            woven.put(boxes, &Bands { columns: self, tops, gutters: &gutters }, layout, place);
        }
    }

    /// Puts what is only counted at the ends of its columns.
    fn count(
        &self,
        boxes: &Boxes,
        more: &[usize],
        ends: &mut BTreeMap<usize, Px>,
        layout: &mut Layout,
        place: &mut [Option<usize>],
    ) {
        for cell in more {
            let is_of = |ix: &usize| self.columns[*ix].step == boxes.cells[*cell].step;
            let Some((ix, end)) = ends.iter_mut().rev().find(|(ix, _)| is_of(ix)) else { continue };
            let placed = Placed::new(&boxes.cells[*cell], (self.columns[*ix].x, *end), self.width);
            *end += placed.height + BETWEEN;
            place[*cell] = Some(layout.boxes.len());
            layout.boxes.push(placed);
        }
    }

    /// What stands above the steps of a band.
    fn headings(&self, band: usize, (top, bottom): (Px, Px), layout: &mut Layout) {
        let steps: BTreeSet<_> =
            self.columns.iter().filter(|column| column.band == band).map(|column| column.step).collect();
        for step in steps.into_iter().filter(|_| self.heading >= HEADING) {
            let here = self.columns.iter().filter(|column| column.step == step && column.band == band);
            let (first, last) = here.fold((WIDTH, 0), |(first, last), it| (it.x.min(first), it.x.max(last)));
            layout.headings.push(Heading {
                step,
                x: first,
                y: top,
                width: last + self.width - first,
                height: bottom - top + CLEAR,
            });
        }
    }
}

impl Frame for Bands<'_> {
    fn layer(&self, layer: usize) -> (Px, Px, Px) {
        let column = &self.columns.columns[layer];
        (column.x, self.columns.width, self.tops[column.band])
    }

    fn around(&self, cell: usize, layer: usize) -> Option<(Px, Px, Px)> {
        let columns = &self.columns.columns;
        let before = columns[layer.checked_sub(1)?].band;
        if before == columns[layer].band {
            return None;
        }
        let track = *self.columns.tracks.get(before)?.get(&cell)? as Px * PITCH;
        let margin = self.columns.margin;
        let (right, left) = (WIDTH - margin + CLEAR + track, margin - CLEAR - track);
        Some((right, self.gutters[before] + track, left))
    }
}

/// Boxes in so many lists of the same length.
fn split(cells: &[usize], count: usize) -> impl Iterator<Item = &[usize]> {
    let size = cells.len().div_ceil(count).max(1);
    (0..count).map(move |ix| &cells[(ix * size).min(cells.len())..((ix + 1) * size).min(cells.len())])
}

/// For each band but the last the boxes whose lines go on below.
fn tracks(
    boxes: &Boxes,
    columns: &[Column],
    of: &BTreeMap<usize, usize>,
    last: usize,
) -> Vec<BTreeMap<usize, usize>> {
    let mut tracks = vec![BTreeMap::new(); last];
    let band = |cell: usize| of.get(&cell).map(|column| columns[*column].band);
    for link in &boxes.links {
        let (Some(from), Some(to)) = (band(link.from), band(link.to)) else { continue };
        for tracks in &mut tracks[from..to] {
            let next = tracks.len();
            tracks.entry(link.from).or_insert(next);
        }
    }
    tracks
}
