//! How large a file may be that is read: what is larger than a roadmap can be is refused before it fills the memory.

use std::{
    io::{self, Read},
    path::Path,
};

use super::{Failure, FailureKind};

/// What a file is, as far as its size goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// A template, or a file of one line: 1 MiB.
    Template,
    /// A file of words: 1 MiB.
    Words,
    /// A document that people read: 64 MiB.
    Document,
    /// A source, a lock, an export, and what is derived from them: 1 GiB.
    Source,
}

impl Limit {
    /// The most bytes that it may have.
    pub(crate) fn bytes(self) -> u64 {
        match self {
            Self::Template | Self::Words => 1 << 20,
            Self::Document => 64 << 20,
            Self::Source => 1 << 30,
        }
    }

    /// The failure of reading what is larger; `name` is how the file is called.
    pub(crate) fn exceeded(self, name: &str) -> Failure {
        let (size, what) = match self {
            Self::Template => ("1 MiB", "a template"),
            Self::Words => ("1 MiB", "a file of words"),
            Self::Document => ("64 MiB", "a document"),
            Self::Source => ("1 GiB", "a source"),
        };
        let message = format!("cannot read {name}: it is larger than {size}, the most that {what} may have");
        Failure::new(FailureKind::Files, message).help("split the file, or name another one")
    }

    /// The same for a file at a path.
    pub(super) fn exceeded_at(self, path: &Path) -> Failure {
        self.exceeded(&format!("`{}`", path.display()))
    }

    /// Reads to the end, with room for `expected` bytes; `None` where there is more than the limit. What a file says of its
    /// length is not trusted: it may grow meanwhile, and some of the system's own say 0.
    pub(super) fn read(self, from: impl Read, expected: u64) -> io::Result<Option<Vec<u8>>> {
        if expected > self.bytes() {
            return Ok(None);
        }
        // With room for one more byte, the read that finds the end needs no more room.
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default() + 1);
        from.take(self.bytes() + 1).read_to_end(&mut bytes)?;
        Ok((bytes.len() as u64 <= self.bytes()).then_some(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_bounded_whatever_the_length_said() {
        let most = Limit::Template.bytes();
        assert_eq!(Limit::Template.read(io::repeat(0), 0).expect("it is read"), None, "it has no end");
        assert_eq!(Limit::Template.read(io::empty(), most + 1).expect("it is not read"), None);
        let whole = Limit::Template.read(io::repeat(7).take(most), 3).expect("it is read").expect("it fits");
        assert_eq!(whole.len() as u64, most);
    }
}
