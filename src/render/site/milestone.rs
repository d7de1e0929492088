//! A milestone's page: how it stands, what is left to do in it, what it waits for.

use crate::render::status::StatusView;
use crate::words::say;
use serde::Serialize;
use serde_json::Value;

use super::{
    Fragment, PageContext, Part,
    data::badge,
    drawn::FactsView,
    frame::{Frame, NavLink},
    lead,
    progress::{ProgressView, progress},
    room::{Room, elements},
    rows::{Items, milestone_items, rows},
    words::{DueView, due, planned},
    write,
};
use crate::{
    facts::{MilestoneFacts, Status},
    model::{IssueIx, Milestone, MilestoneIx, Update},
    render::{
        picture::graph::{GraphInput, MOST_BESIDE, draw, has_own},
        updates,
    },
    report::Diagnostic,
};

/// What `site/milestone.html` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    page: Frame<'a>,
    /// The Markdown that shows its badge; empty where nobody says where the site is published.
    badge: String,
    /// The user's own data.
    extra: &'a Value,
    id: &'a str,
    title: &'a str,
    /// `part 2 of 3`; empty where there is one.
    part: String,
    /// Whether this is the first part, which tells of the milestone itself.
    is_first: bool,
    /// The way to the other parts.
    parts: Vec<PartView>,
    /// `None` where nobody says.
    status: Option<StatusView>,
    /// Whether any of its facts is known.
    has_facts: bool,
    due: DueView,
    /// As `2026-09-14`; empty where there is none.
    start: String,
    /// As `2026-11-20`, where the due date moved since; else empty.
    planned: String,
    owner: &'a str,
    /// The day that all this speaks for; empty where nobody says.
    as_of: String,
    health: Option<HealthView>,
    /// What its days say beside that, in sentences.
    notes: Vec<String>,
    /// What is known of its issues, in a sentence; empty beyond the first part.
    say: super::say::Say,
    /// How far it is; `None` beyond the first part, which says it.
    progress: Option<ProgressView>,
    /// HTML.
    description: String,
    /// HTML.
    goal: String,
    /// Those of this part, the last first.
    updates: Vec<UpdateView>,
    /// The link to the part with those before them; empty where there are none.
    earlier: String,
    waits_for: Items<'a>,
    needed_by: Items<'a>,
    /// The issues by how they stand.
    sections: Vec<Section>,
    /// What is left to wait for; `None` where nothing waits.
    graph: Option<FactsView>,
    graph_link: String,
    /// The page that shows its issues in time; empty where that of all milestones does.
    timeline_link: String,
}

/// How many parts of a page are linked on each: beyond that those around it, the first and the last.
const MOST_PARTS: usize = 60;

/// How many elements an item of a list is, an update beside its text, a link to a part, and a row of the picture's table.
const OF_ITEM: usize = 5;
const OF_UPDATE: usize = 5;
const OF_PART: usize = 2;
const OF_ROW: usize = 13;

/// The way to a part of a page.
#[derive(Debug, Serialize)]
pub(super) struct PartView {
    number: usize,
    link: String,
    is_here: bool,
}

/// How a milestone stands by its dates and in its owner's words.
#[derive(Debug, Serialize)]
struct HealthView {
    computed: StatusView,
    /// Why, in a few words; empty where it is on track.
    why: String,
    /// What its owner said last.
    stated: Option<StatedView>,
}

#[derive(Debug, Serialize)]
struct StatedView {
    status: StatusView,
    on: String,
    /// Whether it was said long ago.
    stale: bool,
    /// Whether it says otherwise than the dates.
    differs: bool,
}

#[derive(Debug, Serialize)]
struct UpdateView {
    on: String,
    status: Option<StatusView>,
    /// HTML.
    text: String,
}

/// Issues that stand alike.
#[derive(Debug, Serialize)]
struct Section {
    /// `None` where nobody says how any issue stands.
    status: Option<StatusView>,
    /// How many stand so in the whole milestone.
    count: usize,
    /// Whether it is shown only to those who ask for it.
    is_folded: bool,
    /// HTML: their rows.
    issues: Vec<Fragment>,
}

