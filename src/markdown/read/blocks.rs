//! The blocks of a document in their order, by byte range: headings, paragraphs, lists, tables.
//!
//! Only what stands at the top is told apart, and the items of lists at any depth; what stands in quotes, code, footnotes
//! and HTML is one block of its own. No call goes deeper than the text nests.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
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
pub struct Placed {
    /// What it is.
    pub block: Block,
    /// Its bytes, marks included.
    pub range: Range<usize>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells; as many as the head has.
    pub cells: Vec<Words>,
    /// Its bytes.
    pub range: Range<usize>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// In how many other items it stands.
    pub depth: usize,
    /// Whether its box is ticked, where it has one.
    pub done: Option<bool>,
    /// Its first paragraph.
    pub words: Words,
    /// Its bytes, marks and all that stands in it included.
    pub range: Range<usize>,
}

/// What stands in a line or paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What a reader sees: without markup, white space at line ends folded.
    pub text: String,
    /// Its bytes, with the markup.
    pub range: Range<usize>,
    /// Where its first line ends, where a hard break ends one: in the text, and in the document behind the break.
    pub first_line: Option<(usize, usize)>,
    /// The same of the first soft break.
    pub soft_break: Option<(usize, usize)>,
    /// The marked parts, in the order in which they end.
    pub marks: Vec<Mark>,
}

/// A marked part of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What marks it.
    pub kind: MarkKind,
    /// Its bytes in [`Words::text`].
    pub within: Range<usize>,
    /// Its bytes in the document, markup included.
    pub range: Range<usize>,
}

/// What marks a part of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// It is strong.
    Strong,
    /// It is struck through.
    Struck,
    /// It is code.
    Code,
    /// It leads there.
    Link(String),
}

/// The blocks of a document. Any text is Markdown: this cannot fail.
pub fn blocks(text: &str) -> Vec<Placed> {
    let mut reading = Reading { source: text, ..Reading::default() };
    for (event, range) in super::events(text) {
        reading.take(event, range);
    }
    reading.blocks
}

#[derive(Default)]
struct Reading<'a> {
    source: &'a str,
    blocks: Vec<Placed>,
    /// How many blocks are open whose inside nobody asks for.
    opaque: usize,
    /// The items that are open, by their places in the list at the end of `blocks`.
    items: Vec<usize>,
    lists: usize,
    words: Option<Words>,
    open: Vec<(MarkKind, usize, Range<usize>)>,
}

