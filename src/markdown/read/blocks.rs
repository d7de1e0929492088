//! The blocks of a document in their order, by byte range: headings, paragraphs, lists, tables. Its lines, which are all words
//! that are read at once, are gathered in the same way.
//!
//! Of blocks only what stands at the top is told apart, and the items of lists at any depth; what stands in quotes, code,
//! footnotes and HTML is one block of its own. Lines are found in quotes and footnotes too. No call goes deeper than the text
//! nests.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

pub(crate) use super::words::{Line, LineKind, Mark, MarkKind, Words};

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading of a level from 1 to 6.
    Heading(u8, Words),
    /// A paragraph.
    Paragraph(Words),
    /// A list: its items and those of the lists in them, in the order of the text.
    List(Vec<Item>),
    /// A table: its rows, the head first.
    Table(Vec<Row>),
    /// A line across the page.
    Rule,
    /// Raw HTML, comments among it.
    Html,
    /// A quote, code, a footnote.
    Other,
}

/// A block and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placed {
    /// What it is.
    pub(crate) block: Block,
    /// Its bytes, marks included.
    pub(crate) range: Range<usize>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its cells; as many as the head has.
    pub(crate) cells: Vec<Words>,
    /// Its bytes.
    pub(crate) range: Range<usize>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// In how many other items it stands.
    pub(crate) depth: usize,
    /// Whether its box is ticked, where it has one.
    pub(crate) done: Option<bool>,
    /// Its first paragraph.
    pub(crate) words: Words,
    /// Its bytes, marks and all that stands in it included.
    pub(crate) range: Range<usize>,
}

/// The blocks of a document. Any text is Markdown: this cannot fail.
pub(crate) fn blocks(text: &str) -> Vec<Placed> {
    let mut reading = Reading { source: text, ..Reading::default() };
    super::events(text).for_each(|(event, range)| reading.take(&event, &range));
    reading.blocks
}

