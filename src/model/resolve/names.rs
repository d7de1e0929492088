//! What a name in the source may mean.

use std::collections::BTreeMap;

use crate::{
    model::{Id, IssueIx, Label, LabelIx, MilestoneIx},
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
    /// Former ids in lower case, each with the id that took its place.
    former: BTreeMap<String, String>,
    pub(super) labels: LabelNames,
    guesses: usize,
    /// The titles in lower case with single spaces, of those that only one milestone has; made when they are asked for.
    folded: Option<BTreeMap<String, Option<MilestoneIx>>>,
}

/// What a milestone's name came to.
pub(super) enum Found {
    /// One milestone has it.
    One(MilestoneIx),
    /// Several milestones have this title.
    Several(usize),
    /// None does; this name is close.
    None(Option<Close>),
}

/// A name that another one may mean.
#[derive(Debug)]
pub(super) enum Close {
    /// The two differ in white space or case alone.
    Surely(String),
    /// It is the former id of what has this one.
    Renamed(String),
    /// They differ in a few letters.
    Perhaps(String),
}

impl Names {
    /// The names, by what has each id first: of two equal ids that one keeps its name, and the other was reported.
    pub(super) fn new(
        document: &Document,
        (milestones, issues): (BTreeMap<Id, usize>, BTreeMap<Id, usize>),
        labels: LabelNames,
    ) -> Self {
        let mut titles = BTreeMap::<_, Vec<_>>::new();
        for (ix, milestone) in document.milestones.iter().enumerate() {
            titles.entry(milestone.value.title.trim().to_owned()).or_default().push(MilestoneIx(ix));
        }
        let aliases = document.aliases.iter();
        let former =
            aliases.map(|(_, was, to)| (was.to_ascii_lowercase(), to.to_ascii_lowercase())).collect();
        Self { milestones, titles, issues, former, labels, guesses: 0, folded: None }
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
                if let Some((id, _)) = self.milestones.get_key_value(&*name.trim().to_ascii_lowercase()) {
                    return Found::None(Some(Close::Surely(id.to_string())));
                }
                if let Some(id) = renamed(&self.milestones, &self.former, name) {
                    return Found::None(Some(Close::Renamed(id)));
                }
                if let Some(title) = self.folded_title(name) {
                    return Found::None(Some(Close::Surely(title)));
                }
                let names = self.milestones.keys().map(Id::key).chain(self.titles.keys().map(String::as_str));
                let close = guess(&mut self.guesses, name, names);
                Found::None(close.map(|close| Close::Perhaps(as_written(&self.milestones, close))))
            }
        }
    }

    /// The one title that differs from a name in case and white space alone.
    fn folded_title(&mut self, name: &str) -> Option<String> {
        let titles = &self.titles;
        let folded = self.folded.get_or_insert_with(|| {
            let mut folded = BTreeMap::<String, Option<MilestoneIx>>::new();
            for (title, of_it) in titles {
                let only = if let [only] = of_it[..] { Some(only) } else { None };
                folded.entry(plain(title)).and_modify(|known| *known = None).or_insert(only);
            }
            folded
        });
        let ix = (*folded.get(&plain(name))?)?;
        titles.iter().find(|(_, of_it)| of_it.contains(&ix)).map(|(title, _)| title.clone())
    }

    /// The milestone of this id.
    pub(super) fn milestone_id(&mut self, id: &str) -> Result<MilestoneIx, Option<Close>> {
        closest_id(&self.milestones, &self.former, &mut self.guesses, id).map(MilestoneIx)
    }

    /// The issue of this id.
    pub(super) fn issue(&mut self, id: &str) -> Result<IssueIx, Option<Close>> {
        closest_id(&self.issues, &self.former, &mut self.guesses, id).map(IssueIx)
    }

    /// The id of an issue as its item writes it.
    pub(super) fn issue_as_written(&self, id: &str) -> Option<String> {
        self.issues.get_key_value(id).map(|(id, _)| id.to_string())
    }

    /// The name of a label that is close to this one.
    pub(super) fn close_label(&mut self, name: &str, labels: &[Label]) -> Option<String> {
        guess(&mut self.guesses, name, self.labels.all(labels))
    }
}

/// The place of what has this id.
fn get(ids: &BTreeMap<Id, usize>, id: &str) -> Option<usize> {
    ids.get(id.to_ascii_lowercase().as_str()).copied()
}

