//! Words of a document at once: headings, paragraphs, items of lists and cells of tables, with where each part comes from.

use std::ops::Range;

/// What stands in a line or paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// What a reader sees: without markup, white space at line ends folded. Of pictures only one that stands alone, by its text.
    pub(crate) text: String,
    /// Its bytes, with the markup.
    pub(crate) range: Range<usize>,
    /// Where its first line ends, where a hard break ends one: in the text, and in the document behind the break.
    pub(crate) first_line: Option<(usize, usize)>,
    /// The same of the first soft break.
    pub(crate) soft_break: Option<(usize, usize)>,
    /// The marked parts, in the order in which they end.
    pub(crate) marks: Vec<Mark>,
    /// Where the pieces of `text` come from: the first byte in it, and the bytes of the document.
    spots: Vec<(usize, Range<usize>)>,
}

/// A marked part of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// What marks it.
    pub(crate) kind: MarkKind,
    /// Its bytes in [`Words::text`].
    pub(crate) within: Range<usize>,
    /// Its bytes in the document, markup included.
    pub(crate) range: Range<usize>,
}

/// What marks a part of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// It is strong.
    Strong,
    /// It is struck through.
    Struck,
    /// It is code.
    Code,
    /// It leads there.
    Link(String),
}

/// Words, and what they are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// What it is, and where among its like.
    pub(crate) kind: LineKind,
    /// Its words.
    pub(crate) words: Words,
    /// The bytes of its block, marks included.
    pub(crate) block: Range<usize>,
}

/// What a [`Line`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph, also within a quote, a footnote or behind the first words of an item.
    Paragraph,
    /// The first words of an item; lists are numbered through the document.
    Item {
        /// Which list.
        list: usize,
    },
    /// A cell; tables are numbered through the document, and row 0 is the head.
    Cell {
        /// Which table.
        table: usize,
        /// Which row of it.
        row: usize,
        /// Which cell of the row.
        column: usize,
    },
}

impl Words {
    /// Whether all of it is struck through, but for a remark behind it: `~~Telemetry~~ (won't do)`.
    pub(crate) fn is_struck(&self) -> bool {
        let is_all = |mark: &Mark| {
            let behind = self.text[mark.within.end..].trim_start();
            mark.kind == MarkKind::Struck
                && mark.within.start == 0
                && (behind.is_empty() || behind.starts_with('('))
        };
        self.marks.iter().any(is_all)
    }

    /// Words without marks.
    pub(crate) fn of(text: String, range: &Range<usize>) -> Self {
        Self { text, range: range.clone(), ..Self::default() }
    }

    /// Its code spans, as bytes of the text.
    pub(crate) fn code(&self) -> impl DoubleEndedIterator<Item = &Range<usize>> {
        self.marks.iter().filter(|mark| mark.kind == MarkKind::Code).map(|mark| &mark.within)
    }

    /// The bytes of the document that a part of the text comes from.
    pub(crate) fn bytes(&self, part: &Range<usize>) -> Range<usize> {
        let spot = |at: usize| {
            let next = self.spots.partition_point(|(start, _)| *start <= at);
            next.checked_sub(1).map(|ix| {
                let end = self.spots.get(next).map_or(self.text.len(), |(start, _)| *start);
                let (start, source) = &self.spots[ix];
                // An entity is another length in the document: it is taken as a whole.
                (*start, source, end - start == source.len())
            })
        };
        let start =
            spot(part.start).map(|(at, source, same)| source.start + if same { part.start - at } else { 0 });
        let end = spot(part.end.saturating_sub(1).max(part.start))
            .map(|(at, source, same)| if same { source.start + part.end - at } else { source.end });
        start.unwrap_or_default()..end.unwrap_or_default().max(start.unwrap_or_default())
    }

    /// Takes the text of its pictures for its own.
    pub(super) fn say(&mut self, pictures: String) {
        self.spots = vec![(0, self.range.clone())];
        self.text = pictures;
    }

    /// Adds what is seen, and its bytes in any case.
    pub(super) fn put(&mut self, text: &str, range: &Range<usize>, start: usize) {
        if !text.is_empty() {
            self.spots.push((self.text.len(), range.clone()));
        }
        self.text.push_str(text);
        self.range = match self.range.is_empty() {
            true => start..range.end,
            false => self.range.start.min(start)..self.range.end.max(range.end),
        };
    }
}
