//! An export of GitHub's issues as a source, with the lock beside it.

use crate::{
    import::Text,
    io::{Failure, FailureKind},
};

/// Refuses JSON: it is no document.
pub(super) fn run(text: &Text) -> Result<u8, Failure> {
    Err(Failure::new(FailureKind::Usage, format!("`{}` is JSON, and no document", text.name)))
}
