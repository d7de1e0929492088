//! Ids in prose: which words of a text name something of this roadmap, or would, if it existed.
//!
//! A word is judged only where its series (all before the last digits) is one that this roadmap uses, in the same letters:
//! `DM-003` is nobody's id where no id begins with `DM-`. A series without a sign between letters and digits (`m1`) reads
//! like a unit or a version, so it counts only where several ids share it, and only in as many digits as they have.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use crate::{
    markdown::scan,
    model::{Id, Roadmap, Target},
};

/// A word of a text that is an id, or looks like one of this roadmap's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// The id, whole also where the text gives only the last number of a range.
    pub(crate) id: String,
    /// What it means; `None` where nothing has it.
    pub(crate) target: Option<Target>,
}

/// Two mentions of one series with "through" or a dash between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdRange {
    /// Its bytes, from the first id to the last.
    pub(crate) range: Range<usize>,
    /// The id at its lower end, as it is written.
    pub(crate) first: String,
    /// The series, as [`Id::series`] gives it.
    pub(crate) series: String,
    /// The numbers of its two ends.
    pub(crate) numbers: (u64, u64),
}

/// What a text names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Mentions {
    /// Single ids, the ends of ranges included.
    pub(crate) ids: Vec<Mention>,
    /// Ranges of ids, for what lies between their ends.
    pub(crate) ranges: Vec<IdRange>,
}

/// All ids that a text can name.
#[derive(Debug, Default)]
pub(crate) struct KnownIds {
    /// Ids and former ids.
    targets: BTreeMap<Id, Target>,
    /// The series by what stands before the digits, as it is written.
    written: BTreeMap<String, Written>,
    /// For each series, in lower case, its numbers with their ids, sorted.
    series: BTreeMap<String, Vec<(u64, Id)>>,
}

/// How the ids of one series are written.
#[derive(Debug, Default)]
struct Written {
    count: usize,
    widths: BTreeSet<usize>,
}

impl KnownIds {
    /// Whether no word can be judged.
    pub(crate) fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// The ids of a roadmap. Made ids are no series: they are words of a title.
    pub(crate) fn of(roadmap: &Roadmap) -> Self {
        let milestones = roadmap.milestones().map(|(ix, item)| (&item.id, Target::Milestone(ix), !item.made));
        let issues = roadmap.issues().map(|(ix, item)| (&item.id, Target::Issue(ix), !item.made));
        let aliases = roadmap.aliases.iter().map(|alias| (&alias.was, alias.to, false));
        let ids: Vec<_> = milestones.chain(issues).chain(aliases).collect();
        // Of equal ids the first is meant: what is collected last stays.
        let targets = ids.iter().rev().map(|(id, target, _)| ((*id).clone(), *target)).collect();
        let mut known = Self { targets, ..Self::default() };
        ids.into_iter().for_each(|(id, _, is_series)| known.add(id, is_series));
        for numbers in known.series.values_mut() {
            numbers.sort();
            numbers.dedup_by_key(|(number, _)| *number);
        }
        known
    }

    /// These ids, whatever has them.
    pub(crate) fn named(ids: &[Id]) -> Self {
        let mut known = Self::default();
        ids.iter().for_each(|id| known.add(id, true));
        known
    }

