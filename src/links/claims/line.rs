//! Lines of a document with the ids in them, and its tables.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    documents::{columns, vocabulary::Certainty},
    markdown::read::blocks::{Line as Written, LineKind, Words},
    model::{MilestoneIx, Target},
    rules::mentions::{KnownIds, Mentions},
};

/// Words that may stand before an id which a line is about.
const NOUNS: [&str; 5] = ["", "milestone", "issue", "epic", "task"];

/// A line of a document with what it names.
pub(super) struct Line<'a> {
    pub(super) kind: LineKind,
    pub(super) words: &'a Words,
    /// The bytes of its block.
    pub(super) block: Range<usize>,
    /// The ids in it.
    pub(super) named: Mentions,
    /// What it begins with, where that is an id of this roadmap.
    pub(super) lead: Option<Lead>,
    /// The milestone whose section it is in, and whether that section's heading is its name.
    pub(super) section: Option<(MilestoneIx, Certainty)>,
}

/// The id that a line is about.
#[derive(Debug, Clone)]
pub(super) struct Lead {
    /// What it means.
    pub(super) target: Target,
    /// Its bytes in the line's text.
    pub(super) range: Range<usize>,
}

impl<'a> Line<'a> {
    pub(super) fn new(known: &KnownIds, written: &'a Written) -> Self {
        let named = known.mentions(&written.words.text);
        let lead = lead(&written.words.text, &named);
        Self {
            kind: written.kind,
            words: &written.words,
            block: written.block.clone(),
            named,
            lead,
            section: None,
        }
    }

    /// The words behind the id and a separator (`DB-001: Build it`); none where there is no separator.
    pub(super) fn behind(&self) -> Option<Range<usize>> {
        let lead = self.lead.as_ref()?;
        let rest = &self.words.text[lead.range.end..];
        let spaced = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ']' || c == ')');
        let words = match spaced.chars().next()? {
            ':' => spaced[1..].strip_prefix(char::is_whitespace)?,
            '-' if spaced.len() < rest.len() => spaced[1..].strip_prefix(char::is_whitespace)?,
            sign @ ('–' | '—') => &spaced[sign.len_utf8()..],
            _ => return None,
        };
        let start = self.words.text.len() - words.trim_start().len();
        let range = start..start + words.trim().len();
        (!range.is_empty()).then_some(range)
    }

    /// Whether it is an id and nothing else, or an id with its title behind.
    pub(super) fn is_whole(&self) -> bool {
        let is_rest = |lead: &Lead| !self.words.text[lead.range.end..].contains(char::is_alphanumeric);
        self.lead.as_ref().is_some_and(is_rest)
    }

    /// The milestone that its one id of a milestone means.
    pub(super) fn one_milestone(&self) -> Option<MilestoneIx> {
        let mut milestones = self.named.ids.iter().filter_map(|mention| match mention.target {
            Some(Target::Milestone(ix)) => Some(ix),
            _ => None,
        });
        let first = milestones.next()?;
        milestones.all(|other| other == first).then_some(first)
    }
}

fn lead(text: &str, named: &Mentions) -> Option<Lead> {
    let first = named.ids.first()?;
    let before = text[..first.range.start].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_range = named.ranges.iter().any(|range| range.range.start == first.range.start);
    if is_range || !NOUNS.contains(&before.as_str()) {
        return None;
    }
    Some(Lead { target: first.target?, range: first.range.clone() })
}

/// A table: its heads and its rows.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) heads: columns::Table,
    /// The rows below it by their numbers: by column an index into the lines.
    pub(super) rows: BTreeMap<usize, BTreeMap<usize, usize>>,
}

impl Table {
    /// The rows whose first id stands alone in its cell: that column, what the id means, and the cells behind it.
    pub(super) fn about<'t>(
        &'t self,
        lines: &'t [Line<'_>],
    ) -> impl Iterator<Item = (Target, impl Iterator<Item = (usize, usize)> + 't)> + 't {
        self.rows.values().filter_map(|row| {
            let (column, lead) = row.iter().find_map(|(column, ix)| {
                let line = &lines[*ix];
                Some((*column, line.lead.as_ref().filter(|_| line.is_whole())?))
            })?;
            Some((lead.target, row.range(column + 1..).map(|(column, ix)| (*column, *ix))))
        })
    }
}

/// The tables of a document by their numbers.
pub(super) fn tables(lines: &[Line<'_>]) -> BTreeMap<usize, Table> {
    let mut tables = BTreeMap::<usize, Table>::new();
    for (ix, line) in lines.iter().enumerate() {
        if let LineKind::Cell { table, row, column } = line.kind {
            tables.entry(table).or_default().rows.entry(row).or_default().insert(column, ix);
        }
    }
    for table in tables.values_mut() {
        let count = table.rows.values().filter_map(|row| row.keys().last()).max().map_or(0, |last| last + 1);
        let text = |row: &'_ BTreeMap<usize, usize>, column| {
            row.get(&column).map(|ix| lines[*ix].words.text.clone()).unwrap_or_default()
        };
        let texts: Vec<Vec<_>> =
            table.rows.values().map(|row| (0..count).map(|column| text(row, column)).collect()).collect();
        table.rows.remove(&0);
        table.heads = columns::Table::of(&texts, false);
    }
    tables
}
