//! Lines that give a value behind its name: `**Goal:** …`, `Due: 2026-12-18`.

use std::ops::Range;

use super::{
    Claim, Reading,
    addresses::repository as repository_in,
    days::{self, years_of},
};
use crate::{
    documents::{
        Statement,
        vocabulary::{Certainty, Field, is_nothing},
    },
    import::{draft::Entry, is_repository},
    markdown::read::blocks::Words,
};

/// Which field a name stands for, in small letters.
type Saying = fn(&str) -> Option<(Field, Certainty)>;

/// The field of a milestone that a line names.
fn saying(name: &str) -> Option<(Field, Certainty)> {
    match Field::named(name)? {
        (Field::Title, _) if name == "summary" => Some((Field::Description, Certainty::Sure)),
        found @ (
            Field::Goal | Field::Description | Field::Owner | Field::Due | Field::Start | Field::State,
            _,
        ) => Some(found),
        _ => None,
    }
}

/// The field of an issue that a line names.
fn saying_of_issue(name: &str) -> Option<(Field, Certainty)> {
    let (field, certainty) = Field::named(name)?;
    let field = if field == Field::Owner { Field::Assignees } else { field };
    let is_value = match field {
        // Names of others begin sentences as well: `Started: …`.
        Field::Plain(own) => matches!(own.key, "type" | "estimate" | "closed_on"),
        Field::State | Field::Assignees | Field::Due | Field::Start | Field::Labels => true,
        Field::Waits | Field::Parent | Field::Milestone => true,
        _ => false,
    };
    Some((field, certainty)).filter(|_| is_value)
}

impl Reading<'_> {
    /// The values that the lines of a paragraph give of a milestone; whether they give any.
    pub(super) fn sayings_of_milestone(&mut self, ix: usize, range: &Range<usize>) -> bool {
        let mut entry = std::mem::take(&mut self.draft.milestones[ix]);
        let found = self.sayings(range, saying);
        found.iter().for_each(|(field, value)| self.say_value(&mut entry, *field, value));
        self.draft.milestones[ix] = entry;
        !found.is_empty()
    }

    /// The same of an issue.
    pub(super) fn sayings_of_issue(&mut self, entry: &mut Entry, range: &Range<usize>) -> bool {
        let found = self.sayings(range, saying_of_issue);
        found.iter().for_each(|(field, value)| self.say_value(entry, *field, value));
        !found.is_empty()
    }

    /// The values that the lines of a paragraph give; none where its first line gives none.
    fn sayings(&mut self, range: &Range<usize>, saying: Saying) -> Vec<(Field, Range<usize>)> {
        let mut found: Vec<(Field, Range<usize>)> = Vec::new();
        let mut at = range.start;
        for line in self.text[range.clone()].split_inclusive('\n') {
            let end = at + line.trim_end().len();
            match named(line, saying) {
                Some((saying, behind)) => {
                    if let Some((_, value)) = found.last_mut() {
                        value.end -= usize::from(breaks(&self.text[value.clone()]));
                    }
                    let spaces = line[behind..].len() - line[behind..].trim_start().len();
                    found.push((saying, (at + behind + spaces).min(end)..end));
                }
                None => match found.last_mut() {
                    Some((_, value)) => value.end = end,
                    None => return Vec::new(),
                },
            }
            at += line.len();
        }
        let day = |wanted: Field| {
            let found = found.iter().find(|(field, _)| *field == wanted);
            found.map(|(_, range)| (super::prose::inline(self.text, range.clone()), range.start))
        };
        let days: Vec<_> = [Field::Start, Field::Due].into_iter().filter_map(day).collect();
        self.note_years("", &days, &years_of(days.iter().map(|(text, _)| text.as_str())));
        found
    }

    fn say_value(&mut self, entry: &mut Entry, field: Field, range: &Range<usize>) {
        let text = super::prose::inline(self.text, range.clone());
        let text = if field == Field::Labels { text.replace('`', "") } else { text };
        let words = Words::of(text, range);
        match field {
            Field::Goal | Field::Description => self.say(entry, field.key(), words.text, range),
            _ if is_nothing(&words.text) => {}
            _ => self.cell(entry, Statement { field, words: &words, certainty: Certainty::Sure }),
        }
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

/// The value that a line names, and where in it the value begins. A word that may mean something else names a day only where
/// one is behind it.
fn named(line: &str, saying: Saying) -> Option<(Field, usize)> {
    let colon = line.find(':')?;
    let name = line[..colon].trim().trim_start_matches(['*', '_', '-', ' ']).trim_end_matches(['*', '_']);
    let behind = &line[colon + 1..];
    let value = behind.trim_start_matches(['*', '_']);
    let (field, certainty) = saying(&name.to_lowercase())?;
    let is_day = || days::is_day(value);
    if certainty == Certainty::Likely && matches!(field, Field::Due | Field::Start) && !is_day() {
        return None;
    }
    // The marks behind the colon end those before the name; without them they begin something.
    let is_marked = line.trim_start().starts_with(['*', '_']);
    let skipped = if is_marked { behind.len() - value.len() } else { 0 };
    Some((field, colon + 1 + skipped))
}
