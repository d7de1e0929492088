//! Plain plans: headings that are issues without an id, bullets without boxes, headings that say a state.

use std::ops::Range;

use super::{Chapter, Reading, beyond::Beyond, draft_title, lists, prose};
use crate::{
    documents::{
        columns, values,
        vocabulary::{self, Field, LISTS, PROSE},
    },
    import::draft::Entry,
    markdown::read::blocks::{Block, Placed, Words},
};

impl Reading<'_> {
    /// Whether the headings right below a chapter are issues: it is a milestone or a heading of issues, nothing in it is an
    /// issue by itself, and what stands below them is more than lists of items.
    pub(super) fn has_issues_as_headings(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        let is_container = self.is_container(at) && !words.contains("milestone");
        let is_plain = self.takes_bullets && self.is_loose() && !self.is_title(at) && !self.is_container(at);
        let is_plan = self.plan == Some(at);
        let is_work =
            at > 0 && (is_plan || self.is_named(at) || is_container || is_plain && !self.is_prose(at));
        if self.is_ours || !is_work || vocabulary::heading_state(&words).is_some() {
            return false;
        }
        let end = self.chapters[at].end;
        let holds_items = |at: usize| {
            self.chapters[at].blocks.iter().any(|placed| match &placed.block {
                Block::Table(rows) => columns::of_roadmap(rows, false).is_some(),
                Block::List(items) => items
                    .iter()
                    .any(|item| lists::is_boxed(item) || values::leading_id(&item.words).is_some()),
                _ => false,
            })
        };
        let has_list = self.chapters[at].blocks.iter().any(|placed| matches!(placed.block, Block::List(_)));
        let below = || (at + 1..end).filter(|below| self.is_issue_without_id(*below, at));
        let is_list = |at: usize| match self.chapters[at].blocks.as_slice() {
            [only] => matches!(only.block, Block::List(_)) && self.chapters[at].end == at + 1,
            _ => false,
        };
        !has_list
            && !(at..end).any(|at| holds_items(at) || self.is_issue(at))
            && below().next().is_some()
            && !below().any(is_list)
    }

    /// Whether the headings below the title of a plan are its issues: there is nothing else that could be.
    pub(super) fn are_bare_issues(&self, parts: &[usize]) -> bool {
        self.is_plan
            && !self.is_ours
            && parts.iter().filter(|part| !self.is_prose(**part)).count() > 1
            && parts.iter().all(|part| self.role(*part) == super::roles::Role::Section)
            && parts.iter().all(|part| !self.chapters[*part].title.text.trim().is_empty())
    }

    /// Whether a chapter right below such a one is an issue by its heading.
    pub(super) fn is_issue_without_id(&self, at: usize, parent: usize) -> bool {
        let chapter = &self.chapters[at];
        chapter.parent == Some(parent)
            && !chapter.title.text.trim().is_empty()
            && !self.is_named(at)
            && !self.is_prose(at)
            && !LISTS.contains(&chapter.words().trim())
    }

    /// Whether lists and headings that nothing marks can be issues: nothing else is sure, or nothing has an id in a plan.
    pub(super) fn is_loose(&self) -> bool {
        !self.is_ours && (self.is_plain || self.takes_bullets && !self.has_ids)
    }

    /// Whether a heading is one of prose, whose lists and headings are no work unless they say so themselves.
    pub(super) fn is_prose(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        self.is_free(at) || PROSE.iter().any(|prose| words.contains(prose))
    }

    /// A heading that is an issue: its title, the values in the lines right below it, its body.
    pub(super) fn issue_chapter(&mut self, at: usize, milestone: Option<usize>) {
        let chapter = &self.chapters[at];
        let (words, heading) = (chapter.title.clone(), chapter.heading.clone());
        let (level, end) = (chapter.level, self.start(chapter.end));
        let first = chapter.blocks.first().and_then(|placed| match &placed.block {
            Block::Paragraph(_) => Some(placed.range.clone()),
            _ => None,
        });
        let mut entry = Entry::at(&heading);
        let kept = self.title_of_heading(&mut entry, &words, &heading);
        let body = match first.filter(|range| self.sayings_of_issue(&mut entry, range)) {
            Some(range) => range.end..end,
            None => heading.end..end,
        };
        let mut text = prose::body(self.text, body.clone(), level, "");
        if let Some(kept) = kept {
            text = format!("{kept}\n\n{text}");
        }
        self.note_repository(&words);
        self.issue(entry.with("body", text.trim_end_matches("\n---").trim_end(), &body), milestone);
    }

    /// Gives an issue the title that its heading is, with the id and the day in it; the Markdown of what a title cannot hold.
    fn title_of_heading(&mut self, entry: &mut Entry, words: &Words, range: &Range<usize>) -> Option<String> {
        let title = words.text.trim();
        let is_of_another = self.names_another(words);
        if let Some((id, rest)) = values::leading_id(words).filter(|_| !is_of_another) {
            draft_title(entry, Some(&id), &words.text[rest..], range);
            return None;
        }
        let (kept, number) = match Beyond::of(self.text, words, self.own_repository()) {
            Some(Beyond::Issue(number)) => (None, format!(" (#{number})")),
            Some(Beyond::Words(kept)) => (Some(kept.to_owned()), String::new()),
            None => (None, String::new()),
        };
        if is_of_another {
            draft_title(entry, None, title, range);
            return kept;
        }
        let named = self.named_by(title);
        self.say_named(entry, &named, range);
        self.title_with_tail(entry, None, &format!("{}{number}", named.name), range);
        kept
    }

    /// Gives an entry its title without `(#101)` and `@mara` at its end, which are its id and its assignees.
    pub(super) fn title_with_tail(
        &self,
        entry: &mut Entry,
        id: Option<&str>,
        title: &str,
        range: &Range<usize>,
    ) {
        let tail = values::tail(title);
        let made = tail.number.map(|number| format!("issue-{number}"));
        let is_free = |made: &String| id.is_none() && !self.ids.contains_key(made);
        let own = made.as_ref().filter(|made| is_free(made));
        // A number that cannot be its id is left where it was.
        let kept =
            tail.number.filter(|_| own.is_none()).map_or(String::new(), |number| format!(" (#{number})"));
        draft_title(entry, id.or(own.map(String::as_str)), &format!("{}{kept}", tail.title), range);
        if !tail.people.is_empty() {
            entry.say("assignees", tail.people, range);
        }
    }
}

/// Whether a chapter has a list of boxes.
pub(super) fn has_boxes(chapter: &Chapter) -> bool {
    chapter.blocks.iter().any(|placed| match &placed.block {
        Block::List(items) => lists::has_boxes(items),
        _ => false,
    })
}

/// Whether something in a chapter has an id.
pub(super) fn has_ids(chapter: &Chapter) -> bool {
    let is_led = |words: &Words| values::leading_id(words).is_some();
    let has_id = |placed: &Placed| match &placed.block {
        Block::Table(rows) => columns::of_roadmap(rows, false).is_some_and(|(_, table)| {
            let mut titles = rows.iter().filter_map(|row| table.cell(row, Field::Title));
            table.place(Field::Id).is_some() || titles.any(is_led)
        }),
        Block::List(items) => items.iter().any(|item| is_led(&item.words)),
        _ => false,
    };
    is_led(&chapter.title) || chapter.blocks.iter().any(has_id)
}
