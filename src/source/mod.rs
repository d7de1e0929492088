//! From files to a [`Document`]: what the JSON says, as it is written, with the address of every item.

pub mod schema;

mod accepted;
mod bodies;
mod border;
mod chunks;
mod conflict;
mod counted;
mod docs;
mod document;
mod find;
mod ignored;
mod index;
mod listed;
mod lock;
mod merge;
mod names;
pub(crate) mod objects;
mod parse;
mod read;
mod search;
mod shape;
mod syntax;
mod texts;

pub(crate) use accepted::parse_accepted;
pub use accepted::{ACCEPTED, Acceptable, Accepted, accepted_path, accepted_text, read_accepted};
pub use bodies::{
    BODIES, Bodies, BodyFile, body_files, body_in, body_name, body_text, id_of_body, in_bodies, read_body,
};
pub use border::{git_top, is_root};
pub use chunks::Chunks;
pub use counted::Counted;
pub use docs::{Doc, Region, read as read_doc};
pub use document::{Document, Origin, Sourced};
pub use find::{STDIN, all_listed, find, root_above};
pub use ignored::Ignored;
pub use index::{Index, Kind, Tracked};
pub use listed::{Listed, derived, listed, name_form, several};
pub use lock::{
    AppliedIssue, AppliedLabel, AppliedMilestone, FieldValues, Lock, LockElsewhere, LockItem, Remote,
    parse_lock,
};
pub use merge::merge;
pub(crate) use names::sources_in;
pub use names::{FOLDER, Found, POINTER, below, is_source, joined};
pub(crate) use parse::decode;
pub use parse::{Parsed, parse};
pub use read::{LOCK, TEMPLATES, TextsOf, lock_path, read_document, read_lock};
pub(crate) use read::{gone, not_text};
pub use search::{Candidate, Searched, search};
pub(crate) use shape::meant_key;
pub(crate) use syntax::{NO_COMMENTS, fault as syntax_fault};
pub use texts::parse_texts;
