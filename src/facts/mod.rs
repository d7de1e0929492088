//! What follows from a roadmap: counts, progress, states, order of work, back links, health.
//!
//! [`Facts::derive`] is a function of the roadmap and one day. There is no clock: the day that the output speaks for is
//! an input, and without one nothing is called overdue, started or stale.

pub(crate) mod bounds;
mod days;
mod first;
pub(crate) mod flow;
mod graph;
mod health;
mod labels;
mod live;
pub(crate) mod pace;
mod progress;
mod sets;
mod slip;
mod states;

use std::sync::OnceLock;

use crate::{
    model::{Day, IssueIx, LabelIx, MilestoneIx, Roadmap, Target, When},
    words::word,
};

pub(crate) use bounds::Bounds;
pub(crate) use days::days_words;
pub(crate) use first::First;
pub(crate) use graph::Graph;
pub(crate) use health::{StatedHealth, Verdict};
pub(crate) use labels::LabelFacts;
pub(crate) use live::Live;
pub(crate) use progress::Progress;
pub(crate) use sets::Sets;
pub(crate) use slip::Slip;
pub(crate) use states::{Status, StatusCounts, dropped_milestones, internal_issues};

/// What follows for one issue.
#[derive(Debug, Clone)]
pub(crate) struct IssueFacts {
    /// How it stands.
    pub(crate) status: Status,
    /// By how many days it is late: its due date lies before the as-of day and it is known to be open.
    pub(crate) overdue: Option<i64>,
    /// By how much its due date moved since it was first planned.
    pub(crate) slip: Option<Slip>,
    /// The issues that it waits for and that are not done.
    pub(crate) waiting_for: Vec<IssueIx>,
    /// The issues that wait for it.
    pub(crate) needed_by: Vec<IssueIx>,
    /// The issues that are a part of it.
    pub(crate) children: Vec<IssueIx>,
    /// Whether its plan contradicts itself: it waits for something that is due after it, or for itself in a cycle.
    pub(crate) broken: bool,
    /// The number of the cycle that it is in: issues that wait for each other have the same.
    pub(crate) cycle: Option<usize>,
    /// Its place on the critical path, from 0; `None` where it is not on it.
    pub(crate) critical_step: Option<usize>,
    /// Whether it is kept out of the site, by itself or by what it belongs to.
    pub(crate) internal: bool,
}

/// What follows for one milestone.
#[derive(Debug, Clone)]
pub(crate) struct MilestoneFacts {
    /// Its issues, in the order of the source.
    pub(crate) issues: Vec<IssueIx>,
    /// How far it has come.
    pub(crate) progress: Progress,
    /// How many of its issues stand so, for each status.
    pub(crate) statuses: StatusCounts,
    /// How it stands.
    pub(crate) status: Status,
    /// Whether it is known to be open: somebody says so, or an issue of it is.
    pub(crate) is_open: bool,
    /// By how many days it is late.
    pub(crate) overdue: Option<i64>,
    /// By how much its due date moved since it was first planned.
    pub(crate) slip: Option<Slip>,
    /// The milestones that it waits for and that are not done.
    pub(crate) waiting_for: Vec<MilestoneIx>,
    /// The milestones that wait for it.
    pub(crate) needed_by: Vec<MilestoneIx>,
    /// Whether its plan contradicts itself.
    pub(crate) broken: bool,
    /// The number of the cycle that it is in: milestones that wait for each other have the same.
    pub(crate) cycle: Option<usize>,
    /// Its health by its dates; `None` where it has none, is not known to be open, or nobody knows what day it is.
    pub(crate) health: Option<Verdict>,
    /// What its owner said last.
    pub(crate) stated: Option<StatedHealth>,
}

/// All that follows from a roadmap on one day.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The day that everything here speaks for.
    pub(crate) as_of: Option<Day>,
    /// Facts of each issue, by [`IssueIx`].
    pub(crate) issues: Vec<IssueFacts>,
    /// Facts of each milestone, by [`MilestoneIx`].
    pub(crate) milestones: Vec<MilestoneFacts>,
    /// Facts of each label that is used, by [`LabelIx`]: a source can list a million that are not.
    labels: Vec<Option<Box<LabelFacts>>>,
    /// How far all issues have come.
    pub(crate) progress: Progress,
    /// What follows from stated days: how early something can be done, by when it is needed, what a delay pushes.
    pub bounds: Bounds,
    /// The issues that belong to no milestone.
    pub(crate) unplanned: Vec<IssueIx>,
    /// The chain of open issues with the most stated days before it, first one first. Where no open issue says how long it
    /// takes, the longest chain of open issues that wait for each other, or of all where nobody states of any whether it is open;
    /// empty where none waits.
    pub(crate) critical_path: Vec<IssueIx>,
    /// Cycles of issues that wait for each other; each begins and would end with its first issue.
    pub(crate) cycles: Vec<Vec<IssueIx>>,
    /// Cycles of milestones that wait for each other.
    pub(crate) milestone_cycles: Vec<Vec<MilestoneIx>>,
    /// Cycles of issues that are a part of each other.
    pub(crate) parent_cycles: Vec<Vec<IssueIx>>,
    /// Whether any milestone or issue is said to wait for another.
    pub(crate) waits: bool,
    /// Whether any issue of unknown status is stated to be open: what it waits for is not known to be closed.
    pub(crate) hides_open: bool,
    /// What is left to wait for, found when it is first asked for.
    live: OnceLock<Live>,
}

