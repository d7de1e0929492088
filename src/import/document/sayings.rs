//! Lines that give a value behind its name: `**Goal:** …`, `Due: 2026-12-18`.

use std::ops::Range;

use super::{
    Claim, Column, Reading,
    days::years_of,
    values::{self, repository as repository_in},
};
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
            let end = at + line.trim_end().len();
            match named(line) {
                Some((saying, behind)) => {
                    if let Some((_, value)) = found.last_mut() {
                        value.end -= usize::from(breaks(&self.text[value.clone()]));
                    }
                    let spaces = line[behind..].len() - line[behind..].trim_start().len();
                    found.push((saying, (at + behind + spaces).min(end)..end));
                }
                None => match found.last_mut() {
                    Some((_, value)) => value.end = end,
                    None => return false,
                },
            }
            at += line.len();
        }
        let day = |wanted: Column| {
            let found = found
                .iter()
                .find(|(saying, _)| matches!(saying, Saying::Single(column) if *column == wanted));
            found.map(|(_, range)| (super::prose::inline(self.text, range.clone()), range.start))
        };
        let days: Vec<_> = [Column::Start, Column::Due].into_iter().filter_map(day).collect();
        self.note_years("", &days, &years_of(days.iter().map(|(text, _)| text.as_str())));
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

    /// Takes the repository out of the first or the last line of a paragraph, where one of them says it; the bytes of the
    /// rest.
    pub(super) fn without_repository(&mut self, range: &Range<usize>) -> Range<usize> {
        let text = &self.text[range.clone()];
        let first = text.find('\n').map_or(range.end, |end| range.start + end + 1);
        let last = text.trim_end().rfind('\n').map_or(range.start, |end| range.start + end + 1);
        if self.says_repository(&(range.start..first)) {
            return first..range.end;
        }
        if self.says_repository(&(last..range.end)) { range.start..last } else { range.clone() }
    }

    fn says_repository(&mut self, line: &Range<usize>) -> bool {
        let Some((name, value)) = self.text[line.clone()].split_once(':') else { return false };
        let name = name.trim_matches(['*', '_', ' ', '-']).to_lowercase();
        if !["repository", "repo", "github"].contains(&&*name) {
            return false;
        }
        let told = value.split(['[', ']', '(', ')', '<', '>', '*', '`', ' ', '\n', '\r']);
        let repository = |word: &str| {
            let address = repository_in(word);
            address.or_else(|| is_repository(word).then(|| word.to_owned()))
        };
        let Some(repository) = told.filter(|word| !word.is_empty()).find_map(repository) else {
            return false;
        };
        self.draft.head.say("repository", repository, line);
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

/// Whether a text ends in a backslash that broke its line.
fn breaks(text: &str) -> bool {
    (text.len() - text.trim_end_matches('\\').len()) % 2 == 1
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
