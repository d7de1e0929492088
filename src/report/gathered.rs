//! What several runs found, to be told as one document: findings as data are read by programs, which take one at a time.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use super::{Envelope, Located};

/// The findings of several runs.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    told: Mutex<Option<(Located, Envelope)>>,
    patch: Mutex<Vec<u8>>,
}

impl Gathered {
    /// Adds what one run found.
    pub(crate) fn add(&self, located: Located, envelope: Envelope) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        *told = Some(match told.take() {
            Some((before, first)) => (before.and(located), together(first, envelope)),
            None => (located, envelope),
        });
    }

    /// All that was found; `None` where no run told anything.
    pub(crate) fn take(&self) -> Option<(Located, Envelope)> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Adds a part of the patch that mends what all runs found.
    pub(crate) fn add_patch(&self, patch: &[u8]) {
        self.patch.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(patch);
    }

    /// The whole patch.
    pub(crate) fn take_patch(&self) -> Vec<u8> {
        std::mem::take(&mut *self.patch.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Two runs as one: what was looked at is counted together; where words differ, those of both stand.
fn together(mut one: Envelope, other: Envelope) -> Envelope {
    one.pinned = one.pinned.filter(|pinned| other.pinned.as_ref() == Some(pinned));
    for (name, value) in other.looked_at {
        let both = match (one.looked_at.get(name), &value) {
            (Some(Value::Number(a)), Value::Number(b)) => {
                (a.as_u64().unwrap_or_default() + b.as_u64().unwrap_or_default()).into()
            }
            (Some(Value::String(a)), Value::String(b)) if !a.contains(b.as_str()) => {
                format!("{a}; {b}").into()
            }
            (Some(before), _) => before.clone(),
            (None, _) => value,
        };
        one.looked_at.insert(name, both);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Code, Diagnostic, Place, Report, json, locate};

    struct Nothing;

    impl crate::report::Texts for Nothing {
        fn text(&self, _: &str) -> Option<std::sync::Arc<str>> {
            None
        }
    }

    #[test]
    fn several_runs_are_told_as_one_document_in_one_order() {
        let gathered = Gathered::default();
        assert!(gathered.take().is_none());
        for (file, issues, pinned) in [("web/b.md", 3, "0.1"), ("api/a.md", 4, "0.2")] {
            let mut report = Report::default();
            report.push(Diagnostic::new(Code::StaleFile, Place::file(file), file));
            let looked_at = [("issues", issues.into()), ("site", "not compared".into())].into();
            let pinned = Some(pinned.to_owned());
            let envelope = Envelope { command: "check", pinned, looked_at, ..Envelope::default() };
            gathered.add(locate(report, &Nothing), envelope);
        }
        let (located, envelope) = gathered.take().expect("two runs");
        let told: Value = serde_json::from_str(&json(&located, &envelope)).expect("one document");
        assert_eq!(told["looked_at"], serde_json::json!({ "issues": 7, "site": "not compared" }));
        assert_eq!(told["pinned"], Value::Null);
        let files: Vec<_> =
            told["findings"].as_array().expect("a list").iter().map(|it| &it["file"]).collect();
        assert_eq!(files, ["api/a.md", "web/b.md"]);
    }
}
