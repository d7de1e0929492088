//! A person's own blocks (an issue's body), so that they stand inside one of our pages and reach no further.
//!
//! Tried in steps, from what was written to what is always safe: as it is; changed where headings and footnotes stand;
//! written back from its tree; and at last as text in a code block. Each step is read again by both parsers, but for
//! [`simple`] bodies.

use std::borrow::Cow;

use super::{fence, in_place, simple};
use crate::markdown::{
    balance::Balance,
    limits::is_too_much,
    read,
    shape::{Mark, Part, Shape},
    tree,
};
use comrak::{Node, arena_tree::NodeEdge, nodes::NodeValue};

/// What has to change in a body for it to stand inside a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The level of the page's own heading above the body, 0 to 5: each heading of the body is moved that far down, and
    /// none below 6.
    pub headings_below: u8,
    /// What is put before the names of the body's footnotes, so that two bodies on one page do not share them: letters,
    /// digits, hyphens.
    pub footnotes: String,
    /// Whether each line of the body ends one for its reader, as GitHub shows issues; a page is a document, where that has
    /// to be said.
    pub line_breaks: bool,
}

impl Shift {
    /// The level that a heading of this level gets.
    pub(super) fn level(&self, level: u8) -> u8 {
        level.saturating_add(self.headings_below).min(6)
    }

    fn mark(&self, mark: Mark) -> Mark {
        match mark {
            Mark::Heading(level) => Mark::Heading(self.level(level)),
            Mark::Note(name) => Mark::Note(format!("{}{name}", self.footnotes)),
            Mark::NoteReference(name) => Mark::NoteReference(format!("{}{name}", self.footnotes)),
            mark => mark,
        }
    }
}

/// A person's block GFM made safe to stand inside one of our pages, without the line end of its last line.
///
/// Byte for byte as written (line ends to LF) where nothing has to change. What raw HTML leaves open is closed behind
/// it. Where that cannot be done, where a comment could be taken for one of our markers, and where a changed body would
/// not read the same, it is shown as text; one
/// that is too long or too deep is cut as well, and says so.
pub fn contained(body: &str, shift: &Shift) -> String {
    let body = if body.contains('\r') {
        Cow::Owned(body.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(body)
    };
    let body = without_blank_edges(&body);
    if body.is_empty() {
        return String::new();
    }
    if is_too_much(body) {
        return fence::cut(body);
    }
    simple::contained(body, shift).unwrap_or_else(|| read_again(body, shift))
}

/// Whether a body is shown as the text that it is, in a code block: nothing in it is a heading or a link to a reader.
pub(crate) fn is_text(body: &str, shift: &Shift) -> bool {
    let shown = contained(body, shift);
    let first = |text: &str| text.trim_start().lines().next().unwrap_or_default().trim_end().to_owned();
    // The fence is longer than any in what it holds, which can therefore not begin with it.
    let fence = first(&shown);
    let ticks = fence.strip_suffix("markdown").unwrap_or_default();
    ticks.len() >= 3 && ticks.bytes().all(|byte| byte == b'`') && first(body) != fence
}

/// The body, contained in the first way that both parsers read as they should.
pub(super) fn read_again(body: &str, shift: &Shift) -> String {
    let contained = tried(body, shift).or_else(|| match without_tabs(body) {
        Cow::Owned(body) => tried(&body, shift),
        Cow::Borrowed(_) => None,
    });
    contained.unwrap_or_else(|| fence::fenced(body))
}

fn tried(body: &str, shift: &Shift) -> Option<String> {
    tree::with(body, |_, root| {
        let closing = end_tags(root)?;
        let written = Reading {
            write: tree::shape_of(root, shift.line_breaks),
            read: read::shape_with(body, shift.line_breaks),
        };
        let wanted = written.map(|mark| shift.mark(mark)).with_html(&closing);
        let stands = |text: &String| wanted.is_read_in(text);
        let changed = in_place::changed(body, root, shift);
        let changed = changed.map(|text| with_end_tags(text, &closing)).filter(stands);
        changed.or_else(|| {
            change(root, shift);
            Some(with_end_tags(tree::commonmark(root), &closing)).filter(stands)
        })
    })
}

/// The body without tabs behind the marks of a fence and in the rule of a table: with one, the reader takes neither for
/// what it is.
fn without_tabs(body: &str) -> Cow<'_, str> {
    let is_of = |line: &str, marks: &str| {
        let inside = line.trim();
        inside.len() >= 3 && inside.chars().all(|char| marks.contains(char))
    };
    let is_mark = |line: &str| is_of(line, "`") || is_of(line, "~") || is_of(line, "|:- \t");
    let has_tab = |line: &str| line.trim_start().contains('\t') && is_mark(line);
    if !body.lines().any(has_tab) {
        return Cow::Borrowed(body);
    }
    let spaced = |line: &str| {
        let inside = line.trim_start();
        let indent = &line[..line.len() - inside.len()];
        format!("{indent}{}", inside.trim_end().replace('\t', " "))
    };
    let lines: Vec<_> = body
        .split('\n')
        .map(|line| if has_tab(line) { Cow::Owned(spaced(line)) } else { Cow::Borrowed(line) })
        .collect();
    Cow::Owned(lines.join("\n"))
}

