//! Making the index: the words of every item, and how they are grouped into files.

use rayon::prelude::*;

use super::{
    ABOUT, BATCH, MILESTONES, MOST_BYTES, SearchIndex, TEXT, TITLE,
    batch::{Batch, Found},
    groups::{Groups, ranges},
};
use crate::{
    facts::Facts,
    markdown,
    model::{Id, Issue, Milestone, Roadmap},
};

/// Past how many bytes a text is taken as it is written, without looking for its Markdown.
const MOST_MARKDOWN: usize = 256 * 1024;

impl SearchIndex {
    /// The index of a roadmap, which must be the public one.
    pub fn new(roadmap: &Roadmap, facts: &Facts) -> Self {
        let chunks = chunks(roadmap);
        let (issues, milestones) = (roadmap.issues.len(), roadmap.milestones.len());
        let ranges = ranges(&chunks);
        let batches: Vec<_> = chunks.into_iter().flatten().collect();
        let (of_issues, of_milestones) = ranges.split_at(issues.div_ceil(BATCH));
        let kinds = [of_issues, of_milestones].map(|chunks| Groups::of(&batches, chunks));
        let size: Option<usize> = kinds.iter().map(Groups::size).sum();
        let groups = kinds.into_iter().flat_map(Groups::ranges).collect();
        let is_whole = false;
        let mut index = Self { batches, groups, issues, milestones, is_whole };
        let is_little = size.is_some_and(|size| size <= MOST_BYTES);
        index.is_whole = is_little && index.whole(roadmap, facts).len() <= MOST_BYTES;
        index
    }
}

/// The words of every so many neighbours, issues first.
fn chunks(roadmap: &Roadmap) -> Vec<Vec<Batch>> {
    let issues = roadmap.issues.par_chunks(BATCH).enumerate().map(|(chunk, issues)| {
        Batch::of(issues, chunk * BATCH, |found, issue| words_of_issue(found, roadmap, issue))
    });
    let first = roadmap.issues.len();
    let milestones = roadmap
        .milestones
        .par_chunks(BATCH)
        .enumerate()
        .map(|(chunk, milestones)| Batch::of(milestones, first + chunk * BATCH, words_of_milestone));
    issues.chain(milestones).collect()
}

impl Found {
    /// The words of an id, and the id as one word: who searches `DB-001` wants that before all that has both words.
    fn add_id(&mut self, id: &Id) {
        self.add(TITLE, id.as_str());
        self.add(TITLE, &id.key().replace(['-', '.', '_'], ""));
    }

    fn add_markdown(&mut self, text: &str) {
        if text.len() > MOST_MARKDOWN {
            self.add(TEXT, text);
        } else {
            self.add(TEXT, &markdown::read::visible(text));
        }
    }
}

fn words_of_issue(found: &mut Found, roadmap: &Roadmap, issue: &Issue) {
    found.add(TITLE, &issue.title);
    found.add_id(&issue.id);
    issue.labels().iter().for_each(|label| found.add(ABOUT, &roadmap.labels[label.to.0].name));
    issue.assignees().iter().for_each(|name| found.add(ABOUT, name));
    issue.milestone.get().into_iter().for_each(|ix| found.add(ABOUT, &roadmap.milestones[ix.0].title));
    issue.kind.get().into_iter().for_each(|kind| found.add(ABOUT, kind));
    issue.body.get().into_iter().for_each(|body| found.add_markdown(body));
}

fn words_of_milestone(found: &mut Found, milestone: &Milestone) {
    found.add(TITLE, &milestone.title);
    found.add_id(&milestone.id);
    milestone.owner.iter().for_each(|owner| found.add(ABOUT, owner));
    milestone.description.get().into_iter().for_each(|text| found.add_markdown(text));
    let texts =
        milestone.goal.iter().chain(milestone.updates.iter().filter_map(|update| update.text.as_ref()));
    texts.for_each(|text| found.add_markdown(text));
}

const _: () = assert!(MILESTONES > 1_000_000);
