//! Headings between a milestone and its issues: groups, whose words are a label of what is below them, and issues with their bodies.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Chapter, Reading, days::is_day, lists::is_boxed};
use crate::{
    documents::{
        values,
        vocabulary::{self, CONTAINERS, HORIZONS, LISTS, UNPLANNED},
    },
    markdown::read::blocks::Block,
    model::Loose,
};

/// The most characters of a label. Source: GitHub's own refusal of a longer one.
const MOST_OF_LABEL: usize = 50;

/// What a heading below a milestone is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// An issue: what is below it is its body.
    Issue,
    /// A group of issues.
    Group,
    /// What is below it is read by itself.
    Open,
}

/// The chapters whose titles stand below several headings of one level.
pub(super) fn repeated(chapters: &[Chapter]) -> BTreeSet<usize> {
    let mut known = BTreeMap::<(u8, String), (BTreeSet<Option<usize>>, Vec<usize>)>::new();
    for (at, chapter) in chapters.iter().enumerate().skip(1) {
        let name = vocabulary::name(&chapter.title.text);
        if !name.is_empty() {
            let (parents, places) = known.entry((chapter.level, name)).or_default();
            parents.insert(chapter.parent);
            places.push(at);
        }
    }
    known.into_values().filter(|(parents, _)| parents.len() > 1).flat_map(|(_, places)| places).collect()
}

impl Reading<'_> {
    /// What a heading below a milestone is, by its words and by what stands below it.
    pub(super) fn between(&self, at: usize) -> Between {
        if self.is_ours || self.is_prose(at) || self.chapters[at].title.text.trim().is_empty() {
            return Between::Open;
        }
        if values::is_titled_issue(&self.chapters[at].title.text) {
            return Between::Issue;
        }
        let has = |wanted: fn(&Block) -> bool| self.chapters[at].blocks.iter().any(|it| wanted(&it.block));
        let has_lists = has(|block| matches!(block, Block::List(_)));
        if self.has_boxes_below(at) || has_lists && (self.is_repeated(at) || self.names_nothing(at)) {
            return Between::Group;
        }
        let is_plain = |block: &Block| match block {
            Block::List(items) => {
                !items.iter().any(|item| is_boxed(item) || values::leading_id(&item.words).is_some())
            }
            Block::Table(_) => false,
            _ => true,
        };
        let are_plain = self.chapters[at].blocks.iter().all(|placed| is_plain(&placed.block));
        let is_open = !are_plain || self.names_nothing(at) || !has_lists && self.is_told_apart(at);
        if is_open { Between::Open } else { Between::Issue }
    }

    /// Whether a milestone's issues are boxes right below it: a heading of prose is none of them then.
    fn is_told_apart(&self, at: usize) -> bool {
        let Some(parent) = self.chapters[at].parent else { return true };
        self.boxed.contains(&parent)
    }

    /// Whether a heading says nothing of what is below it, as `Tasks`, `Done` and `Later` do.
    fn names_nothing(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        let word = vocabulary::name(&words);
        LISTS.contains(&word.as_str())
            || HORIZONS.contains(&word.as_str())
            || UNPLANNED.contains(&word.as_str())
            || CONTAINERS.contains(&word.as_str())
            || ["goal", "description"].contains(&word.as_str())
            || vocabulary::heading_state(&words).is_some()
    }

    /// Whether a title stands below several headings: it tells parts of milestones apart, and is none.
    fn is_repeated(&self, at: usize) -> bool {
        self.repeated.contains(&at)
    }

    /// The title of a milestone; a time that several years have (`Q1`) with its year, which tells it from the others.
    pub(super) fn title_in_its_year(&self, at: usize) -> String {
        let title = self.chapters[at].title.text.trim();
        let is_part =
            Loose::read(title).is_some_and(Loose::wants_year) && self.is_repeated(at) && !self.is_ours;
        match self.year_above(self.chapters[at].heading.start).filter(|_| is_part) {
            Some(year) => format!("{title} {year}"),
            None => title.to_owned(),
        }
    }

    /// Whether a chapter is a milestone because titles right below it stand below others too.
    pub(super) fn is_divided(&self, at: usize) -> bool {
        if self.is_ours || at == 0 || self.is_title(at) || self.is_container(at) || self.is_prose(at) {
            return false;
        }
        let is_below = |below: &usize| self.is_repeated(*below) && self.chapters[*below].parent == Some(at);
        (at + 1..self.chapters[at].end).filter(is_below).any(|below| {
            let title = &self.chapters[below].title.text;
            let is_work = values::is_titled_work(title) || values::is_titled_version(title) || is_day(title);
            let is_part = !is_work && !self.names_time(below) && !self.is_prose(below);
            let has_list = self.chapters[below].blocks.iter().any(|it| matches!(it.block, Block::List(_)));
            is_part && has_list
        })
    }

    fn names_time(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        HORIZONS.contains(&vocabulary::name(&words).as_str()) || vocabulary::heading_state(&words).is_some()
    }

    /// A group: its words are a label of the issues below it, where they say something of them.
    pub(super) fn group_of_issues(&mut self, at: usize, milestone: usize) {
        let first = self.draft.issues.len();
        let (title, heading) =
            (self.chapters[at].title.text.trim().to_owned(), self.chapters[at].heading.clone());
        self.work(at, Some(milestone));
        if self.names_nothing(at) || self.draft.issues.len() == first {
            return;
        }
        let label = title.trim_end_matches(':').trim_end();
        if label.chars().count() > MOST_OF_LABEL {
            return self.left_out(&heading, "this heading");
        }
        for issue in &mut self.draft.issues[first..] {
            issue.say("labels", Value::Array(Vec::new()), &heading);
            let labels = issue.fields.get_mut("labels").and_then(|said| said.value.as_array_mut());
            if let Some(labels) = labels.filter(|labels| !labels.iter().any(|known| known == label)) {
                labels.push(label.into());
            }
        }
    }
}
