//! How this GitHub says no: the status, the words and the members by which a program tells why.

use serde_json::{Value, json};

use super::http::Answer;

/// What is said instead of doing what was asked.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    /// The status.
    pub(crate) status: u16,
    /// What people read.
    pub(crate) message: String,
    /// What programs read: resource, field, code.
    pub(crate) errors: Vec<Value>,
    /// Where it is now.
    pub(crate) location: Option<String>,
}

/// Documentation is named in every refusal.
const DOCUMENTATION: &str = "https://docs.github.com/rest";

impl Refusal {
    /// A status and what people read of it.
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), errors: Vec::new(), location: None }
    }

    /// It is not there, or not for whoever asks.
    pub(crate) fn not_found() -> Self {
        Self::new(404, "Not Found")
    }

    /// It is somewhere else now.
    pub(crate) fn moved(status: u16, location: String) -> Self {
        let message = if status == 301 { "Moved Permanently" } else { "Temporary Redirect" };
        Self { location: Some(location), ..Self::new(status, message) }
    }

    /// A value that cannot be, with its code: `invalid`, `missing_field`, `already_exists`.
    pub(crate) fn field(resource: &str, field: &str, code: &str) -> Self {
        let error = json!({ "resource": resource, "field": field, "code": code });
        Self { errors: vec![error], ..Self::new(422, "Validation Failed") }
    }

    /// A value that cannot be, said in words.
    pub(crate) fn custom(resource: &str, field: &str, message: impl Into<String>) -> Self {
        let error =
            json!({ "resource": resource, "field": field, "code": "custom", "message": message.into() });
        Self { errors: vec![error], ..Self::new(422, "Validation Failed") }
    }

    /// A body that is no request of this kind.
    pub(crate) fn malformed(what: &str) -> Self {
        Self::new(422, format!("Invalid request.\n\n{what}"))
    }

    /// The answer.
    pub(crate) fn answer(&self) -> Answer {
        let mut body = json!({
            "message": self.message, "documentation_url": DOCUMENTATION, "status": self.status.to_string(),
        });
        if !self.errors.is_empty() {
            body["errors"] = Value::Array(self.errors.clone());
        }
        let mut headers = Vec::new();
        if let Some(location) = &self.location {
            body["url"] = json!(location);
            headers.push(("Location".to_owned(), location.clone()));
        }
        Answer { status: self.status, headers, body: body.to_string().into_bytes() }
    }
}
