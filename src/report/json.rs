//! Findings as JSON: a stable interface, so that the answers of forty repositories fit in one table.
//!
//! A member is never taken away and never changes its meaning while `version` stays; new ones may come. Members that
//! have nothing to say are `null`, not absent. The order of findings is by file, place, code and words.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::{At, Code, Diagnostic, Finding, Located, Place, Severity, Span, neutral::neutral_json};

/// The version of this interface.
const VERSION: u32 = 1;

/// What a run says besides its findings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Envelope {
    /// The verb, as `check`.
    pub(crate) command: &'static str,
    /// The minor version that the source pins by its key `roadbook`.
    pub(crate) pinned: Option<String>,
    /// What was looked at: a number (`"issues": 22`), or words where something was left out
    /// (`"site": "not compared: …"`).
    pub(crate) looked_at: BTreeMap<&'static str, Value>,
    /// The codes whose errors are blocking: nothing is written, exit 3.
    pub(crate) blocking: BTreeSet<Code>,
}

/// The findings of a run as one JSON object with a line end.
///
/// | member | meaning |
/// |---|---|
/// | `version` | of this interface: 1 |
/// | `tool`, `tool_version` | `roadbook`, and its own version |
/// | `pinned` | the minor version that the source pins, or `null` |
/// | `command` | the verb |
/// | `looked_at` | what was looked at, by name: a number, or words |
/// | `counts` | `errors`, `warnings`, and those two `by_code`; `notes`: what was found, be it listed or not; how many are `accepted`, which are in none of them |
/// | `omitted` | how many of them `findings` leaves out: it lists the first 10,000 of each code and severity |
/// | `findings` | a list; below |
///
/// | member of a finding | meaning |
/// |---|---|
/// | `code`, `severity` | `unknown-label`; `error`, `warning` or `note`, which is about files that no commit has and has no weight |
/// | `blocking` | whether it kept everything from being written |
/// | `accepted` | whether `roadbook.accepted.json` covers it, so that it weighs nothing |
/// | `message`, `help` | what is wrong; what to do, or `null` |
/// | `item`, `value` | the id or name of the item that it was found in, or `null`; what is at fault, as the message names it |
/// | `file` | from the root, `/`-separated; `null` for the run as a whole |
/// | `path` | the way to the JSON value or key, as `issues[3].labels[0]`, or `null` |
/// | `line`, `column`, `end_line`, `end_column` | from 1, in characters, the end behind the last one; or `null` |
/// | `byte_start`, `byte_end` | the same in bytes from the file's start, or `null` |
/// | `related` | other places that matter: `message`, and the members from `file` on |
/// | `repair` | the change of the source that mends it, or `null`: whether it is `certain` to leave what the source says, in words what it `does`, and its `edits`: the members from `file` on, and the new `text` |
pub(crate) fn json(found: &Located, envelope: &Envelope) -> String {
    let body = Body {
        version: VERSION,
        tool: "roadbook",
        tool_version: env!("CARGO_PKG_VERSION"),
        pinned: envelope.pinned.as_deref(),
        command: envelope.command,
        looked_at: &envelope.looked_at,
        counts: Counts::of(found),
        omitted: found.omitted.values().sum(),
        findings: found.findings.iter().map(|finding| Entry::of(finding, envelope)).collect(),
    };
    let json = serde_json::to_string_pretty(&body).unwrap_or_default();
    neutral_json(json) + "\n"
}

#[derive(Serialize)]
struct Body<'f> {
    version: u32,
    tool: &'static str,
    tool_version: &'static str,
    pinned: Option<&'f str>,
    command: &'static str,
    looked_at: &'f BTreeMap<&'static str, Value>,
    counts: Counts,
    omitted: usize,
    findings: Vec<Entry<'f>>,
}

#[derive(Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
    by_code: BTreeMap<Code, usize>,
}

impl Counts {
    fn of(found: &Located) -> Self {
        let mut counts = Self { errors: 0, warnings: 0, notes: 0, accepted: 0, by_code: BTreeMap::new() };
        counts.accepted = found.findings.iter().filter(|finding| finding.is_accepted).count();
        for ((code, severity), count) in found.counts() {
            match severity {
                Severity::Error => counts.errors += count,
                Severity::Warning => counts.warnings += count,
                Severity::Note => {
                    counts.notes += count;
                    continue;
                }
            }
            *counts.by_code.entry(code).or_default() += count;
        }
        counts
    }
}

#[derive(Serialize)]
struct Entry<'f> {
    code: Code,
    severity: &'static str,
    blocking: bool,
    accepted: bool,
    message: &'f str,
    help: Option<&'f str>,
    item: Option<&'f str>,
    value: String,
    #[serde(flatten)]
    location: Location<'f>,
    related: Vec<Related<'f>>,
    repair: Option<Mend<'f>>,
}

#[derive(Serialize)]
struct Mend<'f> {
    certain: bool,
    does: String,
    edits: Vec<Edit<'f>>,
}

#[derive(Serialize)]
struct Edit<'f> {
    text: &'f str,
    #[serde(flatten)]
    location: Location<'f>,
}

impl<'f> Mend<'f> {
    fn of(finding: &'f Finding) -> Option<Self> {
        let repair = finding.diagnostic.repair.as_deref().filter(|_| !finding.fix.is_empty())?;
        let edit = |(span, text): &'f (Span, String)| Edit {
            text,
            location: Location::of(&repair.place, Some(span)),
        };
        let (certain, does) = (repair.is_certain, repair.action.words());
        Some(Self { certain, does, edits: finding.fix.iter().map(edit).collect() })
    }
}

#[derive(Serialize)]
struct Related<'f> {
    message: &'f str,
    #[serde(flatten)]
    location: Location<'f>,
}

