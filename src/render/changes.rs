//! What has changed, as the website tells it: lines by days, made from the history of the source.

use super::picture::Picture;
use crate::data::{Baseline, Slips};
use crate::model::{Day, IssueIx, LabelIx, Target};

/// What has changed, the latest day first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The days on which something did.
    pub days: Vec<ChangeDay>,
    /// When the roadmap was first there, and how large, in words; empty where that lies before all this.
    pub began: String,
    /// How due days of milestones moved.
    pub slips: Slips,
    /// What became of the milestones of an earlier revision, where one was named.
    pub baseline: Option<Baseline>,
    /// How work flows.
    pub flow: WorkFlow,
}

/// How work flows: facts of the past, in words and pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkFlow {
    /// What was closed, added and dropped, and what the team's pace allows.
    pub sentences: Vec<String>,
    /// What was closed in each week.
    pub weeks: Option<Picture>,
    /// What was closed by which day, below how many issues there were.
    pub burnup: Option<Picture>,
    /// Issues that are in progress or ready, and since when, where that is known.
    pub since: Vec<(IssueIx, String)>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeDay {
    /// The day, in UTC.
    pub day: Day,
    /// When the last of it was committed, in seconds since 1970-01-01 00:00 UTC.
    pub seconds: i64,
    /// How many changes of which kind, in words.
    pub counts: String,
    /// The changes, those that matter most first.
    pub lines: Vec<ChangeLine>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// The word for it, as `Slipped`.
    pub word: std::borrow::Cow<'static, str>,
    /// The class that gives it its shape and colour.
    pub class: &'static str,
    /// The id of the item, of a label its name.
    pub id: String,
    /// Its title without the id.
    pub title: String,
    /// What happened, in plain words.
    pub words: String,
    /// The item as it is in the public roadmap; `None` where it is gone.
    pub item: Option<Target>,
    /// The label as it is in the public roadmap.
    pub label: Option<LabelIx>,
}
