//! The verbs that are one edit each: all are planned from a source as it is, so that `batch` can make one edit of many.

use super::{
    add, close,
    editing::{EditSession, Plan},
    r#move, pin, remove, rename, reopen, set, split, start,
};
use crate::{
    cli::{EditVerb, Global},
    io::{Failure, Io},
};

/// Plans a verb.
///
/// # Errors
/// Where it names what does not exist, or cannot be done.
pub(super) fn plan(verb: &EditVerb, desk: &EditSession<'_>) -> Result<Plan, Failure> {
    match verb {
        EditVerb::Add(args) => add::plan(desk, args),
        EditVerb::Set(args) => set::plan(desk, args),
        EditVerb::Start(args) => start::plan(desk, args),
        EditVerb::Close(args) => close::plan(desk, args),
        EditVerb::Reopen(args) => reopen::plan(desk, args),
        EditVerb::Move(args) => r#move::plan(desk, args),
        EditVerb::Rename(args) => rename::plan(desk, args),
        EditVerb::Split(args) => split::plan(desk, args),
        EditVerb::Remove(args) => remove::plan(desk, args),
        EditVerb::Pin(args) => pin::plan(desk, args),
    }
}

/// Runs a verb.
///
/// # Errors
/// As [`plan`], and where the outcome cannot be written.
pub(super) fn run(verb: &EditVerb, global: &Global, io: &Io<'_>) -> Result<u8, Failure> {
    let desk = EditSession::open(io, global, verb.name())?;
    let plan = plan(verb, &desk)?;
    desk.carry_out(plan, verb.editing())
}
