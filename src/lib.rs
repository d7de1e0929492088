//! Roadbook keeps a roadmap in one JSON source and derives all that people read from it.

pub mod markdown;
pub mod report;
