//! A plan for people and for programs: field by field, as text, as Markdown for a pull request, as JSON.

mod conflicts;
mod entries;
mod human;
mod json;
mod markdown;
mod words;

pub use human::{human, left};
pub use json::json;
pub use markdown::markdown;
pub use words::counts;

#[cfg(test)]
mod tests;
