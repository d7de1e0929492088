//! What a title cannot hold of the words that it is made of.

use super::addresses::issue_at;
use crate::markdown::read::blocks::{MarkKind, Words};

/// What is said in the markup of a title alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond<'t> {
    /// All of it leads to the page of an issue of this repository: the number of that.
    Issue(u64),
    /// It leads elsewhere, or has a picture: its Markdown.
    Words(&'t str),
}

impl<'t> Beyond<'t> {
    /// What it is in the roadmap of a repository; `None` where the words say all.
    pub(super) fn of(text: &'t str, words: &Words, own: Option<&str>) -> Option<Self> {
        let markdown = text.get(words.range.clone())?.trim();
        let links: Vec<_> = words
            .marks
            .iter()
            .filter_map(|mark| match &mark.kind {
                MarkKind::Link(to) if !words.text.contains(to.as_str()) => Some((to, &mark.within)),
                _ => None,
            })
            .collect();
        let has_picture = markdown.contains("![");
        match links.as_slice() {
            [] if !has_picture => None,
            [(to, within)] if !has_picture && within.start == 0 => match issue_at(to) {
                Some((repository, number))
                    if own.is_some_and(|own| own.eq_ignore_ascii_case(&repository)) =>
                {
                    Some(Self::Issue(number))
                }
                _ => Some(Self::Words(markdown)),
            },
            _ => Some(Self::Words(markdown)),
        }
    }
}
