//! Events in the words that the writer's reading uses for the same things, so that the two can be compared.

use pulldown_cmark::{Event, LinkType, Tag};

use crate::markdown::shape::{Mark, Shape};

/// Adds what has no parts to a shape, in the words that the writer's reading uses for the same thing.
pub(super) fn put(shape: &mut Shape, event: Event<'_>) {
    match event {
        Event::Text(text) => shape.text(&text),
        // The parser leaves the indent of a line in code that goes over several.
        Event::Code(code) => shape.verbatim("code", &with_single_spaces(&code)),
        Event::InlineHtml(html) | Event::Html(html) => shape.html(&html),
        Event::SoftBreak => shape.text(" "),
        Event::HardBreak => shape.line_break(),
        Event::Rule => shape.verbatim("rule", ""),
        Event::TaskListMarker(done) => shape.verbatim("box", if done { "x" } else { " " }),
        Event::FootnoteReference(name) => {
            shape.open(Mark::NoteReference(name.into_string()));
            shape.close();
        }
        Event::Start(_) | Event::End(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
    }
}

/// The text without white space beside white space.
fn with_single_spaces(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for char in text.chars() {
        if !(char.is_ascii_whitespace() && single.ends_with(' ')) {
            single.push(if char.is_ascii_whitespace() { ' ' } else { char });
        }
    }
    single
}

/// The mark of what begins, in the words that the writer's reading uses; none where it leaves no trace.
pub(super) fn mark(tag: Tag<'_>) -> Option<Mark> {
    let block = |name: &str| Mark::Block(name.to_owned());
    let inline = |name: &str| Mark::Inline(name.to_owned());
    Some(match tag {
        Tag::Heading { level, .. } => Mark::Heading(level as u8),
        Tag::FootnoteDefinition(name) => Mark::Note(name.into_string()),
        Tag::Paragraph => block("p"),
        Tag::BlockQuote(kind) => Mark::Block(format!("quote {kind:?}")),
        Tag::List(start) => Mark::Block(format!("list {start:?}")),
        Tag::Item => block("item"),
        Tag::Table(columns) => Mark::Block(format!("table {columns:?}")),
        Tag::TableHead | Tag::TableRow => block("row"),
        Tag::TableCell => block("cell"),
        Tag::Emphasis => inline("em"),
        Tag::Strong => inline("strong"),
        Tag::Strikethrough => inline("del"),
        // An address in angle brackets and the bare one read the same on GitHub, but only one is a link to this parser.
        Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => return None,
        Tag::Link { dest_url, title, .. } => Mark::to("link", &dest_url, &title),
        Tag::Image { dest_url, title, .. } => Mark::to("image", &dest_url, &title),
        _ => block("other"),
    })
}
