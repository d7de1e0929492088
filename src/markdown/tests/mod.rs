//! What is written reads as it was meant, to both parsers, whatever the text.

mod bodies;
mod documents;
mod lines;
mod properties;
mod site;

use super::write::{Context, Shift};

const CONTEXTS: [Context; 3] = [Context::Line, Context::Heading, Context::Cell];

fn shift() -> Shift {
    Shift { headings_below: 3, footnotes: "db-1-".to_owned() }
}
