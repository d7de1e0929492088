//! Our templates, compiled. As they are, that is done once in a process: a preview makes an engine after each change.

use std::sync::{Arc, OnceLock};

use tera::{Tera, TeraResult};

use super::{built_in::our_templates, filters::with_filters};
use crate::words::{self, Words};

/// Templates that are compiled together, since they call upon each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// Those of documents and of the website's pages.
    Pages,
    /// Those that no build needs: the report, and the front page of several roadmaps.
    Apart,
}

impl Set {
    /// The set that a template of ours belongs to.
    pub(super) fn of(name: &str) -> Self {
        if name.starts_with("report/") || name.starts_with("fleet/") { Self::Apart } else { Self::Pages }
    }
}

/// A set of our templates, with words in place of their English texts where there are any.
///
/// # Errors
/// Where one does not compile.
pub(super) fn ours(set: Set, words: Option<&Words>) -> TeraResult<Arc<Tera>> {
    static PLAIN: [OnceLock<Arc<Tera>>; 2] = [const { OnceLock::new() }; 2];
    let texts = our_templates().filter(|(name, _)| Set::of(name) == set);
    let Some(words) = words else {
        let plain = &PLAIN[set as usize];
        return match plain.get() {
            Some(plain) => Ok(Arc::clone(plain)),
            None => compiled(texts).map(|made| Arc::clone(plain.get_or_init(|| made))),
        };
    };
    compiled(texts.map(|(name, text)| (name, words::translated(name, text, words))))
}

fn compiled<T: AsRef<str>>(templates: impl Iterator<Item = (&'static str, T)>) -> TeraResult<Arc<Tera>> {
    let mut tera = with_filters();
    tera.add_raw_templates(templates)?;
    Ok(Arc::new(tera))
}
