//! Numbers that 64 bits do not hold, in a merge: they are texts while it lasts, so that none is taken for another or written as one.

use super::{Conflict, Merged, Three};
use crate::json::inexact;

/// What stands before the digits of such a number while it is a text.
const MARK: &str = "roadbook-number";

/// The versions of a merge with such numbers as texts.
pub(super) struct Exact {
    /// Their texts.
    pub(super) texts: Three<String>,
    mark: String,
}

impl Exact {
    /// Makes them texts; `None` where there are none, as nearly always.
    pub(super) fn of(texts: Three<&str>) -> Option<Self> {
        texts.all().into_iter().any(|text| inexact(text).next().is_some()).then_some(())?;
        let mut mark = format!("{MARK}:");
        while texts.all().into_iter().any(|text| text.contains(&mark)) {
            mark = format!("{MARK}-{mark}");
        }
        Some(Self { texts: texts.map(|text| masked(text, &mark)), mark })
    }

    /// What came of the merge, with the numbers as they were written.
    pub(super) fn unmasked(&self, merged: Merged) -> Merged {
        let words = |text: String| text.replace(&self.mark, "");
        let conflict = |it: Conflict| Conflict { ours: words(it.ours), theirs: words(it.theirs), ..it };
        Merged {
            ours: self.text(&merged.ours),
            theirs: self.text(&merged.theirs),
            conflicts: merged.conflicts.into_iter().map(conflict).collect(),
            ..merged
        }
    }

    /// A text with the numbers as they were written.
    fn text(&self, text: &str) -> String {
        let begin = format!("\"{}", self.mark);
        let mut parts = text.split(&begin);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, rest) = part.split_once('"').unwrap_or((part, ""));
            whole.extend([number, rest]);
        }
        whole
    }
}

/// A text in which the numbers that 64 bits do not hold are texts that begin with the mark.
fn masked(text: &str, mark: &str) -> String {
    let (mut whole, mut at) = (String::with_capacity(text.len() + 64), 0);
    for number in inexact(text) {
        whole.extend([&text[at..number.start], "\"", mark, &text[number.clone()], "\""]);
        at = number.end;
    }
    whole.push_str(&text[at..]);
    whole
}
