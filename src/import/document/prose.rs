//! A person's own blocks, taken out of a document as they were before they stood in it.

use std::ops::Range;

use crate::markdown::read::{footnotes, read};

/// The text of these bytes with LF, without blank lines around it and white space behind it; its headings `above` levels
/// higher, and its footnotes without the prefix that they have where `build` put them.
pub(super) fn body(text: &str, range: Range<usize>, above: u8, notes: &str) -> String {
    let slice = text.get(range).unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
    let slice = without_blank_edges(&slice);
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for heading in read(slice).headings {
        let marks = usize::from(above.min(heading.level.saturating_sub(1)));
        if slice[heading.range.start..].starts_with('#') {
            cuts.push(heading.range.start..heading.range.start + marks);
        }
    }
    for start in footnotes(slice) {
        if slice[start..].strip_prefix("[^").is_some_and(|name| name.starts_with(notes)) {
            cuts.push(start + 2..start + 2 + notes.len());
        }
    }
    cuts.sort_by_key(|cut| cut.start);
    let mut body = String::with_capacity(slice.len());
    let mut from = 0;
    for cut in cuts.iter().filter(|cut| !cut.is_empty()) {
        body.push_str(&slice[from..cut.start]);
        from = cut.end;
    }
    body.push_str(&slice[from..]);
    body
}

/// The text of these bytes as one would write it at the start of a line: the lines behind the first are moved to the
/// left by as many columns as the first of them is set in.
pub(super) fn dedented(text: &str, range: Range<usize>) -> String {
    let slice = text.get(range).unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
    let slice = without_blank_edges(&slice);
    let (indent, _) = set_in(slice);
    let line = |line: &str| {
        let (columns, text) = set_in(line);
        match line.len() - text.len() == columns || indent == 0 {
            true => line[columns.min(indent).min(line.len() - text.len())..].to_owned(),
            // A tab is as wide as it is where it stands.
            false => " ".repeat(columns.saturating_sub(indent)) + text,
        }
    };
    slice.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// By how many columns a line is set in, and what comes behind.
fn set_in(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches([' ', '\t']);
    let space = line[..line.len() - text.len()].chars();
    (space.fold(0, |columns, c| if c == '\t' { columns / 4 * 4 + 4 } else { columns + 1 }), text)
}

/// What stands in one line or cell, as it is written.
pub(super) fn inline(text: &str, range: Range<usize>) -> String {
    let slice = text.get(range).unwrap_or_default();
    slice.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// The text without blank lines before it and white space behind it; its first line keeps its indent.
fn without_blank_edges(text: &str) -> &str {
    let text = text.trim_end();
    let first = text.len() - text.trim_start().len();
    &text[text[..first].rfind('\n').map_or(0, |at| at + 1)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_what_it_was_before_it_stood_in_a_document() {
        let text = "\r\n\n### A\r\nx[^section-1-n] `### b`\n\n[^section-1-n]: note\n\n#### C\n\n";
        assert_eq!(body(text, 0..text.len(), 2, "section-1-"), "# A\nx[^n] `### b`\n\n[^n]: note\n\n## C");
        assert_eq!(body("## A", 0..4, 3, ""), "# A");
        assert_eq!(body("x", 5..9, 3, ""), "");
    }

    #[test]
    fn what_stands_in_an_item_moves_to_the_left() {
        let text = "\n  one\n\n    code\n  - two\nlazy";
        assert_eq!(dedented(text, 0..text.len()), "one\n\n  code\n- two\nlazy");
    }

    #[test]
    fn what_is_set_in_by_tabs_is_no_code() {
        let of = |text: &str| dedented(text, 0..text.len());
        assert_eq!(of("\t- [ ] Mix\n\t\t- sand\n\t- fill\n"), "- [ ] Mix\n    - sand\n- fill");
        assert_eq!(of("    - a\n\t- b\n\tc\n"), "- a\n- b\nc");
        assert_eq!(of("  a\n b\n\tc"), "a\nb\n  c");
        assert_eq!(of("a\n\tb\n  c"), "a\n\tb\n  c");
    }
}
