//! `diff`, `report` and `build --history` over real repositories: made by git in folders that go away.

mod baseline;
mod bodies;
mod data;
mod diff;
mod flow;
mod odd;
mod people;
mod published;
mod report;
mod scenario;
mod size;
mod slips;

use serde_json::Value;

use crate::support::{Project, Words};

impl Project {
    /// The changes that `diff` tells with these words, as `GROUP ID WORDS`, days before them where it walks.
    pub(crate) fn changes(&self, words: impl Words) -> Vec<String> {
        let words = [vec!["diff".to_owned(), "--format".into(), "json".into()], words.words()].concat();
        let changes = self.spawn(words).ends_with(0).json()["changes"].as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
        let line = |it: &Value| [text(&it["day"]), text(&it["group"]), text(&it["id"])].join(" ");
        changes.iter().map(line).collect()
    }
}
