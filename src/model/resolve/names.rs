//! What a name in the source may mean.

use std::collections::BTreeMap;

use crate::{
    model::{Id, IssueIx, LabelIx, MilestoneIx},
    report::closest,
    source::Document,
};

/// Past this many guesses a run tells what is unknown without one: each costs a look at every name.
const MOST_GUESSES: usize = 100;

/// The names of all milestones, issues and labels, each with what it means.
pub(super) struct Names {
    milestones: BTreeMap<Id, usize>,
    titles: BTreeMap<String, Vec<MilestoneIx>>,
    issues: BTreeMap<Id, usize>,
    pub(super) labels: LabelNames,
    guesses: usize,
}

/// What a milestone's name came to.
pub(super) enum Found {
    /// One milestone bears it.
    One(MilestoneIx),
    /// Several milestones bear this title.
    Several(usize),
    /// None does; this name is close.
    None(Option<String>),
}

impl Names {
    /// The names, by what bears each id first: of two equal ids that one keeps its name, and the other was reported.
    pub(super) fn new(
        document: &Document,
        (milestones, issues): (BTreeMap<Id, usize>, BTreeMap<Id, usize>),
        labels: LabelNames,
    ) -> Self {
        let mut titles = BTreeMap::<_, Vec<_>>::new();
        for (ix, milestone) in document.milestones.iter().enumerate() {
            titles.entry(milestone.value.title.trim().to_owned()).or_default().push(MilestoneIx(ix));
        }
        Self { milestones, titles, issues, labels, guesses: 0 }
    }

    /// The milestone of this id, else of this exact title.
    pub(super) fn milestone(&mut self, name: &str) -> Found {
        if let Some(ix) = get(&self.milestones, name) {
            return Found::One(MilestoneIx(ix));
        }
        match self.titles.get(name.trim()).map(Vec::as_slice) {
            Some([ix]) => Found::One(*ix),
            Some(several) => Found::Several(several.len()),
            None => {
                let names = self.milestones.keys().map(Id::key).chain(self.titles.keys().map(String::as_str));
                let close = guess(&mut self.guesses, name, names);
                Found::None(close.map(|close| as_written(&self.milestones, close)))
            }
        }
    }

    /// The milestone of this id.
    pub(super) fn milestone_id(&mut self, id: &str) -> Result<MilestoneIx, Option<String>> {
        closest_id(&self.milestones, &mut self.guesses, id).map(MilestoneIx)
    }

    /// The issue of this id.
    pub(super) fn issue(&mut self, id: &str) -> Result<IssueIx, Option<String>> {
        closest_id(&self.issues, &mut self.guesses, id).map(IssueIx)
    }

    /// The name of a label that is close to this one.
    pub(super) fn close_label(&mut self, name: &str) -> Option<String> {
        guess(&mut self.guesses, name, self.labels.exact.keys().map(String::as_str))
    }
}

/// The place of what bears this id.
fn get(ids: &BTreeMap<Id, usize>, id: &str) -> Option<usize> {
    ids.get(id.to_ascii_lowercase().as_str()).copied()
}

/// The place of what bears this id; else the id that is close to it.
fn closest_id(ids: &BTreeMap<Id, usize>, guesses: &mut usize, id: &str) -> Result<usize, Option<String>> {
    get(ids, id).ok_or_else(|| {
        let close = guess(guesses, &id.to_ascii_lowercase(), ids.keys().map(Id::key));
        close.map(|close| as_written(ids, close))
    })
}

/// An id in lower case as its item writes it; any other name as it is.
fn as_written(ids: &BTreeMap<Id, usize>, name: String) -> String {
    ids.get_key_value(name.as_str()).map_or(name, |(id, _)| id.to_string())
}

fn guess<'a>(guesses: &mut usize, name: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    *guesses += 1;
    (*guesses <= MOST_GUESSES).then(|| closest(name, names)).flatten().map(str::to_owned)
}

/// Labels by name: exactly, and as GitHub compares them, without case.
#[derive(Default)]
pub(super) struct LabelNames {
    exact: BTreeMap<String, LabelIx>,
    folded: BTreeMap<String, LabelIx>,
    /// Whether the source lists its labels, so that another name is unknown.
    pub(super) listed: bool,
}

impl LabelNames {
    /// No names yet.
    pub(super) fn new(listed: bool) -> Self {
        Self { listed, ..Self::default() }
    }

    /// The label of exactly this name.
    pub(super) fn exact(&self, name: &str) -> Option<LabelIx> {
        self.exact.get(name).copied()
    }

    /// The label of this name, case apart.
    pub(super) fn folded(&self, name: &str) -> Option<LabelIx> {
        self.folded.get(&name.to_lowercase()).copied()
    }

    /// Remembers a label; of two that differ only in case the first is meant by other spellings.
    pub(super) fn add(&mut self, name: &str, ix: LabelIx) {
        self.exact.entry(name.to_owned()).or_insert(ix);
        self.folded.entry(name.to_lowercase()).or_insert(ix);
    }
}
