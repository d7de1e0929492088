//! What is found while the files of the source are read, before any of it means something.

use super::{Example, Rule};
use crate::report::Code;

pub(super) const BAD_LOCK: Rule = Rule {
    code: Code::BadLock,
    summary: "the lock cannot be read",
    explanation: "The lock says what GitHub said last; pages show states and days from it, so a lock that cannot be read \
must not be taken for none. It is written by `roadbook apply` and `roadbook snapshot` and never by hand: bring the last \
committed one back from git, or write it again with `roadbook snapshot`. A lock of a later version needs the Roadbook that \
wrote it.",
    bad: Example::source(BUILD_IT)
        .with(&[("roadmap/roadbook.lock.json", r#"{ "version": 1, "issues": [] }"#)]),
    good: Example::source(BUILD_IT)
        .with(&[("roadmap/roadbook.lock.json", r#"{ "version": 1, "issues": {} }"#)]),
    ..Rule::BLOCKING
};

pub(super) const CONFLICT_MARKERS: Rule = Rule {
    code: Code::ConflictMarkers,
    summary: "git left both sides of a conflict in the file",
    explanation: "A merge or rebase could not join two changes of the same lines and left both, between `<<<<<<<`, \
`=======` and `>>>>>>>`. Keep the lines of one side, or what both mean together, and delete the three marked lines. One \
item a line and one issue a block make such conflicts rare and small. In Markdown, the bodies of issues and documents, all three \
lines have to be there, outside code: a guide may show them in a code block.",
    bad: Example::source(
        r#"{
  "issues": [
<<<<<<< main
    { "id": "A-1", "title": "Build the shed" }
=======
    { "id": "A-1", "title": "Build the big shed" }
>>>>>>> big-shed
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build the big shed" }
  ]
}"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const DUPLICATE_KEY: Rule = Rule {
    code: Code::DuplicateKey,
    summary: "a key is given twice in one object",
    explanation: "JSON readers keep one of two equal keys and say nothing, some the first and most the last. What the \
other said is lost without a trace, so Roadbook refuses both. Delete one of them, or join what they say.",
    bad: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "title": "Build the shed" }] }"#,
    ),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build the shed" }] }"#),
    ..Rule::BLOCKING
};

pub(super) const ENCODING: Rule = Rule {
    code: Code::Encoding,
    summary: "the file is not UTF-8",
    explanation: "Sources are UTF-8, with or without a byte order mark; another encoding would turn letters into others \
without anyone's noticing. Save the file as UTF-8. Most editors offer it under \"Save with encoding\"; on a command line \
`iconv -f WINDOWS-1252 -t UTF-8` does it.",
    bad: Example::source("{ \"issues\": [{ \"id\": \"A-1\", \"title\": \"Build the caf⟨0xE9⟩\" }] }"),
    good: Example::source("{ \"issues\": [{ \"id\": \"A-1\", \"title\": \"Build the café\" }] }"),
    ..Rule::BLOCKING
};

pub(super) const GIVEN_TWICE: Rule = Rule {
    code: Code::GivenTwice,
    summary: "two files of the source give what only one may",
    explanation: "The JSON files of a source are read as one document: their lists are joined in the order of the files' \
names. Everything else, as the title or the repository, can be said only once, for nothing says which of two would hold. \
Keep it in one of the files.",
    bad: Example::files(&[
        ("roadmap/1.json", r#"{ "title": "Garden", "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
        ("roadmap/2.json", r#"{ "title": "Our garden" }"#),
    ]),
    good: Example::files(&[
        ("roadmap/1.json", r#"{ "title": "Our garden", "issues": [{ "id": "A-1", "title": "Build it" }] }"#),
        ("roadmap/2.json", r#"{ "issues": [{ "id": "A-2", "title": "Paint it" }] }"#),
    ]),
    ..Rule::BLOCKING
};

pub(super) const MISSING_KEY: Rule = Rule {
    code: Code::MissingKey,
    summary: "an object lacks a key that it needs",
    explanation: "Few keys are needed: the `title` of milestones, issues, phases and sections, the `name` of labels, the \
`prefix` of label groups, the `on` of updates. Without it there is nothing to show. Add the key, or take the item out.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "body": "Four walls and a roof." }] }"#),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "body": "Four walls and a roof." }] }"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const SYNTAX: Rule = Rule {
    code: Code::Syntax,
    summary: "the file is not JSON",
    explanation: "The text breaks off, or something stands where JSON allows it not: most often a comma too many or too \
few, a quote that is not closed, a comment, or a line end within a string (write `\\n`). Nothing behind the place can be \
read, so more may be wrong there. An editor that knows `roadmap/roadbook.schema.json` shows such faults as they are typed.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it" },
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it" }
  ]
}"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const UNKNOWN_KEY: Rule = Rule {
    code: Code::UnknownKey,
    summary: "an object has an unknown key",
    explanation: "A mistyped key would be passed over in silence, and what it says would never be seen. So every key that \
Roadbook does not know is refused, with the one that was most likely meant. Data of your own stands under `extra`, of the \
whole roadmap or of a milestone or issue, where anything may stand; templates can show it.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "label": ["shed"] }] }"#),
    good: Example::source(
        r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": ["shed"], "extra": { "budget": 900 } }] }"#,
    ),
    ..Rule::BLOCKING
};

pub(super) const WRONG_TYPE: Rule = Rule {
    code: Code::WrongType,
    summary: "a value has the wrong type for its key",
    explanation: "Each key takes one kind of value: a text in quotes, a number, `true` or `false`, a list in brackets, an \
object in braces, or one of a few words. The message names what stands there and what belongs there. `null` says of a field \
that GitHub has too that it is owned and empty.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": "shed" }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "labels": ["shed"] }] }"#),
    ..Rule::BLOCKING
};

/// A source that nothing is wrong with.
const BUILD_IT: &str = r#"{ "issues": [{ "id": "A-1", "title": "Build it" }] }"#;
