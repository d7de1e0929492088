//! The files for machines: data, calendar, map of the site, and what crawlers and language models are told.
//!
//! They hold what the pages show and no more: titles, states, days and relations; no bodies, no goals, no updates and
//! nothing of `extra`. Each begins with the mark in the way of its own format.

mod badge;
mod calendar;
mod export;
mod issues;
mod llms;
mod sitemap;

pub(super) use badge::markdown as badge;
pub(super) use sitemap::sitemaps;

use crate::words;
use std::borrow::Cow;

use super::{DataFile, PageContext};

/// Makes a file for machines, after its mark.
pub(super) fn data(here: &PageContext<'_>, file: DataFile, out: &mut Vec<u8>) {
    // What programs read is the same in every language.
    let _english = matches!(file, DataFile::Roadmap | DataFile::Llms).then(|| words::scope(None));
    let text = match file {
        DataFile::NoJekyll => String::new(),
        DataFile::Roadmap => return export::export(here, out),
        DataFile::Calendar => calendar::calendar(here),
        DataFile::Sitemap(part) => sitemap::sitemap(here, part),
        DataFile::Robots => robots(here),
        DataFile::Llms => llms::llms(here),
        DataFile::Issues(file) => issues::issues(here, file),
        DataFile::Badge(of) => badge::drawing(here, of),
    };
    out.extend_from_slice(text.as_bytes());
}

/// What crawlers may read: all of it. They look for this file at the root of a host alone, so that on a project's page,
/// which lies below one, it says nothing to them.
fn robots(here: &PageContext<'_>) -> String {
    let url = here.url();
    let map = if url.is_empty() { String::new() } else { format!("Sitemap: {url}sitemap.xml\n") };
    format!("User-agent: *\nAllow: /\n{map}")
}

/// A text on one line, with what no file may hold made visible. Most texts are that already.
fn line(text: &str) -> Cow<'_, str> {
    let text = match is_one_line(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")),
    };
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text;
    }
    Cow::Owned(crate::render::clean::visible(&text))
}

/// Whether all white space of a text is single spaces between words.
fn is_one_line(text: &str) -> bool {
    let mut is_behind_space = true;
    let fits = text.chars().all(|c| {
        let was_behind_space = std::mem::replace(&mut is_behind_space, c == ' ');
        if c == ' ' { !was_behind_space } else { !c.is_whitespace() }
    });
    fits && !is_behind_space
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_text_comes_to_one_line_of_what_can_be_seen() {
        for (text, wanted) in [
            ("", ""),
            ("a b", "a b"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\tb\r\nc", "a b c"),
            ("a\u{7}b\u{7f}", "aU+0007bU+007F"),
            ("é\u{a0}\u{202e}ü", "é U+202Eü"),
        ] {
            assert_eq!(line(text), wanted, "{text:?}");
        }
    }
}
