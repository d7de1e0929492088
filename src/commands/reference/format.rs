//! The file format and the data for other programs as tables: their JSON Schemas, walked.

use serde_json::Value;

use crate::{
    markdown::anchors::Anchors,
    render::docs::{ChoiceView, Format, KeyView, ObjectView, WordView},
};

/// The named parts of the schema.
type Definitions = serde_json::Map<String, Value>;

/// What the source may say. Keys that must be given are marked.
pub(super) fn source(schema: &Value) -> Format {
    let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
    let named = || definitions.iter().map(|(name, one)| (name.as_str(), one));
    let file = ("The file", schema);
    let mut objects = Vec::new();
    for (name, one) in std::iter::once(file).chain(named()) {
        objects.extend(object(&definitions, name, one));
        objects.extend(forms(&definitions, name, one));
    }
    let choices = named().filter_map(|(name, one)| choice(name, one));
    Format { objects, choices: choices.collect() }
}

/// What other programs are told. It has all its members, so that none is marked, and where one can be `null`, that means something.
pub(super) fn data(mut schema: Value) -> Format {
    meaning_null(&mut schema);
    let mut format = source(&schema);
    format.objects.iter_mut().flat_map(|object| &mut object.keys).for_each(|key| key.required = false);
    format
}

/// Marks every value that can be `null` as one for which it means something.
fn meaning_null(schema: &mut Value) {
    let can_be_null = schema
        .get("type")
        .and_then(Value::as_array)
        .is_some_and(|types| types.iter().any(|one| one == "null"))
        || schema
            .get("anyOf")
            .and_then(Value::as_array)
            .is_some_and(|forms| forms.iter().any(|form| form["type"] == "null"));
    if let (true, Some(schema)) = (can_be_null, schema.as_object_mut()) {
        schema.insert("default".into(), Value::Null);
    }
    match schema {
        Value::Object(members) => members.values_mut().for_each(meaning_null),
        Value::Array(list) => list.iter_mut().for_each(meaning_null),
        _ => {}
    }
}

/// The forms of an object that a word in it tells apart, as `Change: closed`.
fn forms(definitions: &Definitions, name: &str, schema: &Value) -> Vec<ObjectView> {
    let forms = schema["oneOf"].as_array().into_iter().flatten();
    let word = |form: &Value| {
        let members = form["properties"].as_object()?;
        members.values().find_map(|member| member["const"].as_str()).map(str::to_owned)
    };
    forms.filter_map(|form| object(definitions, &format!("{name}: {}", word(form)?), form)).collect()
}

fn object(definitions: &Definitions, name: &str, schema: &Value) -> Option<ObjectView> {
    let keys = schema["properties"].as_object()?;
    let is_required = |key: &str| {
        let required = schema["required"].as_array();
        required.is_some_and(|required| required.iter().any(|one| one == key))
    };
    let key = |(name, value): (&String, &Value)| KeyView {
        name: name.clone(),
        required: is_required(name),
        kind: kind(definitions, value),
        about: about(value),
    };
    let keys = keys.iter().map(key).collect();
    Some(ObjectView { name: name.into(), anchor: anchor(name), about: about(schema), keys })
}

/// A value that is one of a few words or forms.
fn choice(name: &str, schema: &Value) -> Option<ChoiceView> {
    let words = schema["oneOf"]
        .as_array()?
        .iter()
        .filter_map(|one| Some(WordView { word: one["const"].as_str()?.into(), about: about(one) }))
        .collect::<Vec<_>>();
    (!words.is_empty()).then(|| ChoiceView {
        name: name.into(),
        anchor: anchor(name),
        about: about(schema),
        words,
    })
}

fn anchor(name: &str) -> String {
    Anchors::new().add(name)
}

/// What a schema says of itself, on one line.
fn about(schema: &Value) -> String {
    let words = schema["description"].as_str().unwrap_or_default().split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

/// What a value is, in Markdown. A key that may be left out may be `null` too; that is said only where it means something.
fn kind(definitions: &Definitions, schema: &Value) -> String {
    if let Some(word) = schema["const"].as_str() {
        return format!("`\"{word}\"`");
    }
    let means_null = schema.get("default").is_some_and(Value::is_null);
    let null = if means_null { " or `null`" } else { "" };
    let forms = schema["anyOf"].as_array().map(|forms| {
        let forms = forms.iter().filter(|form| form["type"] != "null");
        forms.map(|form| kind(definitions, form)).collect::<Vec<_>>().join(" or ")
    });
    if let Some(forms) = forms {
        return forms + null;
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        return named(definitions, name) + null;
    }
    let name = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).find(|one| *one != "null"),
        one => one.as_str(),
    };
    let kind = match name {
        Some("array") => format!("list of {}", plural(definitions, &schema["items"])),
        Some("object") => format!("object of {}", plural(definitions, &schema["additionalProperties"])),
        Some(name) => name.to_owned(),
        None => "anything".to_owned(),
    };
    kind + null
}

/// What the values of a list are.
fn plural(definitions: &Definitions, items: &Value) -> String {
    match items["$ref"].as_str() {
        Some(_) => kind(definitions, items),
        None => format!("{}s", kind(definitions, items)),
    }
}

/// A definition by its name, which leads to its table; a choice between forms has none and is told in place.
fn named(definitions: &Definitions, name: &str) -> String {
    match definitions.get(name).filter(|definition| definition["anyOf"].is_array()) {
        Some(forms) => kind(definitions, forms),
        None => format!("[{name}](#{})", anchor(name)),
    }
}
