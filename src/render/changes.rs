//! What has changed, as the website tells it: lines by days, made from the history of the source.

use super::picture::Picture;
use crate::data::{Baseline, Slips};
use crate::model::{Day, Id, IssueIx, LabelIx, Target};

/// What has changed, the latest day first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    /// The days on which something did.
    pub(crate) days: Vec<ChangeDay>,
    /// When the roadmap was first there, and how large, in words; empty where that lies before all this.
    pub(crate) began: String,
    /// How due dates of milestones moved.
    pub(crate) slips: Slips,
    /// What became of the milestones of an earlier revision, where one was named.
    pub(crate) baseline: Option<Baseline>,
    /// How work flows.
    pub(crate) flow: WorkFlow,
}

/// How work flows: facts of the past, in words and pictures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WorkFlow {
    /// What was closed, added and dropped, and what the team's pace allows.
    pub(crate) sentences: Vec<String>,
    /// What was closed in each week.
    pub(crate) weeks: Option<Picture>,
    /// What was closed by which day, below how many issues there were.
    pub(crate) burnup: Option<Picture>,
    /// Issues that are in progress or ready, and since when, where that is known.
    pub(crate) since: Vec<(IssueIx, String)>,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeDay {
    /// The day, in UTC.
    pub(crate) day: Day,
    /// When the last of it was committed, in seconds since 1970-01-01 00:00 UTC.
    pub(crate) seconds: i64,
    /// How many changes of which kind, in words.
    pub(crate) counts: String,
    /// The changes, those that matter most first.
    pub(crate) lines: Vec<ChangeLine>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeLine {
    /// The word for it, as `Slipped`.
    pub(crate) word: std::borrow::Cow<'static, str>,
    /// The class that gives it its shape and colour.
    pub(crate) class: &'static str,
    /// The id of the item, of a label its name.
    pub(crate) id: String,
    /// Its title without the id.
    pub(crate) title: String,
    /// What happened, in plain words.
    pub(crate) words: String,
    /// The item as it is in the public roadmap; `None` where it is gone.
    pub(crate) item: Option<Target>,
    /// The label as it is in the public roadmap.
    pub(crate) label: Option<LabelIx>,
}

impl ChangeLine {
    /// Its id, where that tells more than its title.
    pub(crate) fn own_id(&self) -> &str {
        let repeats = Id::new(&self.id).is_some_and(|id| !self.title.is_empty() && id.repeats(&self.title));
        if repeats { "" } else { &self.id }
    }
}
