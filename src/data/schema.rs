//! The JSON Schema of the published form: one for all documents, which `kind` tells apart.

use schemars::{
    JsonSchema,
    generate::{SchemaGenerator, SchemaSettings},
};
use serde_json::{Value, json};

use super::documents::{EditDocument, Export, List, Next, Show};

/// The schema of the documents in this room and of those that are handed in, by their names.
pub(crate) fn json_schema(more: impl FnOnce(&mut Documents)) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut documents = Documents { generator: settings.into_generator(), of: Vec::new() };
    documents.add::<Export<'_>>();
    documents.add::<List<'_>>();
    documents.add::<Show<'_>>();
    documents.add::<Next<'_>>();
    documents.add::<EditDocument<'_>>();
    more(&mut documents);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Roadbook data, version 1",
        "description": "What Roadbook tells other programs: `kind` says which document it is. Every member is always there; what is not known is `null`.",
        "oneOf": documents.of,
        "$defs": documents.generator.take_definitions(true),
    })
}

/// Documents, while their schema is gathered.
pub(crate) struct Documents {
    generator: SchemaGenerator,
    of: Vec<Value>,
}

impl Documents {
    /// One more document.
    pub(crate) fn add<T: JsonSchema>(&mut self) {
        self.of.push(self.generator.subschema_for::<T>().into());
    }
}
