//! What a reader takes in at once: headings, paragraphs, items of lists and cells of tables, each with its visible words.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// A heading, a paragraph, an item or a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// What it is, and where among its like.
    pub kind: UnitKind,
    /// Its words as a reader sees them, code included, on one line.
    pub text: String,
    /// Its links: the bytes of their words in `text`, and where they lead.
    pub links: Vec<(Range<usize>, String)>,
    /// Its code spans: their bytes in `text`.
    pub code: Vec<Range<usize>>,
    /// Where the pieces of `text` come from: the first byte in it, and the bytes of the file.
    spots: Vec<(usize, Range<usize>)>,
}

/// What a [`Unit`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    /// A heading of this level.
    Heading(u8),
    /// A paragraph, also within a quote, a footnote or behind the first words of an item.
    Paragraph,
    /// The first words of an item; lists are numbered through the file.
    Item {
        /// Which list.
        list: usize,
    },
    /// A cell; tables are numbered through the file, and row 0 is the head.
    Cell {
        /// Which table.
        table: usize,
        /// Which row of it.
        row: usize,
        /// Which cell of the row.
        column: usize,
    },
}

impl Unit {
    /// The bytes of the file that a part of `text` comes from.
    pub fn bytes(&self, part: &Range<usize>) -> Range<usize> {
        let spot = |at: usize| {
            let next = self.spots.partition_point(|(start, _)| *start <= at);
            next.checked_sub(1).map(|ix| {
                let end = self.spots.get(next).map_or(self.text.len(), |(start, _)| *start);
                let (start, source) = &self.spots[ix];
                // An entity is another length in the file: it is taken as a whole.
                (*start, source, end - start == source.len())
            })
        };
        let start =
            spot(part.start).map(|(at, source, same)| source.start + if same { part.start - at } else { 0 });
        let end = spot(part.end.saturating_sub(1).max(part.start))
            .map(|(at, source, same)| if same { source.start + part.end - at } else { source.end });
        start.unwrap_or_default()..end.unwrap_or_default().max(start.unwrap_or_default())
    }

    /// The first byte of the file that belongs to its words.
    pub fn start(&self) -> usize {
        self.spots.first().map_or(0, |(_, source)| source.start)
    }
}

/// Gathers units out of the events of the parser.
#[derive(Default)]
pub(super) struct Gathering {
    pub(super) done: Vec<Unit>,
    open: Option<Unit>,
    /// The lists that are open, and how many there have been.
    lists: (Vec<usize>, usize),
    tables: usize,
    row: usize,
    column: usize,
    /// Where the link that is open began, and where it leads.
    link: Option<(usize, String)>,
    in_image: bool,
}

impl Gathering {
    pub(super) fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.words(text, range),
            Event::Code(code) => {
                let start = self.open.as_ref().map(|unit| unit.text.len());
                self.words(code, range);
                if let (Some(start), Some(unit)) = (start, &mut self.open) {
                    unit.code.push(start..unit.text.len());
                }
            }
            Event::SoftBreak | Event::HardBreak => self.words(" ", range),
            Event::InlineHtml(html) if html.starts_with("<br") => self.words(" ", range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => self.begin(UnitKind::Heading(*level as u8)),
            Tag::Paragraph if !self.begins_item() => self.begin(UnitKind::Paragraph),
            Tag::List(_) => {
                self.finish();
                self.lists.0.push(self.lists.1);
                self.lists.1 += 1;
            }
            Tag::Item => {
                self.begin(UnitKind::Item { list: self.lists.0.last().copied().unwrap_or_default() })
            }
            Tag::Table(_) => self.tables += 1,
            Tag::TableHead => (self.row, self.column) = (0, 0),
            Tag::TableRow => (self.row, self.column) = (self.row + 1, 0),
            Tag::TableCell => {
                self.begin(UnitKind::Cell { table: self.tables, row: self.row, column: self.column });
                self.column += 1;
            }
            Tag::Link { dest_url, .. } => {
                let at = self.open.as_ref().map_or(0, |unit| unit.text.len());
                self.link = Some((at, dest_url.to_string()));
            }
            Tag::Image { .. } => self.in_image = true,
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.finish(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item => self.finish(),
            TagEnd::List(_) => {
                self.lists.0.pop();
            }
            TagEnd::Link => {
                if let (Some((start, dest)), Some(unit)) = (self.link.take(), &mut self.open) {
                    unit.links.push((start..unit.text.len(), dest));
                }
            }
            TagEnd::Image => self.in_image = false,
            _ => {}
        }
    }

    /// Whether the paragraph that begins holds the first words of an item.
    fn begins_item(&self) -> bool {
        let is_item = |unit: &Unit| matches!(unit.kind, UnitKind::Item { .. }) && unit.text.is_empty();
        self.open.as_ref().is_some_and(is_item)
    }

    fn begin(&mut self, kind: UnitKind) {
        self.finish();
        let (links, code, spots) = (Vec::new(), Vec::new(), Vec::new());
        self.open = Some(Unit { kind, text: String::new(), links, code, spots });
    }

    fn finish(&mut self) {
        self.link = None;
        self.done.extend(self.open.take().filter(|unit| !unit.text.trim().is_empty()));
    }

    fn words(&mut self, words: &str, range: &Range<usize>) {
        if let Some(unit) = self.open.as_mut().filter(|_| !self.in_image) {
            unit.spots.push((unit.text.len(), range.clone()));
            unit.text.push_str(words);
        }
    }
}
