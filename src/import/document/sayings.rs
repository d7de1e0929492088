//! Lines that give a value behind its name: `**Goal:** …`, `Due: 2026-12-18`.

use std::ops::Range;

use super::{Claim, Column, Reading, values};
use crate::{
    import::{draft::Entry, is_repository},
    markdown::read::blocks::Words,
};

/// What a line gives.
enum Saying {
    Text(&'static str),
    Single(Column),
}

/// The names of values, in small letters.
fn saying(name: &str) -> Option<Saying> {
    Some(match name {
        "goal" | "goals" | "objective" | "outcome" => Saying::Text("goal"),
        "description" | "about" | "scope" | "summary" => Saying::Text("description"),
        "owner" | "lead" => Saying::Single(Column::Owner),
        "due" | "due on" | "due date" | "deadline" | "target date" => Saying::Single(Column::Due),
        "start" | "start on" | "start date" => Saying::Single(Column::Start),
        "state" | "status" => Saying::Single(Column::State),
        _ => return None,
    })
}

impl Reading<'_> {
    /// The values that the lines of a paragraph give of a milestone; whether they give any.
    pub(super) fn sayings_of_milestone(&mut self, ix: usize, range: &Range<usize>) -> bool {
        let mut found: Vec<(Saying, Range<usize>)> = Vec::new();
        let mut at = range.start;
        for line in self.text[range.clone()].split_inclusive('\n') {
            let end = at + line.trim_end().trim_end_matches('\\').len();
            match named(line) {
                Some((saying, behind)) => found.push((saying, at + behind..end)),
                None => match found.last_mut() {
                    Some((_, value)) => value.end = end,
                    None => return false,
                },
            }
            at += line.len();
        }
        for (saying, value) in &found {
            self.say_value(ix, saying, value);
        }
        !found.is_empty()
    }

    fn say_value(&mut self, ix: usize, saying: &Saying, range: &Range<usize>) {
        let text = super::prose::inline(self.text, range.clone());
        let mut entry: Entry = std::mem::take(&mut self.draft.milestones[ix]);
        match saying {
            Saying::Text(key) => self.say(&mut entry, key, text, range),
            Saying::Single(_) if values::is_nothing(&text) => {}
            Saying::Single(column) => self.single(&mut entry, *column, &text, range),
        }
        self.draft.milestones[ix] = entry;
    }

    /// Takes what a line says of the whole roadmap, where it does.
    pub(super) fn saying_of_the_whole(&mut self, words: &Words) -> bool {
        let Some((name, value)) = words.text.split_once(':') else { return false };
        if !matches!(name.trim().to_lowercase().as_str(), "repository" | "repo" | "github") {
            return false;
        }
        let value = value.trim();
        let plain = Some(value.to_owned()).filter(|value| is_repository(value));
        let Some(repository) = plain.or_else(|| values::repository(value)) else { return false };
        self.draft.head.say("repository", repository, &words.range);
        true
    }

    /// Whether a paragraph is one that `build` writes, with numbers that follow from the rest.
    pub(super) fn is_derived(&mut self, words: &Words) -> bool {
        let text = words.text.trim();
        let numbers = text
            .strip_prefix("Total:")
            .or_else(|| text.strip_prefix("This document provides a complete summary of the "));
        let Some(numbers) = numbers else { return false };
        let words_of: Vec<&str> = numbers.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        for pair in words_of.windows(2) {
            let Ok(count) = pair[0].parse() else { continue };
            match pair[1] {
                "milestone" | "milestones" => self.claims.push(Claim::milestones(count, words.range.clone())),
                "issue" | "issues" => self.claims.push(Claim::issues(count, words.range.clone())),
                _ => {}
            }
        }
        true
    }
}

/// The value that a line names, and where in it the value begins.
fn named(line: &str) -> Option<(Saying, usize)> {
    let colon = line.find(':')?;
    let name = line[..colon].trim().trim_start_matches(['*', '_', '-', ' ']).trim_end_matches(['*', '_']);
    let behind = &line[colon + 1..];
    let marks = behind.trim_start_matches(['*', '_']);
    let saying = saying(&name.to_lowercase())?;
    // The marks behind the colon end those before the name; without them they begin something.
    let is_marked = line.trim_start().starts_with(['*', '_']);
    let skipped = if is_marked { behind.len() - marks.len() } else { 0 };
    Some((saying, colon + 1 + skipped))
}