    fn add(&mut self, id: &Id, is_series: bool) {
        let (Some(series), Some(number)) = (id.series(), id.number()) else { return };
        if !series.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return;
        }
        self.series.entry(series.to_owned()).or_default().push((number, id.clone()));
        if is_series {
            let (prefix, digits) = id.as_str().split_at(series.len());
            let written = self.written.entry(prefix.to_owned()).or_default();
            written.count += 1;
            written.widths.insert(digits.len());
        }
    }

    /// The ids that a text names, in its order. Whether a word stands in code is for the caller to know.
    pub(crate) fn mentions(&self, text: &str) -> Mentions {
        let mut mentions = Mentions::default();
        for word in words_with_digits(text) {
            for id in self.ids_of_word(text, word.clone()) {
                if !is_in_address(text, &word) && !self.is_part_of_path(text, &id) {
                    mentions.ids.push(self.mention(id.clone(), text[id].to_owned()));
                }
            }
        }
        self.add_ranges(text, &mut mentions);
        mentions
    }

    /// What has this id or former id.
    pub(crate) fn target(&self, id: &str) -> Option<Target> {
        self.targets.get(id.to_ascii_lowercase().as_str()).copied()
    }

    fn mention(&self, range: Range<usize>, id: String) -> Mention {
        let target = self.target(&id);
        Mention { range, id, target }
    }

    /// The id that a word is; the two of `DB-001-DB-005` and `DB-001..DB-005`.
    fn ids_of_word(&self, text: &str, word: Range<usize>) -> Vec<Range<usize>> {
        let trimmed = trim(text, word);
        if self.is_id(&text[trimmed.clone()]) {
            return vec![trimmed];
        }
        if trimmed.len() > 2 * Id::MOST_LETTERS + 2 {
            return Vec::new();
        }
        for (between, _) in text[trimmed.clone()].match_indices(['-', '.']) {
            let left = trim(text, trimmed.start..trimmed.start + between);
            let right = trim(text, trimmed.start + between..trimmed.end);
            if self.is_id(&text[left.clone()]) && self.is_id(&text[right.clone()]) {
                return vec![left, right];
            }
        }
        Vec::new()
    }

    /// Whether a word is written as the ids of a series are, be there such an id or not.
    pub(crate) fn is_id(&self, word: &str) -> bool {
        let prefix = word.trim_end_matches(|c: char| c.is_ascii_digit());
        let width = word.len() - prefix.len();
        let Some(written) = self.written.get(prefix).filter(|_| width > 0) else { return false };
        let has_sign = prefix.contains(['-', '.', '_']);
        Id::new(word).is_some() && (has_sign || (written.count > 1 && written.widths.contains(&width)))
    }

    /// Whether an id is a part of a path, as in `docs/DB-009/notes`; `DB-001/DB-002` names two.
    fn is_part_of_path(&self, text: &str, id: &Range<usize>) -> bool {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let before = text[..id.start].strip_suffix(['/', '\\']).map(|before| {
            let start = before.trim_end_matches(is_letter).len();
            trim(text, start..before.len())
        });
        let after = text[id.end..].strip_prefix(['/', '\\']).map(|after| {
            let start = id.end + 1;
            trim(text, start..start + after.find(|c| !is_letter(c)).unwrap_or(after.len()))
        });
        before.into_iter().chain(after).any(|part| !self.is_id(&text[part]))
    }

    /// Finds the mentions that are the two ends of a range, and the ends that are written as a bare number.
    fn add_ranges(&self, text: &str, mentions: &mut Mentions) {
        let mut ids = Vec::new();
        let mut given = std::mem::take(&mut mentions.ids).into_iter().peekable();
        while let Some(first) = given.next() {
            let Some(reach) = joined(&text[first.range.end..]) else {
                ids.push(first);
                continue;
            };
            let at = first.range.end + reach.length;
            let last = match given.peek() {
                Some(next) if next.range.start == at => Some(next.clone()),
                _ => bare_number(text, &first, at, reach.is_tight).map(|(range, id)| self.mention(range, id)),
            };
            if let Some(range) = last.as_ref().and_then(|last| range_of(&first, last)) {
                mentions.ranges.push(range);
            }
            let is_bare = last.as_ref().is_some_and(|last| given.peek() != Some(last));
            ids.push(first);
            ids.extend(last.filter(|_| is_bare));
        }
        mentions.ids = ids;
    }

    /// The ids from one end of a range to the other, and what they mean.
    pub(crate) fn within(&self, range: &IdRange) -> impl Iterator<Item = (&Id, Target)> {
        let ids = self.numbers(range).iter().map(|(_, id)| id);
        ids.filter_map(|id| Some((id, *self.targets.get(id.key())?)))
    }

    /// The first id between the two ends of a range that nothing has.
    pub(crate) fn first_gap(&self, range: &IdRange) -> Option<String> {
        let (low, high) = range.numbers;
        let numbers = self.numbers(range);
        // Up to the first gap each number is as far from the first as its place is.
        let (mut lower, mut upper) = (0, numbers.len());
        while lower < upper {
            let middle = usize::midpoint(lower, upper);
            let whole = numbers[middle].0 - low == middle as u64;
            (lower, upper) = if whole { (middle + 1, upper) } else { (lower, middle) };
        }
        let gap = low + lower as u64;
        let prefix = range.first.trim_end_matches(|c: char| c.is_ascii_digit());
        let width = range.first.len() - prefix.len();
        // The ends themselves are mentions of their own.
        (gap > low && gap < high).then(|| format!("{prefix}{gap:0width$}"))
    }

    fn numbers(&self, range: &IdRange) -> &[(u64, Id)] {
        let (low, high) = range.numbers;
        self.series.get(&range.series).map_or(&[], |numbers| {
            let start = numbers.partition_point(|(number, _)| *number < low);
            &numbers[start..numbers.partition_point(|(number, _)| *number <= high)]
        })
    }

    /// What to do about an id that nothing has.
    pub(crate) fn help(&self, unknown: &str) -> String {
        let id = Id::new(unknown);
        let numbers = id.as_ref().and_then(|id| self.series.get(id.series()?));
        let same = id.as_ref().and_then(|id| {
            let numbers = numbers?;
            let place = numbers.binary_search_by_key(&id.number()?, |(number, _)| *number).ok()?;
            Some(&numbers[place].1)
        });
        match (same, numbers.map(Vec::as_slice)) {
            (Some(same), _) => format!("did you mean `{same}`?"),
            (None, Some([(_, first), .., (_, last)])) => format!(
                "ids of this series run from `{first}` to `{last}`; put it in backticks if it is not an id of this roadmap"
            ),
            _ => "correct it, or put it in backticks if it is not an id of this roadmap".into(),
        }
    }
}

