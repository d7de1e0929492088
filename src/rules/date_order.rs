//! `date-order`: something begins after it is due, or after it was closed.

use super::{Context, Example, Kind, Rule};
use crate::{
    model::When,
    report::{Code, Diagnostic, Place, Report, Severity},
};

pub(super) const RULE: Rule = Rule {
    code: Code::DateOrder,
    kind: Kind::Judging,
    severity: Severity::Error,
    summary: "something begins after it is due, or began after it was closed",
    explanation: "A bar of the timeline that ends before it begins cannot be drawn, and no plan means it: one of the two \
days is mistyped, or was forgotten when the other moved. An item that begins on the day that it is due is fine. Nothing is \
said of work that was closed before it was to start: plans are allowed to be overtaken. But no work began (`begun_on`) after \
the day on which it was closed.",
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
        if let (Some(begun), Some(closed)) = (issue.begun_on, issue.closed_on)
            && begun > closed
        {
            let message = format!("`{}` was begun on {begun}, after it was closed", issue.id);
            let help = format!("it was closed on {closed}: correct one of the two days");
            let place = roadmap.issue_place(ix).key("begun_on");
            report.push(Diagnostic::new(Code::DateOrder, place, message).help(help));
        }
    }
}

fn judge(
    report: &mut Report,
    place: impl FnOnce() -> Place,
    id: &str,
    start_on: Option<When>,
    due_on: Option<When>,
) {
    let (Some(start), Some(due)) = (start_on, due_on) else { return };
    if start.is_after(due) {
        let message = format!("`{id}` begins {}, after it is due", start.on());
        report.push(
            Diagnostic::new(Code::DateOrder, place().key("start_on"), message)
                .help(format!("it is due {}: move one of the two days", due.on())),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::{report::Code, rules::tests::found};

    #[test]
    fn days_are_compared_by_the_coarser_unit() {
        let source = |start: &str, due: &str| {
            format!(
                r#"{{ "issues": [{{ "id": "A", "title": "a", "start_on": "{start}", "due_on": "{due}" }}] }}"#
            )
        };
        for (start, due) in
            [("2027-05-15", "2027-Q2"), ("2027-Q2", "2027-04-15"), ("2027", "2027-01"), ("2027", "later")]
        {
            assert_eq!(found(Code::DateOrder, &source(start, due)), [""; 0], "{start} {due}");
        }
        for (start, due, words) in
            [("2027-Q2", "2027-03-31", "in 2027-Q2"), ("2027-07-01", "2027-Q2", "on 2027-07-01")]
        {
            let told = format!("issues[0].start_on: `A` begins {words}, after it is due");
            assert_eq!(found(Code::DateOrder, &source(start, due)), [told], "{start} {due}");
        }
    }

    #[test]
    fn no_work_began_after_it_was_closed() {
        let source = |begun: &str| {
            format!(
                r#"{{ "issues": [{{ "id": "A", "title": "a", "state": "closed", "begun_on": "{begun}", "closed_on": "2027-01-20" }}] }}"#
            )
        };
        assert_eq!(found(Code::DateOrder, &source("2027-01-20")), [""; 0]);
        let told = "issues[0].begun_on: `A` was begun on 2027-01-25, after it was closed";
        assert_eq!(found(Code::DateOrder, &source("2027-01-25")), [told]);
    }

    #[test]
    fn a_start_after_the_due_day_is_found_and_one_on_it_is_not() {
        let source = r#"{
            "milestones": [{ "id": "M-1", "title": "a", "start_on": "2027-03-02", "due_on": "2027-03-01" }],
            "issues": [
                { "id": "A-1", "title": "b", "start_on": "2027-03-01", "due_on": "2027-03-01" },
                { "id": "A-2", "title": "c", "start_on": "2027-03-01" }
            ] }"#;
        assert_eq!(
            found(Code::DateOrder, source),
            ["milestones[0].start_on: `M-1` begins on 2027-03-02, after it is due"]
        );
    }
}
