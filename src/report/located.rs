//! From addresses to lines: where the findings that are printed really stand.
//!
//! A file is read once, all its JSON paths are looked up in one pass and all its lines are counted in another, so that
//! ten thousand findings in one long line cost no more than two walks over it.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::{At, Code, Diagnostic, ItemNames, Place, Report, Severity, Splice, findings::Kind};

/// Where a printer gets the text of a file from, when it prints from it.
pub(crate) trait Texts {
    /// The text of a file, named as in [`Place::file`]; `None` where it has gone or is no UTF-8.
    fn text(&self, file: &str) -> Option<Arc<str>>;
}

/// All findings of a run, as they are printed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Located {
    /// Those that are kept, with their lines, sorted by file, place, code and words; those of a file as a whole come first.
    pub(crate) findings: Vec<Finding>,
    /// How many of each kind are not among them.
    pub(crate) omitted: BTreeMap<Kind, usize>,
}

impl Located {
    /// How many there are of each kind, without those that are accepted.
    pub(crate) fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts = self.omitted.clone();
        for Finding { diagnostic, .. } in self.findings.iter().filter(|finding| !finding.is_accepted) {
            *counts.entry((diagnostic.code, diagnostic.severity)).or_default() += 1;
        }
        counts
    }

    /// How many there are of a severity.
    pub(crate) fn count(&self, severity: Severity) -> usize {
        self.counts().iter().filter(|((_, of), _)| *of == severity).map(|(_, count)| count).sum()
    }

    /// Those alone that are not accepted.
    #[must_use]
    pub(crate) fn unaccepted(mut self) -> Self {
        self.findings.retain(|finding| !finding.is_accepted);
        self
    }

    /// The errors alone.
    #[must_use]
    pub(crate) fn errors(mut self) -> Self {
        self.findings.retain(|finding| finding.diagnostic.severity == Severity::Error);
        self.omitted.retain(|(_, severity), _| *severity == Severity::Error);
        self
    }

    /// These and those of another run, in their order.
    #[must_use]
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.findings.extend(other.findings);
        self.findings.sort_by(|a, b| a.key().cmp(&b.key()));
        for (kind, count) in other.omitted {
            *self.omitted.entry(kind).or_default() += count;
        }
        self
    }

    /// The same with every finding changed.
    #[must_use]
    pub(crate) fn map(mut self, change: impl FnMut(Finding) -> Finding) -> Self {
        self.findings = self.findings.into_iter().map(change).collect();
        self
    }
}

/// A finding with the lines of its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What was found.
    pub(crate) diagnostic: Diagnostic,
    /// Where it stands; `None` for a file or run as a whole, and where the text has gone.
    pub(crate) span: Option<Span>,
    /// Where each of [`Diagnostic::related`] stands, in the same order.
    pub(crate) related: Vec<Option<Span>>,
    /// The id or name of the item that it was found in.
    pub(crate) item: Option<String>,
    /// Whether the file of accepted findings covers it: it is told as data, and weighs nothing.
    pub(crate) is_accepted: bool,
    /// What its repair replaces, each part with its new text; empty where it has none, or nobody asked.
    pub(crate) fix: Vec<(Span, String)>,
}

impl Finding {
    /// The finding with its files named from a folder further up; `folder` is the way down from there.
    pub(crate) fn seen_from_above(mut self, folder: &str) -> Self {
        let related = self.diagnostic.related.iter_mut().map(|(place, _)| place);
        let repair = self.diagnostic.repair.as_mut().map(|repair| &mut repair.place);
        for place in related.chain([&mut self.diagnostic.place]).chain(repair) {
            if !matches!(&*place.file, "" | "<stdin>") {
                place.file = format!("{folder}/{}", place.file).into();
            }
        }
        self
    }
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// Its bytes, at the borders of characters and within the text; a byte order mark counts.
    pub(crate) range: Range<usize>,
    /// The line of its first character, from 1.
    pub(crate) line: usize,
    /// The column of its first character, from 1, in characters; a byte order mark does not count.
    pub(crate) column: usize,
    /// The line behind its last character.
    pub(crate) end_line: usize,
    /// The column behind its last character.
    pub(crate) end_column: usize,
}

/// The findings with their lines.
pub(crate) fn locate(report: Report, texts: &dyn Texts) -> Located {
    locate_all(report, Report::default(), &ItemNames::default(), texts)
}

