//! Draws a graph: boxes of circles, edges, nodes, and below them the nodes that stand on their own.

use super::{
    super::{
        class,
        layout::{Circle, HEIGHT, Layout, WIDTH},
        marks::{self, BIG, Key, SMALL},
        svg::{Px, Svg},
        text,
    },
    Edge, GraphInput, Node,
};
use crate::facts::Status;

/// The room around everything.
const MARGIN: Px = 16;

/// The least width: the legend and a row of nodes without edges shall have room.
const LEAST: Px = 960;

/// The room between two nodes without edges.
const GAP: Px = 20;

/// Draws a graph that has been laid out; nodes appear in the order `order`.
pub(super) fn draw(input: &GraphInput, layout: &Layout, order: &[usize]) -> String {
    let alone: Vec<_> = order.iter().copied().filter(|node| layout.items[*node].is_none()).collect();
    let least = if alone.is_empty() { 480 } else { LEAST };
    let width = (layout.width + 2 * MARGIN).max(least);
    let below = MARGIN + layout.height + if layout.height > 0 { 24 } else { 0 };
    let across = ((width - 2 * MARGIN + GAP) / (WIDTH + GAP)).max(1) as usize;
    let lines = alone.len().div_ceil(across) as Px;
    let heading = if lines > 0 { 30 } else { 0 };
    let end = below + heading + lines * (HEIGHT + GAP);
    let keys = keys(input, layout);
    let height = end + marks::legend_height(MARGIN, width - MARGIN, &keys) + 8;

    let mut svg = Svg::group("graph", width, height, &input.name);
    layout.boxes.iter().for_each(|circle| draw_box(&mut svg, circle));
    edges(&mut svg, input, layout);
    for node in order {
        if let Some((x, y)) = layout.items[*node] {
            draw_node(&mut svg, &input.nodes[*node], x + MARGIN, y + MARGIN);
        }
    }
    if lines > 0 {
        let waits_beyond = alone.iter().any(|node| !input.nodes[*node].beyond.is_empty());
        let words = if waits_beyond {
            "On their own: nothing here waits for these, and they wait for nothing here"
        } else {
            "On their own: nothing waits for these, and they wait for nothing"
        };
        svg.text("heading", MARGIN, below + 12, words);
    }
    for (ix, node) in alone.iter().enumerate() {
        let (column, line) = ((ix % across) as Px, (ix / across) as Px);
        let (x, y) = (MARGIN + column * (WIDTH + GAP), below + heading + line * (HEIGHT + GAP));
        draw_node(&mut svg, &input.nodes[*node], x, y);
    }
    marks::legend(&mut svg, MARGIN, end, width - MARGIN, &keys);
    svg.finish()
}

fn draw_box(svg: &mut Svg, circle: &Circle) {
    let (x, y) = (circle.x + MARGIN, circle.y + MARGIN);
    svg.rect("circle-box", x, y, circle.width, circle.height, 10);
    let words = if circle.items.len() == 1 {
        "Circle: it waits for itself"
    } else {
        "Circle: they wait for each other"
    };
    svg.text("heading broken", x + 14, y + 22, words);
}