/// The end tags of what the raw HTML of a body leaves open, each on a line; `None` where it holds a marker of ours, or
/// something that no end tag ends.
pub(super) fn end_tags(root: Node<'_>) -> Option<String> {
    let mut balance = Balance::default();
    let mut depths = Vec::new();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                depths.push(balance.depth());
                tree::raw(&node.data().value).into_iter().for_each(|html| balance.read(html));
            }
            NodeEdge::End(node) => {
                let depth = depths.pop().unwrap_or_default();
                let value = &node.data().value;
                if tree::raw(value).is_none() && !matches!(value, NodeValue::Document) {
                    balance.block_ended(depth);
                }
            }
        }
    }
    let tags: Vec<_> = balance.left_open()?.iter().map(|name| format!("</{name}>")).collect();
    Some(tags.join("\n"))
}

fn with_end_tags(text: String, tags: &str) -> String {
    if tags.is_empty() { text } else { format!("{text}\n\n{tags}") }
}

/// The body without blank lines before it and white space behind it; its first line keeps its indent.
fn without_blank_edges(body: &str) -> &str {
    let body = body.trim_end();
    let first = body.len() - body.trim_start().len();
    let line = body[..first].rfind('\n').map_or(0, |at| at + 1);
    &body[line..]
}

/// What both parsers read in one text.
struct Reading {
    write: Shape,
    read: Shape,
}

impl Reading {
    fn map(self, change: impl Fn(Mark) -> Mark) -> Self {
        Self { write: self.write.map(&change), read: self.read.map(&change) }
    }

    /// The same with raw HTML behind it.
    fn with_html(mut self, html: &str) -> Self {
        self.write.html(html);
        self.read.html(html);
        self
    }

    /// Whether `text` reads so to both, and a heading of ours behind it stays one.
    fn is_read_in(&self, text: &str) -> bool {
        let page = format!("{text}\n\n# z\n");
        let next = |shape: &Shape| {
            let mut shape = shape.clone();
            shape.block(Mark::Heading(1), &[Part::Text("z".to_owned())]);
            shape
        };
        !read::defines_links(text)
            && tree::shape(&page) == next(&self.write)
            && read::shape(&page) == next(&self.read)
    }
}

/// Moves headings, renames footnotes and breaks lines in the tree.
fn change(root: Node<'_>, shift: &Shift) {
    for node in root.descendants() {
        let breaks = shift.line_breaks && tree::breaks_line(node);
        match &mut node.data_mut().value {
            value @ NodeValue::SoftBreak if breaks => *value = NodeValue::LineBreak,
            NodeValue::Heading(heading) => {
                heading.level = shift.level(heading.level);
                heading.setext = false;
            }
            NodeValue::FootnoteDefinition(note) => note.name.insert_str(0, &shift.footnotes),
            NodeValue::FootnoteReference(note) => note.name.insert_str(0, &shift.footnotes),
            _ => {}
        }
    }
}
