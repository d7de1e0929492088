//! Findings as values: what is wrong, where, and what to do about it.
//!
//! Every stage adds [`Diagnostic`]s to one [`Report`]. A diagnostic holds the *address* of the value at fault (file and
//! JSON path, or file and bytes), never a line: lines are found by [`locate`] only for what is really printed.

pub(crate) mod diff;

mod annotations;
mod close;
mod code;
mod diagnostic;
mod direction;
mod excerpt;
mod findings;
mod gathered;
mod human;
mod json;
mod located;
mod neutral;
mod place;
mod repair;
mod sarif;
mod spot;
mod styled;
mod table;
mod uri;

pub(crate) use crate::json::Step;
pub use crate::json::{JsonPath, Part};
pub(crate) use annotations::annotations;
pub(crate) use close::closest;
pub(crate) use code::Code;
pub(crate) use diagnostic::{Diagnostic, Severity};
pub(crate) use direction::{is_direction, turns};
pub(crate) use findings::Kind;
#[cfg(test)]
pub(crate) use findings::MOST_KEPT;
pub use findings::Report;
pub(crate) use gathered::Gathered;
pub(crate) use human::{MOST_OF_A_CODE, human, repairs_line, summary_line};
pub(crate) use json::{Envelope, json};
pub(crate) use located::{Finding, Located, Span, Texts, locate, locate_all, spliced};
pub(crate) use neutral::{neutral, neutral_json, one_line, typed};
pub(crate) use place::{At, Place};
pub(crate) use repair::{Action, Repair, Splice};
pub(crate) use sarif::{RuleMeta, sarif};
pub(crate) use spot::{ItemKey, ItemNames, NAMED};
pub(crate) use styled::{Styled, restyled, screened};
pub(crate) use table::{Cell, Screen, Tone, table};
pub(crate) use uri::{file_uri, uri_path, uri_segment};

/// What is said of findings that are counted and not listed.
pub(crate) fn omitted(code: Code, severity: Severity, count: usize) -> String {
    let noun = if count == 1 { severity.word().to_owned() } else { format!("{}s", severity.word()) };
    format!("… and {count} more `{code}` {noun}")
}

/// The first few of a list, and how many more there are: `a, b, c and 2 others`.
pub(crate) fn first_of(names: &[String]) -> String {
    const MOST: usize = 3;
    let list = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(", ");
    let rest = names.len().saturating_sub(MOST);
    if rest == 0 { list } else { format!("{list} and {}", counted(rest, "other")) }
}

/// How many there are of something, as `1 error` or `22 errors`.
pub(crate) fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
