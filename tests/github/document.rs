//! GitHub's own OpenAPI document as the judge of what is sent and of what is answered, without a proxy in between.
//!
//! `tests/oracle/run` asks the same of Prism, which is not ours. This one costs no Node, and so judges every test here.

use std::{collections::BTreeMap, fs, sync::OnceLock};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::fake::Entry;

/// Statuses that any address may answer with, whatever the document lists: it forgets what does not exist and what cannot
/// be, as in a change of a milestone.
const ANYWHERE: [u16; 11] = [0, 304, 307, 400, 401, 403, 404, 422, 429, 500, 502];

/// The document, read once: to make its schemas takes longer than most tests.
pub(crate) fn document() -> &'static Document {
    static DOCUMENT: OnceLock<Document> = OnceLock::new();
    DOCUMENT.get_or_init(Document::read)
}

/// The document of the version of the API that Roadbook asks for.
pub(crate) struct Document {
    operations: Vec<Operation>,
}

/// What one method means at one address.
struct Operation {
    method: String,
    /// Parts of the path; `None` takes anything.
    path: Vec<Option<String>>,
    parameters: Vec<String>,
    request: Option<Validator>,
    answers: BTreeMap<u16, Option<Validator>>,
}

impl Document {
    fn read() -> Self {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/oracle/github-2022-11-28.json");
        let mut document: Value =
            serde_json::from_slice(&fs::read(path).expect("the document")).expect("JSON");
        let components = components(&document);
        let resolve = Resolver { document: document["components"].take() };
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, operation) in methods.as_object().expect("methods") {
                operations.push(Operation::read(path, method, operation, &resolve, &components));
            }
        }
        Self { operations }
    }

    /// What is wrong with the answers of a log, and, where `asks` says so, with its requests.
    pub(crate) fn faults(&self, log: &[Entry], asks: bool) -> Vec<String> {
        log.iter().flat_map(|entry| self.judge(entry, asks)).collect()
    }

    /// Holds a log to the document: what was asked and what was answered.
    #[track_caller]
    pub(crate) fn hold(&self, log: &[Entry]) {
        let faults = self.faults(log, true);
        assert!(
            faults.is_empty(),
            "{} faults, the first {:#?}",
            faults.len(),
            &faults[..faults.len().min(5)]
        );
    }

    fn judge(&self, entry: &Entry, asks: bool) -> Vec<String> {
        let line = format!("{} {}", entry.method, entry.path);
        let segments: Vec<_> = entry.path.split('/').filter(|part| !part.is_empty()).collect();
        let Some(operation) = self.operations.iter().find(|it| it.is(&entry.method, &segments)) else {
            return if asks {
                vec![format!("{line}: the document knows no such request")]
            } else {
                Vec::new()
            };
        };
        let mut faults = Vec::new();
        if asks {
            faults.extend(operation.faults_of_request(entry));
        }
        match operation.answers.get(&entry.status) {
            _ if entry.is_refused => {}
            None if ANYWHERE.contains(&entry.status) => {}
            None => faults.push(format!("no answer with {}", entry.status)),
            Some(Some(schema)) if !entry.answer.is_null() => faults.extend(errors(schema, &entry.answer)),
            Some(_) => {}
        }
        faults.into_iter().map(|fault| format!("{line} -> {}: {fault}", entry.status)).collect()
    }
}

impl Operation {
    fn read(path: &str, method: &str, operation: &Value, resolve: &Resolver, components: &Value) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty());
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let parameters = parameters.iter().map(|it| resolve.follow(it)["name"].as_str().map(str::to_owned));
        let body = resolve.follow(&operation["requestBody"]);
        let mut answers = BTreeMap::new();
        for (status, answer) in operation["responses"].as_object().into_iter().flatten() {
            let answer = resolve.follow(answer);
            answers.insert(status.parse().expect("a status"), schema(&answer, components));
        }
        Self {
            method: method.to_uppercase(),
            path: parts.map(|part| (!part.starts_with('{')).then(|| part.to_owned())).collect(),
            parameters: parameters.flatten().collect(),
            request: schema(&body, components),
            answers,
        }
    }

    fn is(&self, method: &str, segments: &[&str]) -> bool {
        let fits = |(part, given): (&Option<String>, &&str)| part.as_ref().is_none_or(|part| part == given);
        self.method == method && self.path.len() == segments.len() && self.path.iter().zip(segments).all(fits)
    }

    fn faults_of_request(&self, entry: &Entry) -> Vec<String> {
        let names = entry.query.split('&').filter_map(|pair| pair.split('=').next());
        let unknown =
            names.filter(|name| !name.is_empty() && !self.parameters.iter().any(|known| known == name));
        let mut faults: Vec<_> = unknown.map(|name| format!("no parameter `{name}`")).collect();
        match &self.request {
            Some(schema) => faults.extend(errors(schema, &entry.body)),
            None if entry.body.is_null() => {}
            None => faults.push("takes no body".to_owned()),
        }
        faults
    }
}

/// Follows references within the document.
struct Resolver {
    document: Value,
}

impl Resolver {
    fn follow(&self, value: &Value) -> Value {
        match value["$ref"].as_str() {
            None => value.clone(),
            Some(address) => {
                let pointer = address.trim_start_matches("#/components");
                self.follow(self.document.pointer(pointer).expect("what a reference leads to"))
            }
        }
    }
}

fn errors(schema: &Validator, value: &Value) -> Vec<String> {
    schema.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// All schemas that others refer to, as JSON Schema.
fn components(document: &Value) -> Value {
    json!({ "schemas": translated(&document["components"]["schemas"]) })
}

/// The schema of a body, which may have none.
fn schema(body: &Value, components: &Value) -> Option<Validator> {
    let schema = body["content"].as_object()?.values().next()?.get("schema")?;
    let schema = json!({ "allOf": [translated(schema)], "components": components });
    Some(jsonschema::draft7::options().should_validate_formats(true).build(&schema).expect("a schema"))
}

/// OpenAPI 3.0's dialect as JSON Schema: what it calls `nullable` is a type and a value more.
fn translated(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(translated).collect(),
        Value::Object(members) => {
            let is_text = |name: &str| ["example", "examples", "default", "description"].contains(&name);
            let kept = members
                .iter()
                .filter(|(name, value)| !is_text(name) || value.is_object() && *name == "description");
            let mut out: Map<_, _> = kept.map(|(name, value)| (name.clone(), translated(value))).collect();
            if out.get("nullable") == Some(&Value::Bool(true)) {
                out.remove("nullable");
                allow_null(&mut out);
            }
            Value::Object(out)
        }
        other => other.clone(),
    }
}

fn allow_null(schema: &mut Map<String, Value>) {
    if let Some(kind) = schema.get("type").cloned() {
        schema.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        values.push(Value::Null);
    }
}
