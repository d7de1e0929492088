//! What `roadbook import` tells of the document that it reads.

use super::{Example, Kind, Rule};
use crate::report::{Code, Severity};

const IMPORTING: Rule = Rule { kind: Kind::Importing, ..Rule::BLOCKING };

/// A source that says little, to be filled.
const SOURCE: &str = r#"{
  "title": "Garden",
  "milestones": [{ "title": "G-M1 – The shed stands" }],
  "issues": [{ "title": "G-001: Build it", "milestone": "G-M1", "labels": ["type:wood"] }]
}"#;

/// The document that is built from it.
const DOCUMENT: &str = "# Garden - Milestones and Issues Summary

This document provides a complete summary of the 1 milestone and 1 issue created for the garden implementation.

## Milestones Overview

| # | Title | Description | Issues |
|---|-------|-------------|--------|
| 1 | G-M1 – The shed stands |  | 1 |

**Total: 1 milestone, 1 issue**

## Issues by Milestone

### G-M1 – The shed stands

| Issue # | Title | Labels |
|---------|-------|--------|
| G-001 | Build it | type:wood |

---

## Label Reference

### Type Labels
- `type:wood`
";

pub(super) const CONTRADICTION: Rule = Rule {
    code: Code::ImportContradiction,
    summary: "a document contradicts itself or the source",
    explanation: "`roadbook import --into FILE` adds what the JSON lacks and never changes what it says. Where the document \
says something else, both places are told, the JSON stays as it is, and the exit code is 1: somebody has to know which of the \
two is true. A number in the document that its own tables do not confirm is a warning: `roadbook build` counts such \
numbers itself.",
    bad: Example::source(SOURCE)
        .with(&[("SUMMARY.md", "# Garden\n\n## G-M1 – The shed stands\n\n- G-001: Paint it\n")]),
    good: Example::source(SOURCE).with(&[("SUMMARY.md", DOCUMENT)]),
    ..IMPORTING
};

pub(super) const INEXACT: Rule = Rule {
    code: Code::ImportInexact,
    severity: Severity::Warning,
    summary: "a build does not reproduce an imported document",
    explanation: "After an import SUMMARY.md is built in memory and compared with the document. Where the two are the same \
byte for byte, the JSON says so: `\"summary\": { \"links\": false, \"marker\": false }` keeps the document as it is. Where they \
differ, as most documents do that nobody built, the first line that would differ is told. `roadbook import -v` shows all of \
them, `roadbook build` shows them again and writes nothing, and `roadbook build --adopt SUMMARY.md` takes the new form over.",
    bad: Example::source(SOURCE)
        .with(&[("SUMMARY.md", "# Garden\n\n## G-M1 – The shed stands\n\n- G-001: Build it\n")]),
    good: Example::source(SOURCE).with(&[("SUMMARY.md", DOCUMENT)]),
    ..IMPORTING
};

pub(super) const KEPT: Rule = Rule {
    code: Code::ImportKept,
    severity: Severity::Warning,
    summary: "a value of an imported document is kept in `extra`: its field does not take it",
    explanation: "An estimate is a number of points, `assignees` are logins on GitHub, a day is one of the calendar. What a \
table says otherwise, as `5d`, `Ann Lee` or `soon`, is kept in the item's `extra` under the name of its column, and \
SUMMARY.md goes on to show it there, until the field itself gets a value. Nothing else knows what it means: no percentage, \
no state and no finding follows from it.",
    bad: Example::source(SOURCE).with(&[(
        "SUMMARY.md",
        "# Garden\n\n## G-M1 – The shed stands\n\n| Issue # | Title | Estimate |\n|---|---|---|\n| G-001 | Build it | 5d |\n",
    )]),
    good: Example::source(SOURCE).with(&[("SUMMARY.md", DOCUMENT)]),
    ..IMPORTING
};

pub(super) const LEFT_OUT: Rule = Rule {
    code: Code::ImportLeftOut,
    severity: Severity::Warning,
    summary: "a part of an imported document has no place in a roadmap",
    explanation: "`roadbook import` reads titles, ids, labels, states, days, goals and descriptions out of tables, headings and \
lists, and keeps chapters that speak of something else as sections. Nothing is dropped in silence: what it could not place, \
as a column of costs or a date that is no day, is told with its line. Put it where a roadmap has room for it (a \
`description`, a `goal`, the `body` of an issue, a label) and import again, or add it to the JSON by hand.",
    bad: Example::source(SOURCE).with(&[(
        "SUMMARY.md",
        "# Garden\n\n## G-M1 – The shed stands\n\n| Issue # | Title | Cost |\n|---|---|---|\n| G-001 | Build it | 300 |\n",
    )]),
    good: Example::source(SOURCE).with(&[("SUMMARY.md", DOCUMENT)]),
    ..IMPORTING
};
