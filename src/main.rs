//! The doorbell: builds the real world, calls `run`, exits.

fn main() {}
