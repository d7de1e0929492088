//! Findings as values: what is wrong, where, and what to do about it.
//!
//! Every stage adds [`Diagnostic`]s to one [`Report`]. A diagnostic holds the *address* of the value at fault (file and
//! JSON path, or file and bytes), never a line: lines are found by [`located::locate`] only for what is really printed.

pub mod annotations;
pub mod diff;
pub mod human;
pub mod json;
pub mod located;
pub mod sarif;

mod close;
mod diagnostic;
mod excerpt;
mod neutral;
mod place;

pub use close::closest;
pub use diagnostic::{Diagnostic, Report, Severity};
pub use located::{Finding, Span, Texts, locate};
pub use place::{At, JsonPath, Part, Place, Step};

/// How many there are of something, as `1 error` or `22 errors`.
pub fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
