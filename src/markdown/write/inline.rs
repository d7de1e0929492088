//! A person's own inline Markdown, folded to stand in one line or cell of ours.
//!
//! Tried in steps, from what was written to what is always safe: as it is; written back from its tree, so that whatever
//! is left open is escaped; the same with its raw HTML as text; and at last the source as plain text.

use super::{
    Context,
    place::Place,
    text::{is_harmless, line_start, seen, text},
};
use crate::markdown::{
    balance::Balance,
    shape::{Part, Shape},
    tree,
};
use comrak::{Node, nodes::NodeValue};

/// The longest text that is read as Markdown here, in bytes: a body's cap. A longer one is shown as it is written.
const LONGEST: usize = 65_536;

/// What stands before a text that is read as inline Markdown only: behind it no block can begin.
const BEFORE: &str = "z ";

/// A person's inline GFM (a description, a goal) folded to one line, so that it cannot break out of where it stands.
///
/// Line ends become spaces and pipes in cells are escaped; a mark at its start that would begin a block is escaped; what
/// it leaves open (emphasis, code, raw HTML, comments) cannot reach what follows.
pub fn inline_gfm(gfm: &str, context: Context) -> String {
    let folded = seen(&fold(gfm));
    if is_harmless(&folded) {
        return folded;
    }
    if folded.len() > LONGEST {
        return text(&folded, context);
    }
    tried(&folded, context)
}

/// The text, written in the first way that reads as it should.
fn tried(folded: &str, context: Context) -> String {
    let place = Place { context, in_link: false };
    let read = Inline::read(folded);
    if read.even {
        let placed = [placed(folded, context), in_cell(folded)];
        let tried = if context == Context::Cell { 2 } else { 1 };
        if let Some(placed) = placed.into_iter().take(tried).find(|placed| place.holds(placed, &read.parts)) {
            return placed;
        }
    }
    let [written, written_without_html] = written_back(folded);
    for tried in [read.even.then_some(written), Some(written_without_html)].into_iter().flatten() {
        let placed = placed(&tried, context);
        let parts = Inline::read(&tried).parts;
        if (!read.even || parts == read.parts) && place.holds(&placed, &parts) {
            return placed;
        }
    }
    text(folded, context)
}

/// Line ends to spaces; a backslash that broke its line goes with it.
fn fold(gfm: &str) -> String {
    let gfm = gfm.replace("\r\n", "\n").replace('\r', "\n");
    let mut folded = String::with_capacity(gfm.len());
    for line in gfm.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        let backslashes = words.len() - words.trim_end_matches('\\').len();
        let breaks = words.len() < line.len() && backslashes % 2 == 1;
        folded.push_str(if breaks { &words[..words.len() - 1] } else { words });
        folded.push(' ');
    }
    folded
}

/// The text, escaped for where it stands: its pipes in a cell, a mark at its start in a line, a backslash at its end.
fn placed(markdown: &str, context: Context) -> String {
    let mut placed = String::with_capacity(markdown.len() + 8);
    let start = line_start(markdown, context).map(|spot| spot.at);
    let mut backslashes = 0;
    for (at, char) in markdown.char_indices() {
        let pipe = char == '|' && context == Context::Cell;
        if (pipe || start == Some(at)) && backslashes % 2 == 0 {
            placed.push('\\');
        }
        placed.push(char);
        backslashes = if char == '\\' { backslashes + 1 } else { 0 };
    }
    if backslashes % 2 == 1 {
        placed.push('\\');
    }
    placed
}

/// The text with one more backslash before each pipe: a cell takes one from each, in code too.
fn in_cell(markdown: &str) -> String {
    markdown.replace('|', "\\|")
}

/// A text, read as nothing but inline Markdown.
struct Inline {
    /// What a reader sees.
    parts: Vec<Part>,
    /// Whether its raw HTML ends all that it begins.
    even: bool,
}

impl Inline {
    fn read(folded: &str) -> Self {
        tree::with(&format!("{BEFORE}{folded}"), |_, root| {
            let mut balance = Balance::default();
            for node in root.descendants() {
                tree::raw(&node.data().value).into_iter().for_each(|html| balance.read(html));
            }
            Self { parts: without_before(&tree::shape_of(root, false)), even: balance.is_even() }
        })
    }
}

/// The text, written back from its tree: whatever is left open is escaped. The second has its raw HTML as text.
fn written_back(folded: &str) -> [String; 2] {
    tree::with(&format!("{BEFORE}{folded}"), |_, root| {
        let written = commonmark(root);
        html_to_text(root);
        [written, commonmark(root)]
    })
}

fn html_to_text(root: Node<'_>) {
    for node in root.descendants() {
        let mut data = node.data_mut();
        if let Some(html) = tree::raw(&data.value).map(str::to_owned) {
            data.value = NodeValue::Text(html.into());
        }
    }
}

fn commonmark(root: Node<'_>) -> String {
    let written = tree::commonmark(root);
    seen(written.strip_prefix(BEFORE).unwrap_or_default())
}

/// The parts of the one paragraph, without what was put before it.
fn without_before(shape: &Shape) -> Vec<Part> {
    let parts = shape.parts();
    let inside = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    let mut without = Shape::default();
    if let Some((Part::Text(text), rest)) = inside.split_first() {
        without.text(text.strip_prefix(BEFORE.trim_end()).unwrap_or(text));
        without.extend(rest);
    }
    without.parts().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_holds_no_marks_is_written_as_it_is_where_it_is_tried(
            words in prop::collection::vec(
                r#"[a-zA-Z0-9éß日\u{a0}]{1,5}|[a-z]_[a-z]|[ ,;.'"?%/(){}^+=-]{1,3}|: |& |www|[Gg]h|mailto:"#,
                0..12
            )
        ) {
            let folded = seen(&words.concat());
            for context in [Context::Line, Context::Heading, Context::Cell] {
                if is_harmless(&folded) {
                    prop_assert_eq!(tried(&folded, context), folded.as_str(), "{:?}", context);
                }
            }
        }
    }
}
