//! `date-order`: something begins after it is due.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::Day,
    report::{Diagnostic, Place, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: "date-order",
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "something begins after it is due",
    explanation: "A bar of the timeline that ends before it begins cannot be drawn, and no plan means it: one of the two \
days is mistyped, or was forgotten when the other moved. An item that begins on the day that it is due is fine. Nothing is \
said of work that was closed before its start: plans are allowed to be overtaken.",
    bad: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "start_on": "2027-02-01", "due_on": "2027-01-15" }
  ]
}"#,
    ),
    good: Example::source(
        r#"{
  "issues": [
    { "id": "A-1", "title": "Build it", "start_on": "2027-01-04", "due_on": "2027-01-15" }
  ]
}"#,
    ),
    run: Some(run),
};

fn run(context: &Context<'_>, report: &mut Report) {
    let roadmap = context.roadmap;
    for (ix, milestone) in roadmap.milestones() {
        let place = || roadmap.milestone_place(ix);
        judge(report, place, milestone.id.as_str(), milestone.start_on, milestone.known_due_on());
    }
    for (ix, issue) in roadmap.issues() {
        judge(report, || roadmap.issue_place(ix), issue.id.as_str(), issue.start_on, issue.due_on);
    }
}

fn judge(
    report: &mut Report,
    place: impl FnOnce() -> Place,
    id: &str,
    start_on: Option<Day>,
    due_on: Option<Day>,
) {
    let (Some(start), Some(due)) = (start_on, due_on) else { return };
    if start > due {
        let message = format!("`{id}` begins on {start}, after it is due");
        report.push(
            Diagnostic::new("date-order", place().key("start_on"), message)
                .help(format!("it is due on {due}: move one of the two days")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::tests::found;

    #[test]
    fn a_start_after_the_due_day_is_found_and_one_on_it_is_not() {
        let source = r#"{
            "milestones": [{ "id": "M-1", "title": "a", "start_on": "2027-03-02", "due_on": "2027-03-01" }],
            "issues": [
                { "id": "A-1", "title": "b", "start_on": "2027-03-01", "due_on": "2027-03-01" },
                { "id": "A-2", "title": "c", "start_on": "2027-03-01" }
            ] }"#;
        assert_eq!(
            found("date-order", source),
            ["milestones[0].start_on: `M-1` begins on 2027-03-02, after it is due"]
        );
    }
}
