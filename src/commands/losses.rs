//! What a document says and neither the roadmap nor the document that takes its place does: listed before it is replaced.
//!
//! What the reader of older documents left out is named by the column or the line that it is in. The rest is held against
//! the words of the source and of the new document: a line is gone where they lack half of its words, so that what only
//! moved, or is only written in another way, is not listed.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use serde_json::Value;

use crate::{
    documents::{values, vocabulary},
    import::Imported,
    markdown::read::blocks::{Block, Words, blocks},
    report::{At, Code, counted, one_line},
};

/// How many are listed, unless all are asked for.
const MOST: usize = 10;

/// How many values of a column are listed.
const MOST_VALUES: usize = 3;

/// How many characters of a text are shown.
const LONGEST: usize = 60;

/// The first of the characters that are taken for marks: arrows, boxes, ticks, pictures.
const FIRST_MARK: char = '\u{2190}';

/// What a document is held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct After<'a> {
    /// The document that takes its place.
    pub(super) new: &'a str,
    /// The source, as it is then.
    pub(super) sources: &'a [Value],
    /// How it reads as a roadmap, where it does.
    pub(super) imported: Option<&'a Imported>,
    /// Whether the source has all of that.
    pub(super) is_filled: bool,
}

/// Something that would be gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Loss {
    /// Where it begins, in bytes.
    at: usize,
    what: String,
}

/// A column of a table.
struct Column {
    head: Words,
    cells: Vec<Words>,
}

/// All that would be gone of a document, in its order; `name` is what findings call it.
pub(super) fn losses(name: &str, old: &str, after: After<'_>) -> Vec<Loss> {
    let known = Known::of(after);
    let (left_out, only_here) = after.imported.map(|imported| left_out(name, imported)).unwrap_or_default();
    let mut gone = Gone { text: old, losses: Vec::new(), covered: BTreeMap::new() };
    let is_nowhere = |words: &Words| !after.is_filled && known.lacks_value(&words.text);
    for placed in blocks(old).iter().filter(|_| after.imported.is_some()) {
        if let Block::Table(rows) = &placed.block {
            for row in rows.iter().filter(|row| starts_within(&only_here, &row.range)) {
                gone.push(row.range.clone());
            }
            let cell = |at: usize| rows.iter().filter_map(move |row| row.cells.get(at).cloned());
            let columns = rows.first().map_or(0, |head| head.cells.len());
            for mut cells in (0..columns).map(cell) {
                let Some(head) = cells.next() else { continue };
                gone.column(&Column { head, cells: cells.collect() }, &left_out, is_nowhere);
            }
        }
    }
    for range in only_here.iter().chain(&left_out) {
        gone.text_at(range);
    }
    let tables = blocks(old).into_iter().filter(|placed| matches!(placed.block, Block::Table(_)));
    let tables: Vec<_> = tables.map(|placed| placed.range).filter(|_| after.imported.is_some()).collect();
    gone.lines(&known, &tables);
    gone.marks(&known);
    gone.losses.sort_by_key(|loss| loss.at);
    gone.losses
}

/// The list for people, under a line that says whose it is; empty where nothing would be gone.
pub(super) fn listed(path: &str, old: &str, losses: &[Loss], is_verbose: bool) -> String {
    if losses.is_empty() {
        return String::new();
    }
    let shown = if is_verbose { losses.len() } else { MOST };
    let mut text = format!("neither in the new `{}` nor in the JSON:", one_line(path));
    let (mut line, mut from) = (1, 0);
    for loss in losses.iter().take(shown) {
        line += old.get(from..loss.at).map_or(0, |before| before.matches('\n').count());
        from = loss.at;
        text.push_str(&format!("\n  line {line}: {}", loss.what));
    }
    if losses.len() > shown {
        text.push_str(&format!("\n  and {} more: `--verbose` lists all", losses.len() - shown));
    }
    text
}

/// What reading the document as a roadmap left out, or found to be otherwise in the source; and the items that the source
/// does not have: their bytes.
fn left_out(name: &str, imported: &Imported) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let own = |place: &crate::report::Place| match &place.at {
        At::Bytes(range) if *place.file == *name => Some(range.clone()),
        _ => None,
    };
    let (mut left_out, mut only_here) = (Vec::new(), Vec::new());
    for found in imported.report.iter() {
        match found.code {
            Code::ImportLeftOut => left_out.extend(own(&found.place)),
            // A value that the source has otherwise, and keeps.
            Code::ImportContradiction if own(&found.place).is_none() => {
                let said = found.related.iter().find(|(_, why)| why == "the document says");
                left_out.extend(said.and_then(|(place, _)| own(place)));
            }
            // A number that the document counts wrong has nothing beside it.
            Code::ImportContradiction if !found.related.is_empty() => only_here.extend(own(&found.place)),
            _ => {}
        }
    }
    for ranges in [&mut left_out, &mut only_here] {
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges.dedup();
    }
    (left_out, only_here)
}

/// Whether one of these, which are sorted, begins within bytes.
fn starts_within(ranges: &[Range<usize>], bytes: &Range<usize>) -> bool {
    let first = ranges.partition_point(|range| range.start < bytes.start);
    ranges.get(first).is_some_and(|range| bytes.contains(&range.start))
}

/// What is gone, as it is found.
struct Gone<'t> {
    text: &'t str,
    losses: Vec<Loss>,
    /// Where what need not be looked at again begins and ends.
    covered: BTreeMap<usize, usize>,
}

