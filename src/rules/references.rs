//! What is found while names become references and makes the source ambiguous, so that nothing can be built of it.

use super::{Example, Rule};
use crate::report::Code;

pub(super) const AMBIGUOUS_MILESTONE: Rule = Rule {
    code: Code::AmbiguousMilestone,
    summary: "a title names several milestones",
    explanation: "An issue names its milestone by id or by exact title. Where two milestones have that title nobody can \
say which is meant. Name the milestone by its id.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "Release" }, { "id": "M-2", "title": "Release" }],
  "issues": [{ "id": "A-1", "title": "Build it", "milestone": "Release" }],
  "rules": { "duplicate-title": { "level": "off", "reason": "shown elsewhere" } }
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "First release" }, { "id": "M-2", "title": "Release" }],
  "issues": [{ "id": "A-1", "title": "Build it", "milestone": "M-2" }]
}"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const BAD_ALIAS: Rule = Rule {
    code: Code::BadAlias,
    summary: "an alias leads nowhere, or from an id that is in use",
    explanation: "`aliases` leads from a former id to the one that took its place: links to the old page keep working. \
The former id must be nobody's now, and the new one somebody's. Correct the alias, or remove it.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-2", "title": "Build it" }], "aliases": { "A-1": "A-3" } }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-2", "title": "Build it" }], "aliases": { "A-1": "A-2" } }"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const BAD_ID: Rule = Rule {
    code: Code::BadId,
    summary: "an id has characters that an id cannot have",
    explanation: "An id becomes the name of a file, a part of an address and an anchor, on every system. It has at most 64 \
characters, letters (a-z), digits, `.`, `_` and `-`, and begins with a letter or digit. The title can say everything else.",
    bad: Example::source(r#"{ "issues": [{ "id": "A/1", "title": "Build it" }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
    ..Rule::BLOCKING
};

pub(super) const BAD_PATH: Rule = Rule {
    code: Code::BadPath,
    summary: "a path leads out of the repository, or cannot be one everywhere",
    explanation: "Paths in `outputs` and `docs` begin at the root of the repository, are written with `/` and stay inside \
it and out of git's own folder, links followed, so that a source from elsewhere can neither write nor read there. They must be \
names on Linux, macOS and Windows alike. Each output has a place of its own: none lies in the folder of another, and none where \
the source, the lock, the templates or a document of `docs` is.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "outputs": { "summary": "../SUMMARY.md" } }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "outputs": { "summary": "docs/SUMMARY.md" } }"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const BODY_TWICE: Rule = Rule {
    code: Code::BodyTwice,
    summary: "an issue has two bodies",
    explanation: "The body of an issue is its `body` in the JSON, or the file `bodies/<id>.md` beside the JSON. Where both are \
there, or two files that differ in case alone, nobody can say which is meant. Keep one of them; where a `bodies split` or \
`bodies join` was interrupted, the same command again finishes it.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "body": "Four walls." }] }"#)
        .with(&[("roadmap/bodies/A-1.md", "Four walls and a roof.\n")]),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#)
        .with(&[("roadmap/bodies/A-1.md", "Four walls and a roof.\n")]),
    ..Rule::BLOCKING
};

pub(super) const UNOWNED_BODY: Rule = Rule {
    code: Code::UnownedBody,
    summary: "a file in `bodies` is the body of no issue",
    explanation: "A file `bodies/<id>.md` is the body of the issue with that id, compared without case; what lies deeper or has \
another ending is none. What belongs to no issue is shown nowhere. Give the file the name of its issue, or delete it.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#)
        .with(&[("roadmap/bodies/A-2.md", "Four walls and a roof.\n")]),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#)
        .with(&[("roadmap/bodies/A-1.md", "Four walls and a roof.\n")]),
    ..Rule::JUDGING
};

pub(super) const DUPLICATE_ID: Rule = Rule {
    code: Code::DuplicateId,
    summary: "two milestones or two issues have the same id",
    explanation: "Ids are compared without case, as file systems do it. Two equal ones would share a page, a link and an \
issue on GitHub. Where both come from titles, give one of the items an `id` of its own.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor" },
    { "id": "a-1", "title": "Raise the walls" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor" },
    { "id": "A-2", "title": "Raise the walls" }
  ]
}"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const DUPLICATE_LABEL: Rule = Rule {
    code: Code::DuplicateLabel,
    summary: "a label is listed twice",
    explanation: "`labels` says once what each label means and which colour it has. Keep one of the two; a label that was \
renamed has its former name in `was`.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "labels": [{ "name": "shed" }, { "name": "shed" }] }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "labels": [{ "name": "shed" }] }"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const UNKNOWN_BLOCKER: Rule = Rule {
    code: Code::UnknownBlocker,
    summary: "something waits for an id that nothing has",
    explanation: "`blocked_by` names what has to be done first by id: of an issue other issues, of a milestone other \
milestones. Correct the id, or add what is missing. What was renamed is found under its new id. An issue in another repository is \
named `owner/name#4`; one of the roadmap's own repository has an id.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor" },
    { "id": "A-2", "title": "Raise the walls", "blocked_by": ["A-11"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Pour the floor" },
    { "id": "A-2", "title": "Raise the walls", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const UNKNOWN_LABEL: Rule = Rule {
    code: Code::UnknownLabel,
    summary: "an issue has a label that is not listed",
    explanation: "Where `labels` is given, it lists every label that there is; GitHub would silently make a grey one of \
any other name. Correct the name, or add the label to the list. A source without `labels` takes every name.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": ["shet"] }], "labels": [{ "name": "shed" }] }"#,
    ),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": ["shed"] }], "labels": [{ "name": "shed" }] }"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const UNKNOWN_MILESTONE: Rule = Rule {
    code: Code::UnknownMilestone,
    summary: "an issue or a phase names a milestone that does not exist",
    explanation: "An issue names its milestone by id or by exact title, a phase names its milestones by id. A change of \
title breaks the first: ids are the safer name. Correct the name, or add the milestone.",
    bad: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }],
  "issues": [{ "id": "A-1", "title": "Build it", "milestone": "The shed is up" }]
}"#,
    ),
    good: Example::source(
        r#"{
  "milestones": [{ "id": "M-1", "title": "The shed stands" }],
  "issues": [{ "id": "A-1", "title": "Build it", "milestone": "M-1" }]
}"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const UNKNOWN_PARENT: Rule = Rule {
    code: Code::UnknownParent,
    summary: "an issue's parent does not exist",
    explanation: "`parent` names, by id, the issue that this one is a part of; a milestone stands in `milestone`. Correct \
the id, or add the issue. One in another repository is named `owner/name#4`.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Lay the roof", "parent": "A-0" }] }"#),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-0", "title": "Build it" }, { "id": "A-1", "title": "Lay the roof", "parent": "A-0" }] }"#,
    ),
    ..Rule::BLOCKING
};
