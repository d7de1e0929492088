//! Milestones and issues as a report tells of them: as data, with what only people read beside it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::why::{Cause, why};
use crate::{
    data::{
        Data,
        v1::{Item, Milestone, Work},
    },
    facts::{Facts, Status},
    model::{IssueIx, MilestoneIx, Roadmap, Target, When, title_without_id},
};

/// Of how many rows of a list it is told what they push.
const MOST_PUSHING: usize = 25;

/// A milestone or an issue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "Reported")]
pub(crate) struct Row<'a> {
    /// The item.
    #[serde(flatten)]
    pub(crate) item: Item<'a>,
    /// The chain that pushes it: each is late or due later because of the next.
    pub(crate) why: Vec<Cause<'a>>,
    /// What only people read.
    #[serde(skip)]
    pub(crate) aside: Aside<'a>,
}

/// A milestone with what only people read.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "ReportedMilestone")]
pub(crate) struct MilestoneRow<'a> {
    /// The milestone.
    #[serde(flatten)]
    pub(crate) milestone: Milestone<'a>,
    /// What only people read.
    #[serde(skip)]
    pub(crate) aside: Aside<'a>,
}

/// What people read of an item beside its data.
#[derive(Debug, Clone)]
pub(crate) struct Aside<'a> {
    /// Its title without the id.
    pub(crate) title: &'a str,
    /// What it waits for: the id, and by how many days that is late.
    pub(crate) waits_for: Vec<(&'a str, Option<i64>)>,
    /// What a delay of it pushes, where that is told.
    pub(crate) pushes: Option<String>,
    /// Since when it is in progress or ready, in words, where that is known.
    pub(crate) since: Option<String>,
}

impl MilestoneRow<'_> {
    /// Its health by its dates with the reason, as `off track: overdue by 7 days`; without a health its status.
    pub(crate) fn health_words(&self) -> String {
        match (self.milestone.health, &self.milestone.health_why) {
            (Some(health), Some(why)) => format!("{}: {why}", health.words()),
            (Some(health), None) => health.words().to_owned(),
            (None, _) => self.milestone.work.status.words().to_owned(),
        }
    }

    /// What its owner said of it while it is open, as `at risk (2026-11-06, long ago)`.
    pub(crate) fn said(&self) -> Option<String> {
        let Milestone { stated_health, stated_on, stated_is_stale, work, .. } = &self.milestone;
        let words = stated_health.as_ref().filter(|_| !work.status.is_closed())?.words();
        let stale = if (*stated_is_stale)? { ", long ago" } else { "" };
        Some(format!("{words} ({}{stale})", (*stated_on)?))
    }
}

impl<'a> Row<'a> {
    /// What milestones and issues have in common.
    pub(crate) fn work(&self) -> &Work<'a> {
        self.item.work()
    }

    /// Who is named on it, as `ada, linus`.
    pub(crate) fn people(&self) -> String {
        self.item.people().join(", ")
    }
}