impl Gone<'_> {
    /// A column of which values were left out, or the whole.
    fn column(&mut self, column: &Column, left_out: &[Range<usize>], is_nowhere: impl Fn(&Words) -> bool) {
        let is_left_out = |words: &Words| starts_within(left_out, &words.range);
        let is_whole = is_left_out(&column.head);
        let is_new = |cell: &&Words| !cell.text.trim().is_empty() && !self.is_covered(cell.range.start);
        let values = column.cells.iter().filter(is_new);
        let values: Vec<_> =
            values.filter(|cell| is_whole || is_left_out(cell) || is_nowhere(cell)).collect();
        let Some(first) = values.first() else { return };
        let at = if is_whole { column.head.range.start } else { first.range.start };
        let shown = values.iter().take(MOST_VALUES).map(|value| format!("`{}`", cut(&value.text)));
        let mut what =
            format!("column `{}`: {}", cut(&column.head.text), shown.collect::<Vec<_>>().join(", "));
        if values.len() > MOST_VALUES {
            what.push_str(&format!(" and {} more", values.len() - MOST_VALUES));
        }
        self.losses.push(Loss { at, what });
        let own = values.iter().map(|value| &value.range).chain([&column.head.range]);
        self.covered.extend(own.map(|range| (range.start, range.end)));
    }

    /// A text that was left out.
    fn text_at(&mut self, range: &Range<usize>) {
        if !self.is_covered(range.start) {
            self.push(range.clone());
        }
    }

    fn is_covered(&self, at: usize) -> bool {
        self.covered.range(..=at).next_back().is_some_and(|(_, end)| at < *end)
    }

    fn push(&mut self, range: Range<usize>) {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let lines = text.lines().filter(|line| words(line).next().is_some()).count();
        let more =
            if lines > 1 { format!(" and {} more", counted(lines - 1, "line")) } else { String::new() };
        self.losses.push(Loss { at: range.start, what: format!("`{}`{more}", excerpt(text)) });
        self.covered.insert(range.start, range.end);
    }

    /// Lines of which half the words are nowhere. Those of tables that were read as parts of a roadmap are not looked at.
    fn lines(&mut self, known: &Known, tables: &[Range<usize>]) {
        let mut covered = self.covered.clone();
        covered.extend(tables.iter().map(|table| (table.start, table.end)));
        let mut covered = covered.into_iter().peekable();
        let (mut at, mut reach) = (0, 0);
        let mut run: Option<Range<usize>> = None;
        for line in self.text.split_inclusive('\n') {
            let range = at..at + line.len();
            at = range.end;
            while let Some((_, end)) = covered.next_if(|(start, _)| *start < range.end) {
                reach = reach.max(end);
            }
            if reach <= range.start && known.lacks(line) {
                run = Some(run.map_or(range.start, |run| run.start)..range.end);
            } else if let Some(run) = run.take() {
                self.push(run);
            }
        }
        run.into_iter().for_each(|run| self.push(run));
    }

    /// Marks that are nowhere: each once, with how often it is there.
    fn marks(&mut self, known: &Known) {
        let mut found: Vec<(char, usize, usize)> = Vec::new();
        for (at, mark) in self.text.char_indices().filter(|(_, c)| is_mark(*c) && !known.marks.contains(c)) {
            if self.is_covered(at) {
                continue;
            }
            match found.iter_mut().find(|(own, ..)| *own == mark) {
                Some((_, _, count)) => *count += 1,
                None => found.push((mark, at, 1)),
            }
        }
        for (mark, at, count) in found {
            let times = if count > 1 { format!(", {count} times") } else { String::new() };
            self.losses.push(Loss { at, what: format!("the mark `{mark}`{times}") });
        }
    }
}

/// The words and marks of the source and the new document.
struct Known {
    words: BTreeSet<String>,
    marks: BTreeSet<char>,
}

impl Known {
    fn of(after: After<'_>) -> Self {
        let mut known = Self { words: BTreeSet::new(), marks: BTreeSet::new() };
        known.add(after.new);
        after.sources.iter().for_each(|source| known.add_value(source));
        known
    }

    fn add(&mut self, text: &str) {
        self.words.extend(words(text));
        self.marks.extend(text.chars().filter(|c| is_mark(*c)));
    }

    fn add_value(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Number(number) => self.add(&number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.add_value(item)),
            Value::Object(members) => members.iter().for_each(|(key, member)| {
                self.add(key);
                self.add_value(member);
            }),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Whether a value of a column is not among them. Numbers are counted anew, and days and states written in another way.
    fn lacks_value(&self, text: &str) -> bool {
        let is_other = values::day(text).is_some() || vocabulary::state(text).is_some();
        text.contains(char::is_alphabetic) && !is_other && self.lacks(text)
    }

    /// Whether half of the words of a line are not among them.
    fn lacks(&self, line: &str) -> bool {
        let line = without_addresses(line);
        let (mut all, mut missing) = (0, 0);
        for word in words(&line) {
            all += 1;
            missing += usize::from(!self.words.contains(&word));
        }
        all > 0 && missing * 2 >= all
    }
}

/// The words of a text in small letters.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn is_mark(c: char) -> bool {
    let is_selector = ('\u{fe00}'..='\u{fe0f}').contains(&c);
    c >= FIRST_MARK && !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !is_selector
}

/// A line without where its links lead: whoever reads it sees the words.
fn without_addresses(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once("](") {
        text.push_str(before);
        text.push(' ');
        rest = behind.split_once(')').map_or("", |(_, behind)| behind);
    }
    text.push_str(rest);
    let is_address = |word: &str| word.contains("://");
    text.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ")
}

/// The first line of a text that has words, without the marks before them.
fn excerpt(text: &str) -> String {
    let line = text.lines().find(|line| words(line).next().is_some()).unwrap_or(text);
    cut(line.trim_start_matches(['#', '>', '-', '*', '+', '|', ' ', '\t']).trim_end_matches(['|', ' ', '\r']))
}

fn cut(text: &str) -> String {
    let text = one_line(text.trim());
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into_owned(),
    }
}
