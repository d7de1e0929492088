//! A milestone's page: how it stands, and every issue of it with its body.

use crate::words::{self, say, word};
use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{
    body, document, link,
    parts::{self, ElsewhereLink, ItemLink, Links, due, progress, status},
    summary::link_to_summary,
    write,
};
use crate::{
    facts::MilestoneFacts,
    markdown::write::{Context, inline_gfm},
    model::{IssueIx, Milestone, MilestoneIx, Target, Update},
    render::{
        Fragment, PagePath, Part, Renderer,
        engine::{bar, linked},
        places::MOST_LINKS,
        said::{self, Fact, and_more},
        updates,
    },
    report::Diagnostic,
};

/// What `markdown/milestone.md` may know.
#[derive(Debug, Serialize)]
struct View<'a> {
    /// The user's own data.
    extra: &'a Value,
    id: &'a str,
    title: &'a str,
    /// `part 2 of 3`; empty where there is one.
    part: String,
    /// The ways to other pages.
    navigation: Vec<NavLink<'a>>,
    /// Markdown: in one line, or as blocks where it is written in several.
    description: String,
    /// Markdown.
    goal: String,
    /// In words, as `in progress, overdue by 6 days`.
    status: String,
    /// A bar and the counts, as `████░░░░░░ 40% (2 of 5 done)`.
    progress: String,
    /// As `2026-12-01 (14 days later than planned)`.
    due: String,
    owner: &'a str,
    /// What the dates say and what the owner says, where they say anything.
    health: String,
    /// What its days say beside that, in sentences.
    notes: Vec<String>,
    waits_for: Vec<ItemLink<'a>>,
    /// `and 3 more`; empty where all are linked.
    more_waits: String,
    needed_by: Vec<ItemLink<'a>>,
    more_needed: String,
    /// Those of this part, the last first.
    updates: Vec<UpdateView>,
    /// The link to the part with those before them; empty where there are none.
    earlier: String,
    issues: Vec<IssueView<'a>>,
}

#[derive(Debug, Serialize)]
struct NavLink<'a> {
    before: &'static str,
    title: Cow<'a, str>,
    after: &'static str,
    link: String,
}

#[derive(Debug, Serialize)]
struct UpdateView {
    on: String,
    health: Cow<'static, str>,
    /// Markdown.
    text: String,
}

/// An issue, as it stands on its milestone's page and in the region `milestone ID`.
#[derive(Debug, Serialize)]
pub(super) struct IssueView<'a> {
    /// The user's own data.
    extra: &'a Value,
    id: &'a str,
    /// The title without its id.
    title: &'a str,
    /// The title with its id.
    heading: String,
    anchor: &'a str,
    link: String,
    /// Markdown: its id, linked, in a cell.
    linked: String,
    status: String,
    due: String,
    /// What its days say, in sentences: that it cannot be done by its due date, or comes too late for others.
    notes: Vec<String>,
    /// What is shown as it is, as its estimate.
    facts: Vec<Fact>,
    /// GitHub's issue type.
    kind: &'a str,
    assignees: &'a [String],
    labels: Vec<Fragment>,
    parent: Option<Fragment>,
    /// Where what it is a part of is in another repository.
    parent_elsewhere: Option<ElsewhereLink<'a>>,
    waits_for: Vec<Fragment>,
    /// What it waits for in other repositories.
    waits_elsewhere: Vec<ElsewhereLink<'a>>,
    /// `and 3 more`; empty where all are linked.
    more_waits: String,
    needed_by: Vec<Fragment>,
    more_needed: String,
    /// Markdown; empty in a region.
    body: String,
}

/// Makes a milestone's page, or a part of it.
pub(crate) fn milestone(
    renderer: &Renderer,
    path: &PagePath,
    ix: MilestoneIx,
    part: &Part,
    out: &mut Vec<u8>,
) -> Result<(), Diagnostic> {
    let milestone = &renderer.roadmap.milestones[ix.0];
    let facts = renderer.facts.milestone(ix);
    let is_first = part.number == 0;
    let links = Links::new(renderer, path, Context::Line, true);
    let shown = &facts.issues[part.issues.clone()];
    let blockers = blockers(milestone);
    let mut all_updates = updates::parts(milestone).into_iter().skip(part.number);
    let updates = all_updates.next().unwrap_or_default();
    let view = View {
        extra: milestone.extra.shown(),
        id: milestone.id.as_str(),
        title: &milestone.title,
        part: if part.count > 1 { say!("part {} of {}", part.number + 1, part.count) } else { String::new() },
        navigation: navigation(renderer, path, ix, part),
        description: if is_first { description(milestone) } else { String::new() },
        goal: if is_first { document(milestone.goal.as_ref(), 1, "goal") } else { String::new() },
        status: status(&renderer.facts, facts.status, facts.overdue),
        progress: progress(&facts.progress, bar),
        due: due(milestone.known_due_on(), facts.slip),
        owner: milestone.owner.as_deref().unwrap_or_default(),
        health: health(facts),
        notes: words::plain(|| renderer.facts.milestone_notes(&renderer.roadmap, ix)),
        waits_for: parts::milestones(renderer, path, first(&blockers)),
        more_waits: and_more(blockers.len(), MOST_LINKS),
        needed_by: parts::milestones(renderer, path, first(&facts.needed_by)),
        more_needed: and_more(facts.needed_by.len(), MOST_LINKS),
        updates: updates.into_iter().map(update).collect(),
        earlier: all_updates.next().map_or_else(String::new, |_| {
            link(path, renderer.places.milestone(ix, part.number + 1).as_ref())
        }),
        issues: shown.iter().map(|ix| issue(&links, *ix, true)).collect(),
    };
    write(renderer, "markdown/milestone.md", &view, true, out)
}