/// The order in which a milestone's issues are shown.
pub(super) const ORDER: [Status; 6] =
    [Status::InProgress, Status::Blocked, Status::Ready, Status::Unknown, Status::Done, Status::Dropped];

/// Makes a milestone's page, or a part of it.
pub(super) fn milestone(
    here: &PageContext<'_>,
    ix: MilestoneIx,
    part: &Part,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    write(here, "site/milestone.html", &view(here, ix, part)?, out)
}

fn view<'a>(here: &PageContext<'a>, ix: MilestoneIx, part: &Part) -> Result<View<'a>, Diagnostic> {
    let (milestone, facts) = (&here.roadmap.milestones[ix.0], here.facts.milestone(ix));
    let is_first = part.number == 0;
    let to_part = |number| here.to(&here.places.milestone(here.roadmap, ix, number));
    let mut all_updates = updates::parts(milestone).into_iter().skip(part.number);
    let updates = all_updates.next().unwrap_or_default();
    let mut view = View {
        page: frame(here, ix)?,
        badge: badge(here, Some(ix)),
        extra: milestone.extra.shown(),
        id: milestone.id.as_str(),
        title: &milestone.title,
        part: part.words(),
        is_first,
        parts: parts(part, to_part),
        status: StatusView::known(here.facts, facts.status),
        has_facts: has_facts(milestone, facts.status),
        due: due(here, milestone.known_due_on(), facts.status, facts.overdue, facts.slip),
        start: milestone.start_on.map(|day| day.to_string()).unwrap_or_default(),
        planned: planned(milestone.planned_due_on, facts.slip),
        owner: milestone.owner.as_deref().unwrap_or_default(),
        as_of: here.facts.as_of.filter(|_| here.known().days).map(|day| day.to_string()).unwrap_or_default(),
        health: health(facts),
        notes: if is_first { here.facts.milestone_notes(here.roadmap, ix) } else { Vec::new() },
        say: if is_first { lead::of_milestone(here, ix) } else { super::say::Say::default() },
        progress: is_first.then(|| progress(here, &facts.issues, &facts.progress, &facts.statuses)),
        description: here.body(milestone.description.get(), "description", 1),
        goal: if is_first { here.document(milestone.goal.as_ref(), "goal", 2) } else { String::new() },
        updates: updates.into_iter().map(|it| update(here, it)).collect(),
        earlier: all_updates.next().map_or_else(String::new, |_| to_part(part.number + 1)),
        waits_for: milestone_items(here, milestone.blocked_by.iter().map(|link| link.to)),
        needed_by: milestone_items(here, facts.needed_by.iter().copied()),
        sections: sections(here, ix, part)?,
        graph: None,
        graph_link: graph_link(here, ix),
        timeline_link: here.own_timeline(ix).unwrap_or_default(),
    };
    if is_first {
        view.graph = small_graph(here, ix, Room::beside(view.elements()));
    }
    Ok(view)
}

impl View<'_> {
    /// How many elements its lists and texts are.
    fn elements(&self) -> usize {
        let rows =
            self.sections.iter().flat_map(|section| &section.issues).map(|row| elements(row.as_html()));
        let updates = self.updates.iter().map(|update| OF_UPDATE + elements(&update.text));
        let items = OF_ITEM * (self.waits_for.len() + self.needed_by.len());
        let texts = elements(&self.description) + elements(&self.goal);
        rows.chain(updates).sum::<usize>() + items + texts + OF_PART * self.parts.len()
    }
}

/// What stands around the page's content: it lies between its neighbours.
fn frame<'a>(here: &PageContext<'a>, ix: MilestoneIx) -> Result<Frame<'a>, Diagnostic> {
    let milestone = &here.roadmap.milestones[ix.0];
    let description = say!("Milestone {} of {}.", milestone.title, here.roadmap.title);
    Frame::new(here, milestone.title.clone(), description)?
        .between(neighbour(here, ix.0.checked_sub(1)), neighbour(here, Some(ix.0 + 1)))
        .of_file(here, milestone.origin.file)
}

