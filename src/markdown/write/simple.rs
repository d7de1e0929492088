//! Most bodies stand in a page with nothing changed but their headings: what one look by each parser can tell.
//!
//! [`super::contain`] reads a body, changes it, and reads the page that it makes, by both parsers. That is needed where a
//! change may be read in another way. It is not where all that changes is how many `#` a heading has: whatever stands
//! beside such a line, it is a heading with one as it is with six. So a heading is put behind the body; if both parsers
//! find it there, and both find the same other headings, the body ends all that it begins and can be moved.

use super::{contain::Shift, contain::end_tags, plain};
use crate::markdown::{
    read,
    tree::{self, Lines},
};
use comrak::{Node, nodes::NodeValue};

/// What is put behind a body to see whether it stays what it is.
const BEHIND: &str = "\n\n# z\n";

/// The body, contained, where it holds neither footnotes, link definitions, underlined headings nor uneven HTML; else
/// `None`, which says nothing of what can be done with it.
pub(super) fn contained(body: &str, shift: &Shift) -> Option<String> {
    if ends_in_empty_block(body) || has_odd_indent(body) {
        return None;
    }
    if let Some(plain) = plain::read(body, shift.line_breaks) {
        return plain.changed(body, shift);
    }
    let page = format!("{body}{BEHIND}");
    let headings = read::headings_of_simple(&page)?;
    let ((last, _), own) = headings.split_last()?;
    let is_simple = tree::with(&page, |_, root| {
        end_tags(root).is_some_and(|tags| tags.is_empty())
            && !(shift.line_breaks && root.descendants().any(tree::breaks_line))
            && root.last_child().is_some_and(|last| matches!(last.data().value, NodeValue::Heading(_)))
            && headings_of_simple(&page, root).is_some_and(|found| found == headings)
    });
    (is_simple && *last == body.len() + 2).then(|| moved(body, own, shift))
}

/// Whether the last line may be nothing but marks of lists, tasks and quotes: what a blank line behind it means to the list, the
/// parsers see in their own ways.
fn ends_in_empty_block(body: &str) -> bool {
    let last = body.rsplit('\n').next().unwrap_or_default();
    last.trim_matches(|c: char| c.is_ascii_digit() || " \t-+*>.)[xX]".contains(c)).is_empty()
}

/// Whether a line begins with a tab, or one that is indented or has no `|` may be the head of a table: the parsers see them in their
/// own ways.
fn has_odd_indent(body: &str) -> bool {
    let is_rule = |line: &str| line.contains('|') && line.bytes().all(|byte| b"|-: ".contains(&byte));
    let is_odd = |line: &str| line.starts_with("    ") || !line.contains('|');
    let may_be_head = |(line, next): (&str, &str)| is_rule(next) && is_odd(line);
    body.contains("\n\t") || body.contains('|') && body.lines().zip(body.lines().skip(1)).any(may_be_head)
}

/// The first byte and the level of each heading; `None` where there is a footnote, or a heading without `#`.
fn headings_of_simple(page: &str, root: Node<'_>) -> Option<Vec<(usize, u8)>> {
    let lines = Lines::of(page);
    let mut headings = Vec::new();
    for node in root.descendants() {
        let data = node.data();
        match &data.value {
            NodeValue::Heading(heading) if !heading.setext => {
                let start = data.sourcepos.start;
                headings.push((lines.byte(start.line, start.column)?, heading.level));
            }
            NodeValue::Heading(_) | NodeValue::FootnoteDefinition(_) | NodeValue::FootnoteReference(_) => {
                return None;
            }
            _ => {}
        }
    }
    Some(headings)
}

/// The body with a few more `#` before its headings.
pub(super) fn moved(body: &str, headings: &[(usize, u8)], shift: &Shift) -> String {
    let mut moved = String::with_capacity(body.len() + 5 * headings.len());
    let mut from = 0;
    for (at, level) in headings {
        moved.push_str(&body[from..*at]);
        (*level..shift.level(*level)).for_each(|_| moved.push('#'));
        from = *at;
    }
    moved.push_str(&body[from..]);
    moved
}
