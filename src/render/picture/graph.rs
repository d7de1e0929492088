//! What waits for what: a picture of steps from left to right, beginning with what can begin now.
//!
//! [`GraphInput`] says what is shown (issues of a roadmap or of a milestone, one issue's neighbourhood, milestones). [`boxes`] turns
//! it into few boxes and lines without losing a dependency, [`layout`] gives them places, [`draw`] makes the picture.

mod boxes;
mod draw;
mod input;
mod layout;

#[cfg(test)]
mod tests;

pub(crate) use input::{has_closed, has_own, heavy};

use super::{Picture, Table, table::Cell};
use crate::facts::{Sets, Status};
use crate::words::{self, say, word};
use std::borrow::Cow;

/// How many boxes a whole page of a picture holds, one beside other things, and the neighbourhood of an issue.
pub(crate) const MOST_BOXES: usize = 150;
pub(crate) const MOST_BESIDE: usize = 40;
pub(crate) const MOST_AROUND: usize = 24;

/// How many elements a picture is on a page of its own, and around an issue.
const ROOM: usize = 2_300;
const ROOM_AROUND: usize = 1_200;

/// The columns of the table.
const COLUMNS: [&str; 6] =
    [word!("Step"), word!("Item"), word!("Status"), word!("Waits for"), word!("Needed by"), word!("Notes")];

/// What a graph shows.
#[derive(Debug, Clone, Default)]
pub struct GraphInput {
    /// What the picture is called.
    pub(crate) name: String,
    /// The items.
    pub(crate) nodes: Vec<Node>,
    /// The dependencies.
    pub(crate) edges: Vec<Edge>,
    /// What the items belong to, where what has no room is counted by it.
    pub(crate) groups: Vec<Group>,
    /// How many boxes it may hold.
    pub(crate) most: usize,
    /// How many elements it may be: stacks show fewer of their items before there are fewer boxes.
    pub(crate) room: usize,
    /// What one of its items is, as `issue`.
    pub(crate) noun: &'static str,
    /// What its heavy chain is called.
    pub(crate) chain: &'static str,
    /// What the anchors of its items begin with.
    pub(crate) anchor: &'static str,
    /// Whether it stands beside other things: without headings, a legend, anchors and what a script needs.
    pub(crate) is_small: bool,
}

/// An item.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its id.
    pub(crate) id: String,
    /// Whether that only repeats its title.
    pub(crate) repeats: bool,
    /// How much of the id all items of the picture begin with.
    pub(crate) prefix: usize,
    /// What it is called, without the id.
    pub(crate) title: String,
    /// Where it is shown; empty where nothing links.
    pub(crate) href: String,
    /// How it stands.
    pub(crate) status: Status,
    /// By how many days it is late.
    pub(crate) overdue: Option<i64>,
    /// The issues in other repositories that it waits for, by name: they are no nodes.
    pub(crate) beyond: Vec<String>,
    /// Its place on the longest chain.
    pub(crate) chain: Option<usize>,
    /// Whether it belongs elsewhere and is only shown because something here waits for it, or it for something here.
    pub(crate) outside: bool,
    /// Whether the picture is around it.
    pub(crate) is_middle: bool,
    /// The step that it lies in: more than that of all it waits for, but for what waits for it as well.
    pub(crate) step: usize,
    /// How many open items wait for it, directly or through others.
    pub(crate) helps: usize,
    /// What it belongs to: an index into the groups.
    pub(crate) group: Option<usize>,
}

/// A dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Edge {
    /// The node that is waited for.
    pub(crate) from: usize,
    /// The node that waits.
    pub(crate) to: usize,
    /// Whether the days contradict it.
    pub(crate) broken: bool,
}

/// What items belong to.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// What it is called.
    pub(crate) title: String,
    /// Where all of it is shown; empty where nothing links.
    pub(crate) href: String,
}

impl Node {
    /// How it stands, in words; empty where nobody says.
    fn state(&self) -> Cow<'static, str> {
        match (self.overdue, self.status) {
            (Some(days), _) => say!("overdue {} d", days).into(),
            (None, Status::Unknown) => "".into(),
            (None, status) => words::of(status.words()),
        }
    }

    /// As much of its id as tells it from the others; empty where that only repeats the title.
    fn label(&self) -> &str {
        if self.repeats { "" } else { &self.id[self.prefix..] }
    }

    /// What it is called where one word has to do.
    fn name(&self) -> &str {
        if self.repeats { &self.title } else { &self.id }
    }

    /// What it is called, whole.
    fn full_name(&self) -> String {
        if self.repeats {
            self.title.clone()
        } else {
            [&self.id, " ", &*self.title].concat().trim_end().to_owned()
        }
    }
}

/// Draws the graph.
pub fn draw(input: &GraphInput) -> Picture {
    let sets = Sets::new(&boxes::graph(input));
    Picture { svg: drawn(input, &sets), facts: table(input, &sets) }
}

/// Draws the graph where its page tells the same anyway.
pub(crate) fn draw_alone(input: &GraphInput) -> String {
    drawn(input, &Sets::new(&boxes::graph(input)))
}

fn drawn(input: &GraphInput, sets: &Sets) -> String {
    let boxes = boxes::boxes(input, sets);
    draw::draw(input, &layout::layout(input, &boxes))
}

/// All that the picture shows as text: step by step, in the order of the source.
fn table(input: &GraphInput, sets: &Sets) -> Table {
    let (mut waits, mut needed) = (vec![Vec::new(); input.nodes.len()], vec![Vec::new(); input.nodes.len()]);
    for edge in &input.edges {
        let broken = if edge.broken { say!(" (broken)") } else { String::new() };
        waits[edge.to].push(format!("{}{broken}", input.nodes[edge.from].name()));
        needed[edge.from].push(input.nodes[edge.to].name());
    }
    waits.iter_mut().zip(&input.nodes).for_each(|(waits, node)| waits.extend(node.beyond.iter().cloned()));
    let looped = boxes::looped(input);
    let row = |ix: &usize| {
        let node = &input.nodes[*ix];
        let in_cycle = sets.members(sets.of(*ix)).len() > 1 || looped.contains(ix);
        let notes = [
            (node.chain.is_some(), input.chain),
            (in_cycle, word!("in a cycle")),
            (node.outside, word!("outside this milestone")),
        ];
        let notes = notes.into_iter().filter(|(is, _)| *is).map(|(_, note)| words::of(note));
        vec![
            (node.step + 1).to_string().into(),
            Cell::link(&*node.full_name(), &node.href),
            node.state().into_owned().into(),
            waits[*ix].join(", ").into(),
            needed[*ix].join(", ").into(),
            notes.collect::<Vec<_>>().join(", ").into(),
        ]
    };
    let mut order: Vec<_> = (0..input.nodes.len()).collect();
    order.sort_by_key(|node| (input.nodes[*node].step, *node));
    Table::new(input.name.clone(), &COLUMNS, order.iter().map(row).collect())
}
