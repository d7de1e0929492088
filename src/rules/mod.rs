//! The rules: what each is called, what it weighs, what it teaches, and what finds it.
//!
//! [`RULES`] is the one table of all codes. A row with a `run` judges the resolved roadmap; the others are found on the
//! way, by the stage that their group names. One house rule stands in one file, with its words and its tests.

mod rule;
mod settings;

mod due_order;

pub use rule::{Context, Kind, Rule};
pub use settings::Settings;

use crate::report::Report;

/// All rules, sorted by code.
pub static RULES: &[Rule] = &[due_order::RULE];

/// The rule of this code.
pub fn find(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Runs every rule that judges a roadmap.
pub fn judge(context: &Context<'_>) -> Report {
    let mut report = Report::default();
    for rule in RULES {
        if let Some(run) = rule.run {
            run(context, &mut report);
        }
    }
    report
}
