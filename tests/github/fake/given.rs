//! What a request's body gives, member by member, with GitHub's words for what is no such value.

use serde_json::{Map, Value};

use super::{http::Request, refusal::Refusal};

/// The members of a body.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    members: Map<String, Value>,
}

impl Given {
    /// Reads a body; an empty one gives nothing.
    pub(crate) fn read(request: &Request) -> Result<Self, Refusal> {
        if request.body.is_empty() {
            return Ok(Self { members: Map::new() });
        }
        match serde_json::from_slice(&request.body) {
            Ok(Value::Object(members)) => Ok(Self { members }),
            Ok(_) => Err(Refusal::new(400, "Body should be a JSON object")),
            Err(_) => Err(Refusal::new(400, "Problems parsing JSON")),
        }
    }

    /// The members of a value that a person's edit is.
    pub(crate) fn of(value: &Value) -> Self {
        Self { members: value.as_object().cloned().unwrap_or_default() }
    }

    /// A member as it is.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.members.get(name)
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(no_such(name, "a string", other)),
        }
    }

    /// A text or nothing: `None` inside where it is `null`.
    pub(crate) fn text_or_null(&self, name: &str) -> Result<Option<Option<String>>, Refusal> {
        match self.value(name) {
            Some(Value::Null) => Ok(Some(None)),
            _ => Ok(self.text(name)?.map(Some)),
        }
    }

    /// A title, which may be a number too.
    pub(crate) fn title(&self) -> Result<Option<String>, Refusal> {
        match self.value("title") {
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(Value::Null) => Ok(None),
            _ => Ok(self.text("title")?.map(|title| title.trim().to_owned())),
        }
    }

    /// A number that must be there.
    pub(crate) fn number(&self, name: &str) -> Result<u64, Refusal> {
        let value =
            self.value(name).ok_or_else(|| Refusal::malformed(&format!("\"{name}\" wasn't supplied.")))?;
        if !value.is_i64() && !value.is_u64() {
            return Err(no_such(name, "an integer", value));
        }
        Ok(value.as_u64().unwrap_or(0))
    }

    /// Whether it says yes.
    pub(crate) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(no_such(name, "a boolean", other)),
        }
    }

    /// A list of names, each a text or an object with this member.
    pub(crate) fn names(&self, name: &str, member: &str) -> Result<Option<Vec<String>>, Refusal> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let list = value.as_array().ok_or_else(|| no_such(name, "an array", value))?;
        let text = |item: &Value| item.as_str().or_else(|| item.get(member)?.as_str()).map(str::to_owned);
        let names = list.iter().map(|item| text(item).ok_or_else(|| no_such(name, "a string", item)));
        names.collect::<Result<_, _>>().map(Some)
    }

    /// One of some words.
    pub(crate) fn word(&self, name: &str, words: &[&str]) -> Result<Option<String>, Refusal> {
        let Some(word) = self.text(name)? else { return Ok(None) };
        if words.contains(&word.as_str()) {
            return Ok(Some(word));
        }
        Err(Refusal::malformed(&format!("{word} is not a member of {words:?}.")))
    }
}

fn no_such(name: &str, wanted: &str, value: &Value) -> Refusal {
    Refusal::malformed(&format!("For '{name}', {value} is not {wanted}."))
}
