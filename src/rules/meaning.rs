//! What is found while the source is resolved and spoils one value, so that all else can still be built.

use super::{Example, Rule};
use crate::report::Code;

pub(super) const BAD_REPOSITORY: Rule = Rule {
    code: Code::BadRepository,
    summary: "`repository` is not the name of a GitHub repository",
    explanation: "`repository` says where issues go and links lead, as `owner/name`: no host, no `https://`, no `.git` \
address. Links are left out until it is one. It is never guessed from a git remote, for a copy of a repository would then \
write into the original.",
    bad: Example::source(
        r#"{ "repository": "https://github.com/acme/garden", "issues": [{ "id": "A-1", "title": "Build it" }] }"#,
    ),
    good: Example::source(
        r#"{ "repository": "acme/garden", "issues": [{ "id": "A-1", "title": "Build it" }] }"#,
    ),
    ..Rule::JUDGING
};

pub(super) const INVALID_DATE: Rule = Rule {
    code: Code::InvalidDate,
    summary: "a day is not one of the calendar",
    explanation: "Days are plain days, written as year, month and day with hyphens (`2026-11-22`), without time or zone. What is \
planned (`start_on`, `due_on`, `planned_due_on`) may be stated less exactly, as a month (`2026-11`), a quarter (`2026-Q4`), a half \
(`2026-H2`) or a year (`2026`), and what is due as `later`. A day that the calendar does not have, as 31 November, is most often a slip of one digit. The item is built as if no day \
were given.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "due_on": "2026-11-31" }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "due_on": "2026-11-30" }] }"#),
    ..Rule::JUDGING
};

pub(super) const LABEL_CASE: Rule = Rule {
    code: Code::LabelCase,
    summary: "two spellings of a label differ only in case",
    explanation: "GitHub compares labels without case: `Area:Shed` and `area:shed` are one label there, and the second of \
two listed ones cannot be created. Roadbook takes the first spelling. Write the label alike everywhere.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["area:shed"] },
    { "id": "A-2", "title": "Paint it", "labels": ["Area:Shed"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "labels": ["area:shed"] },
    { "id": "A-2", "title": "Paint it", "labels": ["area:shed"] }
  ]
}"#,
    ),
    ..Rule::JUDGING
};
