//! Lanes: milestones and their issues over days, a small picture a row of a page.
//!
//! Places are percentages of a row's track, so that a row fills any width and its words never stretch. What lies behind all
//! rows of a milestone (grid, as-of line, arrows) is one picture of its own; an arrow is cut into the pieces that pass each
//! milestone, and so stays whole when rows are opened.

mod arrows;
mod bar;
mod begun;
mod head;
mod item;
mod track;

use super::axis::Axis;
use crate::{
    data::Baseline,
    facts::{Facts, Status},
    model::{Day, IssueIx, MilestoneIx, Roadmap},
};
pub(crate) use begun::{Period, STATUSES};
use item::Item;

/// What a row of lanes is about: a milestone or none, and issues.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The milestone; `None` for issues without one.
    pub(crate) milestone: Option<MilestoneIx>,
    /// All its issues.
    pub(crate) issues: Vec<IssueIx>,
}

/// What is drawn of milestones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Bars from the first day to the due date.
    Bars,
    /// How many issues began when: nothing is due.
    Begun(begun::Columns),
}

/// Rows over one axis of days.
#[derive(Debug)]
pub(crate) struct Lanes<'a> {
    roadmap: &'a Roadmap,
    facts: &'a Facts,
    baseline: Option<&'a Baseline>,
    groups: &'a [Group],
    axis: Axis,
    kind: Kind,
    /// The last day that is given, where nobody says what day it is and nothing is due.
    last: Option<Day>,
    /// The pieces of arrows behind each group.
    arrows: Vec<String>,
}

/// Something that a legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Mark {
    /// The part of a bar that is done.
    Share,
    /// A due date.
    Due,
    /// The day that was planned first.
    Planned,
    /// The days of the baseline.
    Base,
    /// Days that follow from those of issues.
    Derived,
    /// Begun, and due on no day.
    Open,
    /// What is late.
    Late,
    /// What is needed by something.
    Arrow,
    /// A dependency that the days contradict.
    Broken,
}

impl<'a> Lanes<'a> {
    /// Lays the groups out; `None` where nothing of them has a day. `has_due` is whether anything of the roadmap is due.
    pub(crate) fn new(
        roadmap: &'a Roadmap,
        facts: &'a Facts,
        baseline: Option<&'a Baseline>,
        groups: &'a [Group],
        has_due: bool,
    ) -> Option<Self> {
        let issues = groups.iter().flat_map(|group| &group.issues);
        let issues: Vec<_> = issues.flat_map(|ix| Item::issue(roadmap, facts, *ix).days()).collect();
        let last = issues.iter().max().copied().filter(|_| facts.as_of.is_none() && !has_due);
        let milestones = groups.iter().filter_map(|group| group.milestone);
        let milestones = milestones.flat_map(|ix| Item::milestone(roadmap, facts, baseline, ix).days());
        let mut days: Vec<_> = issues.into_iter().chain(milestones).collect();
        // Where nothing has a day there is no axis for the day of today.
        let as_of = facts.as_of.filter(|_| !days.is_empty());
        days.extend(as_of);
        let axis = Axis::new(days.into_iter(), 0, track::WHOLE)?;
        let kind = match has_due {
            true => Kind::Bars,
            false => Kind::Begun(begun::Columns::of(roadmap, facts, groups, &axis)),
        };
        let mut lanes = Self { roadmap, facts, baseline, groups, axis, kind, last, arrows: Vec::new() };
        lanes.arrows = arrows::behind(&lanes);
        Some(lanes)
    }

    /// The names of days above all rows.
    pub(crate) fn head(&self) -> String {
        head::names(&self.axis, self.facts.as_of, self.last)
    }

    /// The lines behind all rows.
    pub(crate) fn grid(&self) -> String {
        head::lines(&self.axis, self.facts.as_of, self.last)
    }

    /// The pieces of arrows behind the rows of a group; empty where none passes.
    pub(crate) fn behind(&self, group: usize) -> String {
        self.arrows
            .get(group)
            .filter(|pieces| !pieces.is_empty())
            .map(|it| head::behind(it))
            .unwrap_or_default()
    }

    /// The row of a group: its milestone's bar, or how many of its issues began when.
    pub(crate) fn group(&self, group: usize) -> String {
        let group = &self.groups[group];
        match self.kind {
            Kind::Begun(period) => begun::draw(self, group, period),
            Kind::Bars => self.bar(&self.item(group), bar::MILESTONE),
        }
    }

    /// The same in less room, on the small timeline.
    pub(crate) fn small(&self, group: usize) -> String {
        self.bar(&self.item(&self.groups[group]), bar::SMALL)
    }

    fn item(&self, group: &Group) -> Item {
        match group.milestone {
            Some(ix) => self.milestone(ix),
            None => Item::of_issues(self.roadmap, self.facts, &group.issues),
        }
    }

    /// The row of an issue.
    pub(crate) fn issue(&self, ix: IssueIx) -> String {
        self.bar(&Item::issue_with_words(self.roadmap, self.facts, ix), bar::ISSUE)
    }

    /// Whether rows of milestones show when their issues began, since nothing is due.
    pub(crate) fn shows_begun(&self) -> bool {
        self.kind != Kind::Bars
    }

    /// How many years the axis is long, rounded up to 1, 2, 4, 8 or 16.
    pub(crate) fn years(&self) -> i64 {
        [1, 2, 4, 8].into_iter().find(|years| self.axis.days() <= years * 366).unwrap_or(16)
    }

    /// What the rows show, for a legend; `shown` are the issues that have one.
    pub(crate) fn marks(&self, shown: impl Iterator<Item = IssueIx>) -> Vec<Mark> {
        let issues = shown.map(|ix| Item::issue(self.roadmap, self.facts, ix));
        let groups = self.groups.iter().filter(|_| self.kind == Kind::Bars).map(|group| self.item(group));
        let mut marks: Vec<_> = issues.chain(groups).flat_map(|item| item.marks()).collect();
        marks.extend(self.arrows.iter().any(|it| it.contains("class=\"arrow\"")).then_some(Mark::Arrow));
        marks.extend(self.arrows.iter().any(|it| it.contains("broken")).then_some(Mark::Broken));
        marks.sort_unstable();
        marks.dedup();
        marks
    }

    fn bar(&self, item: &Item, shape: bar::Shape) -> String {
        bar::draw(item, &self.axis, self.facts.as_of, shape)
    }

    fn milestone(&self, ix: MilestoneIx) -> Item {
        Item::milestone(self.roadmap, self.facts, self.baseline, ix)
    }
}

/// The class that colours a row.
fn class(status: Status) -> &'static str {
    super::class(status)
}
