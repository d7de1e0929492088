//! The users' Markdown on a page of the site: where its relative links lead, and which of its words are items.

use std::ops::Range;

use super::PageContext;
use crate::words::{self, word};
use crate::{
    markdown::{
        html::{BodyOptions, Mention, Target as Leads, body_html},
        scan,
    },
    model::{Id, Roadmap, Target},
};

/// The items that a text can name.
#[derive(Debug, Clone)]
pub(super) struct Names {
    /// Sorted by id.
    items: Vec<Target>,
    /// For each byte whether an id begins with it, in lower case: most words that end in a digit begin with another one.
    starts: [bool; 256],
}

impl Names {
    /// The milestones and issues whose ids end in a number: other ids (`setup`) are words as well.
    pub(super) fn new(roadmap: &Roadmap) -> Self {
        let milestones = roadmap.milestones().map(|(ix, _)| Target::Milestone(ix));
        let issues = roadmap.issues().map(|(ix, _)| Target::Issue(ix));
        let mut items: Vec<_> =
            milestones.chain(issues).filter(|item| id(roadmap, *item).number().is_some()).collect();
        items.sort_by(|a, b| id(roadmap, *a).cmp(id(roadmap, *b)));
        let mut starts = [false; 256];
        let firsts = items.iter().filter_map(|item| id(roadmap, *item).key().bytes().next());
        firsts.for_each(|first| starts[usize::from(first)] = true);
        Self { items, starts }
    }

    /// The item that a word names.
    fn find(&self, roadmap: &Roadmap, word: &str) -> Option<Target> {
        let first = word.bytes().next()?.to_ascii_lowercase();
        if !self.starts[usize::from(first)] {
            return None;
        }
        let word = word.to_ascii_lowercase();
        let found = self.items.binary_search_by(|item| id(roadmap, *item).key().cmp(&word)).ok()?;
        Some(self.items[found])
    }

    /// The words of a text that name an item, in their order.
    pub(super) fn each_in(&self, roadmap: &Roadmap, text: &str, mut told: impl FnMut(Range<usize>, Target)) {
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let bytes = text.as_bytes();
        let mut at = 0;
        // What names an item ends in a digit: from one to the next, for most words have none.
        while let Some(digit) = scan::find(&bytes[at..], |byte| byte.is_ascii_digit()).map(|digit| at + digit)
        {
            let start =
                bytes[at..digit].iter().rposition(|byte| !is_part(byte)).map_or(at, |before| at + before + 1);
            let end = bytes[digit..].iter().position(|byte| !is_part(byte));
            let end = end.map_or(bytes.len(), |end| digit + end);
            at = end;
            let is_inside = text[..start].ends_with(char::is_alphanumeric)
                || text[end..].starts_with(char::is_alphanumeric);
            let word = text[start..end].trim_end_matches(['.', '_', '-']);
            if is_inside || !word.ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            if let Some(item) = self.find(roadmap, word) {
                told(start..start + word.len(), item);
            }
        }
    }
}

fn id(roadmap: &Roadmap, item: Target) -> &Id {
    match item {
        Target::Milestone(ix) => &roadmap.milestones[ix.0].id,
        Target::Issue(ix) => &roadmap.issues[ix.0].id,
    }
}

fn title(roadmap: &Roadmap, item: Target) -> &str {
    match item {
        Target::Milestone(ix) => &roadmap.milestones[ix.0].title,
        Target::Issue(ix) => &roadmap.issues[ix.0].title,
    }
}

impl PageContext<'_> {
    /// What a user wrote for an issue, a milestone or an update as HTML below a heading of the level `below`, each line on
    /// its own, as GitHub shows it there; `item` makes its anchors unique on the page.
    pub(super) fn body(&self, gfm: Option<&(impl AsRef<str> + ?Sized)>, item: &str, below: u8) -> String {
        self.html(gfm.map(AsRef::as_ref), item, below, true)
    }

    /// The same of a document: its lines are filled.
    pub(super) fn document(&self, gfm: Option<&String>, item: &str, below: u8) -> String {
        self.html(gfm.map(String::as_str), item, below, false)
    }

    fn html(&self, gfm: Option<&str>, item: &str, below: u8, line_breaks: bool) -> String {
        let Some(gfm) = gfm else { return String::new() };
        let options = BodyOptions {
            id_prefix: &format!("b-{item}-"),
            headings_below: below,
            line_breaks,
            remote_images: self.roadmap.site.remote_images == Some(true),
            resolve: &|address| self.in_repository(address),
            mentions: &|text| self.mentions(text),
        };
        let html = body_html(gfm, &options);
        let boxes =
            [word!("Completed task"), word!("Incomplete task")].into_iter().filter(|_| words::is_replacing());
        let named = |text: &str| format!(" aria-label=\"{}\"", super::escaped(text).collect::<String>());
        boxes.fold(html, |html, text| html.replace(&named(text), &named(&words::of(text))))
    }

    /// Where a relative link leads: to the file of the repository that it names from the root.
    fn in_repository(&self, address: &str) -> Leads {
        let repository = self.repository_url();
        let end = address.find(['?', '#']).unwrap_or(address.len());
        let (path, rest) = address.split_at(end);
        let mut parts = Vec::new();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." if parts.pop().is_none() => return Leads::Nowhere,
                ".." => {}
                part => parts.push(part),
            }
        }
        if repository.is_empty() || parts.is_empty() {
            return Leads::Nowhere;
        }
        Leads::Url(format!("{repository}/blob/HEAD/{}{rest}", parts.join("/")))
    }

    /// The words of a text that name an item, but for the page's own.
    fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut mentions = Vec::new();
        self.places.names().each_in(self.roadmap, text, |range, item| {
            let href = self.item(item);
            if !self.inside.ends_with(href.rsplit('/').next().unwrap_or_default()) {
                mentions.push(Mention { range, href, title: title(self.roadmap, item).to_owned() });
            }
        });
        mentions
    }
}