/// A document on its way into blocks or lines.
#[derive(Default)]
pub(super) struct Reading<'a> {
    source: &'a str,
    blocks: Vec<Placed>,
    /// All lines, where they are wanted and not the blocks.
    lines: Option<Vec<Line>>,
    /// How many blocks are open whose inside is no block.
    opaque: usize,
    /// The items that are open, by their places in the list at the end of `blocks`.
    items: Vec<Option<usize>>,
    /// The lists that are open, and how many there have been.
    lists: (Vec<usize>, usize),
    tables: usize,
    row: usize,
    column: usize,
    /// The words that are open, with the bytes of their block.
    words: Option<(LineKind, Range<usize>, Words)>,
    marks: Vec<(MarkKind, usize, Range<usize>)>,
    /// The text of the pictures in the words that are open.
    pictures: String,
    in_picture: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn of_lines(source: &'a str) -> Self {
        Self { source, lines: Some(Vec::new()), ..Self::default() }
    }

    pub(super) fn into_lines(self) -> Vec<Line> {
        self.lines.unwrap_or_default()
    }

    pub(super) fn take(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.put(text, range),
            Event::Code(code) => {
                let from = self.length();
                self.put(code, range);
                self.mark(MarkKind::Code, from, range.clone());
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some((_, _, words)) = &mut self.words {
                    // Only a hard break parts lines (CommonMark 6.7): a soft one is where an editor wrapped a sentence.
                    let is_soft = matches!(event, Event::SoftBreak);
                    let first = if is_soft { &mut words.soft_break } else { &mut words.first_line };
                    first.get_or_insert((words.text.len(), range.end));
                }
                self.put(" ", range);
            }
            Event::TaskListMarker(done) if self.opaque == 0 => {
                self.item().into_iter().for_each(|item| item.done = Some(*done));
            }
            Event::InlineHtml(html) if html.starts_with("<br") => self.put(" ", range),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => self.put("", range),
            Event::Rule => self.block(Block::Rule, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_) => {
                self.block(Block::Other, range);
                self.opaque += 1;
            }
            Tag::HtmlBlock => self.block(Block::Html, range),
            Tag::List(_) => {
                self.block(Block::List(Vec::new()), range);
                self.lists.0.push(self.lists.1);
                self.lists.1 += 1;
            }
            Tag::Item => self.begin_item(range),
            Tag::Heading { level, .. } => self.begin(LineKind::Heading(*level as u8), range),
            // The first paragraph of an item is its words; all that comes behind closes them.
            Tag::Paragraph if self.begins_item() => {}
            Tag::Paragraph => self.begin(LineKind::Paragraph, range),
            Tag::Table(_) => {
                self.block(Block::Table(Vec::new()), range);
                self.tables += 1;
            }
            Tag::TableHead | Tag::TableRow => {
                self.row = if matches!(tag, Tag::TableHead) { 0 } else { self.row + 1 };
                self.column = 0;
                self.rows().into_iter().for_each(|rows| {
                    rows.push(Row { cells: Vec::new(), range: range.clone() });
                });
            }
            Tag::TableCell => {
                let (table, row, column) = (self.tables, self.row, self.column);
                self.begin(LineKind::Cell { table, row, column }, range);
                self.column += 1;
            }
            Tag::Strong => self.begin_mark(MarkKind::Strong, range),
            Tag::Strikethrough => self.begin_mark(MarkKind::Struck, range),
            Tag::Link { dest_url, .. } => self.begin_mark(MarkKind::Link(dest_url.to_string()), range),
            Tag::Emphasis => self.put("", range),
            Tag::Image { .. } => {
                self.put("", range);
                self.in_picture = true;
            }
            _ => self.finish(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::FootnoteDefinition => {
                self.finish();
                self.opaque -= 1;
            }
            TagEnd::List(_) => {
                self.lists.0.pop();
            }
            TagEnd::Item => {
                self.finish();
                self.items.pop();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.finish(),
            TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                if let Some((kind, from, range)) = self.marks.pop() {
                    self.mark(kind, from, range);
                }
            }
            TagEnd::Image => self.in_picture = false,
            _ => {}
        }
    }

    /// Whether what is read now is a block of its own.
    fn is_top(&self) -> bool {
        self.opaque == 0 && self.lists.0.is_empty()
    }

    /// Ends the words that are open, and adds a block, unless it is in another one.
    fn block(&mut self, block: Block, range: &Range<usize>) {
        self.finish();
        if self.is_top() {
            self.blocks.push(Placed { block, range: range.clone() });
        }
    }

    fn rows(&mut self) -> Option<&mut Vec<Row>> {
        let is_top = self.is_top();
        match self.blocks.last_mut().map(|placed| &mut placed.block) {
            Some(Block::Table(rows)) if is_top => Some(rows),
            _ => None,
        }
    }

    fn list(&mut self) -> Option<&mut Vec<Item>> {
        match self.blocks.last_mut().map(|placed| &mut placed.block) {
            Some(Block::List(items)) => Some(items),
            _ => None,
        }
    }

    fn item(&mut self) -> Option<&mut Item> {
        let last = self.items.last().copied().flatten()?;
        self.list()?.get_mut(last)
    }

    fn begin_item(&mut self, range: &Range<usize>) {
        self.begin(LineKind::Item { list: self.lists.0.last().copied().unwrap_or_default() }, range);
        let depth = self.items.len();
        let items = if self.opaque == 0 { self.list() } else { None };
        let place = items.map(|items| {
            items.push(Item { depth, done: None, words: Words::default(), range: range.clone() });
            items.len() - 1
        });
        self.items.push(place);
    }

    /// Whether the paragraph that begins holds the first words of an item.
    fn begins_item(&self) -> bool {
        self.words
            .as_ref()
            .is_some_and(|(kind, _, words)| matches!(kind, LineKind::Item { .. }) && words.text.is_empty())
    }

    fn begin(&mut self, kind: LineKind, range: &Range<usize>) {
        self.finish();
        self.words = Some((kind, range.clone(), Words::default()));
        self.marks.clear();
    }

    /// Puts the words that are open where they belong.
    fn finish(&mut self) {
        let pictures = std::mem::take(&mut self.pictures);
        let Some((kind, range, mut words)) = self.words.take() else { return };
        if words.text.trim().is_empty() && !pictures.is_empty() {
            words.say(pictures);
        }
        if let Some(lines) = &mut self.lines {
            return lines.extend((!words.text.trim().is_empty()).then_some(Line {
                kind,
                words,
                block: range,
            }));
        }
        match kind {
            LineKind::Item { .. } if self.opaque == 0 => {
                self.item().into_iter().for_each(|item| item.words = std::mem::take(&mut words));
            }
            LineKind::Cell { .. } => {
                let row = self.rows().and_then(|rows| rows.last_mut());
                row.into_iter().for_each(|row| row.cells.push(std::mem::take(&mut words)));
            }
            LineKind::Heading(level) if self.is_top() => {
                self.blocks.push(Placed { block: Block::Heading(level, words), range });
            }
            LineKind::Paragraph if self.is_top() => {
                self.blocks.push(Placed { block: Block::Paragraph(words), range });
            }
            _ => {}
        }
    }

    fn length(&self) -> usize {
        self.words.as_ref().map_or(0, |(_, _, words)| words.text.len())
    }

    fn put(&mut self, text: &str, range: &Range<usize>) {
        // The range of an escaped character begins behind its backslash.
        let escaped = usize::from(self.source[..range.start].ends_with('\\'));
        let Some((_, _, words)) = &mut self.words else { return };
        let (seen, picture) = if self.in_picture { ("", text) } else { (text, "") };
        self.pictures.push_str(picture);
        words.put(seen, range, range.start - escaped);
    }

    fn begin_mark(&mut self, kind: MarkKind, range: &Range<usize>) {
        self.put("", range);
        self.marks.push((kind, self.length(), range.clone()));
    }

    fn mark(&mut self, kind: MarkKind, from: usize, range: Range<usize>) {
        if let Some((_, _, words)) = &mut self.words {
            let within = from.min(words.text.len())..words.text.len();
            words.marks.push(Mark { kind, within, range });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let words = |words: &Words| format!("{}|{}", words.text, &text[words.range.clone()]);
        blocks(text)
            .iter()
            .flat_map(|placed| match &placed.block {
                Block::Heading(level, inner) => vec![format!("h{level} {}", words(inner))],
                Block::Paragraph(inner) => vec![format!("p {}", words(inner))],
                Block::List(items) => items
                    .iter()
                    .map(|item| format!("- {} {:?} {}", item.depth, item.done, words(&item.words)))
                    .collect(),
                Block::Table(rows) => rows
                    .iter()
                    .map(|row| row.cells.iter().map(words).collect::<Vec<_>>().join(" ¦ "))
                    .collect(),
                other => vec![format!("{other:?}")],
            })
            .collect()
    }

    #[test]
    fn blocks_are_told_with_what_a_reader_sees_and_what_was_written() {
        assert_eq!(
            told("# A *b* `c`\n\n\\*x & [y](z)\nq\n\n---\n\n> # no\n\n```\n# no\n```\n<!-- x -->\n"),
            ["h1 A b c|A *b* `c`", "p *x & y q|\\*x & [y](z)\nq", "Rule", "Other", "Other", "Html"]
        );
    }

    #[test]
    fn items_keep_their_depth_their_box_and_their_first_paragraph() {
        assert_eq!(
            told("- [x] **A-1**: one\n  more\n  - [ ] two\n\n    > q\n\n    para\n- three\n\n  four\n"),
            [
                "- 0 Some(true) A-1: one more|**A-1**: one\n  more",
                "- 1 Some(false) two|two",
                "- 0 None three|three"
            ]
        );
    }

    #[test]
    fn cells_keep_their_markup() {
        assert_eq!(
            told("| # | T\\|itle |\n|---|---|\n| [A-1](x.md) | \\*a `b` |\n| 2 |\n"),
            ["#|# ¦ T|itle|T\\|itle", "A-1|[A-1](x.md) ¦ *a b|\\*a `b`", "2|2 ¦ |"]
        );
    }

    #[test]
    fn marks_say_which_part_they_mark() {
        let found = blocks("**Goal:** see [x](y) and `z`\n");
        let Block::Paragraph(words) = &found[0].block else { panic!("{found:?}") };
        let marks: Vec<_> =
            words.marks.iter().map(|mark| (&mark.kind, &words.text[mark.within.clone()])).collect();
        assert_eq!(
            marks,
            [(&MarkKind::Strong, "Goal:"), (&MarkKind::Link("y".into()), "x"), (&MarkKind::Code, "z")]
        );
    }

    #[test]
    fn what_nests_deeply_is_read_all_the_same() {
        for text in ["> ".repeat(5_000), "- ".repeat(5_000), "* a\n".repeat(50_000), "[".repeat(20_000)] {
            blocks(&text);
        }
    }
}
