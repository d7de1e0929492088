//! `due-order`: something is due before what it waits for.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::Day,
    report::{Diagnostic, Place, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "due-order",
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "something is due before what it waits for",
    explanation: "An issue or milestone that is blocked by another cannot be done before it. Where its due day comes first, one \
of the two days is wrong, or the dependency is.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Draw the plan", "state": "open", "due_on": "2026-12-24" },
    { "id": "A-2", "title": "Build it", "state": "open", "due_on": "2026-12-01", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Draw the plan", "state": "open", "due_on": "2026-12-24" },
    { "id": "A-2", "title": "Build it", "state": "open", "due_on": "2027-01-15", "blocked_by": ["A-1"] }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, issue) in roadmap.issues() {
        for link in issue.blocked_by() {
            let blocker = &roadmap.issues[link.to.0];
            let place = || roadmap.issue_place(ix).key("blocked_by").index(link.index);
            judge(report, place, issue.id.as_str(), issue.due_on, blocker.id.as_str(), blocker.due_on);
        }
    }
    for (ix, milestone) in roadmap.milestones() {
        for link in &milestone.blocked_by {
            let blocker = &roadmap.milestones[link.to.0];
            let place = || roadmap.milestone_place(ix).key("blocked_by").index(link.index);
            judge(
                report,
                place,
                milestone.id.as_str(),
                milestone.known_due_on(),
                blocker.id.as_str(),
                blocker.known_due_on(),
            );
        }
    }
}

fn judge(
    report: &mut Report,
    place: impl FnOnce() -> Place,
    id: &str,
    due_on: Option<Day>,
    blocker: &str,
    blocker_due_on: Option<Day>,
) {
    let (Some(due), Some(later)) = (due_on, blocker_due_on) else { return };
    if later > due {
        report.push(
            Diagnostic::new(
                "due-order",
                place(),
                format!("`{id}` is due on {due}, before `{blocker}`, which it waits for"),
            )
            .help(format!("`{blocker}` is due on {later}: move one of the two days, or drop the dependency")),
        );
    }
}
