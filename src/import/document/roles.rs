//! What a chapter is for, by its heading and by what stands in it.

use super::{Reading, lists::is_boxed, plain_tables::plain_table};
use crate::{
    documents::{
        columns::{About, of_roadmap},
        values,
        vocabulary::{self, CONTAINERS, ENDINGS, FREE, UNPLANNED},
    },
    markdown::read::blocks::{Block, Item, MarkKind, Placed, Row},
    model::id_in_title,
};

/// What a part of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Milestones and issues.
    Work,
    /// What labels mean.
    Labels,
    /// In which order the milestones are worked on.
    Guide,
    /// Anything else.
    Section,
}

/// The title of the roadmap out of that of the document.
pub(super) fn plain_title(title: &str) -> String {
    let title = title.trim();
    let lower = title.to_lowercase();
    for ending in ENDINGS {
        if let Some(cut) = title.len().checked_sub(ending.len())
            && lower.len() == title.len()
            && lower.ends_with(ending)
        {
            let own = title[..cut].trim_end();
            let plain = own.trim_end_matches(values::SEPARATORS).trim_end();
            if plain.len() < own.len() && !plain.is_empty() {
                return plain.to_owned();
            }
        }
    }
    title.to_owned()
}

/// The heading below which `build` writes the issues.
pub(super) const ISSUES: &str = "issues by milestone";

/// The other headings of parts that `build` writes.
const OVERVIEW: &str = "milestones overview";
const LABELS: &str = "label reference";
const GUIDE: &str = "implementation guide";