#[derive(Serialize)]
struct Location<'f> {
    file: Option<&'f str>,
    path: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    byte_start: Option<usize>,
    byte_end: Option<usize>,
}

impl<'f> Entry<'f> {
    fn of(finding: &'f Finding, envelope: &Envelope) -> Self {
        let Diagnostic { code, severity, place, message, help, related, .. } = &finding.diagnostic;
        let related = related.iter().zip(&finding.related);
        Self {
            code: *code,
            severity: severity.word(),
            blocking: *severity == Severity::Error && envelope.blocking.contains(code),
            accepted: finding.is_accepted,
            message,
            help: help.as_deref(),
            item: finding.item.as_deref(),
            value: finding.diagnostic.value(),
            location: Location::of(place, finding.span.as_ref()),
            related: related
                .map(|((place, message), span)| Related {
                    message,
                    location: Location::of(place, span.as_ref()),
                })
                .collect(),
            repair: Mend::of(finding),
        }
    }
}

impl<'f> Location<'f> {
    fn of(place: &'f Place, span: Option<&Span>) -> Self {
        Self {
            file: (!place.file.is_empty()).then_some(&*place.file),
            path: match &place.at {
                At::Json(path, _) => Some(path.to_string()),
                At::File | At::Bytes(_) => None,
            },
            line: span.map(|span| span.line),
            column: span.map(|span| span.column),
            end_line: span.map(|span| span.end_line),
            end_column: span.map(|span| span.end_column),
            byte_start: span.map(|span| span.range.start),
            byte_end: span.map(|span| span.range.end),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::disallowed_methods, reason = "a macro of snapbox asks for the test file")]

    use std::sync::Arc;

    use snapbox::{IntoData, assert_data_eq, str};

    use super::*;
    use crate::report::{Report, Texts, locate};

    struct Text;

    impl Texts for Text {
        fn text(&self, file: &str) -> Option<Arc<str>> {
            (file == "a.json").then(|| "{ \"labels\": [\"dosc\"] }".into())
        }
    }

    fn told(diagnostics: impl IntoIterator<Item = Diagnostic>, envelope: &Envelope) -> String {
        let mut report = Report::default();
        diagnostics.into_iter().for_each(|diagnostic| report.push(diagnostic));
        json(&locate(report, &Text), envelope)
    }

    #[test]
    fn the_interface_stands() {
        let label = Diagnostic::new(
            Code::UnknownLabel,
            Place::json("a.json").key("labels").index(0),
            "unknown `dosc`",
        )
        .did_you_mean(Some("docs"))
        .related(Place::file("b.md"), "read here");
        let empty = Diagnostic::new(Code::EmptyRoadmap, Place::file(""), "nothing to do").warning();
        let envelope = Envelope {
            command: "check",
            pinned: Some("0.1".into()),
            looked_at: [("issues", 22.into()), ("site", "not compared".into())].into(),
            blocking: [Code::UnknownLabel, Code::EmptyRoadmap].into(),
        };
        assert_data_eq!(
            told([label, empty], &envelope).replace(env!("CARGO_PKG_VERSION"), "VERSION").raw(),
            str![[r#"
{
  "version": 1,
  "tool": "roadbook",
  "tool_version": "VERSION",
  "pinned": "0.1",
  "command": "check",
  "looked_at": {
    "issues": 22,
    "site": "not compared"
  },
  "counts": {
    "errors": 1,
    "warnings": 1,
    "notes": 0,
    "accepted": 0,
    "by_code": {
      "empty-roadmap": 1,
      "unknown-label": 1
    }
  },
  "omitted": 0,
  "findings": [
    {
      "code": "empty-roadmap",
      "severity": "warning",
      "blocking": false,
      "accepted": false,
      "message": "nothing to do",
      "help": null,
      "item": null,
      "value": "nothing to do",
      "file": null,
      "path": null,
      "line": null,
      "column": null,
      "end_line": null,
      "end_column": null,
      "byte_start": null,
      "byte_end": null,
      "related": [],
      "repair": null
    },
    {
      "code": "unknown-label",
      "severity": "error",
      "blocking": true,
      "accepted": false,
      "message": "unknown `dosc`",
      "help": "did you mean `docs`?",
      "item": null,
      "value": "dosc",
      "file": "a.json",
      "path": "labels[0]",
      "line": 1,
      "column": 14,
      "end_line": 1,
      "end_column": 20,
      "byte_start": 13,
      "byte_end": 19,
      "related": [
        {
          "message": "read here",
          "file": "b.md",
          "path": null,
          "line": null,
          "column": null,
          "end_line": null,
          "end_column": null,
          "byte_start": null,
          "byte_end": null
        }
      ],
      "repair": null
    }
  ]
}

"#]]
            .raw()
        );
    }

    #[test]
    fn nothing_found_is_said_in_the_same_form() {
        let told = told([], &Envelope { command: "check", ..Envelope::default() });
        let value: Value = serde_json::from_str(&told).expect("JSON");
        assert_eq!(value["pinned"], Value::Null);
        assert_eq!(
            value["counts"],
            serde_json::json!({ "errors": 0, "warnings": 0, "notes": 0, "accepted": 0, "by_code": {} })
        );
        assert_eq!(value["findings"], serde_json::json!([]));
    }

    #[test]
    fn a_terminal_obeys_nothing_of_it() {
        let hostile = "\u{1b}[2J\u{9b}\u{202e}";
        let told = told([Diagnostic::new(Code::Syntax, Place::file("a"), hostile)], &Envelope::default());
        assert!(told.contains(r#""message": "\u001b[2J\u009b\u202e""#));
    }
}
