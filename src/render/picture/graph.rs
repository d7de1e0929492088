//! The dependency graph: what can be done now on the left, what it makes possible to the right of it.
//!
//! The input is generic, so that it shows issues, the issues of one milestone, or milestones.

mod draw;

use std::collections::BTreeMap;

use super::{
    Links, Name, Picture, Table,
    broken::{Judge, milestone_graph, targets},
    layout,
    table::Cell,
};
use crate::{
    facts::{Facts, Status},
    model::{IssueIx, MilestoneIx, Roadmap},
};

/// How many items are legible in one picture; past that, each milestone gets its own (see [`GraphInput::fits`]).
pub const MOST_NODES: usize = 60;

/// The columns of the table.
const COLUMNS: [&str; 6] = ["Step", "Item", "Status", "Waits for", "Needed by", "Notes"];

/// What a graph shows.
#[derive(Debug, Clone, Default)]
pub struct GraphInput {
    /// What the picture is called.
    pub name: String,
    /// The items.
    pub nodes: Vec<Node>,
    /// The dependencies.
    pub edges: Vec<Edge>,
}

/// An item.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its id.
    pub label: String,
    /// What it is called, without the id.
    pub title: String,
    /// Where it is shown; empty where nothing links.
    pub href: String,
    /// How it stands.
    pub status: Status,
    /// By how many days it is late.
    pub overdue: Option<i64>,
    /// Whether it lies on the longest chain of what is not done.
    pub critical: bool,
    /// The issues in other repositories that it waits for, by name: they are no nodes.
    pub beyond: Vec<String>,
    /// Whether it belongs elsewhere and is only shown because something here waits for it, or it for something here.
    pub outside: bool,
}

/// A dependency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// The node that is waited for.
    pub from: usize,
    /// The node that waits.
    pub to: usize,
    /// Whether the days contradict it.
    pub broken: bool,
    /// Whether it is a link of the longest chain.
    pub critical: bool,
}

impl GraphInput {
    /// The graph of some issues, and of the dependencies among them.
    pub fn of_issues(
        roadmap: &Roadmap,
        facts: &Facts,
        name: &str,
        issues: &[IssueIx],
        links: Links<'_>,
    ) -> Self {
        Self::issues(roadmap, facts, name, issues, |_| false, links)
    }

    /// The graph of a milestone's issues and of those elsewhere that they wait for or that wait for them; without the
    /// latter where that would be too many.
    pub fn of_milestone(roadmap: &Roadmap, facts: &Facts, ix: MilestoneIx, links: Links<'_>) -> Self {
        let members = &facts.milestone(ix).issues;
        let is_outside = |issue: IssueIx| roadmap.issues[issue.0].milestone.get() != Some(&ix);
        let neighbours = members.iter().flat_map(|ix| {
            let waits = targets(roadmap.issues[ix.0].blocked_by());
            waits.chain(facts.issue(*ix).needed_by.iter().copied())
        });
        let mut issues: Vec<_> = members.iter().copied().chain(neighbours).collect();
        issues.sort_unstable();
        issues.dedup();
        let issues = if issues.len() > MOST_NODES { members } else { &issues };
        let name = format!("Dependencies of {}", super::text::head(&roadmap.milestones[ix.0].title));
        Self::issues(roadmap, facts, &name, issues, is_outside, links)
    }

    fn issues(
        roadmap: &Roadmap,
        facts: &Facts,
        name: &str,
        issues: &[IssueIx],
        is_outside: impl Fn(IssueIx) -> bool,
        links: Links<'_>,
    ) -> Self {
        let judge = Judge::new(roadmap, facts);
        let step = |ix: IssueIx| facts.issue(ix).critical_step;
        let nodes: BTreeMap<IssueIx, usize> =
            issues.iter().enumerate().map(|(node, ix)| (*ix, node)).collect();
        let node = |ix: &IssueIx| {
            let name = Name::issue(*ix, &roadmap.issues[ix.0], links);
            let facts = facts.issue(*ix);
            let beyond = roadmap.issues[ix.0].blocked_elsewhere.iter().map(|link| link.to.text.clone());
            let node =
                Node::new(name, facts.status, facts.overdue, facts.critical_step.is_some(), is_outside(*ix));
            Node { beyond: beyond.collect(), ..node }
        };
        let edges =
            issues.iter().flat_map(|ix| targets(roadmap.issues[ix.0].blocked_by()).map(|on| (*ix, on)));
        let edge = |(ix, blocker): (IssueIx, IssueIx)| {
            let critical = step(blocker).is_some_and(|before| step(ix) == Some(before + 1));
            let broken = judge.issue(ix, blocker);
            Some(Edge { from: *nodes.get(&blocker)?, to: *nodes.get(&ix)?, broken, critical })
        };
        let name = name.to_owned();
        Self { name, nodes: issues.iter().map(node).collect(), edges: edges.filter_map(edge).collect() }
    }

