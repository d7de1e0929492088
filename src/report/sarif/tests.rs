//! What viewers get: the whole log once, and the places where one of them would stumble.
#![allow(clippy::disallowed_methods, reason = "a macro of snapbox asks for the test file")]

use std::sync::Arc;

use serde_json::Value;
use snapbox::{IntoData, assert_data_eq, str};

use super::*;
use crate::report::{Code, Report, Texts, locate};

const RULES: [RuleMeta; 2] = [
    RuleMeta {
        code: Code::EmptyRoadmap,
        summary: "Nothing is planned.",
        explanation: "E.",
        severity: Severity::Warning,
    },
    RuleMeta {
        code: Code::UnknownLabel,
        summary: "A label is unknown.",
        explanation: "U.",
        severity: Severity::Error,
    },
];

struct Text;

impl Texts for Text {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        file.ends_with(".json").then(|| "{ \"labels\": [\"dosc\", \"dosc\"] }".into())
    }
}

fn told(diagnostics: impl IntoIterator<Item = Diagnostic>) -> String {
    let mut report = Report::default();
    diagnostics.into_iter().for_each(|diagnostic| report.push(diagnostic));
    sarif(&locate(report, &Text), &RULES)
}

fn result(diagnostic: Diagnostic) -> Value {
    let log: Value = serde_json::from_str(&told([diagnostic])).expect("JSON");
    log["runs"][0]["results"][0].clone()
}

fn label(n: usize) -> Place {
    Place::json("a b/ä.json").key("labels").index(n)
}

#[test]
fn the_whole_log() {
    let unknown = Diagnostic::new(Code::UnknownLabel, label(0), "unknown label `dosc`")
        .did_you_mean(Some("docs"))
        .related(Place::file("b.md"), "read here");
    let empty = Diagnostic::new(Code::EmptyRoadmap, Place::file(""), "nothing to do").warning();
    assert_data_eq!(
        told([unknown, empty]).replace(env!("CARGO_PKG_VERSION"), "VERSION").raw(),
        str![[r#"
{
  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
  "version": "2.1.0",
  "runs": [
    {
      "tool": {
        "driver": {
          "name": "roadbook",
          "semanticVersion": "VERSION",
          "informationUri": "https://github.com/roadbook/roadbook",
          "rules": [
            {
              "id": "empty-roadmap",
              "shortDescription": {
                "text": "Nothing is planned."
              },
              "fullDescription": {
                "text": "Nothing is planned."
              },
              "help": {
                "text": "E."
              },
              "defaultConfiguration": {
                "level": "warning"
              }
            },
            {
              "id": "unknown-label",
              "shortDescription": {
                "text": "A label is unknown."
              },
              "fullDescription": {
                "text": "A label is unknown."
              },
              "help": {
                "text": "U."
              },
              "defaultConfiguration": {
                "level": "error"
              }
            }
          ]
        }
      },
      "invocations": [
        {
          "executionSuccessful": true,
          "toolExecutionNotifications": [
            {
              "descriptor": {
                "id": "empty-roadmap"
              },
              "level": "warning",
              "message": {
                "text": "nothing to do"
              }
            }
          ]
        }
      ],
      "columnKind": "unicodeCodePoints",
      "results": [
        {
          "ruleId": "unknown-label",
          "ruleIndex": 1,
          "level": "error",
          "message": {
            "text": "unknown label `dosc`\ndid you mean `docs`?"
          },
          "locations": [
            {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "a%20b/%C3%A4.json",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 1,
                  "startColumn": 14,
                  "endLine": 1,
                  "endColumn": 20
                }
              },
              "logicalLocations": [
                {
                  "fullyQualifiedName": "labels[0]"
                }
              ]
            }
          ],
          "relatedLocations": [
            {
              "id": 0,
              "physicalLocation": {
                "artifactLocation": {
                  "uri": "b.md",
                  "uriBaseId": "%SRCROOT%"
                },
                "region": {
                  "startLine": 1
                }
              },
              "message": {
                "text": "read here"
              }
            }
          ],
          "partialFingerprints": {
            "roadbook/v1": "75c5e79145f6ad0a:1"
          }
        }
      ]
    }
  ]
}

"#]]
        .raw()
    );
}

#[test]
fn a_file_as_a_whole_stands_at_its_first_line() {
    let result = result(Diagnostic::new(Code::Syntax, Place::file("a.md"), "m"));
    assert_eq!(result["locations"][0]["physicalLocation"]["region"], serde_json::json!({ "startLine": 1 }));
    assert_eq!(result.get("ruleIndex"), None);
}

#[test]
fn fingerprints_outlive_moves_and_tell_twins_apart() {
    let print = |result: &Value| result["partialFingerprints"]["roadbook/v1"].clone();
    let one = |n| Diagnostic::new(Code::UnknownLabel, label(n), "m");
    assert_eq!(print(&result(one(0))), print(&result(one(1))));
    let log: Value = serde_json::from_str(&told([one(0), one(1)])).expect("JSON");
    let results = &log["runs"][0]["results"];
    assert_ne!(print(&results[0]), print(&results[1]));
    assert_eq!(fnv1a(b"foobar"), 0x85944171f73967e8);
}

#[test]
fn a_title_makes_no_link() {
    let result =
        result(Diagnostic::new(Code::Syntax, Place::file("a"), r"see [this](https://evil.example) a\b"));
    assert_eq!(result["message"]["text"], r"see \[this\](https://evil.example) a\\b");
}
