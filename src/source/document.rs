//! One document out of one or several files, every item with the place where it stands.

use std::sync::Arc;

use super::{
    bodies::Bodies,
    chunks::Chunks,
    schema::{self, Extra, File},
};
use crate::report::Place;

/// Where an item of a list stands: which file, and which place in that file's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Origin {
    /// An index into [`Document::files`].
    pub(crate) file: usize,
    /// The place in the list, from 0.
    pub(crate) index: usize,
}

/// An item with its origin.
#[derive(Debug, Clone)]
pub(crate) struct Sourced<T> {
    /// Where it stands.
    pub(crate) origin: Origin,
    /// What stands there.
    pub(crate) value: T,
}

/// What all files of the source say together, as they say it.
///
/// Scalars keep the file that gave them; lists are joined in the order of the files.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// The files' names from the root, `/`-separated, in the order in which they are read.
    pub(crate) files: Vec<Arc<str>>,
    /// Everything that may be given once, with the lists left empty.
    pub(crate) head: File,
    /// Which file gave each top-level key of the head, by the key's name.
    pub(crate) head_files: std::collections::BTreeMap<&'static str, usize>,
    /// The milestones.
    pub(crate) milestones: Chunks<Sourced<schema::Milestone>>,
    /// The issues.
    pub(crate) issues: Chunks<Sourced<schema::Issue>>,
    /// The labels, where a file gives the list.
    pub(crate) labels: Option<Chunks<Sourced<schema::Label>>>,
    /// The label groups, where a file gives the list.
    pub(crate) label_groups: Option<Vec<Sourced<schema::LabelGroup>>>,
    /// The phases.
    pub(crate) phases: Vec<Sourced<schema::Phase>>,
    /// The free sections.
    pub(crate) sections: Vec<Sourced<schema::Section>>,
    /// The hand-written documents: files or folders from the root.
    pub(crate) docs: Vec<Sourced<String>>,
    /// The settings of rules, by code.
    pub(crate) rules: Vec<(usize, String, schema::RuleSetting)>,
    /// Former ids and what took their place.
    pub(crate) aliases: Vec<(usize, String, String)>,
    /// The users' own data.
    pub(crate) extra: Extra,
    /// Bodies of issues that have files of their own.
    pub(crate) bodies: Bodies,
}

impl Document {
    /// The place of an item of the list `list`.
    pub(crate) fn place(&self, list: &str, origin: Origin) -> Place {
        Place::json(Arc::clone(&self.files[origin.file])).key(list).index(origin.index)
    }

    /// The place of a top-level key, in the file that gives it.
    pub(crate) fn head_place(&self, key: &'static str) -> Place {
        let file = self.head_files.get(key).copied().unwrap_or(0);
        Place::json(self.files.get(file).cloned().unwrap_or_else(|| "".into())).key(key)
    }
}
