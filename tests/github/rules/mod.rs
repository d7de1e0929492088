//! The rules of the fake, one test each, spoken to as Roadbook speaks to GitHub; what it answers is held to GitHub's own
//! document each time.

mod faults;
mod fields;
mod fuzz;
mod issues;
mod labels;
mod milestones;
mod relations;
mod repository;

use roadbook::internals::io::{Answer, Internet, Lost, Method, Network, Request};
use serde_json::Value;

use crate::{
    document::document,
    fake::{GitHub, TOKEN},
};

/// A server, and somebody who speaks to it.
struct Conversation {
    github: GitHub,
    network: Internet,
    token: Option<&'static str>,
}

/// What came back.
#[derive(Debug)]
struct Told {
    status: u16,
    headers: Vec<(String, String)>,
    body: Value,
}

impl Conversation {
    fn new() -> Self {
        Self::with(GitHub::start())
    }

    fn with(github: GitHub) -> Self {
        Self { github, network: Internet::default(), token: Some(TOKEN) }
    }

    /// Sends a request below the repository's address, and holds the answer to the document.
    #[track_caller]
    fn ask(&self, method: Method, path: &str, body: &Value) -> Told {
        self.try_ask(method, path, body).expect("an answer")
    }

    #[track_caller]
    fn try_ask(&self, method: Method, path: &str, body: &Value) -> Result<Told, Lost> {
        let answer = self.send(method, &format!("/repos/acme/data-platform{path}"), body)?;
        let faults = document().faults(&self.github.log(), false);
        assert!(faults.is_empty(), "{faults:#?}");
        Ok(Told::new(&answer))
    }

    fn send(&self, method: Method, path: &str, body: &Value) -> Result<Answer, Lost> {
        let token = self.token.map(|token| ("authorization", format!("Bearer {token}")));
        let body = (!body.is_null()).then(|| body.to_string().into_bytes());
        let url = format!("{}{path}", self.github.url());
        self.network.send(&Request { method, url, headers: token.into_iter().collect(), body })
    }

    #[track_caller]
    fn get(&self, path: &str) -> Told {
        self.ask(Method::Get, path, &Value::Null)
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Told {
        self.ask(Method::Post, path, body)
    }

    #[track_caller]
    fn patch(&self, path: &str, body: &Value) -> Told {
        self.ask(Method::Patch, path, body)
    }

    #[track_caller]
    fn delete(&self, path: &str) -> Told {
        self.ask(Method::Delete, path, &Value::Null)
    }

    /// Makes an issue with this title; its number and its id.
    #[track_caller]
    fn issue(&self, title: &str) -> (u64, u64) {
        let told = self.post("/issues", &serde_json::json!({ "title": title }));
        assert_eq!(told.status, 201, "{told:?}");
        (told.body["number"].as_u64().expect("a number"), told.body["id"].as_u64().expect("an id"))
    }
}

impl Told {
    fn new(answer: &Answer) -> Self {
        let body = serde_json::from_slice(&answer.body).unwrap_or(Value::Null);
        Self { status: answer.status, headers: answer.headers.clone(), body }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The values of a member of each item of a list.
    fn each(&self, member: &str) -> Vec<Value> {
        self.body.as_array().expect("a list").iter().map(|item| item[member].clone()).collect()
    }

    /// Holds a refusal to its status, the field and the code that it names.
    #[track_caller]
    fn refuses(&self, status: u16, field: &str, code: &str) {
        let error = &self.body["errors"][0];
        let told = (self.status, error["field"].as_str(), error["code"].as_str());
        assert_eq!(told, (status, Some(field), Some(code)), "{self:?}");
    }
}