impl Reading<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::FootnoteDefinition(_)) => {
                self.close_words();
                if self.opaque == 0 && self.lists == 0 {
                    self.push(Block::Other, range);
                }
                self.opaque += 1;
            }
            Event::End(TagEnd::BlockQuote(_) | TagEnd::CodeBlock | TagEnd::FootnoteDefinition) => {
                self.opaque -= 1;
            }
            _ if self.opaque > 0 => {}
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.put(&text, range),
            Event::Code(code) => {
                let from = self.words.as_ref().map_or(0, |words| words.text.len());
                self.put(&code, range.clone());
                self.mark(MarkKind::Code, from, range);
            }
            Event::SoftBreak => {
                if let Some(words) = &mut self.words {
                    words.soft_break.get_or_insert((words.text.len(), range.end));
                }
                self.put(" ", range);
            }
            // Only a hard break parts lines (CommonMark 6.7): a soft one is where an editor wrapped a sentence.
            Event::HardBreak => {
                if let Some(words) = &mut self.words {
                    words.first_line.get_or_insert((words.text.len(), range.end));
                }
                self.put(" ", range);
            }
            Event::TaskListMarker(done) => {
                if let Some(item) = self.item() {
                    item.done = Some(done);
                }
            }
            Event::InlineHtml(html) if html.starts_with("<br") => self.put(" ", range),
            Event::InlineHtml(_) => self.put("", range),
            Event::FootnoteReference(_) => self.put("", range),
            Event::Rule if self.lists == 0 => self.push(Block::Rule, range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::List(_) => {
                self.close_words();
                if self.lists == 0 {
                    self.push(Block::List(Vec::new()), range);
                }
                self.lists += 1;
            }
            Tag::Item => self.begin_item(range),
            Tag::Heading { .. } | Tag::Paragraph if self.lists == 0 => self.begin_words(),
            Tag::Table(_) if self.lists == 0 => self.push(Block::Table(Vec::new()), range),
            Tag::TableHead | Tag::TableRow => {
                if let Some(rows) = self.rows() {
                    rows.push(Row { cells: Vec::new(), range });
                }
            }
            Tag::TableCell if self.lists == 0 => self.begin_words(),
            Tag::HtmlBlock => {
                self.close_words();
                if self.lists == 0 {
                    self.push(Block::Html, range);
                }
            }
            Tag::Strong => self.begin_mark(MarkKind::Strong, range),
            Tag::Strikethrough => self.begin_mark(MarkKind::Struck, range),
            Tag::Link { dest_url, .. } => self.begin_mark(MarkKind::Link(dest_url.into_string()), range),
            Tag::Emphasis | Tag::Image { .. } => self.put("", range),
            // The first paragraph of an item is its words; all that comes behind closes them.
            Tag::Paragraph if self.words.as_ref().is_some_and(|words| words.text.is_empty()) => {}
            _ => self.close_words(),
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::List(_) => self.lists -= 1,
            TagEnd::Item => {
                self.close_words();
                self.items.pop();
            }
            TagEnd::Paragraph | TagEnd::Heading(_) if self.lists > 0 => self.close_words(),
            TagEnd::Paragraph => {
                let words = self.words.take().unwrap_or_default();
                self.push(Block::Paragraph(words), range);
            }
            TagEnd::Heading(level) => {
                let words = self.words.take().unwrap_or_default();
                self.push(Block::Heading(level as u8, words), range);
            }
            TagEnd::TableCell => {
                let words = self.words.take();
                if let Some(row) = self.rows().and_then(|rows| rows.last_mut()) {
                    row.cells.push(words.unwrap_or_default());
                }
            }
            TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => {
                if let Some((kind, from, range)) = self.open.pop() {
                    self.mark(kind, from, range);
                }
            }
            _ => {}
        }
    }

    fn push(&mut self, block: Block, range: Range<usize>) {
        self.blocks.push(Placed { block, range });
    }

    fn rows(&mut self) -> Option<&mut Vec<Row>> {
        match self.blocks.last_mut().map(|placed| &mut placed.block) {
            Some(Block::Table(rows)) if self.lists == 0 => Some(rows),
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
        let last = *self.items.last()?;
        self.list()?.get_mut(last)
    }

    fn begin_item(&mut self, range: Range<usize>) {
        let depth = self.items.len();
        let Some(items) = self.list() else { return };
        items.push(Item { depth, done: None, words: Words::default(), range });
        let at = items.len() - 1;
        self.items.push(at);
        self.begin_words();
    }

    fn begin_words(&mut self) {
        self.words = Some(Words::default());
        self.open.clear();
    }

    /// Gives the words that are open to the item that they stand in.
    fn close_words(&mut self) {
        if self.lists > 0
            && let Some(words) = self.words.take()
            && let Some(item) = self.item()
        {
            item.words = words;
        }
    }

    /// Adds what is seen to the words that are open, and its bytes in any case.
    fn put(&mut self, text: &str, range: Range<usize>) {
        let Some(words) = &mut self.words else { return };
        words.text.push_str(text);
        // The range of an escaped character begins behind its backslash.
        let escaped = usize::from(self.source[..range.start].ends_with('\\'));
        let start = range.start - escaped;
        words.range = match words.range.is_empty() {
            true => start..range.end,
            false => words.range.start.min(start)..words.range.end.max(range.end),
        };
    }

    fn begin_mark(&mut self, kind: MarkKind, range: Range<usize>) {
        self.put("", range.clone());
        let from = self.words.as_ref().map_or(0, |words| words.text.len());
        self.open.push((kind, from, range));
    }

    fn mark(&mut self, kind: MarkKind, from: usize, range: Range<usize>) {
        if let Some(words) = &mut self.words {
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
