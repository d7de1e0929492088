//! A person's own blocks (an issue's body), so that they stand inside one of our pages and reach no further.
//!
//! Tried in steps, from what was written to what is always safe: as it is; changed where headings and footnotes stand;
//! written back from its tree; and at last as text in a code block. Each step is read again by both parsers, but for
//! [`simple`] bodies.

use std::borrow::Cow;

use super::{fence, in_place, simple, tree};
use crate::markdown::{
    raw_html::Balance,
    read,
    shape::{Mark, Part, Shape},
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
/// Byte for byte as written (line ends to LF) where nothing has to change. Where raw HTML is left open, where a comment
/// could be taken for one of our markers, and where a changed body would not read the same, it is shown as text; one
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
    if fence::is_too_much(body) {
        return fence::cut(body);
    }
    simple::contained(body, shift).unwrap_or_else(|| read_again(body, shift))
}

/// The body, contained in the first way that both parsers read as they should.
pub(super) fn read_again(body: &str, shift: &Shift) -> String {
    tree::with(body, |_, root| {
        if !has_even_html(root) {
            return None;
        }
        let written = Reading { write: tree::shape_of(root), read: read::shape(body) };
        let wanted = written.map(|mark| shift.mark(mark));
        let stands = |text: &String| wanted.is_read_in(text);
        if !read::defines_links(body) {
            let changed = in_place::changed(body, root, shift).filter(stands);
            if changed.is_some() {
                return changed;
            }
        }
        change(root, shift);
        Some(tree::commonmark(root)).filter(stands)
    })
    .unwrap_or_else(|| fence::fenced(body))
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

/// Whether the raw HTML of a body ends all that it begins, each block by itself, and holds no marker of ours.
pub(super) fn has_even_html(root: Node<'_>) -> bool {
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
                if tree::raw(&node.data().value).is_none() {
                    balance.block_ended(depth);
                }
            }
        }
    }
    balance.is_even()
}

/// Moves headings and renames footnotes in the tree.
fn change(root: Node<'_>, shift: &Shift) {
    for node in root.descendants() {
        match &mut node.data_mut().value {
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
