//! The users' Markdown as HTML for a page of the site: as GitHub shows it, and safe whatever it holds.
//!
//! Three steps. [`body`] walks comrak's tree; a sheet takes what it finds there and makes every tag
//! itself, so that all is closed, every id is the body's own and every link has been judged; and where a body holds raw
//! HTML, the result passes through ammonia at the end. What is refused leaves its words behind.

mod address;
mod body;
pub(crate) use address::percent_decoded;
pub(crate) use emoji::is_emoji_alone;
mod characters;
mod code;
mod element;
mod emoji;
mod link;
mod mark;
mod raw;
mod sheet;

pub(super) use characters::push_attribute;
pub(super) use element::Kind;
pub(super) use link::Picture;
pub(super) use mark::Mark;
pub(super) use raw::{hides, push_raw};
pub(super) use sheet::Sheet;

use super::{
    limits::{beginning, is_too_much},
    sanitize,
};
use std::{collections::BTreeSet, ops::Range};

/// More elements than this are not put on a page: the text is shown as it is written.
const MOST_ELEMENTS: usize = 20_000;

/// Where a relative link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// To this address: relative to the page, or of the web.
    Url(String),
    /// To nothing that is published: the link is shown as its text.
    Nowhere,
}

/// Words of prose that name something with a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Their bytes in the text that was scanned.
    pub(crate) range: Range<usize>,
    /// The page, from this one.
    pub(crate) href: String,
    /// What it is called, as plain text.
    pub(crate) title: String,
}

/// How the users' Markdown is shown on a page of the site.
#[derive(Clone, Copy)]
pub(crate) struct BodyOptions<'a> {
    /// How every id of the body begins (headings, footnotes, explicit anchors): `b-db-001-`. One for each body of a page.
    pub(crate) id_prefix: &'a str,
    /// The level of the page's own heading above the body: its first headings stand one below.
    ///
    /// Levels that a body skips are not skipped on the page, and none goes below 6.
    pub(crate) headings_below: u8,
    /// Whether each line of the source ends one on the page, as GitHub shows issues and comments; in documents it does not.
    pub(crate) line_breaks: bool,
    /// Whether pictures of other sites are shown. If not, a link with the picture's words takes their place: no request
    /// leaves the page.
    pub(crate) remote_images: bool,
    /// Where a relative link or picture leads. It is given the address as it is meant, fragment and all.
    pub(crate) resolve: &'a dyn Fn(&str) -> Target,
    /// Which words of a run of prose name something: in order, none twice. It is not asked about code or the text of links.
    pub(crate) mentions: &'a dyn Fn(&str) -> Vec<Mention>,
}

impl std::fmt::Debug for BodyOptions<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BodyOptions")
            .field("id_prefix", &self.id_prefix)
            .field("headings_below", &self.headings_below)
            .field("line_breaks", &self.line_breaks)
            .field("remote_images", &self.remote_images)
            .finish_non_exhaustive()
    }
}

/// A person's Markdown as HTML blocks, without the line end of its last line; empty for a body that says nothing.
///
/// One that is too long or too deep to be read is shown as it is written, up to a length, and says so.
pub(crate) fn body_html(body: &str, options: &BodyOptions<'_>) -> String {
    let body = characters::cleaned(body);
    if body.trim().is_empty() {
        return String::new();
    }
    if is_too_much(&body) {
        return as_written(&body);
    }
    made(options, &body, |sheet| body::put_blocks(sheet, &body)).unwrap_or_else(|| as_written(&body))
}

/// Fills a sheet; once more where a link in it leads to an anchor that turned out not to be there.
fn made(options: &BodyOptions<'_>, gfm: &str, fill: impl Fn(&mut Sheet<'_>)) -> Option<String> {
    let draw = |anchors: Option<BTreeSet<String>>| {
        let mut sheet = Sheet::new(options, gfm.len(), anchors);
        fill(&mut sheet);
        sheet.finish();
        sheet
    };
    let mut sheet = draw(None);
    if !sheet.has_all_anchors() {
        sheet = draw(Some(sheet.into_anchors()));
    }
    (sheet.elements() <= MOST_ELEMENTS).then(|| {
        let raw = sheet.has_raw_html();
        let html = sheet.into_html();
        if raw { sanitize::sanitized(&html, options.id_prefix) } else { html }
    })
}

/// A body that is not read as Markdown.
fn as_written(body: &str) -> String {
    let (shown, long) = beginning(body);
    let mut html = format!(
        "<p>This text is shown as it is written: with {long} characters it is too long, or it is too deeply nested, to \
         be laid out.{}</p>\n<pre tabindex=\"0\"><code>",
        if shown.len() < body.len() { " Here is its beginning." } else { "" }
    );
    characters::push_text(&mut html, shown);
    html + "</code></pre>"
}