impl Reading<'_> {
    /// Whether a part holds milestones or issues and cannot be anything else.
    pub(super) fn is_surely_work(&self, part: usize) -> bool {
        let words = self.chapters[part].words();
        if self.is_ours {
            return [ISSUES, OVERVIEW].contains(&words.trim());
        }
        let is_of_work = (part..self.chapters[part].end.max(part + 1)).any(|at| {
            let has_table =
                |placed: &Placed| matches!(placed.block, Block::Table(_)) && self.is_work(placed, at);
            let has_id = id_in_title(self.chapters[at].title.text.trim()).is_some();
            self.chapters[at].blocks.iter().any(has_table) || has_id
        });
        !self.is_guide(part) && !self.is_free(part) && (is_of_work || self.is_container(part))
    }

    /// What a part is that is not surely work.
    pub(super) fn role(&self, part: usize) -> Role {
        let words = self.chapters[part].words();
        if self.is_ours {
            return match words.trim() {
                LABELS => Role::Labels,
                GUIDE => Role::Guide,
                _ => Role::Section,
            };
        }
        let has_work = !self.is_free(part) && self.holds_work(part);
        if self.is_guide(part) && !(has_work && self.is_plain) {
            return Role::Guide;
        }
        let has_labels = self.chapters[part].blocks.iter().any(|placed| match &placed.block {
            Block::Table(rows) => of_roadmap(rows, false).is_some_and(|(about, _)| about == About::Labels),
            _ => false,
        });
        let is_of_labels = vocabulary::is_of_labels(&words) && !self.has_boxes_below(part);
        match has_work {
            true => Role::Work,
            false if is_of_labels || has_labels => Role::Labels,
            false if self.is_named(part) => Role::Work,
            false => Role::Section,
        }
    }

    /// Whether the heading of a chapter is one whose lists are no work, however they look.
    pub(super) fn is_free(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        FREE.iter().any(|free| words.contains(free)) && !self.is_named(at)
    }

    /// Whether a table or list of milestones or issues stands in a chapter or below it, or a heading of an issue.
    pub(super) fn holds_work(&self, at: usize) -> bool {
        (at..self.chapters[at].end.max(at + 1)).any(|at| {
            let has_work = self.chapters[at].blocks.iter().any(|placed| self.is_work(placed, at));
            has_work || self.is_issue(at) || self.has_issues_as_headings(at)
        })
    }

    /// Whether a heading is that of an issue: one with an id below one with an id.
    pub(super) fn is_issue(&self, at: usize) -> bool {
        let chapter = &self.chapters[at];
        let is_below =
            chapter.parent.is_some_and(|parent| values::is_titled_work(&self.chapters[parent].title.text));
        is_below && values::leading_id(&chapter.title).is_some()
    }

    /// Whether a chapter is a milestone by its heading, by where it stands, or by the issues in it.
    pub(super) fn is_milestone(&self, at: usize) -> bool {
        let title = self.chapters[at].title.text.trim();
        let is_board = vocabulary::heading_state(title).is_some() && self.milestone_named(title).is_none();
        if at == 0
            || self.plan == Some(at)
            || title.is_empty()
            || is_board
            || UNPLANNED.contains(&&*title.to_lowercase())
        {
            return false;
        }
        let has_parent = self.chapters[at].parent.is_some_and(|parent| self.is_container(parent));
        let has_parent = has_parent && !self.is_prose(at);
        let has_issues = |placed: &Placed| match &placed.block {
            Block::Table(rows) => {
                let of_issues = of_roadmap(rows, false).is_some_and(|(about, _)| about == About::Issues);
                of_issues || self.is_plain_table(rows, at)
            }
            Block::List(items) => self.is_list_of_issues(items, at),
            _ => false,
        };
        self.is_named(at)
            || self.milestone_named(title).is_some()
            || has_parent
            || self.is_divided(at)
            || !self.is_container(at)
                && (self.chapters[at].blocks.iter().any(has_issues) || self.has_issues_as_headings(at))
    }

    /// Whether a chapter's heading says that work stands below it, and names none itself.
    pub(super) fn is_container(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        at > 0
            && !self.is_title(at)
            && !self.is_named(at)
            && (CONTAINERS.iter().any(|name| words.contains(name))
                || vocabulary::is_of_milestones(&words)
                || words.contains("milestone") && UNPLANNED.contains(&words.trim()))
    }

    /// Whether a table is one of issues because a milestone or a plan has it, as its columns do not say so.
    pub(super) fn is_plain_table(&self, rows: &[Row], at: usize) -> bool {
        let is_planned = self.is_named(at) || self.is_plan && !self.is_prose(at);
        !self.is_ours && is_planned && plain_table(rows).is_some()
    }

    /// Whether a list of boxes stands in a chapter or below it.
    pub(super) fn has_boxes_below(&self, at: usize) -> bool {
        (at..self.chapters[at].end.max(at + 1)).any(|at| self.boxed.contains(&at))
    }

    /// Whether a chapter's heading is the title of the whole, or of the part that is the plan.
    pub(super) fn is_title(&self, at: usize) -> bool {
        let title = self.draft.head.fields.get("title");
        self.plan == Some(at) || title.is_some_and(|said| said.range == self.chapters[at].heading)
    }

    /// Whether a chapter's own tables are of milestones where their columns do not tell.
    pub(super) fn speaks_of_milestones(&self, at: usize) -> bool {
        let words = self.chapters[at].words();
        vocabulary::is_of_milestones(&words)
            && !words.contains("issue")
            && !words.contains("task")
            && !self.is_named(at)
    }

    /// Whether a heading is named as a milestone; by a version or a time only where nothing below it is so named.
    pub(super) fn is_named(&self, at: usize) -> bool {
        let name = self.named_by(&self.chapters[at].title.text).name;
        let is_time =
            || values::is_titled_version(name) || self.is_of_time(name, self.chapters[at].heading.start);
        let has_work = || {
            let mut below =
                (at + 1..self.chapters[at].end).filter(|below| self.chapters[*below].parent == Some(at));
            below.any(|below| self.is_named(below))
        };
        values::is_titled_work(name) || !self.is_ours && is_time() && !has_work()
    }

    fn is_guide(&self, part: usize) -> bool {
        let chapter = &self.chapters[part];
        let words = chapter.words();
        let mut below = (part + 1..chapter.end).map(|at| self.chapters[at].words());
        words.contains("implementation guide")
            || words.contains("implementation plan")
            || words == "phases"
            || words == "implementation phases"
            || below.any(|words| values::phase_of(&words).is_some())
    }

    /// Whether the items of a list are issues: they have ids, or boxes below the heading of a milestone.
    pub(super) fn is_list_of_issues(&self, items: &[Item], at: usize) -> bool {
        let top = || items.iter().filter(|item| item.depth == 0);
        let count = top().count();
        let with_id = top().filter(|item| values::leading_id(&item.words).is_some()).count();
        let with_box = top().filter(|item| is_boxed(item)).count();
        let is_of_labels = || with_box == 0 && vocabulary::is_of_labels(&self.chapters[at].title.text);
        if self.is_free(at) || count == 0 || is_of_labels() {
            return false;
        }
        if 2 * with_id >= count {
            let is_known = |item: &Item| {
                values::leading_id(&item.words)
                    .is_some_and(|(id, _)| self.ids.contains_key(&id.to_lowercase()))
            };
            return self.ids.is_empty() || !top().all(is_known);
        }
        let has_parent = self.chapters[at].parent.is_some_and(|parent| self.is_container(parent));
        let is_known = self.milestone_named(&self.chapters[at].title.text).is_some();
        let is_plain = || with_box > 0 || self.takes_bullets && !self.is_prose(at) && !is_index(items);
        has_parent || is_known || self.is_named(at) || self.is_loose() && is_plain()
    }
}

/// Whether a list leads to files, as a table of contents does.
fn is_index(items: &[Item]) -> bool {
    let leads = |item: &&Item| {
        item.words.marks.iter().any(|mark| match &mark.kind {
            MarkKind::Link(to) => mark.within == (0..item.words.text.len()) && !to.contains("://"),
            _ => false,
        })
    };
    2 * items.iter().filter(leads).count() >= items.len()
}
