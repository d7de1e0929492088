//! A body on its way to a page of the site: comrak's tree, put on a sheet of HTML.

mod block;
mod notes;

use super::{Kind, Mark, Picture, Sheet, hides, push_raw};
use crate::markdown::{
    anchors::Anchors,
    tree::{self, parse},
};
use comrak::{
    Arena, Node, Options,
    arena_tree::NodeEdge,
    nodes::{NodeLink, NodeMath, NodeValue, TableAlignment},
};
use notes::Notes;

/// How many bytes of a body come to one node of its tree.
const BYTES_A_NODE: usize = 12;

/// Puts a body on a sheet.
pub(in crate::markdown) fn put_blocks(sheet: &mut Sheet<'_>, body: &str) {
    let arena = arena(body);
    let options = options_for(body);
    let root = parse(&arena, body, &options);
    let mut walk = Walk::new(sheet);
    if options.extension.footnotes {
        walk.notes = Notes::of(root);
    }
    walk.all_in(root);
    walk.sheet.close_theirs();
    notes::put(&mut walk);
}

/// Room for as many nodes as most bodies of this length come to.
fn arena<'a>(body: &str) -> Arena<'a> {
    Arena::with_capacity(1 + body.len() / BYTES_A_NODE)
}

/// As GitHub reads a body: what [`tree::gfm`] reads, and mathematics.
fn options() -> Options<'static> {
    let mut options = tree::gfm();
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options
}

/// [`options`], without those that make nothing of this body: comrak goes through the whole tree to look for footnotes,
/// and through each text for addresses and tasks.
fn options_for(body: &str) -> Options<'static> {
    let [mut entity, mut bracket, mut caret, mut at] = [false; 4];
    for byte in body.bytes() {
        entity |= byte == b'&';
        bracket |= byte == b'[';
        // An escaped caret is one to comrak.
        caret |= (byte == b'^') | (byte == b'\\');
        at |= byte == b'@';
    }
    let mut options = options();
    // An entity may stand for any of them.
    options.extension.tasklist = entity || bracket;
    options.extension.footnotes = entity || bracket && caret;
    options.extension.autolink = entity || at || body.contains("://") || body.contains("www.");
    options
}

/// A way through a tree, from node to node.
struct Walk<'a, 's, 'o> {
    sheet: &'s mut Sheet<'o>,
    anchors: Anchors,
    notes: Notes<'a>,
    /// How many elements each node above has opened.
    opened: Vec<usize>,
    /// The node whose content is passed over.
    skipped: Option<Node<'a>>,
    /// The tag of a script or style: what follows is passed over up to its end tag, in the same line.
    hidden: Option<&'static str>,
    /// Whether there was no such end tag.
    endless: bool,
    /// The columns of the table, and the place in its row.
    columns: Vec<TableAlignment>,
    column: usize,
}

impl<'a, 's, 'o> Walk<'a, 's, 'o> {
    fn new(sheet: &'s mut Sheet<'o>) -> Self {
        Self {
            sheet,
            anchors: Anchors::new(),
            notes: Notes::default(),
            opened: Vec::new(),
            skipped: None,
            hidden: None,
            endless: false,
            columns: Vec::new(),
            column: 0,
        }
    }

    /// Puts all that stands in a node on the sheet. No recursion: a tree may be as deep as its text is long.
    fn all_in(&mut self, node: Node<'a>) {
        for child in node.children() {
            for edge in child.traverse() {
                match edge {
                    NodeEdge::Start(node) if self.skipped.is_none() => self.start(node),
                    NodeEdge::End(node) if self.skipped.is_none() => self.end(node),
                    NodeEdge::End(node)
                        if self.skipped.is_some_and(|skipped| std::ptr::eq(skipped, node)) =>
                    {
                        self.skipped = None;
                    }
                    _ => {}
                }
            }
        }
    }

    fn start(&mut self, node: Node<'a>) {
        if self.hidden.is_some_and(|name| !is_end_of(node, name)) {
            self.skipped = Some(node);
            return;
        }
        let data = node.data();
        let opened = match &data.value {
            NodeValue::Text(text) => self.text(text),
            NodeValue::SoftBreak if !self.sheet.breaks_lines() => self.text("\n"),
            NodeValue::SoftBreak | NodeValue::LineBreak => {
                self.sheet.void(&Mark::new("br", Kind::Words), false);
                self.text("\n")
            }
            NodeValue::Code(code) => self.code(None, &code.literal),
            NodeValue::Math(math) => self.math(math),
            NodeValue::HtmlInline(tag) => self.tag(node, tag),
            NodeValue::Emph => self.begin(Mark::new("em", Kind::Words)),
            // cmark-gfm writes no strong within strong.
            NodeValue::Strong if is_in_strong(node) => 0,
            NodeValue::Strong => self.begin(Mark::new("strong", Kind::Words)),
            NodeValue::Strikethrough => self.begin(Mark::new("del", Kind::Words)),
            NodeValue::Link(link) => {
                let mark = self.sheet.link(&link.url, title(link));
                self.begin(mark)
            }
            NodeValue::Image(image) => {
                self.skipped = Some(node);
                return self.image(node, image);
            }
            NodeValue::FootnoteReference(note) => notes::refer(self, note.ix, note.ref_num),
            NodeValue::FootnoteDefinition(_) => {
                self.skipped = Some(node);
                return;
            }
            value => block::begin(self, node, value),
        };
        self.opened.push(opened);
    }

