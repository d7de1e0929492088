//! `roadbook schema`: the JSON Schema of the source.

use crate::{
    io::{Failure, Io, Wire},
    source::schema::json_schema,
};

/// Runs the verb.
pub(super) fn run(io: &Io<'_>) -> Result<u8, Failure> {
    io.terminal.out_as(Wire::Json, &text())?;
    Ok(0)
}

/// The schema as it is printed and committed.
pub(super) fn text() -> String {
    serde_json::to_string_pretty(&json_schema()).unwrap_or_default() + "\n"
}