impl Facts {
    /// Derives everything, for the day `as_of`.
    pub fn derive(roadmap: &Roadmap, as_of: Option<Day>) -> Self {
        let issue_graph =
            Graph::new(roadmap.issues.iter().map(|issue| indexes(issue.blocked_by(), |ix: IssueIx| ix.0)));
        let milestone_graph =
            Graph::new(roadmap.milestones.iter().map(|m| indexes(&m.blocked_by, |ix: MilestoneIx| ix.0)));
        let parents = Graph::new(roadmap.issues.iter().map(states::parent));
        let bounds = Bounds::derive(roadmap, as_of);
        let mut issues = states::issues(roadmap, &issue_graph, &parents, as_of);
        let milestones = states::milestones(roadmap, &issues, &milestone_graph, &bounds, as_of);
        let all = (0..roadmap.issues.len()).map(IssueIx);
        let progress = Progress::of(roadmap, all.clone());
        // Where nobody states of any issue whether it is open, all are left to do.
        let left = |ix: usize| !progress.knows_states() || roadmap.issues[ix].is_open();
        // Without any length a chain is as long as it has issues.
        let critical_path = if bounds.has_lengths() {
            bounds.critical_path().map(|path| path.items.iter().map(|ix| ix.0).collect()).unwrap_or_default()
        } else {
            issue_graph.longest_chain(left)
        };
        critical_path.iter().enumerate().for_each(|(step, ix)| issues[*ix].critical_step = Some(step));
        Self {
            as_of,
            progress,
            bounds,
            labels: labels::facts(roadmap, &issues),
            unplanned: all.filter(|ix| roadmap.issues[ix.0].milestone.get().is_none()).collect(),
            critical_path: critical_path.into_iter().map(IssueIx).collect(),
            cycles: nested(issue_graph.cycles(), IssueIx),
            milestone_cycles: nested(milestone_graph.cycles(), MilestoneIx),
            parent_cycles: nested(parents.cycles(), IssueIx),
            waits: states::waits(roadmap),
            hides_open: roadmap
                .issues()
                .any(|(ix, issue)| issues[ix.0].status == Status::Unknown && issue.is_open()),
            live: OnceLock::new(),
            issues,
            milestones,
        }
    }

    /// What is left to wait for: the dependencies whose ends are both not closed.
    pub(crate) fn live(&self) -> &Live {
        self.live.get_or_init(|| Live::new(self))
    }

    /// How many issues are late; `None` where that cannot be said: nobody knows what day it is, or nothing that is known to be open
    /// is due by a day.
    pub(crate) fn overdue(&self, roadmap: &Roadmap) -> Option<usize> {
        let has_day = |due: Option<When>| due.and_then(When::last).is_some();
        let issues = roadmap.issues.iter().any(|issue| has_day(issue.due_on) && issue.is_open());
        let milestones = || {
            let mut all = roadmap.milestones();
            all.any(|(ix, it)| has_day(it.known_due_on()) && self.milestone(ix).is_open)
        };
        let can_be = self.as_of.is_some() && (issues || milestones());
        can_be.then(|| self.issues.iter().filter(|issue| issue.overdue.is_some()).count())
    }

    /// Whether a status tells anything: an unknown one does not where all are.
    pub(crate) fn tells(&self, status: Status) -> bool {
        status != Status::Unknown || self.progress.knows_states()
    }

    /// The word for a status on pages. Where nothing is said to wait, nobody knows what can begin: what has not begun is open there,
    /// not ready. Where what is stated to be open waits for what nobody knows of, unknown is not all that is known.
    pub(crate) fn word(&self, status: Status) -> &'static str {
        match status {
            Status::Ready if !self.waits => word!("open"),
            Status::Unknown if self.hides_open => word!("open or unknown"),
            status => status.words(),
        }
    }

    /// Whether a day or a span by which something is due has passed, as far as anybody knows today.
    pub(crate) fn is_past(&self, due: When) -> bool {
        due.last().zip(self.as_of).is_some_and(|(last, today)| last < today)
    }

    /// Facts of one issue.
    pub(crate) fn issue(&self, ix: IssueIx) -> &IssueFacts {
        &self.issues[ix.0]
    }

    /// Facts of one milestone.
    pub(crate) fn milestone(&self, ix: MilestoneIx) -> &MilestoneFacts {
        &self.milestones[ix.0]
    }

    /// What the days of a milestone say, in sentences, beside its health.
    pub(crate) fn milestone_notes(&self, roadmap: &Roadmap, ix: MilestoneIx) -> Vec<String> {
        let item = Target::Milestone(ix);
        let mut notes = self.bounds.notes(roadmap, item);
        if let (Some(earliest), Some(verdict)) = (self.bounds.earliest(item), &self.milestone(ix).health) {
            let (earliest, why) = (earliest.to_string(), verdict.why());
            notes.retain(|note| !why.contains(&earliest) || !note.contains(&earliest));
        }
        notes
    }

    /// Facts of one label.
    pub(crate) fn label(&self, ix: LabelIx) -> &LabelFacts {
        static UNUSED: LabelFacts = LabelFacts::UNUSED;
        self.labels[ix.0].as_deref().unwrap_or(&UNUSED)
    }

    /// How many issues have the label that most do.
    pub(crate) fn most_of_a_label(&self) -> usize {
        self.labels.iter().flatten().map(|facts| facts.issues.len()).max().unwrap_or_default()
    }
}

fn indexes<T: Copy>(links: &[crate::model::Link<T>], index: impl Fn(T) -> usize) -> Vec<usize> {
    links.iter().map(|link| index(link.to)).collect()
}

fn nested<T>(lists: Vec<Vec<usize>>, wrap: fn(usize) -> T) -> Vec<Vec<T>> {
    lists.into_iter().map(|list| list.into_iter().map(wrap).collect()).collect()
}

#[cfg(test)]
mod tests;