fn draw_node(svg: &mut Svg, node: &Node, x: Px, y: Px) {
    let state = node.state();
    let critical = if node.critical { ", on the critical path" } else { "" };
    let outside = if node.outside { ", of another milestone" } else { "" };
    let name = format!("{} {}, {state}{critical}{outside}", node.label, node.title);
    let mut classes = format!("node {}", class(node.status));
    for (is, word) in
        [(node.critical, " critical"), (node.outside, " outside"), (node.overdue.is_some(), " overdue")]
    {
        classes.push_str(if is { word } else { "" });
    }
    svg.link(&classes, &node.href, &name);
    svg.rect("hit", x, y, WIDTH, HEIGHT, 7);
    svg.path("stripe", &format!("M{} {}v{}", x + 4, y + 6, HEIGHT - 12));
    marks::sign(svg, node.status, x + 20, y + 18);
    // An id that is cut could be read as another: a long one gets the whole line, and the state moves down.
    let room = WIDTH - 48 - text::bold_width(&state, SMALL);
    let fits = text::bold_width(&node.label, BIG) <= room;
    svg.text("name strong", x + 32, y + 22, &text::fit(&node.label, BIG, (WIDTH - 42) * 8 / 9));
    svg.anchored("small state", "end", x + WIDTH - 10, y + if fits { 22 } else { 60 }, &state);
    let title = text::lines(&node.title, 12, WIDTH - 24, if fits { 2 } else { 1 });
    for (ix, line) in title.iter().enumerate() {
        svg.text("title", x + 14, y + 42 + ix as Px * 16, line);
    }
    svg.close();
}

/// How an edge leaves or reaches a node: how far below the node's middle.
fn ports(input: &GraphInput, layout: &Layout) -> Vec<(Px, Px)> {
    let mut sides = vec![(Vec::new(), Vec::new()); input.nodes.len()];
    let y = |node: usize| layout.items[node].map_or(0, |at| at.1 + HEIGHT / 2);
    for (ix, edge) in input.edges.iter().enumerate().filter(|(ix, _)| !layout.in_circle[*ix]) {
        let passages = &layout.passages[ix];
        sides[edge.from].0.push((passages.first().map_or(y(edge.to), |passage| passage.2), ix));
        sides[edge.to].1.push((passages.last().map_or(y(edge.from), |passage| passage.2), ix));
    }
    let mut ports = vec![(0, 0); input.edges.len()];
    for (leaving, reaching) in &mut sides {
        spread(leaving, |edge, by| ports[edge].0 = by);
        spread(reaching, |edge, by| ports[edge].1 = by);
    }
    ports
}

/// Spreads the ends of edges over one side of a node, in the order of where they come from.
fn spread(ends: &mut [(Px, usize)], mut set: impl FnMut(usize, Px)) {
    ends.sort_unstable();
    let count = ends.len() as Px;
    let pitch = ((HEIGHT - 20) / count.max(1)).min(12);
    for (ix, (_, edge)) in ends.iter().enumerate() {
        set(*edge, (2 * ix as Px - count + 1) * pitch / 2);
    }
}

/// Draws all edges, critical ones last, so that they lie on top.
fn edges(svg: &mut Svg, input: &GraphInput, layout: &Layout) {
    let ports = ports(input, layout);
    let mut order: Vec<_> = (0..input.edges.len()).collect();
    order.sort_by_key(|ix| (input.edges[*ix].critical, *ix));
    let mut turns = 0;
    for ix in order {
        let edge = &input.edges[ix];
        let (Some(from), Some(to)) = (layout.items[edge.from], layout.items[edge.to]) else { continue };
        let name = told(input, edge);
        let (from, to) = ((from.0 + MARGIN, from.1 + MARGIN), (to.0 + MARGIN, to.1 + MARGIN));
        if layout.in_circle[ix] {
            svg.named_path("arrow circle", &turn(from, to, &mut turns), &name);
            continue;
        }
        let (line, middle) = curve(layout, ix, edge, (from, to), ports[ix]);
        svg.named_path(classes(input, edge), &line, &name);
        if edge.broken {
            svg.path("arrow broken", &marks::cross(middle.0, middle.1));
            svg.anchored("small halo broken", "middle", middle.0, middle.1 - 9, "broken");
        }
    }
}

fn told(input: &GraphInput, edge: &Edge) -> String {
    let broken = if edge.broken { " (broken)" } else { "" };
    format!("{} waits for {}{broken}", input.nodes[edge.to].label, input.nodes[edge.from].label)
}

