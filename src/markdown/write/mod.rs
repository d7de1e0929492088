//! What goes out: Markdown that reads on GitHub as what the source means.
//!
//! Plain texts (titles, names) go through [`text`] and its like; a person's own Markdown goes
//! through [`inline_gfm`] where it stands in a line of ours, through [`contained`] where it stands as blocks.

mod contain;
mod fence;
mod github;
mod in_place;
mod inline;
mod place;
mod plain;
mod simple;
mod text;

pub(crate) use contain::is_text;
pub use contain::{Shift, contained};
pub use inline::inline_gfm;
#[cfg(test)]
pub(crate) use text::seen;
pub use text::text;
pub(crate) use text::{code, link};

/// Where the inline text will stand: each place has marks of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// At the start of a paragraph or of a list item.
    Line,
    /// Behind the `#` of a heading.
    Heading,
    /// In a cell of a table.
    Cell,
}

/// What a text reads as to comrak, for tests that compare it with the reader's own reading.
#[cfg(test)]
pub(super) fn shape(gfm: &str) -> super::shape::Shape {
    super::tree::shape(gfm)
}

/// HTML of GFM as GitHub shows it, raw HTML as the text that it is.
#[cfg(test)]
pub(super) fn html(gfm: &str) -> String {
    let mut options = super::tree::gfm();
    options.parse.leave_footnote_definitions = false;
    comrak::markdown_to_html(gfm, &options)
}

/// A body contained in the short way, where that is open to it, and in the long one, for a test that holds the two
/// together.
#[cfg(test)]
pub(super) fn in_both_ways(body: &str, shift: &Shift) -> (Option<String>, String) {
    (simple::contained(body, shift), contain::read_again(body, shift))
}
