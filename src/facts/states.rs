//! How issues and milestones stand: done, in progress, ready, blocked, late, broken.

use crate::words::word;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Bounds, Graph, IssueFacts, MilestoneFacts, Progress, Slip, health};
use crate::{
    model::{Day, Issue, IssueIx, Milestone, MilestoneIx, Roadmap, When, is_after},
    source::schema::State,
};

/// How something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// It waits for something that is not done.
    Blocked,
    /// Nothing is in its way, and it has not begun.
    Ready,
    /// It has begun, or its start date has come, and nothing is in its way.
    InProgress,
    /// It is closed, and what was to be done is done.
    Done,
    /// It was closed without having been done: as not planned, or as a duplicate.
    Dropped,
    /// Nobody has stated whether it is open, or it waits only for what nobody has stated that of.
    Unknown,
}

impl Status {
    /// The words that people read.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Blocked => word!("blocked"),
            Self::Ready => word!("ready"),
            Self::InProgress => word!("in progress"),
            Self::Done => word!("done"),
            Self::Dropped => word!("dropped"),
            Self::Unknown => word!("unknown"),
        }
    }

    /// Whether it is known that something is left to be done.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Blocked | Self::Ready | Self::InProgress)
    }

    /// Whether nothing is left to be done: it is done, or was dropped.
    pub(crate) fn is_closed(self) -> bool {
        matches!(self, Self::Done | Self::Dropped)
    }

    /// The status of an issue that waits so.
    fn of_issue(issue: &Issue, waits: Waits, as_of: Option<Day>) -> Self {
        match issue.known_state() {
            Some(State::Closed) if issue.is_dropped() => Self::Dropped,
            Some(State::Closed) => Self::Done,
            Some(State::Open) => Self::of_open(waits, issue.is_begun() || has_begun(issue.start_on, as_of)),
            None => Self::Unknown,
        }
    }

    /// The status of something that is known to be open.
    fn of_open(waits: Waits, begun: bool) -> Self {
        match (waits, begun) {
            (Waits::Open, _) => Self::Blocked,
            (_, true) => Self::InProgress,
            (Waits::Unknown, false) => Self::Unknown,
            (Waits::Nothing, false) => Self::Ready,
        }
    }
}

/// What something is left to wait for, as far as anybody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Waits {
    /// Nothing: all that it waited for is closed.
    Nothing,
    /// Only what nobody says the state of.
    Unknown,
    /// Something that is known to be open.
    Open,
}

impl Waits {
    /// What is left, of what is not known to be closed: for each whether it is known to be open.
    fn of(left: impl Iterator<Item = bool>) -> Self {
        left.map(|is_open| if is_open { Self::Open } else { Self::Unknown }).max().unwrap_or(Self::Nothing)
    }

    /// What an issue is left to wait for: these of its own roadmap, and what is in other repositories.
    fn of_issue(roadmap: &Roadmap, issue: &Issue, waiting_for: &[IssueIx]) -> Self {
        let is_open = |ix: &IssueIx| roadmap.issues[ix.0].is_open();
        let elsewhere = issue.waiting_elsewhere().map(|it| it.is_closed() == Some(false));
        Self::of(waiting_for.iter().map(is_open).chain(elsewhere))
    }
}

/// How many issues stand so, for each status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct StatusCounts([usize; 6]);

impl StatusCounts {
    /// Nothing is counted.
    pub(super) const NONE: Self = Self([0; 6]);

    /// The counts of some issues.
    pub(crate) fn of(statuses: impl Iterator<Item = Status>) -> Self {
        let mut counts = Self::default();
        statuses.for_each(|status| counts.0[status as usize] += 1);
        counts
    }

    /// How many stand so.
    pub(crate) fn get(&self, status: Status) -> usize {
        self.0[status as usize]
    }
}

/// Whether any milestone or issue is said to wait for another.
pub(super) fn waits(roadmap: &Roadmap) -> bool {
    roadmap.milestones.iter().any(|it| !it.blocked_by.is_empty())
        || roadmap.issues.iter().any(|it| !it.blocked_by().is_empty() || !it.blocked_elsewhere.is_empty())
}

/// By how much a due date moved since it was first planned.
fn slip(due_on: Option<When>, planned_due_on: Option<When>) -> Option<Slip> {
    Slip::between(planned_due_on?, due_on?)
}

/// By how many days something that is known to be open is late: they count from the last day by which it was due.
fn overdue(is_open: bool, due_on: Option<When>, as_of: Option<Day>) -> Option<i64> {
    Some(as_of?.days_since(due_on?.last()?)).filter(|days| *days > 0 && is_open)
}

fn has_begun(start_on: Option<When>, as_of: Option<Day>) -> bool {
    start_on.and_then(When::first).zip(as_of).is_some_and(|(start, today)| start <= today)
}