/// What a milestone is about. Where it is written in several lines, GitHub shows blocks, and each line on its own.
fn description(milestone: &Milestone) -> String {
    let given = milestone.description.get();
    match given.filter(|text| text.trim().contains(['\n', '\r'])) {
        Some(lines) => body(Some(lines), 1, "description"),
        None => given.map(|text| inline_gfm(text, Context::Line)).unwrap_or_default(),
    }
}

/// The ways to the summary, to the other parts, and to the milestones before and after.
fn navigation<'a>(renderer: &'a Renderer, path: &PagePath, ix: MilestoneIx, part: &Part) -> Vec<NavLink<'a>> {
    let places = &renderer.places;
    let said = |text| words::plain(|| words::of(text));
    let title = |ix: MilestoneIx| renderer.roadmap.milestones[ix.0].title.as_str().into();
    let to_part = |number| link(path, places.milestone(ix, number).as_ref());
    let summary = link_to_summary(renderer, path);
    let mut ways = vec![NavLink { before: "", title: said(word!("Summary")), after: "", link: summary }];
    if let Some(before) = part.number.checked_sub(1) {
        ways.push(NavLink::back(said(word!("Part before")), to_part(before)));
    }
    if part.number + 1 < part.count {
        ways.push(NavLink::onward(said(word!("Next part")), to_part(part.number + 1)));
    }
    if let Some(before) = ix.0.checked_sub(1).map(MilestoneIx) {
        ways.push(NavLink::back(title(before), places.link_to_milestone(path, before)));
    }
    if ix.0 + 1 < renderer.roadmap.milestones.len() {
        let next = MilestoneIx(ix.0 + 1);
        ways.push(NavLink::onward(title(next), places.link_to_milestone(path, next)));
    }
    ways.retain(|way| !way.link.is_empty());
    ways
}

impl<'a> NavLink<'a> {
    fn back(title: Cow<'a, str>, link: String) -> Self {
        Self { before: "← ", title, after: "", link }
    }

    fn onward(title: Cow<'a, str>, link: String) -> Self {
        Self { before: "", title, after: " →", link }
    }
}

/// The milestones that it waits for, each once, in the order of the source.
fn blockers(milestone: &Milestone) -> Vec<MilestoneIx> {
    let mut blockers = Vec::new();
    for link in &milestone.blocked_by {
        if !blockers.contains(&link.to) {
            blockers.push(link.to);
        }
    }
    blockers
}

/// What the dates say and why, and beside it what the owner said: `at risk: DB-006 is overdue (its owner on 2026-11-06: on
/// track; the two disagree)`. Empty where neither says anything, or the milestone is done.
fn health(facts: &MilestoneFacts) -> String {
    let Some(verdict) = &facts.health else { return String::new() };
    let why = if verdict.why().is_empty() { String::new() } else { format!(": {}", verdict.why()) };
    let stated = facts.stated.map(|stated| {
        let stale = if stated.stale { say!(", stale") } else { String::new() };
        let differs =
            if stated.health == verdict.health { String::new() } else { say!("; the two disagree") };
        say!(" (its owner on {}{}: {}{})", stated.on, stale, words::of(stated.health.words()), differs)
    });
    format!("{}{why}{}", words::of(verdict.health.words()), stated.unwrap_or_default())
}

fn update(update: &Update) -> UpdateView {
    UpdateView {
        on: update.on.to_string(),
        health: update.health.map(|health| words::of(health.words())).unwrap_or_default(),
        text: body(update.text.as_ref(), 3, &format!("update-{}", update.index + 1)),
    }
}

/// As many of a list as are linked.
fn first<T>(list: &[T]) -> &[T] {
    &list[..list.len().min(MOST_LINKS)]
}

/// An issue, with its body where it is wanted.
pub(super) fn issue<'a>(links: &Links<'a>, ix: IssueIx, with_body: bool) -> IssueView<'a> {
    let renderer = links.renderer;
    let issue = &renderer.roadmap.issues[ix.0];
    let facts = renderer.facts.issue(ix);
    let title = issue.short_title();
    let mut waits_for: Vec<_> = issue.blocked_by().iter().map(|link| link.to).collect();
    waits_for.dedup();
    let elsewhere = first(&issue.blocked_elsewhere);
    let all_waits = waits_for.len() + issue.blocked_elsewhere.len();
    let id = issue.id.as_str();
    let link = renderer.places.link_to_issue(links.from, ix);
    IssueView {
        extra: issue.extra.shown(),
        id,
        title,
        heading: if issue.made { issue.title.clone() } else { [id, ": ", title].concat() },
        anchor: renderer.places.issue_anchor(ix),
        linked: linked(id, &link, Context::Cell),
        link,
        status: status(&renderer.facts, facts.status, facts.overdue),
        due: due(issue.due_on, facts.slip),
        notes: words::plain(|| renderer.facts.bounds.notes(&renderer.roadmap, Target::Issue(ix))),
        facts: said::facts(issue),
        kind: issue.kind.get().map(String::as_str).unwrap_or_default(),
        assignees: issue.assignees(),
        labels: links.labels(issue),
        parent: issue.parent.get().map(|parent| links.issue(*parent)),
        parent_elsewhere: issue.parent_elsewhere.as_deref().map(ElsewhereLink::from),
        waits_for: links.issues(first(&waits_for)),
        waits_elsewhere: elsewhere.iter().map(|link| (&link.to).into()).collect(),
        more_waits: and_more(all_waits, first(&waits_for).len() + elsewhere.len()),
        needed_by: links.issues(first(&facts.needed_by)),
        more_needed: and_more(facts.needed_by.len(), MOST_LINKS),
        body: if with_body { body(issue.body.get(), 3, issue.id.key()) } else { String::new() },
    }
}
