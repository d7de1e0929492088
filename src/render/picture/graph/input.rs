//! What a graph can show: all that is left to wait for, all that ever waited, a milestone, what is around an issue, milestones.

use crate::words::{say, word};
use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{
        Links,
        broken::{Judge, milestone_graph, targets},
        text,
    },
    Edge, GraphInput, Group, MOST_AROUND, MOST_BOXES, Node, ROOM, ROOM_AROUND,
};
use crate::{
    facts::{Facts, Graph, Live, Sets, Status},
    model::{Id, IssueIx, Milestone, MilestoneIx, Roadmap, Target, title_without_id},
};

/// From how many issues on each milestone has a graph of its own.
const MOST_WHOLE: usize = 60;

/// Issues of a roadmap, before they are an input.
struct Choice<'a> {
    roadmap: &'a Roadmap,
    facts: &'a Facts,
    links: Links<'a>,
    /// Each with its step.
    issues: BTreeMap<IssueIx, usize>,
    /// The chain to show, first one first.
    chain: &'a [IssueIx],
    /// How many wait for one.
    helps: &'a dyn Fn(IssueIx) -> usize,
    is_outside: &'a dyn Fn(IssueIx) -> bool,
    /// Whether a dependency is shown whose ends are.
    is_shown: &'a dyn Fn(IssueIx, IssueIx) -> bool,
}

/// How many issues beyond one are drawn at most around another.
const MOST_BEYOND: usize = 100;

impl GraphInput {
    /// What is left to wait for in a whole roadmap.
    pub fn of_live(roadmap: &Roadmap, facts: &Facts, links: Links<'_>) -> Self {
        let live = facts.live();
        let name = say!("What waits for what in {}", text::head(&roadmap.title));
        let choice = Choice {
            roadmap,
            facts,
            links,
            issues: live.joined().iter().map(|ix| (*ix, live.step(*ix))).collect(),
            chain: heavy(facts).0,
            helps: &|ix| live.helps(ix),
            is_outside: &|_| false,
            is_shown: &|ix, blocker| is_live(facts, ix) && is_live(facts, blocker),
        };
        choice.input(name)
    }

    /// The same with what is closed.
    pub(crate) fn of_all(roadmap: &Roadmap, facts: &Facts, all: &Live, links: Links<'_>) -> Self {
        let name = say!("What waits for what in {}, with what is closed", text::head(&roadmap.title));
        let choice = Choice {
            roadmap,
            facts,
            links,
            issues: all.joined().iter().map(|ix| (*ix, all.step(*ix))).collect(),
            chain: &[],
            helps: &|ix| facts.live().helps(ix),
            is_outside: &|_| false,
            is_shown: &|_, _| true,
        };
        choice.input(name)
    }

    /// What is left to wait for in a milestone, with those elsewhere that its issues wait for or that wait for them.
    pub(crate) fn of_milestone(roadmap: &Roadmap, facts: &Facts, ix: MilestoneIx, links: Links<'_>) -> Self {
        let live = facts.live();
        let members = || facts.milestone(ix).issues.iter().copied().filter(|ix| live.has(*ix));
        let beside = members().flat_map(|ix| live.waits_for(ix).chain(live.needed_by(ix)));
        let choice = Choice {
            roadmap,
            facts,
            links,
            issues: members().chain(beside).map(|ix| (ix, live.step(ix))).collect(),
            chain: heavy(facts).0,
            helps: &|ix| live.helps(ix),
            is_outside: &|issue| roadmap.issues[issue.0].milestone.get() != Some(&ix),
            is_shown: &|ix, blocker| is_live(facts, ix) && is_live(facts, blocker),
        };
        choice.input(say!("Dependencies of {}", text::head(&roadmap.milestones[ix.0].title)))
    }

