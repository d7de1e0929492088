//! The layout keeps its promises on random graphs: what the picture says of who waits for whom is what the source says, no box
//! overlaps another, no line crosses a box. What the picture says is read off the places of its lines alone.
#![allow(clippy::disallowed_methods, reason = "which proofs are run whole is said by the environment")]

use std::collections::BTreeSet;

use super::{
    boxes::{Kind, boxes, graph},
    layout::{Layout, Line, Placed, WIDTH, layout},
    *,
};
use crate::facts::Graph;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

/// An input of so many items, where each pair says that the second waits for the first.
fn input(count: usize, pairs: &[(usize, usize)], most: usize) -> GraphInput {
    let edges = pairs.iter().map(|(from, to)| Edge { from: *from, to: *to, broken: false }).collect();
    let node = |ix: usize| Node {
        beyond: Vec::new(),
        id: format!("N-{ix}"),
        repeats: false,
        prefix: 2,
        title: "A title of some length".into(),
        href: format!("i-{ix}.html"),
        status: Status::Ready,
        overdue: None,
        chain: None,
        outside: false,
        is_middle: false,
        step: 0,
        helps: 0,
        group: Some(ix % 4),
    };
    let groups = (0..4).map(|ix| Group { title: format!("Group {ix}"), href: String::new() }).collect();
    let nodes = (0..count).map(node).collect();
    let mut input = GraphInput {
        nodes,
        edges,
        groups,
        most,
        // What is to hold everything has the room for it.
        room: if most > MOST_BOXES { usize::MAX } else { ROOM },
        noun: "issue",
        chain: "longest chain",
        anchor: "g-",
        ..GraphInput::default()
    };
    let mut waits = vec![Vec::new(); count];
    pairs.iter().for_each(|(from, to)| waits[*to].push(*from));
    let sets = Sets::new(&Graph::new(waits.into_iter()));
    for (ix, node) in input.nodes.iter_mut().enumerate() {
        (node.step, node.helps) = (sets.step(ix), sets.helps(ix));
    }
    for (place, ix) in sets.longest_chain().into_iter().enumerate() {
        input.nodes[ix].chain = Some(place);
    }
    input
}

/// Up to 600 items and 1,500 dependencies in one component or more, in one of three graphs with cycles.
fn random(seed: u64, most: usize) -> GraphInput {
    let mut dice = Dice(seed);
    let count = 2 + dice.roll(if seed.is_multiple_of(5) { 600 } else { 120 });
    let (parts, far) = (1 + dice.roll(1 + count / 12), 2 + dice.roll(60));
    let mut pairs = Vec::new();
    for _ in 0..dice.roll((count * 5 / 2).min(1_500)) + 1 {
        let from = dice.roll(count);
        let to = from + parts * (1 + dice.roll(far));
        let is_back = seed.is_multiple_of(3) && dice.roll(40) == 0;
        if to < count {
            pairs.push((from, to));
            pairs.extend(is_back.then_some((to, from)));
        }
    }
    input(count, &pairs, most)
}

