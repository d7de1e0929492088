//! The words of a body, for a search.

use super::{arena, ends_behind, options_for, parse};
use crate::markdown::html::{hides, push_raw_words, push_words, space};
use comrak::{Node, arena_tree::NodeEdge, nodes::NodeValue};

/// Adds the words of a body that a reader sees to those of a search.
pub(in crate::markdown) fn put_words(words: &mut String, body: &str) {
    let arena = arena(body);
    let root = parse(&arena, body, &options_for(body));
    let mut reading = Reading { words, hidden: None, endless: false };
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => reading.start(node),
            NodeEdge::End(node) if node.data().value.block() => space(reading.words),
            NodeEdge::End(_) => {}
        }
    }
}

/// What has been read of a body.
struct Reading<'w> {
    words: &'w mut String,
    /// The script or style whose content is passed over.
    hidden: Option<&'static str>,
    /// Whether one had no end tag.
    endless: bool,
}

impl Reading<'_> {
    fn start(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::HtmlInline(tag) => self.tag(node, tag),
            _ if self.hidden.is_some() => {}
            NodeValue::Text(text) => push_words(self.words, text),
            NodeValue::Code(code) => push_words(self.words, &code.literal),
            NodeValue::Math(math) => push_words(self.words, &math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => space(self.words),
            NodeValue::CodeBlock(block) => push_words(self.words, &block.literal),
            NodeValue::HtmlBlock(block) => push_raw_words(self.words, &block.literal),
            _ => {}
        }
    }

    fn tag(&mut self, node: Node<'_>, tag: &str) {
        match hides(tag) {
            Some((_, false)) => self.hidden = None,
            Some((name, true)) if self.hidden.is_none() => {
                let ends = !self.endless && ends_behind(node, name);
                self.endless = !ends;
                self.hidden = ends.then_some(name);
                if !ends {
                    push_words(self.words, tag);
                }
            }
            None if self.hidden.is_none() => push_raw_words(self.words, tag),
            _ => {}
        }
    }
}