/// Facts of all issues.
pub(super) fn issues(
    roadmap: &Roadmap,
    graph: &Graph,
    parents: &Graph,
    as_of: Option<Day>,
) -> Vec<IssueFacts> {
    let is_done = |ix: &usize| roadmap.issues[*ix].known_state() == Some(State::Closed);
    let mut internal = Internal::new(roadmap, parents);
    let facts = |(ix, issue): (usize, &Issue)| {
        let waiting_for: Vec<_> =
            graph.waits_for(ix).iter().filter(|ix| !is_done(ix)).map(|ix| IssueIx(*ix)).collect();
        let status = Status::of_issue(issue, Waits::of_issue(roadmap, issue, &waiting_for), as_of);
        let due_later = |other: &IssueIx| is_after(roadmap.issues[other.0].due_on, issue.due_on);
        let cycle = graph.cycle_of(ix);
        IssueFacts {
            status,
            overdue: overdue(issue.is_open(), issue.due_on, as_of),
            slip: slip(issue.due_on, issue.planned_due_on),
            cycle,
            critical_step: None,
            broken: cycle.is_some() || (!status.is_closed() && waiting_for.iter().any(due_later)),
            waiting_for,
            needed_by: graph.needed_by(ix).iter().map(|ix| IssueIx(*ix)).collect(),
            children: parents.needed_by(ix).iter().map(|ix| IssueIx(*ix)).collect(),
            internal: internal.is(ix),
        }
    };
    roadmap.issues.iter().enumerate().map(facts).collect()
}

/// For each issue whether it is kept out of the site: by itself, by its milestone, or by what it is a part of.
pub(crate) fn internal_issues(roadmap: &Roadmap) -> Vec<bool> {
    let is_some = roadmap.issues.iter().any(|issue| issue.internal)
        || roadmap.milestones.iter().any(|milestone| milestone.internal);
    if !is_some {
        return vec![false; roadmap.issues.len()];
    }
    let parents = Graph::new(roadmap.issues.iter().map(parent));
    let mut internal = Internal::new(roadmap, &parents);
    (0..roadmap.issues.len()).map(|ix| internal.is(ix)).collect()
}

/// What an issue is a part of, as a graph takes it.
pub(super) fn parent(issue: &Issue) -> Vec<usize> {
    issue.parent.get().map(|ix| ix.0).into_iter().collect()
}

/// Which issues are kept out of the site: by themselves, by their milestone, or by what they are a part of.
struct Internal<'a> {
    roadmap: &'a Roadmap,
    parents: &'a Graph,
    known: Vec<Option<bool>>,
}

impl<'a> Internal<'a> {
    fn new(roadmap: &'a Roadmap, parents: &'a Graph) -> Self {
        let count = roadmap.issues.len();
        Self { roadmap, parents, known: vec![None; count] }
    }

    fn is(&mut self, start: usize) -> bool {
        let mut way = Vec::new();
        let mut next = Some(start);
        let mut internal = false;
        while let Some(ix) = next {
            if let Some(known) = self.known[ix] {
                internal = known;
                break;
            }
            let issue = &self.roadmap.issues[ix];
            internal = issue.internal
                || issue.milestone.get().is_some_and(|m| self.roadmap.milestones[m.0].internal);
            // Known until something above says otherwise, so that a cycle ends.
            self.known[ix] = Some(internal);
            way.push(ix);
            next = self.parents.waits_for(ix).first().copied().filter(|_| !internal);
        }
        way.into_iter().for_each(|ix| self.known[ix] = Some(internal));
        internal
    }
}

/// Facts of all milestones.
pub(super) fn milestones(
    roadmap: &Roadmap,
    issues: &[IssueFacts],
    graph: &Graph,
    bounds: &Bounds,
    as_of: Option<Day>,
) -> Vec<MilestoneFacts> {
    let members = members(roadmap);
    let progress: Vec<_> =
        members.iter().map(|issues| Progress::of(roadmap, issues.iter().copied())).collect();
    let closed: Vec<_> = roadmap.milestones.iter().zip(&progress).map(|(m, p)| closed(m, p)).collect();
    let is_open = |((milestone, progress), closed): ((&Milestone, &Progress), &Option<Status>)| {
        closed.is_none() && (milestone.known_state().is_some() || progress.open > 0)
    };
    let open: Vec<_> = roadmap.milestones.iter().zip(&progress).zip(&closed).map(is_open).collect();
    let known = Known { roadmap, issues, graph, closed: &closed, open: &open, as_of };
    let each = members.into_iter().zip(progress).enumerate();
    let mut facts: Vec<_> =
        each.map(|(ix, (members, progress))| known.facts(ix, members, progress)).collect();
    let verdicts: Vec<_> = roadmap
        .milestones()
        .map(|(ix, _)| health::judge(roadmap, issues, &facts, bounds, ix, as_of))
        .collect();
    facts.iter_mut().zip(verdicts).for_each(|(facts, verdict)| facts.health = verdict);
    facts
}

