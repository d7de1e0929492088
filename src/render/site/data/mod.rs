//! The files for machines: data, calendar, map of the site, and what crawlers and language models are told.
//!
//! They hold what the pages show and no more: titles, states, days and relations; no bodies, no goals, no updates and
//! nothing of `extra`. Each begins with the mark in the way of its own format.

mod calendar;
mod export;
mod llms;
mod sitemap;

pub(super) use sitemap::sitemaps;

use super::{DataFile, Here, clean};

/// Makes a file for machines, after its mark.
pub(super) fn data(here: &Here<'_>, file: DataFile, out: &mut Vec<u8>) {
    let text = match file {
        DataFile::NoJekyll => String::new(),
        DataFile::Roadmap => export::export(here),
        DataFile::Calendar => calendar::calendar(here),
        DataFile::Sitemap(part) => sitemap::sitemap(here, part),
        DataFile::Robots => robots(here),
        DataFile::Llms => llms::llms(here),
    };
    out.extend_from_slice(text.as_bytes());
}

/// What crawlers may read: all of it. They look for this file at the root of a host alone, so that on a project's page,
/// which lies below one, it says nothing to them.
fn robots(here: &Here<'_>) -> String {
    let url = here.url();
    let map = if url.is_empty() { String::new() } else { format!("Sitemap: {url}sitemap.xml\n") };
    format!("User-agent: *\nAllow: /\n{map}")
}

/// A text on one line, with what no file may hold made visible.
fn line(text: &str) -> String {
    let mut bytes = text.split_whitespace().collect::<Vec<_>>().join(" ").into_bytes();
    clean::clean(&mut bytes, 0);
    String::from_utf8_lossy(&bytes).into_owned()
}
