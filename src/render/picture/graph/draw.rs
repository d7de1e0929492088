//! Draws a graph that has been laid out.

use super::{
    super::{
        class,
        marks::{self, Key, SMALL},
        svg::{Attrs, Px, Svg, Value, Words},
        text,
    },
    GraphInput, Node,
    boxes::{Kind, MOST_STEPS},
    layout::{CYCLE_GAP, CYCLE_SIDE, CYCLE_TOP, Heading, Layout, Line, Placed, ROW, STACKED, WIDTH},
};
use crate::facts::Status;
use crate::words::{self, counted, say};
use std::borrow::Cow;

/// Draws it.
pub(super) fn draw(input: &GraphInput, layout: &Layout) -> String {
    let keys = keys(input, layout);
    let below = if keys.is_empty() { 0 } else { marks::legend_height(0, WIDTH, &keys) + 14 };
    let mut svg = Svg::group(
        if input.is_small { "around" } else { "graph" },
        WIDTH,
        layout.height + below,
        &input.name,
    );
    layout.headings.iter().enumerate().for_each(|(ix, it)| heading(&mut svg, input, it, ix % 2 == 0));
    if let Some(y) = layout.short_at {
        svg.text("heading strong", 0, y, &say!("Short chains apart from the rest"));
    }
    layout.lines.iter().for_each(|it| line(&mut svg, input, it));
    for (ix, it) in layout.boxes.iter().enumerate() {
        draw_box(&mut svg, input, it, ix as Px);
    }
    if !keys.is_empty() {
        marks::legend(&mut svg, 0, layout.height + 14, WIDTH, &keys);
    }
    svg.finish()
}

fn heading(svg: &mut Svg, input: &GraphInput, it: &Heading, is_shaded: bool) {
    if is_shaded {
        svg.rect("step", it.x - 6, it.y, it.width + 12, it.height, 6);
    }
    let mut first = input.nodes.iter().filter(|node| node.step == 0);
    let can_begin = |node: &Node| matches!(node.status, Status::Ready | Status::InProgress);
    let is_now = it.step == 0 && !input.nodes.is_empty() && first.all(can_begin);
    // The last column holds all that comes behind it, too.
    let is_last = it.step + 1 == MOST_STEPS && input.nodes.iter().any(|node| node.step > it.step);
    let words = match (is_now, is_last) {
        (true, _) => say!("Can begin now"),
        (false, true) => say!("Step {} and on", it.step + 1),
        (false, false) => say!("Step {}", it.step + 1),
    };
    svg.text("heading strong", it.x, it.y + 18, &words);
    let is_here = |node: &&Node| node.step == it.step || is_last && node.step > it.step;
    let count = input.nodes.iter().filter(is_here).count();
    svg.text("small", it.x, it.y + 34, &counted(count, input.noun));
}

fn line(svg: &mut Svg, input: &GraphInput, it: &Line) {
    let class = match (it.is_broken, it.is_critical) {
        (true, true) => "line broken critical",
        (true, false) => "line broken",
        (false, true) => "line critical",
        (false, false) => "line",
    };
    let (from, to) = (it.from as Px, it.to as Px);
    let ends: [&dyn Value; 3] = [&from, &" ", &to];
    let attrs: Attrs<'_> = &[("class", &class), ("d", &Corners(&it.points)), ("data-e", &ends)];
    svg.leaf("path", if input.is_small { &attrs[..2] } else { attrs });
}

/// A path through corners: straight across and down, else in a bend that leaves and arrives level.
struct Corners<'a>(&'a [(Px, Px)]);

impl Value for Corners<'_> {
    fn write(&self, out: &mut String) {
        let mut at = None;
        for (ix, (x, y)) in self.0.iter().copied().enumerate() {
            let goes_on = self.0.get(ix + 1).is_some_and(|next| next.1 == y);
            match at {
                None => [&"M" as &dyn Value, &x, &" ", &y].write(out),
                Some((_, before)) if before == y && goes_on => continue,
                Some((_, before)) if before == y => [&"H" as &dyn Value, &x].write(out),
                Some((before, _)) if before == x => [&"V" as &dyn Value, &y].write(out),
                Some((left, before)) => {
                    let middle = (left + x) / 2;
                    [&"C" as &dyn Value, &middle, &" ", &before, &" ", &middle, &" ", &y, &" ", &x, &" ", &y]
                        .write(out);
                }
            }
            at = Some((x, y));
        }
    }
}

fn draw_box(svg: &mut Svg, input: &GraphInput, it: &Placed, number: Px) {
    let critical = if it.is_critical { " critical" } else { "" };
    let shown = &it.members[..it.shown];
    let is_group = matches!(it.kind, Kind::Stack | Kind::Cycle);
    if is_group {
        let kind = if it.kind == Kind::Cycle { "box cycle" } else { "box stack" };
        let class: [&dyn Value; 2] = [&kind, &critical];
        let attrs: Attrs<'_> = &[("class", &class), ("data-n", &number)];
        svg.open("g", if input.is_small { &attrs[..1] } else { attrs });
    }
    let number = Some(number).filter(|_| !is_group && !input.is_small);
    match it.kind {
        Kind::More(group, count) => more(svg, input, it, group, count),
        Kind::One | Kind::Stack => {
            for (ix, node) in shown.iter().enumerate() {
                let y = it.y + ix as Px * STACKED;
                draw_node(svg, input, *node, (it.x, y, it.width), (critical, number));
            }
        }
        Kind::Cycle => cycle(svg, input, it, shown),
    }
    if shown.len() < it.members.len() {
        let words = say!("and {} more", it.members.len() - shown.len());
        svg.text("small", it.x + 10, it.y + it.height - 5, &words);
    }
    if is_group {
        svg.close();
    }
}

