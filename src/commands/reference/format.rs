//! The file format as tables: the published JSON Schema, walked.

use serde_json::Value;

use crate::{
    markdown::write::Anchors,
    render::docs::{ChoiceView, KeyView, ObjectView, WordView},
    source::schema::json_schema,
};

/// The named parts of the schema.
type Definitions = serde_json::Map<String, Value>;

/// The objects of the source, the file itself first, and the values that are one of a few words.
pub(super) fn objects() -> (Vec<ObjectView>, Vec<ChoiceView>) {
    let schema = json_schema();
    let definitions = schema["$defs"].as_object().cloned().unwrap_or_default();
    let named = || definitions.iter().map(|(name, one)| (name.as_str(), one));
    let file = ("The file", &schema);
    let objects =
        std::iter::once(file).chain(named()).filter_map(|(name, one)| object(&definitions, name, one));
    let choices = named().filter_map(|(name, one)| choice(name, one));
    (objects.collect(), choices.collect())
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
        .filter_map(|one| Some(WordView { word: one["const"].as_str()?.into(), about: about(one) }));
    Some(ChoiceView { name: name.into(), anchor: anchor(name), about: about(schema), words: words.collect() })
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