    /// What an issue waits for and what waits for it, and two steps away what is left to wait for; nothing of that beyond one that
    /// leads to very many, which would be no more than a number on each of their pages.
    pub(crate) fn around(roadmap: &Roadmap, facts: &Facts, ix: IssueIx, links: Links<'_>) -> Self {
        let live = facts.live();
        let mut found = BTreeSet::from([ix]);
        let few =
            |beyond: Vec<IssueIx>| Some(beyond).filter(|it| it.len() <= MOST_BEYOND).unwrap_or_default();
        for on in targets(roadmap.issues[ix.0].blocked_by()) {
            found.insert(on);
            found.extend(few(live.waits_for(on).take(MOST_BEYOND + 1).collect()));
        }
        for behind in &facts.issue(ix).needed_by {
            found.insert(*behind);
            found.extend(few(live.needed_by(*behind).take(MOST_BEYOND + 1).collect()));
        }
        let order: Vec<_> = found.iter().copied().collect();
        let place = |ix: IssueIx| order.binary_search(&ix).ok();
        let within = |ix: &IssueIx| waits_within(roadmap, facts, &order, *ix);
        let waits = order.iter().map(|ix| within(ix).into_iter().filter_map(place).collect());
        let sets = Sets::new(&Graph::new(waits));
        let choice = Choice {
            roadmap,
            facts,
            links,
            issues: order.iter().enumerate().map(|(place, ix)| (*ix, sets.step(place))).collect(),
            chain: &[],
            // What waits at any distance changes with issues far away; their pages shall not.
            helps: &|_| 0,
            is_outside: &|_| false,
            is_shown: &|_, _| true,
        };
        let mut input = choice.input(say!("What is around {}", roadmap.issues[ix.0].short_name()));
        (input.most, input.room) = (MOST_AROUND, ROOM_AROUND);
        (input.is_small, input.groups) = (true, Vec::new());
        input.nodes.iter_mut().zip(&order).for_each(|(node, other)| node.is_middle = *other == ix);
        input.nodes.iter_mut().for_each(|node| node.group = None);
        input
    }

    /// What is left to wait for among milestones by their own word.
    pub(crate) fn of_milestones(roadmap: &Roadmap, facts: &Facts, links: Links<'_>) -> Self {
        let judge = Judge::new(roadmap, facts);
        let waits = left_between(roadmap, facts);
        let pairs: Vec<_> =
            waits.iter().enumerate().flat_map(|(ix, on)| on.iter().map(move |on| (ix, *on))).collect();
        let sets = Sets::new(&Graph::new(waits.into_iter()));
        let joined: BTreeSet<_> = pairs.iter().flat_map(|(ix, on)| [*ix, *on]).collect();
        let place: BTreeMap<_, _> = joined.iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
        let chain = sets.longest_chain();
        let node = |ix: &usize| {
            let (milestone, own) = (&roadmap.milestones[*ix], &facts.milestones[*ix]);
            let href = links(Target::Milestone(MilestoneIx(*ix)));
            let mut node = Node::new(
                (&milestone.id, milestone.own_id(), title(milestone)),
                href,
                own.status,
                own.overdue,
            );
            (node.step, node.helps) = (sets.step(*ix), sets.helps(*ix));
            node.chain = chain.iter().position(|other| other == ix);
            node
        };
        let edge = |(ix, on): &(usize, usize)| Edge {
            from: place[on],
            to: place[ix],
            broken: judge.milestone(MilestoneIx(*ix), MilestoneIx(*on)),
        };
        Self {
            name: say!("Dependencies of the milestones of {}", text::head(&roadmap.title)),
            nodes: joined.iter().map(node).collect(),
            edges: pairs.iter().map(edge).collect(),
            groups: Vec::new(),
            most: MOST_BOXES,
            room: ROOM,
            noun: "milestone",
            chain: LONGEST,
            anchor: "gm-",
            is_small: false,
        }
    }
}

impl Choice<'_> {
    fn input(&self, name: String) -> GraphInput {
        let chain: BTreeMap<_, _> = self.chain.iter().enumerate().map(|(place, ix)| (*ix, place)).collect();
        let node = |(ix, step): (&IssueIx, &usize)| {
            let (issue, own) = (&self.roadmap.issues[ix.0], self.facts.issue(*ix));
            let href = (self.links)(Target::Issue(*ix));
            let mut node =
                Node::new((&issue.id, issue.own_id(), issue.short_title()), href, own.status, own.overdue);
            (node.step, node.helps, node.chain) = (*step, (self.helps)(*ix), chain.get(ix).copied());
            node.outside = (self.is_outside)(*ix);
            node.beyond = issue.blocked_elsewhere.iter().map(|link| link.to.text.clone()).collect();
            node.group = issue.milestone.get().map(|ix| ix.0);
            node
        };
        let group = |(ix, milestone): (MilestoneIx, &Milestone)| Group {
            title: text::head(title(milestone)).to_owned(),
            href: (self.links)(Target::Milestone(ix)),
        };
        let mut nodes: Vec<_> = self.issues.iter().map(node).collect();
        let prefix = shared(nodes.iter().filter(|node| !node.repeats).map(|node| node.id.as_str()));
        nodes.iter_mut().filter(|node| !node.repeats).for_each(|node| node.prefix = prefix);
        let groups = if nodes.len() > MOST_AROUND {
            self.roadmap.milestones().map(group).collect()
        } else {
            Vec::new()
        };
        GraphInput {
            name,
            nodes,
            edges: self.edges(),
            groups,
            most: MOST_BOXES,
            room: ROOM,
            noun: "issue",
            chain: heavy(self.facts).1,
            anchor: "g-",
            is_small: false,
        }
    }

    /// The dependencies between them.
    fn edges(&self) -> Vec<Edge> {
        let judge = Judge::new(self.roadmap, self.facts);
        let order: Vec<_> = self.issues.keys().copied().collect();
        let mut edges = Vec::new();
        for (to, ix) in order.iter().enumerate() {
            let waits = waits_within(self.roadmap, self.facts, &order, *ix);
            for on in waits.into_iter().filter(|on| (self.is_shown)(*ix, *on)) {
                let Ok(from) = order.binary_search(&on) else { continue };
                edges.push(Edge { from, to, broken: judge.issue(*ix, on) });
            }
        }
        edges
    }
}