/// Runs of the characters that ids are made of, but for those without a digit: an id ends in digits, and most words have
/// none.
fn words_with_digits(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
    let mut at = 0;
    std::iter::from_fn(move || {
        let digit = at + scan::find(&bytes[at..], |byte| byte.is_ascii_digit())?;
        let before = bytes[at..digit].iter().rposition(|byte| !is_letter(byte));
        let start = before.map_or(at, |before| at + before + 1);
        let length = bytes[digit..].iter().position(|byte| !is_letter(byte));
        at = length.map_or(bytes.len(), |length| digit + length);
        Some(start..at)
    })
}

/// A word without the signs at its ends, which belong to the sentence.
fn trim(text: &str, word: Range<usize>) -> Range<usize> {
    let is_sign = |c: char| !c.is_ascii_alphanumeric();
    let inner = text[word.clone()].trim_start_matches(is_sign);
    let start = word.end - inner.len();
    start..start + inner.trim_end_matches(is_sign).len()
}

/// Whether a word stands in an address or behind a sign that gives it another meaning.
fn is_in_address(text: &str, word: &Range<usize>) -> bool {
    if text[..word.start].ends_with(['@', '$', '&', '=', '%', '#', '~']) {
        return true;
    }
    if !text[..word.start].ends_with(['/', ':', '?']) {
        return false;
    }
    // An address is a word between spaces; no more of a text without spaces is looked at than any has.
    let mut from = word.start.saturating_sub(2_000);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..word.start];
    let start = before.rfind(|c: char| c.is_whitespace() || c == '(' || c == '<').map_or(0, |at| at + 1);
    before[start..].contains("://") || before[start..].starts_with("www.")
}

/// What stands between the two ends of a range, after the first.
struct Joint {
    length: usize,
    /// Whether it is a dash without spaces.
    is_tight: bool,
}

/// The joint that a text begins with, be it a dash or a word.
fn joined(text: &str) -> Option<Joint> {
    let spaced = text.trim_start_matches([' ', '\n']);
    let had_space = spaced.len() < text.len();
    let word = ["through", "thru", "to", "until"]
        .iter()
        .filter(|_| had_space)
        .find_map(|word| spaced.strip_prefix(word).filter(|rest| rest.starts_with([' ', '\n'])));
    let dash = || {
        let signs: &[&str] = if had_space { &["–"] } else { &["–", "—", "...", "..", "…", "-"] };
        signs.iter().find_map(|sign| spaced.strip_prefix(sign))
    };
    let is_word = word.is_some();
    let rest = word.or_else(dash)?;
    let end = rest.trim_start_matches([' ', '\n']);
    Some(Joint {
        length: text.len() - end.len(),
        is_tight: !is_word && !had_space && end.len() == rest.len(),
    })
}

/// The end of a range that is written as its number alone, as in `DB-004–008`. After a word it has at least three digits,
/// for `A-1 to 3 people` is no range.
fn bare_number(text: &str, first: &Mention, at: usize, is_tight: bool) -> Option<(Range<usize>, String)> {
    let prefix = first.id.trim_end_matches(|c: char| c.is_ascii_digit());
    let width = first.id.len() - prefix.len();
    let rest = &text[at..];
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let ends = !rest[digits..].starts_with(|c: char| c.is_alphanumeric() || "-_/%".contains(c));
    let fits = digits == width && ends && (is_tight || width >= 3);
    fits.then(|| (at..at + digits, format!("{prefix}{}", &rest[..digits])))
}

/// The range between two mentions of one series, the lower first.
fn range_of(first: &Mention, last: &Mention) -> Option<IdRange> {
    let (from, to) = (Id::new(&first.id)?, Id::new(&last.id)?);
    let series = from.series().filter(|series| Some(*series) == to.series())?;
    let numbers = (from.number()?, to.number()?);
    (numbers.0 < numbers.1).then(|| IdRange {
        range: first.range.start..last.range.end,
        first: first.id.clone(),
        series: series.to_owned(),
        numbers,
    })
}

#[cfg(test)]
#[path = "mentions_tests.rs"]
mod tests;