/// For each milestone whether it was dropped: it is closed, and so are all its issues, none of them done.
pub(crate) fn dropped_milestones(roadmap: &Roadmap) -> Vec<bool> {
    let progress = members(roadmap).into_iter().map(|issues| Progress::of(roadmap, issues.into_iter()));
    let each = roadmap.milestones.iter().zip(progress);
    each.map(|(milestone, progress)| closed(milestone, &progress) == Some(Status::Dropped)).collect()
}

/// For each milestone its issues.
fn members(roadmap: &Roadmap) -> Vec<Vec<IssueIx>> {
    let mut members = vec![Vec::new(); roadmap.milestones.len()];
    for (ix, issue) in roadmap.issues() {
        if let Some(milestone) = issue.milestone.get() {
            members[milestone.0].push(ix);
        }
    }
    members
}

/// What the facts of a milestone follow from.
struct Known<'a> {
    roadmap: &'a Roadmap,
    issues: &'a [IssueFacts],
    /// What waits for what among milestones.
    graph: &'a Graph,
    /// For each milestone how it was closed; `None` where it was not.
    closed: &'a [Option<Status>],
    /// For each milestone whether it is known to be open: somebody says so, or an issue of it is.
    open: &'a [bool],
    as_of: Option<Day>,
}

impl Known<'_> {
    /// The facts of a milestone with these issues; its health follows from those of all.
    fn facts(&self, ix: usize, members: Vec<IssueIx>, progress: Progress) -> MilestoneFacts {
        let milestone = &self.roadmap.milestones[ix];
        let is_left = |ix: &usize| self.closed[*ix].is_none();
        let waiting_for: Vec<_> =
            self.graph.waits_for(ix).iter().copied().filter(is_left).map(MilestoneIx).collect();
        let is_open = self.open[ix];
        let status = match self.closed[ix] {
            Some(closed) => closed,
            None if !is_open => Status::Unknown,
            None => {
                let waits = match self.is_stuck(&members) {
                    true => Waits::Open,
                    false => Waits::of(waiting_for.iter().map(|ix| self.open[ix.0])),
                };
                Status::of_open(waits, self.has_begun(milestone, &members))
            }
        };
        let due_on = milestone.known_due_on();
        let due_later =
            |other: &MilestoneIx| is_after(self.roadmap.milestones[other.0].known_due_on(), due_on);
        let cycle = self.graph.cycle_of(ix);
        MilestoneFacts {
            statuses: StatusCounts::of(members.iter().map(|ix| self.issues[ix.0].status)),
            issues: members,
            progress,
            status,
            is_open,
            overdue: overdue(is_open, due_on, self.as_of),
            slip: slip(due_on, milestone.planned_due_on),
            cycle,
            broken: cycle.is_some() || (!status.is_closed() && waiting_for.iter().any(due_later)),
            waiting_for,
            needed_by: self.graph.needed_by(ix).iter().map(|ix| MilestoneIx(*ix)).collect(),
            health: None,
            stated: health::stated(milestone, self.as_of),
        }
    }

    /// Whether all that is left of it waits for something that is not done.
    fn is_stuck(&self, members: &[IssueIx]) -> bool {
        let left = members.iter().map(|ix| self.issues[ix.0].status).filter(|status| !status.is_closed());
        let mut left = left.peekable();
        left.peek().is_some() && left.all(|status| status == Status::Blocked)
    }

    /// Whether its first day has come, or an issue of it has begun.
    fn has_begun(&self, milestone: &Milestone, members: &[IssueIx]) -> bool {
        let is_begun = |ix: &IssueIx| matches!(self.issues[ix.0].status, Status::Done | Status::InProgress);
        has_begun(milestone.start_on, self.as_of) || members.iter().any(is_begun)
    }
}

/// Whether a milestone is done or was dropped. It is done where it is closed; where nobody says so, once all its issues are that
/// were not dropped. Where all of them were dropped, so was the milestone, unless somebody says that it is open.
fn closed(milestone: &Milestone, progress: &Progress) -> Option<Status> {
    let is_dropped = progress.total == 0 && progress.dropped > 0;
    let is_done = match milestone.known_state() {
        Some(state) => state == State::Closed,
        None => progress.total > 0 && progress.closed == progress.total,
    };
    match milestone.known_state() {
        Some(State::Open) => None,
        _ if is_dropped => Some(Status::Dropped),
        _ => is_done.then_some(Status::Done),
    }
}
