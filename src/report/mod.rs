//! Findings as values: what is wrong, where, and what to do about it.
//!
//! Every stage adds [`Diagnostic`]s to one [`Report`]. A diagnostic holds the *address* of the value at fault (file and
//! JSON path, or file and bytes), never a line: lines are found by [`locate`] only for what is really printed.

mod close;
mod diagnostic;
mod place;

pub use close::closest;
pub use diagnostic::{Diagnostic, Report, Severity};
pub use place::{At, JsonPath, Part, Place, Step};
