//! The lock as it is written: a line for each item, sorted, so that a change of one item is a change of one line.

use std::{collections::BTreeMap, fmt::Write};

use serde::Serialize;

use super::{LOCK_VERSION, Lock};

impl Lock {
    /// The bytes of the file: the same for the same lock on every machine.
    pub(crate) fn to_text(&self) -> String {
        let mut text = format!("{{\n  \"version\": {LOCK_VERSION}");
        for (key, value) in [("repository", &self.repository), ("snapshot_on", &self.snapshot_on)] {
            if let Some(value) = value {
                let _ = write!(text, ",\n  \"{key}\": {}", json(value));
            }
        }
        put(&mut text, "labels", &self.labels);
        put(&mut text, "milestones", &self.milestones);
        put(&mut text, "issues", &self.issues);
        if !self.elsewhere.is_empty() {
            put(&mut text, "elsewhere", &self.elsewhere);
        }
        text + "\n}\n"
    }
}

/// Writes one list of items behind what stands before it.
fn put<T: Serialize>(text: &mut String, name: &str, items: &BTreeMap<String, T>) {
    let _ = write!(text, ",\n  \"{name}\": {{");
    for (place, (key, item)) in items.iter().enumerate() {
        let comma = if place > 0 { "," } else { "" };
        let _ = write!(text, "{comma}\n    {}: {}", json(key), json(item));
    }
    text.push_str(if items.is_empty() { "}" } else { "\n  }" });
}

/// A value as JSON in one line. Texts, numbers and lists of them always can be.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
