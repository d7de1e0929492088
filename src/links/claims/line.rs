//! Lines of a document with the ids in them, and its tables.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    markdown::read::{Unit, UnitKind},
    model::Target,
    rules::mentions::{KnownIds, Mentions},
};

/// Words that may stand before an id which a line is about.
const NOUNS: [&str; 5] = ["", "milestone", "issue", "epic", "task"];

/// A unit of a document with what it names.
pub(super) struct Line<'a> {
    /// Where it stands, and its words.
    pub(super) unit: &'a Unit,
    /// The ids in it.
    pub(super) named: Mentions,
    /// What it begins with, where that is an id of this roadmap.
    pub(super) lead: Option<Lead>,
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
    pub(super) fn new(known: &KnownIds, unit: &'a Unit) -> Self {
        let named = known.mentions(&unit.text);
        let lead = lead(unit, &named);
        Self { unit, named, lead }
    }

    /// The words behind the id and a separator (`DB-001: Build it`); none where there is no separator.
    pub(super) fn behind(&self) -> Option<Range<usize>> {
        let lead = self.lead.as_ref()?;
        let rest = &self.unit.text[lead.range.end..];
        let spaced = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ']' || c == ')');
        let words = match spaced.chars().next()? {
            ':' => spaced[1..].strip_prefix(char::is_whitespace)?,
            '-' if spaced.len() < rest.len() => spaced[1..].strip_prefix(char::is_whitespace)?,
            sign @ ('–' | '—') => &spaced[sign.len_utf8()..],
            _ => return None,
        };
        let start = self.unit.text.len() - words.trim_start().len();
        let range = start..start + words.trim().len();
        (!range.is_empty()).then_some(range)
    }

    /// Whether it is an id and nothing else, or an id with its title behind.
    pub(super) fn is_whole(&self) -> bool {
        let is_rest = |lead: &Lead| !self.unit.text[lead.range.end..].contains(char::is_alphanumeric);
        self.lead.as_ref().is_some_and(is_rest)
    }

    /// The milestone that its one id of a milestone means.
    pub(super) fn one_milestone(&self) -> Option<crate::model::MilestoneIx> {
        let mut milestones = self.named.ids.iter().filter_map(|mention| match mention.target {
            Some(Target::Milestone(ix)) => Some(ix),
            _ => None,
        });
        let first = milestones.next()?;
        milestones.all(|other| other == first).then_some(first)
    }
}

fn lead(unit: &Unit, named: &Mentions) -> Option<Lead> {
    let first = named.ids.first()?;
    let before = unit.text[..first.range.start].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_range = named.ranges.iter().any(|range| range.range.start == first.range.start);
    if is_range || !NOUNS.contains(&before.as_str()) {
        return None;
    }
    Some(Lead { target: first.target?, range: first.range.clone() })
}

/// A table: its head and its rows.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The words of the head in lower case, by column.
    head: BTreeMap<usize, String>,
    /// The rows below it by their numbers: by column an index into the lines.
    pub(super) rows: BTreeMap<usize, BTreeMap<usize, usize>>,
}

impl Table {
    /// The words of the head above a column.
    pub(super) fn head(&self, column: usize) -> &str {
        self.head.get(&column).map_or("", String::as_str)
    }

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
        let UnitKind::Cell { table, row, column } = line.unit.kind else { continue };
        let table = tables.entry(table).or_default();
        if row == 0 {
            table.head.insert(column, line.unit.text.trim().to_lowercase());
        } else {
            table.rows.entry(row).or_default().insert(column, ix);
        }
    }
    tables
}
