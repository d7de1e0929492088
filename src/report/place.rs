//! Where a finding is: a file, and in it a JSON value, a JSON key, or a range of bytes.

use std::{fmt, ops::Range, sync::Arc};

/// One step down into a JSON value. Keys sort before indexes; indexes sort as numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into an object, by its key.
    Key(String),
    /// Into a list, by its place, from 0.
    Index(usize),
}

/// The way from the top of a JSON file to one value, as `issues[3].labels[0]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JsonPath(pub Vec<Step>);

impl JsonPath {
    /// The same way, and one step further into an object.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.0.push(Step::Key(key.into()));
        self
    }

    /// The same way, and one step further into a list.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Step::Index(index));
        self
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if n == 0 => write!(f, "{key}")?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// Which half of `"key": value` is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The key itself, as where it is unknown or doubled.
    Key,
    /// The value behind it.
    Value,
}

/// What in a file is meant.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum At {
    /// The file as a whole, as where it cannot be read.
    File,
    /// A value or key of a JSON file.
    Json(JsonPath, Part),
    /// Bytes of a text file, counted from its start (a byte order mark included).
    Bytes(Range<usize>),
}

impl At {
    /// The way to what is meant, where it is in JSON.
    pub fn json(&self) -> Option<(JsonPath, Part)> {
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
pub struct Place {
    /// The file, from the root, `/`-separated; `<stdin>` for standard input; empty for the run as a whole.
    pub file: Arc<str>,
    /// What in it.
    pub at: At,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), at: At::File }
    }

    /// The top of a JSON file, to step down from with [`Place::key`] and [`Place::index`].
    pub fn json(file: impl Into<Arc<str>>) -> Self {
        Self { file: file.into(), at: At::Json(JsonPath::default(), Part::Value) }
    }

    /// A range of bytes in a text file.
    pub fn bytes(file: impl Into<Arc<str>>, range: Range<usize>) -> Self {
        Self { file: file.into(), at: At::Bytes(range) }
    }

    /// One step further into an object; nothing changes for a place that is not in JSON.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Self {
        self.step(|path| path.key(key))
    }

    /// One step further into a list; nothing changes for a place that is not in JSON.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.step(|path| path.index(index))
    }

    /// The key of this value instead of the value.
    #[must_use]
    pub fn the_key(mut self) -> Self {
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