/// Whether any of its facts is known.
fn has_facts(milestone: &Milestone, status: Status) -> bool {
    status != Status::Unknown
        || milestone.known_due_on().or(milestone.start_on).is_some()
        || milestone.owner.is_some()
}

/// Its own graph, where it has one; else that of everything.
fn graph_link(here: &PageContext<'_>, ix: MilestoneIx) -> String {
    match has_own(here.roadmap, here.facts, ix) {
        true => here.to(&here.places.graph_of(here.roadmap, ix)),
        false => here.to("graph.html"),
    }
}

/// What is left to wait for in a milestone; `None` where nothing waits, and where the rest of the page leaves no room for it.
fn small_graph(here: &PageContext<'_>, ix: MilestoneIx, mut room: Room) -> Option<FactsView> {
    if !here.facts.live().touches(here.facts, ix) {
        return None;
    }
    let graph = GraphInput::of_milestone(here.roadmap, here.facts, ix, &|item| here.item(item));
    let graph = GraphInput { most: MOST_BESIDE, room: room.left(), ..graph };
    let mut view = FactsView::with(draw(&graph), MOST_BESIDE);
    if elements(&view.svg) > room.left() {
        return None;
    }
    room.take(&view.svg);
    view.shorten(room.rows(view.rows(), OF_ROW, 1));
    Some(view)
}

fn neighbour<'a>(here: &PageContext<'a>, ix: Option<usize>) -> Option<NavLink<'a>> {
    let ix = ix.filter(|ix| *ix < here.roadmap.milestones.len())?;
    Some(NavLink::to_milestone(here, MilestoneIx(ix)))
}

/// The ways to the parts of a page; none where there is one. Where they are many, those around it, the first and the last.
pub(super) fn parts(here: &Part, link: impl Fn(usize) -> String) -> Vec<PartView> {
    let count = if here.count > 1 { here.count } else { 0 };
    let part = |number| PartView { number: number + 1, link: link(number), is_here: number == here.number };
    let is_near = |number: &usize| {
        count <= MOST_PARTS
            || number.abs_diff(here.number) < MOST_PARTS / 2
            || *number == 0
            || number + 1 == count
    };
    (0..count).filter(is_near).map(part).collect()
}

fn health(facts: &MilestoneFacts) -> Option<HealthView> {
    let verdict = facts.health.as_ref()?;
    let stated = facts.stated.map(|stated| StatedView {
        status: stated.health.into(),
        on: stated.on.to_string(),
        stale: stated.stale,
        differs: stated.health != verdict.health,
    });
    Some(HealthView { computed: verdict.health.into(), why: verdict.why(), stated })
}

/// What its owner said.
fn update(here: &PageContext<'_>, update: &Update) -> UpdateView {
    UpdateView {
        on: update.on.to_string(),
        status: update.health.map(StatusView::from),
        text: here.body(update.text.as_ref(), &format!("update-{}", update.index + 1), 3),
    }
}

/// The issues of this part by how they stand.
fn sections(here: &PageContext<'_>, ix: MilestoneIx, part: &Part) -> Result<Vec<Section>, Diagnostic> {
    let (facts, members) = (here.facts.milestone(ix), &here.in_order_of_work(ix)[part.issues.clone()]);
    let status = |ix: &IssueIx| here.facts.issue(*ix).status;
    let of = |members: &[IssueIx]| {
        let own = status(&members[0]);
        let is_alone = own == Status::Unknown && facts.statuses.get(own) == facts.issues.len();
        Ok(Section {
            status: (!is_alone).then(|| StatusView::of(here.facts, own)),
            count: facts.statuses.get(own),
            is_folded: own.is_closed(),
            issues: rows(here, members)?,
        })
    };
    members.chunk_by(|one, next| status(one) == status(next)).map(of).collect()
}
