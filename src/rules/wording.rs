//! What is wrong in the file of words that takes the place of generated texts.

use super::{Example, Kind, Rule};
use crate::report::Code;

const SOURCE: &str = r#"{ "issues": [{ "id": "A-1", "title": "Build it" }], "words": "words.json" }"#;

const GOOD: Example = Example::source(SOURCE)
    .with(&[("words.json", r#"{ "Due": "Fällig", "and {more} more": "und {more} weitere" }"#)]);

pub(super) const BROKEN_WORDS: Rule = Rule {
    code: Code::BrokenWords,
    kind: Kind::Blocking,
    summary: "the file of words cannot be read",
    explanation: "`words` names a JSON file from the root: an object with texts that take the place of the English ones, as \
`roadbook words` prints them. Without it every page would be another one, so nothing is built until it can be read. In the \
folder of the source its name begins with `roadbook.`, since every other JSON there is a part of the source.",
    bad: Example::source(SOURCE),
    good: GOOD,
    ..Rule::CHECKING
};

pub(super) const UNKNOWN_WORD: Rule = Rule {
    code: Code::UnknownWord,
    summary: "the file of words replaces a text that does not exist",
    explanation: "The keys of the file are the English texts, letter by letter, with their values in braces. A text changes with \
a minor version: `roadbook words` prints those of this one. What is not replaced stays English.",
    bad: Example::source(SOURCE).with(&[("words.json", r#"{ "Deu": "Fällig" }"#)]),
    good: GOOD,
    ..Rule::CHECKING
};

pub(super) const WRONG_WORD: Rule = Rule {
    code: Code::WrongWord,
    summary: "a text in the file of words cannot take the place of the English one",
    explanation: "A text has the same values as the English one, in any order: `{more}` where that has `{more}`; `{}` for values \
without a name, or `{2}` for the second of them. Where a number stands in it, it may have a form for each way in which the language counts: \
`{ \"one\": \"…\", \"few\": \"…\", \"other\": \"…\" }`, by the rules for `site.lang`. A text that does not fit stays English.",
    bad: Example::source(SOURCE).with(&[("words.json", r#"{ "and {more} more": "und weitere" }"#)]),
    good: GOOD,
    ..Rule::CHECKING
};
