//! A team on one roadmap, with real git: branches that are merged by its driver and its hook.

mod apart;
mod files;
mod pairs;
mod random;
mod repository;
mod unresolved;
