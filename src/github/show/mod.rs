//! A plan for people and for programs: field by field, as text, as Markdown for a pull request, as JSON.

mod conflicts;
mod entries;
mod human;
mod json;
mod markdown;
mod words;

pub(crate) use human::{human, left};
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use words::counts;

#[cfg(test)]
mod tests;