impl Node {
    fn new((id, own, title): (&Id, &str, &str), href: String, status: Status, overdue: Option<i64>) -> Self {
        Self {
            id: id.as_str().to_owned(),
            repeats: own.is_empty(),
            prefix: 0,
            title: text::head(title).to_owned(),
            href,
            status,
            overdue,
            beyond: Vec::new(),
            chain: None,
            outside: false,
            is_middle: false,
            step: 0,
            helps: 0,
            group: None,
        }
    }
}

/// Those of some issues, which stand in their order, that one waits for. They are looked up from the shorter list: what many pages
/// show may wait for all of a roadmap.
fn waits_within(roadmap: &Roadmap, facts: &Facts, order: &[IssueIx], ix: IssueIx) -> Vec<IssueIx> {
    let links = roadmap.issues[ix.0].blocked_by();
    if links.len() <= order.len() {
        return targets(links).filter(|on| order.binary_search(on).is_ok()).collect();
    }
    let is_needed = |on: &IssueIx| facts.issue(*on).needed_by.binary_search(&ix).is_ok();
    order.iter().copied().filter(is_needed).collect()
}

/// For each milestone those that it is left to wait for by its own word.
fn left_between(roadmap: &Roadmap, facts: &Facts) -> Vec<Vec<usize>> {
    let is_open = |ix: &usize| !facts.milestones[*ix].status.is_closed();
    let all = milestone_graph(roadmap);
    let waits = |ix: usize| match is_open(&ix) {
        true => all.waits_for(ix).iter().copied().filter(is_open).collect(),
        false => Vec::new(),
    };
    (0..roadmap.milestones.len()).map(waits).collect()
}

/// A milestone's title without its id.
fn title(milestone: &Milestone) -> &str {
    title_without_id(&milestone.title, &milestone.id)
}

fn is_live(facts: &Facts, ix: IssueIx) -> bool {
    !facts.issue(ix).status.is_closed()
}

/// Whether something waits that is closed, or for something that is: then there is a graph of that as well.
pub(crate) fn has_closed(roadmap: &Roadmap, facts: &Facts) -> bool {
    let is_closed = |ix: IssueIx| facts.issue(ix).status.is_closed();
    roadmap
        .issues()
        .any(|(ix, issue)| issue.blocked_by().iter().any(|link| is_closed(ix) || is_closed(link.to)))
}

/// Whether a milestone has a graph of its own: that of everything holds too much, and something of it is in there.
pub(crate) fn has_own(roadmap: &Roadmap, facts: &Facts, ix: MilestoneIx) -> bool {
    let live = facts.live();
    live.joined().len() > MOST_WHOLE && roadmap.milestones.len() > 1 && live.touches(facts, ix)
}

/// What the chain is called that is drawn heavy.
const LONGEST: &str = word!("longest chain");

/// The chain that is drawn heavy, and what it is called: that of the most stated days, where there are any, else the longest.
/// One alone is none.
pub(crate) fn heavy(facts: &Facts) -> (&[IssueIx], &'static str) {
    let (chain, name) = if facts.bounds.has_lengths() {
        (&*facts.critical_path, word!("critical path"))
    } else {
        (facts.live().chain(), LONGEST)
    };
    (if chain.len() > 1 { chain } else { &[] }, name)
}

/// How many bytes all ids begin with alike, up to a mark that divides them; the rest tells them apart.
fn shared<'a>(mut ids: impl Iterator<Item = &'a str>) -> usize {
    let Some(first) = ids.next() else { return 0 };
    let alike = |a: &str, b: &str| a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let mut most = first.len();
    let mut others = 0;
    for id in ids {
        others += 1;
        most = most.min(alike(first, id));
    }
    let divider = |at: &usize| first.as_bytes()[at - 1] == b'-';
    let most = (1..=most.min(first.len().saturating_sub(1))).rev().find(divider);
    if others > 0 { most.unwrap_or(0) } else { 0 }
}
