//! Milestones and issues as a report tells of them.

use serde::Serialize;

use super::why::{Cause, why};
use crate::{
    facts::{Facts, health_words},
    history::ItemKind,
    model::{Day, IssueIx, MilestoneIx, Roadmap, Target, title_without_id},
};

/// A milestone or an issue.
#[derive(Debug, Clone, Serialize)]
pub struct Item<'a> {
    /// Which of the two.
    pub item: ItemKind,
    /// Its id.
    pub id: &'a str,
    /// Its title without the id.
    pub title: &'a str,
    /// How it stands, as `in progress`.
    pub status: &'static str,
    /// When it is due.
    pub due_on: Option<Day>,
    /// When it was first to be done.
    pub planned_due_on: Option<Day>,
    /// By how many days it is late.
    pub overdue_days: Option<i64>,
    /// By how many days it is due later than planned.
    pub slip_days: Option<i64>,
    /// The milestone that an issue belongs to.
    pub milestone: Option<&'a str>,
    /// Owner or assignees.
    pub people: Vec<&'a str>,
    /// What it waits for and is not done.
    pub waits_for: Vec<Waits<'a>>,
    /// The chain that pushes it: each is late or due later because of the next.
    pub why: Vec<Cause<'a>>,
    /// Whether it is kept out of the site.
    pub internal: bool,
}

/// Something that is waited for.
#[derive(Debug, Clone, Serialize)]
pub struct Waits<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its title without the id.
    pub title: &'a str,
    /// By how many days it is late itself.
    pub overdue_days: Option<i64>,
}

/// A milestone with its progress and health.
#[derive(Debug, Clone, Serialize)]
pub struct MilestoneRow<'a> {
    /// What is told of every item.
    #[serde(flatten)]
    pub item: Item<'a>,
    /// How many issues it has.
    pub issues: usize,
    /// How many of them are closed.
    pub closed: usize,
    /// The share that is closed, rounded down.
    pub percent: Option<usize>,
    /// How it stands by its dates, as `off track`.
    pub health: Option<&'static str>,
    /// Why; empty where it is on track.
    pub health_why: &'a str,
    /// How it stands in its owner's words.
    pub stated: Option<Stated>,
}

/// What an owner said of a milestone.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Stated {
    /// As `at risk`.
    pub health: &'static str,
    /// When.
    pub on: Day,
    /// Whether that is more than 30 days ago.
    pub stale: bool,
}

/// Makes rows.
pub(super) struct Rows<'a> {
    roadmap: &'a Roadmap,
    facts: &'a Facts,
}

impl<'a> Rows<'a> {
    pub(super) fn new(roadmap: &'a Roadmap, facts: &'a Facts) -> Self {
        Self { roadmap, facts }
    }

    pub(super) fn issue(&self, ix: IssueIx) -> Item<'a> {
        let (issue, own) = (&self.roadmap.issues[ix.0], self.facts.issue(ix));
        let waits = |ix: &IssueIx| {
            let (other, facts) = (&self.roadmap.issues[ix.0], self.facts.issue(*ix));
            Waits { id: other.id.as_str(), title: other.short_title(), overdue_days: facts.overdue }
        };
        Item {
            item: ItemKind::Issue,
            id: issue.id.as_str(),
            title: issue.short_title(),
            status: own.status.words(),
            due_on: issue.due_on,
            planned_due_on: issue.planned_due_on,
            overdue_days: own.overdue,
            slip_days: own.slip,
            milestone: issue.milestone.get().map(|ix| self.roadmap.milestones[ix.0].id.as_str()),
            people: issue.assignees().iter().map(String::as_str).collect(),
            waits_for: own.waiting_for.iter().map(waits).collect(),
            why: Vec::new(),
            internal: own.internal,
        }
    }

    fn milestone_item(&self, ix: MilestoneIx) -> Item<'a> {
        let (milestone, own) = (&self.roadmap.milestones[ix.0], self.facts.milestone(ix));
        let waits = |ix: &MilestoneIx| {
            let (other, facts) = (&self.roadmap.milestones[ix.0], self.facts.milestone(*ix));
            let title = title_without_id(&other.title, &other.id);
            Waits { id: other.id.as_str(), title, overdue_days: facts.overdue }
        };
        Item {
            item: ItemKind::Milestone,
            id: milestone.id.as_str(),
            title: title_without_id(&milestone.title, &milestone.id),
            status: own.status.words(),
            due_on: milestone.known_due_on(),
            planned_due_on: milestone.planned_due_on,
            overdue_days: own.overdue,
            slip_days: own.slip,
            milestone: None,
            people: milestone.owner.as_deref().into_iter().collect(),
            waits_for: own.waiting_for.iter().map(waits).collect(),
            why: Vec::new(),
            internal: milestone.internal,
        }
    }

    pub(super) fn milestone(&self, ix: MilestoneIx) -> MilestoneRow<'a> {
        let own = self.facts.milestone(ix);
        let stated = |stated: crate::facts::StatedHealth| Stated {
            health: health_words(stated.health),
            on: stated.on,
            stale: stated.stale,
        };
        MilestoneRow {
            item: self.milestone_item(ix),
            issues: own.progress.total,
            closed: own.progress.closed,
            percent: own.progress.percent(),
            health: own.health.as_ref().map(|verdict| health_words(verdict.health)),
            health_why: own.health.as_ref().map_or("", |verdict| &verdict.why),
            stated: own.stated.map(stated),
        }
    }

    /// Milestones and issues that are not done and have this many days, most first, each with what pushes it.
    pub(super) fn late(&self, days: impl Fn(&Item<'a>) -> Option<i64>) -> Vec<Item<'a>> {
        let milestones =
            self.roadmap.milestones().map(|(ix, _)| (Target::Milestone(ix), self.milestone_item(ix)));
        let issues = self.roadmap.issues().map(|(ix, _)| (Target::Issue(ix), self.issue(ix)));
        let open = milestones.chain(issues).filter(|(_, item)| item.status != "done");
        let mut late: Vec<_> = open.filter_map(|(ix, item)| Some((days(&item)?, ix, item))).collect();
        late.sort_by_key(|(days, _, item)| (std::cmp::Reverse(*days), item.item));
        late.into_iter()
            .map(|(_, ix, item)| Item { why: why(self.roadmap, self.facts, ix), ..item })
            .collect()
    }
}
