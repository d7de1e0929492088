//! The implementation guide: its phases, and the milestones that they name.

use std::ops::Range;

use super::{Reading, prose};
use crate::{
    documents::values,
    import::draft::Entry,
    markdown::read::blocks::{Block, Item, MarkKind},
    model::{Id, made_id},
};

impl Reading<'_> {
    /// The guide.
    pub(super) fn guide(&mut self, part: usize) {
        if self.numbers.is_none() {
            let milestones = self.draft.milestones.iter().enumerate().rev();
            let numbered = milestones.filter_map(|(place, milestone)| Some((number_of(milestone)?, place)));
            self.numbers = Some(numbered.collect());
        }
        if values::phase_of(&self.chapters[part].title.text).is_some() {
            return self.phase(part);
        }
        let has_chapters = self.chapters[part].end > part + 1;
        for placed in std::mem::take(&mut self.chapters[part].blocks) {
            match &placed.block {
                Block::Rule => {}
                Block::Html if self.is_comment(&placed.range) => self.comment(&placed.range),
                Block::List(items) if !has_chapters => {
                    items.iter().filter(|item| item.depth == 0).for_each(|item| self.item_of_phase(item));
                }
                _ => self.left_out(&placed.range, "this text of the guide"),
            }
        }
        let mut at = part + 1;
        while at < self.chapters[part].end {
            self.phase(at);
            at = self.chapters[at].end.max(at + 1);
        }
    }

    fn phase(&mut self, at: usize) {
        let chapter = &self.chapters[at];
        let heading = chapter.heading.clone();
        let range = heading.end..self.start(chapter.end);
        let notes = format!("phase-{}-", self.draft.phases.len() + 1);
        let body = prose::body(self.text, range.clone(), chapter.level, &notes);
        let title = chapter.title.text.trim().to_owned();
        self.add_phase(values::phase_of(&title).unwrap_or(&title), body, &heading, &range);
    }

    fn item_of_phase(&mut self, item: &Item) {
        let words = &item.words;
        let strong = words.marks.iter().find(|mark| mark.kind == MarkKind::Strong && mark.within.start == 0);
        let (title, behind) = match strong {
            Some(mark) => (&words.text[mark.within.clone()], mark.range.end),
            None => (words.text.as_str(), words.range.end),
        };
        let range = behind..item.range.end;
        let body = prose::dedented(self.text, range.clone());
        let title = title.trim().trim_end_matches(':');
        let mut title = values::phase_of(title).unwrap_or(title).to_owned();
        let mut body = body.trim_start();
        // The milestones may stand behind the marks of the title.
        if let Some((inside, rest)) = body.strip_prefix('(').and_then(|body| body.split_once(')'))
            && self.milestones_in(inside).is_some()
        {
            title = format!("{title} ({inside})");
            body = rest;
        }
        let body =
            body.trim_start_matches(' ').trim_start_matches(values::SEPARATORS).trim_start_matches(' ');
        self.add_phase(&title, body.to_owned(), &words.range, &range);
    }

    fn add_phase(&mut self, title: &str, body: String, heading: &Range<usize>, range: &Range<usize>) {
        let mut entry = Entry::at(heading);
        let named = title.strip_suffix(')').and_then(|title| title.rsplit_once('('));
        let named = named.and_then(|(title, inside)| Some((title.trim_end(), self.milestones_in(inside)?)));
        let title = match named {
            Some((title, milestones)) if !title.is_empty() => {
                entry.milestones = milestones;
                title
            }
            _ => title,
        };
        if title.is_empty() {
            return self.left_out(heading, "a phase without a title");
        }
        self.draft.phases.push(entry.with("title", title, heading).with("body", body, range));
    }

    /// The milestones that words such as `Milestones 2 & 3` or `DB-ML2, DB-ML3` name; `None` where one of them is unknown.
    fn milestones_in(&self, text: &str) -> Option<Vec<usize>> {
        let lower = text.trim().to_lowercase();
        let words =
            lower.strip_prefix("milestones").or_else(|| lower.strip_prefix("milestone")).unwrap_or(&lower);
        let is_said = words.len() < lower.len();
        let words = words.replace('&', ",").replace(" and ", ",").replace('–', "-");
        let parts = words.split(',').map(str::trim).filter(|part| !part.is_empty());
        let mut found = Vec::new();
        for part in parts {
            match part
                .split_once('-')
                .and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)))
            {
                Some((from, to)) if is_said && from <= to && to - from < 1_000 => {
                    for number in from..=to {
                        found.push(self.milestone_numbered(number)?);
                    }
                }
                _ if is_said && part.parse::<u64>().is_ok() => {
                    found.push(self.milestone_numbered(part.parse().ok()?)?)
                }
                _ => found.push(self.milestone_named(part)?),
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// The milestone whose id ends in a number, else the one at that place.
    fn milestone_numbered(&self, number: u64) -> Option<usize> {
        let known = self.numbers.as_ref()?;
        known.get(&number).copied().or_else(|| {
            let place = usize::try_from(number).ok()?.checked_sub(1)?;
            self.draft.milestones.get(place).filter(|milestone| number_of(milestone).is_none()).map(|_| place)
        })
    }
}

/// The number that a milestone's id ends in; one without an id gets the one that is made of its title.
fn number_of(milestone: &Entry) -> Option<u64> {
    match milestone.id() {
        Some(id) => Id::new(id).and_then(|id| id.number()),
        None => made_id(milestone.title()).number(),
    }
}
