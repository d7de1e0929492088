//! What was asked and answered, for tests to look at.

use serde_json::Value;

use super::http::{Answer, Request};

/// A request and its answer.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// The how-manieth request it was.
    pub(crate) nth: u64,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    /// Whether a token came along.
    pub(crate) has_token: bool,
    /// What came along, as JSON.
    pub(crate) body: Value,
    /// The status of the answer; 0 where none was given.
    pub(crate) status: u16,
    /// Whether it was refused before anything was looked at, by a fault or a limit.
    pub(crate) is_refused: bool,
    /// What was answered, as JSON; nothing where answers are not kept.
    pub(crate) answer: Value,
}

impl Entry {
    /// A request that nobody looked at.
    pub(crate) fn unanswered(nth: u64, request: &Request) -> Self {
        Self {
            nth,
            method: request.method.clone(),
            path: request.path.clone(),
            query: request.query.clone(),
            has_token: request.header("authorization").is_some(),
            body: serde_json::from_slice(&request.body).unwrap_or(Value::Null),
            status: 0,
            is_refused: true,
            answer: Value::Null,
        }
    }

    /// A request and its answer.
    pub(crate) fn answered(
        nth: u64,
        request: &Request,
        answer: &Answer,
        is_refused: bool,
        keeps: bool,
    ) -> Self {
        let value =
            if keeps { serde_json::from_slice(&answer.body).unwrap_or(Value::Null) } else { Value::Null };
        Self { status: answer.status, is_refused, answer: value, ..Self::unanswered(nth, request) }
    }

    /// Whether it asked for a change.
    pub(crate) fn is_write(&self) -> bool {
        self.method != "GET"
    }

    /// The request in one line, from the repository on.
    pub(crate) fn line(&self) -> String {
        let path = self.path.splitn(5, '/').nth(4).map_or(self.path.as_str(), |rest| rest);
        let body = if self.body.is_null() { String::new() } else { format!(" {}", self.body) };
        format!("{} {path}{body}", self.method)
    }
}
