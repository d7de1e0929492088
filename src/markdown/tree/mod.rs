//! comrak's tree: made in one way, read as a [`Shape`], written as HTML or as CommonMark.

mod lines;
mod parse;

pub(super) use lines::Lines;
pub(super) use parse::parse;

use crate::markdown::shape::{Mark, Shape};
use comrak::{
    Arena, Node, Options,
    arena_tree::NodeEdge,
    nodes::{ListType, NodeValue},
};

/// The one place that configures the parser: Markdown as GitHub reads it in a file.
///
/// Footnote definitions stay where they are written, so that writing a tree back does not move them. Alerts are found by
/// [`parse`]. Mathematics, mentions and emoji are GitHub's own passes over the result; `write::github` knows them.
pub(super) fn gfm() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.parse.leave_footnote_definitions = true;
    options.render.escape = true;
    options.render.gfm_quirks = true;
    options.render.prefer_fenced = true;
    options
}

/// Parses a text and hands its tree to `look`, with the arena that holds it.
pub(super) fn with<T>(text: &str, look: impl for<'a> FnOnce(&'a Arena<'a>, Node<'a>) -> T) -> T {
    let arena = Arena::new();
    look(&arena, parse(&arena, text, &gfm()))
}

/// What a text reads as.
pub(super) fn shape(text: &str) -> Shape {
    with(text, |_, root| shape_of(root, false))
}

/// What a tree reads as; `line_breaks` says whether each line of a paragraph ends one for its reader.
pub(super) fn shape_of(root: Node<'_>, line_breaks: bool) -> Shape {
    let mut shape = Shape::default();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) if line_breaks && breaks_line(node) => shape.line_break(),
            NodeEdge::Start(node) => start(&mut shape, &node.data().value),
            NodeEdge::End(node) => {
                if mark(&node.data().value).is_some() {
                    shape.close();
                }
            }
        }
    }
    shape
}

/// Whether a node is the end of a line that GitHub breaks in an issue: no heading is broken here.
pub(super) fn breaks_line(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::SoftBreak)
        && !node.ancestors().any(|above| matches!(above.data().value, NodeValue::Heading(_)))
}

/// A tree, written back as CommonMark without the line end of its last line.
pub(super) fn commonmark(root: Node<'_>) -> String {
    let mut written = String::new();
    // Writing into a String cannot fail, and an empty text is read again and refused like any other wrong one.
    if comrak::format_commonmark(root, &gfm(), &mut written).is_err() {
        written.clear();
    }
    written.truncate(written.trim_end().len());
    written
}

/// The character that an entity stands for, from `&` to `;`.
pub(super) fn entity(entity: &str) -> Option<String> {
    // The info string of a fence is read for entities and little else; it would be trimmed.
    with(&format!("~~~ x{entity}x"), |_, root| match &root.first_child()?.data().value {
        NodeValue::CodeBlock(block) => {
            let meant = block.info.strip_prefix('x')?.strip_suffix('x')?;
            (meant != entity).then(|| meant.to_owned())
        }
        _ => None,
    })
}

/// The raw HTML of a node, where it is raw HTML.
pub(super) fn raw(value: &NodeValue) -> Option<&str> {
    match value {
        NodeValue::HtmlBlock(block) => Some(&block.literal),
        NodeValue::HtmlInline(html) => Some(html),
        _ => None,
    }
}

fn start(shape: &mut Shape, value: &NodeValue) {
    if let Some(mark) = mark(value) {
        shape.open(mark);
    }
    match value {
        NodeValue::Text(text) => shape.text(text),
        NodeValue::SoftBreak => shape.text(" "),
        NodeValue::LineBreak => shape.line_break(),
        NodeValue::ThematicBreak => shape.verbatim("rule", ""),
        NodeValue::Code(code) => shape.verbatim("code", &code.literal),
        NodeValue::CodeBlock(block) => shape.code_block(&block.info, &block.literal),
        NodeValue::TaskItem(task) => shape.verbatim("box", if task.symbol.is_some() { "x" } else { " " }),
        value => raw(value).into_iter().for_each(|html| shape.html(html)),
    }
}

/// The mark of what has parts, in the words that the reader's shapes use for the same thing.
fn mark(value: &NodeValue) -> Option<Mark> {
    let block = |name: &str| Some(Mark::Block(name.to_owned()));
    let inline = |name: &str| Some(Mark::Inline(name.to_owned()));
    match value {
        NodeValue::Heading(heading) => Some(Mark::Heading(heading.level)),
        NodeValue::FootnoteDefinition(note) => Some(Mark::Note(note.name.clone())),
        NodeValue::FootnoteReference(note) => Some(Mark::NoteReference(note.name.clone())),
        NodeValue::Paragraph => block("p"),
        NodeValue::BlockQuote => block("quote"),
        NodeValue::Alert(alert) => {
            Some(Mark::Block(format!("alert {:?} {:?}", alert.alert_type, alert.title)))
        }
        NodeValue::List(list) if list.list_type == ListType::Ordered => {
            Some(Mark::Block(format!("list {} {}", list.start, list.tight)))
        }
        NodeValue::List(list) => Some(Mark::Block(format!("list - {}", list.tight))),
        NodeValue::Item(_) | NodeValue::TaskItem(_) => block("item"),
        NodeValue::Table(table) => Some(Mark::Block(format!("table {:?}", table.alignments))),
        NodeValue::TableRow(_) => block("row"),
        NodeValue::TableCell => block("cell"),
        NodeValue::Emph => inline("em"),
        NodeValue::Strong => inline("strong"),
        NodeValue::Strikethrough => inline("del"),
        NodeValue::Link(link) => Some(Mark::to("link", &link.url, &link.title)),
        NodeValue::Image(image) => Some(Mark::to("image", &image.url, &image.title)),
        _ => None,
    }
}
