//! A place where inline text will stand, tried out: put the text there, read the whole with both readers, compare.

use super::Context;
use crate::markdown::{
    read,
    shape::{Mark, Part, Shape},
    tree,
};

/// Code spans and what ends a comment: what a line of ours may hold behind the text, and what an unclosed text would seize.
const BEHIND: [&str; 4] = ["`z`", "``z``", "```z```", "-->"];

/// Where a text will stand, down to whether it is the text of a link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The line or cell.
    pub(super) context: Context,
    /// Whether it stands between `[` and `]`.
    pub(super) in_link: bool,
}

impl Place {
    /// Whether `markdown`, put here, reads as exactly `words` to both readers and leaves alone what follows it.
    pub(super) fn reads_as(self, markdown: &str, words: &str) -> bool {
        let mut parts = vec![Part::Text(words.to_owned())];
        if self.in_link {
            parts.insert(0, Part::Open(Mark::to("link", "z", "")));
            parts.push(Part::Close);
        }
        let page = self.page(markdown);
        let expected = self.expected(&parts);
        ends_cleanly(markdown) && tree::shape(&page) == expected && read::shape(&page) == expected
    }

    /// Whether `markdown`, put here, reads as the inline `parts` and leaves alone what follows it.
    pub(super) fn holds(self, markdown: &str, parts: &[Part]) -> bool {
        ends_cleanly(markdown) && tree::shape(&self.page(markdown)) == self.expected(parts)
    }

    /// A page with `markdown` in this place, once with things behind it that it must not touch and once alone.
    fn page(self, markdown: &str) -> String {
        let markdown = if self.in_link { format!("[{markdown}](z)") } else { markdown.to_owned() };
        let behind = BEHIND.join(" ");
        match self.context {
            Context::Line => format!("{markdown} {behind}\n\n{markdown}\n\nz\n"),
            Context::Heading => format!("# {markdown} {behind}\n\n# {markdown}\n"),
            Context::Cell => format!("| {markdown} {behind} | z |\n|---|---|\n| {markdown} | z |\n"),
        }
    }

    /// What [`Place::page`] should read as, with these parts where the text stands.
    fn expected(self, parts: &[Part]) -> Shape {
        let first = [parts, &behind()].concat();
        let word = [Part::Text("z".to_owned())];
        let mut page = Shape::default();
        match self.context {
            Context::Line => {
                for parts in [&first, parts, &word] {
                    page.block(Mark::Block("p".to_owned()), parts);
                }
            }
            Context::Heading => {
                for parts in [&first, parts] {
                    page.block(Mark::Heading(1), parts);
                }
            }
            Context::Cell => {
                page.open(Mark::Block("table [None, None]".to_owned()));
                for parts in [&first, parts] {
                    page.open(Mark::Block("row".to_owned()));
                    page.block(Mark::Block("cell".to_owned()), parts);
                    page.block(Mark::Block("cell".to_owned()), &word);
                    page.close();
                }
                page.close();
            }
        }
        page
    }
}

/// Whether nothing that is put right behind `markdown` would be escaped by it.
fn ends_cleanly(markdown: &str) -> bool {
    let backslashes = markdown.len() - markdown.trim_end_matches('\\').len();
    backslashes.is_multiple_of(2)
}

/// What [`BEHIND`] reads as.
fn behind() -> Vec<Part> {
    let part = |text: &&str| match text.strip_prefix('`') {
        Some(_) => Part::Verbatim("code", "z".to_owned()),
        None => Part::Text((*text).to_owned()),
    };
    BEHIND.iter().flat_map(|text| [Part::Text(" ".to_owned()), part(text)]).collect()
}