    fn end(&mut self, node: Node<'a>) {
        notes::lead_back(self, node);
        for _ in 0..self.opened.pop().unwrap_or_default() {
            self.sheet.end();
        }
    }

    fn begin(&mut self, mark: Mark) -> usize {
        self.sheet.begin(mark);
        1
    }

    fn text(&mut self, text: &str) -> usize {
        self.sheet.words(text);
        0
    }

    fn code(&mut self, class: Option<&str>, literal: &str) -> usize {
        self.sheet.begin(Mark::new("code", Kind::Words).with_some("class", class));
        self.sheet.verbatim(literal);
        self.sheet.end();
        0
    }

    /// Mathematics is shown as it is written: nothing on the page could lay it out.
    fn math(&mut self, math: &NodeMath) -> usize {
        let (open, close) = match (math.dollar_math, math.display_math) {
            (true, true) => ("$$", "$$"),
            (true, false) => ("$", "$"),
            (false, _) => ("$`", "`$"),
        };
        self.code(Some("math"), &format!("{open}{}{close}", math.literal))
    }

    /// One tag of raw HTML. What a script or style holds is nothing to read: it goes, if it ends.
    fn tag(&mut self, node: Node<'a>, tag: &str) -> usize {
        match hides(tag) {
            Some((_, false)) => self.hidden = None,
            Some((name, true)) => {
                let ends = !self.endless && ends_behind(node, name);
                self.endless = !ends;
                if ends {
                    self.hidden = Some(name);
                } else {
                    self.sheet.verbatim(tag);
                }
            }
            None => push_raw(self.sheet, tag),
        }
        0
    }

    fn image(&mut self, node: Node<'a>, image: &NodeLink) {
        let alt = words_of(node);
        self.sheet.picture(&Picture { src: &image.url, alt: &alt, title: title(image), more: Vec::new() });
    }
}

/// Whether an element whose content is not read ends in the same line.
fn ends_behind(node: Node<'_>, name: &str) -> bool {
    node.following_siblings().skip(1).any(|next| is_end_of(next, name))
}

fn is_end_of(node: Node<'_>, name: &str) -> bool {
    matches!(&node.data().value, NodeValue::HtmlInline(tag) if hides(tag) == Some((name, false)))
}

fn is_in_strong(node: Node<'_>) -> bool {
    node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Strong))
}

fn title(link: &NodeLink) -> Option<&str> {
    Some(link.title.as_str()).filter(|title| !title.trim().is_empty())
}

/// The words in a node, as its reader sees them.
fn words_of(node: Node<'_>) -> String {
    put_together(node.descendants())
}

/// The words of which a heading's anchor is made: those of its pictures are not among them.
fn heading_words<'a>(heading: Node<'a>) -> String {
    put_together(heading.descendants().filter(|node| !is_in_picture(node, heading)))
}

fn is_in_picture<'a>(node: Node<'a>, heading: Node<'a>) -> bool {
    let mut above = node.ancestors().take_while(|above| !std::ptr::eq(*above, heading));
    above.any(|above| matches!(above.data().value, NodeValue::Image(_)))
}

fn put_together<'a>(nodes: impl Iterator<Item = Node<'a>>) -> String {
    let mut words = String::new();
    for node in nodes {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::Math(math) => words.push_str(&math.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Each node of a body's tree, with the number of those that it stands in.
    fn nodes(body: &str, options: &Options<'_>) -> Vec<String> {
        let arena = Arena::new();
        let root = comrak::parse_document(&arena, body, options);
        root.descendants()
            .map(|node| format!("{} {:?}", node.ancestors().count(), node.data().value))
            .collect()
    }

    /// Bodies of what footnotes, addresses and tasks are made of.
    fn bodies() -> impl Strategy<Value = String> {
        let mark = prop::sample::select(vec![
            "a", " ", "\n", "\n\n", "\n- ", "\n> ", "1. ", "[", "]", "^", "[^", "[^a]", "[^a]: ", "]: ", "(",
            ")", "!", "x", "[ ] ", "[x] ", "\\", "\\[", "\\^", "&", "&Hat;", "&#94;", "&commat;", "&#64;",
            "&lsqb;", "&#91;", "@", "x.org", "w", "www.", "ww", ".", ":", "/", "//", "http", "https://",
            "mailto:", "*", "**", "_", "~", "`", "$", "|", "\n|--|\n", "\\|", "<b>", "<", ">",
        ]);
        prop::collection::vec(mark, 0..16).prop_map(|marks| marks.concat())
    }

    proptest! {
        // PROPTEST_CASES in the environment tries more.
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_not_looked_for_is_not_there(body in prop_oneof![bodies(), any::<String>()]) {
            prop_assert_eq!(nodes(&body, &options_for(&body)), nodes(&body, &options()), "{:?}", body);
        }
    }
}