/// Makes rows.
pub(super) struct Rows<'a> {
    roadmap: &'a Roadmap,
    facts: &'a Facts,
    data: Data<'a>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(roadmap: &'a Roadmap, facts: &'a Facts) -> Self {
        Self { roadmap, facts, data: Data::new(roadmap, facts) }
    }

    pub(super) fn issue(&self, ix: IssueIx) -> Row<'a> {
        let waits = |ix: &IssueIx| (self.roadmap.issues[ix.0].id.as_str(), self.facts.issue(*ix).overdue);
        let elsewhere = self.roadmap.issues[ix.0].waiting_elsewhere().map(|it| (it.text.as_str(), None));
        Row {
            item: Item::Issue(Box::new(self.data.issue(ix))),
            why: Vec::new(),
            aside: Aside {
                title: self.roadmap.issues[ix.0].short_title(),
                waits_for: self.facts.issue(ix).waiting_for.iter().map(waits).chain(elsewhere).collect(),
                pushes: None,
                since: None,
            },
        }
    }

    pub(super) fn milestone(&self, ix: MilestoneIx) -> MilestoneRow<'a> {
        let milestone = &self.roadmap.milestones[ix.0];
        let waits =
            |ix: &MilestoneIx| (self.roadmap.milestones[ix.0].id.as_str(), self.facts.milestone(*ix).overdue);
        MilestoneRow {
            milestone: self.data.milestone(ix),
            aside: Aside {
                title: title_without_id(&milestone.title, &milestone.id),
                waits_for: self.facts.milestone(ix).waiting_for.iter().map(waits).collect(),
                pushes: None,
                since: None,
            },
        }
    }

    /// The issues of a status, the soonest due first, with since when they have it.
    pub(super) fn standing(&self, status: Status, since: &BTreeMap<&str, String>) -> Vec<Row<'a>> {
        let all = self.roadmap.issues().map(|(ix, _)| ix);
        let mut items: Vec<_> =
            all.filter(|ix| self.facts.issue(*ix).status == status).map(|ix| self.issue(ix)).collect();
        items.sort_by_key(|row| (row.work().due_on.is_none(), row.work().due_on.map(When::order)));
        for row in &mut items {
            row.aside.since = since.get(row.work().id).cloned();
        }
        items
    }

    /// A milestone or an issue, with what pushes it.
    pub(super) fn row(&self, item: Target) -> Row<'a> {
        let row = match item {
            Target::Issue(ix) => self.issue(ix),
            Target::Milestone(ix) => {
                let MilestoneRow { milestone, aside } = self.milestone(ix);
                Row { item: Item::Milestone(Box::new(milestone)), why: Vec::new(), aside }
            }
        };
        Row { why: why(self.roadmap, self.facts, item), ..row }
    }

    /// Which item a row tells of.
    fn by_id(&self, row: &Row<'a>) -> Option<Target> {
        let id = row.work().id;
        match row.item {
            Item::Issue(_) => {
                let mut all = self.roadmap.issues();
                all.find(|(_, issue)| issue.id.as_str() == id).map(|(ix, _)| Target::Issue(ix))
            }
            Item::Milestone(_) => {
                let mut all = self.roadmap.milestones();
                all.find(|(_, milestone)| milestone.id.as_str() == id).map(|(ix, _)| Target::Milestone(ix))
            }
        }
    }

    /// Milestones and issues that are not done and have this many days, of those that they are late and have slipped; most first, each
    /// with what pushes it.
    pub(super) fn late(&self, days: impl Fn(Option<i64>, Option<i64>) -> Option<i64>) -> Vec<Row<'a>> {
        let milestones = self.roadmap.milestones().map(|(ix, _)| {
            let own = self.facts.milestone(ix);
            (Target::Milestone(ix), own.status, days(own.overdue, own.slip.map(|slip| slip.days)))
        });
        let issues = self.roadmap.issues().map(|(ix, _)| {
            let own = self.facts.issue(ix);
            (Target::Issue(ix), own.status, days(own.overdue, own.slip.map(|slip| slip.days)))
        });
        let open = milestones.chain(issues).filter(|(_, status, _)| !status.is_closed());
        let mut late: Vec<_> = open.filter_map(|(item, _, days)| Some((days?, item))).collect();
        // Sorting is stable: milestones come first, then the order of the source.
        late.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
        late.into_iter().map(|(_, item)| self.row(item)).collect()
    }

    /// Rows with what a delay of each pushes: of as many as people are shown, since each is counted by itself.
    pub(super) fn pushing(&self, mut rows: Vec<Row<'a>>) -> Vec<Row<'a>> {
        for row in rows.iter_mut().take(MOST_PUSHING) {
            let item = self.by_id(row);
            row.aside.pushes = item.and_then(|item| self.facts.bounds.pushed_words(self.roadmap, item));
        }
        rows
    }
}