    /// The graph of all milestones.
    pub fn of_milestones(roadmap: &Roadmap, facts: &Facts, links: Links<'_>) -> Self {
        let judge = Judge::new(roadmap, facts);
        let open = |ix: usize| !facts.milestones[ix].status.is_closed();
        let mut steps = vec![None; roadmap.milestones.len()];
        let chain = milestone_graph(roadmap).longest_chain(open);
        chain.iter().enumerate().for_each(|(step, ix)| steps[*ix] = Some(step));
        let nodes = roadmap.milestones().map(|(ix, milestone)| {
            let facts = facts.milestone(ix);
            let name = Name::milestone(ix, milestone, links);
            Node::new(name, facts.status, facts.overdue, steps[ix.0].is_some(), false)
        });
        let edges = roadmap.milestones().flat_map(|(ix, m)| targets(&m.blocked_by).map(move |on| (ix, on)));
        let edge = |(ix, blocker): (MilestoneIx, MilestoneIx)| Edge {
            from: blocker.0,
            to: ix.0,
            broken: judge.milestone(ix, blocker),
            critical: steps[blocker.0].is_some_and(|step| steps[ix.0] == Some(step + 1)),
        };
        Self {
            name: format!("Dependencies of the milestones of {}", super::text::head(&roadmap.title)),
            nodes: nodes.collect(),
            edges: edges.map(edge).collect(),
        }
    }

    /// Whether it is small enough for one legible picture.
    pub fn fits(&self) -> bool {
        self.nodes.len() <= MOST_NODES && self.edges.len() <= 4 * MOST_NODES
    }
}

impl Node {
    fn new(name: Name, status: Status, overdue: Option<i64>, critical: bool, outside: bool) -> Self {
        let Name { id: label, title, href, .. } = name;
        Self { label, title, href, status, overdue, critical, beyond: Vec::new(), outside }
    }

    /// How it stands, in words.
    fn state(&self) -> String {
        match self.overdue {
            Some(days) => format!("overdue {days} d"),
            None => self.status.words().to_owned(),
        }
    }
}

/// Draws the graph. It draws whatever it is given: ask [`GraphInput::fits`] first.
pub fn draw(input: &GraphInput) -> Picture {
    let edges: Vec<_> = input.edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let layout = layout::layout(input.nodes.len(), &edges);
    let order = reading_order(&layout);
    Picture { svg: draw::draw(input, &layout, &order), facts: table(input, &layout, &order) }
}

/// The nodes layer by layer, from top to bottom; those on their own come last.
fn reading_order(layout: &layout::Layout) -> Vec<usize> {
    let mut order: Vec<_> = (0..layout.items.len()).collect();
    order.sort_by_key(|node| {
        (layout.items[*node].is_none(), layout.layers[*node], layout.items[*node].map(|at| at.1))
    });
    order
}

fn table(input: &GraphInput, layout: &layout::Layout, order: &[usize]) -> Table {
    let (mut waits, mut needed) = (vec![Vec::new(); input.nodes.len()], vec![Vec::new(); input.nodes.len()]);
    let mut in_circle = vec![false; input.nodes.len()];
    for (edge, circle) in input.edges.iter().zip(&layout.in_circle) {
        let broken = if edge.broken { " (broken)" } else { "" };
        waits[edge.to].push(format!("{}{broken}", input.nodes[edge.from].label));
        needed[edge.from].push(input.nodes[edge.to].label.as_str());
        in_circle[edge.to] |= circle;
    }
    for (waits, node) in waits.iter_mut().zip(&input.nodes) {
        waits.extend(node.beyond.iter().cloned());
    }
    let row = |ix: &usize| {
        let node = &input.nodes[*ix];
        let notes = [
            (node.critical, "critical path"),
            (in_circle[*ix], "in a circle"),
            (layout.items[*ix].is_none(), "on its own"),
            (node.outside, "of another milestone"),
        ];
        let notes = notes.into_iter().filter(|(is, _)| *is).map(|(_, words)| words);
        let step = layout.items[*ix].map_or("—".into(), |_| (layout.layers[*ix] + 1).to_string());
        vec![
            step.into(),
            Cell::link(format!("{} {}", node.label, node.title).trim(), &node.href),
            node.state().into(),
            waits[*ix].join(", ").into(),
            needed[*ix].join(", ").into(),
            notes.collect::<Vec<_>>().join(", ").into(),
        ]
    };
    Table::new(input.name.clone(), &COLUMNS, order.iter().map(row).collect())
}
