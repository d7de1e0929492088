//! `sitemap.xml`: the addresses of all pages, where the source says at which address the site is published.
//!
//! A map holds at most 50,000 addresses; a larger site has several, and `sitemap.xml` lists those.

use super::{DataFile, PageContext};
use crate::render::{
    PageKind, Part, SitePage,
    site::{self, here::url_of},
};

/// How many addresses a map may hold.
const MOST: usize = 50_000;

/// What every map says of itself.
const SPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// The maps of a site with these pages; none where nobody says where it is published.
pub(in crate::render::site) fn sitemaps(
    roadmap: &crate::model::Roadmap,
    pages: &[SitePage],
) -> Vec<DataFile> {
    if url_of(roadmap).is_empty() {
        return Vec::new();
    }
    let total = pages.iter().filter(|page| is_listed(page)).count();
    let parts = Part::split(total, MOST).map(|part| part.number + 1);
    std::iter::once(DataFile::Sitemap(0))
        .chain(parts.filter(|_| total > MOST).map(DataFile::Sitemap))
        .collect()
}

/// Makes a map: 0 is `sitemap.xml` itself.
pub(super) fn sitemap(here: &PageContext<'_>, part: usize) -> String {
    let url = here.url();
    let pages: Vec<_> = site::pages(here.renderer)
        .into_iter()
        .filter(|page| match &page.kind {
            PageKind::Site(kind) => is_listed(kind),
            _ => false,
        })
        .collect();
    let inside = |path: &crate::render::PagePath| {
        let inside =
            path.as_str().strip_prefix(here.places.folder()).unwrap_or_default().trim_start_matches('/');
        if inside == "index.html" { String::new() } else { inside.to_owned() }
    };
    if part == 0 && pages.len() > MOST {
        let maps = (1..=pages.len().div_ceil(MOST)).map(|part| format!("{url}sitemap~{part}.xml"));
        return list("sitemapindex", "sitemap", maps);
    }
    let first = part.saturating_sub(1) * MOST;
    let pages = pages.iter().skip(first).take(MOST).map(|page| format!("{url}{}", inside(&page.path)));
    list("urlset", "url", pages)
}

/// Whether a page is one that people look for.
fn is_listed(page: &SitePage) -> bool {
    !matches!(
        page,
        SitePage::NotFound
            | SitePage::Feed
            | SitePage::Alias(_)
            | SitePage::Asset(_)
            | SitePage::Data(_)
            | SitePage::SearchIndex(_)
    )
}

fn list(outer: &str, inner: &str, addresses: impl Iterator<Item = String>) -> String {
    let line = |address: String| format!("<{inner}><loc>{}</loc></{inner}>\n", escaped(&address));
    let lines: String = addresses.map(line).collect();
    format!("<{outer} {SPACE}>\n{lines}</{outer}>\n")
}

fn escaped(text: &str) -> String {
    super::line(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}
