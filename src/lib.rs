//! Roadbook keeps a roadmap in one JSON source and derives all that people read from it.

pub mod source;

pub mod model;

pub mod facts;

pub mod rules;

pub mod markdown;

pub mod report;
