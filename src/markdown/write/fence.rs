//! A body that cannot stand as Markdown, shown as the text that it is.

use crate::markdown::limits::{SHOWN, beginning};

/// The body in a code block whose fence is longer than any in it.
pub(super) fn fenced(body: &str) -> String {
    let longest = body.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}markdown\n{body}\n{fence}")
}

/// The start of a body, as [`fenced`], with a line that says how long it really is.
pub(super) fn cut(body: &str) -> String {
    let (shown, long) = beginning(body);
    if shown.len() == body.len() {
        return fenced(body);
    }
    let shown = fenced(shown.trim_end());
    format!("{shown}\n\n*Only the first {SHOWN} of {long} characters are shown here.*")
}
