//! The texts that findings point into, each read once in a run.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use crate::{
    report::Texts,
    source::{STDIN, TextsOf},
};

/// Texts that are read once in a run.
pub(super) struct Once<'a> {
    /// The files that are judged, and the working tree, where these are less than that.
    texts: [TextsOf<'a>; 2],
    known: RefCell<BTreeMap<String, Option<Arc<str>>>>,
}

impl<'a> Once<'a> {
    pub(super) fn new(texts: [TextsOf<'a>; 2]) -> Self {
        Self { texts, known: RefCell::default() }
    }
}

impl Texts for Once<'_> {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        debug_assert!(
            file != STDIN || self.texts.iter().all(|texts| texts.stdin.is_some()),
            "standard input is kept for its diagnostics"
        );
        let mut known = self.known.borrow_mut();
        let read = || self.texts.iter().find_map(|texts| texts.text(file));
        known.entry(file.to_owned()).or_insert_with(read).clone()
    }
}
