//! What is written reads as it was meant, to both parsers, whatever the text.

mod bodies;
mod documents;
mod lines;
mod properties;
mod site;

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use super::write::{Context, Shift};

const CONTEXTS: [Context; 3] = [Context::Line, Context::Heading, Context::Cell];

/// How long this thread has been at work, as Linux tells it in nanoseconds: what else the machine has to do does not count.
/// Elsewhere the time that went by.
#[expect(clippy::disallowed_methods, reason = "this is about time")]
fn spent() -> Duration {
    static BEGAN: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked = told.and_then(|told| told.split_whitespace().next()?.parse().ok());
    worked.map_or_else(|| BEGAN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

fn shift() -> Shift {
    Shift { headings_below: 3, footnotes: "db-1-".to_owned(), line_breaks: true }
}
