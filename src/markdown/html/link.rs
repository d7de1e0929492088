//! Links and pictures: where they lead is judged here, whether Markdown or raw HTML makes them.

use super::{
    Target,
    address::{Address, encoded, file_name},
    element::Kind,
    mark::Mark,
    sheet::Sheet,
};

/// What every link to another site says of itself.
const ELSEWHERE: &str = " rel=\"noopener noreferrer nofollow ugc\"";

/// A picture.
#[derive(Debug, Default)]
pub(in crate::markdown) struct Picture<'a> {
    /// Its address.
    pub(in crate::markdown) src: &'a str,
    /// Words in its place.
    pub(in crate::markdown) alt: &'a str,
    /// What is said of it.
    pub(in crate::markdown) title: Option<&'a str>,
    /// Its size and place: attributes with their values.
    pub(in crate::markdown) more: Vec<(&'static str, String)>,
}

/// Where an address leads from this page.
enum Way {
    Inside(String),
    Outside(String),
    /// Nowhere, and why.
    None(&'static str),
}

impl Sheet<'_> {
    /// The element of a link: `a`, or `span` where it may not lead there, with the reason as its title.
    pub(in crate::markdown) fn link(&mut self, address: &str, title: Option<&str>) -> Mark {
        match self.way(address) {
            Way::Inside(href) => Mark::new("a", Kind::Through).with("href", &href).with_some("title", title),
            Way::Outside(href) => {
                let mark = Mark::new("a", Kind::Through).with("href", &href).with_fixed(ELSEWHERE);
                mark.with_some("title", title)
            }
            Way::None(why) => nowhere(why),
        }
    }

    /// A link to an anchor of our own within the body; none where that is known not to be there.
    pub(in crate::markdown) fn own_link(&mut self, anchor: &str) -> Option<Mark> {
        match self.here(anchor) {
            Way::Inside(href) => Some(Mark::new("a", Kind::Through).with("href", &href)),
            _ => None,
        }
    }

    /// Adds a picture, or a link to it, or its words.
    pub(in crate::markdown) fn picture(&mut self, picture: &Picture<'_>) {
        let mark = match self.way(picture.src) {
            Way::Inside(src) => return self.put_image(&src, picture),
            Way::Outside(src) if self.options.remote_images && !src.starts_with("mailto:") => {
                return self.put_image(&src, picture);
            }
            Way::Outside(_) if self.is_in_link() => Mark::silent(),
            Way::Outside(src) => {
                let mark = Mark::new("a", Kind::Through).with("href", &src).with_fixed(ELSEWHERE);
                mark.with_fixed(" class=\"image\"").with_some("title", picture.title)
            }
            Way::None(why) => nowhere(why),
        };
        self.begin(mark);
        self.verbatim(&words(picture));
        self.end();
    }

    fn put_image(&mut self, src: &str, picture: &Picture<'_>) {
        // In a link the picture is all that says where that leads.
        let alt = if self.is_in_link() { words(picture) } else { picture.alt.trim().to_owned() };
        let mut mark = Mark::new("img", Kind::Words).with("src", src).with("alt", &alt);
        for (name, value) in &picture.more {
            mark = mark.with(name, value);
        }
        self.void(&mark.with_some("title", picture.title), !alt.is_empty());
    }

    fn way(&mut self, address: &str) -> Way {
        match Address::read(address) {
            Address::Elsewhere(href) => Way::Outside(href),
            Address::Here(anchor) => self.here(&anchor),
            Address::Refused => Way::None("no address that a link may have"),
            Address::Relative(path) => match (self.options.resolve)(path) {
                Target::Nowhere => Way::None("not published"),
                Target::Url(url) => match Address::read(&url) {
                    Address::Elsewhere(href) => Way::Outside(href),
                    Address::Refused => Way::None("not published"),
                    Address::Here(_) | Address::Relative(_) => Way::Inside(encoded(url.trim())),
                },
            },
        }
    }

    /// GitHub takes its own prefix off, and does not mind the case.
    fn here(&mut self, anchor: &str) -> Way {
        let anchor = anchor.strip_prefix("user-content-").unwrap_or(anchor);
        let found = match &self.known {
            None => Some(anchor.to_owned()),
            Some(known) => {
                [anchor.to_owned(), anchor.to_lowercase()].into_iter().find(|name| known.contains(name))
            }
        };
        match found.filter(|name| !name.is_empty()) {
            Some(name) => {
                let href = format!("#{}{name}", self.options.id_prefix);
                self.wanted.insert(name);
                Way::Inside(href)
            }
            None => Way::None("no such heading here"),
        }
    }
}

fn nowhere(why: &str) -> Mark {
    Mark::new("span", Kind::Words).with_fixed(" class=\"nowhere\"").with("title", why)
}

/// The words that stand for a picture: its own, else its title, else its file's name.
fn words(picture: &Picture<'_>) -> String {
    let said =
        [Some(picture.alt), picture.title].into_iter().flatten().find(|words| !words.trim().is_empty());
    let name = || file_name(picture.src).filter(|_| !matches!(Address::read(picture.src), Address::Refused));
    said.map(str::to_owned).or_else(name).unwrap_or_else(|| "image".to_owned())
}
