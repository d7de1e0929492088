//! What a handler knows of a request: who asks, through which address, and how an answer is made.

use serde_json::Value;

use super::{
    http::{Answer, Request},
    refusal::Refusal,
    world::Access,
};

/// A request whose sender is known.
pub(crate) struct Asked<'r> {
    /// The request.
    pub(crate) request: &'r Request,
    /// The address under which this server is reached, without a slash at its end.
    pub(crate) base: &'r str,
    /// Who asks; `None` for nobody in particular.
    pub(crate) access: Option<Access>,
}

impl Asked<'_> {
    /// Whether labels, milestones, assignees and types that are sent along are taken.
    pub(crate) fn pushes(&self) -> bool {
        self.access.as_ref().is_some_and(|access| access.pushes && !access.is_read_only)
    }

    /// Who asks.
    pub(crate) fn login(&self) -> &str {
        self.access.as_ref().map_or("ghost", |access| &access.login)
    }

    /// A parameter that is one of some words; the first stands for none.
    pub(crate) fn word(&self, name: &str, words: &[&'static str]) -> Result<&'static str, Refusal> {
        let Some(given) = self.request.parameter(name) else { return Ok(words[0]) };
        let known = words.iter().find(|word| **word == given);
        known.copied().ok_or_else(|| Refusal::field("Search", name, "invalid"))
    }

    /// An answer with a value.
    pub(crate) fn json(&self, status: u16, value: &Value) -> Answer {
        Answer { status, body: value.to_string().into_bytes(), ..Answer::default() }
    }

    /// The answer to what has made something.
    pub(crate) fn created(&self, value: &Value) -> Answer {
        let mut answer = self.json(201, value);
        let location = value["url"].as_str().unwrap_or_default().to_owned();
        answer.headers.push(("Location".to_owned(), location));
        answer
    }
}
