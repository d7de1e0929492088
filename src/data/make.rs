//! The published form, made from what a roadmap says and what follows from it.

use super::v1::{Bounds, Elsewhere, Issue, Item, Kind, Label, Milestone, Phase, Progress, Work};
use crate::{
    facts::{self, Facts, bounds::words::id_of},
    model::{self, IssueIx, LabelIx, MilestoneIx, Roadmap, Target, When},
};

/// How many items of a chain are told.
const MOST_OF_CHAIN: usize = 50;

/// A roadmap, as other programs read it.
#[derive(Clone, Copy)]
pub(crate) struct Data<'r> {
    roadmap: &'r Roadmap,
    facts: &'r Facts,
}

impl<'r> Data<'r> {
    /// The data of a roadmap.
    pub(crate) fn new(roadmap: &'r Roadmap, facts: &'r Facts) -> Self {
        Self { roadmap, facts }
    }

    /// A milestone.
    pub(crate) fn milestone(&self, ix: MilestoneIx) -> Milestone<'r> {
        let (milestone, own) = (&self.roadmap.milestones[ix.0], self.facts.milestone(ix));
        Milestone {
            work: Work {
                kind: Kind::Milestone,
                id: milestone.id.as_str(),
                title: &milestone.title,
                state: milestone.known_state(),
                status: own.status,
                start_on: milestone.start_on,
                due_on: milestone.known_due_on(),
                due_last: milestone.known_due_on().and_then(When::last),
                planned_due_on: milestone.planned_due_on,
                closed_on: milestone.snapshot.closed_on,
                overdue_days: own.overdue,
                slip_days: own.slip.map(|slip| slip.days),
                blocked_by: self.milestone_ids(milestone.blocked_by.iter().map(|link| link.to)),
                waits_for: self.milestone_ids(own.waiting_for.iter().copied()),
                needed_by: self.milestone_ids(own.needed_by.iter().copied()),
                broken: own.broken,
                bounds: self.bounds(Target::Milestone(ix)),
                internal: milestone.internal,
            },
            owner: milestone.owner.as_deref(),
            health: own.health.as_ref().map(|verdict| verdict.health),
            health_why: own.health.as_ref().map(facts::Verdict::why).filter(|why| !why.is_empty()),
            stated_health: own.stated.map(|stated| stated.health),
            stated_on: own.stated.map(|stated| stated.on),
            stated_is_stale: own.stated.map(|stated| stated.stale),
            progress: (&own.progress).into(),
        }
    }

    /// An issue.
    pub(crate) fn issue(&self, ix: IssueIx) -> Issue<'r> {
        let (issue, own) = (&self.roadmap.issues[ix.0], self.facts.issue(ix));
        Issue {
            work: Work {
                kind: Kind::Issue,
                id: issue.id.as_str(),
                title: &issue.title,
                state: issue.known_state(),
                status: own.status,
                start_on: issue.start_on,
                due_on: issue.due_on,
                due_last: issue.due_on.and_then(When::last),
                planned_due_on: issue.planned_due_on,
                closed_on: issue.known_closed_on(),
                overdue_days: own.overdue,
                slip_days: own.slip.map(|slip| slip.days),
                blocked_by: self.issue_ids(issue.blocked_by().iter().map(|link| link.to)),
                waits_for: self.issue_ids(own.waiting_for.iter().copied()),
                needed_by: self.issue_ids(own.needed_by.iter().copied()),
                broken: own.broken,
                bounds: self.bounds(Target::Issue(ix)),
                internal: own.internal,
            },
            state_reason: issue.known_reason(),
            begun_on: issue.begun_on,
            milestone: issue.milestone.get().map(|ix| self.milestone_id(*ix)),
            labels: issue.labels().iter().map(|link| self.roadmap.labels[link.to.0].name.as_str()).collect(),
            assignees: issue.assignees().iter().map(String::as_str).collect(),
            kind: issue.kind.get().map(String::as_str),
            parent: issue.parent.get().map(|ix| self.issue_id(*ix)),
            parent_elsewhere: issue.parent_elsewhere.as_deref().map(Elsewhere::from),
            blocked_elsewhere: issue.blocked_elsewhere.iter().map(|link| (&link.to).into()).collect(),
            estimate: issue.estimate,
            critical: own.critical_step.is_some(),
            note: issue.note.as_deref(),
        }
    }

    fn bounds(&self, item: Target) -> Bounds<'r> {
        let bounds = &self.facts.bounds;
        let chain = bounds.chain_of(item, MOST_OF_CHAIN);
        Bounds {
            earliest: bounds.earliest(item),
            earliest_floor: bounds.floor(item),
            never: bounds.is_never(item),
            needed_on: bounds.needed(item).map(|needed| needed.on),
            slack: bounds.slack(item),
            room: bounds.room(item),
            chain: if chain.len() > 1 { self.ids(&chain) } else { Vec::new() },
        }
    }

    /// The ids of milestones and issues.
    pub(crate) fn ids(&self, items: &[Target]) -> Vec<&'r str> {
        items.iter().map(|item| id_of(self.roadmap, *item)).collect()
    }

    /// A label.
    pub(crate) fn label(&self, ix: LabelIx) -> Label<'r> {
        let (label, own) = (&self.roadmap.labels[ix.0], self.facts.label(ix));
        let color = label.color.get().map(|color| color.strip_prefix('#').unwrap_or(color));
        let is_color = |color: &&str| color.len() == 6 && color.bytes().all(|byte| byte.is_ascii_hexdigit());
        Label {
            kind: Kind::Label,
            name: &label.name,
            description: label.description.get().map(String::as_str),
            color: color.filter(is_color),
            progress: (&own.progress).into(),
            internal: label.internal,
        }
    }

    /// The phases, in their order.
    pub(crate) fn phases(&self) -> impl Iterator<Item = Phase<'r>> {
        self.roadmap.phases.iter().map(|phase| Phase {
            title: &phase.title,
            milestones: self.milestone_ids(phase.milestones.iter().map(|link| link.to)),
        })
    }

    /// All milestones, then all issues, in the order of the source.
    pub(crate) fn work(&self) -> impl Iterator<Item = Item<'r>> {
        let milestones =
            self.roadmap.milestones().map(|(ix, _)| Item::Milestone(Box::new(self.milestone(ix))));
        let issues = self.roadmap.issues().map(|(ix, _)| Item::Issue(Box::new(self.issue(ix))));
        milestones.chain(issues)
    }

    /// The ids of some issues.
    pub(crate) fn issue_ids(&self, issues: impl Iterator<Item = IssueIx>) -> Vec<&'r str> {
        issues.map(|ix| self.issue_id(ix)).collect()
    }

    /// The ids of some milestones.
    pub(crate) fn milestone_ids(&self, milestones: impl Iterator<Item = MilestoneIx>) -> Vec<&'r str> {
        milestones.map(|ix| self.milestone_id(ix)).collect()
    }

    fn issue_id(&self, ix: IssueIx) -> &'r str {
        self.roadmap.issues[ix.0].id.as_str()
    }

    fn milestone_id(&self, ix: MilestoneIx) -> &'r str {
        self.roadmap.milestones[ix.0].id.as_str()
    }
}

impl<'r> From<&'r model::Elsewhere> for Elsewhere<'r> {
    fn from(elsewhere: &'r model::Elsewhere) -> Self {
        let model::Stated { state, state_reason, closed_on, .. } = elsewhere.snapshot;
        Self { name: &elsewhere.text, url: elsewhere.name.url(), state, state_reason, closed_on }
    }
}

impl From<&facts::Progress> for Progress {
    fn from(progress: &facts::Progress) -> Self {
        let facts::Progress { total, closed, open, unknown, dropped, .. } = *progress;
        Self { issues: total, closed, open, unknown, dropped, percent: progress.percent() }
    }
}
