//! What a run reads beside the source, for a roadmap that is known: hand-written documents and users' templates.

mod docs;
mod templates;

pub(crate) use docs::{named_docs, read_docs, read_named};
pub(crate) use templates::read_overrides;
