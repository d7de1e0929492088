//! The steps of a walk as they are taken: each edition compared with the one before, and what is internal left out.

use super::{
    Commit, Edition,
    change::Change,
    compare::{Comparison, compare},
    earliest::Effect,
    public::Hidden,
    slips::Recorder,
    walk::{Began, History, Moment, Skipped, Step},
};
use crate::model::{Day, Roadmap};

/// The steps as they are taken.
pub(super) struct Path {
    pub(super) history: History,
    last: Option<Edition>,
    /// The first edition, as far as its bounds need it.
    first: Option<Box<Roadmap>>,
    public: bool,
    hidden: Hidden,
    renamed: Comparison,
    slips: Recorder,
}

impl Path {
    /// The beginning of a walk that ends with a commit of the day `tip`.
    pub(super) fn new(public: bool, tip: Option<Day>) -> Self {
        Self {
            history: History::default(),
            last: None,
            first: None,
            public,
            hidden: Hidden::default(),
            renamed: Comparison::default(),
            slips: Recorder::new(tip),
        }
    }

    /// What was there before the first step.
    pub(super) fn begin(&mut self, at: &Moment, edition: Edition) {
        self.slips.record(at, &edition, &[]);
        self.take(edition);
    }

    /// A revision that cannot be read.
    pub(super) fn skip(&mut self, skipped: Skipped) {
        self.history.skipped.push(skipped);
        self.slips.skip();
    }

    fn take(&mut self, mut edition: Edition) {
        self.hidden.update(&edition);
        if self.last.is_none() {
            self.first = edition.roadmap.take();
        }
        self.last = Some(edition);
    }

    pub(super) fn step(&mut self, at: Moment, edition: Edition) {
        match &self.last {
            Some(last) => {
                let Comparison { changes, renamed } = compare(last, &edition);
                self.slips.record(&at, &edition, &renamed);
                self.renamed.renamed.extend(renamed);
                let changes = if self.public { self.shown(changes, last, &edition) } else { changes };
                self.history.steps.extend((!changes.is_empty()).then_some(Step { at, changes }));
            }
            None => {
                self.slips.record(&at, &edition, &[]);
                let (milestones, issues) = edition.counts(self.public);
                self.history.began = Some(Began { at, milestones, issues });
            }
        }
        self.take(edition);
    }

    /// The changes between two editions without what is internal in either.
    fn shown(&self, changes: Vec<Change>, old: &Edition, new: &Edition) -> Vec<Change> {
        let mut hidden = Hidden::of(old);
        hidden.also(new);
        // What bore another id in the one in which it was internal is known by its own mark.
        let shown = changes.into_iter().filter(|change| !change.internal);
        shown.filter_map(|change| hidden.without(change)).collect()
    }

    /// The history, and in a public one nothing of what was internal at last.
    pub(super) fn finish(mut self, from: Option<Commit>, to: Option<Commit>, as_of: Option<Day>) -> History {
        self.history.effect = self.effect(as_of);
        self.history.slips = std::mem::take(&mut self.slips).finish(self.public);
        if self.public {
            self.hidden.follow(&self.renamed.renamed);
            for step in &mut self.history.steps {
                let changes = std::mem::take(&mut step.changes);
                step.changes = changes.into_iter().filter_map(|change| self.hidden.without(change)).collect();
            }
            self.history.steps.retain(|step| !step.changes.is_empty());
        }
        let history = History { from, to, ..self.history };
        if self.public { without_messages(history) } else { history }
    }

    /// What all this did to the days before which something cannot be done; in a public history to what is public at both ends.
    fn effect(&self, as_of: Option<Day>) -> Effect {
        let last = self.last.as_ref().and_then(|last| last.roadmap.as_deref());
        let Some((first, last)) = self.first.as_deref().zip(last) else { return Effect::default() };
        let renamed = &self.renamed.renamed;
        if !self.public {
            return Effect::between(first, last, renamed, as_of);
        }
        let mut hidden = Hidden::of_roadmap(first);
        hidden.lead(renamed);
        hidden.join(Hidden::of_roadmap(last));
        hidden.follow(renamed);
        let (first, last) = (hidden.without_items(first), hidden.without_items(last));
        Effect::between(&first, &last, renamed, as_of)
    }
}

/// A history without what people wrote into commits, or into revisions that cannot be read: nobody can tell what of it
/// is internal.
fn without_messages(mut history: History) -> History {
    let steps = history.steps.iter_mut().map(|step| &mut step.at);
    let moments = steps.chain(history.began.as_mut().map(|began| &mut began.at));
    let commits = moments.filter_map(|at| at.commit.as_mut());
    let skipped = history.skipped.iter_mut().map(|skipped| {
        "it cannot be read".clone_into(&mut skipped.why);
        &mut skipped.commit
    });
    commits
        .chain(skipped)
        .chain(&mut history.from)
        .chain(&mut history.to)
        .for_each(|commit| commit.subject.clear());
    history
}