/// What waits for itself, in a box that says so.
fn cycle(svg: &mut Svg, input: &GraphInput, it: &Placed, shown: &[usize]) {
    svg.rect("cycle-box", it.x, it.y, it.width, it.height, 6);
    let itself = it.members.len() == 1;
    let words = if itself { say!("Cycle: waits for itself") } else { say!("Cycle: wait for each other") };
    svg.text("broken", it.x + 8, it.y + 15, &text::fit(&words, 15, it.width - 10));
    for (ix, node) in shown.iter().enumerate() {
        let y = it.y + CYCLE_TOP + ix as Px * (ROW + CYCLE_GAP);
        let at = (it.x + CYCLE_SIDE, y, it.width - 2 * CYCLE_SIDE);
        draw_node(svg, input, *node, at, ("", None));
    }
}

/// A box that counts what has no room.
fn more(svg: &mut Svg, input: &GraphInput, it: &Placed, group: Option<usize>, count: usize) {
    let group = group.and_then(|ix| input.groups.get(ix));
    let of = group.map_or("", |group| group.title.as_str());
    let name = say!("{} more here {}", counted(count, input.noun), of);
    svg.link(&"node more", group.map_or("", |group| group.href.as_str()), name.trim());
    svg.rect("hit", it.x, it.y, it.width, it.height, 4);
    svg.text("", it.x + 10, it.y + 16, &text::fit(format!("+{count} {of}").trim(), SMALL, it.width - 16));
    svg.close();
}

fn draw_node(
    svg: &mut Svg,
    input: &GraphInput,
    ix: usize,
    (x, y, width): (Px, Px, Px),
    (critical, number): (&'static str, Option<Px>),
) {
    let node = &input.nodes[ix];
    let if_so = |is: bool, class: &'static str| if is { class } else { "" };
    let classes: [&dyn Value; 6] = [
        &"node ",
        &class(node.status),
        &critical,
        &if_so(node.outside, " outside"),
        &if_so(node.is_middle, " middle"),
        &if_so(node.overdue.is_some(), " overdue"),
    ];
    let at: [&dyn Value; 5] = [&"translate(", &x, &" ", &y, &")"];
    let href = (!node.href.is_empty() && !node.is_middle).then_some(Words(&node.href));
    let id = (!input.is_small).then(|| [input.anchor, &node.id.to_lowercase()].concat());
    svg.open(
        if href.is_some() { "a" } else { "g" },
        &[("class", &classes), ("transform", &at), ("href", &href), ("id", &id), ("data-n", &number)],
    );
    svg.title(&told(input, node));
    svg.leaf("rect", &[("class", &"hit"), ("width", &width), ("height", &ROW), ("rx", &4_i64)]);
    marks::mark(svg, node.status, 12, 12);
    caption(svg, node, width);
    svg.close();
}

/// What an item is called, as far as there is room, and how many wait for it.
fn caption(svg: &mut Svg, node: &Node, width: Px) {
    let helps = if node.helps > 0 { node.helps.to_string() } else { String::new() };
    let label = text::fit(node.label(), SMALL, width * 6 / 10);
    let id_room = text::bold_width(&label, SMALL) + 4;
    let room = width - 23 - id_room - if helps.is_empty() { 6 } else { 12 + text::width(&helps, SMALL) };
    let title = match node.title.contains('`') {
        true => Cow::Owned(node.title.replace('`', "")),
        false => Cow::Borrowed(node.title.as_str()),
    };
    svg.labelled(23, 16, &label, &if room > 24 { text::fill(&title, SMALL, room) } else { "".into() });
    if !helps.is_empty() {
        svg.anchored("helps", "end", width - 7, 16, &helps);
    }
}

/// What a pointer or a screen reader is told of an item.
fn told(input: &GraphInput, node: &Node) -> String {
    let helps = match node.helps {
        0 => String::new(),
        1 => say!("1 waits for it"),
        many => say!("{many} wait for it", many = many),
    };
    let place = node.chain.map(|_| say!("on the {}", words::of(input.chain))).unwrap_or_default();
    let outside = if node.outside { say!("outside this milestone") } else { String::new() };
    let mut words = node.full_name();
    for more in [&*node.state(), &helps, &place, &outside].into_iter().filter(|more| !more.is_empty()) {
        words.extend([", ", more]);
    }
    words
}

/// What the legend has to explain.
fn keys(input: &GraphInput, layout: &Layout) -> Vec<Key> {
    if input.is_small {
        return Vec::new();
    }
    let statuses =
        [Status::Ready, Status::InProgress, Status::Blocked, Status::Done, Status::Dropped, Status::Unknown];
    let is_there = |status: &Status| input.nodes.iter().any(|node| node.status == *status);
    let mut keys: Vec<_> = statuses.into_iter().filter(is_there).map(Key::Status).collect();
    keys.extend(
        [
            (Key::Chain(input.chain), layout.lines.iter().any(|line| line.is_critical)),
            (Key::Contradicted, layout.lines.iter().any(|line| line.is_broken)),
            (Key::Cycle, layout.boxes.iter().any(|it| it.kind == Kind::Cycle)),
            (Key::Outside, input.nodes.iter().any(|node| node.outside)),
            (Key::Helps, input.nodes.iter().any(|node| node.helps > 0)),
        ]
        .into_iter()
        .filter_map(|(key, is_there)| is_there.then_some(key)),
    );
    keys
}
