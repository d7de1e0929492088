//! What waits for what: a picture, the critical path, the order of work, and every edge as text.

use std::borrow::Cow;

use serde::Serialize;

use super::{
    Here,
    drawn::FactsView,
    frame::Frame,
    rows::{ItemView, Items, MOST_ITEMS, distinct_items, milestone_item},
    write,
};
use crate::{
    model::{IssueIx, MilestoneIx},
    render::picture::graph::{GraphInput, draw},
    report::Diagnostic,
};

/// Past how many issues the page leaves it to each issue's own page to tell what it waits for.
const MOST_TOLD: usize = 400;

/// How many circles are told.
const MOST_CIRCLES: usize = 10;

/// How many issues the order of work names.
const MOST_STEPPED: usize = 200;

/// What `site/graph.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The milestone that it is of; empty where it is of everything.
    milestone: &'a str,
    /// The longest chain of issues that are not done, first one first.
    critical_path: Items<'a>,
    /// What makes it critical, in a sentence or two.
    critical_words: String,
    /// Circles of issues that wait for each other.
    cycles: Vec<Items<'a>>,
    /// What can be done at the same time, step by step.
    steps: Vec<Items<'a>>,
    /// Everything that the picture shows, as a table.
    facts: FactsView,
    /// The graphs of the milestones, where each has its own.
    graphs: Vec<GraphLink<'a>>,
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
    let frame = Frame::new(here, name, description)?;
    let view = View {
        page: if of.is_some() { frame.below(here, "Graph", "graph.html")? } else { frame },
        milestone: title,
        critical_path: distinct_items(here, &critical_path(here, of)),
        critical_words: critical_words(here),
        cycles: cycles(here, of).into_iter().map(|circle| distinct_items(here, circle)).collect(),
        steps: if of.is_none() { steps(here) } else { Vec::new() },
        facts: picture(here, of),
        graphs: if of.is_none() && here.places.splits_graph() { graphs(here) } else { Vec::new() },
    };
    write(here, "site/graph.html", &view, out)
}

/// The critical path, or those of its issues that belong to a milestone.
fn critical_path<'a>(here: &Here<'a>, of: Option<MilestoneIx>) -> Cow<'a, [IssueIx]> {
    let Some(milestone) = of else { return here.facts.critical_path.as_slice().into() };
    let members = here.facts.milestone(milestone).issues.iter();
    let mut steps: Vec<_> =
        members.filter_map(|ix| Some((here.facts.issue(*ix).critical_step?, *ix))).collect();
    steps.sort_unstable();
    steps.into_iter().map(|(_, ix)| ix).collect()
}

fn critical_words(here: &Here<'_>) -> String {
    const SO: &str = "a day lost here is a day lost at the end.";
    let path =
        here.facts.bounds.critical_path().filter(|path| here.facts.bounds.has_lengths() && path.days > 0);
    let Some(path) = path else {
        return format!("The longest chain of open issues that wait for each other: {SO}");
    };
    let days = crate::facts::days_words(path.days);
    let without = match path.without_length {
        0 => String::new(),
        count => format!("; {count} of {} say no length", path.items.len()),
    };
    format!("The chain of open issues with the most stated days, at least {days} in all{without}: {SO}")
}

/// The circles that are shown: the first ones, or the first ones with an issue of a milestone.
fn cycles<'a>(here: &Here<'a>, of: Option<MilestoneIx>) -> Vec<&'a Vec<IssueIx>> {
    let is_in_one = |ix: &IssueIx| here.facts.issue(*ix).circle.is_some();
    if of.is_some_and(|milestone| !here.facts.milestone(milestone).issues.iter().any(is_in_one)) {
        return Vec::new();
    }
    let is_shown = |ix: &IssueIx| of.is_none() || here.roadmap.issues[ix.0].milestone.get().copied() == of;
    here.facts.cycles.iter().filter(|circle| circle.iter().any(is_shown)).take(MOST_CIRCLES).collect()
}

/// The order of work, as far as it fits on the page: the first steps are those that matter today.
fn steps<'a>(here: &Here<'a>) -> Vec<Items<'a>> {
    let mut left = MOST_STEPPED;
    let mut steps = Vec::new();
    for step in here.facts.order.iter().take_while(|step| !step.is_empty()) {
        if step.len().min(MOST_ITEMS) > left {
            break;
        }
        left -= step.len().min(MOST_ITEMS);
        steps.push(distinct_items(here, step));
    }
    steps
}

/// The picture of everything, of one milestone, or where that is too much of the milestones; where that is too much as
/// well, its facts alone.
fn picture(here: &Here<'_>, of: Option<MilestoneIx>) -> FactsView {
    let links = |item| here.item(item);
    let input = match of {
        Some(ix) => GraphInput::of_milestone(here.roadmap, here.facts, ix, &links),
        None if here.places.splits_graph() => GraphInput::of_milestones(here.roadmap, here.facts, &links),
        None => {
            let issues: Vec<_> = here.roadmap.issues().map(|(ix, _)| ix).collect();
            let name = format!("What waits for what in {}", here.roadmap.title);
            GraphInput::of_issues(here.roadmap, here.facts, &name, &issues, &links)
        }
    };
    if input.nodes.len() > MOST_TOLD || input.nodes.is_empty() {
        return FactsView::default();
    }
    let mut view = FactsView::from(draw(&input));
    if !input.fits() {
        view.svg.clear();
    }
    view
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
