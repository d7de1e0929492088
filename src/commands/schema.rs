//! `roadbook schema`: the JSON Schema of the source, and of the data for other programs.

use serde_json::Value;

use crate::{
    cli::{Described, Schema},
    data, fleet,
    history::{report::Report, show::Diff},
    io::{Failure, Io, Wire},
    source::schema,
};

/// Runs the verb.
pub(super) fn run(args: &Schema, io: &Io<'_>) -> Result<u8, Failure> {
    let text = match args.of {
        Described::Source => text(),
        Described::Data => written(&data_schema()),
    };
    io.terminal.out_as(Wire::Json, &text)?;
    Ok(0)
}

/// The schema of the source as it is printed and committed.
pub(super) fn text() -> String {
    written(&schema::json_schema())
}

/// The schema of all documents that are made for other programs.
pub(super) fn data_schema() -> Value {
    data::json_schema(|documents| {
        documents.add::<Report<'_>>();
        documents.add::<Diff<'_>>();
        documents.add::<fleet::Document<'_>>();
    })
}

fn written(schema: &Value) -> String {
    serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
}
