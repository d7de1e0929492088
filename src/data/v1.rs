//! Version 1 of the published form.
//!
//! While the version stays, no member is taken away or changes its meaning; new ones may come. Every member is always there: what is not
//! known is `null`, and a list of which nothing is known is empty. Days are written as `2026-11-22`, those that are stated less exactly as they are written in the source. The doc comments are what
//! `roadbook schema data` says of each member.

use schemars::JsonSchema;
use serde::Serialize;

use super::words::number;
use crate::{
    facts::{Slip, Status},
    model::{Day, When},
    source::schema::{Health, State, StateReason},
};

/// The version that documents carry.
pub(crate) const VERSION: u32 = 1;

/// What kind of thing an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Something to be reached.
    Milestone,
    /// A piece of work.
    Issue,
    /// A label.
    Label,
}

impl Kind {
    /// What one is called.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Milestone => "milestone",
            Self::Issue => "issue",
            Self::Label => "label",
        }
    }
}

/// What milestones and issues have in common.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Work<'a> {
    /// Which of the two.
    pub(crate) kind: Kind,
    /// Its permanent name.
    pub(crate) id: &'a str,
    /// Its title, with the id that it may begin with.
    pub(crate) title: &'a str,
    /// Whether it is open or closed: as stated, or as GitHub said last.
    pub(crate) state: Option<State>,
    /// What follows from states, days and blockers; `unknown` also for an open issue that waits for one in another repository whose state
    /// is not known.
    pub(crate) status: Status,
    /// When work begins, as it is written: a day, or less exactly `2027-03`, `2027-Q1`, `2027-H1` or `2027`.
    pub(crate) start_on: Option<When>,
    /// When it is due, as it is written: a day, or less exactly `2027-03`, `2027-Q1`, `2027-H1`, `2027` or `later`.
    pub(crate) due_on: Option<When>,
    /// The last day by which it is due: of a month, a quarter, a half or a year its last one; `null` where it is due `later`.
    pub(crate) due_last: Option<Day>,
    /// When it was first planned to be done, as it is written.
    pub(crate) planned_due_on: Option<When>,
    /// The day on which it was closed.
    pub(crate) closed_on: Option<Day>,
    /// By how many days it is late on the as-of day; `null` where it is not, or is not known to be open.
    pub(crate) overdue_days: Option<i64>,
    /// By how many days `due_on` moved from `planned_due_on`, from last day to last day: negative where it is sooner, `null` where it did
    /// not move or one of them is `later`.
    pub(crate) slip_days: Option<i64>,
    /// The ids of what it is blocked by, done or not.
    pub(crate) blocked_by: Vec<&'a str>,
    /// The ids of those of them that are not done.
    pub(crate) waits_for: Vec<&'a str>,
    /// The ids of what is blocked by it.
    pub(crate) needed_by: Vec<&'a str>,
    /// What follows from stated days.
    #[serde(flatten)]
    pub(crate) bounds: Bounds<'a>,
    /// Whether its plan contradicts itself: it is part of a cycle, or a blocker is due after it.
    pub(crate) broken: bool,
    /// Whether it is kept out of the website.
    pub(crate) internal: bool,
}

impl Work<'_> {
    /// By how much its due date moved since it was first planned.
    pub(crate) fn slip(&self) -> Option<Slip> {
        Slip::between(self.planned_due_on?, self.due_on?)
    }
}

/// What follows from stated days.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Bounds<'a> {
    /// Before which day it cannot be done as planned, by stated days and lengths: a bound, not a forecast. `null` where it is
    /// done, or nothing says.
    pub(crate) earliest: Option<Day>,
    /// The same if every issue took one day: before it, it cannot be done at all.
    pub(crate) earliest_floor: Option<Day>,
    /// Whether it can never be done: it waits for itself, or for something that does.
    pub(crate) never: bool,
    /// By which day it is needed, so that the stated days of what comes after it can hold.
    pub(crate) needed_on: Option<Day>,
    /// By how many days it may be done after `earliest` before a stated day cannot hold, its own due date among them.
    pub(crate) slack: Option<i64>,
    /// By how many days it may be done after its due date, or after `earliest` where that is later, before `needed_on`.
    pub(crate) room: Option<i64>,
    /// The ids of what holds it up and its own, the first to be done first; empty where nothing else does. Of a long chain the
    /// last fifty.
    pub(crate) chain: Vec<&'a str>,
}

/// A milestone.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Milestone<'a> {
    /// What it has in common with issues.
    #[serde(flatten)]
    pub(crate) work: Work<'a>,
    /// Who answers for it.
    pub(crate) owner: Option<&'a str>,
    /// Its health by its dates; `null` where it has no due date or is due `later`, is not known to be open, or the as-of day is not known.
    pub(crate) health: Option<Health>,
    /// Why, in a few words; `null` where it is on track.
    pub(crate) health_why: Option<String>,
    /// Its health in its owner's words.
    pub(crate) stated_health: Option<Health>,
    /// When its owner said so.
    pub(crate) stated_on: Option<Day>,
    /// Whether that is more than 30 days before the as-of day.
    pub(crate) stated_is_stale: Option<bool>,
    /// How many of its issues are done.
    pub(crate) progress: Progress,
}

