//! From files to a [`Document`]: what the JSON says, as it is written, with the address of every item.

pub(crate) mod schema;

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

pub(crate) use accepted::{
    ACCEPTED, Acceptable, Accepted, accepted_path, accepted_text, parse_accepted, read_accepted,
};
pub(crate) use bodies::{
    BODIES, Bodies, BodyFile, body_files, body_in, body_name, body_text, id_of_body, in_bodies, read_body,
};
pub(crate) use border::{git_top, is_root};
pub(crate) use chunks::Chunks;
pub(crate) use counted::Counted;
pub(crate) use docs::{Doc, Region, read as read_doc};
pub use document::Document;
pub(crate) use document::{Origin, Sourced};
pub(crate) use find::{STDIN, all_listed, find, root_above};
pub use ignored::Ignored;
pub use index::Index;
pub(crate) use index::{Kind, Tracked, git_folder};
pub(crate) use listed::{Listed, derived, listed, name_form, several};
pub use lock::Lock;
pub(crate) use lock::{
    AppliedIssue, AppliedLabel, AppliedMilestone, FieldValues, LockElsewhere, LockItem, Remote, parse_lock,
};
pub use merge::merge;
pub(crate) use names::{FOLDER, Found, POINTER, below, is_source, joined, sources_in};
pub use parse::parse;
pub(crate) use parse::{Parsed, decode};
pub(crate) use read::{LOCK, TEMPLATES, TextsOf, gone, lock_path, not_text, read_document, read_lock};
pub(crate) use search::{Candidate, Searched, search};
pub(crate) use shape::meant_key;
pub(crate) use syntax::{NO_COMMENTS, fault as syntax_fault};
pub(crate) use texts::parse_texts;