/// The id of what had this one.
fn renamed(ids: &BTreeMap<Id, usize>, former: &BTreeMap<String, String>, id: &str) -> Option<String> {
    let now = former.get(&id.trim().to_ascii_lowercase())?;
    ids.get_key_value(now.trim()).map(|(id, _)| id.to_string())
}

/// The place of what has this id; else the id that is meant or close to it.
fn closest_id(
    ids: &BTreeMap<Id, usize>,
    former: &BTreeMap<String, String>,
    guesses: &mut usize,
    id: &str,
) -> Result<usize, Option<Close>> {
    get(ids, id).ok_or_else(|| {
        if let Some((id, _)) = ids.get_key_value(&*id.trim().to_ascii_lowercase()) {
            return Some(Close::Surely(id.to_string()));
        }
        if let Some(id) = renamed(ids, former, id) {
            return Some(Close::Renamed(id));
        }
        let close = guess(guesses, &id.to_ascii_lowercase(), ids.keys().map(Id::key));
        close.map(|close| Close::Perhaps(as_written(ids, close)))
    })
}

impl Close {
    /// The same unless it is a guess at the item that names it: nothing is a part of itself or waits for itself.
    pub(super) fn but(self, own: Option<&Id>) -> Option<Self> {
        match self {
            Self::Perhaps(id) if own.is_some_and(|own| own.as_str() == id) => None,
            close => Some(close),
        }
    }
}

/// A title without what does not count: case, and how much white space there is.
fn plain(title: &str) -> String {
    title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
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
///
/// Listed labels are many where a source is hostile, and they are known from the start: their names are looked up where
/// they are, and only those that have an upper case are kept in lower case.
pub(super) struct LabelNames {
    /// Whether the source lists its labels, so that another name is unknown.
    pub(super) listed: bool,
    /// The listed labels, sorted by name; of equal names the first.
    sorted: Vec<LabelIx>,
    /// The labels that are only used, by their names.
    used: BTreeMap<String, LabelIx>,
    /// The first label of each name that is not in lower case, by the name in lower case.
    lower: BTreeMap<String, LabelIx>,
}

impl LabelNames {
    /// Names that come with their use.
    pub(super) fn used() -> Self {
        Self { listed: false, sorted: Vec::new(), used: BTreeMap::new(), lower: BTreeMap::new() }
    }

    /// The names of the labels that the source lists.
    pub(super) fn listed(labels: &[Label]) -> Self {
        let mut sorted: Vec<_> = (0..labels.len()).map(LabelIx).collect();
        sorted.sort_by(|a, b| (&labels[a.0].name, a).cmp(&(&labels[b.0].name, b)));
        sorted.dedup_by(|ix, first| labels[ix.0].name == labels[first.0].name);
        let mut lower = BTreeMap::new();
        for (ix, label) in labels.iter().enumerate() {
            let folded = label.name.to_lowercase();
            if folded != label.name {
                lower.entry(folded).or_insert(LabelIx(ix));
            }
        }
        Self { listed: true, sorted, used: BTreeMap::new(), lower }
    }

    /// Whether so many listed labels have a name each that no other has, whatever its case.
    pub(super) fn are_distinct(&self, count: usize) -> bool {
        self.sorted.len() == count && self.lower.is_empty()
    }

    /// The label of exactly this name; of several the first.
    pub(super) fn exact(&self, name: &str, labels: &[Label]) -> Option<LabelIx> {
        let at = self.sorted.binary_search_by(|ix| labels[ix.0].name.as_str().cmp(name));
        at.ok().map(|at| self.sorted[at]).or_else(|| self.used.get(name).copied())
    }

    /// The label of this name, case apart; of several the first.
    pub(super) fn folded(&self, name: &str, labels: &[Label]) -> Option<LabelIx> {
        let name = name.to_lowercase();
        let (one, other) = (self.exact(&name, labels), self.lower.get(&name).copied());
        one.into_iter().chain(other).min()
    }

    /// Remembers a label that is only used; of two that differ only in case the first is meant by other spellings.
    pub(super) fn add(&mut self, name: &str, ix: LabelIx) {
        self.used.entry(name.to_owned()).or_insert(ix);
        let folded = name.to_lowercase();
        if folded != name {
            self.lower.entry(folded).or_insert(ix);
        }
    }

    /// All names, each once, sorted.
    fn all<'a>(&'a self, labels: &'a [Label]) -> impl Iterator<Item = &'a str> {
        self.sorted.iter().map(|ix| labels[ix.0].name.as_str()).chain(self.used.keys().map(String::as_str))
    }
}