/// An issue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Issue<'a> {
    /// What it has in common with milestones.
    #[serde(flatten)]
    pub(crate) work: Work<'a>,
    /// Why it was closed, in GitHub's words.
    pub(crate) state_reason: Option<StateReason>,
    /// The day on which work on it began.
    pub(crate) begun_on: Option<Day>,
    /// The id of its milestone.
    pub(crate) milestone: Option<&'a str>,
    /// The names of its labels.
    pub(crate) labels: Vec<&'a str>,
    /// The GitHub logins of those who do it.
    pub(crate) assignees: Vec<&'a str>,
    /// Its GitHub issue type.
    #[serde(rename = "type")]
    pub(crate) kind: Option<&'a str>,
    /// The id of the issue that it is a part of.
    pub(crate) parent: Option<&'a str>,
    /// The issue that it is a part of, where that is in another repository.
    pub(crate) parent_elsewhere: Option<Elsewhere<'a>>,
    /// What it is blocked by in other repositories, done or not.
    pub(crate) blocked_elsewhere: Vec<Elsewhere<'a>>,
    /// How much work it is, in points.
    #[serde(serialize_with = "number")]
    pub(crate) estimate: Option<f64>,
    /// Whether it is on the critical path.
    pub(crate) critical: bool,
    /// Where it stands, in one line of plain text.
    pub(crate) note: Option<&'a str>,
}

/// An issue in another repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Elsewhere<'a> {
    /// What it is called: `owner/name#4`.
    pub(crate) name: &'a str,
    /// Its page on GitHub.
    pub(crate) url: String,
    /// Whether it was open or closed at the last snapshot; `null` where that is not known.
    pub(crate) state: Option<State>,
    /// Why it was closed.
    pub(crate) state_reason: Option<StateReason>,
    /// The day on which it was closed.
    pub(crate) closed_on: Option<Day>,
}

/// A label.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Label<'a> {
    /// `label`.
    pub(crate) kind: Kind,
    /// What it is called.
    pub(crate) name: &'a str,
    /// What it means.
    pub(crate) description: Option<&'a str>,
    /// Its colour, as six hexadecimal digits.
    pub(crate) color: Option<&'a str>,
    /// How many of the issues with this label are done.
    pub(crate) progress: Progress,
    /// Whether it is kept out of the website.
    pub(crate) internal: bool,
}

/// How far work has come, in issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Progress {
    /// The issues that count: all but those that were dropped.
    pub(crate) issues: usize,
    /// Those of them that are done.
    pub(crate) closed: usize,
    /// Those that are open.
    pub(crate) open: usize,
    /// Those whose state nobody has stated.
    pub(crate) unknown: usize,
    /// How many others were dropped: closed as not planned, or as a duplicate.
    pub(crate) dropped: usize,
    /// The share that is done, in whole percent, rounded down; `null` where any state is unknown, or there is no issue.
    pub(crate) percent: Option<usize>,
}

/// A phase of the implementation guide.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(crate) struct Phase<'a> {
    /// What it is called.
    pub(crate) title: &'a str,
    /// The ids of its milestones.
    pub(crate) milestones: Vec<&'a str>,
}

/// A milestone or an issue; `kind` says which.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Item<'a> {
    /// A milestone.
    Milestone(Box<Milestone<'a>>),
    /// An issue.
    Issue(Box<Issue<'a>>),
}

impl<'a> Item<'a> {
    /// What both have.
    pub(crate) fn work(&self) -> &Work<'a> {
        match self {
            Self::Milestone(milestone) => &milestone.work,
            Self::Issue(issue) => &issue.work,
        }
    }

    /// Who is named on it: the owner, or the assignees.
    pub(crate) fn people(&self) -> &[&'a str] {
        match self {
            Self::Milestone(milestone) => milestone.owner.as_slice(),
            Self::Issue(issue) => &issue.assignees,
        }
    }
}

/// The columns of the table, between commas: members of milestones and issues, those of an object behind its name and a dot.
pub(crate) const COLUMNS: &str = "kind,id,title,milestone,owner,assignees,labels,type,parent,parent_elsewhere.name,state,state_reason,\
status,start_on,begun_on,due_on,due_last,planned_due_on,closed_on,overdue_days,slip_days,estimate,\
blocked_by,blocked_elsewhere,waits_for,needed_by,critical,broken,earliest,earliest_floor,never,\
needed_on,slack,room,chain,health,health_why,stated_health,stated_on,stated_is_stale,\
progress.issues,progress.closed,progress.open,progress.unknown,progress.dropped,progress.percent,\
note,internal";