/// The same of findings and of those that are accepted, with the names of the items that they were found in.
pub(crate) fn locate_all(report: Report, accepted: Report, names: &ItemNames, texts: &dyn Texts) -> Located {
    let (sorted, omitted) = report.sorted_and_omitted();
    let told = sorted.into_iter().map(|finding| Finding::unlocated(finding, false, names));
    let accepted = accepted.sorted().into_iter().map(|finding| Finding::unlocated(finding, true, names));
    let mut findings: Vec<Finding> = told.chain(accepted).collect();
    let mut wanted: BTreeMap<Arc<str>, Vec<Slot>> = BTreeMap::new();
    for (finding, found) in findings.iter().enumerate() {
        let related = found.diagnostic.related.iter().enumerate().map(|(n, (place, _))| (Some(n), place));
        for (related, place) in [(None, &found.diagnostic.place)].into_iter().chain(related) {
            if place.at != At::File && !place.file.is_empty() {
                wanted.entry(Arc::clone(&place.file)).or_default().push(Slot { finding, related });
            }
        }
    }
    for (file, slots) in wanted {
        let Some(text) = texts.text(&file) else { continue };
        let places: Vec<&Place> = slots.iter().map(|slot| slot.place(&findings)).collect();
        let spans = spans(&text, &places);
        for (slot, span) in slots.into_iter().zip(spans) {
            *slot.span(&mut findings) = span;
        }
    }
    findings.sort_by(|a, b| a.key().cmp(&b.key()));
    Located { findings, omitted }
}

impl Finding {
    fn unlocated(diagnostic: Diagnostic, is_accepted: bool, names: &ItemNames) -> Self {
        let item = names.of(&diagnostic.place).map(str::to_owned);
        let related = vec![None; diagnostic.related.len()];
        Self { related, span: None, item, is_accepted, fix: Vec::new(), diagnostic }
    }

    fn key(&self) -> (&str, Option<usize>, Code, &str) {
        let Diagnostic { place, code, message, .. } = &self.diagnostic;
        (&place.file, self.span.as_ref().map(|span| span.range.start), *code, message)
    }
}

/// Which place of which finding is looked up.
struct Slot {
    finding: usize,
    related: Option<usize>,
}

impl Slot {
    fn place<'f>(&self, findings: &'f [Finding]) -> &'f Place {
        let diagnostic = &findings[self.finding].diagnostic;
        self.related.map_or(&diagnostic.place, |n| &diagnostic.related[n].0)
    }

    fn span<'f>(&self, findings: &'f mut [Finding]) -> &'f mut Option<Span> {
        let finding = &mut findings[self.finding];
        match self.related {
            Some(n) => &mut finding.related[n],
            None => &mut finding.span,
        }
    }
}

/// Splices of a text with their lines.
pub(crate) fn spliced(text: &str, splices: Vec<Splice>) -> Vec<(Span, String)> {
    let ranges = splices.iter().map(|splice| Some(clamped(text, &splice.range))).collect();
    let spans = spans_of(text, ranges).into_iter().flatten();
    spans.zip(splices).map(|(span, splice)| (span, splice.text)).collect()
}

/// Where the places stand in their one text.
fn spans(text: &str, places: &[&Place]) -> Vec<Option<Span>> {
    spans_of(text, ranges(text, places))
}

fn spans_of(text: &str, ranges: Vec<Option<Range<usize>>>) -> Vec<Option<Span>> {
    let offsets = ranges.iter().flatten().flat_map(|range| [range.start, range.end]).collect();
    let positions = positions(text, offsets);
    let span = |range: Range<usize>| {
        let ((line, column), (end_line, end_column)) = (positions[&range.start], positions[&range.end]);
        Span { range, line, column, end_line, end_column }
    };
    ranges.into_iter().map(|range| range.map(span)).collect()
}

/// The bytes of the places, brought to the borders of characters.
fn ranges(text: &str, places: &[&Place]) -> Vec<Option<Range<usize>>> {
    let paths: Vec<_> = places.iter().filter_map(|place| place.at.json()).collect();
    let found = if paths.is_empty() { Vec::new() } else { crate::json::locate(text, &paths) };
    let mut found = found.into_iter();
    let range = |place: &&Place| match &place.at {
        At::File => None,
        At::Json(..) => found.next().flatten(),
        At::Bytes(range) => Some(range.clone()),
    };
    let ranges: Vec<_> = places.iter().map(range).collect();
    ranges.into_iter().map(|range| range.map(|range| clamped(text, &range))).collect()
}

fn clamped(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(range.start);
    start..text.ceil_char_boundary(range.end).max(start)
}

/// The line and column of each offset, in one walk.
fn positions(text: &str, mut offsets: Vec<usize>) -> BTreeMap<usize, (usize, usize)> {
    offsets.sort_unstable();
    offsets.dedup();
    let (mut line, mut column) = (1, 1);
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let position = |offset: usize| {
        let passed = text.get(at..offset).unwrap_or_default();
        at = at.max(offset);
        let newlines = passed.bytes().filter(|byte| *byte == b'\n').count();
        let last_line = passed.rfind('\n').map_or(passed, |newline| &passed[newline + 1..]);
        column = if newlines > 0 { 1 } else { column } + last_line.chars().count();
        line += newlines;
        (offset, (line, column))
    };
    offsets.into_iter().map(position).collect()
}

#[cfg(test)]
mod tests;
