//! What waits for what: a picture, the critical path, the order of work, and every edge as text.

use serde::Serialize;

use super::{
    Here,
    frame::Frame,
    rows::{ItemView, Items, issue_item, issue_items, milestone_item},
    write,
};
use crate::{
    model::{IssueIx, MilestoneIx},
    report::Diagnostic,
};

/// How many rows of text stand on the page.
const MOST_ROWS: usize = 150;

/// What `site/graph.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The milestone that it is of; empty where it is of everything.
    milestone: &'a str,
    /// SVG; empty where nothing waits for anything.
    picture: String,
    /// The longest chain of issues that are not done, first one first.
    critical_path: Items<'a>,
    /// Circles of issues that wait for each other.
    cycles: Vec<Items<'a>>,
    /// What can be done at the same time, step by step.
    steps: Vec<Items<'a>>,
    /// What waits for what.
    edges: Vec<Edge<'a>>,
    /// `and 3 more`; empty where all are shown.
    more: String,
    /// The graphs of the milestones, where each has its own.
    graphs: Vec<GraphLink<'a>>,
}

/// An issue and what it waits for.
#[derive(Debug, Serialize)]
struct Edge<'a> {
    item: ItemView<'a>,
    waits_for: Items<'a>,
    /// Whether its plan contradicts itself.
    broken: bool,
}

#[derive(Debug, Serialize)]
struct GraphLink<'a> {
    milestone: ItemView<'a>,
    link: String,
}

/// Makes the graph of everything or of one milestone.
pub(super) fn graph(here: &Here<'_>, of: Option<MilestoneIx>, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    let title = of.map_or("", |ix| here.roadmap.milestones[ix.0].title.as_str());
    let name = if title.is_empty() { "Graph".to_owned() } else { format!("Graph of {title}") };
    let description =
        format!("What waits for what in {}.", if title.is_empty() { &here.roadmap.title } else { title });
    let frame = Frame::new(here, name, description);
    let is_shown = |ix: &IssueIx| match of {
        Some(milestone) => here.roadmap.issues[ix.0].milestone.get() == Some(&milestone),
        None => true,
    };
    let (edges, more) = edges(here, of, is_shown);
    let steps = here.facts.order.iter().map(|step| step.iter().copied().filter(is_shown).collect::<Vec<_>>());
    let view = View {
        page: if of.is_some() { frame.below(here, "Graph", "graph.html") } else { frame },
        milestone: title,
        picture: String::new(),
        critical_path: issue_items(here, here.facts.critical_path.iter().copied().filter(is_shown)),
        cycles: here
            .facts
            .cycles
            .iter()
            .take(20)
            .map(|circle| issue_items(here, circle.iter().copied()))
            .collect(),
        steps: steps.filter(|step| !step.is_empty()).take(40).map(|step| issue_items(here, step)).collect(),
        edges,
        more,
        graphs: if of.is_none() && here.places.splits_graph() { graphs(here) } else { Vec::new() },
    };
    write(here, "site/graph.html", &view, out)
}

/// The issues that wait for something.
fn edges<'a>(
    here: &Here<'a>,
    of: Option<MilestoneIx>,
    is_shown: impl Fn(&IssueIx) -> bool,
) -> (Vec<Edge<'a>>, String) {
    if of.is_none() && here.places.splits_graph() {
        return (Vec::new(), String::new());
    }
    let waiting: Vec<_> =
        here.roadmap.issues().filter(|(ix, issue)| is_shown(ix) && !issue.blocked_by().is_empty()).collect();
    let edge = |(ix, issue): &(IssueIx, &'a crate::model::Issue)| Edge {
        item: issue_item(here, *ix),
        waits_for: issue_items(here, issue.blocked_by().iter().map(|link| link.to)),
        broken: here.facts.issue(*ix).broken,
    };
    let more = super::words::and_more(waiting.len(), MOST_ROWS);
    (waiting.iter().take(MOST_ROWS).map(edge).collect(), more)
}

fn graphs<'a>(here: &Here<'a>) -> Vec<GraphLink<'a>> {
    let with_issues =
        here.roadmap.milestones().filter(|(ix, _)| !here.facts.milestone(*ix).issues.is_empty());
    let link = |(ix, _): (MilestoneIx, _)| GraphLink {
        milestone: milestone_item(here, ix),
        link: here.to(&here.places.graph_of(here.roadmap, ix)),
    };
    with_issues.map(link).collect()
}