fn classes(input: &GraphInput, edge: &Edge) -> &'static str {
    match (edge.broken, edge.critical, input.nodes[edge.from].status) {
        (true, true, _) => "arrow broken critical",
        (true, false, _) => "arrow broken",
        (_, true, _) => "arrow critical",
        (_, _, Status::Done | Status::Dropped) => "arrow met",
        _ => "arrow",
    }
}

/// A curve through the passages of an edge, and a point in the middle of its last bend.
fn curve(
    layout: &Layout,
    ix: usize,
    edge: &Edge,
    (from, to): ((Px, Px), (Px, Px)),
    (leaves, reaches): (Px, Px),
) -> (String, (Px, Px)) {
    let (start, end) =
        ((from.0 + WIDTH, from.1 + HEIGHT / 2 + leaves), (to.0 - 2, to.1 + HEIGHT / 2 + reaches));
    let right_of = layout.columns[layout.layers[edge.from]].1 + MARGIN;
    let left_of = layout.columns[layout.layers[edge.to]].0 + MARGIN;
    let mut path = format!("M{} {}", start.0, start.1);
    let mut at = (right_of.max(start.0), start.1);
    let mut line_to = |at: &mut (Px, Px), x: Px, y: Px| {
        if at.0 > start.0 {
            path.push_str(&format!("H{}", at.0));
        }
        if at.1 == y {
            path.push_str(&format!("H{x}"));
        } else {
            let bend = (x - at.0) / 2;
            path.push_str(&format!("C{} {} {} {y} {x} {y}", at.0 + bend, at.1, x - bend));
        }
        let middle = ((at.0 + x) / 2, (at.1 + y) / 2);
        *at = (x, y);
        middle
    };
    for (left, right, y) in &layout.passages[ix] {
        line_to(&mut at, left + MARGIN, y + MARGIN);
        at.0 = right + MARGIN;
    }
    let middle = line_to(&mut at, left_of.min(end.0) - 6, end.1);
    path.push_str(&format!("H{}{}", end.0, marks::head(end.0, end.1)));
    (path, middle)
}

/// An edge of a circle: straight down to the next item, or around the side: right to go up, left to go down.
fn turn(from: (Px, Px), to: (Px, Px), turns: &mut Px) -> String {
    let gap = to.1 - from.1 - HEIGHT;
    if gap > 0 && gap < HEIGHT {
        let (x, y) = (from.0 + WIDTH / 2, to.1 - 1);
        return format!("M{x} {}V{y}M{} {}l4 5 4 -5", from.1 + HEIGHT, x - 4, y - 5);
    }
    let bulge = 22 + *turns % 3 * 7;
    *turns += 1;
    let (up, middle) = (from.1 >= to.1, HEIGHT / 2);
    let (side, sign) = if up { (from.0 + WIDTH, 1) } else { (from.0, -1) };
    let (leave, reach) =
        if from == to { (middle + 12, middle - 12) } else { (middle + 14 * sign, middle + 14 * sign) };
    let out = side + bulge * sign;
    let end = (side + 2 * sign, to.1 + reach);
    let line = marks::rounded(&[(side, from.1 + leave), (out, from.1 + leave), (out, end.1), end]);
    format!("{line}M{} {}l{} 4 {} 4", end.0 + 5 * sign, end.1 - 4, -5 * sign, 5 * sign)
}

/// What the legend has to explain.
fn keys(input: &GraphInput, layout: &Layout) -> Vec<Key> {
    let any = |class: &str| {
        input
            .edges
            .iter()
            .zip(&layout.in_circle)
            .any(|(edge, circle)| !circle && classes(input, edge) == class)
    };
    [
        (Key::Arrow, any("arrow")),
        (Key::Critical, any("arrow critical") || any("arrow broken critical")),
        (Key::Met, any("arrow met")),
        (Key::Broken, any("arrow broken") || any("arrow broken critical")),
        (Key::Circle, layout.in_circle.contains(&true)),
    ]
    .into_iter()
    .filter(|(_, occurs)| *occurs)
    .map(|(key, _)| key)
    .collect()
}
