//! Our templates, compiled. As they are, that is done once in a process: a preview makes an engine after each change.

use std::sync::{Arc, OnceLock};

use tera::{Tera, TeraResult};

use super::{built_in::our_templates, filters::with_filters};
use crate::words::{self, Words};

/// Our templates, with words in place of their English texts where there are any.
///
/// # Errors
/// Where one does not compile.
pub(super) fn ours(words: Option<&Words>) -> TeraResult<Arc<Tera>> {
    static PLAIN: OnceLock<Arc<Tera>> = OnceLock::new();
    let Some(words) = words else {
        return match PLAIN.get() {
            Some(plain) => Ok(Arc::clone(plain)),
            None => compiled(our_templates()).map(|plain| Arc::clone(PLAIN.get_or_init(|| plain))),
        };
    };
    compiled(our_templates().map(|(name, text)| (name, words::translated(name, text, words))))
}

fn compiled<T: AsRef<str>>(templates: impl Iterator<Item = (&'static str, T)>) -> TeraResult<Arc<Tera>> {
    let mut tera = with_filters();
    tera.add_raw_templates(templates)?;
    Ok(Arc::new(tera))
}
