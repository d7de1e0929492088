//! What the source says that rules weigh here.

use crate::{model::Roadmap, report::Report};

/// TEMP
#[derive(Debug, Default)]
pub struct Settings;

impl Settings {
    /// TEMP
    pub fn new(_: &Roadmap) -> Self {
        Self
    }
    /// TEMP
    pub fn apply(&mut self, report: Report) -> Report {
        report
    }
    /// TEMP
    pub fn finish(self, _: bool) -> Report {
        Report::default()
    }
}
