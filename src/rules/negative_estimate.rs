//! `negative-estimate`: an issue is estimated at less than nothing.

use super::{Context, Example, Kind, Rule};
use crate::report::{Code, Diagnostic, Report, Severity};

pub(super) const RULE: Rule = Rule {
    code: Code::NegativeEstimate,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "an estimate is negative",
    explanation: "Points are summed up to progress and burn-up, where a negative one would take away other people's work. \
Correct the number, or remove it: an issue without an estimate is counted as not estimated.",
    bad: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "estimate": -3 }] }"#),
    good: Example::source(r#"{ "issues": [{ "id": "A-1", "title": "Build it", "estimate": 3 }] }"#),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    for (ix, issue) in context.roadmap.issues() {
        if let Some(points) = issue.estimate.filter(|points| *points < 0.0) {
            let place = context.roadmap.issue_place(ix).key("estimate");
            let message = format!("`{}` is estimated at {points} points", issue.id);
            report.push(
                Diagnostic::new(Code::NegativeEstimate, place, message).help("write 0 or more, or remove it"),
            );
        }
    }
}
