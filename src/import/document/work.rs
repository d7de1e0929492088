//! Milestones with their issues: chapters, and the headings of issues below them.

use std::ops::Range;

use super::{Reading, groups::Between, lanes, lists::are_milestones, plain_tables::plain_table, prose};
use crate::{
    documents::{
        columns::{About, of_roadmap},
        values, vocabulary,
    },
    import::draft::Entry,
    markdown::read::blocks::{Block, Placed, Words},
    model::{Id, title_without_id},
};

impl Reading<'_> {
    /// A chapter of work, and all chapters below it.
    pub(super) fn work(&mut self, at: usize, within: Option<usize>) {
        let milestone = match within {
            None if self.is_milestone(at) => Some(self.milestone_of(at)),
            within => within,
        };
        let is_group = milestone.is_none() && at > 0 && !self.is_title(at) && !self.is_container(at);
        let says_state = vocabulary::heading_state(&self.chapters[at].words()).is_some();
        if is_group && !says_state && self.is_loose() {
            let heading = self.chapters[at].heading.clone();
            self.left_out(&heading, "this heading");
        }
        let has_headings = self.has_issues_as_headings(at);
        let around = (self.state, self.is_dropped);
        self.take_state(&self.chapters[at].words());
        let blocks = std::mem::take(&mut self.chapters[at].blocks);
        self.blocks_of_work(at, blocks, milestone);
        let mut below = at + 1;
        while below < self.chapters[at].end {
            match has_headings && self.is_issue_without_id(below, at) {
                true => self.issue_chapter(below, milestone),
                false => self.below(below, milestone),
            }
            below = self.chapters[below].end.max(below + 1);
        }
        (self.state, self.is_dropped) = around;
    }

    /// Takes the state that a heading says, of all that is below it.
    pub(super) fn take_state(&mut self, heading: &str) {
        if let Some(state) = vocabulary::heading_state(heading) {
            (self.state, self.is_dropped) = (Some(state), vocabulary::is_dropped(heading));
        }
    }

    /// A chapter below one of work that is no milestone.
    fn below_none(&mut self, at: usize) {
        let words = self.chapters[at].words();
        let is_known = self.is_container(at) || vocabulary::heading_state(&words).is_some();
        if is_known || self.is_milestone(at) || self.holds_work(at) {
            return self.work(at, None);
        }
        if self.is_prose(at) {
            return self.section(at);
        }
        let range = self.chapters[at].heading.start..self.start(self.chapters[at].end);
        self.left_out(&range, "this chapter");
    }

    /// A chapter below one of work.
    fn below(&mut self, at: usize, milestone: Option<usize>) {
        let Some(ix) = milestone else { return self.below_none(at) };
        let has_tables = self.chapters[at].blocks.iter().any(|placed| match &placed.block {
            Block::List(items) => items.iter().any(|item| values::leading_id(&item.words).is_some()),
            _ => self.is_work(placed, at),
        });
        if values::leading_id(&self.chapters[at].title).is_some() && !has_tables {
            return self.issue_chapter(at, Some(ix));
        }
        match self.between(at) {
            Between::Issue => return self.issue_chapter(at, Some(ix)),
            Between::Group => return self.group_of_issues(at, ix),
            Between::Open => {}
        }
        if has_tables || (at + 1..self.chapters[at].end).any(|at| self.is_issue(at)) {
            return self.work(at, milestone);
        }
        let chapter = &self.chapters[at];
        let (key, heading) = (chapter.words(), chapter.heading.clone());
        let range = heading.end..self.start(chapter.end);
        match key.trim().trim_end_matches(':') {
            key @ ("goal" | "description") => {
                let text = prose::body(self.text, range.clone(), 0, "");
                let key = if key == "goal" { "goal" } else { "description" };
                self.say_of_milestone(ix, key, text, &range);
            }
            _ => self.left_out(&(heading.start..range.end), "this chapter of a milestone"),
        }
    }

    /// The blocks of a chapter of work.
    pub(super) fn blocks_of_work(&mut self, at: usize, blocks: Vec<Placed>, milestone: Option<usize>) {
        let of_milestones = self.speaks_of_milestones(at);
        for placed in blocks {
            let Placed { block, range } = placed;
            match block {
                Block::Table(rows) => match of_roadmap(&rows, of_milestones && milestone.is_none()) {
                    Some((About::Labels, table)) => self.table_of_labels(&rows, &table),
                    Some((about, table)) => self.table(&rows, about, &table, milestone),
                    None if lanes::is_of_lanes(&rows) => self.lanes(&rows, milestone),
                    None => match plain_table(&rows).filter(|_| milestone.is_some() || self.is_plan) {
                        Some(table) => self.table(&rows, About::Issues, &table, milestone),
                        None => self.left_out(&range, "this table"),
                    },
                },
                Block::List(items)
                    if milestone.is_none()
                        && (of_milestones && !self.has_ids(&items) || are_milestones(&items)) =>
                {
                    self.list_of_milestones(&items);
                }
                Block::List(items) if milestone.is_some() || self.is_list_of_issues(&items, at) => {
                    self.list_of_issues(&items, milestone);
                }
                Block::Paragraph(words) => self.paragraph(at, &words, &range, milestone),
                Block::Rule => {}
                Block::Html if self.is_comment(&range) => self.comment(&range),
                _ => self.left_out(&range, "this text"),
            }
        }
    }

    /// A paragraph of a milestone: values behind names, else its description.
    fn paragraph(&mut self, at: usize, words: &Words, range: &Range<usize>, milestone: Option<usize>) {
        if self.is_derived(words) {
            return;
        }
        let Some(ix) = milestone else { return self.left_out(range, "this text") };
        if self.sayings_of_milestone(ix, range) {
            return;
        }
        let text = prose::inline(self.text, range.clone());
        let Some(said) = self.draft.milestones[ix].fields.get_mut("description") else {
            return self.say_of_milestone(ix, "description", text, range);
        };
        // Paragraphs below one heading are one description.
        let is_of_heading = !self.is_ours && said.range.start >= self.chapters[at].heading.end;
        match said.value.as_str().filter(|_| is_of_heading) {
            Some(known) => {
                said.value = format!("{known}\n\n{text}").into();
                said.range.end = range.end;
            }
            None => self.left_out(range, "this text"),
        }
    }

    pub(super) fn say_of_milestone(
        &mut self,
        ix: usize,
        key: &'static str,
        text: String,
        range: &Range<usize>,
    ) {
        let mut entry = std::mem::take(&mut self.draft.milestones[ix]);
        self.say(&mut entry, key, text, range);
        self.draft.milestones[ix] = entry;
    }

    /// The milestone of this title, or of the id that it begins with.
    pub(super) fn milestone_named(&self, title: &str) -> Option<usize> {
        let title = title.trim().to_lowercase();
        let by_id = || crate::model::id_in_title(&title).and_then(|id| self.named.get(id));
        let by_name = || self.named.get(self.named_by(&title).name);
        self.named.get(&title).or_else(by_id).or_else(by_name).copied()
    }

    /// The milestone of this title: a new one where none has its name.
    pub(super) fn milestone_titled(&mut self, title: &str, range: &Range<usize>) -> usize {
        let known = self.milestone_named(title);
        known.unwrap_or_else(|| {
            let entry = self.entry_of_milestone(title, range);
            self.milestone(entry)
        })
    }

    /// The milestone that a chapter is about: a new one where none has its name.
    fn milestone_of(&mut self, at: usize) -> usize {
        let chapter = &self.chapters[at];
        let (words, heading) = (chapter.title.clone(), chapter.heading.clone());
        let title = self.title_in_its_year(at);
        self.note_repository(&words);
        match self.milestone_named(&title) {
            Some(ix) => {
                let known = self.draft.milestones[ix].title().to_owned();
                let is_id = self.draft.milestones[ix].text("id").is_some_and(|id| id == known);
                if is_id {
                    self.draft.milestones[ix].fields.remove("title");
                    self.draft.milestones[ix].fields.remove("id");
                }
                let named = self.named_by(&title);
                let mut entry = std::mem::take(&mut self.draft.milestones[ix]);
                self.say(&mut entry, "title", named.name, &heading);
                self.say_named(&mut entry, &named, &heading);
                self.draft.milestones[ix] = entry;
                ix
            }
            None => self.milestone_titled(&title, &heading),
        }
    }

    /// Adds a milestone.
    pub(super) fn milestone(&mut self, entry: Entry) -> usize {
        let ix = self.draft.milestones.len();
        let short = entry.id().and_then(Id::new).map(|id| title_without_id(entry.title(), &id));
        for name in [Some(entry.title()), entry.id(), short].into_iter().flatten() {
            self.named.entry(name.trim().to_lowercase()).or_insert(ix);
        }
        self.draft.milestones.push(entry);
        ix
    }

    /// Adds an issue; what is said of one that is there already is added to it.
    pub(super) fn issue(&mut self, mut entry: Entry, milestone: Option<usize>) {
        if entry.title().is_empty() {
            let range = entry.range.clone();
            return self.left_out(&range, "an issue without a title");
        }
        if entry.milestones.is_empty() {
            entry.milestones.extend(milestone);
        }
        let Some(id) = entry.id().map(str::to_lowercase) else {
            self.draft.issues.push(entry);
            return;
        };
        let Some(known) = self.ids.get(&id).copied() else {
            self.ids.insert(id, self.draft.issues.len());
            self.draft.issues.push(entry);
            return;
        };
        let mut first = std::mem::take(&mut self.draft.issues[known]);
        for (key, said) in entry.fields {
            self.say(&mut first, key, said.value, &said.range);
        }
        if first.milestones.is_empty() {
            first.milestones = entry.milestones;
        }
        self.draft.issues[known] = first;
    }
}
