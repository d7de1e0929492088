//! Where a finding is: a file, and in it a JSON value, a JSON key, or a range of bytes.

use std::{ops::Range, sync::Arc};

use crate::json::{JsonPath, Part, Step};

/// What in a file is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum At {
    /// The file as a whole, as where it cannot be read.
    File,
    /// A value or key of a JSON file.
    Json(JsonPath, Part),
    /// Bytes of a text file, counted from its start (a byte order mark included).
    Bytes(Range<usize>),
}

impl At {
    /// The way to what is meant, where it is in JSON.
    pub(crate) fn json(&self) -> Option<(JsonPath, Part)> {
        match self {
            Self::Json(path, part) => Some((path.clone(), *part)),
            Self::File | Self::Bytes(_) => None,
        }
    }

    /// What places of one file are sorted by before their lines are known.
    fn rank(&self) -> (u8, usize, &[Step]) {
        match self {
            Self::File => (0, 0, &[]),
            Self::Bytes(range) => (1, range.start, &[]),
            Self::Json(path, _) => (2, 0, &path.0),
        }
    }
}

impl PartialOrd for At {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for At {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.rank().cmp(&other.rank())
    }
}

/// The address of what is at fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Place {
    /// The file, from the root, `/`-separated; `<stdin>` for standard input; empty for the run as a whole.
    pub(crate) file: Arc<str>,
    /// What in it.
    pub(crate) at: At,
}

impl Place {
    /// A file as a whole.
    pub(crate) fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), at: At::File }
    }

    /// The top of a JSON file, to step down from with [`Place::key`] and [`Place::index`].
    pub(crate) fn json(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), at: At::Json(JsonPath::default(), Part::Value) }
    }

    /// A range of bytes in a text file.
    pub(crate) fn bytes(file: impl Into<Arc<str>>, range: Range<usize>) -> Self {
        Self { file: file.into(), at: At::Bytes(range) }
    }

    /// One step further into an object; nothing changes for a place that is not in JSON.
    #[must_use]
    pub(crate) fn key(self, key: impl Into<String>) -> Self {
        self.step(|path| path.key(key))
    }

    /// One step further into a list; nothing changes for a place that is not in JSON.
    #[must_use]
    pub(crate) fn index(self, index: usize) -> Self {
        self.step(|path| path.index(index))
    }

    /// The key of this value instead of the value.
    #[must_use]
    pub(crate) fn the_key(mut self) -> Self {
        if let At::Json(_, part) = &mut self.at {
            *part = Part::Key;
        }
        self
    }

    fn step(mut self, step: impl FnOnce(JsonPath) -> JsonPath) -> Self {
        if let At::Json(path, _) = &mut self.at {
            *path = step(std::mem::take(path));
        }
        self
    }
}
