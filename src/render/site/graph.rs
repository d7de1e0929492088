//! What waits for what: a picture that begins with what can begin, how milestones wait for each other, the longest chain, cycles,
//! and everything that is drawn as text.

mod alone;
mod matrix;
mod told;

use crate::words::{self, counted, say, word};
use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use super::{
    PageContext,
    drawn::FactsView,
    frame::Frame,
    room::Room,
    rows::{ItemView, Items, MOST_ITEMS, distinct_items, issue_item, milestone_item},
    words::and_more,
    write,
};
use crate::{
    facts::Live,
    model::{Issue, IssueIx, MilestoneIx},
    render::picture::{
        Picture,
        graph::{GraphInput, MOST_BESIDE, draw, has_closed, has_own, heavy},
    },
    report::Diagnostic,
};
use alone::{Alone, alone, elsewhere};
use matrix::{MOST_APART, Matrix, matrix};
use told::{Told, critical_words};

/// How many rows of a picture are told below it.
const MOST_TOLD: usize = 60;

/// How many issues the list by steps names.
const MOST_STEPPED: usize = 250;

/// How many graphs of milestones are linked; each milestone's page leads to its own.
const MOST_GRAPHS: usize = 24;

/// How many elements a row of a picture's table is, an issue in the list by steps, and a link to a graph.
const OF_ROW: usize = 13;
const OF_STEPPED: usize = 2;
const OF_GRAPH: usize = 3;

/// How many of those that hold up the most are named.
const MOST_HUBS: usize = 6;

/// What a graph is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GraphOf {
    /// All that is left to wait for.
    Open,
    /// All that ever waited.
    All,
    /// What is left to wait for in a milestone.
    Milestone(MilestoneIx),
}

impl GraphOf {
    /// The milestone that it is of; `None` where it is of everything.
    fn milestone(self) -> Option<MilestoneIx> {
        match self {
            Self::Milestone(ix) => Some(ix),
            Self::Open | Self::All => None,
        }
    }
}

/// What `site/graph.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The milestone that it is of; empty where it is of everything.
    milestone: &'a str,
    /// Whether it shows what is closed as well.
    is_all: bool,
    /// What it comes to; `None` where nothing waits, and where it shows what is closed.
    lead: Option<Lead<'a>>,
    /// The graph of what is open and that with what is closed; empty where there is one.
    switch: Vec<Switch>,
    /// The graphs of the milestones, where each has its own.
    graphs: Vec<GraphLink<'a>>,
    /// `and 3 more`; empty where all are linked.
    more_graphs: String,
    /// The picture, and all that it shows as a table.
    facts: FactsView,
    /// How many issues it leaves out since nothing joins them to others; `None` where there are none.
    alone: Option<Alone<'a>>,
    /// That issues wait for issues of other repositories, which the picture does not show; empty where none does.
    elsewhere: String,
    /// Those that most others wait for.
    hubs: Vec<Hub<'a>>,
    /// How milestones wait for each other by the issues in them.
    matrix: Option<Matrix<'a>>,
    /// How milestones wait for each other by their own word.
    between: FactsView,
    /// What the chain is called that is drawn heavy, as `longest chain`.
    chain_name: Cow<'static, str>,
    /// The chain, first one first.
    critical_path: Items<'a>,
    /// What makes it so, in a sentence or two.
    critical_words: String,
    /// Cycles of issues that wait for each other.
    cycles: Vec<Items<'a>>,
    /// What the picture shows, step by step.
    steps: Vec<Items<'a>>,
    /// Whether nothing says what waits for what.
    is_silent: bool,
}

/// What a graph comes to.
#[derive(Debug, Serialize)]
struct Lead<'a> {
    /// How many issues wait.
    waiting: usize,
    /// As `173 open issues`.
    of: String,
    /// How many steps the chain has that is drawn heavy.
    steps: usize,
    first: Option<ItemView<'a>>,
    last: Option<ItemView<'a>>,
    hub: Option<Hub<'a>>,
}

/// An issue that others wait for.
#[derive(Debug, Serialize)]
struct Hub<'a> {
    item: ItemView<'a>,
    /// How many wait for it, directly or through others.
    helps: usize,
    /// The same, where the most is 100.
    share: usize,
}

/// The way to the other graph.
#[derive(Debug, Serialize)]
struct Switch {
    title: Cow<'static, str>,
    /// How many issues it shows.
    count: usize,
    link: String,
    is_here: bool,
}

#[derive(Debug, Serialize)]
struct GraphLink<'a> {
    milestone: ItemView<'a>,
    link: String,
    is_here: bool,
}

/// Makes a graph.
pub(super) fn graph(here: &PageContext<'_>, of: GraphOf, out: &mut Vec<u8>) -> Result<(), Diagnostic> {
    write(here, "site/graph.html", &view(here, of)?, out)
}

