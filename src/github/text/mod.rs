//! A body as GitHub stores it: our text, the marker that says which issue it is, and what people wrote below.
//!
//! Bodies are compared in a normal form, in which nothing counts that people or GitHub may change without saying anything
//! else: line ends, white space at the end, ticks, whether `@name` calls somebody, and markers, which are ours alone.

mod boxes;
mod marker;
mod mentions;

pub(crate) use boxes::{carried, unticked};
pub(crate) use marker::{Body, unmarked};
pub(crate) use mentions::{calling, mentioned, silent};

use std::borrow::Cow;

use super::hash::hash;
use crate::model::Id;

/// The most characters of a body that GitHub takes.
pub(crate) const MOST: usize = 65_536;

/// How many characters of an issue's body are sent: with its marker, what closes it, and what keeps names from being called.
pub(crate) fn sent_length(text: &str, id: &Id, mentions: bool) -> usize {
    let text = if mentions { Cow::from(text) } else { Cow::from(silent(text)) };
    Body::wanted(&text, id).written(id).chars().count()
}

/// What texts are compared by.
pub(crate) fn normal(text: &str) -> String {
    unticked(&taken_over(text))
}

/// A text of GitHub's as a source writes it.
pub(crate) fn taken_over(text: &str) -> String {
    let text = if text.contains('\r') { Cow::from(text.replace("\r\n", "\n")) } else { Cow::from(text) };
    let mut text = unmarked(&calling(&text));
    text.truncate(text.trim_end().len());
    text
}

/// What the lock keeps of a text; `None` for one that says nothing.
pub(crate) fn fingerprint(text: &str) -> Option<String> {
    let normal = normal(text);
    (!normal.is_empty()).then(|| hash([normal.as_str()]))
}

#[cfg(test)]
mod tests;