/// For each item all that wait for it, by a walk.
fn reached(count: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<BTreeSet<usize>> {
    let mut after = vec![Vec::new(); count];
    pairs.for_each(|(from, to)| after[from].push(to));
    let walk = |start: usize| {
        let (mut found, mut ahead) = (BTreeSet::new(), vec![start]);
        while let Some(at) = ahead.pop() {
            ahead.extend(after[at].iter().copied().filter(|next| found.insert(*next)));
        }
        found
    };
    (0..count).map(walk).collect()
}

/// The boxes between which a line leads by where it begins and ends.
fn ends(layout: &Layout, line: &Line) -> Result<(usize, usize), String> {
    let find = |right: bool, (x, y): (i64, i64)| {
        let is_at = |it: &Placed| {
            let edge = if right { it.x + it.width } else { it.x };
            edge == x && (it.y..=it.y + it.height).contains(&y)
        };
        let mut at = layout.boxes.iter().enumerate().filter(|(_, it)| is_at(it)).map(|(ix, _)| ix);
        at.next().filter(|_| at.next().is_none()).ok_or(format!("no box, or two, at {x} {y}"))
    };
    Ok((find(true, line.points[0])?, find(false, line.points[line.points.len() - 1])?))
}

/// What is wrong with a picture of an input.
fn faults(input: &GraphInput, layout: &Layout) -> Result<(), String> {
    says_the_same(input, layout)?;
    nothing_overlaps(layout)?;
    no_line_crosses_a_box(layout)
}

fn says_the_same(input: &GraphInput, layout: &Layout) -> Result<(), String> {
    let mut lines = Vec::new();
    for line in &layout.lines {
        let ends = ends(layout, line)?;
        if ends != (line.from, line.to) {
            return Err(format!("{ends:?} is said to be {:?}", (line.from, line.to)));
        }
        lines.push(ends);
    }
    let drawn = reached(layout.boxes.len(), lines.into_iter());
    let meant = reached(input.nodes.len(), input.edges.iter().map(|edge| (edge.from, edge.to)));
    let boxed =
        layout.boxes.iter().enumerate().flat_map(|(ix, it)| it.members.iter().map(move |item| (*item, ix)));
    let boxed: Vec<_> = boxed.collect();
    let counted: usize =
        layout.boxes.iter().map(|it| if let Kind::More(_, count) = it.kind { count } else { 0 }).sum();
    let each: BTreeSet<_> = boxed.iter().map(|(item, _)| *item).collect();
    if (each.len(), each.len() + counted) != (boxed.len(), input.nodes.len()) {
        return Err(format!("{} items in boxes, {} in all, {counted} counted", boxed.len(), each.len()));
    }
    for (a, from) in &boxed {
        for (b, to) in &boxed {
            let in_cycle = from == to && layout.boxes[*from].kind == Kind::Cycle;
            if meant[*a].contains(b) != (in_cycle || drawn[*from].contains(to)) {
                return Err(format!("{b} waits for {a} in one of picture and source alone"));
            }
        }
    }
    Ok(())
}

fn nothing_overlaps(layout: &Layout) -> Result<(), String> {
    for (ix, a) in layout.boxes.iter().enumerate() {
        if a.x < 0 || a.x + a.width > WIDTH || a.y < 0 || a.y + a.height > layout.height {
            return Err(format!("{a:?} leaves the picture"));
        }
        for b in &layout.boxes[..ix] {
            if a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height {
                return Err(format!("{a:?} overlaps {b:?}"));
            }
        }
    }
    Ok(())
}

/// A piece of a line stays in the rectangle between its ends, bend or not.
fn no_line_crosses_a_box(layout: &Layout) -> Result<(), String> {
    for line in &layout.lines {
        for piece in line.points.windows(2) {
            let (left, right) = (piece[0].0.min(piece[1].0), piece[0].0.max(piece[1].0));
            let (top, bottom) = (piece[0].1.min(piece[1].1), piece[0].1.max(piece[1].1));
            let is_over = |it: &&Placed| {
                left < it.x + it.width && right > it.x && top < it.y + it.height && bottom > it.y
            };
            if let Some(it) = layout.boxes.iter().find(is_over) {
                return Err(format!("{piece:?} of {line:?} crosses {it:?}"));
            }
            if left < 0 || right > WIDTH || top < 0 || bottom > layout.height {
                return Err(format!("{piece:?} leaves the picture"));
            }
        }
    }
    Ok(())
}

fn laid_out(input: &GraphInput) -> Layout {
    layout(input, &boxes(input, &Sets::new(&graph(input))))
}

/// How many random graphs are tried.
fn tries() -> u64 {
    if std::env::var_os("ROADBOOK_FULL").is_some() { 200 } else { 24 }
}

#[test]
fn a_picture_says_of_a_random_graph_what_the_source_says() {
    let (mut cycles, mut stacks, mut bands, mut parts) = (0, 0, 0, 0);
    for seed in 1..=tries() {
        let input = random(seed, usize::MAX);
        let layout = laid_out(&input);
        faults(&input, &layout).unwrap_or_else(|fault| panic!("graph {seed}: {fault}"));
        let of = |kind: Kind| layout.boxes.iter().filter(|it| it.kind == kind).count();
        cycles += of(Kind::Cycle);
        stacks += of(Kind::Stack);
        bands += usize::from(layout.headings.iter().any(|it| it.y > 0));
        parts += usize::from(layout.short_at.is_some());
    }
    assert!(cycles > 3 && stacks > 10 && bands > 2 && parts > 3, "{cycles} {stacks} {bands} {parts}");
}

#[test]
fn a_picture_without_room_for_all_says_of_what_it_shows_what_the_source_says() {
    let mut counted = 0;
    for seed in 1..=tries() {
        for most in [MOST_BOXES, MOST_AROUND] {
            let input = random(seed, most);
            let layout = laid_out(&input);
            faults(&input, &layout).unwrap_or_else(|fault| panic!("graph {seed}, {most}: {fault}"));
            let more = layout.boxes.iter().filter(|it| matches!(it.kind, Kind::More(..))).count();
            assert!(layout.boxes.len() - more <= most);
            counted += more;
        }
    }
    assert!(counted > 20);
}

/// A graph that has a lane, a stack, a cycle and a part of its own, and its layout.
fn sample() -> (GraphInput, Layout) {
    let pairs = [
        (0, 1),
        (1, 2),
        (2, 3),
        (0, 3),
        (4, 3),
        (0, 5),
        (0, 6),
        (5, 7),
        (6, 7),
        (7, 8),
        (8, 7),
        (4, 7),
        (9, 10),
    ];
    let input = input(11, &pairs, MOST_BOXES);
    let layout = laid_out(&input);
    assert_eq!(faults(&input, &layout), Ok(()));
    (input, layout)
}

#[test]
fn a_line_that_is_missing_or_led_elsewhere_is_noticed() {
    let (input, layout) = sample();
    for ix in 0..layout.lines.len() {
        let mut less = layout.clone();
        less.lines.remove(ix);
        assert!(says_the_same(&input, &less).is_err(), "{:?}", layout.lines[ix]);
        let mut elsewhere = layout.clone();
        let (line, last) = (&mut elsewhere.lines[ix], layout.lines[ix].points.len() - 1);
        let other =
            layout.boxes.iter().rposition(|it| it.x == line.points[last].0 && it.y > line.points[last].1);
        if let Some(other) = other {
            (line.to, line.points[last].1) = (other, layout.boxes[other].y + 2);
            assert!(says_the_same(&input, &elsewhere).is_err(), "{:?}", layout.lines[ix]);
        }
    }
    let mut lost = layout;
    lost.boxes[0].members.clear();
    assert!(says_the_same(&input, &lost).is_err());
}

#[test]
fn a_box_on_another_is_noticed() {
    let (_, layout) = sample();
    for ix in 1..layout.boxes.len() {
        let mut over = layout.clone();
        let other = &layout.boxes[ix - 1];
        (over.boxes[ix].x, over.boxes[ix].y) = (other.x + 5, other.y + other.height - 1);
        assert!(nothing_overlaps(&over).is_err(), "{ix}");
    }
}

#[test]
fn a_line_through_a_box_is_noticed() {
    let (_, layout) = sample();
    let mut tried = 0;
    for (ix, line) in layout.lines.iter().enumerate().filter(|(_, line)| line.points.len() > 2) {
        for it in layout.boxes.iter().filter(|it| it.x == line.points[1].0) {
            let mut through = layout.clone();
            through.lines[ix].points[1].1 = it.y + it.height / 2;
            through.lines[ix].points[2].1 = it.y + it.height / 2;
            assert!(no_line_crosses_a_box(&through).is_err(), "{line:?} {it:?}");
            tried += 1;
        }
    }
    assert!(tried > 0);
}

#[test]
fn ten_thousand_items_with_fifteen_thousand_dependencies_fit_on_a_page() {
    let mut dice = Dice(7);
    let mut pair = || {
        let from = dice.roll(9_990);
        (from, (from + 1 + dice.roll(40)).min(9_999))
    };
    let pairs: Vec<_> = (0..15_000).map(|_| pair()).collect();
    let input = input(10_000, &pairs, MOST_BOXES);
    let layout = laid_out(&input);
    assert_eq!(nothing_overlaps(&layout).and(no_line_crosses_a_box(&layout)), Ok(()));
    // All that a page may hold is 3,000 elements.
    let svg = draw_alone(&input);
    let elements = svg.matches('<').count() - svg.matches("</").count();
    assert!((500..2_500).contains(&elements), "{elements} elements, {} boxes", layout.boxes.len());
}

#[test]
fn a_picture_past_its_room_shows_less_of_its_stacks_before_it_has_fewer_boxes() {
    // Epics of 50, each of which waits for the one before.
    let of = |epic: usize| (1..51).map(move |part| (epic * 51 + part, epic * 51));
    let pairs: Vec<_> = (0..50).flat_map(|epic| of(epic).chain([(epic * 51, (epic + 1) * 51)])).collect();
    let whole = input(51 * 50 + 1, &pairs, MOST_BOXES);
    for room in [ROOM, 700] {
        let svg = draw_alone(&GraphInput { room, ..whole.clone() });
        let elements = svg.matches('<').count() - svg.matches("</").count();
        assert!(elements <= room + 30, "{elements} elements");
        let stacks = svg.matches("box stack").count();
        assert!(stacks > 20 || room < ROOM, "{stacks} stacks");
    }
    let few = input(51, &of(0).collect::<Vec<_>>(), MOST_BOXES);
    assert!(draw_alone(&few).contains("and 25 more"), "a stack that has its room shows as much as ever");
}

#[test]
fn items_that_wait_for_each_other_beyond_the_picture_share_a_box() {
    let mut input = input(2, &[(0, 1)], MOST_BOXES);
    input.nodes[1].step = 0;
    assert_eq!(laid_out(&input).boxes.iter().map(|it| it.kind).collect::<Vec<_>>(), [Kind::Cycle]);
}

#[test]
fn what_lies_further_than_there_are_columns_is_counted() {
    let pairs: Vec<_> = (1..10_000).map(|ix| (ix - 1, ix)).collect();
    let input = input(10_000, &pairs, MOST_BOXES);
    let layout = laid_out(&input);
    assert!(layout.headings.len() <= 40 && layout.boxes.len() < 60, "{}", layout.boxes.len());
    assert_eq!(nothing_overlaps(&layout).and(no_line_crosses_a_box(&layout)), Ok(()));
    let hub: Vec<_> = (1..5_000).map(|ix| (0, ix)).collect();
    let layout = laid_out(&super::tests::input(5_000, &hub, MOST_BOXES));
    assert_eq!((layout.boxes.len(), layout.lines.len()), (3, 2), "all but the longest chain share a box");
    let ring: Vec<_> = (0..1_000).map(|ix| (ix, (ix + 1) % 1_000)).collect();
    let layout = laid_out(&super::tests::input(1_000, &ring, MOST_BOXES));
    assert_eq!((layout.boxes.len(), layout.boxes[0].kind, layout.lines.len()), (1, Kind::Cycle, 0));
    assert!(layout.height < 500);
}

#[test]
fn the_last_column_says_that_it_holds_what_comes_behind_it() {
    let chain: Vec<_> = (1..60).map(|to| (to - 1, to)).collect();
    let text = draw_alone(&input(60, &chain, 80));
    assert!(text.contains("Step 40 and on") && text.contains(">21 issues<"), "{text}");
    let chain: Vec<_> = (1..40).map(|to| (to - 1, to)).collect();
    assert!(!draw_alone(&input(40, &chain, 80)).contains(" and on"));
}

#[test]
fn of_many_short_chains_those_that_are_drawn_are_whole() {
    let pairs: Vec<_> = (0..97).map(|ix| (2 * ix, 2 * ix + 1)).collect();
    let input = input(2 * 97, &pairs, MOST_BOXES);
    let boxes = boxes::boxes(&input, &Sets::new(&boxes::graph(&input)));
    let shown: BTreeSet<_> = boxes.cells.iter().flat_map(|cell| cell.members.iter().copied()).collect();
    assert!(shown.len() > 100, "{}", shown.len());
    for item in &shown {
        assert!(shown.contains(&(item ^ 1)), "{item} without the other end of its line");
    }
}