fn view<'a>(here: &PageContext<'a>, of: GraphOf) -> Result<View<'a>, Diagnostic> {
    let (whole, is_all, milestone) = (of == GraphOf::Open, of == GraphOf::All, of.milestone());
    let scope = scope(here, milestone);
    let shown: Vec<_> = scope.iter().copied().filter(|ix| here.facts.live().has(*ix)).collect();
    let mut room = Room::new();
    let mut facts = picture(here, of, &mut room);
    let told = Told::new(here, of, &mut room);
    let mut between = if whole { between(here, &mut room) } else { FactsView::default() };
    let (graphs, more_graphs) = graphs(here, of, &mut room);
    let matrix = if whole { matrix(here, room.square(MOST_APART, 2)) } else { None };
    let steps = if is_all { Vec::new() } else { steps(here, &shown, &mut room) };
    facts.shorten(room.rows(facts.rows().min(MOST_TOLD), OF_ROW, 2));
    between.shorten(room.rows(between.rows().min(MOST_TOLD), OF_ROW, 1));
    Ok(View {
        page: frame(here, of)?,
        milestone: title(here, of),
        is_all,
        lead: if is_all { None } else { lead(here, milestone, &scope, &shown) },
        switch: switch(here, of),
        more_graphs,
        graphs,
        facts,
        alone: if is_all || shown.is_empty() { None } else { alone(here, &scope, milestone) },
        elsewhere: if is_all { String::new() } else { elsewhere(here, &scope) },
        hubs: if whole { hubs(here, &shown) } else { Vec::new() },
        matrix,
        between,
        chain_name: words::of(heavy(here.facts).1),
        critical_path: told.chain,
        critical_words: critical_words(here),
        cycles: told.cycles,
        steps,
        is_silent: !here.facts.waits,
    })
}

/// What stands around the page's content: the graph of all that is open holds the others.
fn frame<'a>(here: &PageContext<'a>, of: GraphOf) -> Result<Frame<'a>, Diagnostic> {
    let title = title(here, of);
    let name = match of {
        GraphOf::Open => say!("Dependencies"),
        GraphOf::All => say!("Dependencies, with what is closed"),
        GraphOf::Milestone(_) => say!("Dependencies of {title}", title = title),
    };
    let description =
        say!("What waits for what in {}.", if title.is_empty() { &here.roadmap.title } else { title });
    let frame = Frame::new(here, name, description)?;
    if of == GraphOf::Open { Ok(frame) } else { frame.below(here, word!("Dependencies"), "graph.html") }
}

/// What the milestone is called that it is of; empty where it is of everything.
fn title<'a>(here: &PageContext<'a>, of: GraphOf) -> &'a str {
    of.milestone().map_or("", |ix| here.roadmap.milestones[ix.0].title.as_str())
}

/// What an issue is called that is not known to be closed.
fn noun(here: &PageContext<'_>) -> &'static str {
    if here.facts.progress.unknown == 0 { "open issue" } else { "issue" }
}

/// The same of several.
fn counted_noun(here: &PageContext<'_>) -> String {
    match noun(here) {
        "issue" => say!("issues"),
        _ => say!("open issues"),
    }
}

fn is_of(here: &PageContext<'_>, milestone: Option<MilestoneIx>, ix: IssueIx) -> bool {
    milestone.is_none() || here.roadmap.issues[ix.0].milestone.get().copied() == milestone
}

/// The issues of a milestone, or all.
fn scope<'a>(here: &PageContext<'a>, milestone: Option<MilestoneIx>) -> Cow<'a, [IssueIx]> {
    match milestone {
        Some(ix) => here.facts.milestone(ix).issues.as_slice().into(),
        None => here.roadmap.issues().map(|(ix, _)| ix).collect(),
    }
}

fn lead<'a>(
    here: &PageContext<'a>,
    milestone: Option<MilestoneIx>,
    scope: &[IssueIx],
    shown: &[IssueIx],
) -> Option<Lead<'a>> {
    let live = here.facts.live();
    let waiting = shown.iter().filter(|ix| live.waits_for(**ix).next().is_some()).count();
    let open = scope.iter().filter(|ix| !here.facts.issue(**ix).status.is_closed()).count();
    let chain = if milestone.is_some() { &[] } else { heavy(here.facts).0 };
    (!shown.is_empty()).then(|| Lead {
        waiting,
        of: counted(open, noun(here)),
        steps: chain.len(),
        first: chain.first().map(|ix| issue_item(here, *ix)),
        last: chain.last().map(|ix| issue_item(here, *ix)),
        hub: hubs(here, shown).into_iter().next(),
    })
}

