//! `diff`, `report` and `build --history` over real repositories: made by git in folders that go away.
#![allow(
    clippy::disallowed_methods,
    reason = "tests make folders and start processes: that is the world they play"
)]
#![allow(clippy::print_stdout, reason = "`--nocapture` shows how long the full size took")]

mod baseline;
mod bodies;
mod data;
mod diff;
mod flow;
mod odd;
mod published;
mod report;
mod repository;
mod scenario;
mod size;
mod slips;
