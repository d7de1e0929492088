//! Where a file on the disk begins to differ from what the source makes.

use std::ops::Range;

use crate::output;

/// The first line in which two texts differ.
pub(super) struct First {
    /// Its bytes in the old one.
    pub(super) range: Range<usize>,
    /// The bytes of the line that the new one has in its place; none where it ends there.
    pub(super) wanted: Range<usize>,
}

/// Where two texts begin to differ.
pub(super) fn first_difference(old: &[u8], new: &[u8]) -> First {
    fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
        text.split_inclusive(|byte| *byte == b'\n')
    }
    let (mut start, mut at) = (0, 0);
    let mut wanted = lines(new);
    for line in lines(old) {
        let want = wanted.next().unwrap_or_default();
        if want.is_empty() || !output::same_lines(line, want) {
            let end = start + line.trim_ascii_end().len().max(1);
            return First { range: start..end.min(old.len()), wanted: at..at + want.len() };
        }
        start += line.len();
        at += want.len();
    }
    First { range: old.len()..old.len(), wanted: at..at + wanted.next().map_or(0, <[u8]>::len) }
}
