//! The repository of a roadmap, as the links of a document name it; and which links lead elsewhere.

use std::collections::BTreeSet;

use super::{
    Chapter, Reading,
    addresses::{issue_at, repository},
};
use crate::{
    documents::{columns::of_roadmap, values, vocabulary::Field},
    markdown::read::blocks::{Block, Mark, MarkKind, Words},
};

/// The one repository that titles lead to as a whole, where they all agree.
pub(super) fn named_by_titles(chapters: &[Chapter]) -> Option<String> {
    let mut found = BTreeSet::new();
    for chapter in chapters {
        found.extend(leading_to(&chapter.title));
        for placed in &chapter.blocks {
            match &placed.block {
                Block::List(items) => found.extend(items.iter().filter_map(|item| leading_to(&item.words))),
                Block::Table(rows) => {
                    let Some((_, table)) = of_roadmap(rows, true) else { continue };
                    let cells = rows.iter().flat_map(|row| {
                        [Field::Id, Field::Title].into_iter().filter_map(|field| table.cell(row, field))
                    });
                    found.extend(cells.filter_map(leading_to));
                }
                _ => {}
            }
        }
    }
    found.pop_first().filter(|_| found.is_empty())
}

/// The repository of the issue that words lead to as a whole, or by their id.
fn leading_to(words: &Words) -> Option<String> {
    words.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Link(address) if is_title(words, mark) => Some(issue_at(address)?.0.to_lowercase()),
        _ => None,
    })
}

/// Whether a link is all that words are, or the id before them.
fn is_title(words: &Words, mark: &Mark) -> bool {
    let [before, text, behind] =
        [&words.text[..mark.within.start], &words.text[mark.within.clone()], &words.text[mark.within.end..]];
    let is_bare = |text: &str| !text.contains(char::is_alphanumeric);
    let text = text.trim().trim_end_matches(':');
    let is_id = text.starts_with('#') && values::id(text).is_some() || values::is_id_word(text);
    is_bare(before) && (is_bare(behind) || is_id)
}

impl Reading<'_> {
    /// Takes note of the repository that an item leads to by its title: a link within a sentence may lead anywhere.
    pub(super) fn note_repository(&mut self, words: &Words) {
        for mark in &words.marks {
            if let MarkKind::Link(address) = &mark.kind
                && ["/issues/", "/milestone/", "/milestones/"].iter().any(|part| address.contains(part))
                && (self.is_ours || is_title(words, mark))
                && let Some(repository) = repository(address)
            {
                self.repositories.entry(repository).or_insert(mark.range.clone());
            }
        }
    }

    /// The repository of the roadmap: the one that the document states, else the one that its titles lead to.
    pub(super) fn own_repository(&self) -> Option<&str> {
        self.draft.head.text("repository").or(self.titled_repository.as_deref())
    }

    /// Whether words call an issue of another repository by its number: that number is none of ours.
    pub(super) fn names_another(&self, words: &Words) -> bool {
        let Some(own) = self.own_repository() else { return false };
        words.marks.iter().any(|mark| match &mark.kind {
            MarkKind::Link(address) => {
                let is_number = words.text[mark.within.clone()].trim().starts_with('#');
                is_number && repository(address).is_some_and(|other| !other.eq_ignore_ascii_case(own))
            }
            _ => false,
        })
    }
}