fn hubs<'a>(here: &PageContext<'a>, shown: &[IssueIx]) -> Vec<Hub<'a>> {
    let live = here.facts.live();
    let mut hubs: Vec<_> = shown.iter().map(|ix| (std::cmp::Reverse(live.helps(*ix)), *ix)).collect();
    hubs.sort_unstable();
    let most = hubs.first().map_or(1, |(helps, _)| helps.0.max(1));
    let hubs = hubs.into_iter().take_while(|(helps, _)| helps.0 > 0).take(MOST_HUBS);
    hubs.map(|(helps, ix)| Hub { item: issue_item(here, ix), helps: helps.0, share: helps.0 * 100 / most })
        .collect()
}

/// The ways between the two graphs of everything; none where there is one, and on that of a milestone.
fn switch(here: &PageContext<'_>, of: GraphOf) -> Vec<Switch> {
    if of.milestone().is_some() || !has_closed(here.roadmap, here.facts) {
        return Vec::new();
    }
    let is_joined = |(ix, issue): &(IssueIx, &Issue)| {
        !issue.blocked_by().is_empty() || !here.facts.issue(*ix).needed_by.is_empty()
    };
    let all = here.roadmap.issues().filter(is_joined).count();
    let to = |title, count, inside, is_here| Switch {
        title: words::of(title),
        count,
        link: here.to(inside),
        is_here,
    };
    vec![
        to(word!("What is left"), here.facts.live().joined().len(), "graph.html", of == GraphOf::Open),
        to(word!("With what is closed"), all, "graph-all.html", of == GraphOf::All),
    ]
}

/// The ways to the graphs of the milestones that have their own, as far as they fit, and how many more there are.
fn graphs<'a>(here: &PageContext<'a>, of: GraphOf, room: &mut Room) -> (Vec<GraphLink<'a>>, String) {
    let all = here.roadmap.milestones().map(|(ix, _)| ix).filter(|_| of != GraphOf::All);
    let own: Vec<_> = all.filter(|ix| has_own(here.roadmap, here.facts, *ix)).collect();
    let linked = room.rows(own.len().min(MOST_GRAPHS), OF_GRAPH, 2);
    let link = |ix: &MilestoneIx| GraphLink {
        milestone: milestone_item(here, *ix),
        link: here.to(&here.places.graph_of(here.roadmap, *ix)),
        is_here: of.milestone() == Some(*ix),
    };
    (own[..linked].iter().map(link).collect(), and_more(own.len(), linked))
}

fn picture(here: &PageContext<'_>, of: GraphOf, room: &mut Room) -> FactsView {
    let links = |item| here.item(item);
    let input = match of {
        GraphOf::Milestone(ix) => GraphInput::of_milestone(here.roadmap, here.facts, ix, &links),
        GraphOf::All => GraphInput::of_all(here.roadmap, here.facts, &Live::of_all(here.roadmap), &links),
        GraphOf::Open => GraphInput::of_live(here.roadmap, here.facts, &links),
    };
    placed(drawn(&input), room)
}

/// The milestones by their own word, in fewer boxes where the picture of issues leaves no room for all.
fn between(here: &PageContext<'_>, room: &mut Room) -> FactsView {
    let mut input = GraphInput::of_milestones(here.roadmap, here.facts, &|item| here.item(item));
    match drawn(&input) {
        Some(picture) if !room.is_roomy_for(&picture.svg) => {
            input.most = MOST_BESIDE;
            placed(drawn(&input), room)
        }
        picture => placed(picture, room),
    }
}

/// A picture, where anything waits.
fn drawn(input: &GraphInput) -> Option<Picture> {
    (!input.edges.is_empty()).then(|| draw(input))
}

/// A picture with the room that it takes.
fn placed(picture: Option<Picture>, room: &mut Room) -> FactsView {
    let view = picture.map(|picture| FactsView::with(picture, usize::MAX)).unwrap_or_default();
    room.take(&view.svg);
    view
}

/// The steps of the picture, as far as they fit on the page: the first are those that matter today.
fn steps<'a>(here: &PageContext<'a>, shown: &[IssueIx], room: &mut Room) -> Vec<Items<'a>> {
    let mut steps = BTreeMap::<usize, Vec<IssueIx>>::new();
    for ix in shown {
        steps.entry(here.facts.live().step(*ix)).or_default().push(*ix);
    }
    let mut left = room.rows(shown.len().min(MOST_STEPPED), OF_STEPPED, 2);
    let fits = |step: &Vec<IssueIx>| {
        let rows = step.len().min(MOST_ITEMS);
        let fits = rows <= left;
        left = left.saturating_sub(rows);
        fits
    };
    steps.into_values().take_while(fits).map(|step| distinct_items(here, &step)).collect()
}
